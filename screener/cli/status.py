"""The command that says how far each stage is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from screener.cli.meeting import to_settle
from screener.cli.shared import PATH, examples, json_option, print_result, say
from screener.consensus import documents
from screener.consensus.progress import ReviewerStanding, StepStanding
from screener.consensus.told import Told
from screener.files import open_project
from screener.model import Status
from screener.model.words import counted
from screener.studies.counting import in_the_review


@click.command(epilog=examples("screener status review.screener"))
@click.argument("project", type=PATH)
@json_option
def status(project: Path, as_json: bool) -> None:
    """Print how far each stage is."""
    with open_project(project, write=False) as review:
        steps = [step.id for step in review.consensus.steps]
        every = (review.consensus.standing(step) for step in steps)
        standings = [in_the_review(one, review.studies) for one in every]
        told = {step: review.consensus.context.told(step) for step in steps}
        copy = review.is_copy
        document = [
            documents.of_step(review.consensus, one, told[one.step], copy=copy) for one in standings
        ]
        given = Counter((one["stage"], one["state"]) for one in to_settle(review))
        older = review.older()
    if older is not None:
        say(older.sentence, err=True)
    forms = {one["stage"]: one["studies"] for one in document if "studies" in one}
    if given:
        of_given = ({"statuses": {}, "pending": given[one["stage"], "open"]} for one in document)
        document = [one | more for one, more in zip(document, of_given, strict=True)]
    lines = _given_lines(standings, given) if given else _lines(standings, told, forms, copy=copy)
    print_result({"stages": document}, lines, as_json=as_json)


def _given_lines(
    standings: Sequence[StepStanding], given: Counter[tuple[str, str]]
) -> Iterator[str]:
    """Say how far an arbitrator is with what is to settle; nobody's decisions are in the file."""
    for stage in standings:
        left, settled = given[stage.step, "open"], given[stage.step, "resolved"]
        if left or settled:
            yield f"{stage.words}: {left} to settle, {settled} settled"


def _lines(
    standings: Sequence[StepStanding],
    told: Mapping[str, Told],
    forms: Mapping[str, Mapping[str, int]],
    *,
    copy: bool,
) -> Iterator[str]:
    for stage in standings:
        awaiting = f"{stage.awaiting} awaiting, " if stage.awaiting else ""
        words = f"{stage.included} included, {stage.excluded} excluded, {awaiting}"
        words += f"{stage.pending} without an outcome"  # what is reopened has one
        if stage.step in forms:
            words = ", ".join(f"{n} {what}" for what, n in forms[stage.step].items())
            words = f"of the studies {words}"
        if copy:
            counts = counted(
                documents.pending(stage, forms.get(stage.step), copy=True),
                "study" if stage.step in forms else "record",
            )
            words = "closed, " * any(r.closed for r in stage.reviewers) + f"{counts} pending"
        yield f"{stage.words}: {words}"
        for r in stage.reviewers:
            yield f"  {r.reviewer.name}: {r.decided} decided, {r.pending} pending, {how_far(r)}"
        for name, count in stage.statuses.items():
            asked = "row" if name == Status.ROW else "question"
            yield f"  {name}: {counted(count, asked) if stage.step in forms else count}"
        yield from (f"  {sentence}" for sentence in told[stage.step].sentences())


def how_far(one: ReviewerStanding) -> str:
    """Say whether a reviewer has closed a step or left it, with every closing code and its day."""
    words = "closed" if one.closed else "left" if one.left else "open"
    words += ", left" if one.closed and one.left else ""
    words += f", {one.opened_since} opened since" if one.opened_since else ""
    words = ", ".join([words, *one.dated_codes()])
    changed = f", {one.changed_since} not covered by the closing code"
    return words + changed * bool(one.changed_since)
