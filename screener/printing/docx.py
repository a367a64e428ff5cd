"""A document as DOCX, by python-docx: styles of Word's own, so that a team can go on writing in it.

The items of a meeting are written by `word_items.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import singledispatchmethod
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx as library
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from screener.model import Progress, silent
from screener.printing import document as d
from screener.printing.lines import SANS as FACE
from screener.printing.lines import Type, width
from screener.printing.word import (
    EQUAL,
    SANS,
    SERIF,
    add_field,
    edge,
    fill,
    flag,
    rule,
    set_face,
    set_language,
    set_style,
    tick,
)
from screener.printing.word_items import item_parts
from screener.report.png import png
from screener.sources.writers.zips import FixedZip

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.opc.packuri import PackURI

_WIDTH = Mm(170)
_HEAD = Type(FACE, 8.5)
# A file does not say when it was written by anything but what is in it.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def docx(document: d.Document, progress: Progress = silent) -> bytes:
    """Give the bytes of the file."""
    return _File(document, progress).content()


class _File:
    """One file, and how each block is written in it."""

    def __init__(self, document: d.Document, progress: Progress) -> None:
        self._document = document
        self._progress = progress
        self._word: Word = library.Document()

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
            edge(paragraph, ("top", "left", "bottom", "right"), 12)
        for block in of.blocks:
            self._write(block)
        out = BytesIO()
        with FixedZip(out) as archive:
            _save(word, archive)
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
            ("Normal", SANS, 10.5),
            ("Title", SERIF, 19),
            ("Heading 1", SERIF, 15),
            ("Heading 2", SANS, 12),
            ("Heading 3", SANS, 10.5),
            ("Caption", SANS, 9.5),
        ):
            set_style(word.styles[name], face, size)
        normal = word.styles["Normal"]
        normal.paragraph_format.space_after = Pt(5)
        set_language(normal, of.language)
        word.styles["Title"].paragraph_format.space_after = Pt(6)
        word.styles["Title"].font.bold = True
        border = word.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            word.styles["Title"].element.pPr.remove(border)

    def _head(self) -> None:
        running = self._document.running
        header = self._word.sections[0].header
        first = header.paragraphs[0]
        stamp = "DRAFT  " if self._document.draft else ""
        page = width("page 000 of 000", _HEAD)
        for paragraph, left, right, room in (
            (first, running.review, stamp + running.what, width(running.what, _HEAD)),
            (header.add_paragraph(), running.details, "", page),
        ):
            paragraph.style = self._word.styles["Normal"]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
            strong = paragraph.add_run(d.letters(left))
            strong.bold = paragraph is first
            # What has no room beside it stands above the right end.
            long = width(d.letters(left), _HEAD, strong=True) + room > _WIDTH.mm - 8
            paragraph.add_run(("\n\t" if long else "\t") + d.letters(right))
        second = header.paragraphs[1]
        second.add_run("page ")
        add_field(second, "PAGE")
        second.add_run(" of ")
        add_field(second, "NUMPAGES")
        for paragraph in header.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(8.5)
        edge(second, ("bottom",), 6)

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
        fill(paragraph, block.words, size=9 if block.small or block.code else None)
        if block.code:
            for run in paragraph.runs:
                set_face(run, EQUAL)

    @_write.register
    def _bullets(self, block: d.Bullets) -> None:
        for item in block.items:
            fill(self._word.add_paragraph(style="List Bullet"), item)

    @_write.register
    def _table(self, block: d.Table) -> None:
        caption = self._word.add_paragraph(d.letters(block.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
        table = self._word.add_table(rows=1, cols=len(block.heads))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        shares = block.widths or (1.0,) * len(block.heads)
        widths = [Emu(int(_WIDTH * share / sum(shares))) for share in shares]
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = wide  # of the grid: LibreOffice asks no cell
        first = table.rows[0]
        flag(first, "w:tblHeader")
        for cell, head in zip(first.cells, block.heads, strict=True):
            fill(cell.paragraphs[0], (d.Run(head, strong=True),), size=9)
            # A heading line never stands alone at the foot of a page, nor its caption with it.
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        # `add_row` copies the last line each time; cells are reached by the row, never by the
        # table, which would list all of them again.
        for row in block.rows:
            cells = table.add_row().cells
            for cell, said in zip(cells, row, strict=True):
                fill(cell.paragraphs[0], said, size=9)
        for row_ in table.rows:
            flag(row_, "w:cantSplit")
            for i, cell in enumerate(row_.cells):
                cell.width = widths[i]
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                if i in block.figures:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        rule(table)
        self._word.add_paragraph().paragraph_format.space_after = Pt(2)

    @_write.register
    def _picture(self, block: d.Picture) -> None:
        paragraph = self._word.add_paragraph()
        drawn = block.drawing
        most = int(_WIDTH * block.share), int(Mm(225) * drawn.width / drawn.height)
        wide = min(*most, Mm(drawn.width / 96 * 25.4))
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
            tick(paragraph, name, i in block.ticked)
        others = ", ".join(block.others) or ("" if block.date else "_" * 24)
        more = f"and {others}    " if others else ""
        paragraph.add_run(d.letters(f"{more}date {block.date or '_' * 18}"))

    @_write.register
    def _group(self, block: d.Group) -> None:
        heading = self._word.add_heading(d.letters(block.heading), 3)
        edge(heading, ("bottom",), 12)
        end = self._word.add_paragraph()._p  # noqa: SLF001  the library has no call for it
        for place, item in enumerate(block.items):
            self._progress(place, len(block.items), "Writing the items")
            for part in item_parts(item):
                end.addprevious(part)
        end.getparent().remove(end)


class _Parts:
    """Takes the parts of a package as python-docx hands them out."""

    def __init__(self, archive: FixedZip) -> None:
        self._archive = archive

    def write(self, name: PackURI, content: bytes) -> None:
        """Put a part in."""
        self._archive.writestr(name.membername, content)


def _save(word: Word, archive: FixedZip) -> None:
    """Save a document as python-docx does, which gives its parts the time of the clock."""
    package, parts = word.part.package, _Parts(archive)
    writer: Any = PackageWriter
    for part in package.parts:
        part.before_marshal()
    writer._write_content_types_stream(parts, package.parts)  # noqa: SLF001
    writer._write_pkg_rels(parts, package.rels)  # noqa: SLF001
    writer._write_parts(parts, package.parts)  # noqa: SLF001
