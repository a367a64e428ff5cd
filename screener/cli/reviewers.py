"""The command on the people of a review: who takes part, joins, leaves, is renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    ListingGroup,
    examples,
    json_option,
    print_result,
    say,
    step_option,
)
from screener.cli.status import how_far
from screener.files import open_project
from screener.model.words import listed
from screener.project import Project


@click.group(
    cls=ListingGroup,
    invoke_without_command=True,
    epilog=examples(
        "screener reviewers review.screener",
        'screener reviewers review.screener add "Ruth Bergström" --arbitrator',
        'screener reviewers review.screener leave Jonas --stage full-text --why "parental leave"',
    ),
)
@click.argument("project", type=PATH)
@json_option
@click.pass_context
def reviewers(context: click.Context, project: Path, as_json: bool) -> None:
    """List who takes part and how far each is; add, rename, let join or leave, remove."""
    context.obj = project
    if context.invoked_subcommand is None:
        with open_project(project, write=False) as review:
            document = _described(review)
        print_result({"reviewers": document}, _lines(document), as_json=as_json)


def _described(review: Project) -> list[dict[str, Any]]:
    """Return everybody with what they take part in, as the command line's JSON has it."""
    steps = [
        (step.words, review.consensus.standing(step.id), review.consensus.at(step.id).coverage)
        for step in review.consensus.steps
    ]
    copies = {str(one.reviewer.id): one.copy for one in review.team.members()}
    found = []
    for person in review.consensus.people():
        copy = copies.get(str(person.id))
        parts = []
        for words, standing, coverage in steps:
            part = coverage.parts.get(person.id)
            one = next((r for r in standing.reviewers if r.reviewer.id == person.id), None)
            if one is None or (part is None and not one.decided and not one.codes):
                continue
            parts.append(
                {
                    "stage": standing.step,
                    "words": words,
                    "joined": part is not None,
                    "left": one.left,
                    "why": part.why if part is not None and part.why else None,
                    "decided": one.decided,
                    "pending": one.pending,
                    "closed": one.closed,
                    "closing_codes": list(one.codes),
                    "closed_at": list(one.closed_at),
                    "opened_since": one.opened_since,
                    "how_far": how_far(one),
                }
            )
        found.append(
            {
                "reviewer": person.name,
                "id": person.id,
                "arbitrator": person.arbitrator,
                "stages": parts,
                "copy": copy
                and {
                    "written": copy.written,
                    "outdated": copy.outdated,
                    "since": copy.since(),
                },
            }
        )
    return found


def _lines(document: list[dict[str, Any]]) -> Iterator[str]:
    for person in document:
        copy = person["copy"]
        old = f", copy written before {copy['since']}" if copy and copy["outdated"] else ""
        yield person["reviewer"] + (", arbitrator" if person["arbitrator"] else "") + old
        for part in person["stages"]:
            yield (
                f"  {part['words']}: {part['decided']} decided, {part['pending']} pending, "
                f"{part['how_far']}" + (f" ({part['why']})" if part["why"] else "")
            )


@reviewers.command()
@click.argument("name")
@click.option("--arbitrator", is_flag=True, help="Settles what differs and does not screen.")
@click.pass_obj
def add(project: Path, name: str, arbitrator: bool) -> None:
    """Add somebody; a reviewer joins a stage with the first copy."""
    with open_project(project) as review:
        added = review.consensus.add_person(name, arbitrator=arbitrator)
    say(f"{added.name} takes part{' as arbitrator' if arbitrator else ''}.")


@reviewers.command()
@click.argument("name")
@click.argument("new")
@click.pass_obj
def rename(project: Path, name: str, new: str) -> None:
    """Correct a name; everything recorded stays."""
    with open_project(project) as review:
        renamed = review.consensus.rename_person(name, new)
    say(f"{name} is {renamed.name} now.")


@reviewers.command()
@click.argument("name")
@step_option()
@click.option("--opened-after", is_flag=True, help="Only for what is opened from now on.")
@click.pass_obj
def join(project: Path, name: str, stage: str, opened_after: bool) -> None:
    """Let a reviewer take part in a stage."""
    with open_project(project) as review:
        new = review.consensus.join(name, stage, opened_after=opened_after)
        words = review.consensus.at(stage).step.words.lower()
    say(f"{name} takes part in {words}{'' if new else ' already'}.")


@reviewers.command()
@click.argument("name")
@step_option()
@click.option("--why", required=True, help="The reason; the report names it.")
@click.pass_obj
def leave(project: Path, name: str, stage: str, why: str) -> None:
    """Let a reviewer leave a stage: what they decided stays, nothing more is waited for."""
    with open_project(project) as review:
        early = review.consensus.leave(name, stage, why)
        few = review.team.too_few_without(name)
        words = review.consensus.at(stage).step.words.lower()
    say(f"{name} has left {words}; nothing more is waited for.")
    _say_what_follows(name, [words] if early else [], [one for one in few if one == words])


@reviewers.command()
@click.argument("name")
@click.option("--why", default="", help="Needed where this shows what was hidden.")
@click.pass_obj
def remove(project: Path, name: str, why: str) -> None:
    """Remove somebody who has recorded nothing."""
    with open_project(project) as review:
        shown, few = review.team.shown_without(name), review.team.too_few_without(name)
        review.consensus.remove_person(name, why)
    say(f"{name} takes no part any more.")
    _say_what_follows(name, shown, few)


def _say_what_follows(name: str, shown: Sequence[str], few: Sequence[str]) -> None:
    """Say of the words of steps what is shown without somebody, and where another is needed."""
    if shown:
        say(
            f"What was decided at {listed(shown)} is shown from now on, though {name} has not "
            "closed it; the report names that.",
            err=True,
        )
    if few:
        say(
            f"Too few reviewers are left who could close {listed(few)}, and nothing of it is shown:"
            " write a copy for another (screener copy PROJECT --reviewer NAME --out FILE).",
            err=True,
        )
