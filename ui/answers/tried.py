"""A form that is tried: what is answered stands in its fields and goes nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject

from screener.answers.form import Form
from screener.answers.sheet import Cell, ListedRow, Sheet
from screener.answers.values import Value
from screener.model import AnswerState, Question
from ui.answers.given import Given
from ui.answers.shown import ShownForm
from ui.session.session import Session

_TRIED = "tried"


class TriedForm(ShownForm):
    """Shows any form, also one that is not kept yet, with answers to try it with."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.current = _TRIED
        self._form = Form(id=_TRIED, title="", questions=())
        self._given: dict[Cell, Given] = {}
        self._wrong: dict[Cell, str] = {}
        self._rows: dict[str, list[ListedRow]] = {}
        self._numbers = count(1)

    @property
    def form(self) -> Form:
        """The form that is tried."""
        return self._form

    @property
    def can_answer(self) -> bool:
        """Anything can be answered: nothing is recorded."""
        return True

    def show_form(self, form: Form) -> bool:
        """Try another form, or the same one changed; says whether it is any other.

        What was tried stays where the field is still there, and of the type it was.
        """
        if form.content() == self._form.content():
            return False
        if form.id != self._form.id:
            self._given.clear()
            self._rows.clear()
        before = {question.id: question for question in self._form.questions}
        for id_, row in [*self._given]:
            now, was = form.question(id_), before.get(id_)
            if now is None or was is None or (now.type, now.list) != (was.type, was.list):
                del self._given[id_, row]
        self._form = replace(form, name=f"{next(self._numbers)}")
        self._wrong = {}
        for (id_, row), given in self._given.items():
            question = form.question(id_)
            wrong = self.refusal(question, given) if question else ""
            if wrong:
                self._wrong[id_, row] = wrong
        self._write()
        return True

    def wrong(self, question: str, row: str = "") -> str:
        """Return what is wrong with what stands in a field, or ""."""
        return self._wrong.get((question, row), "")

    def wrong_cells(self) -> list[Cell]:
        """Return the fields in which what stands is no answer."""
        return list(self._wrong)

    def given(self, question: str, row: str = "") -> Given:
        """Return what was given."""
        return self.saved(question, row)

    def saved(self, question: str, row: str = "") -> Given:
        """Return what was given, be it an answer or not."""
        return self._given.get((question, row), Given())

    def put(self, question: Question, given: Given, row: str = "") -> str:
        """Keep what was given; returns what is wrong where it is no answer, or ""."""
        cell, wrong = (question.id, row), self.refusal(question, given)
        self._given[cell] = given
        self._wrong.pop(cell, None)
        if wrong:
            self._wrong[cell] = wrong
        self._write()
        return wrong

    def add_row(self, list_: str, key: str) -> str:
        """Add a row."""
        self._rows.setdefault(list_, []).append(ListedRow(f"row{next(self._numbers)}", key))
        self._write()
        return ""

    def rename_row(self, list_: str, row: str, key: str) -> str:
        """Name a row otherwise."""
        rows = self._rows.get(list_, [])
        self._rows[list_] = [one._replace(key=key) if one.id == row else one for one in rows]
        self._write()
        return ""

    def remove_row(self, list_: str, row: ListedRow) -> str:
        """Remove a row with what was given there."""
        self._rows[list_] = [one for one in self._rows.get(list_, []) if one.id != row.id]
        for cell in [cell for cell in self._given if row.id in cell[1].split("/")]:
            del self._given[cell]
        self._write()
        return ""

    def paste(
        self,
        list_: str,
        cells: Iterable[tuple[int, str, Question | None, Given]],
        what: str,
        *,
        named: bool,
    ) -> str:
        """Take cells of a table, with the rows they name."""
        del what  # nothing is said of what is tried
        for _, row, question, given in cells:
            known = {one.key: one.id for one in self._rows.get(list_, ())}
            if named and row not in known:
                self.add_row(list_, row)
                known[row] = self._rows[list_][-1].id
            if question is not None:
                self.put(question, given, known[row] if named else row)
        return ""

    def _write(self) -> None:
        """Have the sheet say what was given."""
        said = {
            cell: Value(AnswerState(given.state), given.text, given.unit).text
            for cell, given in self._given.items()
            if not given.blank and cell not in self._wrong
        }
        rows = {one.id: self._rows.get(one.id, []) for one in self._form.lists}
        self._sheets = {_TRIED: Sheet(form=self._form, said=said, rows=rows)}
        self.counted.emit()
