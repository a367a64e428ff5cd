"""First closes: what of a reviewer's answers was said before anybody else's could be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from screener.model.step import Said
from screener.store.file import File
from screener.store.history import Closing, Past, answers_in

IsUnder = Callable[[Closing, str, str], bool]
"""Says whether a subject (the last) was open when a reviewer closed the step."""


class Firsts:
    """What one reviewer said of each subject at the first closes under which it was open.

    A close is first when no other such close lies in its own past. Closes that do not know of each
    other (two computers, a copy kept from before closing) are all first: which was given before
    the other's answers were seen, nobody can tell. So a subject counts only where all of them say
    the same of it, and in whatever order they come, they say the same together.
    """

    def __init__(
        self, file: File, step: str, author: str, closes: Sequence[Closing], is_under: IsUnder
    ) -> None:
        """Look at the `closes` of a reviewer at a step; `is_under` is `Coverage.is_under`."""
        self._file = file
        self._step = step
        self._author = author
        self._is_under = is_under
        self.closes = closes
        self.pasts = {end.event: Past.of(file, end.log, end.seq, end.event) for end in self.closes}
        self._first: dict[tuple[str, ...], list[Closing]] = {}
        self._answers: dict[str, dict[str, tuple[Said, ...]]] = {}

    def of_all(self) -> list[Closing]:
        """Return the first closes of the step, whatever was open."""
        return self._first_of(self.closes)

    def of(self, subject: str) -> list[Closing]:
        """Return the first closes under which a subject was open."""
        under = [end for end in self.closes if self._is_under(end, self._author, subject)]
        key = tuple(end.event for end in under)  # most subjects are under the same closes
        if key not in self._first:
            self._first[key] = self._first_of(under)
        return self._first[key]

    def said(self, subject: str) -> tuple[Said, ...] | None:
        """Return what was said of a subject; None where two first closes say otherwise."""
        first, *others = [self._said_at(end).get(subject, ()) for end in self.of(subject)] or [()]
        return first if all(set(first) == set(other) for other in others) else None

    def parted(self) -> set[str]:
        """Return the subjects of which two first closes say otherwise."""
        if all(self._knows(a, b) or self._knows(b, a) for a, b in combinations(self.closes, 2)):
            return set()
        subjects = {subject for end in self.closes for subject in self._said_at(end)}
        return {subject for subject in subjects if self.said(subject) is None}

    def _said_at(self, end: Closing) -> dict[str, tuple[Said, ...]]:
        if end.event not in self._answers:
            past = self.pasts[end.event]
            self._answers[end.event] = answers_in(self._file, self._step, self._author, past)
        return self._answers[end.event]

    def _knows(self, one: Closing, other: Closing) -> bool:
        return self.pasts[one.event].holds(other.log, other.seq, other.event)

    def _first_of(self, closes: Sequence[Closing]) -> list[Closing]:
        return [
            one
            for one in closes
            if not any(other.event != one.event and self._knows(one, other) for other in closes)
        ]
