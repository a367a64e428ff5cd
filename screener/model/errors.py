"""The two exceptions a caller is meant to see, and how long work reports and learns to stop."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from screener.model.words import one_line


class ErrorKind(StrEnum):
    """What kind of thing is wrong, for callers that go on differently; words are never tested."""

    OTHER = "other"
    ROW = "row"
    """A row of a list itself, which is paired and has no value to settle."""
    NOT_OURS = "not-ours"
    NEWER = "newer"
    OTHER_VERSION = "other-version"
    """Made by a version of Screener that was never released."""
    ALTERED = "altered"
    DAMAGED = "damaged"
    LOCKED = "locked"
    FULL = "full"
    UNREADABLE = "unreadable"
    """The drive gave an error instead of what lies on it."""
    MOVED = "moved"
    """The open file was moved, replaced or changed by another program."""
    HIDDEN = "hidden"
    """A stage is not to be seen before everybody has closed it."""
    AGREED_OTHERWISE = "agreed-otherwise"
    ARBITRATORS = "arbitrators"
    """Only its arbitrator settles in this file."""
    NOBODY = "nobody"
    """A name of no person of the review."""
    STAYS = "stays"
    """A person who has recorded something is not removed."""
    SHOWS = "shows"
    """What removing a person shows needs a reason."""
    MADE = "made"
    """The file was made by merging, and changes nothing of the review."""
    NOT_UNDONE = "not-undone"
    ANSWERED = "answered"
    """An import on which reviewers have decided is withdrawn with a reason."""
    OPEN = "open"
    """Studies are taken out of a form that was answered, one by one."""
    INSIDE = "inside"
    """A fault of this program, not of the file or the person."""


class UserError(Exception):
    """Something the reviewer can mend.

    The message is one full sentence that says what is wrong and what to do, and is shown as it
    stands: in the bar of the page, or as one line by the command line. `kind` is for callers that
    go on differently; most need none.
    """

    def __init__(self, sentence: str, *, kind: ErrorKind = ErrorKind.OTHER) -> None:
        super().__init__(one_line(sentence))  # it may quote what a file says
        self.kind = kind


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The reviewer stopped a long action; nothing was changed."""


class Progress(Protocol):
    """Called now and then by long work; raises `Cancelled` when the user has stopped it."""

    def __call__(self, done: int, total: int | None, what: str, /) -> None:
        """Say that `done` of `total` (None while unknown) steps of `what` are finished."""


def silent(done: int, total: int | None, what: str, /) -> None:
    """Report to nobody and never stop: the default for scripts."""
