"""The painter of a form's step: a question's words, each reviewer's answer, what may be typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from screener.answers import values
from screener.answers.step import FormStep
from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.intraclass import Intraclass
from screener.model import (
    AnswerState,
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Item,
    Question,
    special_values,
    type_of,
)
from screener.model.step import Agreed, Recorded
from screener.studies.totals import totals
from ui.consensus.painter import (
    Choice,
    Column,
    ComparedRow,
    Line,
    Offer,
    Painter,
    Part,
    Table,
    id_of,
    numbered,
    words_row,
)
from ui.consensus.reveal import Level
from ui.consensus.times import day

_UNPAIRED = "not every reviewer has this row, which waits for the rows to be paired"

_BEHIND: tuple[tuple[str, Callable[[Column], str]], ...] = (
    ("Page", lambda column: column.page),
    ("Quote", lambda column: column.quote),
    ("Note", lambda column: column.note),
    ("Answered", lambda column: day(column.time) if column.time and not column.by else ""),
)
"""What lies behind an answer, as it is recorded."""


class AnswerPainter(Painter):
    """Shows the answers to a question side by side; settles it with one of them or another value.

    A row that not every reviewer has is shown and cannot be settled here.
    """

    noun = "answer"
    did = "answered"
    part = "question"
    judged = "answered"
    nothing = "no answer"
    stale = "the question changed since"
    names_items = True

    def __init__(self, step: FormStep, names: Mapping[str, str]) -> None:
        super().__init__(names)
        self._step = step
        self.where = f"in {step.words}"
        self.finished = "Every question that is compared has one value that all agreed on."

    def _question(self, item: Item) -> Question | None:
        return self._step.form.question(item.question)

    def asked(self) -> Mapping[str, str]:
        """Return the questions of the form, and the lists whose rows may be one reviewer's only."""
        form = self._step.form
        titles = {one.id: one.title for one in form.lists}
        return {question.id: question.words for question in form.questions} | titles

    def _item(self, item: Item) -> str:
        """Return an item in words: the question, or the list of a row, and the row."""
        asked, list_ = self._question(item), self._step.form.list_of(item.question)
        words = asked.words if asked else list_.title if list_ else item.question
        return f"{words}, {item.row}" if item.row else words

    def value(self, one: Recorded | Consensus) -> str:
        """Return an answer, or what was agreed, in words."""
        assert not isinstance(one, Decision)
        unit = one.details.unit if isinstance(one, Consensus) else one.unit
        item = one.item if isinstance(one, Consensus) else Item(one.question, one.row)
        return self._step.said(item, values.Value(one.state, one.value, unit).text)

    # --- what is shown -----------------------------------------------------------------------

    def line(self, found: Discrepancy, level: Level) -> Line:
        """Return a discrepancy as a row: title, question, and what was settled."""
        below = self._item(found.item)
        if found.state != "open" and found.consensus and level is not Level.RECORD:
            below += f" · settled: {self.agreed(found.consensus[0])}"
        spoken = f"{found.unit.title}; {below}"
        return Line(at=id_of(found), title=found.unit.title, below=below, spoken=spoken)

    def beside(self, found: Discrepancy, level: Level, *, third: bool) -> str:
        """Say which question it is, at every level."""
        words = [self._item(found.item)]
        if found.kind is DiscrepancyKind.ROW:
            words.append(_UNPAIRED)
        elif level is Level.DECISIONS:
            words.append("without names")
        return " · ".join(words)

    def rows(
        self, found: Discrepancy, columns: Sequence[Column], level: Level
    ) -> Sequence[ComparedRow]:
        """Return the answers, and what was recorded beside them."""
        step = "name" if len(columns) < 3 else "body"
        rows = [words_row("Answer", [column.value for column in columns], step)]
        behind = (words_row(label, list(map(read, columns))) for label, read in _BEHIND)
        return [*rows, *(row for row in behind if any(row.cells)), *self.about(columns)]

    def agreed(self, found: Consensus, level: Level = Level.DECISIONS) -> str:
        """Return the value that was agreed."""
        return self.value(found)

    # --- what settles ------------------------------------------------------------------------

    def offers(self, found: Discrepancy) -> tuple[Offer, ...]:
        """Return the options of the question and the special values it offers."""
        question = self._question(found.item)
        if question is None:
            return ()
        special = {state.value: state for state in special_values(question)}
        options = () if question.type == "choices" else type_of(question).options(question)
        words = {option.id: option.words for option in options}
        words |= {id_: state.words for id_, state in special.items() if id_ not in words}
        return tuple(
            numbered(
                number,
                text,
                Choice(state=special[id_]) if id_ in special else Choice(value=id_),
            )
            for number, (id_, text) in enumerate(words.items(), 1)
        )

    def taken(self, found: Discrepancy, event: str, level: Level) -> Choice | None:
        """Return an answer as a choice."""
        one = next(answer for answer in found.answers if answer.event == event)
        return Choice(value=one.value, state=one.state, unit=one.unit)

    def asks(self, found: Discrepancy) -> str:
        """Return what is typed: the question, with its units where it has several."""
        question = self._question(found.item)
        return ", ".join((question.words, *question.units)) if question else ""

    def typed(self, found: Discrepancy, text: str) -> Choice:
        """Return a value that was typed, perhaps with its unit or as a special value in words."""
        question = self._question(found.item)
        assert question is not None  # else nothing is asked
        value, unit = text.strip(), ""
        for state in special_values(question):
            if value.casefold() == state.words:
                return Choice(state=state)
        first, _, last = value.rpartition(" ")
        if last in question.units:
            value, unit = first, last
        wanted = Agreed(
            event="", item=found.item, state=AnswerState.VALUE, value=value, reason="", unit=unit
        )
        said = self._step.check(wanted, "")
        return Choice(value=said.value, state=AnswerState(said.state), unit=said.unit)

    # --- agreement ---------------------------------------------------------------------------

    def tables(self) -> Sequence[Table]:
        """Return a table for every question that has one."""
        return [
            Table(
                measure=one.id,
                words=question.words,
                categories=[(id_, self._category(question, id_)) for id_ in one.categories],
            )
            for one in self._step.all_measures()
            if one.options and (question := self._step.form.question(one.id)) is not None
        ]

    def _category(self, question: Question, id_: str) -> str:
        option = next((o for o in type_of(question).options(question) if o.id == id_), None)
        return option.words if option else AnswerState(id_).words

    def parts(self, pair: PairAgreement) -> Sequence[Part]:
        """Return every question that is compared."""
        asked = {q.id: q.words for q in self._step.form.questions}
        return [Part(measure=id_, name=asked[id_]) for id_ in (*pair.measured, *pair.alike)]

    def totals(self, pair: PairAgreement) -> Intraclass | None:
        """Return the correlation of the reviewers' totals, where the form has scores."""
        return totals(self._step.form, pair)
