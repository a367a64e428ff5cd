"""What stands in the place of a form that is not open, or that can be closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.model.words import counted
from ui.answers.model import FormModel
from ui.widgets.empty import EmptyPage


class FormEnd(EmptyPage):
    """Says that there is nothing to answer, or offers to close the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # an Enter too many closes nothing

    def show_unopened(self, model: FormModel) -> None:
        """Say that the form is open for nothing."""
        self.set_texts(
            f"{model.step.words} is open for no study",
            "The coordinator opens it and gives you a newer copy. Take it in with Record, Take in "
            "a newer copy.",
        )

    def show_end(self, model: FormModel, *, can_close: bool) -> None:
        """Say how far all studies are, and offer to close the form."""
        left = len(model.studies) - model.finished()
        what = counted(len(model.studies), "study", "studies")
        unread = sum(line.unread for line in model.lines())
        warns = ""
        if unread:
            some = f"{counted(unread, 'field')} {'holds' if unread == 1 else 'hold'}"
            warns = f"{some} something that is no answer, and is not saved as one: mend it first. "
        self.set_texts(
            f"{left:,} of {what} not finished" if left else f"{what} finished",
            f"{warns}You can still look through your answers and change them. Close the form when "
            "you are sure: closing gives a code that shows later that nothing was changed.",
            action="Close it all the same" if left else "Close the form",
            second="Look through them",
        )
        self.button.setEnabled(can_close)
