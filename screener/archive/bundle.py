"""The zip itself: the same bytes for the same parts, and a manifest of what is in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from screener.archive.parts import Plain, Row, Table
from screener.model.cells import defused, visible

# A zip begins in 1980; what is in one project is the same at whatever time it is written.
_TIME = (1980, 1, 1, 0, 0, 0)
_LIKE_UNIX = 3
_MODE = 0o100644 << 16
_AT_ONCE = 500
"""So many rows are put into the zip together."""
MANIFEST = "MANIFEST.txt"


class Bundle:
    """A zip that is being written to a stream; the names in it are chosen here, never by a file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=6)
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._zip.close()
            return
        with suppress(OSError, ValueError):  # what went wrong first is told
            self._zip.close()

    def add(self, part: Plain) -> None:
        """Put a file in."""
        self._put(part.path, [part.content])

    def add_table(self, part: Table, tick: Callable[[], object]) -> None:
        """Put a table in, row by row; `tick` is called now and then, and may stop it."""
        self._put(part.path, _csv([name for name, _ in part.columns], part.rows, tick))

    def finish(self) -> None:
        """Put in the digest of every file, in the form that `sha256sum -c` reads."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self._digests.items()))
        self._put(MANIFEST, ["".join(lines).encode("utf-8")])

    def _put(self, path: str, chunks: Iterable[bytes]) -> None:
        if path in self._digests:
            raise RuntimeError(f"two parts of an archive are called {path}")
        info = ZipInfo(path, _TIME)
        info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _LIKE_UNIX, _MODE
        digest = sha256()
        # Whether it will be larger than 2 GB nobody knows before: the place for it is always kept.
        with self._zip.open(info, "w", force_zip64=True) as target:
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
        self._digests[path] = digest.hexdigest()


def _csv(heads: Row, rows: Iterable[Row], tick: Callable[[], object]) -> Iterator[bytes]:
    """Yield a table as spreadsheets read it: byte order mark, comma, CRLF, no formula."""
    yield "\ufeff".encode()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_cell, heads))
    for place, row in enumerate(rows, 1):
        writer.writerow(map(_cell, row))
        if place % _AT_ONCE == 0:
            tick()
            yield _taken(text)
    yield _taken(text)


def _cell(said: object) -> str:
    return defused(visible("" if said is None else str(said)))


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return found
