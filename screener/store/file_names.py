"""What a file may be called: sentences about a name that no file can have, before one is made."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath

from screener.model import UserError
from screener.model.words import is_windows_name

_LONGEST = 255
_SHOWN = 60  # letters of a name that may be longer than a file's can be


def shortened(name: str) -> str:
    """Return a name, or the beginning of a long one, for a sentence."""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def require_name(path: PurePath) -> None:
    """Raise `UserError` when Windows has no files of that name, and the path is one of it.

    `E:name` is a file in whatever folder was the last one on that drive: nobody knows where.
    """
    if not isinstance(path, PureWindowsPath):
        return
    if path.drive and not path.root:
        raise UserError(
            f"{shortened(str(path))} says no folder of that drive; write "
            f"{path.drive}\\{shortened(path.name)} or choose another folder."
        )
    if not is_windows_name(path.name):
        raise UserError(
            f"Windows has no files that are called {shortened(path.name)}; choose another name, "
            'without any of < > : " | ? * and without a blank or a full stop at its end.'
        )


def require_short_name(path: Path) -> None:
    """Raise `UserError` when there is no room for the name of the journal that SQLite writes."""
    if os.name == "nt":
        length, longest = len(path.name.encode("utf-16-le", "surrogatepass")) // 2, _LONGEST
    else:
        length, longest = len(os.fsencode(path.name)), _LONGEST
        with suppress(OSError, ValueError):
            longest = os.pathconf(path.parent, "PC_NAME_MAX")
    most = longest - len("-journal")
    if length > most:
        raise UserError(
            f"The name {path.name[:_SHOWN]}… is too long ({length} bytes): at most {most} leave "
            "room for the names of what is written beside the file; choose a shorter one."
        )
