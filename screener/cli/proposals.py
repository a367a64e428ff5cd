"""Commands on corrections that reviewers propose: proposing, listing, taking, leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_result,
    quiet_option,
    remark,
    say,
)
from screener.files import open_project
from screener.model import FIELD_WORDS, UserError
from screener.model.words import counted, listed
from screener.sources.proposals import Proposed


@click.command(
    epilog=examples(
        'screener propose maya.screener 17 year=2019 --why "the PDF"',
        "screener propose maya.screener 17 year=",
    )
)
@click.argument("copy", type=PATH)
@click.argument("record")
@click.argument("change", metavar="FIELD=VALUE")
@click.option("--why", default="", help="Where the value is from.")
def propose(copy: Path, record: str, change: str, why: str) -> None:
    """Propose a correction of a record; an empty VALUE takes the proposal back."""
    field, equals, value = change.partition("=")
    if not equals:
        raise UserError(f"“{change}” is no correction; write it as field=value.")
    with open_project(copy) as review:
        unit = review.units.get(review.units.find(record))
        review.sources.proposals.propose(unit.id, field.strip(), value, why)
    what = "proposed" if value.strip() else "nothing proposed any more"
    say(f"Record {unit.number}, {FIELD_WORDS[field.strip()].lower()}: {what}.")


@click.command(
    epilog=examples(
        "screener proposals review.screener",
        "screener proposals review.screener take 0b8f2a6c91d4",
        "screener proposals review.screener leave 0b8f2a6c91d4",
    )
)
@click.argument("file", type=PATH)
@click.argument("words", nargs=-1, metavar="[take ID | leave ID]")
@json_option
@quiet_option
def proposals(file: Path, words: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """List the corrections that reviewers propose; take one, or leave it."""
    answer, id_ = words if len(words) == 2 else ("", "")
    if words and answer not in ("take", "leave"):
        raise click.UsageError("Write `take ID` or `leave ID`, with an id of the list.")
    with open_project(file, write=bool(words)) as review:
        if answer == "take":
            review.sources.proposals.take(id_)
        elif answer == "leave":
            review.sources.proposals.leave(id_)
        found = review.sources.proposals.open()
    lines = (line for one in found for line in _lines(one))
    print_result([_document(one) for one in found], lines, as_json=as_json)
    if not found and not as_json:
        remark("No proposal is open.", quiet=quiet)


def _lines(one: Proposed) -> Iterator[str]:
    more = "".join(
        (
            "; changed since" if one.changed else "",
            f"; {counted(one.others, 'other value')}" if one.others else "",
        )
    )
    words = FIELD_WORDS[one.field].lower()
    yield f"{one.id}  {one.number}  {words}, {listed(one.reviewers)}{more}"
    yield f"  now: {one.now or 'nothing'}"
    yield f"  proposed: {one.value}"
    yield from (f"  why: {why}" for why in one.why)


def _document(one: Proposed) -> dict[str, object]:
    return {
        "id": one.id,
        "record": one.number,
        "uid": one.record,
        "title": one.title,
        "field": one.field,
        "now": one.now,
        "value": one.value,
        "why": list(one.why),
        "reviewers": list(one.reviewers),
        "changed": one.changed,
        "others": one.others,
    }
