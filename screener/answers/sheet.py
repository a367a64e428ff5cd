"""A form as one reviewer fills it in for one subject: what is asked, answered, and missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from screener.answers.form import Form
from screener.answers.values import value_of
from screener.model import Question
from screener.model.gathering import gathered

Cell = tuple[str, str]
"""A question, and the row it is asked for ("" for a question about the subject itself)."""


class ListedRow(NamedTuple):
    """A row of a list as one reviewer has it: the `id` that answers name, the `key` for people."""

    id: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one reviewer says of one subject, measured by the form.

    `said` has the canonical JSON of every answer that is not blank. `rows` are those of each list.
    """

    form: Form
    said: Mapping[Cell, str]
    rows: Mapping[str, Sequence[ListedRow]]

    def asks(self, question: Question, row: str | None = None) -> bool:
        """Say whether a question is asked in a row, or without one, whether it is in any.

        A retired one only where it was answered; while a list has no rows, what waits for nothing
        in it.
        """
        if question.retired and question.id not in self._answered:
            return False
        every = [row] if row is not None else self._every_row(question) or [""]
        return any(self.form.asked(question, self._values, one) for one in every)

    def cells(self, question: Question) -> list[str]:
        """Return the rows a question is asked for: "" once, or the ids with "/" between."""
        return [row for row in self._every_row(question) if self.asks(question, row)]

    def _every_row(self, question: Question) -> list[str]:
        rows = ([row.id for row in self.rows.get(list_, ())] for list_ in question.list)
        return ["/".join(ids) for ids in product(*rows)]

    def lacks_row(self, cell: Cell) -> bool:
        """Say whether a question is not asked for such a row, because there is none."""
        question = self.form.question(cell[0])
        return question is not None and cell[1] not in self._every_row(question)

    def cells_beyond(self, before: Sheet) -> list[Cell]:
        """Return what is asked in rows that were not there `before`."""
        return [
            (question.id, row)
            for question in self.form.questions
            for row in self.cells(question)
            if before.lacks_row((question.id, row))
        ]

    def missing(self) -> Iterator[Cell]:
        """Yield what is wanted, asked and not answered, in the order of the form."""
        for question in self._wanted():
            for row in self.cells(question):
                if (question.id, row) not in self.said:
                    yield question.id, row

    def progress(self, section: str | None = None) -> tuple[int, int]:
        """Return how many of the wanted questions are answered, and how many there are.

        A question is one however many rows it is asked for, and none while it is asked for none.
        With `section` only those of it are counted.
        """
        open_ = {question for question, _ in self.missing()}
        asked = [
            question.id
            for question in self._wanted()
            if section in (None, question.section) and self.cells(question)
        ]
        return sum(id_ not in open_ for id_ in asked), len(asked)

    @property
    def begun(self) -> bool:
        """Whether anything is said."""
        return bool(self.said) or any(self.rows.values())

    @property
    def complete(self) -> bool:
        """Whether every wanted question that is asked has an answer, in every row.

        This alone says when a subject is finished: header, rail, close and report ask it.
        """
        return self.begun and next(self.missing(), None) is None

    def _wanted(self) -> Iterator[Question]:
        for question in self.form.questions:
            if self.form.wants(question) and self.asks(question):
                yield question

    def _values(self, field: str) -> Sequence[tuple[str, list[str]]]:
        return self._answered.get(field, ())

    @cached_property
    def _answered(self) -> Mapping[str, Sequence[tuple[str, list[str]]]]:
        """What is said to each question, by its rows; asked for once for each of their cells."""
        said = self.said.items()
        return gathered((id_, (row, value_of(text).words)) for (id_, row), text in said)
