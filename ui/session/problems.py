"""What a person can send when something went wrong inside Screener: no word of any record."""

from __future__ import annotations

import platform
import sys
import traceback
from collections import deque
from pathlib import Path

from PySide6.QtCore import qVersion

STEPS = 20


class Steps:
    """The last actions by name, for a problem report."""

    def __init__(self) -> None:
        self._names: deque[str] = deque(maxlen=STEPS)

    def note(self, name: str) -> None:
        """Remember an action's name; what follows a colon may be a record's, so it is left out."""
        self._names.append(name.partition(":")[0])

    @property
    def names(self) -> tuple[str, ...]:
        """The names, oldest first."""
        return tuple(self._names)


def versions() -> str:
    """Return the versions of the program and of what it stands on, in one line."""
    # Read here: it takes as long as everything else of the start page together.
    from screener.versions import versions as installed

    return (
        f"Screener {installed()['Screener']}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


def report(error: BaseException | None, steps: Steps) -> str:
    """Return the text of a problem report: versions, steps, where it happened.

    The error's own words are left out: they may quote a record or a path of the reviewer.
    """
    lines = ["Problem report of Screener", "", versions(), "", "Steps:"]
    lines += [f"  {name}" for name in steps.names] or ["  (none)"]
    if error is not None:
        lines += ["", f"Error: {type(error).__name__}"]
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return "\n".join(lines) + "\n"


def _short(filename: str) -> str:
    """Return a source file's place without the folders of this computer."""
    path = Path(filename)
    for base in sys.path:
        if base and path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.name
