"""The tables of a document as a workbook, a sheet each."""

from __future__ import annotations

import re
from io import BytesIO

from screener.model.cells import Figure
from screener.printing import document as d
from screener.sources.writers.xlsx import write_tables

_LONGEST = 31  # of a sheet's name, by Excel
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def workbook(document: d.Document) -> bytes:
    """Give the bytes of an XLSX file with every table of the document; figures are numbers."""
    sheets, used = [], set[str]()
    for table in d.tables(document):
        name = _name(table.name or table.caption, used)
        rows = [[_cell(table, i, said) for i, said in enumerate(row)] for row in table.rows]
        sheets.append((name, [list(table.heads), *rows]))
    out = BytesIO()
    write_tables(sheets, out)
    return out.getvalue()


def _cell(table: d.Table, column: int, said: d.Words) -> str:
    text = d.plain(said)
    return Figure(text) if column in table.figures else text


def _name(wanted: str, used: set[str]) -> str:
    """Give a name that Excel takes and no other sheet has."""
    plain = _FORBIDDEN.sub(" ", wanted).strip(" '") or "Table"
    name, n = plain[:_LONGEST].strip(), 1
    while name.casefold() in used:
        n += 1
        name = f"{plain[: _LONGEST - 4].strip()} {n}"
    used.add(name.casefold())
    return name
