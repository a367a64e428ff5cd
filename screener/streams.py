"""The standard streams of the program: letters outside the computer's own code page go through."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import TextIOWrapper, UnsupportedOperation


def use_utf8() -> None:
    """Have every standard stream be UTF-8, whatever the computer's own code page is.

    On Windows that of a pipe or a file is the ANSI code page, in which most names cannot be said. A
    program without a console has no streams, and then there is nothing to do.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(UnsupportedOperation):  # it was read from already
                stream.reconfigure(encoding="utf-8", errors="replace")
