"""One question of the form: quiet, its label and its answer; in focus, large and to be answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from screener.answers.sheet import Cell
from screener.model import AnswerState, Origin, Question, special_values
from ui.answers.given import (
    SPECIAL_KEYS,
    Choice,
    Given,
    as_typed,
    beginning,
    choices,
    chosen_ids,
    is_chosen,
    read_cell,
    shown,
    toggled,
    typed_text,
    unit_words,
)
from ui.answers.option import Options, digit
from ui.answers.place import PlaceFields
from ui.answers.shown import ShownForm
from ui.session.keys import ActionButton, Keys
from ui.widgets.fields import PlainEditor
from ui.widgets.lists import paint_chosen
from ui.widgets.theme import Sized, follow
from ui.widgets.words import Column, Row, Words
from ui.widgets.wrapped import Wrapped

LABEL, EDGE = 120, 28
"""The width of the labels of quiet fields, and the room at the left of every field."""
PAUSE = 800
"""Milliseconds without a key before what is typed is kept, so that a crash does not lose it."""
_TO_ANSWER, _OPTIONAL = "to answer", "optional"


class OpenField(QWidget):
    """The field in focus: its label, help, options or editor, and what is wrong with it.

    `changed` says that something else stands in it.
    """

    changed = Signal()
    answered = Signal()
    """A key or a click chose the one option that is the answer."""

    def __init__(
        self, question: Question, given: Given, keys: Keys, parent: QWidget, remark: str = ""
    ) -> None:
        super().__init__(parent)
        self.question = question
        self._given = given
        self.options: Options | None = None
        self.editor: QLineEdit | QPlainTextEdit | None = None
        self.place = PlaceFields(question.words, typed=not is_chosen(question), parent=self)
        self.place.setVisible(given.placed)
        self._warn = Words(step="small", colour="warn", wrap=True)
        label = f"{question.code}  {question.words}" if question.code else question.words
        self._column = Column(self, gap=6, margins=(EDGE, 10, 20, 12)).add(
            Words(label, step="page", wrap=True)
        )
        if question.help:
            self._column.add(Words(question.help, step="small", colour="quiet", wrap=True))
        self._build(keys)
        if remark:
            self._column.add(Words(remark, step="small", colour="quiet", wrap=True))
        self._column.add(self._warn, self.place)
        for field in self.place.typed():
            field.textEdited.connect(self.changed)
        self.show_wrong("")
        self.show_given(given)

    def _build(self, keys: Keys) -> None:
        question = self.question
        if is_chosen(question):
            self.options = Options(question.words)
            self.options.chosen.connect(self._on_chosen)
            self._column.add(self.options)
            return
        long_ = question.type == "long-text"
        editor = PlainEditor(lines=4) if long_ else QLineEdit()
        editor.setAccessibleName(question.words)
        editor.textChanged.connect(self._on_typed)
        self.editor = editor
        if question.units:
            words = Words(unit_words(question), step="small", colour="quiet")
            self._column.add(Row(gap=12).add((editor, 1), words))
        else:
            self._column.add(editor)
        offered = [a for a, s in SPECIAL_KEYS.items() if s in special_values(question)]
        beside = Wrapped(gap=20, row_gap=2)
        buttons = []
        for action in offered:
            state = SPECIAL_KEYS[action]
            option = question.option(str(state))
            button = ActionButton(option.words if option else state.words, action, keys)
            button.set_low(key_first=True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFocusProxy(editor)
            button.chose.connect(self._on_special)
            buttons.append(button)
        beside.set_widgets(buttons)
        if offered:
            self._column.add(beside)

    # --- what stands in it -------------------------------------------------------------------

    def given(self) -> Given:
        """Return what stands in the field now."""
        return self.place.added_to(self._given)

    def show_given(self, given: Given) -> None:
        """Show what stands in the field."""
        self._given = given
        self.place.show_given(given)
        if self.options is not None:
            self.options.set_choices(self.offered())
            self.options.show_chosen(chosen_ids(given))
        elif self.editor is not None:
            self._write(typed_text(self.question, given))

    def _write(self, text: str) -> None:
        if isinstance(self.editor, QPlainTextEdit) and self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
        elif isinstance(self.editor, QLineEdit) and self.editor.text() != text:
            self.editor.setText(text)

    def _text(self) -> str:
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text() if self.editor is not None else ""

    def _on_typed(self) -> None:
        self._given = read_cell(self.question, self._text(), self._given)
        self.changed.emit()

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong with what stands there, or nothing."""
        self._warn.show_text(sentence)

    # --- choosing ----------------------------------------------------------------------------

    def offered(self) -> list[Choice]:
        """Return what can be chosen."""
        return choices(self.question, self._given)

    @property
    def warns(self) -> bool:
        """Whether it says that something is wrong with what stands there, or missing."""
        return bool(self._warn.text())

    def choose(self, id_: str) -> None:
        """Choose an option by its id, or give it up where it is chosen."""
        choice = next((one for one in self.offered() if one.id == id_), None)
        if choice is None or self.options is None:
            return
        self._given = toggled(self.question, self._given, choice)
        self.options.show_chosen(chosen_ids(self._given))
        self.changed.emit()

    def _on_chosen(self, id_: str) -> None:
        self.choose(id_)
        if self.question.type != "choices" and not self._given.blank:
            self.answered.emit()

    def _on_special(self, action: str) -> None:
        self.give_special(SPECIAL_KEYS[action])

    def press(self, sign: str) -> None:
        """Choose the option of a digit, or the one that alone begins with a letter."""
        if (found := self._named(sign)) is not None:
            self._on_chosen(found.id)

    def _named(self, sign: str) -> Choice | None:
        found = next((one for one in self.offered() if digit(one.number) == sign), None)
        return beginning(self.offered(), sign) if found is None and sign.isalpha() else found

    def move_mark(self, by: int) -> None:
        """Let the mark of arrows stand on the option below (1) or above (-1); answers nothing."""
        if self.options is not None:
            self.options.move_mark(by)

    def take_marked(self, *, toggles: bool = False) -> None:
        """Choose the option that arrows stand on; `toggles` gives up one that is chosen."""
        options = self.options
        if options is None or not options.marked:
            return
        chosen = options.marked in chosen_ids(self._given)
        if toggles or not (chosen or options.taken):
            options.taken = True
            self._on_chosen(options.marked)

    def stands(self, sign: str) -> bool:
        """Say whether the option of a digit or a letter is chosen, so that it gives it up."""
        found = self._named(sign)
        return found is not None and found.id in chosen_ids(self._given)

    def give_special(self, state: AnswerState) -> None:
        """Answer with a special value; given again it is given up."""
        if state not in special_values(self.question):
            return
        if self.options is not None:
            self.choose(str(state))
            return
        given_up = self._given.state == state
        value = str(AnswerState.VALUE if given_up else state)
        self.show_given(replace(self._given, text="", unit="", state=value))
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()
        self.changed.emit()

    # --- the keyboard ------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        """Return what Tab comes to within the field."""
        first: QWidget | None = self.options or self.editor
        found = [first] if first is not None else []
        return found + (self.place.stops() if not self.place.isHidden() else [])

    def takes_keys(self) -> list[QWidget]:
        """Return everything in it that can have the keyboard."""
        first: QWidget | None = self.options or self.editor
        return [*([first] if first is not None else []), *self.place.stops()]

    def select(self) -> None:
        """Select what is typed on one line, so that typing replaces it."""
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()

    def show_place(self, *, note: bool = False) -> None:
        """Open page, quote and note, and go there."""
        self.place.show()
        field = self.place.note if note else self.place.page
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash and the accent bar: the one thing in focus."""
        paint_chosen(QPainter(self), QRectF(self.rect()), self)


class QuietField(QWidget):
    """A question that is not in focus: its label, its answer, and where that is from."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        label = Words(question.words, step="small", colour="quiet", wrap=True)
        Sized(label, width=LABEL)
        self._value = Words(wrap=True)
        self._place = Words(step="small", colour="quiet", wrap=True)
        self._warn = Words(step="small", colour="warn", wrap=True)
        right = Column(gap=0).add(self._value, self._place, self._warn, 1)
        top = Qt.AlignmentFlag.AlignTop
        Row(self, gap=16, margins=(EDGE, 3, 20, 3)).add((label, top), (right, 1))

    def show_given(self, given: Given, wrong: str, *, wanted: bool) -> None:
        """Show an answer, or that there is none, which may be `wanted`."""
        words = shown(self._question, given) if not wrong else as_typed(given)
        self._value.set_look(colour="text" if words else "quiet")
        self._value.setText(words or (_TO_ANSWER if wanted else _OPTIONAL))
        page = f"p. {given.page}" if given.page else ""
        quote = f"“{given.quote}”" if given.quote else ""
        place = ": ".join(part for part in (page, quote) if part)
        origin = Origin(given.origin).words if given.origin else ""
        self._place.show_text("\n".join(p for p in (place, origin, given.note) if p))
        self._warn.show_text(wrong)
        self.setAccessibleName(f"{self._question.words}: {self._value.text()}")


class FieldBlock(QWidget):
    """One question in the column of the form, quiet or in focus."""

    opened = Signal()
    """It was clicked, and wants to be in focus."""

    def __init__(self, question: Question, model: ShownForm, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self._model = model
        self._quiet = QuietField(question, self)
        self.open_field: OpenField | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_begun)
        self._column = Column(self, gap=0).add(self._quiet)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self, self.updateGeometry)

    def show_saved(self) -> None:
        """Show what is saved; what stands in a field in focus is left alone."""
        id_ = self.question.id
        wanted = self._model.form.wants(self.question)
        self._quiet.show_given(self._model.given(id_), self._model.wrong(id_), wanted=wanted)

    def enter(self, *, at_end: bool = False) -> None:
        """Be the field in focus; `at_end` says from where one came, which is the same here."""
        del at_end
        id_ = self.question.id
        given = self._model.given(id_)
        keys, remark = self._model.session.keys, self._model.remark
        self.open_field = OpenField(self.question, given, keys, self, remark)
        self.open_field.show_wrong(self._model.wrong(id_))
        self.open_field.changed.connect(self._on_changed)
        self._quiet.hide()
        self._column.addWidget(self.open_field)
        self.open_field.show()

    def _on_changed(self) -> None:
        """Take a warning away once it is mended; keep what is typed, after a pause."""
        self._pause.start()
        field = self.open_field
        if (
            field is not None
            and field.warns
            and not self._model.refusal(self.question, field.given())
        ):
            field.show_wrong("")

    def _keep_begun(self) -> None:
        if self.open_field is not None:
            self._model.begin(self.question, self.open_field.given())

    def remind(self, sentence: str) -> None:
        """Say beside the field what is asked of it."""
        if self.open_field is not None:
            self.open_field.show_wrong(sentence)

    def save(self) -> None:
        """Save what stands in the field; what is no answer stays there."""
        self._pause.stop()
        if self.open_field is not None:
            self.open_field.show_wrong(self._model.put(self.question, self.open_field.given()))

    def reset(self) -> bool:
        """Give up what is chosen or typed since it came into focus; says whether anything was."""
        before = self._model.given(self.question.id)
        if self.open_field is None or self.open_field.given() == before:
            return False
        self.open_field.show_given(before)
        self.open_field.show_wrong(self._model.wrong(self.question.id))
        self._keep_begun()
        return True

    def stops(self) -> list[QWidget]:
        """Return what Tab comes to."""
        return self.open_field.stops() if self.open_field is not None else []

    def step(self, *, forward: bool) -> bool:
        """Say that Tab finds nothing more here."""
        del forward
        return False

    def section(self) -> str:
        """Return the section it is in."""
        return self.question.section

    def cell(self) -> Cell:
        """Return what it asks for."""
        return self.question.id, ""

    def cells(self) -> list[Cell]:
        """Return what it asks for now."""
        return [self.cell()] if self.asked() else []

    def asked(self) -> bool:
        """Whether it is asked now."""
        return self._model.sheet.asks(self.question)

    def leave(self) -> None:
        """Be quiet again."""
        if self.open_field is not None:
            self._column.removeWidget(self.open_field)
            self._quiet.show()
            self.open_field.hide()
            self.open_field.deleteLater()
            self.open_field = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Come into focus."""
        if self.open_field is None:
            self.opened.emit()
        else:
            super().mousePressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Words wrap."""
        return QSize(0, super().minimumSizeHint().height())
