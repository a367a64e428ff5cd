"""What is asked of Windows alone, beside what Python asks of every system.

Windows lets a program keep others from a file that it has open: Excel does, and a virus scanner or
a program that synchronises a folder for a moment after a file was written.
"""

from __future__ import annotations

import ntpath
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any, TypeVar

HERE = os.name == "nt"
TO_READ, TO_WRITE, TO_REPLACE = 0x8000_0000, 0x4000_0000, 0x0001_0000
"""What may be wanted of a file: GENERIC_READ, GENERIC_WRITE, DELETE."""

_TO_ASK, _STILL_ACTIVE = 0x1000, 259  # PROCESS_QUERY_LIMITED_INFORMATION
_ACCESS_DENIED, _HELD = 5, frozenset((32, 33))  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_REMOTE = 4  # DRIVE_REMOTE
_ALL_SHARED, _OPEN_EXISTING = 7, 3
_HIDDEN, _NOTHING = 0x2, 0xFFFF_FFFF  # FILE_ATTRIBUTE_HIDDEN, INVALID_FILE_ATTRIBUTES
_AS_IT_IS, _OF_A_SERVER = "\\\\?\\", "\\\\?\\UNC\\"
_OWN_NOTATION = (_AS_IT_IS, "\\\\.\\")
_LONGEST, ROOMY = 259, 180
"""How many letters a path may have; and with how many there is still room for the names of what is
written beside its file."""
WAIT, _PAUSE = 2.0, 0.05
"""Seconds for which what is held is tried again: a scanner holds a file for tenths of a second."""

T = TypeVar("T")
_Path = TypeVar("_Path", bound=PurePath)


def reached(path: _Path, *, longest: int = _LONGEST) -> _Path:
    """Return a path so that Windows finds it however long it is; as it is on other systems.

    In the system's own notation a path may have 32,767 letters; one of at most `longest` is left in
    that which people know. Source: "Maximum Path Length Limitation", learn.microsoft.com.
    """
    if not isinstance(path, PureWindowsPath):
        return path
    name = str(path.absolute() if isinstance(path, Path) else path)
    if len(name) <= longest or name[:4] in _OWN_NOTATION:
        return path
    name = ntpath.normpath(name)
    if name.startswith("\\\\"):
        return type(path)(_OF_A_SERVER + name[2:])
    return type(path)(_AS_IT_IS + name)


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


def patiently(do: Callable[[], T], *, here: bool = HERE, wait: float = WAIT) -> T:
    """Do what another program may be in the way of, again until it goes: for two seconds.

    `PermissionError` after that; elsewhere at once, where it is a matter of permissions.
    """
    end = time.monotonic() + wait
    while here and time.monotonic() < end:
        try:
            return do()
        except PermissionError:
            time.sleep(_PAUSE)
    return do()


def replace(beside: Path, place: Path, *, new: bool = False) -> None:
    """Put a file in the place of another one; where that is held, after a while. `OSError`.

    On Windows one that is `new` takes the place of none: it is a `FileExistsError` then.
    """
    move = beside.rename if new else beside.replace
    patiently(lambda: move(place))


def remove(path: Path) -> None:
    """Remove a file, or nothing; one that is held, after a while. `OSError`."""
    patiently(lambda: path.unlink(missing_ok=True))


def hide(path: Path, *, hidden: bool = True) -> None:
    """Keep a file or folder of ours out of what Windows shows of a folder, or show it again.

    Elsewhere a full stop at the beginning of its name does so. Where it cannot be done it is shown.
    """
    if not HERE:
        return
    ctypes, kernel = _kernel()
    kernel.GetFileAttributesW.restype = ctypes.c_ulong
    found = kernel.GetFileAttributesW(str(path))
    if found != _NOTHING:
        wanted = found | _HIDDEN if hidden else found & ~_HIDDEN
        kernel.SetFileAttributesW(str(path), ctypes.c_ulong(wanted))


def remove_folder(folder: Path) -> None:
    """Remove a folder of ours with what is in it, as far as nobody else holds that."""
    from shutil import rmtree

    if HERE:
        with suppress(OSError):
            patiently(lambda: rmtree(folder))
    rmtree(folder, ignore_errors=True)


def _kernel() -> tuple[Any, Any]:
    """Return the module that asks, and whom it asks."""
    import ctypes

    load = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]
    return ctypes, load("kernel32", use_last_error=True)
