"""Commands on full texts: whether a report could be retrieved, and what is linked to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_result,
    progress,
    quiet_option,
    remark,
    say,
)
from screener.files import open_project
from screener.fulltext.linked import LinkedReport
from screener.model import Unit


@click.group(
    epilog=examples(
        "screener fulltext review.screener status 17 not-retrieved --why lost",
        "screener fulltext review.screener linked",
    )
)
@click.argument("project", type=PATH)
@click.pass_context
def fulltext(context: click.Context, project: Path) -> None:
    """Say which reports could be retrieved, and list what is linked to them."""
    context.obj = project


@fulltext.command()
@click.argument("record")
@click.argument("state", type=click.Choice(["sought", "retrieved", "not-retrieved"]))
@click.option("--why", default="", help="Why it could not be retrieved; required then.")
@click.pass_obj
def status(project: Path, record: str, state: str, why: str) -> None:
    """Record whether the report behind RECORD was retrieved."""
    with open_project(project) as review:
        review.fulltext.set_retrieval(review.units.find(record), state, why)
    say(f"Record {record}: {state.replace('-', ' ')}.")


@fulltext.command()
@click.argument("record", default="")
@json_option
@quiet_option
@click.pass_obj
def linked(project: Path, record: str, as_json: bool, quiet: bool) -> None:
    """List the records linked to the reports that are sought, or to RECORD.

    Versions of a Cochrane review, corrections and comments, preprints, conference abstracts and
    registry entries: reports that belong together and are no duplicates. Of decisions PROJECT's
    outcomes are told where the stage is visible, and in a copy its reviewer's own.
    """
    with open_project(project, write=False) as review:
        review.fulltext.linked.look(progress(quiet=quiet))
        chosen = review.units.find(record) if record else ""
        reports = [
            (report.unit, review.fulltext.linked.of(report.unit.id))
            for report in review.fulltext.reports()
            if report.unit.id == (chosen or report.unit.id)
        ]
    found = [(unit, others) for unit, others in reports if others]
    document = [_document(unit, others) for unit, others in found]
    lines = (line for unit, others in found for line in _lines(unit, others))
    print_result(document, lines, as_json=as_json)
    if not found and not as_json:
        remark("No report that is sought has a linked record.", quiet=quiet)


def _lines(unit: Unit, others: Sequence[LinkedReport]) -> Iterator[str]:
    yield f"{unit.number}  {unit.fields.title}"
    for other in others:
        year = other.unit.fields.year or "no year"
        yield f"   {other.words}: {other.unit.number}, {year}, {other.standing}"
        yield f"      {other.unit.fields.title}"


def _document(unit: Unit, others: Sequence[LinkedReport]) -> dict[str, object]:
    return {
        "record": unit.number,
        "uid": unit.id,
        "title": unit.fields.title,
        "linked": [
            {
                "record": other.unit.number,
                "uid": other.unit.id,
                "title": other.unit.fields.title,
                "year": other.unit.fields.year,
                "kind": str(other.kind),
                "words": other.words,
                "standing": other.standing,
            }
            for other in others
        ],
    }
