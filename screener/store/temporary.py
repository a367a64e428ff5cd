"""Folders of this process only: for what is written beside its place, and for private copies.

A folder is made under a name nobody can have put there before, so that no link leads what is
written elsewhere. Those of processes that ended without clearing up are removed by the next one.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from screener.store import computer, room, windows

_NAME = re.compile(r"\.screener-(?P<computer>[0-9a-f]{8})-(?P<process>\d+)-\w+")


@contextmanager
def private_folder(within: Path | None = None) -> Iterator[Path]:
    """Give an empty folder that goes away with the block: in `within`, else for temporary files.

    `OSError` when none can be made in `within`, `UserError` when no temporary one can be made.
    """
    import tempfile  # whoever only reads does not wait for it
    from shutil import rmtree

    mine = computer.computer_id()[:8]
    try:
        parent = within or Path(tempfile.gettempdir())
        _clear(parent, mine)
        folder = _made(parent, f".screener-{mine}-{os.getpid()}-")
    except OSError as error:
        if within is None:
            raise room.unusable_temporary(error) from error
        raise
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _made(parent: Path, prefix: str) -> Path:
    """Make a folder under a name that nobody can know.

    `tempfile.mkdtemp` never ends on Windows where nothing may be written: it takes the refusal for
    a name that is taken.
    """
    while True:
        folder = parent / f"{prefix}{secrets.token_hex(4)}"
        with suppress(FileExistsError):
            folder.mkdir(mode=computer.PRIVATE)
            return folder


def _clear(parent: Path, mine: str) -> None:
    """Remove what processes of this user and computer left that run no more."""
    from shutil import rmtree

    with suppress(OSError):  # a folder that cannot be listed has nothing of ours to clear
        for each in os.scandir(parent):
            found = _NAME.fullmatch(each.name)
            if found is None or found["computer"] != mine or _runs(int(found["process"])):
                continue
            if each.is_dir(follow_symlinks=False):
                rmtree(each.path, ignore_errors=True)


def _runs(process: int) -> bool:
    if windows.HERE:  # where os.kill would end the process
        return windows.runs(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's
    return True
