"""Commands that bring files together: compare and merge."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Unpack

import click

from screener.cli import hints
from screener.cli.figures import agreement_lines
from screener.cli.form_agreement import form_agreement, form_lines
from screener.cli.meeting import discrepancy_json, write_discrepancies
from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    of_screening,
    print_json,
    progress,
    quiet_option,
    remark,
    require_places,
    say,
    stage_of,
    step_option,
)
from screener.consensus.merging.findings import Admitted, Answers, MergeRefused, Result
from screener.merging import compare, merge_into
from screener.model import Stage

_FIRST = str(Stage.TITLE_ABSTRACT)


def _problems(found: Admitted) -> list[dict[str, str]]:
    return [
        {"check": str(f.check), "message": hints.found(f)}
        for f in found.findings
        if f.result is not Result.OK
    ]


@click.command("compare", epilog=examples("screener compare maya.screener jonas.screener --json"))
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE FILE...")
@step_option(required=False)
@click.option("--open", "early", is_flag=True, help="Show a stage not everybody has closed.")
@click.option("--csv", "table", type=PATH, metavar="OUT", help="Write the discrepancies.")
@json_option
@quiet_option
def compare_files(
    files: tuple[Path, ...],
    stage: str | None,
    early: bool,
    table: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read the files only: coverage, discrepancies by kind, agreement."""
    if len(files) < 2:
        raise click.UsageError("Name two files or more to compare.")
    require_places(files, [table], [".csv"])
    at, needed = stage or _FIRST, 0
    with compare(*files, progress=progress(quiet=quiet), open_early=early) as (review, found):
        refused = [one.refused for one in found if one.refused]
        if review is not None:
            at = stage_of(review, stage)
        document: dict[str, Any] = {
            "files": [] if refused else [_file(one, at) for one in found],
            "discrepancies": [],
            "agreement": None,
            "problems": [{"file": str(f.path), **p} for f in found for p in _problems(f)],
        }
        if review is not None and review.consensus.visible(at):
            listed = list(review.consensus.discrepancies(at))
            document["discrepancies"] = [discrepancy_json(d, review) for d in listed]
            if of_screening(at):
                document["agreement"] = review.consensus.agreement(at).json()
            else:
                document["agreement"] = form_agreement(review, at)
            needed = review.consensus.at(at).step.needed
            if table:
                write_discrepancies(table, listed, review, at)
    if as_json:
        print_json(document)
    elif not refused:
        _say_comparison(document, needed)
    if refused:
        say(hints.found(refused[0]), err=True, needed=True)
        sys.exit(1)


def _file(one: Admitted, stage: str) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "reviewer": one.reviewer or None,
        "decided": one.decided.get(stage),
        "pending": one.pending.get(stage),
        "closed": stage in one.codes,
        "closing_code": one.codes.get(stage),
    }


def _say_comparison(document: dict[str, Any], needed: int) -> None:
    for file in document["files"]:
        code = file["closing_code"] or "not closed"
        say(
            f"{file['file']}: {file['reviewer']}, {file['decided']} decided, "
            f"{file['pending']} pending, {code}"
        )
    for problem in document["problems"]:
        say(f"{problem['file']}: {problem['message']}", err=True, needed=True)
    kinds = Counter(one["kind"] for one in document["discrepancies"])
    agreed = document["agreement"]
    if agreed is None:
        agreement: Iterable[str] = ()
    elif "questions" in agreed:  # of a form
        agreement = form_lines(agreed)
    else:
        agreement = agreement_lines(agreed, needed)
    for line in (*(f"{kind}: {count}" for kind, count in kinds.items()), *agreement):
        say(line)


def _taken(one: Admitted) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "reviewer": one.reviewer or None,
        "new_events": one.new_events,
        "already_known": one.known_events,
    }


@click.command(
    epilog=examples("screener merge maya.screener jonas.screener --into review.screener")
)
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--into", required=True, type=PATH, metavar="PROJECT")
@click.option("--open", "early", is_flag=True, help="Show stages not everybody has closed.")
@click.option("--salvage", is_flag=True, help="Take what is whole out of a damaged file.")
@click.option(
    "--take-changes", is_flag=True, help="PROJECT was restored: take a copy's changes to it."
)
@click.option("--project", is_flag=True, help="A file is a project; take everybody's logs.")
@click.option(
    "--answers-only", is_flag=True, help="Take decisions, and leave changes to the review."
)
@click.option("--as-project", is_flag=True, help="The project is lost: PROJECT goes on as it.")
@click.option(
    "--why", metavar="TEXT", help="With --open or --as-project: why; the report names it."
)
@json_option
@quiet_option
def merge(
    files: tuple[Path, ...],
    into: Path,
    early: bool,
    as_project: bool,
    why: str | None,
    as_json: bool,
    quiet: bool,
    **answers: Unpack[Answers],
) -> None:
    """Merge reviewers' files into a project; a newer copy into an older one."""
    if as_project and why is None:
        raise click.UsageError("--as-project needs --why TEXT; the report names it.")
    if why is not None and not (as_project or early):
        raise click.UsageError("--why TEXT belongs to --open or --as-project.")
    refused: MergeRefused | None = None
    try:
        found = merge_into(
            into,
            *files,
            progress=progress(quiet=quiet),
            open_early=early,
            as_project=why if as_project else None,
            why=why or "",
            **answers,
        )
    except MergeRefused as error:
        found, refused = error.files, error
    document = {
        "into": str(into),
        "files": [] if refused else [_taken(f) for f in found],
        "problems": [{"file": str(f.path), **p} for f in found for p in _problems(f)],
    }
    if as_json:
        print_json(document)
    if refused:
        raise refused
    if as_json:
        return
    for one in found:
        who = one.reviewer or "the coordinator"
        say(f"{one.path}: {who}, {one.new_events} new, {one.known_events} known")
        for problem in _problems(one):
            remark(f"  {problem['message']}", quiet=quiet)
