"""Items of a meeting as parts of a Word file, written as XML: hundreds of them take no time.

What keeps an item on one page is Word's *keep with next* on every paragraph of it but its last.
What stands in an element has the order of the standard, ECMA-376 part 1; Word refuses others.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from screener.printing import document as d
from screener.printing.lines import SANS as FACE
from screener.printing.lines import Type, width
from screener.printing.word import SERIF, SIGNS, Loose

# Twentieths of a point: the text of a page, where an item's words begin, where its cells do.
_WIDE, _HANG, _LABEL = 9638, 567, 1814
_CELLS = _WIDE - _HANG - _LABEL + 140
_KEPT = "<w:keepNext/><w:keepLines/>"
_WHOLE = "<w:cantSplit/>"
_EDGE = '<w:tcBorders><w:left w:val="single" w:sz="40" w:space="0"/></w:tcBorders>'
"""The thick line at the left of what is in dispute."""
_ASIDE = '<w:tcMar><w:left w:w="140" w:type="dxa"/></w:tcMar>'
_TORN = 1500
"""A cell of so many letters may be torn by a page: it may be longer than one."""
_MM = 56.7


def item_parts(item: d.Item) -> list[Loose]:
    """Give the paragraphs and the table of an item."""
    parts = (
        _paragraph(
            _run(d.Run(item.number, strong=True), 12.5, SERIF)
            + "<w:r><w:tab/></w:r>"
            + _run(d.Run(item.title, strong=True), 12.5, SERIF),
            before=200,
            after=0,
            about=f'<w:ind w:left="{_HANG}" w:hanging="{_HANG}"/>',
        ),
        _paragraph(_run(d.Run(item.byline), 8.5), after=100, about=f'<w:ind w:left="{_HANG}"/>'),
        _table(item) if item.rows or item.heads else "",
        _paragraph("", keep="", after=0, border='<w:bottom w:val="single" w:sz="4" w:space="1"/>'),
    )
    return [parse_xml(_named(part)) for part in parts if part]


def _named(part: str) -> str:
    """Say of the outermost element which vocabulary its names are of."""
    return part.replace(">", f" {nsdecls('w')}>", 1)


class _Line(NamedTuple):
    """One line of the table: what stands in its first cell, its other cells, its flags."""

    label: str
    cells: str
    flags: str = _WHOLE

    def xml(self, about: str = "") -> str:
        """Give the line; `about` is said of its first cell."""
        label = _cell(self.label, _LABEL, about + _ASIDE)
        return f"<w:tr><w:trPr>{self.flags}</w:trPr>{label}{self.cells}</w:tr>"


def _table(item: d.Item) -> str:
    columns = max(1, len(item.heads))
    each = _CELLS // columns
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in (_LABEL, *[each] * columns))
    rows = ""
    if item.heads:
        heads = [_lines(d.words(d.Run(head, strong=True)), 8.5) for head in item.heads]
        cells = "".join(_cell(head, each) for head in heads)
        rows = _Line(_label(""), cells, f"{_WHOLE}<w:tblHeader/>").xml()
    rows += "".join(line for row in item.rows for line in _rows(row, columns))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDE - _HANG + 140}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_HANG - 140}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(row: d.Row, columns: int) -> Iterator[str]:
    """Give the lines of the table that a row of an item takes."""
    if not isinstance(row, d.Dispute):
        yield _line(row, columns).xml()
        return
    named = _lines(d.words("in dispute"), 9, after=0) + _lines(
        d.words(d.Run(row.label, strong=True)), 10
    )
    inner = [_line(below, columns) for below in row.rows]
    inner = inner or [_line(d.Said(label="", words=()), columns)]
    for place, line in enumerate(inner):
        # The name stands beside all lines as one cell, so that it takes no line of its own.
        merged = "<w:vMerge/>" if place else '<w:vMerge w:val="restart"/>'
        label = _label("") if place else named
        yield line._replace(label=label).xml(merged + _EDGE)


def _line(row: d.Row, columns: int) -> _Line:
    """Give the line of a row that is no dispute."""
    if isinstance(row, d.Cells):
        each = _CELLS // columns
        cells = [_lines(said, 10.5, serif=row.serif) for said in row.cells]
        if row.write:
            cells[-1] = _pen(340)
        inside = "".join(_cell(cell, each) for cell in cells)
        torn = any(len(d.plain(said)) > _TORN // columns for said in row.cells)
        return _Line(_label(row.label, below=row.below), inside, "" if torn else _WHOLE)
    torn = isinstance(row, d.Said) and len(d.plain(row.words)) > _TORN
    if isinstance(row, d.Said):
        inside = _lines(row.words, 10.5, serif=row.serif)
    elif isinstance(row, d.Ticks):
        inside = "".join(_ticks(row))
    else:
        inside = _pen(440) * (row.lines if isinstance(row, d.Pen) else 1)
    over = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    label = _label(row.label, strong=not isinstance(row, d.Said))
    return _Line(label, _cell(inside, _CELLS, over), "" if torn else _WHOLE)


def _cell(inside: str, wide: int, about: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{about}</w:tcPr>{inside}</w:tc>'


def _label(text: str, *, strong: bool = False, below: str = "") -> str:
    more = _lines(d.words(below), 8.5) if below else ""
    after = 0 if below else 60
    return _lines(d.words(d.Run(text, strong=strong)), 9, after=after) + more


def _ticks(row: d.Ticks) -> Iterator[str]:
    """Give paragraphs of boxes that stand below one another at the stops of a grid."""
    spare = 560  # what the last of a line may be longer
    each = (_CELLS - spare) // row.columns
    stops = "".join(f'<w:tab w:val="left" w:pos="{each * n}"/>' for n in range(1, row.columns))
    about = f"<w:tabs>{stops}</w:tabs>" if stops else ""
    inside, used = "", 0
    for place, text in enumerate(row.boxes):
        room = width(f"   {text}", Type(FACE, 10)) * _MM + 260
        need = min(int(room // each) + 1, row.columns)
        if need > 1 and room <= (row.columns - used) * each + spare:
            need = min(need, row.columns - used)
        if used and used + need > row.columns:
            yield _paragraph(inside, tabs=about, after=40)
            inside, used = "", 0
        inside += _box(text, place in row.ticked)
        used += need
        if used < row.columns:
            inside += "<w:r>" + "<w:tab/>" * need + "</w:r>"
    yield _paragraph(inside, tabs=about, after=40)


def _box(text: str, ticked: bool) -> str:
    sign = d.TICKED if ticked else d.BOX
    return _run(d.Run(sign), 12, SIGNS) + _run(d.Run(f"\u00a0{text}"), 10)


def _pen(high: int) -> str:
    """Give a line to write on, in twentieths of a point below what stands over it."""
    # Paragraphs with equal borders are one box to Word: the line between them is named too.
    line = 'w:val="single" w:sz="4" w:space="0"'
    border = f"<w:bottom {line}/><w:between {line}/>"
    return _paragraph("", border=border, after=0, exact=high)


def _lines(said: d.Words, size: float, *, serif: bool = False, after: int = 60) -> str:
    face = SERIF if serif else ""
    return _paragraph("".join(_run(run, size, face) for run in said), after=after)


def _paragraph(
    inside: str,
    *,
    keep: str = _KEPT,
    border: str = "",
    tabs: str = "",
    before: int = 0,
    after: int = 40,
    exact: int = 0,
    about: str = "",
) -> str:
    edges = f"<w:pBdr>{border}</w:pBdr>" if border else ""
    lead = f' w:line="{exact}" w:lineRule="exact"' if exact else ""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"{lead}/>'
    return f"<w:p><w:pPr>{keep}{edges}{tabs}{spacing}{about}</w:pPr>{inside}</w:p>"


def _run(run: d.Run, size: float, face: str = "") -> str:
    """Give letters in one style, behind the sign of their mark."""
    sign = ""
    if run.mark:
        sign = _run(d.Run(f"{d.SIGNS[run.mark]} "), size, SIGNS)
    fonts = "".join(f' w:{of}="{face}"' for of in ("ascii", "hAnsi", "eastAsia", "cs"))
    about = f"<w:rFonts{fonts}/>" if face else ""
    about += "<w:b/>" if run.strong else ""
    about += f'<w:sz w:val="{round(size * 2)}"/>'
    text = escape(d.letters(run.text), quote=False)
    inside = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in line.split("\t"))
        for line in text.split("\n")
    )
    return f"{sign}<w:r><w:rPr>{about}</w:rPr>{inside}</w:r>"
