"""The answers to a form as a list: every question of every study, with what is agreed on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from screener.answers import values
from screener.answers.appraisal import Appraisal, appraise
from screener.answers.rows import Row, key_of, likeliest, partners, proposed
from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.consensus.consensus import ConsensusStage
from screener.consensus.standing import Standing
from screener.model import (
    Answer,
    AnswerState,
    Consensus,
    Mode,
    Question,
    Status,
    UserError,
)
from screener.model.gathering import gathered
from screener.model.step import Asked, Found, Item, Pairing, Said, State

AGREED = (Status.AGREED, Status.RESOLVED)
"""Where an item stands that has an agreed value."""
NOT_WAITING = (*AGREED, Status.BLANK, Status.WORDING)
"""Where an item stands of which nothing is to settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What was agreed on an item, or all said alike: its value, and where in a report it stands.

    `by` are the names of who agreed on it in a meeting; `alone` says that an arbitrator decided it.
    """

    value: Value
    report: str = ""
    page: str = ""
    quote: str = ""
    by: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question of one study (and row of a list), or a row that is to settle itself.

    `question` is None for such a row, whose list `item` names; `row` is its key as it was written.
    `answers` are in the order of the reviewers; `agreed` is None where nothing is.
    """

    subject: str
    item: Item
    row: str
    question: Question | None
    status: Status
    agreed: Place | None
    answers: tuple[Answer, ...]


def lines(
    consensus: ConsensusStage, step: FormStep, subjects: Iterable[str] | None = None
) -> Iterator[Line]:
    """Yield what is asked of the studies a form is open for (or of some), by study, form, row.

    What was answered and is asked no more, as another answer or a version has it, comes after that.
    Nothing of what is hidden. `UserError` while nothing of the form may be seen.
    """
    here = consensus.at(step.id)
    consensus.require_visible(step.id)
    barred = step.barred()
    named = list(step.subjects() if subjects is None else subjects)
    answers_of = consensus.all_answers(step.id, named)
    agreed_on = consensus.agreed(step.id, named)
    for subject in named:
        if subject not in barred and here.visible(subject):
            given, agreed = answers_of.get(subject, ()), agreed_on.get(subject, ())
            yield from _lines_of(here, step, subject, given, agreed)


def _lines_of(
    here: Standing,
    step: FormStep,
    subject: str,
    answers: Sequence[Answer],
    agreed: Sequence[Consensus],
) -> Iterator[Line]:
    """Yield what is asked of one study, then what was answered and is asked no more."""
    order = {question.id: place for place, question in enumerate(step.form.questions)}
    given = gathered(
        ((str(a.reviewer), a.question, a.row), (place, a)) for place, a in enumerate(answers)
    )
    settled = gathered((one.item, one) for one in agreed)
    states = {state.item: state.found for state in here.states([subject])}
    said, pairings = here.said(subject), here.pairings(subject)
    rows = step.rows_on(said, pairings)

    def in_order(several: Iterable[Asked]) -> list[Asked]:
        return sorted(several, key=lambda one: (order.get(one.item.question, -1), one.item.row))

    asked = [(one, states[one.item]) for one in in_order(here.asked_of(subject))]
    hidden = step.unasked(said, pairings, agreed)  # a version of a form hides no answer
    asked += [(one, Found(Status.NOT_ASKED)) for one in in_order(hidden)]
    for one, found in asked:
        theirs = _answers(one, given)
        yield Line(
            subject=subject,
            item=one.item,
            row=rows.words(one.item),
            question=step.form.question(one.item.question),
            status=found.status,
            agreed=_agreed(found.status, found.value, settled.get(one.item, ()), theirs),
            answers=theirs,
        )


def _answers(
    one: Asked, given: Mapping[tuple[str, str, str], Sequence[tuple[int, Answer]]]
) -> tuple[Answer, ...]:
    """Return the answers to a question, in the order in which they are `given` by their places.

    Studies that were joined may have two answers of one reviewer in one place.
    """
    places = {(said.author, said.question, said.row) for said in one.said}
    found = (pair for place in places for pair in given.get(place, ()))
    return tuple(answer for _, answer in sorted(found, key=lambda pair: pair[0]))


def _agreed(
    status: Status, text: str, settled: Sequence[Consensus], answers: Sequence[Answer]
) -> Place | None:
    """Return what is agreed: as the meeting said it, or as the answer that was taken has it.

    Of a row that was settled nothing is, and of a question perhaps that nothing is recorded.
    """
    last = settled[-1] if status is Status.RESOLVED and settled else None
    if last is not None:
        alone, details = last.mode is Mode.ADJUDICATION, last.details
        if not text:
            return Place(value=Value(AnswerState.NONE), by=tuple(last.by), alone=alone)
        return Place(
            value=values.value_of(text),
            page=details.page,
            quote=details.quote,
            by=tuple(last.by),
            alone=alone,
        )
    if status not in AGREED or not text:
        return None
    value = values.value_of(text)
    same = (a for a in answers if Value(a.state, a.value, a.unit) == value)
    first = next(same, None)
    if first is None:
        return Place(value=value)
    return Place(value=value, report=first.report, page=first.page, quote=first.quote)


def agreed_by_study(
    consensus: ConsensusStage, step: FormStep, subjects: Iterable[str] | None = None
) -> Mapping[str, Mapping[tuple[str, str], Value]]:
    """Return what is agreed, by study, then by question and row; no answer is read for it.

    `UserError` while nothing of the form may be seen.
    """
    here = consensus.at(step.id)
    consensus.require_visible(step.id)
    barred = step.barred()
    found: dict[str, dict[tuple[str, str], Value]] = {}
    for subject in step.subjects() if subjects is None else subjects:
        if subject in barred or not here.visible(subject):
            continue
        states = here.states([subject])
        found[subject] = _values_of(s for s in states if step.form.question(s.item.question))
    return found


def _values_of(states: Iterable[State]) -> dict[tuple[str, str], Value]:
    return {
        (one.item.question, one.item.row): values.value_of(one.found.value)
        for one in states
        if one.status in AGREED and one.found.value
    }


def appraisals(
    consensus: ConsensusStage, step: FormStep, subjects: Iterable[str] | None = None
) -> Iterator[tuple[str, Appraisal]]:
    """Yield what the agreed ratings of each study come to, or of each row they are asked for."""
    here = consensus.at(step.id)
    consensus.require_visible(step.id)
    barred = step.barred()
    for subject in step.subjects() if subjects is None else subjects:
        if subject not in barred and here.visible(subject):
            yield from ((subject, one) for one in _appraised(here, step, subject))


def _appraised(here: Standing, step: FormStep, subject: str) -> Iterator[Appraisal]:
    form, listed = step.form, step.rows_on(here.said(subject), here.pairings(subject))
    found = [one for one in here.states([subject]) if form.question(one.item.question)]
    agreed = _values_of(found)
    settling = {(one.item.question, one.item.row): one.status not in NOT_WAITING for one in found}
    rows = {one.item.row: listed.words(one.item) for one in found}
    if any(not q.list for q in form.questions) or not rows:
        rows[""] = ""
    for row in sorted(rows):
        told = appraise(form, agreed, row, settling=settling)
        yield replace(told, row=rows[row])


def with_role(consensus: ConsensusStage, steps: Iterable[FormStep], role: str) -> Mapping[str, str]:
    """Return what is agreed of a role (`design`, `modality`, `peer-role`), by study.

    A form of which nothing may be seen says nothing.
    """
    found: dict[str, str] = {}
    for step in steps:
        for question in step.form.questions:
            if question.role == role and consensus.visible(step.id):
                for subject, said in agreed_by_study(consensus, step).items():
                    value = said.get((question.id, ""))
                    if value is not None:
                        found[subject] = value.value or str(value.state)
    return found


def of_designs(
    consensus: ConsensusStage, steps: Iterable[FormStep], designs: Collection[str]
) -> list[str]:
    """Return the studies of some designs, as agreed; `UserError` when there are none."""
    found = with_role(consensus, steps, "design")
    wanted = [study for study, design in found.items() if design in designs]
    if not wanted:
        raise UserError(f"No study is agreed to be {' or '.join(designs)}; see its answers.")
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row of a list as the review has it, with what each reviewer's row of it is called.

    `key` is as it was written.
    """

    list: str
    key: str
    keyed: tuple[tuple[Said, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A row of a list that waits for the meeting, or was settled by it.

    `partners` are the rows of other reviewers that it may be the same as, the likeliest first, and
    `proposed` the one that it probably is. `others` are the names of all rows of a list by the
    reviewers who have them; `questions` how many are asked once there is such a row.
    """

    row: Row
    partners: tuple[Row, ...]
    proposed: Row | None
    others: Mapping[str, Sequence[str]]
    questions: int

    def named(self, row: Row) -> str:
        """Return what a row is called, in the meeting as everywhere."""
        return row.words

    def label(self, word: str) -> str:
        """Return the row in words, `word` being what a row of its list is: "Arm: usual care"."""
        return f"{word[:1].upper()}{word[1:]}: {self.named(self.row)}"

    def phrase(self, word: str) -> str:
        """Say who has it."""
        alone = len({said.author for said in self.row.said}) < 2
        return f"only one has this {word}" if alone else "not all have it"

    def said_by(self, who: str, word: str) -> tuple[str, str]:
        """Return what a reviewer calls it; or that they have none, and which they have."""
        keys = "; ".join(key_of(said) for said in self.row.said if said.author == who)
        others = ", ".join(self.others.get(who, ()))
        return (keys, "") if keys else (f"no such {word}", f"has: {others}" if others else "")

    def agreed(self, word: str, status: Status | None) -> str:
        """Return what the meeting said of it."""
        if status is not Status.RESOLVED:
            return ""
        return self.named(self.row) if self.row.asked else f"no such {word}"

    def paired_with(self, word: str, status: Status | None) -> str:
        """Return the same, and where several names were made one row, those: "one arm: A, B"."""
        said = self.agreed(word, status)
        names = sorted({key_of(one).strip() for one in self.row.said}, key=str.casefold)
        if not said or not self.row.asked or len(names) < 2:
            return said
        called = f", called {said}" if said not in names else ""
        return f"one {word}{called}: {' = '.join(names)}"

    def with_(self, other: Row | None, *, key: str = "", exists: bool = True) -> Pairing:
        """Return the pair that makes the row one with another, or by itself, or says there is none.

        It is known by the other's key, unless another key is given.
        """
        rows_ = {*self.row.places, *(other.places if other else ())}
        return Pairing(
            list=self.row.list,
            key=key or (other.key if other else ""),
            rows=tuple(sorted(rows_)),
            exists=exists,
        )


def waiting_row(here: Standing, step: FormStep, subject: str, item: Item) -> WaitingRow | None:
    """Return the row that an item is, with what it may be paired with; None for a question."""
    if step.form.list_of(item.question) is None:
        return None
    listed = step.rows_on(here.said(subject), here.pairings(subject))
    row = listed.row(item.question, item.row)
    if row is None:
        return None
    may_be = partners(row, listed.of(item.question))
    return WaitingRow(
        row=row,
        partners=tuple(may_be),
        proposed=likeliest(row, may_be),
        others=listed.names(item.question),
        questions=sum(item.question in question.list for question in step.form.questions),
    )


def rows(consensus: ConsensusStage, step: FormStep) -> Iterator[tuple[str, ListRow, str]]:
    """Yield the rows of every list of the studies, and whether each is paired.

    A row that waits for the meeting is *proposed* where another reviewer's row of the list is
    probably the same (`rows.proposed`), else *unpaired*. One of which the meeting said that there
    is none is *no-such*, one that is there and that one reviewer alone has is *alone*. Nothing of
    what is hidden.
    """
    here = consensus.at(step.id)
    consensus.require_visible(step.id)
    barred = step.barred()
    for subject in step.subjects():
        if subject in barred or not here.visible(subject):
            continue
        listed = step.rows_on(here.said(subject), here.pairings(subject))
        for one in step.form.lists:
            found = listed.of(one.id)
            for row in found:
                keyed = tuple((each, key_of(each)) for each in dict.fromkeys(row.said))
                yield subject, ListRow(list=one.id, key=row.words, keyed=keyed), _state(row, found)


def _state(row: Row, found: Sequence[Row]) -> str:
    if row.waits:
        return "proposed" if proposed(row, found) else "unpaired"
    if not row.asked:
        return "no-such"
    return "paired" if len({said.author for said in row.said}) > 1 else "alone"
