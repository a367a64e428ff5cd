"""What one reviewer has said on one subject of a form, read when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screener.answers.rows import word_of
from screener.model.gathering import gathered
from screener.store.file import File
from screener.store.heads import Head, heads
from screener.store.kinds.reviewer import Answer, ListRow


@dataclass(slots=True)
class Once:
    """What is read once of subjects while many of their answers are recorded.

    Those that are `known`, those that are `barred`, and what this reviewer recorded on each.
    """

    known: Collection[str]
    barred: Collection[str]
    mine: dict[str, Mine] = field(default_factory=dict)


class Mine:
    """The answers and rows of a file's reviewer on one subject, read once.

    Whoever writes while it is kept says so (`put`, `put_row`), so that a table of thousands of
    answers does not read all of them for each of its lines.
    """

    def __init__(self, file: File, step: str, subject: str, *, whole: bool = False) -> None:
        """With `whole` all answers are read at once, else those to the question that is asked."""
        self._file, self._step, self._subject, self._whole = file, step, subject, whole

    @cached_property
    def recorded(self) -> list[Head[Answer]]:
        """The answers that stand, and blanks with a note."""
        return self._read(None)

    def _read(self, question: str | None) -> list[Head[Answer]]:
        return heads(
            self._file, Answer, step=self._step, author=self._file.reviewer,
            subjects=[self._subject], question=question, blank=True,
        )  # fmt: skip

    @cached_property
    def _answers(self) -> dict[tuple[str, str], list[Answer]]:
        return gathered(((h.body.question, h.body.row), h.body) for h in self.recorded)

    @cached_property
    def _rows(self) -> dict[str, dict[str, ListRow]]:
        found: dict[str, dict[str, ListRow]] = {}
        for head in heads(
            self._file, ListRow, step=self._step, author=self._file.reviewer,
            subjects=[self._subject],
        ):  # fmt: skip
            if not head.body.gone:
                found.setdefault(head.body.list, {})[head.body.id] = head.body
        return found

    @cached_property
    def _ids(self) -> dict[tuple[str, str], str]:
        rows = (row for several in self._rows.values() for row in several.values())
        return {(row.list, word_of(row.key)): row.id for row in reversed([*rows])}

    def answers(self, question: str, row: str) -> list[Answer]:
        """Return what stands in one place; two answers where studies with one each were joined."""
        if self._whole:
            return self._answers.get((question, row), [])
        return [head.body for head in self._read(question) if head.body.row == row]

    def rows(self, list_: str) -> Mapping[str, ListRow]:
        """Return the rows of a list by their ids, in the order they were added."""
        return self._rows.get(list_, {})

    def row_known_by(self, list_: str, key: str) -> ListRow | None:
        """Return the row that is recognised by a key, None without one."""
        return self.rows(list_).get(self._ids.get((list_, word_of(key)), ""))

    def row_named(self, list_: str, key: str) -> ListRow | None:
        """Return the row that is recognised by a key or has it as its id, None without one."""
        return self.row_known_by(list_, key) or self.rows(list_).get(key)

    def put(self, question: str, row: str, answer: Answer | None) -> None:
        """Take in what stands in a place from now on."""
        self._answers[question, row] = [] if answer is None else [answer]

    def put_row(self, row: ListRow) -> None:
        """Take in a row that was added."""
        self._rows.setdefault(row.list, {})[row.id] = row
        self._ids[row.list, word_of(row.key)] = row.id
