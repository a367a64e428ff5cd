"""The gestures of a form: choosing by keys, special values, places, and taking back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.answers.field import FieldBlock, OpenField
from ui.answers.given import SPECIAL_KEYS
from ui.answers.model import FormModel
from ui.answers.table import TableBlock
from ui.answers.view import FormView
from ui.session.dispatch import Handlers
from ui.session.page import Page

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
            found["option-below"] = partial(self._on_step, 1)
            found["option-above"] = partial(self._on_step, -1)
        return found

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

    def _on_step(self, by: int) -> None:
        if (found := self._options()) is not None:
            found.step(by)

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
    """The same where answers are recorded, so that they can be taken back."""

    def __init__(self, model: FormModel, view: FormView, page: Page) -> None:
        super().__init__(view, page)
        self.model = model

    def and_go(self, does: Callable[[], None]) -> None:
        """Take something back, or do it again, and go to the field that is otherwise now."""
        before = self.model.everything()
        does()
        changed = self.model.first_changed(before)
        if changed is not None:
            study, cell = changed
            self.model.go_to(study)
            self.view.leave_unsaved()
            self.view.go_to(cell)
