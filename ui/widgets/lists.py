"""What lists of painted rows share: the list itself, and how rows are painted."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QToolTip,
    QWidget,
)

from screener.model.words import one_line
from ui.widgets import tokens
from ui.widgets.eliding import elided
from ui.widgets.theme import Look, follow, look_of

COPIES = QKeySequence.StandardKey.Copy
_CHORD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ENDS = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)


class RowList(QTableView):
    """A list without a frame whose rows a delegate paints; nothing in it is edited.

    It is a table of one column because a table knows the heights of its rows: a `QListView` asks
    for every row again after each change, which at 20,000 rows takes longer than a key may.
    """

    def __init__(
        self, name: str, model: QAbstractItemModel | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, showGrid=False, wordWrap=False)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setModel(model)
        follow(self, self.restyle)

    def height_of_rows(self) -> int:
        """Return the height of a row in pixels, as the look has it now."""
        return look_of(self).px(tokens.ROW)

    def restyle(self) -> None:
        """Take the height of rows from the look."""
        self.verticalHeader().setDefaultSectionSize(self.height_of_rows())

    def row_text(self, index: QModelIndex) -> str:
        """Return what a row says as a text to copy, its columns parted by tabs."""
        model, role = self.model(), Qt.ItemDataRole
        found = []
        for column in range(model.columnCount()):
            cell = model.index(index.row(), column)
            text = str(model.data(cell, role.DisplayRole) or "")
            bare = not text or model.columnCount() == 1  # such a row is painted, and says it all
            spoken = model.data(cell, role.AccessibleTextRole) if bare else ""
            found.append(" ".join(str(spoken or text).split()))
        return "\t".join(found)

    def copy(self) -> None:
        """Put the chosen row on the clipboard as text."""
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self.row_text(index))

    def cut(self, index: QModelIndex) -> str:
        """Return the words of a row where there is no room for all of them, else ""."""
        del index
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marked row in sight where the list becomes lower: a line may come below it."""
        before, row = event.oldSize().height(), self.visualRect(self.currentIndex())
        super().resizeEvent(event)
        if event.size().height() < before and row.bottom() > 0 and row.top() < before:
            self.scrollTo(self.currentIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole words of a row that is cut to who waits over it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self.cut(self.indexAt(event.pos()))
            QToolTip.showText(event.globalPos(), f"<p>{escape(words)}</p>" if words else "", self)
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+C before the menus do."""
        copies = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if copies and isinstance(event, QKeyEvent) and event.matches(COPIES):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row as text; a table would copy one cell of it."""
        if event.matches(COPIES):
            self.copy()
        else:
            super().keyPressEvent(event)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first or last row with Home and End; a table stays in the row."""
        if action in _ENDS:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)


def too_long(text: str, font: QFont, width: float) -> bool:
    """Say whether a line of text is cut in a width."""
    return QFontMetrics(font).horizontalAdvance(text) > int(width)


def is_letter(event: QKeyEvent) -> bool:
    """Say whether a key is a sign that is typed, and no chord."""
    text = event.text()
    return bool(text.strip()) and text.isprintable() and not event.modifiers() & _CHORD


def paint_chosen(painter: QPainter, area: QRectF, near: QWidget | QStyledItemDelegate) -> None:
    """Paint the wash with the accent bar: the selected or marked thing, everywhere."""
    look = look_of(near)
    painter.fillRect(area, look.colour("wash"))
    bar = QRectF(area.left(), area.top(), look.px(tokens.BAR), area.height())
    painter.fillRect(bar, look.colour("accent"))


def paint_hairline(painter: QPainter, area: QRectF, look: Look) -> None:
    """Paint the line between a row and the next one."""
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.colour("line"))


def paint_words(
    painter: QPainter,
    look: Look,
    area: QRectF,
    text: str,
    *,
    step: str = "body",
    colour: str = "text",
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint one line of text in the middle of an area, shortened to the room there is."""
    painter.setFont(look.font(step))
    painter.setPen(look.colour(colour))
    shown = elided(painter.fontMetrics(), one_line(text), int(area.width()))
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
