"""The records that one search found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Batch, Progress, silent
from screener.model.words import counted
from screener.units.texts import Texts
from ui.session.session import Session
from ui.sources.fields import LineEditor, enters
from ui.sources.model import Line, RecordsModel, line_of, text_of
from ui.sources.table import RecordList
from ui.sources.view import dress
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column

_AT_ONCE = 2_000  # records that are read while the page waits
_OFTEN = 500


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
        self.back = Button("Back", kind="quiet", key="Esc")
        Column(self, margins=(20, 8, 20, 0)).add(self.list)
        self.list.opened.connect(self._on_opened)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_found)
        self.back.clicked.connect(self.left)
        follow(self, self._restyle)

    def show_batch(self, batch: Batch) -> None:
        """Show the records of an import."""
        self._batch = batch
        self.search.clear()
        self.model.show_records(Texts(), self._read)
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
        dress(header, batch.search.source, words, actions=(self.search, self.back))

    def _restyle(self) -> None:
        self.search.setFixedWidth(look_of(self).px(240))

    def _on_opened(self) -> None:
        if chosen := self._chosen():
            self.opened.emit(chosen)

    def _on_search(self, words: str) -> None:
        self.model.search(words)
        self.list.choose(0)
        self.dressed.emit()

    def _on_found(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
