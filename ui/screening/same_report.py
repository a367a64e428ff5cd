"""Naming the other record of the same report: a search and a short list in place of the buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Unit
from screener.model.words import byline, short_name
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.lists import is_letter
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, ElidedWords, Row, Words, announce, stacked

_ROWS, _FEW_ROWS = 4, 2
_BESIDE = 400
"""What the rest of the page needs beside the list."""
_LOW = 360
"""Pages lower than this show one row, and less about it."""
_NOTE = "The coordinator joins them. Decide here all the same."
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def _number(unit: Unit) -> str:
    return wording.number(unit.number)


def _who_and_when(unit: Unit) -> str:
    first = short_name(unit.fields.authors[0]) if unit.fields.authors else ""
    return "  ·  ".join(part for part in (first, str(unit.fields.year or "")) if part)


def _more(unit: Unit) -> str:
    sources = dict.fromkeys(s.source for s in unit.sources)
    parts = [*byline(unit.fields), unit.fields.doi, *sources]
    return "  ·  ".join(part for part in parts if part)


class SameReport(QWidget):
    """Offers the likeliest records, or those that hold what is typed; never records anything.

    `chosen` carries the id of the unit that Enter takes: to propose it, or to take the proposal
    back when it is the one proposed. The keyboard stays in the field; arrows move in the list.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, model: ScreeningModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._units: list[Unit] = []
        self._height = 0
        self._shown_rows = _FEW_ROWS
        self._heading = Words("Same report as", step="strong")
        self.field = QLineEdit(placeholderText="Number, words of the title, author")
        self.field.setAccessibleName("Same report as: record number, words of a title, author")
        self.rows: RowsModel[Unit] = RowsModel(
            (
                Field(heading="Record", text=_number, colour="quiet", width=72),
                Field(heading="Title", text=lambda unit: unit.title),
                Field(heading="Author and year", text=_who_and_when, colour="quiet", width=176),
            ),
            self,
        )
        self.table = RowTable("Records that may be the same report")
        self.table.horizontalHeader().hide()
        self.table.setModel(self.rows)
        self._nothing = Words(step="small", colour="quiet", wrap=True)
        self._found = stacked(self.table, self._nothing)
        self._full = Words(step="small", wrap=True)
        self._more = ElidedWords(step="small", colour="quiet")
        self.take = Button("Propose", key="Enter", does=self._on_taken)
        self.leave = Button("Back to the record", kind="quiet", key="Esc", does=self.left)
        self._note = ElidedWords(step="small", colour="quiet")
        Column(self, gap=tokens.GAP).add(
            Row(gap=tokens.GAP_OUT).add(self._heading, (self.field, 1), self.take, self.leave),
            self._found,
            self._full,
            self._more,
            self._note,
        )
        self.field.textChanged.connect(self._on_typed)
        self.table.row_changed.connect(self._show_marked)
        self.table.opened.connect(self._on_taken)
        for widget in (self.field, self.table):
            widget.installEventFilter(self)
        follow(self, self._restyle)
        self.hide()

    @property
    def open(self) -> bool:
        """Whether the other record is being looked for."""
        return not self.isHidden()

    def set_room(self, height: int) -> None:
        """Show fewer rows on a page that is low."""
        self._height = height
        self._restyle()

    def open_panel(self) -> None:
        """Look for the other record of the one on the screen, the likeliest first."""
        with QSignalBlocker(self.field):
            self.field.clear()
        self.show()
        self._on_typed("")
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_typed(self, text: str) -> None:
        sheet, session = self._model.sheet, self._model.session
        if sheet is None or session.busy:
            return
        if text.strip():
            proposals = session.project.screening.proposals
            found = [u for u in proposals.units_holding(text) if u.id != sheet.unit.id]
            self._show_found(found, f"No other record holds “{text.strip()}”.")
        else:
            unit = sheet.unit.id
            self._show_found([], "Looking for titles like this one.")
            session.look(
                lambda project: project.screening.proposals.likely_duplicates(unit),
                partial(self._on_likely, unit),
            )

    def _on_likely(self, unit: str, found: list[Unit]) -> None:
        sheet = self._model.sheet
        if sheet is None or sheet.unit.id != unit or self.field.text().strip() or not self.open:
            return  # it is no longer asked for
        if sheet.proposed is not None:
            found = [sheet.proposed, *(u for u in found if u.id != sheet.proposed.id)]
        self._show_found(found, "No other title is like this one. Search for the record.")

    def _show_found(self, found: list[Unit], nothing: str) -> None:
        self._units = found
        self.rows.set_rows(found)
        self._nothing.setText(nothing)
        self._found.setCurrentWidget(self.table if found else self._nothing)
        self.table.choose(0)
        self._show_marked()

    def _marked(self) -> Unit | None:
        place = self.table.current()
        return self._units[place] if 0 <= place < len(self._units) else None

    def _show_marked(self) -> None:
        unit, sheet = self._marked(), self._model.sheet
        proposed = sheet.proposed if sheet is not None else None
        back = unit is not None and proposed is not None and unit.id == proposed.id
        self.take.setText("Take the proposal back" if back else "Propose")
        self.take.setEnabled(unit is not None)
        self._note.setText("" if back else _NOTE)
        self._full.setText(unit.title if unit is not None else "")
        self._more.setText(_more(unit) if unit is not None else "")
        if unit is not None:
            announce(self, f"{_number(unit)}, {unit.title}, {_who_and_when(unit)}")

    def _on_taken(self) -> None:
        unit = self._marked()
        if unit is not None:
            self.chosen.emit(unit.id)

    def _restyle(self) -> None:
        look = look_of(self)
        low = self._height < look.px(_LOW)
        room = (self._height - look.px(_BESIDE)) // look.px(tokens.ROW)
        self._shown_rows = 1 if low else max(_FEW_ROWS, min(_ROWS, room))
        for spared in (self._heading, self._more, self._note):
            spared.setVisible(not low)
        self._found.setFixedHeight(self._shown_rows * look.px(tokens.ROW))
        # Room for a title of two lines, so that nothing moves from one record to the next.
        self._full.setMinimumHeight((1 if low else 2) * look.line("small"))
        self._full.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves; in the field Enter takes the marked record and arrows mark another.

        Letters go into the field from the table too.
        """
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if watched is self.field:
            return self._on_field_key(event)
        if is_letter(event):  # what is searched for, typed where the keyboard is
            self.field.setFocus()
            self.field.setText(self.field.text() + event.text().strip("/"))
            return True
        return super().eventFilter(watched, event)

    def _on_field_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_taken()
            return True
        if event.key() in _MOVES:
            page = max(1, self._shown_rows - 1) if event.key() in _MOVES[2:] else 1
            by = -page if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else page
            self.table.step(by)
            return True
        return False
