"""A document as PDF pages of A4: black on white, the faces of the program, items never torn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import singledispatchmethod
from io import BytesIO

import font_source_serif_pro
from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, XPos, YPos

from screener.model import UserError
from screener.printing import document as d
from screener.printing.signs import box, sign
from screener.report import typeface
from screener.report.png import png

# Millimetres: the page, its margins, and the columns of an item.
_LEFT = _RIGHT = 20.0
_ABOVE, _BELOW = 13.0, 13.0
_WIDE = 210.0 - _LEFT - _RIGHT
_HANG, _LABEL = 10.0, 32.0
_GAP = 4.0
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_SANS, _SERIF = "Source", "SourceSerif"
_POINT = 25.4 / 72


def pdf(document: d.Document) -> bytes:
    """Give the bytes of the file.

    `UserError` when a text has letters that the faces do not have: another format shows them.
    """
    _refuse_missing_letters(document)
    return _Pages(document).file()


class _Sheet(FPDF):
    """Pages with the running head of a document."""

    def __init__(self, running: d.Running, stamp: str) -> None:
        super().__init__(unit="mm", format="A4")
        self._running, self._stamp = running, stamp
        self.again = ""  # the heading that is repeated on a next page
        self.set_margins(_LEFT, _ABOVE, _RIGHT)
        self.set_auto_page_break(auto=True, margin=_BELOW)
        for style, strong in (("", False), ("B", True)):
            self.add_font(_SANS, style, typeface.file(strong=strong))
        serif = font_source_serif_pro.font_files_ttf
        self.add_font(_SERIF, "", str(serif["SourceSerifPro"]))
        self.add_font(_SERIF, "B", str(serif["SourceSerifProSemibold"]))

    def header(self) -> None:
        """Write the two lines over every page, and the heading that goes on."""
        for left, right, style in (
            (self._running.review, self._stamp + self._running.what, "B"),
            (self._running.details, f"page {self.page_no()} of {{nb}}", ""),
        ):
            self.set_font(_SANS, "", 8.5)
            width = self.get_string_width(right.replace("{nb}", "00")) + 2
            self.set_font(_SANS, style, 8.5)
            self.cell(_WIDE - width, 4.4, _cut(self, left, _WIDE - width - 3))
            self.set_font(_SANS, "", 8.5)
            self.cell(width, 4.4, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_line_width(0.2)
        self.line(_LEFT, self.get_y() + 1, _LEFT + _WIDE, self.get_y() + 1)
        self.set_y(self.get_y() + 5)
        if self.again:
            _group_heading(self, f"{self.again}, continued")


class _Pages:
    """All pages, and how each block is written on them."""

    def __init__(self, document: d.Document) -> None:
        self._document = document
        stamp = "DRAFT · " if document.draft else ""
        self._pdf = _Sheet(document.running, stamp)
        self._pdf.set_title(d.letters(document.title))
        self._pdf.set_lang(document.language)
        self._pdf.set_creation_date(_MADE)

    def file(self) -> bytes:
        """Write all of it."""
        of, page = self._document, self._pdf
        page.add_page()
        page.set_y(page.get_y() + 2)
        self._text(of.title, size=19, face=_SERIF, strong=True, after=1.5)
        if of.subtitle:
            self._text(of.subtitle, size=10, after=3)
        if of.draft:
            self._draft(of.draft)
        for block in of.blocks:
            self._write(block)
        return bytes(page.output())

    def _draft(self, said: str) -> None:
        page = self._pdf
        top = page.get_y()
        page.set_y(top + 2)
        with _indented(page, 3, 3):
            self._words((d.Run("DRAFT  ", strong=True), d.Run(said)), size=10)
        page.set_line_width(0.5)
        page.rect(_LEFT, top, _WIDE, page.get_y() + 1 - top)
        page.set_y(page.get_y() + 4)

    # --- blocks --------------------------------------------------------------------------------

    @singledispatchmethod
    def _write(self, block: d.Block) -> None:
        raise TypeError(block)

    @_write.register
    def _heading(self, block: d.Heading) -> None:
        size = {1: 15.0, 2: 12.0}.get(block.level, 10.5)
        face = _SERIF if block.level == 1 else _SANS
        self._room(size * _POINT + 18)
        self._pdf.set_y(self._pdf.get_y() + (5 if block.level == 1 else 2.5))
        self._text(block.text, size=size, face=face, strong=True, after=1.5)

    @_write.register
    def _paragraph(self, block: d.Paragraph) -> None:
        size = 8.5 if block.small or block.code else 10.5
        self._words(block.words, size=size)
        self._pdf.set_y(self._pdf.get_y() + 1.6)

    @_write.register
    def _bullets(self, block: d.Bullets) -> None:
        page = self._pdf
        for item in block.items:
            self._room(6)
            top = page.get_y()
            page.set_font(_SANS, "", 10.5)
            page.text(_LEFT + 1, top + 3.9, "•")
            with _indented(page, 5, 0):
                self._words(item, size=10.5)
            page.set_y(page.get_y() + 0.8)
        page.set_y(page.get_y() + 1)

    @_write.register
    def _table(self, block: d.Table) -> None:
        page = self._pdf
        self._room(20)
        self._text(block.caption, size=9.5, strong=True, after=1)
        page.set_font(_SANS, "", 8.5)
        page.set_line_width(0.15)
        aligns = tuple("RIGHT" if i in block.figures else "LEFT" for i in range(len(block.heads)))
        with page.table(
            col_widths=block.widths or None,
            width=_WIDE,
            line_height=4.1,
            text_align=aligns,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD"),
            padding=(0.7, 1.2, 0.7, 0),
        ) as table:
            first = table.row()
            for head in block.heads:
                first.cell(d.letters(head))
            for row in block.rows:
                line = table.row()
                for said in row:
                    line.cell(_lettered(said))
        page.set_y(page.get_y() + 4)

    @_write.register
    def _picture(self, block: d.Picture) -> None:
        page, drawn = self._pdf, block.drawing
        most = 230.0 if block.caption else 240.0
        wide = min(_WIDE, drawn.width / 96 * 25.4, most * drawn.width / drawn.height)
        high = wide * drawn.height / drawn.width
        self._room(high + 8)
        page.image(
            BytesIO(png(drawn)), w=wide, h=high, alt_text=f"{drawn.title}. {drawn.description}"
        )
        page.set_y(page.get_y() + 2)
        if block.caption:
            self._text(block.caption, size=9.5, strong=True, after=3)

    @_write.register
    def _break(self, block: d.PageBreak) -> None:
        self._pdf.add_page()

    @_write.register
    def _present(self, block: d.Present) -> None:
        page = self._pdf
        page.set_y(page.get_y() + 2)
        page.set_font(_SANS, "B", 10.5)
        page.cell(page.get_string_width("present:") + 3, 6, "present:")
        page.set_font(_SANS, "", 10.5)
        for i, name in enumerate(block.names):
            self._tick(name, i in block.ticked, page.get_string_width(name) + 14)
        for label, said, wide in (("and", ", ".join(block.others), 40), ("date", block.date, 38)):
            self._blank(label, said, wide)
        page.set_y(page.get_y() + 9)

    def _blank(self, label: str, said: str, wide: float) -> None:
        """Write a word, and after it what is known or a line for a pen."""
        page = self._pdf
        page.set_font(_SANS, "", 10.5)
        own = page.get_string_width(label) + 3
        need = own + (page.get_string_width(d.letters(said)) + 4 if said else wide)
        if page.get_x() + need > _LEFT + _WIDE + 0.5:
            page.set_xy(_LEFT, page.get_y() + 7)
        page.cell(own, 6, label)
        if said:
            page.cell(need - own, 6, d.letters(said))
        else:
            x, y = page.get_x(), page.get_y() + 5.5
            page.set_line_width(0.2)
            page.line(x, y, x + wide - own - 2, y)
            page.set_x(x + wide - own)

    # --- items ---------------------------------------------------------------------------------

    @_write.register
    def _group(self, block: d.Group) -> None:
        page = self._pdf
        for i, item in enumerate(block.items):
            drawn = self._drawer(item)
            high = self._height(drawn)
            top = 14.0 if not i else 0.0
            self._room(high + top)
            if not i:
                _group_heading(page, block.heading)
                page.again = block.heading
            drawn()
        page.again = ""

    def _drawer(self, item: d.Item) -> Callable[[], None]:
        return lambda: self._item(item)

    def _height(self, draw: Callable[[], None]) -> float:
        """Measure what is drawn, without drawing it; more than a page counts as a page."""
        page = self._pdf
        with page.offset_rendering() as trial:
            start, first = trial.get_y(), trial.page_no()
            draw()
            pages = trial.page_no() - first
            high = trial.get_y() - start
        return 250.0 if pages else float(high)

    def _item(self, item: d.Item) -> None:
        page = self._pdf
        top = page.get_y() + 3
        page.set_xy(_LEFT, top)
        page.set_font(_SERIF, "B", 12.5)
        page.cell(_HANG, 5.6, item.number)
        with _indented(page, _HANG, 0):
            self._text(item.title, size=12.5, face=_SERIF, strong=True)
            self._text(item.byline, size=8.5, after=2.5)
        if item.heads:
            heads = tuple((d.Run(head, strong=True),) for head in item.heads)
            self._cells(d.Cells(label="", cells=heads), 8.5)
        for row in item.rows:
            self._row(row, max(1, len(item.heads)))
        page.set_y(page.get_y() + 2.5)
        page.set_line_width(0.15)
        page.line(_LEFT, page.get_y(), _LEFT + _WIDE, page.get_y())
        page.set_y(page.get_y() + 2.5)

    @singledispatchmethod
    def _row(self, row: d.Row, columns: int) -> None:
        raise TypeError(row)

    @_row.register
    def _row_cells(self, row: d.Cells, columns: int) -> None:
        self._cells(row, 10.5)

    @_row.register
    def _row_said(self, row: d.Said, columns: int) -> None:
        self._label(row.label)
        with _indented(self._pdf, _HANG + _LABEL, 0):
            self._words(row.words, size=10.5, face=_SERIF if row.serif else _SANS)
        self._pdf.set_y(self._pdf.get_y() + 1.5)

    @_row.register
    def _row_dispute(self, row: d.Dispute, columns: int) -> None:
        page = self._pdf
        top, first = page.get_y(), page.page_no()
        self._label("in dispute", below=row.label)
        for below in row.rows:
            self._row(below, columns)
        if page.page_no() == first:
            high = max(page.get_y() - top - 1, 9)
            page.set_fill_color(0)
            page.rect(_LEFT + _HANG - 3.2, top - 0.5, 0.9, high, style="F")
            page.set_y(max(page.get_y(), top + high + 0.5))

    @_row.register
    def _row_ticks(self, row: d.Ticks, columns: int) -> None:
        page = self._pdf
        self._label(row.label, strong=True)
        left = _LEFT + _HANG + _LABEL
        wide = (_WIDE - _HANG - _LABEL) / row.columns
        page.set_xy(left, page.get_y())
        page.set_font(_SANS, "", 10)
        for i, text in enumerate(row.boxes):
            need = max(1, -(-int(page.get_string_width(d.letters(text)) + 9) // int(wide)))
            if page.get_x() + need * wide > _LEFT + _WIDE + 1 and page.get_x() > left:
                page.set_xy(left, page.get_y() + 6.4)
            self._tick(text, i in row.ticked, need * wide)
        page.set_xy(_LEFT, page.get_y() + 7.4)

    @_row.register
    def _row_pen(self, row: d.Pen, columns: int) -> None:
        page = self._pdf
        self._label(row.label, strong=True)
        page.set_line_width(0.15)
        for _ in range(row.lines):
            y = page.get_y() + 7
            page.line(_LEFT + _HANG + _LABEL, y, _LEFT + _WIDE, y)
            page.set_y(page.get_y() + 8)

    def _cells(self, row: d.Cells, size: float) -> None:
        page = self._pdf
        self._label(row.label)
        top, page_number, low = page.get_y(), page.page_no(), page.get_y()
        wide = (_WIDE - _HANG - _LABEL) / max(1, len(row.cells))
        for i, said in enumerate(row.cells):
            page.set_y(top)
            left = _HANG + _LABEL + i * wide
            with _indented(page, left, _WIDE - left - wide + _GAP):
                self._words(said, size=size, face=_SERIF if row.serif else _SANS)
            if page.page_no() != page_number:
                # A cell longer than the page: those beside it follow it on the new page.
                page_number, top, low = page.page_no(), page.get_y(), page.get_y()
            low = max(low, page.get_y())
        page.set_y(low + 1.2)

    def _label(self, text: str, *, strong: bool = False, below: str = "") -> None:
        """Write the label at the left and stay on its line."""
        page = self._pdf
        top = page.get_y()
        with _indented(page, _HANG, _WIDE - _HANG - _LABEL + 2):
            self._text(text, size=9, strong=strong)
            if below:
                self._text(below, size=10, strong=True)
        page.set_y(top)

    def _tick(self, text: str, ticked: bool, wide: float) -> None:
        page = self._pdf
        x, y = page.get_x(), page.get_y()
        box(page, x, y + 0.8, 4, ticked=ticked)
        page.set_xy(x + 6, y)
        page.cell(wide - 6, 5.6, d.letters(text))

    # --- letters -------------------------------------------------------------------------------

    def _text(
        self, text: str, *, size: float, face: str = _SANS, strong: bool = False, after: float = 0
    ) -> None:
        self._words((d.Run(text, strong=strong),), size=size, face=face)
        self._pdf.set_y(self._pdf.get_y() + after)

    def _words(self, said: d.Words, *, size: float, face: str = _SANS) -> None:
        """Write words from the left margin, and go to the line below them."""
        page = self._pdf
        page.set_x(page.l_margin)
        line = size * _POINT * 1.32
        for run in said:
            page.set_font(face, "B" if run.strong else "", size)
            if run.mark:
                sign(page, run.mark, page.get_x(), page.get_y() + line / 2, size * _POINT * 0.8)
                page.set_x(page.get_x() + size * _POINT * 1.35)
            link = run.link if d.is_linked(run.link) else ""
            page.write(line, d.letters(run.text), link)
        page.ln(line)

    def _room(self, high: float) -> None:
        """Go to a new page unless that much of this one is left."""
        page = self._pdf
        if page.get_y() + min(high, 240) > page.page_break_trigger:
            page.add_page()


@contextmanager
def _indented(page: FPDF, left: float, right: float) -> Iterator[None]:
    """Write between margins that much further in."""
    page.set_left_margin(_LEFT + left)
    page.set_right_margin(_RIGHT + right)
    try:
        yield
    finally:
        page.set_left_margin(_LEFT)
        page.set_right_margin(_RIGHT)


def _group_heading(page: FPDF, text: str) -> None:
    page.set_font(_SANS, "B", 10)
    page.multi_cell(_WIDE, 5, d.letters(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_line_width(0.4)
    page.line(_LEFT, page.get_y() + 0.8, _LEFT + _WIDE, page.get_y() + 0.8)
    page.set_y(page.get_y() + 3)


def _cut(page: FPDF, text: str, wide: float) -> str:
    """Shorten a text to a width, with dots at its end."""
    text = d.letters(text)
    if page.get_string_width(text) <= wide:
        return text
    while text and page.get_string_width(text + "…") > wide:
        text = text[:-1]
    return text.rstrip() + "…"


def _lettered(said: d.Words) -> str:
    # A sign says what its letters say; in the small type of a table the letters are enough.
    return d.letters(d.plain(said))


def _refuse_missing_letters(document: d.Document) -> None:
    texts: Sequence[str] = tuple(d.texts(document))
    if lacking := typeface.missing("".join(texts).replace("\n", "").replace("\t", "")):
        where = next(text for text in texts if any(letter in lacking for letter in text))
        raise UserError(
            f"“{where[:80]}” has letters that PDF cannot show here ({lacking[:20]}): save it as"
            " .docx or .html."
        )
