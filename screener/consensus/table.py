"""What is on the table where one subject is settled, read once for all of its items."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Protocol

from screener.consensus.standing import Standing
from screener.model import Mode
from screener.model.gathering import gathered
from screener.model.step import Item, Pairing, Said
from screener.store.file import Action, File
from screener.store.heads import cached, head_ids, heads, standing_answers
from screener.store.kinds import LogKind
from screener.store.kinds.meeting import Consensus, Pair

_MARK = 16
_Place = tuple[str, str, str]
"""An author, a question and a row; or a list, a reviewer and a row of it."""


class How(Protocol):
    """Why something was settled, by whom (ids of people) and how: what a consensus says of it."""

    @property
    def why(self) -> str:
        """The reason."""

    @property
    def by(self) -> tuple[str, ...]:
        """Who agreed, or who decided."""

    @property
    def mode(self) -> Mode:
        """By discussion or by adjudication."""


class Table:
    """What was said, agreed and paired on one subject before any of it is settled now.

    A table of thousands of lines would read all of it for each of them. The pairs that are written
    on the way are known; what is settled of one item says nothing of another.
    """

    def __init__(self, file: File, standing: Standing, subject: str) -> None:
        self._file = file
        self._step = standing.step.id
        self.standing = standing
        self.subject = subject
        self.said: tuple[Said, ...] = standing.said(subject)
        self.pairings: tuple[Pairing, ...] = standing.pairings(subject)
        self._there = set(self.pairings)

    @cached_property
    def authors(self) -> frozenset[str]:
        """Who answered the subject, be it withheld."""
        return frozenset(one.author for one in self.standing.given(self.subject))

    def basis(self, item: Item, author: str) -> tuple[str, ...]:
        """Return what is on the table when an author settles an item, by the events, in order.

        Those are the answers to it, and what everybody else agreed on it: the settlement that names
        it takes its place, while the author's own is superseded.
        """
        agreed = [event for who, event in self._agreed.get(item, ()) if who != author]
        return tuple(sorted(self._answers_to(item) + agreed))

    def _answers_to(self, item: Item) -> list[str]:
        places = {(one.author, one.question, one.row) for one in self._by_item.get(item, ())}
        return [event for place in places for event in self._answers.get(place, ())]

    def mark(self, item: Item) -> str:
        """Return a short mark of the answers to an item, which is another once one is given anew.

        It is the beginning of the SHA-256 of their events, in order; it tells nothing of them.
        """
        answers = " ".join(sorted(self._answers_to(item)))
        return hashlib.sha256(answers.encode()).hexdigest()[:_MARK]

    @cached_property
    def _by_item(self) -> Mapping[Item, tuple[Said, ...]]:
        return self.standing.said_by_item(self.subject)

    @cached_property
    def _answers(self) -> Mapping[_Place, list[str]]:
        withheld = self.standing.coverage.withheld.events([self.subject])
        every = standing_answers(self._file, step=self._step, subjects=[self.subject])
        return gathered(
            ((row.author, row.question, row.row), id_)
            for row in every
            if (id_ := row.event.hex()) not in withheld
        )

    @cached_property
    def _agreed(self) -> Mapping[Item, list[tuple[str, str]]]:
        every = cached(self._file, Consensus, step=self._step, subjects=[self.subject])
        return gathered(
            (Item(row.question, row.row), (row.author, row.event.hex())) for row in every
        )

    @cached_property
    def settled(self) -> Mapping[Item, list[Consensus]]:
        """What stands settled on each item, as it was recorded."""
        every = heads(self._file, Consensus, step=self._step, subjects=[self.subject])
        return gathered((Item(one.body.question, one.body.row), one.body) for one in every)

    # --- pairs of rows -------------------------------------------------------------------------

    @cached_property
    def _paired(self) -> dict[_Place, dict[str, Pair]]:
        """The pairs that name a row of a list, by their events."""
        found: dict[_Place, dict[str, Pair]] = {}
        for head in heads(self._file, Pair, step=self._step, subjects=[self.subject]):
            self._note(found, head.event, head.body)
        return found

    def _note(self, found: dict[_Place, dict[str, Pair]], event: str, body: Pair) -> None:
        for row in body.rows:
            found.setdefault((body.list, *row), {})[event] = body

    def pair(self, action: Action, one: Pairing, how: How, *, again: bool = False) -> None:
        """Append a pair in place of those that say something of its key or of one of its rows.

        `how` says why it is so, by whom and how that was agreed. One that is there stays, unless it
        is said `again`.
        """
        if one in self._there and not again:
            return
        paired = self._paired
        body = Pair(
            list=one.list, key=one.key, rows=one.rows, exists=one.exists, name=one.name,
            why=how.why, by=how.by, mode=Mode(how.mode),
        )  # fmt: skip
        before = dict.fromkeys(
            head_ids(
                self._file,
                Pair,
                step=self._step,
                subject=self.subject,
                author=self._file.author(LogKind.MEETING),
                question=one.list,
                row=one.key,
            )
        )
        for row in one.rows:
            for event, old in paired.pop((one.list, *row), {}).items():
                before[event] = None
                for other in old.rows:
                    paired.get((one.list, *other), {}).pop(event, None)
        event = action.append(body, subject=self.subject, step=self._step, supersedes=tuple(before))
        self._note(paired, event, body)
        self._there.add(one)


Marks = Callable[[str, Item], str]
"""Gives the mark of the answers to an item of a subject; see `Table.mark`."""


def marks(file: File, standing: Standing) -> Marks:
    """Return what marks the answers that are on the table, reading each subject once."""
    table = cache(lambda subject: Table(file, standing, subject))
    return lambda subject, item: table(subject).mark(item)
