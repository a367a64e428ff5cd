"""The two exceptions a caller is meant to see; everything else is a bug."""

from __future__ import annotations

from enum import StrEnum


class ErrorKind(StrEnum):
    """What kind of thing is wrong, for callers that go on differently; words are never tested."""

    OTHER = "other"
    NOT_OURS = "not-ours"
    NEWER = "newer"
    ALTERED = "altered"
    DAMAGED = "damaged"
    LOCKED = "locked"
    FULL = "full"
    INSIDE = "inside"
    """A fault of this program, not of the file or the person."""


class UserError(Exception):
    """Something the reviewer can mend.

    The message is one full sentence that says what is wrong and what to do, and is shown as it
    stands: in the bar of the page, or as one line by the command line. `kind` is for callers that
    go on differently; most need none.
    """

    def __init__(self, sentence: str, *, kind: ErrorKind = ErrorKind.OTHER) -> None:
        super().__init__(sentence)
        self.kind = kind


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The reviewer stopped a long action; nothing was changed."""
