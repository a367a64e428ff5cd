"""The gestures of a form: choosing by keys, special values, places, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from screener.answers.sheet import Cell
from ui.answers.field import FieldBlock, OpenField
from ui.answers.finding import FindField
from ui.answers.given import SPECIAL_KEYS, Given
from ui.answers.grid import CellEditor
from ui.answers.model import FormModel
from ui.answers.option import Options
from ui.answers.table import TableBlock
from ui.answers.view import FormView
from ui.session.dispatch import ANSWER, Handlers
from ui.session.page import Page
from ui.widgets.keycap import key_words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "1234567890"


class Gestures(QObject):
    """Does on the field in focus what the keys of a form mean."""

    def __init__(self, view: FormView, page: Page) -> None:
        super().__init__(page)
        self.view, self._page = view, page

    def handlers(self) -> Handlers:
        """Return what the keys do now; digits and letters only where options have the keyboard."""
        found: dict[str, Callable[[], object]] = {
            "answer-place": self._on_place,
            "answer-note": partial(self._on_place, note=True),
            "section-below": partial(self.view.step_section, forward=True),
            "section-above": partial(self.view.step_section, forward=False),
        }
        for id_ in SPECIAL_KEYS:
            found[id_] = partial(self._on_special, id_)
        if self._options() is not None:
            found |= {f"option-{sign}": partial(self._on_sign, sign) for sign in _DIGITS}
            found |= {f"begins-with-{sign}": partial(self._on_sign, sign) for sign in _LETTERS}
            found["option-below"] = partial(self._on_mark, 1)
            found["option-above"] = partial(self._on_mark, -1)
            found["take-option"] = self._on_take
        focus = self._page.window().focusWidget()
        if self._leaves_with_enter(focus):
            found["enter-field"] = self._on_enter
            found["next-field"] = self.view.go_on
            found["field-before"] = partial(self.view.go_on, forward=False)
        if isinstance(self.view.current, TableBlock):
            found["remove-row"] = self.view.current.remove_row
            if self.view.current.name_refused:
                found["leave"] = self.view.current.give_up_name
        return found

    def _leaves_with_enter(self, focus: QWidget | None) -> bool:
        """Say whether Enter goes on from here: not in several lines, nor in a cell of a table."""
        block = self.view.current
        one_line = isinstance(focus, Options | QLineEdit) and not isinstance(focus, CellEditor)
        inside = block is not None and focus is not None and block.isAncestorOf(focus)
        return one_line and inside

    def _open(self) -> OpenField | TableBlock | None:
        block = self.view.current
        return block.open_field if isinstance(block, FieldBlock) else block

    def _options(self) -> OpenField | None:
        """Return the field in focus where its options have the keyboard."""
        found, focus = self._open(), self._page.window().focusWidget()
        if isinstance(found, OpenField) and found.options is not None and focus is found.options:
            return found
        return None

    def _on_sign(self, sign: str) -> None:
        if (found := self._options()) is not None:
            found.press(sign)

    def stands(self, action: str) -> bool:
        """Say whether the option that a key means is chosen."""
        found, (id_, _, sign) = self._options(), action.rpartition("-")
        return id_ in ("option", "begins-with") and found is not None and found.stands(sign)

    def _on_mark(self, by: int) -> None:
        if (found := self._options()) is not None:
            found.move_mark(by)
            self.view.touch()

    def _on_take(self) -> None:
        if (found := self._options()) is not None:
            found.take_marked(toggles=True)

    def _on_enter(self) -> None:
        """Take the option that is marked, and go on, where the answer did not go on by itself."""
        block, found = self.view.current, self._options()
        if found is not None:
            found.take_marked()
        if self.view.current is block and not self.view.stays():
            self.view.go_on()

    def _on_special(self, action: str) -> None:
        if (found := self._open()) is not None:
            found.give_special(SPECIAL_KEYS[action])

    def _on_place(self, *, note: bool = False) -> None:
        if (found := self._open()) is not None:
            found.show_place(note=note)

    def undo(self) -> None:
        """Undo what is being typed, else take back what was saved last."""
        focus = self._page.window().focusWidget()
        text = focus.document() if isinstance(focus, QPlainTextEdit) else focus
        typed = isinstance(text, QLineEdit | QTextDocument) and text.isUndoAvailable()
        if typed and isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.undo()
        elif self.view.current is None or not self.view.current.reset():
            self._page.take_back()

    def redo(self) -> None:
        """Do again what was undone of the typing, else what was taken back."""
        focus = self._page.window().focusWidget()
        text = focus.document() if isinstance(focus, QPlainTextEdit) else focus
        typed = isinstance(text, QLineEdit | QTextDocument) and text.isRedoAvailable()
        if typed and isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.redo()
        else:
            self._page.repeat()


class RecordedGestures(Gestures):
    """The same where answers are recorded, of one study after the other, and can be taken back."""

    ended = Signal()
    """The last study that was not finished is left."""

    def __init__(self, model: FormModel, view: FormView, page: Page) -> None:
        super().__init__(view, page)
        self.model = model
        self._told: tuple[str, Cell, Given] | None = None
        self._told_at = 0.0

    def handlers(self) -> Handlers:
        """Return what the keys do now; a sign that is typed searches nothing."""
        found = {**super().handlers(), "next-open": self.next_open, "find": self.find}
        if not isinstance(self._page.window().focusWidget(), QLineEdit | QPlainTextEdit):
            found["find-field"] = self.find
        return found

    def next_open(self) -> None:
        """Go to the next field that is to be answered, or say that there is none."""
        if not self.view.go_to_open():
            self.model.session.remarked.emit("Everything that is required is answered here")

    def next_study(self) -> None:
        """Go to the next study; where something is to answer, say so beside it first, once."""
        self.view.save()
        model = self.model
        cells = model.open_cells() if model.can_answer else []
        if cells and not self._was_told(cells[0]):
            sentence = self._to_answer(cells)
            self.view.go_to(cells[0])
            self.view.let_type()
            self.view.remind(sentence)
            model.session.remarked.emit(f"{self._words(cells[0])}: {sentence}")
            return
        following = model.after() if model.can_answer else model.beside(1)
        if following:
            model.go_to(following)
            self._page.focus_first()
        elif model.can_answer:
            self.ended.emit()

    def _was_told(self, cell: Cell) -> bool:
        """Say whether this was said of what stands in a field; a key that bounces is no answer."""
        asks = (self.model.current, cell, self.model.given(*cell))
        now = self._page.dispatch.clock()
        gap = ANSWER if self.model.session.preferences.current.moment else 0
        told = self._told == asks and now - self._told_at >= gap
        self._told, self._told_at = asks, now
        return told

    def _to_answer(self, cells: Sequence[Cell]) -> str:
        more = len({id_ for id_, _ in cells} - {cells[0][0]})
        others = f", and {more} more" if more else ""
        wrong = self.model.wrong(*cells[0])
        said = f"{wrong.rstrip('.')}{others}." if wrong else f"This is to answer{others}."
        keys = key_words(self.model.session.keys.first("next-study"))
        return f"{said} {keys} again goes to the next study all the same."

    def _words(self, cell: Cell) -> str:
        question = self.model.form.question(cell[0])
        return question.words if question else cell[0]

    def find(self) -> None:
        """Ask for words of a field, and go to it."""
        self.view.save()
        FindField(self.model, self.view, self._page.window()).open()

    def and_go(self, does: Callable[[], None]) -> None:
        """Take something back, or do it again, and go to the field that is otherwise now."""
        before = self.model.everything()
        does()
        changed = self.model.first_changed(before)
        if changed is not None:
            study, cell = changed
            self.model.go_to(study)
            self.view.leave_unsaved()
            self.model.bring_back(cell)
            self.view.go_to(cell)
