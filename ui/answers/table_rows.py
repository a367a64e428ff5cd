"""The rows of a table of a form: what is in them, and what each cell says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.answers.form import FormList
from screener.answers.sheet import Cell, ListedRow
from screener.model import Question
from screener.model.words import a
from ui.answers.given import as_typed, shown
from ui.answers.grid import Spot
from ui.answers.shown import ShownForm

_NAMELESS = FormList(id="", title="").row
_RIGHT = ("integer", "decimal")


def _heading(one: FormList) -> str:
    """Return what stands above the names of rows: a list that names no row has its title there."""
    return one.key or (one.title if one.row == _NAMELESS else one.row.capitalize())


class TableRows(QWidget):
    """The rows of a list, or of one list within another, with the questions asked for each."""

    def __init__(
        self,
        lists: Sequence[FormList],
        questions: Sequence[Question],
        model: ShownForm,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lists, self._every, self._model = lists, questions, model
        self.questions = list(questions)
        self.lines: list[tuple[ListedRow, ...]] = []
        self.headings = self._headings()
        self.spot: Spot = (0, 0)
        self.opened_now = False

    def read_rows(self) -> None:
        """Read the rows there are now, and what is asked of them."""
        self.questions = [one for one in self._every if self._model.sheet.asks(one)]
        self.lines = list(product(*(self._model.rows(one.id) for one in self._lists)))
        self.headings = self._headings()

    def section(self) -> str:
        """Return the section it is in."""
        return self._every[0].section if self._every else ""

    def asked(self) -> bool:
        """Whether anything of it is asked now."""
        return not self._every or any(self._model.sheet.asks(one) for one in self._every)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    @property
    def focused(self) -> Spot | None:
        """The cell in focus, None where the table is quiet."""
        return self.spot if self.opened_now else None

    @property
    def key_columns(self) -> int:
        """How many columns name the row."""
        return len(self._lists)

    @property
    def grows(self) -> bool:
        """Whether rows can be added here."""
        return len(self._lists) == 1 and self._model.can_answer

    def _headings(self) -> list[str]:
        names = [_heading(one) for one in self._lists]
        return [*names, *(one.words for one in self.questions)]

    def next_words(self) -> str:
        """Return what stands in the place of the next row."""
        row = self._lists[-1].row
        if len(self._lists) > 1:
            return "" if self.lines else f"Asked for {a(row)} of {a(self._lists[0].row)}"
        return f"type or paste the next {row} here" if self.grows else ""

    def row_id(self, row: int) -> str:
        """Return how answers name a row."""
        return "/".join(one.id for one in self.lines[row])

    def question_at(self, spot: Spot) -> Question | None:
        """Return the question of a cell, None for the name of a row."""
        place = spot[1] - self.key_columns
        return self.questions[place] if 0 <= place < len(self.questions) else None

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Return where the words of a column stand: numbers at the right."""
        question = self.question_at((0, column))
        numbers = question is not None and question.type in _RIGHT
        return Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft

    def cell_words(self, spot: Spot) -> tuple[str, str]:
        """Return what a cell says, and in which colour."""
        question = self.question_at(spot)
        if question is None:
            return self.lines[spot[0]][spot[1]].key, "text"
        row = self.row_id(spot[0])
        given, wrong = self._model.given(question.id, row), self._model.wrong(question.id, row)
        if wrong:
            return as_typed(given), "warn"
        words = shown(question, given)
        if words:
            return words, "text"
        if not self._model.sheet.asks(question, row):
            return "", "quiet"
        return "to answer" if self._model.form.wants(question) else "–", "quiet"

    def first_open(self) -> Spot:
        """Return the first cell that is to be answered, else where the next row is typed."""
        spots = product(range(len(self.lines)), range(self.key_columns, len(self.headings)))
        first = (len(self.lines), 0) if self.grows else (0, self.key_columns)
        return next((spot for spot in spots if self._blank(spot)), first)

    def _blank(self, spot: Spot) -> bool:
        question, row = self.question_at(spot), self.row_id(spot[0])
        if question is None:
            return False
        return self._model.given(question.id, row).blank or bool(
            self._model.wrong(question.id, row)
        )

    def spot_of(self, question: str, row: str) -> Spot | None:
        """Return the cell of a question in a row, None where it is not in this table."""
        ids = [self.row_id(n) for n in range(len(self.lines))]
        names = [one.id for one in self.questions]
        if question not in names:
            return None
        if row not in ids:  # it was taken back too
            return len(self.lines), 0
        return ids.index(row), names.index(question) + self.key_columns

    def cell(self) -> Cell | None:
        """Return what the cell in focus asks for, None for a name."""
        question, row = self.question_at(self.spot), self.spot[0]
        return (question.id, self.row_id(row)) if question and row < len(self.lines) else None

    def cells(self) -> list[Cell]:
        """Return what it asks for now, row by row."""
        rows = [self.row_id(n) for n in range(len(self.lines))]
        return [(question.id, row) for row in rows for question in self.questions]
