"""Commands of the meeting: discrepancies, resolve, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from screener.cli.figures import agreement_lines
from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json_list,
    print_result,
    remark_hidden,
    require_places,
    say,
    stage_option,
)
from screener.files import open_project
from screener.model import Discrepancy, Mode, Outcome, Status
from screener.model.step import WHOLE, Item
from screener.project import Project
from screener.store import paths


def discrepancy_json(one: Discrepancy, review: Project) -> dict[str, Any]:
    """Return a discrepancy as the command line's JSON describes it."""
    from screener.report.listing import decision_json

    reviewers = review.consensus.reviewers()
    return {
        "record": one.unit.number,
        "uid": one.unit.id,
        "title": one.unit.fields.title,
        "stage": one.step,
        **_item_json(one.item),
        "kind": str(one.kind),
        "elements": list(one.elements),
        "decisions": [decision_json(d, reviewers) for d in one.decisions],
        "state": one.state,
        "stale": one.stale,
    }


def _item_json(item: Item) -> dict[str, str]:
    """Return what names an item of a form; nothing for the one item of a screening step."""
    return {} if item == WHOLE else {"question": item.question, "row": item.row}


def _item_words(row: Mapping[str, Any]) -> str:
    return f"  {row.get('question', '')} {row.get('row', '')}".rstrip()


def to_settle(review: Project) -> list[dict[str, Any]]:
    """Return what is to settle in an arbitrator's file, and what of it is settled."""
    items = review.consensus.to_settle()
    units = {str(unit.id): unit for unit in review.units.load({one.subject for one in items})}
    open_ = set(review.consensus.unsettled())
    return [
        {
            "record": units[one.subject].number,
            "uid": one.subject,
            "title": units[one.subject].fields.title,
            "stage": one.step,
            **_item_json(one.item),
            "state": "open" if one in open_ else "resolved",
        }
        for one in items
    ]


def _list_to_settle(review: Project, stage: str, table: Path | None, *, as_json: bool) -> None:
    """Print or write what is to settle in an arbitrator's file, which has nobody's decisions."""
    listed = [one for one in to_settle(review) if one["stage"] == stage]
    if table:
        cells = ([str(one.get(name, "")) for name in _COLUMNS] for one in listed)
        paths.write_csv(table, _COLUMNS, cells)
    lines = (f"{r['record']:>6}  {r['state']}{_item_words(r)}  {r['title']}" for r in listed)
    print_result(listed, lines, as_json=as_json)


@click.command(epilog=examples("screener discrepancies review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@stage_option()
@click.option("--csv", "table", type=PATH, metavar="OUT", help="Write the list as CSV.")
@json_option
def discrepancies(project: Path, stage: str, table: Path | None, as_json: bool) -> None:
    """Print the list for the meeting."""
    require_places([project], [table])
    with open_project(project, write=False) as review:
        if review.consensus.to_settle():
            _list_to_settle(review, stage, table, as_json=as_json)
            return
        if table:
            write_discrepancies(table, review.consensus.discrepancies(stage), review)
        listed = (discrepancy_json(d, review) for d in review.consensus.discrepancies(stage))
        remark_hidden(review, stage)
        if as_json:
            print_json_list(listed)
            return
        for one in listed:
            verdicts = ", ".join(f"{d['reviewer']} {d['verdict']}" for d in one["decisions"])
            elements = f" on {', '.join(one['elements'])}" if one["elements"] else ""
            kind = f"{one['kind']}{elements}{_item_words(one)}"
            say(f"{one['record']:>6}  {one['state']}  {kind}  {one['title']}  ({verdicts})")


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
    rows = (row for one in found for row in _rows(discrepancy_json(one, review)))
    paths.write_csv(path, _COLUMNS, rows)


def _rows(one: dict[str, Any]) -> Iterator[list[str]]:
    for decision in one["decisions"] or [{}]:
        judged = "; ".join(f"{k} {v}" for k, v in decision.get("judgements", {}).items())
        yield [
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
@click.option("--overturn", is_flag=True, help="Settle otherwise what was agreed; it is counted.")
def resolve(
    project: Path,
    record: str,
    verdict: str,
    stage: str,
    reason: str,
    why: str,
    by: tuple[str, ...],
    adjudication: bool,
    overturn: bool,
) -> None:
    """Record the consensus (or the adjudication) on a record."""
    with open_project(project) as review:
        unit = review.units.find(record)
        review.consensus.resolve(
            unit,
            Outcome(verdict),
            step=stage,
            reason=reason,
            why=why,
            by=by,
            mode=Mode.ADJUDICATION if adjudication else Mode.DISCUSSION,
            overturn=overturn,
        )
        status = review.consensus.state(unit, stage).status
    done = "settled" if status is Status.RESOLVED else f"recorded, and still {status}"
    say(f"Record {record}: {done}, {verdict}.")


@click.command(epilog=examples("screener agreement review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@stage_option()
@json_option
def agreement(project: Path, stage: str, as_json: bool) -> None:
    """Print the agreement figures of every pair of reviewers."""
    with open_project(project, write=False) as review:
        document = review.consensus.agreement(stage).json()
        needed = review.consensus.at(stage).step.needed
        remark_hidden(review, stage)
    print_result(document, agreement_lines(document, needed), as_json=as_json)
