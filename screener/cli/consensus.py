"""Commands of the consensus: compare, merge, status, discrepancies, resolve, agreement."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json,
    print_json_list,
    progress,
    quiet_option,
    remark,
    require_places,
    stage_option,
)
from screener.model import Discrepancy, Mode, Outcome, Stage
from screener.project import Project, open_project
from screener.store import paths

if TYPE_CHECKING:
    from screener.consensus.findings import Admitted, MergeRefused


def _problems(found: Admitted) -> list[dict[str, str]]:
    from screener.consensus.findings import Result

    return [
        {"check": str(f.check), "message": f.message}
        for f in found.findings
        if f.result is not Result.OK
    ]


@click.command("compare", epilog=examples("screener compare maya.screener jonas.screener --json"))
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE FILE...")
@stage_option(required=False)
@click.option("--open", "early", is_flag=True, help="Show a stage not everybody has closed.")
@click.option("--csv", "table", type=PATH, metavar="OUT", help="Write the discrepancies.")
@json_option
@quiet_option
def compare_files(
    files: tuple[Path, ...],
    stage: str,
    early: bool,
    table: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read the files only: coverage, discrepancies by kind, agreement."""
    from screener.merging import compare

    require_places(files, [table])
    at = Stage(stage)
    with compare(*files, progress=progress(quiet=quiet), open_early=early) as (review, found):
        document: dict[str, Any] = {
            "files": [_file(one, at) for one in found],
            "discrepancies": [],
            "agreement": None,
            "problems": [{"file": str(f.path), **p} for f in found for p in _problems(f)],
        }
        if review is not None and review.consensus.visible(at):
            listed = list(review.consensus.discrepancies(at))
            document["discrepancies"] = [discrepancy_json(d, review) for d in listed]
            document["agreement"] = review.consensus.agreement(at).json()
            if table:
                write_discrepancies(table, listed, review)
    if as_json:
        print_json(document)
    else:
        _say_comparison(document)
    refused = [one.refused for one in found if one.refused]
    if refused:
        click.echo(refused[0].message, err=True)
        sys.exit(1)


def _file(one: Admitted, stage: Stage) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "reviewer": one.reviewer or None,
        "decided": one.decided.get(stage),
        "pending": one.pending.get(stage),
        "closed": stage in one.codes,
        "closing_code": one.codes.get(stage),
    }


def _say_comparison(document: dict[str, Any]) -> None:
    for file in document["files"]:
        code = file["closing_code"] or "not closed"
        click.echo(
            f"{file['file']}: {file['reviewer']}, {file['decided']} decided, "
            f"{file['pending']} pending, {code}"
        )
    for problem in document["problems"]:
        click.echo(f"{problem['file']}: {problem['message']}", err=True)
    kinds: dict[str, int] = {}
    for one in document["discrepancies"]:
        kinds[one["kind"]] = kinds.get(one["kind"], 0) + 1
    for kind, count in kinds.items():
        click.echo(f"{kind}: {count}")
    if document["agreement"]:
        _say_agreement(document["agreement"])


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
@json_option
@quiet_option
def merge(
    files: tuple[Path, ...],
    into: Path,
    early: bool,
    salvage: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Merge reviewers' files into a project; a newer copy into an older one."""
    from screener.consensus.findings import MergeRefused
    from screener.merging import merge_into

    refused: MergeRefused | None = None
    try:
        found = merge_into(
            into, *files, progress=progress(quiet=quiet), open_early=early, salvage=salvage
        )
    except MergeRefused as error:
        found, refused = error.files, error
    document = {
        "into": str(into),
        "files": [] if refused else [_taken(f) for f in found],
        "problems": [{"file": str(f.path), **p} for f in found for p in _problems(f)],
    }
    if refused:
        if as_json:
            print_json(document)
        raise refused
    if as_json:
        print_json(document)
        return
    for one in found:
        who = one.reviewer or "the coordinator"
        click.echo(f"{one.path}: {who}, {one.new_events} new, {one.known_events} known")
        for problem in _problems(one):
            remark(f"  {problem['message']}", quiet=quiet)


@click.command(epilog=examples("screener status review.screener"))
@click.argument("project", type=PATH)
@json_option
def status(project: Path, as_json: bool) -> None:
    """Print how far each stage is."""
    with open_project(project, write=False) as review:
        standings = [review.consensus.standing(s) for s in Stage]
    stages = [
        {
            "stage": str(s.step),
            "reviewers": [
                {
                    "reviewer": r.reviewer.name,
                    "decided": r.decided,
                    "pending": r.pending,
                    "closed": r.closed,
                }
                for r in s.reviewers
            ],
            "statuses": s.statuses,
            "included": s.included,
            "excluded": s.excluded,
            "pending": s.pending,
        }
        for s in standings
    ]
    if as_json:
        print_json({"stages": stages})
        return
    for stage in standings:
        click.echo(
            f"{stage.words}: {stage.included} included, {stage.excluded} excluded, "
            f"{stage.pending} open"
        )
        for r in stage.reviewers:
            closed = f"closed, {r.code}" if r.closed else "open"
            click.echo(f"  {r.reviewer.name}: {r.decided} decided, {r.pending} pending, {closed}")
        for name, count in stage.statuses.items():
            click.echo(f"  {name}: {count}")


def discrepancy_json(one: Discrepancy, review: Project) -> dict[str, Any]:
    """Return a discrepancy as the command line's JSON describes it."""
    from screener.report.listing import decision_json

    reviewers = review.consensus.reviewers()
    return {
        "record": one.unit.number,
        "uid": one.unit.id,
        "title": one.unit.fields.title,
        "stage": one.step,
        "kind": str(one.kind),
        "elements": list(one.elements),
        "decisions": [decision_json(d, reviewers) for d in one.decisions],
        "state": one.state,
        "stale": one.stale,
    }


@click.command(epilog=examples("screener discrepancies review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@stage_option()
@click.option("--csv", "table", type=PATH, metavar="OUT", help="Write the list as CSV.")
@json_option
def discrepancies(project: Path, stage: str, table: Path | None, as_json: bool) -> None:
    """Print the list for the meeting."""
    require_places([project], [table])
    with open_project(project, write=False) as review:
        at = Stage(stage)
        if table:
            write_discrepancies(table, review.consensus.discrepancies(at), review)
        listed = (discrepancy_json(d, review) for d in review.consensus.discrepancies(at))
        if as_json:
            print_json_list(listed)
            return
        for one in listed:
            verdicts = ", ".join(f"{d['reviewer']} {d['verdict']}" for d in one["decisions"])
            elements = f" on {', '.join(one['elements'])}" if one["elements"] else ""
            click.echo(f"{one['record']:>6}  {one['kind']}{elements}  {one['title']}  ({verdicts})")


_COLUMNS = (
    "record",
    "title",
    "stage",
    "kind",
    "elements",
    "state",
    "stale",
    "reviewer",
    "verdict",
    "reason",
    "judgements",
    "note",
)


def write_discrepancies(path: Path, found: Iterable[Discrepancy], review: Project) -> None:
    """Write the meeting's list as CSV, one row for each decision of each discrepancy."""
    import csv

    with (
        paths.written_beside(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for one in (discrepancy_json(d, review) for d in found):
            writer.writerows(_rows(one))


def _rows(one: dict[str, Any]) -> Iterator[list[str]]:
    from screener.sources.writers.writer import defused

    for decision in one["decisions"] or [{}]:
        judged = "; ".join(f"{k} {v}" for k, v in decision.get("judgements", {}).items())
        row = [
            str(one["record"]),
            one["title"],
            one["stage"],
            one["kind"],
            "; ".join(one["elements"]),
            one["state"],
            "yes" if one["stale"] else "",
            decision.get("reviewer", ""),
            decision.get("verdict", ""),
            decision.get("reason") or "",
            judged,
            decision.get("note", ""),
        ]
        yield [defused(cell) for cell in row]


@click.command(
    epilog=examples(
        "screener resolve review.screener 17 include --stage title-abstract "
        '--why "the abstract names adults" --by Maya --by Jonas'
    )
)
@click.argument("project", type=PATH)
@click.argument("record")
@click.argument("verdict", type=click.Choice([str(o) for o in Outcome]))
@stage_option()
@click.option("--reason", default="", help="A criterion id, a reason id, or other.")
@click.option("--why", required=True, help="One sentence for the minutes.")
@click.option("--by", required=True, multiple=True, metavar="NAME", help="Who agreed; repeat it.")
@click.option("--adjudication", is_flag=True, help="A third person decided.")
def resolve(
    project: Path,
    record: str,
    verdict: str,
    stage: str,
    reason: str,
    why: str,
    by: tuple[str, ...],
    adjudication: bool,
) -> None:
    """Record the consensus (or the adjudication) on a record."""
    with open_project(project) as review:
        review.consensus.resolve(
            review.units.find(record),
            Outcome(verdict),
            step=Stage(stage),
            reason=reason,
            why=why,
            by=by,
            mode=Mode.ADJUDICATION if adjudication else Mode.DISCUSSION,
        )
    click.echo(f"Record {record}: settled, {verdict}.")


@click.command(epilog=examples("screener agreement review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@stage_option()
@json_option
def agreement(project: Path, stage: str, as_json: bool) -> None:
    """Print the agreement figures of every pair of reviewers."""
    with open_project(project, write=False) as review:
        document = review.consensus.agreement(Stage(stage)).json()
    if as_json:
        print_json(document)
        return
    _say_agreement(document)


def _say_agreement(document: dict[str, Any]) -> None:
    for pair in document["pairs"]:
        click.echo(" and ".join(pair["reviewers"]))
        rows = [("include or exclude", pair["binary"]), ("with maybe", pair["three_way"])]
        rows += list(pair["criteria"].items())
        for name, figures in rows:
            values = ", ".join(
                f"{label} {figures[key]:.3f}"
                for label, key in (
                    ("raw", "raw"),
                    ("kappa", "kappa"),
                    ("PABAK", "pabak"),
                    ("AC1", "ac1"),
                    ("positive", "positive_agreement"),
                    ("negative", "negative_agreement"),
                )
                if figures[key] is not None
            )
            click.echo(f"  {name}: n {figures['n']}, {values or 'nothing to count'}")
