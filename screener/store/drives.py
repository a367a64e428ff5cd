"""Files whose drive may fail while they are read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from screener.store import room


class _Drive(io.FileIO):
    """A file whose drive may fail while it is read, which is said of the drive and the file."""

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401 - as in the base
        with _read(self.name):
            return super().readinto(buffer)

    def readall(self) -> bytes:
        with _read(self.name):
            return super().readall()


@contextmanager
def _read(name: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise room.unread(Path(str(name))) from error


def reading(path: Path) -> BinaryIO:
    """Open a file to be read: `OSError` when it cannot be opened, `UserError` from its drive."""
    return io.BufferedReader(_Drive(path, "rb"))
