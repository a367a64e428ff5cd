"""What a form is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol


class Subjects(Protocol):
    """What a form is asked about: the units of a review, or its studies."""

    def ids(self) -> Sequence[str]:
        """Return the subjects that are present, in their order."""

    def removed_ids(self) -> Sequence[str]:
        """Return the subjects that were removed, in their order."""

    def among(self, few: Iterable[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Return which of a few ids are subjects, present and removed, in their order."""

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the subjects that may be otherwise when these subjects or units changed."""

    def shown(self, few: Iterable[str]) -> Mapping[str, str]:
        """Return the unit that is shown for each of a few subjects that has one."""

    def name_of(self, subject: str) -> str:
        """Return the name of a subject that has one of its own; else ""."""
