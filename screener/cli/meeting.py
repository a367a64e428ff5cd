"""Commands of the meeting: discrepancies, resolve, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from screener.cli.figures import agreement_lines
from screener.cli.named import answer_json, in_words, named
from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    of_screening,
    print_json_list,
    print_result,
    remark_hidden,
    require_places,
    say,
    step_option,
)
from screener.files import open_project
from screener.model import Discrepancy
from screener.project import Project
from screener.store import paths


def discrepancy_json(one: Discrepancy, review: Project) -> dict[str, Any]:
    """Return a discrepancy as the command line's JSON describes it."""
    from screener.report.listing import decision_json

    reviewers = review.consensus.reviewers()
    reports = {a.report for a in one.answers if a.report}
    numbers = {str(unit.id): unit.number for unit in review.units.load(reports)}
    found = {
        **named(review, one.step, one.subject, one.item, one.unit),
        "kind": str(one.kind),
        "elements": list(one.elements),
        "decisions": [decision_json(d, reviewers) for d in one.decisions],
        "answers": [answer_json(a, reviewers, numbers) for a in one.answers],
        "state": one.state,
        "stale": one.stale,
    }
    for other in ("answers",) if of_screening(one.step) else ("elements", "decisions"):
        del found[other]
    return found


def _words(row: Mapping[str, Any]) -> str:
    """Return what a line begins with: the record's number, or the study and what is asked."""
    if "record" in row:
        return f"{row['record']:>6}"
    return " ".join(filter(None, (row["study_name"], row["label"], row["row"])))


def to_settle(review: Project) -> list[dict[str, Any]]:
    """Return what is to settle in an arbitrator's file, and what of it is settled."""
    items = review.consensus.to_settle()
    consensus = review.consensus
    shown = {
        (step, subject): unit
        for step in {one.step for one in items}
        for subject, unit in consensus.at(step).step.shown({i.subject for i in items}).items()
    }
    units = {str(unit.id): unit for unit in review.units.load(set(shown.values()))}
    open_ = set(consensus.unsettled())
    return [
        {
            **named(review, one.step, one.subject, one.item, units[shown[one.step, one.subject]]),
            "state": "open" if one in open_ else "resolved",
        }
        for one in items
        if (one.step, one.subject) in shown  # not a study that has no report any more
    ]


def _list_to_settle(review: Project, stage: str, table: Path | None, *, as_json: bool) -> None:
    """Print or write what is to settle in an arbitrator's file, which has nobody's decisions."""
    listed = [one for one in to_settle(review) if one["stage"] == stage]
    if table:
        columns = _COLUMNS if of_screening(stage) else _OF_FORM
        cells = ([str(one.get(name, "")) for name in columns] for one in listed)
        paths.write_csv(table, columns, cells)
    lines = (f"{_words(r)}  {r['state']}  {r.get('title', '')}".rstrip() for r in listed)
    print_result(listed, lines, as_json=as_json)


@click.command(epilog=examples("screener discrepancies review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@step_option()
@click.option("--csv", "table", type=PATH, metavar="OUT", help="Write the list as CSV.")
@json_option
def discrepancies(project: Path, stage: str, table: Path | None, as_json: bool) -> None:
    """Print the list for the meeting."""
    require_places([project], [table], [".csv"])
    with open_project(project, write=False) as review:
        if review.consensus.to_settle():
            _list_to_settle(review, stage, table, as_json=as_json)
            return
        if table:
            write_discrepancies(table, review.consensus.discrepancies(stage), review, stage)
        review.consensus.require_visible(stage)  # which is the one sentence, without a remark
        listed = (discrepancy_json(d, review) for d in review.consensus.discrepancies(stage))
        remark_hidden(review, stage)
        if as_json:
            print_json_list(listed)
            return
        for one in listed:
            said = ", ".join(_said(review, one))
            elements = f" on {', '.join(one['elements'])}" if one.get("elements") else ""
            title = f"  {one['title']}" if "title" in one else ""
            say(f"{_words(one)}  {one['state']}  {one['kind']}{elements}{title}  ({said})")


def _said(review: Project, one: Mapping[str, Any]) -> Iterator[str]:
    """Yield what each reviewer says of a discrepancy."""
    for each in one.get("decisions", ()):
        yield f"{each['reviewer']} {each['verdict']}"
    if answers := one.get("answers", ()):
        asked = review.forms.step(one["stage"]).form.question(one["field"])
        yield from (f"{each['reviewer']} {in_words(each, asked)}" for each in answers)


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


_OF_ANSWER = ("value", "state", "unit", "page", "quote", "note", "origin")
_OF_ITEM = ("study", "study_name", "stage", "list", "row", "field", "label", "kind")
_OF_FORM = (
    *_OF_ITEM, "state", "stale", "reviewer", "value", "answer_state", "unit", "page", "quote",
    "note", "origin", "report",
)  # fmt: skip


def write_discrepancies(
    path: Path, found: Iterable[Discrepancy], review: Project, stage: str
) -> None:
    """Write the meeting's list as CSV, one row for each decision or answer of each discrepancy."""
    made = (discrepancy_json(one, review) for one in found)
    if of_screening(stage):
        paths.write_csv(path, _COLUMNS, (row for one in made for row in _rows(one)))
        return
    paths.write_csv(path, _OF_FORM, (row for one in made for row in _answer_rows(one)))


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


def _answer_rows(one: dict[str, Any]) -> Iterator[list[str]]:
    """Yield a row for each answer; one without where a row of a list is to settle itself."""
    head = [str(one[name]) for name in _OF_ITEM]
    for answer in one["answers"] or [{}]:
        stale = "yes" if one["stale"] else ""
        said = [answer.get(name, "") for name in _OF_ANSWER]
        report = answer.get("report") or ""
        yield [*head, one["state"], stale, answer.get("reviewer", ""), *said, str(report)]


@click.command(epilog=examples("screener agreement review.screener --stage title-abstract"))
@click.argument("project", type=PATH)
@step_option()
@json_option
def agreement(project: Path, stage: str, as_json: bool) -> None:
    """Print the agreement figures of every pair of reviewers."""
    with open_project(project, write=False) as review:
        if not of_screening(stage):
            from screener.cli.form_agreement import form_agreement, form_lines

            document = form_agreement(review, stage)
            remark_hidden(review, stage)
            print_result(document, form_lines(document), as_json=as_json)
            return
        document = review.consensus.agreement(stage).json()
        needed = review.consensus.at(stage).step.needed
        remark_hidden(review, stage)
    print_result(document, agreement_lines(document, needed), as_json=as_json)
