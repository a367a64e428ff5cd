"""A form as reviewers see it, to be tried: the real view, whose answers go nowhere."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from screener.answers.form import Form
from screener.model import When
from screener.model.words import listed
from ui.answers.field import EDGE
from ui.answers.tried import TriedForm
from ui.answers.view import FormView
from ui.forms.words import NEW
from ui.session.session import Session
from ui.widgets.words import Column, Row, Surface, Words

_PAUSE = 120


class Preview(Surface):
    """Shows a form and follows it; it never takes the keyboard by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._model = TriedForm(session, self)
        self.view = FormView(self._model)
        self._form: Form | None = None
        self._field = ""
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.follow)
        self._about = Words(step="small", colour="quiet", wrap=True)
        self._about.setText("As reviewers see it. Try it: what you answer here goes nowhere.")
        self._waits = Words(step="small", colour="text", wrap=True)
        said = Column(gap=4).add(self._about, self._waits)
        about = Row(gap=0, margins=(EDGE, 12, 20, 4)).add((said, 1)).boxed()
        Column(self, gap=0).add(about, (self.view, 1))
        self._model.counted.connect(self._on_counted)

    @property
    def has_keyboard(self) -> bool:
        """Whether something in it has the keyboard."""
        return self.view.isAncestorOf(self.window().focusWidget())

    def show_form(self, form: Form, field: str = "") -> None:
        """Show a form soon, and a field of it as it is answered."""
        named = (replace(one, words=one.words.strip() or NEW) for one in form.questions)
        self._form, self._field = replace(form, questions=tuple(named)), field
        self._soon.start()

    def follow(self) -> None:
        """Show it now."""
        self._soon.stop()
        if self._form is None or not self.isVisible() or self.has_keyboard:
            return
        self._model.show_form(self._form)
        self.view.refresh()
        first = next((one.id for one in self._form.questions if not one.retired), "")
        self.view.look_at(self._field or first)
        self._waits.show_text(self._why_not())

    def _why_not(self) -> str:
        """Say what the field that is edited waits for, where it is not asked yet."""
        form = self._form
        question = form.question(self._field) if form is not None else None
        if form is None or question is None or self._model.sheet.asks(question):
            return ""
        if question.retired:
            return f"“{question.words}” is retired: reviewers are not asked it."
        section = next((one for one in form.sections if one.id == question.section), None)
        waits = [one for one in (section.when if section else None, question.when) if one]
        told = listed([_answered(form, one) for one in waits])
        return f"“{question.words}” is asked only when {told}; choose that here to see it."

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was wanted while it was hidden."""
        super().showEvent(event)
        self._soon.start()

    def _on_counted(self) -> None:
        if self.has_keyboard:
            self.view.refresh()
            self._waits.show_text(self._why_not())


def _answered(form: Form, when: When) -> str:
    """Return an answer that is waited for: "Design is Randomized"."""
    field = form.question(when.field)
    if field is None:
        return f"{when.field} is answered"
    words = [one.words for id_ in when.options if (one := field.option(id_)) is not None]
    if field.type == "yes-no":
        words = list(when.options)
    return f"{field.words} is {' or '.join(words)}"
