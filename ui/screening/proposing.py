"""Proposing a missing abstract, or another value of a field, to the coordinator."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from screener.model import FIELD_WORDS, UserError, field_text
from ui.screening.model import ScreeningModel
from ui.screening.sheet import Sheet
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.clamped import ClampedWords
from ui.widgets.fields import ChoiceField, PlainEditor
from ui.widgets.keycap import key_words
from ui.widgets.words import Column, Row, Words

_NOTE = (
    "After the merge the coordinator takes it or leaves it. Until it is taken the record stays as "
    "it is, and no other reviewer sees this. Semicolons part authors and keywords."
)


class ProposeCard(Card):
    """Which field, what it should say, and where that is from; Ctrl+Enter proposes it."""

    def __init__(self, model: ScreeningModel, sheet: Sheet, window: QWidget) -> None:
        super().__init__(f"Propose a correction of record {sheet.unit.number:,}", window, width=720)
        self._model, self._record = model, sheet
        self._mine = {one.field: one for one in sheet.corrections if one.record == sheet.unit.id}
        self._filled = ("", "")
        self.field = ChoiceField("Field", [*FIELD_WORDS.items()])
        first = "title" if sheet.fields.abstract else "abstract"
        self.field.set_choice(next(iter(self._mine), first))
        self.now = ClampedWords(lines=2, step="small", colour="quiet")
        self.value = PlainEditor(lines=6)
        self.value.setAccessibleName("What it should say")
        self.why = QLineEdit(placeholderText="the PDF, the publisher’s page")
        self.why.setAccessibleName("Where it is from, or why")
        self.propose = Button("Propose", kind="filled", key="Ctrl+Return", does=self.accept)
        self.body.add(
            Words(_NOTE, step="small", colour="quiet", wrap=True),
            Row(gap=0).add(_low(self.field), 1),
            _under("It should say", Column(gap=4).add(self.value, self.now).boxed()),
            _under("Where it is from, or why", self.why),
            self.said,
        )
        self.foot.add(1, self.propose)
        self.field.changed.connect(self._show_field)
        self.why.returnPressed.connect(self.accept)
        self.value.textChanged.connect(self._name_what_is_done)
        self.why.textChanged.connect(self._name_what_is_done)
        self.value.installEventFilter(self)
        self._show_field()

    def focus_first(self) -> None:
        """Begin with what the field should say."""
        self.value.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.value.selectAll()

    def accept(self) -> None:
        """Propose what is written, or take the proposal back; what is refused is said here."""
        field, value, why = self.field.choice(), self.value.toPlainText(), self.why.text()
        try:
            if not value.strip() and field not in self._mine:
                raise UserError("Write what the field should say.")
            self._model.propose_correction(self._record, field, value, why)
        except UserError as error:
            self.refuse(error)
            return
        self.close_card()

    def typed(self) -> bool:
        """Whether something is written that is not proposed."""
        return (self.value.toPlainText(), self.why.text()) != self._filled

    def not_kept(self, again: str = "again ") -> str:
        """Say what keeps it, too."""
        key = key_words(self.propose.key)
        return f"This is not proposed yet: {key} proposes it, Esc {again}gives it up."

    def _name_what_is_done(self) -> None:
        empty = not self.value.toPlainText().strip()
        back = empty and self.field.choice() in self._mine
        self.propose.setText("Take the proposal back" if back else "Propose")

    def _show_field(self) -> None:
        """Show the field that is chosen; words that were typed stay, it was the wrong field."""
        name = self.field.choice()
        mine, now = self._mine.get(name), field_text(self._record.fields, name)
        back = ". Without words here the proposal is taken back." if mine else ""
        self.now.setText(f"Now: {now or 'nothing'}{back}")
        if not self.typed():
            self._filled = (mine.value, "".join(mine.why)) if mine else (now, "")
            with QSignalBlocker(self.value), QSignalBlocker(self.why):
                self.value.setPlainText(self._filled[0])
                self.why.setText(self._filled[1])
        self._name_what_is_done()
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the text proposes it."""
        if (
            watched is self.value
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.accept()
            return True
        return super().eventFilter(watched, event)


def _low(field: ChoiceField) -> ChoiceField:
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return field


def _under(name: str, field: QWidget) -> QWidget:
    return Column(gap=4).add(Words(name, step="small", colour="quiet"), field).boxed()
