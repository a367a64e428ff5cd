"""What is asked of Windows alone, beside what Python asks of every system.

Windows lets a program keep others from a file that it has open: Excel does, and a virus scanner
for a moment after a file was written.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Any

HERE = os.name == "nt"
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³]) *([.:].*)?", re.I)
_NO_LETTERS = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
TO_READ, TO_REPLACE = 0x8000_0000, 0x0001_0000
"""What may be wanted of a file: GENERIC_READ, DELETE."""

_TO_ASK, _STILL_ACTIVE = 0x1000, 259  # PROCESS_QUERY_LIMITED_INFORMATION
_ACCESS_DENIED, _HELD = 5, frozenset((32, 33))  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_REMOTE = 4  # DRIVE_REMOTE
_ALL_SHARED, _OPEN_EXISTING = 7, 3
_TRIES, _PAUSE = 20, 0.05  # a scanner holds a file for tenths of a second


def is_name(name: str) -> bool:
    """Say whether a file can be called so on Windows.

    A name with a colon would be that of a part of another file, which no copy of that file has.
    """
    return not (_NO_LETTERS.search(name) or _DEVICES.fullmatch(name) or name.endswith((".", " ")))


def runs(process: int) -> bool:
    """Say whether a process runs, be it somebody else's."""
    ctypes, kernel = _kernel()
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(_TO_ASK, 0, ctypes.c_ulong(process))
    if not handle:  # one of somebody else's runs, but may not be asked
        return bool(ctypes.get_last_error() == _ACCESS_DENIED)
    status = ctypes.c_ulong()
    kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(status))
    kernel.CloseHandle(ctypes.c_void_p(handle))
    return bool(status.value == _STILL_ACTIVE)


def is_remote(drive: str) -> bool:
    """Say whether a drive, named by its root, is one of the network."""
    return bool(_kernel()[1].GetDriveTypeW(drive) == _REMOTE)


def is_held(path: Path, wanted: int = TO_READ) -> bool:
    """Say whether another program keeps us from what is wanted of a file; False elsewhere.

    Python says of such a file only that it is not permitted.
    """
    if not HERE:
        return False
    ctypes, kernel = _kernel()
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(
        str(path), ctypes.c_ulong(wanted), _ALL_SHARED, None, _OPEN_EXISTING, 0, None
    )
    if handle == ctypes.c_void_p(-1).value:
        return ctypes.get_last_error() in _HELD
    kernel.CloseHandle(ctypes.c_void_p(handle))
    return False


def replace(beside: Path, place: Path, *, new: bool = False) -> None:
    """Put a file in the place of another one; where that is held, after a while. `OSError`.

    On Windows one that is `new` takes the place of none: it is a `FileExistsError` then.
    """
    move = beside.rename if new else beside.replace
    for _ in range(_TRIES if HERE else 0):
        try:
            move(place)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    move(place)


def _kernel() -> tuple[Any, Any]:
    """Return the module that asks, and whom it asks."""
    import ctypes

    load = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]
    return ctypes, load("kernel32", use_last_error=True)
