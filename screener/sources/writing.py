"""Writing records, with or without further columns, in every format that can be written."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from screener.model import Entry, Fields, Progress, UserError, silent
from screener.sources.writers.writer import Row, Writer
from screener.store import paths

__all__ = ["ENDINGS", "WRITERS", "Row", "format_of", "write", "write_to"]

WRITERS = {
    "ris": "screener.sources.writers.ris",
    "csv": "screener.sources.writers.csv_table",
    "xlsx": "screener.sources.writers.xlsx",
    "bibtex": "screener.sources.writers.bibtex",
    "endnote-xml": "screener.sources.writers.endnote_xml",
    "csl-json": "screener.sources.writers.csl_json",
    "json": "screener.sources.writers.json_list",
}
"""The modules of the formats that can be written; each is imported when it is asked for."""

ENDINGS = {
    ".ris": "ris",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".bib": "bibtex",
    ".xml": "endnote-xml",
    ".csl.json": "csl-json",
    ".csljson": "csl-json",
    ".json": "json",
}
"""The format that each ending of a file asks for; the longer ending counts."""

_OFTEN = 500


def format_of(path: Path) -> str:
    """Return the format that the ending of `path` asks for."""
    name = path.name.lower()
    found = next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
    if found is None:
        raise UserError(
            f"“{path.name}” has no ending that says its format; use one of {', '.join(ENDINGS)}."
        )
    return found


def write(
    path: Path,
    rows: Iterable[Row | Entry | Fields],
    *,
    format: str | Writer | None = None,  # noqa: A002
    columns: Sequence[str] = (),
    progress: Progress = silent,
) -> int:
    """Write `rows` to `path` and return how many there were.

    The file is written beside, brought safely to disk and then renamed, so that an older file
    stays whole until the new one is. `columns` names the further values of each `Row`, in order.
    """
    name = format or format_of(path)
    with paths.written_beside(path) as beside, beside.open("wb") as stream:
        return write_to(stream, rows, format=name, columns=columns, progress=progress)


def write_to(
    stream: BinaryIO,
    rows: Iterable[Row | Entry | Fields],
    *,
    format: str | Writer,  # noqa: A002
    columns: Sequence[str] = (),
    progress: Progress = silent,
) -> int:
    """Write `rows` to an open stream and return how many there were."""
    counted = _Counted(rows, progress)
    _writer(format).write(counted, columns, stream)
    return counted.count


def _writer(name: str | Writer) -> Writer:
    if isinstance(name, Writer):
        return name
    if name not in WRITERS:
        raise UserError(f"“{name}” cannot be written; choose one of {', '.join(WRITERS)}.")
    found = importlib.import_module(WRITERS[name]).WRITER
    assert isinstance(found, Writer)
    return found


class _Counted:
    """Rows on their way to a writer, counted."""

    def __init__(self, rows: Iterable[Row | Entry | Fields], progress: Progress) -> None:
        self._rows = rows
        self._progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            if self.count % _OFTEN == 0:
                self._progress(self.count, None, "Writing records")
            yield _row(row)


def _row(item: Row | Entry | Fields) -> Row:
    if isinstance(item, Row):
        return item
    return Row(fields=item.fields if isinstance(item, Entry) else item)
