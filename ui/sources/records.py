"""The records that one search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener import Project
from screener.model import Batch, Progress, Record, silent
from screener.model.words import counted
from ui.session.session import Session
from ui.sources import wording
from ui.sources.fields import LineEditor, enters
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.lists import paint_chosen, paint_hairline, paint_words
from ui.widgets.tables import Field, Index, RowsModel
from ui.widgets.theme import Sized, follow, look_of
from ui.widgets.words import Column

_PAD = 12
_AT_ONCE = 2_000  # records that are read while the page waits
_OFTEN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record in a list: its id, its number, its title, and a quiet line."""

    id: str
    number: int
    title: str
    words: str


def line_of(record: Record) -> Line:
    """Return how a record stands in a list."""
    return Line(
        id=record.id,
        number=record.number,
        title=record.fields.title or "no title",
        words=wording.byline(record.fields) or "nothing else is known",
    )


_FIELD: Field[Line] = Field(
    heading="Record",
    text=lambda line: line.title,
    spoken=lambda line: f"Record {line.number}: {line.title}; {line.words}",
)


class RecordsModel(RowsModel[Line]):
    """The records of one import: a title and a quiet line each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((_FIELD,), parent)
        self._all: tuple[Line, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._words = ""

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these records."""
        self._all = tuple(lines)
        self.search(self._words)

    def search(self, words: str) -> None:
        """Show only records whose title or quiet line has all these words."""
        self._words = words
        wanted = words.casefold().split()
        self._lines = tuple(
            line
            for line in self._all
            if all(word in f"{line.number} {line.title} {line.words}".casefold() for word in wanted)
        )
        self.set_rows(self._lines)

    def line(self, row: int) -> Line | None:
        """Return the record of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, record: str) -> int:
        """Return the row of a record, -1 when it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.id == record), -1)


class _RecordDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give room for a title and a quiet line."""
        look = look_of(self)
        return QSize(0, look.line("note") + look.line("small") + look.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a record: its number, its title, and below it the quiet line."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, RecordsModel) else None
        if line is None:
            return
        look, area = look_of(self), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, area, self)
        paint_hairline(painter, area, look)
        pad, number = look.px(_PAD), look.px(56)
        top = QRectF(area.left() + pad, area.top() + look.px(5), number, look.line("note"))
        painter.setLayoutDirection(option.direction)
        paint_words(painter, look, top, f"{line.number:,}", step="small", colour="quiet")
        left, room = top.right(), area.right() - pad - top.right()
        quiet = QRectF(left, top.bottom(), room, look.line("small"))
        paint_words(painter, look, quiet, line.words, step="small", colour="quiet")
        title = QRectF(left, top.top(), room, top.height())
        paint_words(painter, look, title, line.title, step="note")


class RecordList(QListView):
    """The records of one import; Enter opens one."""

    opened = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_RecordDelegate(self))
        self.setAccessibleName("Records")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self.opened)
        follow(self, self.doItemsLayout)

    def row(self) -> int:
        """Return the chosen row, -1 while there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Mark a row and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the page."""


class RecordsView(QWidget):
    """A list with a search; `opened` carries a record's id, `left` goes back to the searches."""

    opened = Signal(str)
    left = Signal()
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._batch: Batch | None = None
        self.model = RecordsModel(self)
        self.list = RecordList(self.model)
        self.search = LineEditor("Search these records", hint="Search  /")
        self.search.setClearButtonEnabled(True)
        self.back = Button("Back", kind="quiet", key="Esc", does=self.left)
        Column(self, margins=(20, 8, 20, 0)).add(self.list)
        self.list.opened.connect(self._on_opened)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_found)
        Sized(self.search, width=240)

    def show_batch(self, batch: Batch) -> None:
        """Show the records of an import."""
        self._batch = batch
        self.search.clear()
        self.model.set_lines(())
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        """Read the records again, many of them beside the window; the chosen one stays chosen."""
        batch = self._batch
        if batch is None:
            return
        if batch.parsed <= _AT_ONCE:
            self._show(batch, _lines(self._session.project, batch, silent))
            return
        task = self._session.start(
            lambda project, progress: _lines(project, batch, progress),
            lambda lines: self._show(batch, lines),
        )
        if task is not None:
            task.cancelled.connect(self.left)

    def _show(self, batch: Batch, lines: list[Line]) -> None:
        if batch is not self._batch:
            return  # another import was chosen meanwhile
        line = self.model.line(self.list.row())
        self.model.set_lines(lines)
        self.list.choose(max(0, self.model.row_of(line.id)) if line is not None else 0)
        self.dressed.emit()

    def dress(self, header: PageHeader) -> None:
        """Name the search and count its records in the header."""
        batch = self._batch
        if batch is None:
            return
        shown, whole = self.model.rowCount(), batch.parsed
        all_ = counted(whole, "record")
        words = all_ if shown == whole else f"{shown:,} of {all_}"
        header.dress(batch.search.source, words, actions=(self.search, self.back))

    def _on_opened(self) -> None:
        line = self.model.line(self.list.row())
        if line is not None:
            self.opened.emit(line.id)

    def _on_search(self, words: str) -> None:
        self.model.search(words)
        self.list.choose(0)
        self.dressed.emit()

    def _on_found(self) -> None:
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the other keys are the page's."""
        if enters(event):
            self._on_opened()
        else:
            super().keyPressEvent(event)


def _lines(project: Project, batch: Batch, progress: Progress) -> list[Line]:
    lines: list[Line] = []
    for record in project.sources.records(batch.id):
        if len(lines) % _OFTEN == 0:
            progress(len(lines), batch.parsed, "Reading records")
        lines.append(line_of(record))
    return lines
