"""Lines of cells that are pasted into a table: which goes to which question of which row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from screener.model import Question
from ui.answers.given import Given, lines_of, read_cell


@dataclass(kw_only=True)
class Pasted:
    """Where lines go, from the cell in focus on; `cells_of` adds what is in them.

    `rows` are the ids of the rows from there on. Where the rows are `named`, the first cell of a
    line is the name of its row, which may be new.
    """

    rows: Sequence[str]
    questions: Sequence[Question]
    named: bool
    row_words: str
    cells: list[PastedCell] = field(default_factory=list)
    lines: int = 0
    wrong: str = ""


class PastedCell(NamedTuple):
    """A cell: the number of its line, the id or the name of its row, and what stands in it."""

    line: int
    row: str
    question: Question | None
    given: Given


def cells_of(text: str, into: Pasted) -> Pasted:
    """Read what is pasted; a name without answers has a cell without a question."""
    lines = lines_of(text)
    into.lines = len(lines)
    for number, line in enumerate(lines, 1):
        known = into.rows[number - 1] if number <= len(into.rows) else ""
        row = line[0].strip() if into.named else known
        if not row:
            into.wrong = (
                f"Line {number} has no {into.row_words} to go to; paste it at the first column."
            )
            break
        values = line[1:] if into.named else line
        found = [
            PastedCell(number, row, question, read_cell(question, value, Given()))
            for question, value in zip(into.questions, values, strict=False)
            if value.strip()
        ]
        if into.named and not found and all(row != one.row for one in into.cells):
            found = [PastedCell(number, row, None, Given())]
        into.cells += found
    return into
