"""What the page of the reviewers says of a person, in words; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screener.consensus.team import Asked, Member
from screener.model import moments
from screener.model.moments import local
from screener.model.words import counted

_TIMES = {2: "closed twice"}


class Cell(NamedTuple):
    """One cell of a row: its first line, the quiet one below it, and whether it warns."""

    first: str
    second: str = ""
    warns: bool = False


def head(members: list[Member]) -> str:
    """Return who there is, in numbers."""
    reviewers = [one for one in members if not one.reviewer.arbitrator]
    left = sum(one.left for one in reviewers)
    arbitrators = len(members) - len(reviewers)
    words = [counted(len(reviewers), "reviewer")] if reviewers else []
    words += [f"{left} left"] if left else []
    words += [counted(arbitrators, "arbitrator")] if arbitrators else []
    return ", ".join(words)


def below_name(member: Member) -> str:
    """Return what is special about a person, or ""."""
    if member.reviewer.arbitrator:
        return "arbitrator, screens nothing"
    if member.left:
        why = next(one.why for one in reversed(member.steps) if one.standing is not None)
        return f"left: {why}" if why else "left"
    late = [one for one in member.steps if one.late and not (one.standing and one.standing.codes)]
    return "joined late" if late else ""


def begun(members: Sequence[Member]) -> list[str]:
    """Return the steps in which somebody has anything to do; the first has begun in any case."""
    asked = [one for member in members for one in member.steps if one.asked]
    first = [one.step for member in members for one in member.steps[:1]]
    return list(dict.fromkeys([*first, *(one.step for one in asked)]))


def step_cell(asked: Asked, member: Member) -> Cell:
    """Return how far a person is at a step."""
    one = asked.standing
    if one is None:
        return Cell("–") if member.reviewer.arbitrator or member.left else Cell("not asked")
    if one.left:
        said = "what was decided stays" if one.decided else ""
        return Cell(f"{one.decided:,} decided", said or f"left: {asked.why}")
    second = [_TIMES.get(len(one.codes), "closed")] if one.closed else []
    if not second and one.codes:
        second = ["opened again"]
    if one.opened_since:
        second.append(f"{one.opened_since:,} opened since")
    if one.changed_since:
        second.append(f"{one.changed_since:,} not covered by the closing code")
    if not one.decided and not one.codes:
        return Cell(f"0 of {asked.asked:,}", "nothing merged yet")
    return Cell(f"{one.decided:,} of {asked.asked:,}", "; ".join(second), bool(one.changed_since))


def copy_cell(member: Member) -> Cell:
    """Return whether a person's copy holds what the project has."""
    copy = member.copy
    if copy is None:
        return Cell("no copy")
    written = f"written {day(copy.written)}"
    if member.reviewer.arbitrator:
        return Cell("a file to settle in", f"{written}; no names and no verdicts in it")
    if not copy.outdated:
        return Cell("up to date", written)
    return Cell("outdated", f"{written}, before {copy.since()}", warns=True)


def codes(member: Member) -> list[tuple[str, tuple[str, ...]]]:
    """Return the closing codes of a person, by the words of the step."""
    return [
        (one.words, one.standing.codes)
        for one in member.steps
        if one.standing is not None and one.standing.codes
    ]


def day(time: str) -> str:
    """Return an ISO time as a day: "12 November", with the year where it is another one.

    One that this computer cannot show stands as it is.
    """
    when = local(time)
    if when is None:
        return time
    year = f" {when.year}" if when.year != moments.now().year else ""
    return f"{when.day} {when:%B}{year}"
