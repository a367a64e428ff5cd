"""What a person answers about a group: what is written, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screener import Project
from screener.duplicates.joins import Parting
from ui.duplicates.columns import LETTERS
from ui.duplicates.groups import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer; `sentence` is said after `write` has written it."""

    write: Callable[[Project], None]
    sentence: str


_NOT_ASKED = ("proposal", "by hand")
"""Why a group is shown that the finder did not ask about: the rule its join is written with."""


def _rule(side: Side) -> str:
    return side.rule if side.rule in _NOT_ASKED else "answer"


def all_same(side: Side, kept: str) -> Answer:
    """Join all the columns; `kept` is the record to show."""
    return Answer(
        write=lambda project: project.duplicates.same(side.uids, kept=kept, rule=_rule(side)),
        sentence=f"Joined: “{side.title()}” ({len(side.uids)} records)",
    )


def all_different(side: Side) -> Answer:
    """Keep all the columns apart."""
    return Answer(
        write=lambda project: project.duplicates.different(side.uids),
        sentence=f"Kept apart: “{side.title()}” ({len(side.uids)} records)",
    )


def some_same(side: Side, some: Sequence[str], kept: str) -> Answer:
    """Join some of the columns and keep the rest apart from them, as one action."""
    rest = [uid for uid in side.uids if uid not in some]
    said = [("same", tuple(some)), *(("different", (some[0], other)) for other in rest)]
    letters = ", ".join(LETTERS[side.uids.index(uid) % len(LETTERS)] for uid in some)
    return Answer(
        write=lambda project: project.duplicates.answer(said, kept=kept, rule=_rule(side)),
        sentence=f"Joined {letters} only: “{side.title()}”" if rest
        else f"Joined: “{side.title()}”",
    )  # fmt: skip


def split_out(side: Side, column: int) -> Answer:
    """Take one record out of its group."""
    out = side.columns[column]
    return Answer(
        write=lambda project: project.duplicates.split(out.uid),
        sentence=f"Split record {out.number:,} out of “{side.title()}”",
    )


def taken_back(side: Side, parting: Parting) -> Answer:
    """Take the join back that brought these records together, and what grew from it."""
    grown = parting.joins - 1
    more = f", and {grown:,} join{'s'[: grown != 1]} of the finder that grew from it"
    return Answer(
        write=lambda project: project.duplicates.undo_join(side.event),
        sentence=f"Taken apart: “{side.title()}” ({len(side.uids)} records){more if grown else ''}",
    )
