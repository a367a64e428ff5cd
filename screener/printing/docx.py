"""A document as DOCX, by python-docx: styles of Word's own, so that a team can go on writing in it.

What keeps an item of a meeting on one page is Word's *keep with next* on every paragraph of it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import singledispatchmethod
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from screener.printing import document as d
from screener.report.png import png

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as WordParagraph

# Faces every Word has; LibreOffice shows Carlito and Caladea, of the same widths, in their place.
_SANS, _SERIF, _EQUAL, _SIGNS = "Calibri", "Cambria", "Consolas", "Segoe UI Symbol"
_QUIET = RGBColor(0x5A, 0x5F, 0x64)
_WIDTH = Mm(170)
_LABEL = Mm(26)
# A file does not say when it was written by anything but what is in it.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def docx(document: d.Document) -> bytes:
    """Give the bytes of the file."""
    return _File(document).content()


class _File:
    """One file, and how each block is written in it."""

    def __init__(self, document: d.Document) -> None:
        self._document = document
        self._word: Word = new_document()

    def content(self) -> bytes:
        """Write all of it."""
        of, word = self._document, self._word
        self._set_up()
        self._head()
        word.add_paragraph(d.letters(of.title), style="Title")
        if of.subtitle:
            word.add_paragraph(d.letters(of.subtitle))
        if of.draft:
            paragraph = word.add_paragraph()
            paragraph.add_run("DRAFT ").bold = True
            paragraph.add_run(d.letters(of.draft))
            _edged(paragraph, ("top", "left", "bottom", "right"), 12)
        for block in of.blocks:
            self._write(block)
        out = BytesIO()
        word.save(out)
        return out.getvalue()

    # --- the page ------------------------------------------------------------------------------

    def _set_up(self) -> None:
        of, word = self._document, self._word
        told = word.core_properties
        told.title, told.author, told.comments = d.letters(of.title), "", ""
        told.language, told.created, told.modified = of.language, _MADE, _MADE
        page = word.sections[0]
        page.orientation = WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(20)
        page.top_margin, page.bottom_margin = Mm(28), Mm(13)
        page.header_distance = Mm(13)
        for name, face, size in (
            ("Normal", _SANS, 10.5),
            ("Title", _SERIF, 19),
            ("Heading 1", _SERIF, 15),
            ("Heading 2", _SANS, 12),
            ("Heading 3", _SANS, 10.5),
            ("Caption", _SANS, 9.5),
        ):
            _faced(word.styles[name], face, size)
        normal = word.styles["Normal"]
        normal.paragraph_format.space_after = Pt(5)
        _language(normal, of.language)
        word.styles["Title"].paragraph_format.space_after = Pt(6)
        border = word.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            word.styles["Title"].element.pPr.remove(border)

    def _head(self) -> None:
        running = self._document.running
        header = self._word.sections[0].header
        first = header.paragraphs[0]
        stamp = "DRAFT  " if self._document.draft else ""
        for paragraph, left, right in (
            (first, running.review, stamp + running.what),
            (header.add_paragraph(), running.details, ""),
        ):
            paragraph.style = self._word.styles["Normal"]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
            strong = paragraph.add_run(d.letters(left))
            strong.bold = paragraph is first
            paragraph.add_run("\t" + d.letters(right))
        second = header.paragraphs[1]
        second.add_run("page ")
        _field(second, "PAGE")
        second.add_run(" of ")
        _field(second, "NUMPAGES")
        for paragraph in header.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(8.5)
        _edged(second, ("bottom",), 6)

    # --- blocks --------------------------------------------------------------------------------

    @singledispatchmethod
    def _write(self, block: d.Block) -> None:
        raise TypeError(block)

    @_write.register
    def _heading(self, block: d.Heading) -> None:
        self._word.add_heading(d.letters(block.text), min(block.level, 3))

    @_write.register
    def _paragraph(self, block: d.Paragraph) -> None:
        paragraph = self._word.add_paragraph()
        _fill(paragraph, block.words, size=9 if block.small or block.code else None)
        if block.code:
            for run in paragraph.runs:
                _face(run, _EQUAL)

    @_write.register
    def _bullets(self, block: d.Bullets) -> None:
        for item in block.items:
            _fill(self._word.add_paragraph(style="List Bullet"), item)

    @_write.register
    def _table(self, block: d.Table) -> None:
        caption = self._word.add_paragraph(d.letters(block.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
        table = self._word.add_table(rows=1, cols=len(block.heads))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        shares = block.widths or (1.0,) * len(block.heads)
        widths = [Emu(int(_WIDTH * share / sum(shares))) for share in shares]
        first = table.rows[0]
        _flag(first, "w:tblHeader")
        for cell, head in zip(first.cells, block.heads, strict=True):
            _fill(cell.paragraphs[0], (d.Run(head, strong=True),), size=9)
        # `add_row` copies the last line each time; cells are reached by the row, never by the
        # table, which would list all of them again.
        for row in block.rows:
            cells = table.add_row().cells
            for cell, said in zip(cells, row, strict=True):
                _fill(cell.paragraphs[0], said, size=9)
        for row_ in table.rows:
            _flag(row_, "w:cantSplit")
            for i, cell in enumerate(row_.cells):
                cell.width = widths[i]
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                if i in block.figures:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _ruled(table)
        self._word.add_paragraph().paragraph_format.space_after = Pt(2)

    @_write.register
    def _picture(self, block: d.Picture) -> None:
        paragraph = self._word.add_paragraph()
        drawn = block.drawing
        wide = min(_WIDTH, Mm(drawn.width / 96 * 25.4), int(Mm(225) * drawn.width / drawn.height))
        shape = paragraph.add_run().add_picture(BytesIO(png(drawn)), width=Emu(int(wide)))
        told = shape._inline.docPr  # noqa: SLF001  the library has no other way to an alternative text
        told.set("descr", d.letters(f"{drawn.title}. {drawn.description}"))
        if block.caption:
            paragraph.paragraph_format.keep_with_next = True
            self._word.add_paragraph(d.letters(block.caption), style="Caption")

    @_write.register
    def _break(self, block: d.PageBreak) -> None:
        self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    @_write.register
    def _present(self, block: d.Present) -> None:
        paragraph = self._word.add_paragraph()
        paragraph.add_run("present:  ").bold = True
        for i, name in enumerate(block.names):
            _tick(paragraph, name, i in block.ticked)
        more = ", ".join(block.others) or "_" * 24
        date = block.date or "_" * 18
        paragraph.add_run(d.letters(f"and {more}    date {date}"))

    @_write.register
    def _group(self, block: d.Group) -> None:
        heading = self._word.add_heading(d.letters(block.heading), 3)
        _edged(heading, ("bottom",), 12)
        for item in block.items:
            self._item(item)

    def _item(self, item: d.Item) -> None:
        title = self._word.add_paragraph()
        title.paragraph_format.space_before = Pt(10)
        title.paragraph_format.space_after = Pt(0)
        run = title.add_run(d.letters(f"{item.number}   {item.title}"))
        run.bold, run.font.size = True, Pt(12.5)
        _face(run, _SERIF)
        byline = self._word.add_paragraph()
        _fill(byline, (d.Run(item.byline),), size=8.5)
        columns = max(1, len(item.heads))
        table = self._word.add_table(rows=0, cols=columns + 1)
        table.autofit = False
        if item.heads:
            cells = table.add_row().cells
            for cell, head in zip(cells[1:], item.heads, strict=True):
                _fill(cell.paragraphs[0], (d.Run(head, strong=True),), size=9)
        for row in item.rows:
            for one in (row, *row.rows) if isinstance(row, d.Dispute) else (row,):
                line = table.add_row()
                self._row(line.cells, one, columns)
                if isinstance(row, d.Dispute):
                    _edged_cell(line.cells[0])
        others = Emu(int((_WIDTH - _LABEL) / columns))
        for line in table.rows:
            _flag(line, "w:cantSplit")
            for i, cell in enumerate(line.cells):
                cell.width = others if i else _LABEL
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.space_after = Pt(2)
                    paragraph.paragraph_format.keep_with_next = True
        for paragraph in (title, byline):
            paragraph.paragraph_format.keep_with_next = True
        end = self._word.add_paragraph()
        end.paragraph_format.space_after = Pt(0)
        _edged(end, ("bottom",), 4)

    def _row(self, cells: tuple[WordCell, ...], row: d.Row, columns: int) -> None:
        label = row.label if not isinstance(row, d.Dispute) else f"in dispute: {row.label}"
        strong = not isinstance(row, d.Cells | d.Said)
        _fill(cells[0].paragraphs[0], (d.Run(label, strong=strong),), size=9)
        if isinstance(row, d.Dispute):
            return
        if isinstance(row, d.Cells):
            for cell, said in zip(cells[1:], row.cells, strict=True):
                _fill(cell.paragraphs[0], said, serif=row.serif)
            return
        cell = cells[1].merge(cells[columns]) if columns > 1 else cells[1]
        paragraph = cell.paragraphs[0]
        if isinstance(row, d.Said):
            _fill(paragraph, row.words, serif=row.serif)
        elif isinstance(row, d.Ticks):
            for i, box in enumerate(row.boxes):
                _tick(paragraph, box, i in row.ticked)
        else:
            for i in range(row.lines):
                line = paragraph if not i else cell.add_paragraph()
                line.paragraph_format.space_before = Pt(16)
                _edged(line, ("bottom",), 4)


# --- letters -----------------------------------------------------------------------------------


def _fill(
    paragraph: WordParagraph, said: d.Words, *, size: float | None = None, serif: bool = False
) -> None:
    for run in said:
        if run.mark:
            _face(paragraph.add_run(d.SIGNS[run.mark] + " "), _SIGNS)
        into: Any = paragraph
        before = len(paragraph.runs)
        text = d.letters(run.text)
        if run.link and d.is_linked(run.link):
            _linked(into, text, run.link, size)
            continue
        written = paragraph.add_run(text)
        written.bold = run.strong or None
        if run.quiet:
            written.font.color.rgb = _QUIET
        if serif:
            _face(written, _SERIF)
        for one in paragraph.runs[before:]:
            one.font.size = None if size is None else Pt(size)


def _linked(paragraph: WordParagraph, text: str, address: str, size: float | None) -> None:
    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), known)
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.size = None if size is None else Pt(size)
    link.append(run._r)  # noqa: SLF001  python-docx reads links and has no way to write one
    paragraph._p.append(link)  # noqa: SLF001


def _tick(paragraph: WordParagraph, text: str, ticked: bool) -> None:
    _face(paragraph.add_run(d.TICKED if ticked else d.BOX), _SIGNS)
    # The blanks do not break, so that a box stays with its words.
    paragraph.add_run("\u00a0" + d.letters(text).replace(" ", "\u00a0") + "    ")


def _face(run: Any, face: str) -> None:
    run.font.name = face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)  # noqa: SLF001
    run._element.rPr.rFonts.set(qn("w:cs"), face)  # noqa: SLF001


def _faced(style: Any, face: str, size: float) -> None:
    style.font.name, style.font.size = face, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _language(style: Any, language: str) -> None:
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), language)
    for old in style.element.rPr.findall(qn("w:lang")):
        style.element.rPr.remove(old)
    style.element.rPr.append(told)


# --- what python-docx has no call for ----------------------------------------------------------


def _field(paragraph: WordParagraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run(text if text == "1" else "")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        elif text == code:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)  # noqa: SLF001


def _edged(paragraph: WordParagraph, sides: tuple[str, ...], eighths: int) -> None:
    about = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    about.insert_element_before(_borders("w:pBdr", sides, eighths), *_AFTER_BORDERS)


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What stands behind the borders of a paragraph in the order of the standard (ECMA-376, 17.3.1)."""


def _borders(name: str, sides: tuple[str, ...], eighths: int) -> Any:
    borders = OxmlElement(name)
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    return borders


def _edged_cell(cell: WordCell) -> None:
    cell._tc.get_or_add_tcPr().append(_borders("w:tcBorders", ("left",), 40))  # noqa: SLF001


def _ruled(table: WordTable) -> None:
    about = table._tbl.tblPr  # noqa: SLF001
    borders = _borders("w:tblBorders", ("top", "bottom", "insideH"), 4)
    layout = about.find(qn("w:tblLayout"))
    if layout is None:
        about.append(borders)
    else:
        layout.addprevious(borders)


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001
