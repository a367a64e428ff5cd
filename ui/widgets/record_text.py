"""Writing a record into a text document: plain text, formats, and where each character went."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from screener.model import Unit
from screener.model.words import NO_TITLE, byline
from ui.widgets import tokens
from ui.widgets.abstract import Part, parts
from ui.widgets.theme import Look

# Characters a text document takes for its own structure, controls, and halves of a pair that
# cannot be written; each becomes one space, so that places in the text stay what they are.
_FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffc\ufdd0-\ufdef\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordText:
    """What a record view shows; all of it plain text.

    `byline` is authors, journal, year (left out of it when they are hidden); `quiet` are lines
    that are true of this record only ("possible duplicate of ..."). An empty `abstract` shows
    `no_abstract` instead.
    """

    title: str = ""
    byline: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    no_abstract: str = "No abstract."

    @classmethod
    def of(cls, unit: Unit) -> RecordText:
        """Return what is shown of a unit as it was screened: the byline is not hidden."""
        f = unit.fields
        return cls(title=f.title, byline=byline(f), abstract=f.abstract, keywords=f.keywords)


@dataclass(slots=True)
class PlaceMap:
    """Where the characters of title and abstract stand in the document."""

    pieces: dict[str, list[tuple[int, int, int, str]]] = field(default_factory=dict)

    def add(self, part: str, start: int, position: int, text: str) -> None:
        """Say that `text`, which begins at character `start` of `part`, begins at `position`."""
        self.pieces.setdefault(part, []).append((start, start + len(text), position, text))

    def places(self, part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the stretches of the document that hold characters `start` to `end` of `part`."""
        pieces = self.pieces.get(part, [])
        first = max(0, bisect_right(pieces, start, key=lambda piece: piece[0]) - 1)
        for begin, stop, position, text in pieces[first:]:
            if begin >= end:
                return
            low, high = max(start, begin) - begin, min(end, stop) - begin
            if low < high:
                yield position + units(text[:low]), position + units(text[:high])


def units(text: str) -> int:
    """Count as Qt does: a character outside the basic plane is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def plain(text: str) -> str:
    """Return `text` without what a document would take for structure, of the same length."""
    return _FOREIGN.sub(" ", text)


class _Writer:
    """Writes one record, from the top."""

    def __init__(self, document: QTextDocument, look: Look, percent: int) -> None:
        self._look = look
        self._percent = percent
        self._cursor = QTextCursor(document)
        self._fresh = True
        self.map = PlaceMap()

    def block(self, step: str, colour: str, *, above: float = 0, below: float = 0) -> None:
        """Begin a paragraph of a step of the type scale."""
        look = self._look
        form = QTextBlockFormat()
        spacing = look.theme.record_spacing / 100 if step == "abstract" else 1
        height = round(look.line(step, percent=self._size(step)) * spacing)
        form.setLineHeight(height, int(QTextBlockFormat.LineHeightTypes.FixedHeight.value))
        form.setTopMargin(look.px(above))
        form.setBottomMargin(look.px(below))
        letters = QTextCharFormat()
        letters.setFont(look.font(step, percent=self._size(step)))
        letters.setForeground(look.colour(colour))
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(letters)
        else:
            self._cursor.insertBlock(form, letters)
        self._cursor.setCharFormat(letters)
        self._fresh = False

    def _size(self, step: str) -> int:
        record = self._look.theme.record_size if step in ("abstract", "title") else 100
        return round(record * self._percent / 100)

    def text(self, text: str, *, part: str = "", start: int = 0) -> None:
        """Write text that is one paragraph; a `part` is remembered with its place."""
        written = plain(text).replace("\n", " ")
        form = self._cursor.blockFormat()
        form.setLayoutDirection(direction(written))
        self._cursor.setBlockFormat(form)
        if part:
            self.map.add(part, start, self._cursor.position(), written)
        self._cursor.insertText(written)

    def paragraphs(self, abstract: str, part: Part) -> None:
        """Write the paragraphs of one part of the abstract."""
        start = part.start
        for line in abstract[part.start : part.end].split("\n"):
            if line.strip():
                self.block("abstract", "text", below=6)
                self.text(line, part="abstract", start=start)
            start += len(line) + 1

    def table(self, abstract: str, laid: tuple[Part, ...]) -> None:
        """Write the parts as a borderless table: headings in the margin."""
        look = self._look
        form = QTextTableFormat()
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setBorder(0)
        form.setCellPadding(0)
        form.setCellSpacing(0)
        form.setTopMargin(look.px(14))
        form.setBottomMargin(look.px(4))
        heading = look.px(tokens.HEADING_WIDTH * self._percent / 100)
        form.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, heading),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        table = self._cursor.insertTable(len(laid), 2, form)
        lift = (look.line("abstract", percent=self._size("abstract")) - look.line("label")) * 0.62
        for row, part in enumerate(laid):
            for column in (0, 1):
                cell = table.cellAt(row, column)
                self._cursor = cell.firstCursorPosition()
                self._fresh = True
                if column == 0:
                    self.block("label", "quiet")
                    self.text(part.heading)
                else:
                    self.paragraphs(abstract, part)
                # Last, because the format of a cell's first block overwrites the cell's.
                kept = cell.format().toTableCellFormat()
                kept.setBottomPadding(look.px(8))  # a cell ignores its last block's margin
                if column == 0:
                    kept.setTopPadding(lift)
                    kept.setRightPadding(look.px(12))
                cell.setFormat(kept)
        self._cursor = table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def end(self) -> None:
        """Leave room below, so that the last line can be read above the fade."""
        form = self._cursor.blockFormat()
        form.setBottomMargin(self._look.px(tokens.FADE))
        self._cursor.setBlockFormat(form)

    def above(self, abstract: str, laid: tuple[Part, ...]) -> None:
        """Write the parts with their headings above them."""
        for part in laid:
            if part.heading:
                self.block("label", "quiet", above=4, below=2)
                self.text(part.heading)
            self.paragraphs(abstract, part)


def direction(text: str) -> Qt.LayoutDirection:
    """Read the base direction off the first strong character."""
    kinds = () if text.isascii() else (bidirectional(letter) for letter in text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return Qt.LayoutDirection.LeftToRight if first == "L" else Qt.LayoutDirection.RightToLeft


def write_record(
    document: QTextDocument, text: RecordText, look: Look, *, narrow: bool, percent: int = 100
) -> PlaceMap:
    """Write `text` into an empty `document`; return where title and abstract went.

    `narrow` puts the headings of a structured abstract above their paragraphs.
    """
    writer = _Writer(document, look, percent)
    writer.block("title", "text", below=6 if text.byline or text.quiet else 16)
    writer.text(text.title or NO_TITLE, part="title" if text.title else "")
    small = [*(["   ·   ".join(text.byline)] if text.byline else []), *text.quiet]
    for number, line in enumerate(small, 1):
        writer.block("small", "quiet", below=16 if number == len(small) else 4)
        writer.text(line)
    laid = parts(text.abstract)
    if not laid:
        writer.block("abstract", "quiet", below=6)
        writer.text(text.no_abstract)
    elif narrow or not any(part.heading for part in laid):
        writer.above(text.abstract, laid)
    else:
        writer.table(text.abstract, laid)
    if text.keywords:
        writer.block("small", "quiet", above=12)
        writer.text("   ·   ".join(text.keywords))
    writer.end()
    return writer.map
