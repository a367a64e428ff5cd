"""Finding a field of a form by its words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from screener.model import Question
from ui.answers.model import FormModel
from ui.answers.view import FormView
from ui.session.choice_card import Act, Choice, ChoiceCard


class FindField(ChoiceCard):
    """Asks for words of a field, of its section or of what stands in it; Enter goes there."""

    def __init__(self, model: FormModel, view: FormView, window: QWidget) -> None:
        self._view = view
        sections = {one.id: one.title for one in model.form.sections}
        open_ = {question for question, _ in model.open_cells()}
        choices = [
            Choice(one.id, _words(one), _beside(model, one, sections.get(one.section, ""), open_))
            for one in model.form.questions
            if model.sheet.asks(one)
        ]
        super().__init__(
            model.session, "Search a field", "Go there", window, choices, lambda _: _NOTHING
        )

    def accept(self) -> None:
        """Go to the field that is marked."""
        one = self.marked()
        if one is not None:
            self.close_card()
            self._view.go_to_question(one.id)


_NOTHING = Act(lambda: None, "")


def _words(question: Question) -> str:
    return f"{question.code}  {question.words}" if question.code else question.words


def _beside(model: FormModel, question: Question, section: str, to_answer: Collection[str]) -> str:
    """Say in which section a field is, and whether it is one of those to answer."""
    lists = [one.title for id_ in question.list if (one := model.form.list_of(id_)) is not None]
    parts = dict.fromkeys((section, *lists, "to answer" if question.id in to_answer else ""))
    return ", ".join(part for part in parts if part)
