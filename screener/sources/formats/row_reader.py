"""Rows under one header into records: by its columns, or as the program that wrote it says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from screener.model import Entry, Fields, Skipped
from screener.sources.formats import ictrp, own_table, wos
from screener.sources.formats.columns import assign, places, values
from screener.sources.formats.format import cut
from screener.sources.formats.mapping import Mapping
from screener.sources.formats.row_fields import draft, joint_of

_ENOUGH = ("title", "authors", "doi", "pmid", "abstract", "accession", "url")
_PROGRAMS = (
    (own_table.is_own_header, own_table.from_cells),
    (wos.is_header, wos.from_cells),
    (ictrp.is_header, ictrp.from_cells),
)
"""Tables whose rows say exactly what a format of its own says: they are read as that."""


_DEEP = 10  # programs put fewer rows about the search above their header


def above(rows: Sequence[Sequence[str]], found: Mapping) -> Iterator[Skipped]:
    """Report what stands above a header that was found so deep that it may be none."""
    lost = [text for row in rows[: found.header - 1] if (text := " ".join(row).strip())]
    if len(lost) > _DEEP:
        yield Skipped(
            line=1, text=cut("\n".join(lost)),
            why=f"{len(lost)} rows stand above the row that was taken for the header"
            f" (“{cut(' '.join(found.headings), 60)}”); they were not read as records.",
        )  # fmt: skip


class RowReader:
    """Reads the rows under one header; `first` are some of them, which tell how authors are joined.

    When a person has said what the columns are, that counts more than who wrote the table.
    """

    def __init__(self, found: Mapping, first: Iterable[Sequence[str]]) -> None:
        self._headings = list(found.headings)
        self._found = found
        self._program = next((read for known, read in _PROGRAMS if known(self._headings)), None)
        if self._program is not None and found.columns != assign(self._headings):
            self._program = None
        self._places = places(self._headings, found.columns)
        authors = self._places.get("authors", ())
        self._joint = joint_of(row[n] for row in first for n in authors if n < len(row))

    def entry(self, row: list[str], line: int, remark: str = "") -> Iterator[Entry | Skipped]:
        """Yield the record of one row, or say why there is none."""
        if not any(cell.strip() for cell in row):
            return
        fields = self._fields(row)
        if fields is None:
            text = (self._found.delimiter or "\t").join(row)
            yield Skipped(
                line=line, text=cut(text), why="This row holds no title, author or identifier."
            )
            return
        width = len(self._headings)
        remarks = [remark] if remark else []
        if any(cell.strip() for cell in row[width:]):
            remarks.append(
                f"The row at line {line} has more cells than the header; kept in the source text."
            )
        elif len(row) < width:
            remarks.append(f"The row at line {line} has fewer cells than the header.")
        raw = [(self._headings[n] if n < width else "", cell) for n, cell in enumerate(row) if cell]
        yield Entry(fields=fields, raw=tuple(raw), line=line, remarks=tuple(remarks))

    def _fields(self, row: list[str]) -> Fields | None:
        if self._program is not None:
            fields = self._program(self._headings, row)
            own = self._program is own_table.from_cells
            return fields if own or any(getattr(fields, name) for name in _ENOUGH) else None
        got = values(row, self._places)
        return draft(got, joint=self._joint).fields() if got.keys() & {*_ENOUGH} else None
