"""System calls that fail, end the process or are recorded: `faults.c`, loaded before the C library.

Only what changes files under one folder counts. Where there is no compiler, or no Linux, the rows
that need it are left out, and the table says so.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SOURCE = Path(__file__).with_name("faults.c")
_LOADED = "SCREENER_FAULTS"
NOTHING, KILL, FAIL_ONCE, FULL = range(4)
"""What happens at the k-th call: it ends the process, it fails, it and all that grow a file do."""


def here() -> bool:
    """Say whether the library is loaded in this process."""
    return os.environ.get(_LOADED) == "1"


def can_be_loaded() -> bool:
    """Say whether the library can be compiled and loaded on this computer."""
    return sys.platform.startswith("linux") and shutil.which("cc") is not None


def load() -> None:
    """Compile the library and start this program again with it; return where that cannot be."""
    if here() or not can_be_loaded():
        return
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        if not (loaded := compiled(Path(folder))):
            return
        status = subprocess.call([sys.executable, *sys.argv], env={**os.environ, **loaded})
    sys.exit(status)


def compiled(folder: Path) -> dict[str, str]:
    """Compile the library into a folder; return what loads it into a process, or nothing."""
    library = folder / "faults.so"
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
    if not can_be_loaded() or subprocess.run(command, check=False).returncode:
        return {}
    return {"LD_PRELOAD": str(library), _LOADED: "1"}


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.faults_clock.argtypes = [ctypes.c_longlong]
    library.faults_count.restype = ctypes.c_long
    library.faults_arm.argtypes = [
        *(ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int),
    ]
    return library


@contextmanager
def armed(
    folder: Path, how: int = NOTHING, at: int = 0, error: int = 0, record: int = -1
) -> Iterator[None]:
    """Count, fail or record what changes files in `folder` inside the block."""
    library = _library()
    library.faults_arm(os.fsencode(folder), how, at, error, record)
    try:
        yield
    finally:
        library.faults_disarm()


def count() -> int:
    """Return how many calls there were since the library was last armed."""
    return int(_library().faults_count())


def mark(text: str) -> None:
    """Note in the recording what the program has acknowledged."""
    _library().faults_mark(text.encode())


def set_clock(seconds: int) -> None:
    """Put the clock of this process that many seconds ahead."""
    _library().faults_clock(seconds)
