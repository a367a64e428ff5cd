"""The record: title, byline, abstract and keywords, as large and calm as a page of a book."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui.widgets import tokens
from ui.widgets.highlights import Painted, Stretch, paint_found, paint_highlights
from ui.widgets.marks import paint_fade
from ui.widgets.record_text import RecordText, write_record
from ui.widgets.theme import look_of

__all__ = ["RecordText", "RecordView"]

_NARROW = 560
_LOOSE = 160


def show_document(view: QTextEdit, document: QTextDocument) -> None:
    """Show a document in place of the one before, which goes: Qt would keep every one of them."""
    # Not by their parent: that of the first is Qt's own, and PySide looks 35 ms for its class.
    before = view.findChildren(QTextDocument, options=Qt.FindChildOption.FindDirectChildrenOnly)
    document.setParent(view)
    view.setDocument(document)
    for ours in before:
        ours.deleteLater()


class RecordView(QTextEdit):
    """Shows one record to read: plain text only, nothing is loaded and no link is followed.

    Highlights are painted under the text, never written into it. `focused` says whether the
    record has the keyboard; `column_moved` where the column of text lies (left, width), so that a
    page can line up what stands below. Keys that decide or move are left to the page.
    """

    focused = Signal(bool)
    column_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            readOnly=True,
            acceptRichText=False,
            undoRedoEnabled=False,
            tabChangesFocus=True,
            textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard,
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel, out of a note
        self._text = RecordText()
        self._title: Sequence[Stretch] = ()
        self._abstract: Sequence[Stretch] = ()
        self._elements: frozenset[str] | None = None
        self._searched: tuple[Sequence[Stretch], Sequence[Stretch]] = ((), ())
        self._painted: list[Painted] = []
        self._found: list[Painted] = []
        self.highlighted = True
        self._narrow = False
        self._column = (0, 0)
        self._percent = 100
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Record")
        look_of(self).changed.connect(self._restyle)
        self._restyle()

    def show_record(
        self,
        text: RecordText,
        *,
        title: Sequence[Stretch] = (),
        abstract: Sequence[Stretch] = (),
    ) -> None:
        """Show a record from its top, with the highlights of its title and its abstract."""
        self._text, self._title, self._abstract = text, title, abstract
        self._write()
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(text.title)

    def set_highlights(self, *, title: Sequence[Stretch], abstract: Sequence[Stretch]) -> None:
        """Highlight other words of the same record."""
        self._title, self._abstract = title, abstract
        self._find_painted()

    def set_found(self, *, title: Sequence[Stretch], abstract: Sequence[Stretch]) -> None:
        """Frame the words that were searched for, whether highlights are shown or not."""
        self._searched = title, abstract
        self._find_painted()

    def set_highlighted(self, highlighted: bool) -> None:
        """Show or hide all highlights."""
        self.highlighted = highlighted
        self.viewport().update()

    def set_elements(self, elements: frozenset[str] | None) -> None:
        """Show the highlights of these elements only; None shows all."""
        self._elements = elements
        self._find_painted()

    def set_percent(self, percent: int) -> None:
        """Set the text larger (a projector) than the page around it."""
        if percent != self._percent:
            self._percent = percent
            self._restyle()

    def selected_text(self) -> str:
        """Return the selected words as one line."""
        return " ".join(self.textCursor().selectedText().split())

    def column(self) -> tuple[int, int]:
        """Return where the column of text begins, and how wide it is."""
        return self._column

    def scroll_page(self, direction: int) -> bool:
        """Scroll one screen less two lines down (1) or up (-1); False when at the end."""
        bar = self.verticalScrollBar()
        before = bar.value()
        step = bar.pageStep() - 2 * look_of(self).line("abstract")
        bar.setValue(before + direction * max(step, look_of(self).line("abstract")))
        return bar.value() != before

    def _write(self) -> None:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)
        look = look_of(self)
        self._map = write_record(
            document, self._text, look, narrow=self._narrow, percent=self._percent
        )
        self._place_column(document)
        show_document(self, document)
        self.setCursorWidth(0)
        self._find_painted()

    def _find_painted(self) -> None:
        self._painted = [
            painted
            for painted in self._placed(self._title, self._abstract)
            if self._elements is None or painted.element in self._elements
        ]
        self._found = self._placed(*self._searched)
        self.viewport().update()

    def _placed(self, title: Sequence[Stretch], abstract: Sequence[Stretch]) -> list[Painted]:
        return [
            Painted(element=stretch.element, start=start, end=end)
            for part, stretches in (("title", title), ("abstract", abstract))
            for stretch in stretches
            for start, end in self._map.places(part, stretch.start, stretch.end)
        ]

    def _restyle(self) -> None:
        self._measure()
        self._write()

    def _measure(self) -> bool:
        """Find where the column lies; True when the headings must move."""
        px = look_of(self).px
        grow = self._percent / 100
        # The bar's room is kept while there is none: the text stands still from record to record.
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.contentsRect().width() - bar - px(8)
        width = min(room, px((tokens.READING_WIDTH + tokens.HEADING_WIDTH) * grow))
        left = (room - width) // 2 if room - width > px(_LOOSE) else 0
        narrow = width < px(_NARROW * grow)
        moved, self._narrow = narrow != self._narrow, narrow
        if self._column != (left, width):
            self._column = (left, width)
            self.column_moved.emit(left, width)
        return moved

    def _place_column(self, document: QTextDocument) -> None:
        """Give the document the margins that put its text into the column."""
        left, width = self._column
        form = QTextFrameFormat()
        form.setLeftMargin(left)
        form.setRightMargin(max(0, self.viewport().width() - left - width))
        document.rootFrame().setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column at its reading width, in the middle of a wide page."""
        super().resizeEvent(event)
        if self._measure():
            self._write()
        else:
            self._place_column(self.document())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the highlights, then the text, then the fade where there is more below."""
        look = look_of(self)
        if self.highlighted and self._painted:
            painter = QPainter(self.viewport())
            painter.translate(0, -self.verticalScrollBar().value())
            paint_highlights(painter, self.document(), self._painted, look)
            painter.end()
        if self._found:
            painter = QPainter(self.viewport())
            painter.translate(0, -self.verticalScrollBar().value())
            paint_found(painter, self.document(), self._found, look)
            painter.end()
        super().paintEvent(event)
        bar = self.verticalScrollBar()
        if bar.value() < bar.maximum() and not look.high_contrast:
            self._paint_fade()

    def _paint_fade(self) -> None:
        look = look_of(self)
        area = QRectF(self.viewport().rect())
        area.setTop(area.bottom() - look.px(tokens.FADE))
        paint_fade(QPainter(self.viewport()), area, look)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Repaint what scrolls: the fade stays where it is."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, select and copy; every other key belongs to the page."""
        key, modifiers = event.key(), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Space:
            self.scroll_page(-1 if shift else 1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not modifiers:
            self.scroll_page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers:
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        elif _selects(event, shift=shift):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the record has the keyboard."""
        super().focusInEvent(event)
        self.focused.emit(self.hasFocus())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the record lost the keyboard."""
        super().focusOutEvent(event)
        self.focused.emit(self.hasFocus())

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing, whatever the text asks for."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy as plain text."""
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take nothing in."""
        return False


def _selects(event: QKeyEvent, *, shift: bool) -> bool:
    arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
    if event.key() in arrows and shift:
        return True
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_C, Qt.Key.Key_A, Qt.Key.Key_Insert)
