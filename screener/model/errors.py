"""The two exceptions a caller is meant to see; everything else is a bug."""

from __future__ import annotations


class UserError(Exception):
    """Something the reviewer can mend.

    The message is one full sentence that says what is wrong and what to do, and is shown as it
    stands: in the bar of the page, or as one line by the command line.
    """


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The reviewer stopped a long action; nothing was changed."""
