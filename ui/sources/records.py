"""The records that one search found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener import Project
from screener.model import Batch, Progress, Record, silent
from screener.model.searching import folded, words_of
from screener.model.words import counted
from screener.units.texts import Texts
from ui.session.session import Session
from ui.sources import wording
from ui.sources.fields import enters
from ui.widgets.button import Button
from ui.widgets.fields import SearchField
from ui.widgets.header import PageHeader
from ui.widgets.lists import RowList, is_letter, paint_chosen, paint_hairline, paint_words
from ui.widgets.rows import Field, Index, RowsModel
from ui.widgets.theme import look_of
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


def text_of(record: Record) -> str:
    """Return what a record of an import is found by."""
    line = line_of(record)
    return folded(f"{line.number} {line.title} {line.words}")


_FIELD: Field[Line] = Field(
    heading="Record",
    text=attrgetter("title"),
    spoken=lambda line: f"Record {line.number}: {line.title}; {line.words}",
)


class RecordsModel(RowsModel[Line]):
    """The records of one import: a title and a quiet line each, read when they are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((_FIELD,), parent)
        self._texts = Texts()
        self._read: Callable[[Sequence[str]], Sequence[Line]] = lambda _: ()

    def show_records(
        self, texts: Texts, read: Callable[[Sequence[str]], Sequence[Line]], words: str = ""
    ) -> None:
        """Show the records whose text (`text_of`) has all these words; `read` gives their lines."""
        self._texts, self._read = texts, read
        self.set_keys(self._found(words), read)

    def search(self, words: str) -> None:
        """Show only the records whose text has all these words."""
        self.set_keys(self._found(words), self._read, ())

    def _found(self, words: str) -> list[str]:
        return self._texts.holding(words_of(words))


class _RecordDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a record: its number, its title, and below it the quiet line."""
        model = index.model()
        if not isinstance(model, RecordsModel):
            return
        line = model.row(index.row())
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


class RecordList(RowList):
    """The records of one import; Enter opens one."""

    opened = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__("Records", model, parent)
        self.setItemDelegate(_RecordDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self.opened)

    def height_of_rows(self) -> int:
        """Give room for a title and a quiet line."""
        look = look_of(self)
        return look.line("note") + look.line("small") + look.px(12)

    def row(self) -> int:
        """Return the chosen row, -1 while there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Mark a row and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the page: they are its keys."""
        if is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


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
        self.search = SearchField("Search  /", "Search these records")
        self.search.setClearButtonEnabled(True)
        self.back = Button("Back", kind="quiet", key="Esc", does=self.left)
        Column(self, margins=(20, 8, 20, 0)).add(self.list)
        self.list.opened.connect(self._on_opened)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_found)

    def show_batch(self, batch: Batch) -> None:
        """Show the records of an import."""
        self._batch = batch
        self.search.clear()
        self.model.show_records(Texts(), self._read)
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        """Read the records again, many of them beside the window; the chosen one stays chosen."""
        batch = self._batch
        if batch is None:
            return
        if batch.parsed <= _AT_ONCE:
            self._show(batch, _texts(self._session.project, batch, silent))
            return
        task = self._session.start(
            lambda project, progress: _texts(project, batch, progress),
            lambda texts: self._show(batch, texts),
            writes=False,
        )
        if task is not None:
            task.cancelled.connect(self.left)

    def _show(self, batch: Batch, texts: Texts) -> None:
        if batch is not self._batch:
            return  # another import was chosen meanwhile
        chosen = self._chosen()
        self.model.show_records(texts, self._read, self.search.text())
        self.list.choose(max(0, self.model.place(chosen)))
        self.dressed.emit()

    def _read(self, uids: Sequence[str]) -> list[Line]:
        return [line_of(record) for record in self._session.project.sources.some(uids)]

    def _chosen(self) -> str:
        row = self.list.row()
        return self.model.key(row) if row >= 0 else ""

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
        if chosen := self._chosen():
            self.opened.emit(chosen)

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


def _texts(project: Project, batch: Batch, progress: Progress) -> Texts:
    def told() -> Iterator[tuple[str, str]]:
        for done, record in enumerate(project.sources.records(batch.id)):
            if done % _OFTEN == 0:
                progress(done, batch.parsed, "Reading records")
            yield record.id, text_of(record)

    return Texts(told())
