"""A form as a step: what it asks of a subject, how answers are compared, what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from screener.answers import admitting, values
from screener.answers.form import Form, FormKind, FormVersions
from screener.answers.list_rows import ListRows
from screener.answers.rows import as_recorded, cells
from screener.answers.rows import key_of as row_key
from screener.answers.sheet import ListedRow, Sheet
from screener.answers.subjects import Subjects
from screener.answers.values import answer_from
from screener.model import (
    Answer,
    AnswerState,
    Compare,
    Consensus,
    DiscrepancyKind,
    Kind,
    Question,
    Status,
    UserError,
)
from screener.model.admits import Rows
from screener.model.gathering import gathered
from screener.model.step import Agreed, Asked, Found, Item, Measure, Pairing, Said
from screener.store.file import File, FileKind
from screener.store.heads import cached, heads, memberships
from screener.store.history import of_kinds
from screener.store.kept import Kept, Looked
from screener.store.kinds.project import Open, TakenOut
from screener.store.kinds.reviewer import Answer as Recorded

_OPENS_NONE = frozenset(Kind) - {Kind.STAGES, Kind.STUDIES, Kind.DUPLICATES, Kind.RECORDS}
"""What changes nothing of what a form is open for."""


class FormStep:
    """A form of one file as consensus sees it.

    An item is a question about the subject, or about one row that all reviewers have; a row that
    not all have is one item itself, whose question is the list, until the meeting pairs it.
    """

    opened_by_import = False
    """A form is opened for subjects by the coordinator."""
    joined_by_copy = False
    """Who answers a form is said when it is opened."""
    answered_by = frozenset({"answer", "row"})
    unmoved_by: frozenset[Kind] = frozenset()

    def __init__(self, file: File, id_: str, subjects: Subjects) -> None:
        self._file = file
        self._subjects = subjects
        self._versions = FormVersions(file, id_)
        self._open = Kept(file, self._opened, lambda _value, _subjects: None, ignores=_OPENS_NONE)
        self._rows_on: dict[
            tuple[int, int], tuple[ListRows, Sequence[Said], Sequence[Pairing]]
        ] = {}
        self.id = id_

    @property
    def form(self) -> Form:
        """The version of the form that is in force."""
        return self._versions.current

    @property
    def words(self) -> str:
        """The heading for people."""
        return self.form.title

    @property
    def needed(self) -> int:
        """How many reviewers have to answer each subject."""
        return self.form.reviewers

    # --- subjects ----------------------------------------------------------------------------

    def subjects(self) -> Sequence[str]:
        """Return all subjects in their order, those removed last."""
        return [*self._subjects.ids(), *self._subjects.removed_ids()]

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the subjects that may be otherwise when these subjects or units changed."""
        return self._subjects.touched(changed)

    def shown(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """Return the unit that is shown for each of some subjects that has one."""
        return self._subjects.shown(subjects)

    def name_of(self, subject: str) -> str:
        """Return the name of a study; "" for what has none of its own."""
        return self._subjects.name_of(subject)

    def has(self, subject: str) -> bool:
        """Say whether there is such a subject, be it removed or not open."""
        return subject in self.known([subject])

    def known(self, few: Iterable[str]) -> set[str]:
        """Return which of a few ids are subjects, be they removed or not open."""
        return set(chain.from_iterable(self._subjects.among(few)))

    def barred(self, only: Collection[str] | None = None) -> Mapping[str, Status]:
        """Return the subjects (all, or of those named) that are removed, or not opened."""
        present: Iterable[str]
        if only is None:
            present, removed = self._subjects.ids(), self._subjects.removed_ids()
        else:
            present, removed = self._subjects.among(only)
        opened = self._opened() if self._file.connection.in_transaction else self._open.now()
        found = {subject: Status.NOT_OPEN for subject in present if subject not in opened}
        return found | dict.fromkeys(removed, Status.REMOVED)

    def _opened(self) -> set[str]:
        unit_of = memberships(self._file)
        out = {head.named for head in heads(self._file, TakenOut, step=self.id)}
        named = (u for h in heads(self._file, Open, step=self.id) for u in h.body.subjects)
        return {unit_of.get(subject, subject) for subject in named if subject not in out}

    def pauses(self) -> Mapping[str, Sequence[tuple[str, bool]]]:
        """Return when subjects were taken out, or opened again."""
        unit_of = memberships(self._file)
        found: dict[str, list[tuple[str, bool]]] = {}
        for entry in of_kinds(self._file, "taken-out", step=self.id):
            event = entry.event
            unit = unit_of.get(event.subject, event.subject)
            found.setdefault(unit, []).append((event.id, isinstance(event.body, TakenOut)))
        return found

    def stale(self, only: Collection[str] | None = None) -> set[str]:
        """Return the subjects with an answer whose question was changed by a later version."""
        if self.form.version == 1:
            return set()
        return {
            row.subject
            for row in cached(self._file, Recorded, step=self.id, subjects=only)
            if row.protocol != self.form.name and self._changed(row.question, row.protocol)
        }

    def _changed(self, question: str, version: str) -> bool:
        before = self._versions.named(version)
        return before is None or before.question(question) != self.form.question(question)

    # --- what is compared --------------------------------------------------------------------

    def rows_on(self, said: Sequence[Said], pairings: Sequence[Pairing]) -> ListRows:
        """Return the rows of the lists on a subject as the review has them.

        A copy knows its reviewer's own only, and each of them is one. Who asks again with the same
        (not equal) answers and pairs is given the same.
        """
        at = id(said), id(pairings)  # kept below, so they are nobody else's
        found = self._rows_on.get(at)
        if found is None or found[0].form is not self.form:
            found = self._read_rows(said, pairings), said, pairings
            if isinstance(said, tuple) and isinstance(pairings, tuple):
                if len(self._rows_on) >= Looked.MOST:
                    self._rows_on = {}
                self._rows_on[at] = found
        return found[0]

    def _read_rows(self, said: Sequence[Said], pairings: Sequence[Pairing]) -> ListRows:
        enough = 1 if self._file.kind is FileKind.COPY else self.needed
        return ListRows(self.form, said, pairings, enough)

    def items(
        self, said: Sequence[Said], pairings: Sequence[Pairing], agreed: Sequence[Agreed] = ()
    ) -> Iterable[Asked]:
        """Return the questions, and the rows that are to settle or were settled.

        What waits for another answer is asked as that was agreed, else as anybody gave it.
        """
        rows = self._read_rows(said, pairings)
        for row in (row for one in self.form.lists for row in rows.of(one.id)):
            if not row.alone:
                yield Asked(Item(row.list, row.key), row.said, row.found)
        yield from (one for one, asked in self._cells(said, rows, agreed) if asked)

    def unasked(
        self,
        said: Sequence[Said],
        pairings: Sequence[Pairing],
        agreed: Sequence[Agreed | Consensus] = (),
    ) -> Iterable[Asked]:
        """Return the questions that were answered and are not asked now."""
        cells = self._cells(said, self.rows_on(said, pairings), agreed)
        return (one for one, asked in cells if one.said and not asked)

    def _cells(
        self,
        said: Sequence[Said],
        rows: ListRows,
        agreed: Sequence[Agreed | Consensus],
    ) -> Iterator[tuple[Asked, bool]]:
        """Give every question in every row it may have, and whether it is asked there."""
        settled = {one.item: (one.value or one.state).split(";") for one in agreed}
        answers = gathered((one.question, one) for one in said)

        @cache
        def words_of(field: str) -> list[tuple[str, Collection[str]]]:
            asked = self.form.question(field)
            every = cells(asked, rows.of, answers.get(field, ())) if asked else ()
            return [(one.item.row, settled.get(one.item) or _words(one.said)) for one in every]

        for question in self.form.questions:
            here = answers.get(question.id, ())
            if question.compare is Compare.NONE or (question.retired and not here):
                continue
            for one in cells(question, rows.of, here):
                yield one, self.form.asked(question, words_of, one.item.row)

    def complete(self, said: Sequence[Said]) -> bool:
        """Say whether every required question has an answer, in every row of the reviewer."""
        lists = {one.id for one in self.form.lists}
        rows = gathered((s.question, ListedRow(s.row, "")) for s in said if s.question in lists)
        values = {(s.question, s.row): s.value for s in said if s.question not in lists}
        return Sheet(form=self.form, said=values, rows=rows).complete

    def compared(self, item: Item, said: Sequence[Said]) -> Found:
        """Return whether the answers of enough reviewers are the same, and then which it is."""
        question = self.form.question(item.question)
        if question is None:
            return self.lacking(item, said)
        texts = [one.value for one in said]
        if len({values.key_of(question, text) for text in texts}) == 1:
            return Found(Status.AGREED, value=values.first(texts))
        if question.compare is Compare.WORDING:
            return Found(Status.WORDING)
        rated = self.form.kind is FormKind.APPRAISAL
        return Found(
            Status.DIFFERS, kind=DiscrepancyKind.RATING if rated else DiscrepancyKind.VALUE
        )

    def lacking(self, item: Item, said: Sequence[Said]) -> Found:
        """Return that a row, a required answer, or one that not all gave is to settle.

        Of wording that anybody wrote nothing is to settle, required or not, and an optional
        question that nobody answered is blank.
        """
        question = self.form.question(item.question)
        if question is None:
            return Found(Status.ROW, kind=DiscrepancyKind.ROW)
        if said and question.compare is Compare.WORDING:
            return Found(Status.WORDING)
        if said or question.required:
            return Found(Status.MISSING, kind=DiscrepancyKind.MISSING)
        return Found(Status.BLANK)

    def elements(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return nothing: a form has no criteria."""
        return ()

    def verdicts(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return nothing: nobody gives a verdict in a form."""
        return ()

    def same(self, item: Item, one: str, other: str) -> bool:
        """Say whether two answers are the same as the question's type has it."""
        question = self.form.question(item.question)
        return question is None or values.same(question, one, other)

    def equal(self, item: Item, one: str, other: str) -> bool:
        """Say whether two agreed values are the same, also of free text."""
        question = self.form.question(item.question)
        return question is None or values.key_of(question, one) == values.key_of(question, other)

    # --- what is agreed ----------------------------------------------------------------------

    def settled(self, item: Item, agreed: Agreed) -> Found:
        """Return what was agreed, as an answer says it."""
        said = values.Value(AnswerState(agreed.state), agreed.value, agreed.unit)
        return Found(Status.RESOLVED, value=said.text)

    def holds(self, item: Item, value: str, agreed: Agreed) -> bool:
        """Say whether an answer given after a consensus says the same as it does."""
        what = self.settled(item, agreed).value  # "" where nothing was agreed to be recorded
        return bool(what) and self.same(item, value, what)

    def cannot_be(self, agreed: Agreed, rows: Rows | None = None) -> str:
        """Return why nothing of this form can be settled so, or ""."""
        return admitting.cannot_be(self._versions, agreed, rows)

    def wrong_answer(self, answer: Answer, rows: Rows | None) -> str:
        """Return why nobody can have given this answer, or ""."""
        return admitting.wrong_answer(self._versions, answer, rows)

    def wrong_row(self, list_: str, key: str) -> str:
        """Return why there is no row of a list that is called so, or ""."""
        return admitting.wrong_row(self._versions, list_, key)

    def wrong_version(self, name: str) -> str:
        """Return why a version of this form cannot be answered, or ""."""
        return admitting.wrong_version(self._versions, name)

    def unknown(self, reason: str, criteria: Collection[str], version: str) -> str:
        """Return nothing: an answer of a form names nothing of the protocol."""
        return ""

    def check(self, agreed: Agreed, why: str, unread: str = "") -> Agreed:
        """Return what is to be agreed with its value as the question's type keeps it.

        That nothing is recorded can be agreed of an optional question. `UserError` when the value
        is none of the question's, or the item is a row.
        """
        question = self._question(agreed.item.question)
        if agreed.reason:
            raise UserError("Only an exclusion has a reason; leave the reason out.")
        state = AnswerState(agreed.state)
        if state is AnswerState.NONE and question.required:
            raise UserError(
                f"Nothing cannot be agreed of {question.words}, which is required; give a value, "
                "or one of the special values."
            )
        if state is AnswerState.NONE and (agreed.value or agreed.unit):
            raise UserError("“none” stands alone; leave the value and the unit out.")
        said = values.entered(question, state, agreed.value, agreed.unit)
        return replace(agreed, state=said.state, value=said.value, unit=said.unit)

    def _question(self, id_: str) -> Question:
        question = self.form.question(id_)
        if question is not None:
            return question
        if self.form.list_of(id_):
            raise UserError("This is a row of a list: pair it, or say that there is no such row.")
        raise UserError(f"There is no question “{id_}” in {self.words}.")

    def called(self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]) -> str:
        """Return the question with its section, and the row as it was written."""
        question = self.form.question(item.question)
        words = self.form.placed(question) if question else self.form.list_words(item.question)
        return ", ".join(filter(None, (words, self.rows_on(said, pairings).words(item))))

    def said(self, item: Item, value: str) -> str:
        """Return what an answer says in words for people."""
        question = self.form.question(item.question)
        if question is None:
            return self._row_said(item, value) if value else ""
        return values.shown(question, value)

    def _row_said(self, item: Item, value: str) -> str:
        """Return the key of a row that somebody has, or what a meeting said of it."""
        try:
            return row_key(Said("", item.question, item.row, value))
        except ValueError:
            return values.value_of(value).value or f"no such {self.form.list_words(item.question)}"

    # --- rows --------------------------------------------------------------------------------

    def paired(self, wanted: Pairing, said: Sequence[Said], pairings: Sequence[Pairing]) -> Pairing:
        """Return a pair with its key; without one it keeps what the rows are known by.

        `UserError` when the form has no such list, a row is not there, or the key is another row's.
        """
        if not self.form.list_of(wanted.list):
            raise UserError(f"There is no list “{wanted.list}” in {self.words}.")
        rows = self.rows_on(said, pairings).of(wanted.list)
        by_key = {(one.author, row_key(one)): one.row for row in rows for one in row.said}
        ids = {(one.author, one.row) for row in rows for one in row.said}
        named = (one if one in ids else (one[0], by_key.get(one, one[1])) for one in wanted.rows)
        return as_recorded(replace(wanted, rows=tuple(sorted(set(named)))), rows, pairings)

    def rests_on(
        self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]
    ) -> Sequence[Pairing]:
        """Return the pairs of the rows that a question is asked for."""
        return self.rows_on(said, pairings).rests_on(item)

    # --- what else is asked of a step -----------------------------------------------------------

    def measures(self, item: Item) -> Sequence[Measure]:
        """Return what agreement is computed of on a question."""
        question = self.form.question(item.question)
        found = values.measure(question) if question else None
        return (found,) if found else ()

    def all_measures(self) -> Sequence[Measure]:
        """Return what agreement is computed of on every question that is compared."""
        return [found for q in self.form.questions if (found := values.measure(q)) is not None]

    def recorded(
        self, subjects: Iterable[str] | None = None, *, without: Collection[str] = ()
    ) -> Mapping[str, Sequence[Answer]]:
        """Return the answers that stand on some subjects (or all), and blanks with a note."""
        found = heads(self._file, Recorded, step=self.id, subjects=subjects, blank=True)
        return gathered((h.subject, answer_from(h)) for h in found if h.event not in without)


def _words(said: Iterable[Said]) -> set[str]:
    """Return every word that is answered."""
    return {word for one in said for word in values.value_of(one.value).words}
