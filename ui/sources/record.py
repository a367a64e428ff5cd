"""One imported record: its fields, what the file gave, and correcting it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from screener.model import FIELD_WORDS, NO_TAGS, Fields, Record, field_text
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.sources.fields import FormGrid, Label, LineEditor, TextEditor, enters
from ui.sources.view import Foot
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Row, Words, stacked

MAIN = (
    "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract",
    "keywords", "url",
)  # fmt: skip
"""The fields that are offered when a record is written by hand."""

_LONG = {"title": 2, "abstract": 8, "authors": 2, "keywords": 2}


class RecordForm(QWidget):
    """One field a row; lists are one text with semicolons between the parts."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: dict[str, str] = {}
        self.fields: dict[str, LineEditor | TextEditor] = {}
        grid = FormGrid(self, names=120)
        for name in names:
            self.fields[name] = _field(name)
            grid.add_field(Label(FIELD_WORDS[name], self.fields[name]), self.fields[name])
        grid.setRowStretch(grid.rowCount(), 1)

    def set_fields(self, fields: Fields) -> None:
        """Fill the form."""
        self._before = {name: field_text(fields, name) for name in self.fields}
        for name, text in self._before.items():
            self.fields[name].fill(text)

    def texts(self) -> dict[str, str]:
        """Return what stands in every field."""
        return {name: field.text().strip() for name, field in self.fields.items()}

    def changes(self) -> dict[str, str]:
        """Return the fields that a person changed, with their new text."""
        return {n: t for n, t in self.texts().items() if t != self._before.get(n, "").strip()}


def _field(name: str) -> LineEditor | TextEditor:
    if name in _LONG:
        return TextEditor(FIELD_WORDS[name], lines=_LONG[name], wrapped=name != "abstract")
    return LineEditor(FIELD_WORDS[name])


_WIDEST = 760
_MOST = 300  # lines as the file gave them
_LETTERS = 10_000
"""What is shown of one value; megabytes on one label would stop the window."""


class RecordView(QWidget):
    """Shows a record; a key corrects it, Ctrl+Enter saves, Escape goes back."""

    left = Signal()
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._record: Record | None = None
        self.correct = ActionButton(
            "Correct", "correct", session.keys, kind="link", does=self.begin_correction
        )
        self.back = Button("Back", kind="quiet", key="Esc", does=self.left)
        self.save = Button(
            "Save the correction", kind="filled", key="Ctrl+Return", does=self._on_save
        )
        self.cancel = Button("Give up", key="Esc")
        self.form = RecordForm(tuple(FIELD_WORDS))
        self._reading = _scroll(QWidget())
        self._stack = stacked(self._reading, self._writing_page())
        Column(self, gap=0).add(self._stack)

    def _writing_page(self) -> QWidget:
        inner = Row(margins=(tokens.MARGIN, 16, tokens.MARGIN, 16)).add((self.form, 3), 1).boxed()
        sentence = "What the source gave stays beside the correction. Semicolons part authors."
        foot = Foot(sentence, (self.cancel, self.save))
        return Column(gap=0).add((_scroll(inner), 1), foot).boxed()

    @property
    def correcting(self) -> bool:
        """Whether the fields can be written now."""
        return self._stack.currentIndex() == 1

    def show_record(self, id_: str) -> None:
        """Show one record."""
        self._record = self._session.project.sources.record(id_)
        self._stack.setCurrentIndex(0)
        self._reading.setWidget(self._sheet(self._record))
        self._reading.setFocus()
        self.dressed.emit()

    def reload(self) -> None:
        """Read the record again, unless it is being corrected."""
        if self._record is not None and not self.correcting:
            self.show_record(self._record.id)

    def dress(self, header: PageHeader) -> None:
        """Name the record in the header."""
        if self._record is None:
            return
        header.dress(f"Record {self._record.number:,}",
              "corrected" if self._record.corrected else "",
              actions=() if self.correcting else (self.correct, self.back))  # fmt: skip

    def set_busy(self, busy: bool) -> None:
        """While something is written, only reading is possible."""
        self.correct.setEnabled(not busy)
        self.save.setEnabled(not busy)

    def begin_correction(self) -> None:
        """Make the fields writable."""
        if self._record is None or not self.correct.isEnabled():
            return
        self.form.set_fields(self._record.fields)
        self._stack.setCurrentIndex(1)
        self.form.fields["title"].setFocus()
        self.dressed.emit()

    def _sheet(self, record: Record) -> QWidget:
        source = self._session.project.sources.source_fields(record.id)
        sheet = QWidget()
        grid = FormGrid(names=120, gap=24, row_gap=8)
        for name, words in FIELD_WORDS.items():
            text, given = field_text(record.fields, name), field_text(source, name)
            if not text and not given:
                continue
            step = {"title": "title", "abstract": "note"}.get(name, "body")
            _add(grid, words, text or "none", step)
            if name in record.corrected:
                _add(grid, "", f"the source gave: {given or 'nothing'}", "small", quiet=True)
        tags = self._session.project.sources.source_tags(record.id)
        if tags is None or tags:
            grid.addWidget(Words("As the file gave it", step="strong"), grid.rowCount(), 0, 1, 2)
            for tag, value in (tags or ())[:_MOST]:
                _add(grid, tag, value, "small", quiet=True)
        if tags is None:
            _add(grid, "", NO_TAGS, "small", quiet=True)
        elif len(tags) > _MOST:
            _add(grid, "", f"and {len(tags) - _MOST:,} more", "small", quiet=True)
        inner = QWidget()
        inner.setLayout(grid)
        inner.setMaximumWidth(look_of(self).px(_WIDEST))
        row = Row(sheet, margins=(tokens.MARGIN, 20, tokens.MARGIN, 20))
        row.addWidget(inner, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        return sheet

    def _on_cancel(self) -> None:
        self._stack.setCurrentIndex(0)
        self._reading.setFocus()
        self.dressed.emit()

    def _on_save(self) -> None:
        record, changes = self._record, self.form.changes()
        if record is None:
            return
        if not changes:
            self._on_cancel()
            return
        number = record.number
        saved = self._session.attempt(
            lambda: self._session.project.sources.correct(record.id, changes)
        )
        if saved is not None:
            self._session.say(f"Corrected record {number:,}", can_take_back=True)
            self.show_record(record.id)

    def leave(self) -> None:
        """Go back one step: from the correction to the record, from there to the list."""
        if self.correcting:
            self._on_cancel()
        else:
            self.left.emit()

    def unsaved(self) -> bool:
        """Say whether a correction was typed that is not saved."""
        return self.correcting and bool(self.form.changes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter; Escape is the page's."""
        if self.correcting and enters(event) and self.save.isEnabled():
            self._on_save()
        else:
            super().keyPressEvent(event)


def _add(grid: FormGrid, name: str, text: str, step: str, *, quiet: bool = False) -> None:
    kept = text if len(text) <= _LETTERS else f"{text[:_LETTERS]} …"
    colour = "quiet" if quiet else "text"
    value = Words(kept, step=step, colour=colour, wrap=True, selectable=True)
    grid.add_field(Words(name, step="small", colour="quiet"), value)


def _scroll(widget: QWidget) -> QScrollArea:
    area = ScrollArea(widget)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
    return area
