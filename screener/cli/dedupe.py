"""`screener dedupe`: find duplicates in a CSV table, without a project."""

from __future__ import annotations

from pathlib import Path

import click

from screener.cli.shared import PATH, progress, quiet_option, remark, require_places, say
from screener.duplicates import table
from screener.duplicates.finder import find
from screener.duplicates.settings import PRESETS, STANDARD
from screener.model.words import counted
from screener.store import paths


@click.command(
    epilog="Example: screener dedupe records.csv --groups groups.csv --ask questions.csv"
)
@click.argument("table_file", metavar="TABLE.csv", type=PATH)
@click.option(
    "--groups",
    required=True,
    metavar="OUT.csv",
    type=PATH,
    help="Where to write record_id and group; a record without duplicates has no group.",
)
@click.option(
    "--ask",
    metavar="PAIRS.csv",
    type=PATH,
    help="Where to write the pairs for a person: record_id_1, record_id_2, rule.",
)
@click.option(
    "--settings",
    type=click.Choice(sorted(PRESETS)),
    default=STANDARD.name,
    show_default=True,
    help="How much is merged without asking.",
)
@quiet_option
def dedupe(table_file: Path, groups: Path, ask: Path | None, settings: str, quiet: bool) -> None:
    """Find the duplicate records of a table.

    TABLE.csv has the columns record_id, title, authors, year, journal, volume, number, pages, doi,
    pmid and abstract; all but record_id may be missing. What parts them is found: a comma, a
    semicolon, a tab or |.
    """
    require_places([table_file], [groups, ask], [".csv", ".csv"])
    show = progress(quiet=quiet)
    held = table.read(table_file, show)
    records = held.records
    for line in held.remarks:
        remark(line, quiet=quiet)
    found = find(records, settings=PRESETS[settings], progress=show)
    with paths.together():
        table.write_groups(groups, records, found)
        if ask is not None:
            table.write_questions(ask, found)
    if not quiet:
        joined = sum(len(group.records) - 1 for group in found.certain)
        asked = sum(len(question.pairs) for question in found.ask)
        say(
            f"{counted(len(records), 'record')}, {counted(joined, 'duplicate')} in "
            f"{counted(len(found.certain), 'group')}, {counted(asked, 'pair')} to ask about.",
            err=True,
        )
