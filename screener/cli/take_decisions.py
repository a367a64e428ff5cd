"""Command that takes decisions made in other tools."""

from __future__ import annotations

from collections.abc import Iterator
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
    require_places,
    saved,
    say,
    stage_option,
)
from screener.files import open_project
from screener.model import Stage, UserError, Verdict
from screener.model.words import counted
from screener.screening.elsewhere import taking
from screener.screening.elsewhere.decisions import may_be_decided_alike, read_export
from screener.screening.elsewhere.taking import Taken

_VERDICTS = click.Choice([str(v) for v in Verdict if v is not Verdict.NONE])


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
@click.option("--left", type=PATH, metavar="OUT.csv", help="Write the rows that were left alone.")
@json_option
@quiet_option
def take_decisions(
    copy: Path,
    file: Path,
    stage: str,
    reviewer: str,
    replace: bool,
    alike: str | None,
    left: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take decisions made in Rayyan, ASReview, Covidence or Abstrackr.

    Of an export that names several people only the decisions of one are taken: those under the
    name of COPY's reviewer, or of --reviewer. `undo COPY` takes all of it back.
    """
    require_places([copy, file], [left])
    at = Stage(stage)
    with open_project(copy) as review:
        try:
            taken = taking.take_decisions(
                review,
                file,
                stage=at,
                reviewer=reviewer,
                replace=replace,
                alike=Verdict(alike) if alike else None,
                progress=progress(quiet=quiet),
            )
        except UserError:
            if review.is_copy and not alike:
                _refuse_without_decisions(file, at)
            raise
    if left:
        with saved("What was taken"):
            taking.write_left(left, taken)
    if as_json:
        print_json(_document(taken))
        return
    whose = f" of {taken.person}" if taken.person else ""
    place = f" from {taken.tool}" if taken.tool else ""
    over = f"; {taken.replaced} replaced what was decided here" if taken.replaced else ""
    say(f"{counted(taken.taken, 'decision')}{whose}{place} taken{over}.")
    for line in _remarks(taken):
        remark(line, quiet=quiet)


def _refuse_without_decisions(file: Path, stage: Stage) -> None:
    if may_be_decided_alike(read_export(file), stage):
        raise UserError(
            f"“{file.name}” holds no decisions at {stage.words.lower()}; export it with them, or "
            "say with --all-as which verdict all of it has."
        )


def _document(taken: Taken) -> dict[str, Any]:
    document = asdict(taken)
    for name in taking.LEFT:
        for row in document[name]:
            row["record"] = row["record"] or None
    return document


def _remarks(taken: Taken) -> Iterator[str]:
    yield from taking.remarks(taken)
    for words, rows in taking.left(taken):
        yield f"Left alone, {words} ({len(rows)}):"
        yield from (f"  {taking.row(row)}" for row in rows)
    if taken.differing:
        yield "--replace replaces what is decided otherwise."
