"""How a long action reports how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then by long work; raises `Cancelled` when the user has stopped it."""

    def __call__(self, done: int, total: int | None, what: str, /) -> None:
        """Say that `done` of `total` (None while unknown) steps of `what` are finished."""


def silent(done: int, total: int | None, what: str, /) -> None:
    """Report to nobody and never stop: the default for scripts."""
