"""Tables whose headings are known words, such as answers and decisions: their rows by heading."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.model import Progress, UserError, silent
from screener.model.cells import armed, visible
from screener.model.words import first_of, unturned
from screener.sources.decoding import Content, examine
from screener.sources.formats import workbook
from screener.sources.formats.columns import SEARCHED, headings
from screener.sources.formats.table import rows, tables, unescaped
from screener.sources.refusing import refuse_foreign
from screener.store import paths

_LARGEST_FIELD = min(sys.maxsize, 2**31 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedRow:
    """One row: its line, its cells by heading, and what was wrong with how it is written.

    `surplus` says that there is something in a cell without a heading.
    """

    line: int
    cells: dict[str, str]
    remark: str = ""
    surplus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedRows:
    """The rows below the headings, and what a person should know about the whole file.

    `controls` says that there were control characters in it, which are left out.
    """

    rows: tuple[HeadedRow, ...]
    headings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    controls: bool = False


def read(
    path: Path,
    needed: Sequence[str],
    spelled: Callable[[Sequence[str]], Sequence[str]] = headings,
    progress: Progress = silent,
    *,
    workbooks: bool = False,
) -> HeadedRows:
    """Read a table in text that has the `needed` headings; `spelled` says how they are compared.

    It may be a workbook too where `workbooks` are: the first sheet with these headings is read.

    Encoding and separator are found as they are for an import, and a quotation mark that nobody
    closed is survived the same way. `UserError` when the file is no such table.
    """
    paths.require_file(path)
    content = examine(path, progress)
    if workbooks and workbook.recognise(content):
        return _of_workbook(content, needed, spelled)
    refuse_foreign(content)
    before = csv.field_size_limit(_LARGEST_FIELD)
    try:
        delimiter, place = _header(content, needed, spelled)
        names: Sequence[str] = ()
        # Every second byte of a text in UTF-16 is a NUL that stands for nothing by itself.
        found, controls = [], content.nul and not content.encoding.startswith(("utf-16", "utf-32"))
        lines = unescaped(content.lines(), content.sample)
        for number, (row, line, remark) in enumerate(rows(lines, delimiter), start=1):
            if number == place:
                names = spelled(row)
            elif number > place and any(map(str.strip, row)):  # commas alone are a blank line
                filled = [*row, *[""] * (len(names) - len(row))]
                seen = list(map(visible, filled))
                controls = controls or seen != filled
                cells = {n: _meant(c) for n, c in zip(names, seen, strict=False) if n}
                over = [c for at, c in enumerate(row) if at >= len(names) or not names[at]]
                surplus = any(map(str.strip, over))
                found.append(HeadedRow(line=line, cells=cells, remark=remark, surplus=surplus))
    finally:
        csv.field_size_limit(before)
    return HeadedRows(
        rows=tuple(found), headings=tuple(names), remarks=content.remarks, controls=controls
    )


def _meant(cell: str) -> str:
    """Return what a cell says: no sign against formulas, nothing that turns how it is written."""
    return unturned(armed(cell))


def _of_workbook(
    content: Content, needed: Sequence[str], spelled: Callable[[Sequence[str]], Sequence[str]]
) -> HeadedRows:
    """Return the rows of the first sheet that has the headings."""
    missing = list(needed)
    for sheet in workbook.sheets(content):
        names: Sequence[str] = ()
        found = []
        for line, row in enumerate(sheet, 1):
            if not names:
                left = [name for name in needed if name not in spelled(row)]
                missing = min(missing, left, key=len)
                names = () if left or line > SEARCHED else spelled(row)
                continue
            filled = [*row, *[""] * (len(names) - len(row))]
            cells = {n: _meant(c) for n, c in zip(names, filled, strict=False) if n}
            over = [c for at, c in enumerate(row) if at >= len(names) or not names[at]]
            if any(map(str.strip, row)):
                surplus = any(map(str.strip, over))
                found.append(HeadedRow(line=line, cells=cells, surplus=surplus))
        if names:
            return HeadedRows(rows=tuple(found), headings=tuple(names))
    raise UserError(
        f"No sheet of {content.name} has the column {', '.join(missing)}; take the workbook that"
        " was written, with its headings."
    )


def _header(
    content: Content, needed: Sequence[str], spelled: Callable[[Sequence[str]], Sequence[str]]
) -> tuple[str, int]:
    """Return what parts the cells and which row holds the headings, counted from 1."""
    missing, nearest = list(needed), list[str]()
    for way in tables(content):
        for number, row in enumerate(way.rows, start=1):
            left = [name for name in needed if name not in spelled(row)]
            if not left:
                return way.delimiter, number
            if len(left) < len(missing) or not nearest:
                missing, nearest = left, [cell.strip() for cell in row if cell.strip()]
    # A heading that is misspelt is among these; of what is no table there is one cell only.
    has = f"it has {', '.join(first_of(nearest))}, and " if len(nearest) > 1 else ""
    raise UserError(
        f"{content.name} has no column {', '.join(missing)}; {has}a table in text is needed, its"
        " columns parted by commas, semicolons, tabs or |."
    )
