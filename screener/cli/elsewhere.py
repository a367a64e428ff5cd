"""Command that takes decisions made in other tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json,
    progress,
    quiet_option,
    remark,
    stage_option,
)
from screener.model import Stage, Verdict
from screener.project import open_project
from screener.screening.elsewhere import taking
from screener.screening.elsewhere.taking import Row, Taken

_VERDICTS = click.Choice([str(v) for v in Verdict if v is not Verdict.NONE])
_LEFT = {
    "differing": "decided otherwise here, left alone (--replace replaces them)",
    "not_matched": "match no record, or more than one",
    "not_open": "not to be screened at this stage",
    "contradictory": "with rows that contradict each other",
}
_COUNTED = {
    "same": "decided the same already",
    "repeated": "further rows for a record that was taken",
    "no_reason": "exclusions without a reason; the note says so",
    "unattributed": "exclusions whose reason may be another person's; it was not taken",
    "others": "decisions of other people, not taken",
    "undecided": "records without a decision",
    "skipped": "lines without a record",
}


@click.command(
    epilog=examples(
        "screener take-decisions maya.screener plain-1.ris --stage title-abstract --all-as include"
    )
)
@click.argument("copy", type=PATH)
@click.argument("file", type=PATH)
@stage_option()
@click.option("--reviewer", default="", metavar="NAME", help="Whose decisions, as FILE names them.")
@click.option("--replace", is_flag=True, help="Replace what is decided otherwise in COPY.")
@click.option("--all-as", "alike", type=_VERDICTS, help="Every record of FILE has this verdict.")
@json_option
@quiet_option
def take_decisions(
    copy: Path,
    file: Path,
    stage: str,
    reviewer: str,
    replace: bool,
    alike: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take decisions made in Rayyan, ASReview, Covidence or Abstrackr.

    Of an export that names several people only the decisions of one are taken: those under the
    name of COPY's reviewer, or of --reviewer. `undo COPY` takes all of it back.
    """
    with open_project(copy) as review:
        taken = taking.take_decisions(
            review,
            file,
            stage=Stage(stage),
            reviewer=reviewer,
            replace=replace,
            alike=Verdict(alike) if alike else None,
            progress=progress(quiet=quiet),
        )
    if as_json:
        print_json(_document(taken))
        return
    whose = f" of {taken.person}" if taken.person else ""
    place = f" from {taken.tool}" if taken.tool else ""
    over = f"; {taken.replaced} replaced what was decided here" if taken.replaced else ""
    click.echo(f"{taken.taken} decisions{whose}{place} taken{over}.")
    for line in _remarks(taken):
        remark(line, quiet=quiet)


def _document(taken: Taken) -> dict[str, Any]:
    document = asdict(taken)
    for name in _LEFT:
        for row in document[name]:
            row["record"] = row["record"] or None
    return document


def _remarks(taken: Taken) -> Iterator[str]:
    for name, words in _COUNTED.items():
        if count := getattr(taken, name):
            yield f"{count} {words}."
    if taken.reasons:
        yield f"No reasons of the protocol, written into notes: {'; '.join(taken.reasons)}."
    for name, words in _LEFT.items():
        rows: Sequence[Row] = getattr(taken, name)
        if rows:
            yield f"{len(rows)} {words}:"
            yield from (_row(row) for row in rows)


def _row(row: Row) -> str:
    record = f", record {row.record}" if row.record else ""
    return f"  line {row.line}{record}: {row.verdict}, {row.title or '(no title)'}"
