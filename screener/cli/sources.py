"""Commands on sources: import, withdraw, remove, correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from screener.cli.columns import by_columns, column_option
from screener.cli.shared import (
    PATH,
    examples,
    inputs,
    json_option,
    print_json,
    progress,
    quiet_option,
    remark,
    say,
)
from screener.files import open_project
from screener.model import Batch, Progress, Search, SourceKind, UserError
from screener.model.words import counted, listed, noun
from screener.sources import headed_rows
from screener.sources.headed_rows import HeadedRows
from screener.sources.parsed import Parsed
from screener.sources.reading import Mapping
from screener.sources.sources import check_date, parse_file
from screener.store import paths

SHOWN = 20


@click.command(
    "import", epilog=examples("screener import review.screener pubmed.nbib --source PubMed")
)
@click.argument("project", type=PATH)
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--source", required=True, metavar="NAME", help="The database or other source.")
@click.option("--kind", type=click.Choice([str(k) for k in SourceKind]), default="database")
@click.option("--platform", default="", help="Where it was searched, such as Ovid.")
@click.option("--searched", default="", metavar="DATE", help="When, such as 2018-12-14.")
@click.option("--strategy", type=PATH, help="A text file with the search exactly as run.")
@click.option("--limits", default="", help="Limits of the search.")
@click.option("--filters", default="", help="Filters of the search, such as one for trials.")
@click.option(
    "--claimed",
    type=click.IntRange(0, 10**15 - 1),
    metavar="N",
    help="How many records the source announced.",
)
@click.option("--format", "name", metavar="NAME", help="Read the files as this format.")
@column_option
@json_option
@quiet_option
def import_files(
    project: Path,
    files: tuple[Path, ...],
    kind: str,
    strategy: Path | None,
    name: str | None,
    columns: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    **said: Any,  # noqa: ANN401 - the other options are fields of `Search`
) -> None:
    """Read reference files, each into one import batch; `-` is standard input."""
    if said["searched"]:
        check_date(said["searched"])
    search = Search(kind=SourceKind(kind), strategy=_text(strategy) if strategy else "", **said)
    show = progress(quiet=quiet)
    with inputs(files) as places, open_project(project) as review:
        # All are read and looked at before the first is stored: a bad one leaves nothing behind.
        parsed = [_parsed(file, name, columns, show) for file in places]
        for place, one in enumerate(parsed):
            review.sources.refuse_known(one)
            if one.digest in {p.digest for p in parsed[:place]}:
                raise UserError(f"{one.file} is named twice, or holds the same as another file.")
        found = review.sources.store_many([(one, search) for one in parsed], show)
    if as_json:
        print_json(
            [
                {
                    "batch": b.id,
                    "file": b.file,
                    "source": b.search.source,
                    "parsed": b.parsed,
                    "kept": b.parsed,
                    "claimed": b.search.claimed,
                    "failed": [{"line": s.line, "text": s.text, "why": s.why} for s in b.skipped],
                    "problems": _problems(b),
                }
                for b in found
            ]
        )
        return
    for batch in found:
        kept = batch.parsed
        say(f"{batch.file}: {kept} parsed, {kept} kept, {len(batch.skipped)} failed")
        for skipped in batch.skipped[:SHOWN]:
            remark(f"  line {skipped.line}: {skipped.why} ({skipped.text[:80]!r})", quiet=quiet)
        for problem in _problems(batch):
            remark(f"  {problem}", quiet=quiet)


def _problems(batch: Batch) -> list[str]:
    claimed = batch.search.claimed
    if claimed in (None, batch.parsed):
        return []
    records = noun(claimed or 0, "record")
    return [f"{batch.search.source} announced {claimed} {records}, the file holds {batch.parsed}."]


def _parsed(file: Path, name: str | None, columns: tuple[str, ...], show: Progress) -> Parsed:
    def read(mapping: Mapping | None) -> Parsed:
        return parse_file(file, format=name, mapping=mapping, progress=show)

    return by_columns(file, columns, read, show)


def _text(path: Path) -> str:
    with paths.open_for_reading(path) as handle:
        return handle.read().decode("utf-8-sig", "replace").strip()


@click.command(epilog=examples('screener withdraw review.screener 2 --why "wrong date range"'))
@click.argument("project", type=PATH)
@click.argument("batch")
@click.option("--why", default="", help="The reason; the report names it.")
@click.option("--put-back", is_flag=True, help="Put a withdrawn batch back.")
def withdraw(project: Path, batch: str, why: str, put_back: bool) -> None:
    """Take an import batch (its id, or its place from 1) out of the review."""
    with open_project(project) as review:
        if put_back:
            review.sources.put_back(batch)
        else:
            review.sources.withdraw(batch, why)
        say(f"{counted(review.sources.count(), 'record is', 'records are')} in the review.")


@click.command(epilog=examples('screener remove review.screener 4 9 --why "retracted"'))
@click.argument("project", type=PATH)
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@click.option("--why", required=True, help="The reason; the report names it.")
@click.option("--automatic", is_flag=True, help="A rule marked them, not a person.")
def remove(project: Path, records: tuple[str, ...], why: str, automatic: bool) -> None:
    """Remove records before screening."""
    with open_project(project) as review:
        named = {review.sources.find(record) for record in records}
        groups = (uids for _, uids in review.duplicates.groups() if named.intersection(uids))
        every = named.union(*groups)  # any member of a group means the group
        units = {str(review.units.of_record(uid)) for uid in every}
        standings = review.consensus.standings()
        decided = sum(any(here.given(unit) for here in standings) for unit in units)
        review.sources.remove(sorted(every), why, automatic=automatic)
        say(f"{counted(review.sources.count(), 'record is', 'records are')} in the review.")
        if decided:
            say(
                f"{decided} of those removed had decisions, which stay in the history and count "
                "nowhere; what is removed counts as removed before screening."
            )


@click.command(epilog=examples("screener correct review.screener 17 year=2018"))
@click.argument("project", type=PATH)
@click.argument("record")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
def correct(project: Path, record: str, changes: tuple[str, ...]) -> None:
    """Correct fields of a record beside the source's."""
    named = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise UserError(f"“{change}” is no correction; write it as field=value.")
        named[name.strip()] = value
    with open_project(project) as review:
        found = review.sources.correct(record, named)
    say(f"Record {found.number}: {', '.join(sorted(found.corrected)) or 'nothing'} corrected.")


def read_csv(
    path: Path, needed: Sequence[str], known: Sequence[str] | None = None
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a table with their line numbers.

    `UserError` as in `read_table`, and where a line has more cells than there are headings.
    """
    found = read_table(path, needed, known).rows
    over = [f"{row.line}" for row in found if row.surplus]
    if over:
        lines = listed([*over[:SHOWN], *["..."][: len(over) > SHOWN]])
        raise UserError(
            f"{path.name} has more cells than headings at line {lines}; put a text with commas in "
            "quotation marks, nothing was taken."
        )
    return [(row.line, row.cells) for row in found]


def read_table(path: Path, needed: Sequence[str], known: Sequence[str] | None = None) -> HeadedRows:
    """Return the rows of a table whose headings are words; capitals make no difference.

    `UserError` for a column that is missing, stands twice, or is none of those `known` (None: any),
    and for a quotation mark that is not closed: what a person decided is not guessed.
    """
    found = headed_rows.read(path, needed, _spelled)
    unknown = [name for name in found.headings if name and known and name not in known]
    if unknown:
        raise UserError(
            f"{path.name} has a column “{unknown[0]}” that is not known; its columns are "
            f"{', '.join(known or ())}."
        )
    twice = [name for name, count in Counter(found.headings).items() if name and count > 1]
    if twice:
        raise UserError(f"{path.name} has the column “{twice[0]}” twice; leave one of them.")
    for row in found.rows:
        if row.remark:
            raise UserError(
                f"{path.name} has a quotation mark at line {row.line} that is not closed; mend it, "
                "nothing was taken."
            )
    return found


def _spelled(row: Sequence[str]) -> list[str]:
    return [cell.strip().lstrip("\ufeff").casefold() for cell in row]
