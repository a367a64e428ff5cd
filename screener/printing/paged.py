"""A document as PDF pages of A4: black on white, the faces of the program, items never torn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import singledispatchmethod
from io import BytesIO

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout

from screener.model import Progress, UserError, silent
from screener.printing import document as d
from screener.printing.drawn import draw_group, draw_line, draw_present
from screener.printing.lines import POINT, SANS, SERIF, Line, Type, broken, file, shown, width
from screener.printing.signs import sign
from screener.report import typeface
from screener.report.png import png

# Millimetres: the page and its margins.
_LEFT = _RIGHT = 20.0
_ABOVE, _BELOW = 13.0, 13.0
_WIDE = 210.0 - _LEFT - _RIGHT
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_RUNNING, _GROUP = Type(SANS, 8.5), Type(SANS, 10)


def pdf(document: d.Document, progress: Progress = silent) -> bytes:
    """Give the bytes of the file.

    `UserError` when a text has letters that the faces do not have: another format shows them.
    """
    _refuse_missing_letters(document)
    return _Pages(document, progress).file()


class _Sheet(FPDF):
    """Pages with the running head of a document."""

    def __init__(self, running: d.Running, stamp: str) -> None:
        super().__init__(unit="mm", format="A4")
        self._heads = _running(running, stamp)
        self.again = ""  # the heading that is repeated on a next page
        self.set_margins(_LEFT, _ABOVE, _RIGHT)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=_BELOW)
        for face in (SANS, SERIF):
            for style, strong in (("", False), ("B", True)):
                self.add_font(face, style, file(face, strong=strong))

    def header(self) -> None:
        """Write the head of every page, and the heading that goes on."""
        for lines, right in self._heads:
            for place, line in enumerate(lines):
                y = self.get_y()
                draw_line(self, line, _RUNNING, _LEFT, y)
                if not place:
                    # The number of pages is known at the end: it has the room of three digits.
                    text = right or f"page {self.page_no()} of {{nb}}"
                    need = width(text.replace("{nb}", "00"), _RUNNING)
                    self.set_font(SANS, "", _RUNNING.size)
                    self.set_xy(_LEFT + _WIDE - need, y)
                    self.cell(need, _RUNNING.lead, text)
                self.set_y(y + 4.4)
        self.set_draw_color(0)
        self.set_line_width(0.2)
        self.line(_LEFT, self.get_y() + 1, _LEFT + _WIDE, self.get_y() + 1)
        self.set_y(self.get_y() + 5)
        if self.again:
            _group_heading(self, f"{self.again}, continued")

    @property
    def head(self) -> float:
        """How high the head of a page is, with the room above it."""
        return _ABOVE + sum(4.4 * len(lines) for lines, _ in self._heads) + 5


def _running(running: d.Running, stamp: str) -> list[tuple[list[Line], str]]:
    """Return the lines of the head of a page, each with what stands at its right.

    What is longer than the page is wide goes on in a next line: a closing code is copied whole.
    """
    right = stamp + running.what
    beside = width(right, _RUNNING) + 4
    first = d.words(d.Run(running.review, strong=True))
    page = width("page 000 of 000", _RUNNING) + 4
    return [
        (broken(first, _RUNNING, max(_WIDE - beside, 40)), right),
        (broken(d.words(running.details), _RUNNING, _WIDE - page), ""),
    ]


class _Pages:
    """All pages, and how each block is written on them."""

    left, wide = _LEFT, _WIDE

    def __init__(self, document: d.Document, progress: Progress) -> None:
        self._document = document
        self._progress = progress
        self._place = 0  # of the block that is written
        stamp = "DRAFT · " if document.draft else ""
        self._sheet = _Sheet(document.running, stamp)
        self.pdf.set_title(shown(document.title))
        self.pdf.set_lang(document.language)
        self.pdf.set_creation_date(_MADE)

    @property
    def pdf(self) -> _Sheet:
        """The pages themselves."""
        return self._sheet

    def file(self) -> bytes:
        """Write all of it."""
        of, page = self._document, self.pdf
        page.add_page()
        page.set_y(page.get_y() + 2)
        self._text(of.title, size=19, face=SERIF, strong=True, after=1.5)
        if of.subtitle:
            self._text(of.subtitle, size=10, after=3)
        if of.draft:
            self._draft(of.draft)
        for place, block in enumerate(of.blocks):
            self._place = place
            self._write(block)
        return bytes(page.output())

    def _below(self) -> float:
        """Return how high what stands with a heading is: headings, and the head of a table."""
        high = 0.0
        for block in self._document.blocks[self._place + 1 :]:
            if not isinstance(block, d.Heading):
                return high + (_head_high(block) if isinstance(block, d.Table) else 0)
            high += 12
        return high

    def _draft(self, said: str) -> None:
        page = self.pdf
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
        face = SERIF if block.level == 1 else SANS
        self._room(size * POINT + max(18, self._below() + 5))
        self.pdf.set_y(self.pdf.get_y() + (5 if block.level == 1 else 2.5))
        self._text(block.text, size=size, face=face, strong=True, after=1.5)

    @_write.register
    def _paragraph(self, block: d.Paragraph) -> None:
        size = 8.5 if block.small or block.code else 10.5
        self._words(block.words, size=size)
        self.pdf.set_y(self.pdf.get_y() + 1.6)

    @_write.register
    def _bullets(self, block: d.Bullets) -> None:
        page = self.pdf
        for item in block.items:
            self._room(6)
            top = page.get_y()
            page.set_font(SANS, "", 10.5)
            page.text(_LEFT + 1, top + 3.9, "•")
            with _indented(page, 5, 0):
                self._words(item, size=10.5)
            page.set_y(page.get_y() + 0.8)
        page.set_y(page.get_y() + 1)

    @_write.register
    def _table(self, block: d.Table) -> None:
        page = self.pdf
        self._room(_head_high(block))
        self._text(block.caption, size=9.5, strong=True, after=1)
        page.set_font(SANS, "", 8.5)
        page.set_line_width(0.15)
        aligns = tuple("RIGHT" if i in block.figures else "LEFT" for i in range(len(block.heads)))
        with page.table(
            col_widths=block.widths or None,
            width=_WIDE,
            line_height=4.1,
            text_align=aligns,
            v_align="TOP",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD"),
            padding=(0.7, 1.2, 0.7, 0),
        ) as table:
            first = table.row()
            for head in block.heads:
                first.cell(shown(head))
            for row in block.rows:
                line = table.row()
                for said in row:
                    line.cell(_lettered(said))
        page.set_y(page.get_y() + 4)

    @_write.register
    def _picture(self, block: d.Picture) -> None:
        page, drawn = self.pdf, block.drawing
        most = 230.0 if block.caption else 240.0
        wide = min(_WIDE * block.share, drawn.width / 96 * 25.4, most * drawn.width / drawn.height)
        high = wide * drawn.height / drawn.width
        left = self.room() - 9
        if _LEAST * high <= left < high:  # rather a little smaller than a page that is half empty
            wide, high = wide * left / high, left
        self._room(high + 8)
        page.image(
            BytesIO(png(drawn)), w=wide, h=high, alt_text=f"{drawn.title}. {drawn.description}"
        )
        page.set_y(page.get_y() + 2)
        if block.caption:
            self._text(block.caption, size=9.5, strong=True, after=3)

    @_write.register
    def _break(self, block: d.PageBreak) -> None:
        self.pdf.add_page()

    @_write.register
    def _present(self, block: d.Present) -> None:
        draw_present(self, block)
        self.pdf.set_y(self.pdf.get_y() + 2)

    # --- items ---------------------------------------------------------------------------------

    @_write.register
    def _group(self, block: d.Group) -> None:
        draw_group(self, block, self._progress)

    def body(self) -> float:
        """Return how high the free part of a new page is now."""
        again = f"{self.pdf.again}, continued" if self.pdf.again else ""
        head = self.heading_height(again) if again else 0.0
        return self.pdf.page_break_trigger - self.pdf.head - head

    def room(self) -> float:
        """Return how much of this page is left."""
        return self.pdf.page_break_trigger - self.pdf.get_y()

    def begin_group(self, heading: str) -> None:
        """Write the heading of a group, and again on the pages that follow."""
        _group_heading(self.pdf, heading)
        self.pdf.again = heading

    def end_group(self) -> None:
        """Have no heading written again."""
        self.pdf.again = ""

    def heading_height(self, heading: str) -> float:
        """Return how high the heading of a group is."""
        said = d.words(d.Run(f"{heading}, continued", strong=True))
        return len(broken(said, _GROUP, _WIDE)) * 5 + 4.5

    # --- letters -------------------------------------------------------------------------------

    def _text(
        self, text: str, *, size: float, face: str = SANS, strong: bool = False, after: float = 0
    ) -> None:
        self._words((d.Run(text, strong=strong),), size=size, face=face)
        self.pdf.set_y(self.pdf.get_y() + after)

    def _words(self, said: d.Words, *, size: float, face: str = SANS) -> None:
        """Write words from the left margin, and go to the line below them."""
        page = self.pdf
        page.set_x(page.l_margin)
        line = size * POINT * 1.32
        for run in said:
            page.set_font(face, "B" if run.strong else "", size)
            if run.mark:
                sign(page, run.mark, page.get_x(), page.get_y() + line / 2, size * POINT * 0.8)
                page.set_x(page.get_x() + size * POINT * 1.35)
            link = run.link if d.is_linked(run.link) else ""
            page.write(line, shown(run.text), link)
        page.ln(line)

    def _room(self, high: float) -> None:
        """Go to a new page unless that much of this one is left."""
        page = self.pdf
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
    for line in broken(d.words(d.Run(text, strong=True)), _GROUP, _WIDE):
        draw_line(page, line, _GROUP, _LEFT, page.get_y())
        page.set_y(page.get_y() + 5)
    page.set_draw_color(0)
    page.set_line_width(0.4)
    page.line(_LEFT, page.get_y() + 0.8, _LEFT + _WIDE, page.get_y() + 0.8)
    page.set_y(page.get_y() + 4.5)


_LEAST = 0.75
"""What part of its size a picture may shrink to, to stand on the page it follows the text of."""
_CELL, _ROW, _PAD = Type(SANS, 8.5), 4.1, 1.4


def _head_high(block: d.Table) -> float:
    """Return how high a table's caption, heading line and first line are together."""
    whole = sum(block.widths or (1.0,) * len(block.heads))
    shares = block.widths or (1.0,) * len(block.heads)
    rooms = [max(_WIDE * share / whole - 1.2, 5) for share in shares]
    lines = [tuple(d.words(d.Run(head, strong=True)) for head in block.heads), *block.rows[:1]]
    return 8 + sum(
        _PAD
        + _ROW * max(len(broken(said, _CELL, room)) for said, room in zip(line, rooms, strict=True))
        for line in lines
    )


def _lettered(said: d.Words) -> str:
    # A sign says what its letters say; in the small type of a table the letters are enough.
    return shown(d.plain(said))


def _refuse_missing_letters(document: d.Document) -> None:
    texts: Sequence[str] = tuple(map(shown, d.texts(document)))
    if lacking := typeface.missing("".join(texts).replace("\n", "").replace("\t", "")):
        where = next(text for text in texts if any(letter in lacking for letter in text))
        raise UserError(
            f"“{where[:80]}” has letters that PDF cannot show here ({lacking[:20]}): save it as"
            " .docx or .html."
        )
