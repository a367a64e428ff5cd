"""The command that says how far each stage is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from screener.cli.shared import PATH, examples, json_option, print_result
from screener.consensus.progress import ReviewerStanding, StepStanding
from screener.files import open_project


@click.command(epilog=examples("screener status review.screener"))
@click.argument("project", type=PATH)
@json_option
def status(project: Path, as_json: bool) -> None:
    """Print how far each stage is."""
    with open_project(project, write=False) as review:
        standings = [review.consensus.standing(step.id) for step in review.consensus.steps]
        copy = review.is_copy
    stages = [
        {
            "stage": str(s.step),
            "reviewers": [
                {
                    "reviewer": r.reviewer.name,
                    "decided": r.decided,
                    "pending": r.pending,
                    "closed": r.closed,
                    "closing_codes": list(r.codes),
                    "opened_since": r.opened_since,
                    "changed_since": r.changed_since,
                    "left": r.left,
                }
                for r in s.reviewers
            ],
            "statuses": s.statuses,
            "included": s.included,
            "excluded": s.excluded,
            "awaiting": s.awaiting,
            "pending": s.pending,
            "hidden": s.hidden,
        }
        for s in standings
    ]
    print_result({"stages": stages}, _lines(standings, copy=copy), as_json=as_json)


def _lines(standings: Sequence[StepStanding], *, copy: bool) -> Iterator[str]:
    for stage in standings:
        awaiting = f"{stage.awaiting} awaiting, " if stage.awaiting else ""
        words = f"{stage.included} included, {stage.excluded} excluded, {awaiting}"
        words += f"{stage.pending} without an outcome"  # what is reopened has one
        yield f"{stage.words}: {f'{stage.pending} pending' if copy else words}"
        for r in stage.reviewers:
            yield f"  {r.reviewer.name}: {r.decided} decided, {r.pending} pending, {how_far(r)}"
        yield from (f"  {name}: {count}" for name, count in stage.statuses.items())


def how_far(one: ReviewerStanding) -> str:
    """Say in words whether a reviewer has closed a step or left it, with every closing code."""
    words = "closed" if one.closed else "left" if one.left else "open"
    words += ", left" if one.closed and one.left else ""
    words += f", {one.opened_since} opened since" if one.opened_since else ""
    words = ", ".join([words, *one.codes])
    changed = f", {one.changed_since} not covered by the closing code"
    return words + changed * bool(one.changed_since)
