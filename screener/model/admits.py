"""What a step says of entries that come with a merge: why one cannot be, or that it can."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from screener.model.question import Answer

Rows = Collection[tuple[str, str]]
"""Rows by their list, and their id or key."""


class Item(NamedTuple):
    """One thing that is compared and settled: a question of a subject, in a row or without.

    A screening step has one item for each subject, whose question is "".
    """

    question: str
    row: str


WHOLE = Item("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One consensus that stands on one item: what was agreed, and on which events."""

    event: str
    item: Item
    state: str
    value: str
    reason: str
    unit: str = ""
    basis: tuple[str, ...] = ()


class Admits(Protocol):
    """Each method returns in words what is wrong, or ""; nothing is guessed and nothing raised."""

    def cannot_be(self, agreed: Agreed, rows: Rows | None = None) -> str:
        """Say why a consensus is none of this step (its question, its value, its reason).

        `rows` are those of the subject by list and key; None where they are not known.
        """

    def unknown(self, reason: str, criteria: Collection[str], version: str) -> str:
        """Say what an answer names that the protocol of a version (or any) has not."""

    def wrong_answer(self, answer: Answer, rows: Rows | None) -> str:
        """Say why nobody can have given this answer to the version of a form that it names.

        `rows` are those its author ever had on the subject, by list and id; None: not known.
        """

    def wrong_row(self, list_: str, key: str) -> str:
        """Say why there is no row of a list that is called so in any version."""

    def wrong_version(self, name: str) -> str:
        """Say why a version of a form, by its name, is none that can be answered."""

    def has(self, subject: str) -> bool:
        """Say whether there is such a subject, be it removed or not open."""
