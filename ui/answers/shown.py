"""A form as its view shows it: what stands in each field, and what is wrong there.

Where answers are recorded is said by a subclass: in a copy (`FormModel`), or nowhere, where a form
is only tried (`TriedForm`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from screener.answers import values
from screener.answers.form import Form, FormKind
from screener.answers.sheet import Cell, ListedRow, Sheet
from screener.model import AnswerState, Question, UserError
from ui.answers.given import Given
from ui.session.session import Session

_NOT_ALONE = "Give an answer too; its page and quote are kept with it."


class ShownForm(QObject):
    """One form, with what is answered about what is shown of it."""

    counted = Signal()
    """Answers, or how far they are, may be otherwise."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.current = ""
        """What is asked about: the id of a study."""
        self._sheets: dict[str, Sheet] = {}
        self._order: dict[tuple[str, str], list[str]] = {}

    @property
    @abstractmethod
    def form(self) -> Form:
        """The version of the form that is shown."""

    @property
    @abstractmethod
    def can_answer(self) -> bool:
        """Whether anything can be answered now."""

    @property
    def appraises(self) -> bool:
        """Whether studies are rated by it: an answer goes on to the next item."""
        return self.form.kind is FormKind.APPRAISAL

    @property
    def remark(self) -> str:
        """What is to be said of the wording of an instrument, as long as it is true."""
        unchecked = self.appraises and self.form.provenance == "unverified"
        return "Wording not checked against the source." if unchecked else ""

    @property
    def sheet(self) -> Sheet:
        """The form of the study that is shown."""
        return self._sheets.get(self.current) or Sheet(form=self.form, said={}, rows={})

    @abstractmethod
    def wrong(self, question: str, row: str = "") -> str:
        """Return what is wrong with what stands in a field, or ""."""

    @abstractmethod
    def wrong_cells(self) -> list[Cell]:
        """Return the fields of what is shown in which what stands is no answer."""

    def rows(self, list_: str) -> Sequence[ListedRow]:
        """Return the rows of a list; one that is named otherwise stays where it was."""
        order = self._order.setdefault((self.current, list_), [])
        rows = {row.id: row for row in self.sheet.rows.get(list_, ())}
        order += [id_ for id_ in rows if id_ not in order]
        return [rows[id_] for id_ in order if id_ in rows]

    def open_cells(self) -> list[Cell]:
        """Return the fields of the study that hold no answer and should, in the order of the form.

        Those in which something stands that is none come first.
        """
        order = [question.id for question in self.form.questions]
        wrong = [cell for cell in self.wrong_cells() if cell[0] in order]
        wrong.sort(key=lambda cell: (order.index(cell[0]), cell[1]))
        return [*wrong, *(cell for cell in self.sheet.missing() if cell not in wrong)]

    def holds(self, list_: str, row: str) -> bool:
        """Say whether anything is answered in a row of a list."""
        for id_, cell_row in self.sheet.said:
            question = self.form.question(id_)
            lists = question.list if question else ()
            if (list_, row) in zip(lists, cell_row.split("/"), strict=False):
                return True
        return False

    @abstractmethod
    def given(self, question: str, row: str = "") -> Given:
        """Return what stands in a field: what was typed and is no answer, else the answer."""

    def begin(self, question: Question, given: Given, row: str = "") -> None:
        """Keep what is being typed into a field; where nothing is recorded there is no need."""

    @abstractmethod
    def saved(self, question: str, row: str = "") -> Given:
        """Return the answer to a question as it is recorded."""

    @abstractmethod
    def put(self, question: Question, given: Given, row: str = "") -> str:
        """Save a field; returns what is wrong where it is no answer, or ""."""

    def refusal(self, question: Question, given: Given) -> str:
        """Return what is wrong with a field that is no answer, or ""."""
        if given.blank:
            return _NOT_ALONE if given.located or given.origin else ""
        try:
            values.parsed(question, AnswerState(given.state), given.text, given.unit)
        except UserError as error:
            return str(error)
        return ""

    @abstractmethod
    def add_row(self, list_: str, key: str) -> str:
        """Add a row to a list; returns what is wrong, or ""."""

    @abstractmethod
    def rename_row(self, list_: str, row: str, key: str) -> str:
        """Name a row otherwise; returns what is wrong, or ""."""

    @abstractmethod
    def remove_row(self, list_: str, row: ListedRow) -> str:
        """Remove a row with its answers; returns what is wrong, or ""."""

    @abstractmethod
    def paste(
        self,
        list_: str,
        cells: Iterable[tuple[int, str, Question | None, Given]],
        what: str,
        *,
        named: bool,
    ) -> str:
        """Record cells of a table as one action, all or none; returns what is wrong, or "".

        With each goes its line of what was pasted, for what is said of it, and its row: `named` by
        its key, else by its id. Without a question it is the name of a row that has no answers.
        `what` is said to be pasted.
        """
