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


INHERITING = windows.HERE
"""Whether a file keeps what was allowed in the folder in which it was made, wherever it goes then.

On Windows a folder of mode 0o700 is closed to all others for good: a file
that was written in it and moved into a shared folder would be nobody else's there either.
"""


@contextmanager
def private_folder(within: Path | None = None) -> Iterator[Path]:
    """Give an empty folder that goes away with the block: in `within`, else for temporary files.

    `OSError` when none can be made in `within`, `UserError` when no temporary one can be made.
    """
    import tempfile  # whoever only reads does not wait for it

    mine = _mine()
    try:
        parent = within or Path(tempfile.gettempdir())
        _clear(parent, mine)
        mode = 0o777 if INHERITING and within is not None else computer.PRIVATE
        folder = _made(parent, f".screener-{mine}-{os.getpid()}-", mode)
        windows.hide(folder)
    except OSError as error:
        if within is None:
            raise room.unusable_temporary(error) from error
        raise
    try:
        yield folder
    finally:
        windows.remove_folder(folder)


def _made(parent: Path, prefix: str, mode: int) -> Path:
    """Make a folder under a name that nobody can know.

    `tempfile.mkdtemp` never ends on Windows where nothing may be written: it takes the refusal for
    a name that is taken.
    """
    while True:
        folder = parent / f"{prefix}{secrets.token_hex(8)}"
        with suppress(FileExistsError):
            folder.mkdir(mode)
            return folder


def _mine() -> str:
    """Return what the folders of this user on this computer are named with.

    Also where two computers have the user's own folder in common: what runs is known on each only.
    """
    import socket
    from hashlib import sha256

    named = f"{computer.computer_id()} {socket.gethostname()}"
    return sha256(named.encode("utf-8", "replace")).hexdigest()[:8]


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
    except (OSError, OverflowError):
        return True  # it is somebody else's, or no process can have that number
    return True
