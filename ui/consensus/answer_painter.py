"""The painter of a form's step: a study's questions as rows, each reviewer's answer, what settles.

What pairs the rows of lists (arms, outcomes) is in `row_painter.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from screener.answers import values
from screener.answers.phrases import near, phrase_of
from screener.answers.step import FormStep
from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.intraclass import Intraclass
from screener.consensus.reveal import Level, nameless
from screener.model import (
    Answer,
    AnswerState,
    Consensus,
    Discrepancy,
    Item,
    Question,
    Status,
    special_values,
    type_of,
)
from screener.model.gathering import gathered
from screener.model.step import WHOLE, Agreed
from screener.model.words import counted, listed
from screener.studies.totals import totals
from ui.consensus.offering import NO_LIKE_ROW, TYPED, not_alike, option_of, special_of, taken
from ui.consensus.painter import (
    Choice,
    ItemId,
    Line,
    Offer,
    Part,
    Table,
    id_of,
    numbered,
)
from ui.consensus.row_painter import RowPainter
from ui.consensus.sheet import SheetCell, SheetItem, SheetPainter, SheetRow
from ui.consensus.times import day

NO_ANSWER = "no answer"
_ALONE = "One reviewer’s answer"
_SAME = "The answers mean the same"
_LONGEST = 320
"""Of what stands below an answer so many letters are shown."""


class AnswerPainter(SheetPainter):
    """Shows the answers to each question side by side; settles it with one of them or another."""

    noun = "answer"
    did = "answered"
    part = "question"
    judged = "answered"
    stale = "the question changed since"
    subject = "study"
    subjects = "studies"

    def __init__(self, step: FormStep, names: Mapping[str, str]) -> None:
        super().__init__(names)
        self._step = step
        self._rows = RowPainter(step.form, self.name)
        self._titles = {one.id: one.title for one in step.form.sections}
        self.where = f"in {step.words}"
        self.finished = "Every question that is compared has one value that all agreed on."

    def _question(self, item: Item) -> Question | None:
        return self._step.form.question(item.question)

    def asked(self) -> Mapping[str, str]:
        """Return the questions of the form, and the lists whose rows may be one reviewer's only."""
        form = self._step.form
        titles = {one.id: one.title for one in form.lists}
        return {question.id: question.words for question in form.questions} | titles

    def label(self, item: SheetItem) -> str:
        """Return an item in words: the question, and the row it is asked for."""
        at = item.found.item
        if item.waiting is not None:
            return self._rows.label(item.waiting)
        question = self._question(at)
        words = question.words if question else at.question
        return ", ".join((words, *item.rows))

    # --- what is shown -----------------------------------------------------------------------

    def line(self, shown: Discrepancy, to_settle: int) -> Line:
        """Return a study: its name and how much of it is to settle, below it the report's title."""
        name, byline = self.title(shown)
        left = f"{to_settle} to settle" if to_settle else "settled"
        return Line(
            at=ItemId(shown.subject, WHOLE),
            title=name,
            below=byline,
            number=to_settle,
            spoken=f"{name}, {left}; {byline}",
        )

    def title(self, shown: Discrepancy) -> tuple[str, str]:
        """Return the name of a study, and the title of its report."""
        return (shown.name, shown.unit.title) if shown.name else (shown.unit.title, "")

    def titles(self, reviewers: Sequence[str], level: Level) -> tuple[str, ...]:
        """Return the names of the reviewers, as far as they are seen."""
        if level is Level.RECORD:
            return ()
        if level >= Level.NAMES:
            return tuple(map(self.name, reviewers))
        return tuple(nameless(place) for place in range(len(reviewers)))

    def section(self, item: SheetItem) -> str:
        """Return the title of the section; a row stands where its first question does."""
        question = self._first(item.found.item)
        return self._titles.get(question.section, "") if question else ""

    def _first(self, item: Item) -> Question | None:
        asked = (q for q in self._step.form.questions if item.question in (q.id, *q.list))
        return next(asked, None)

    def ordered(self, items: Sequence[SheetItem]) -> list[SheetItem]:
        """Return the questions as the form has them; a row before those that are asked for it."""
        order = {question.id: place for place, question in enumerate(self._step.form.questions)}

        def place(one: SheetItem) -> tuple[int, bool]:
            first = self._first(one.found.item)
            return order[first.id] if first else len(order), one.waiting is None

        return sorted(items, key=place)

    def row(self, item: SheetItem, reviewers: Sequence[str], level: Level) -> SheetRow:
        """Return a question with everybody's answer, or a row with who has it."""
        found = item.found
        done = found.status is Status.RESOLVED
        row = SheetRow(
            at=id_of(found),
            label=self.label(item),
            phrase="" if level is Level.RECORD else self._phrase(item),
            warning=item.warning,
            cells=() if level is Level.RECORD else self._cells(item, reviewers, level),
            settled=done,
            open=found.kind is not None and not done,
            types=self._types(item, done=done),
        )
        if level is Level.RECORD or found.status is Status.CONSENSUS_CONFLICT:
            return row
        return replace(row, agreed=self._agreed(item), below=self._agreed_below(found, level))

    def _types(self, item: SheetItem, *, done: bool) -> str:
        """Return what T does: what is settled is settled otherwise by a value that is typed."""
        if item.waiting is not None:
            return self._rows.types(item.waiting)
        return "settle otherwise" if done else "type another"

    def _phrase(self, item: SheetItem) -> str:
        """Say in a few words how an item stands."""
        found, question = item.found, self._question(item.found.item)
        if item.waiting is not None and found.status is Status.ROW:
            return self._rows.phrase(item.waiting)
        return phrase_of(found, question)

    def _cells(
        self, item: SheetItem, reviewers: Sequence[str], level: Level
    ) -> tuple[SheetCell, ...]:
        if item.waiting is not None:
            cells = self._rows.cells(item.waiting, reviewers)
        else:
            given = gathered((str(one.reviewer), one) for one in item.found.answers)
            cells = [self._cell(item, given.get(who, ()), who, level) for who in reviewers]
        return tuple(cells)

    def _cell(self, item: SheetItem, given: Sequence[Answer], who: str, level: Level) -> SheetCell:
        """Return the answer of one reviewer; of two that contradict each other none is taken."""
        if not given:
            return SheetCell(words=NO_ANSWER, quiet=True)
        whose = f"{self.name(who)}’s answer" if level >= Level.NAMES else _ALONE
        places = [_place(one.page, one.quote, one.note) for one in given]
        at = item.found.item
        return SheetCell(
            words=" / ".join(self._step.said(at, values.text_of(one)) for one in given),
            below="\n".join(filter(None, places)) if level is Level.EVERYTHING else "",
            choice=taken(given[0], whose) if len(given) == 1 else None,
        )

    def _agreed(self, item: SheetItem) -> str:
        found = item.found
        if item.waiting is not None:
            return self._rows.agreed(item.waiting, found.status)
        known = found.status in (Status.AGREED, Status.RESOLVED)
        return self._step.said(found.item, found.agreed) if known else ""

    def _agreed_below(self, found: Discrepancy, level: Level) -> str:
        if found.status is Status.AGREED:
            return "answered alike"
        if found.status is not Status.RESOLVED or not found.consensus:
            return ""
        one = found.consensus[-1]
        who = f"by {listed(one.by)}" if level >= Level.NAMES and one.by else ""
        why = f"“{one.why}”" if level >= Level.NAMES and one.why else ""
        return "\n".join(filter(None, (f"settled {day(one.time)}", who, why)))

    def agreed(self, found: Consensus, level: Level = Level.DECISIONS) -> str:
        """Return the value that was agreed."""
        text = values.Value(found.state, found.value, found.details.unit).text
        return self._step.said(found.item, text)

    def settled(self, item: SheetItem, agreed: Consensus) -> str:
        """Return what was settled, with what was asked."""
        return f"{self.label(item)}, {self.agreed(agreed)}"

    # --- what settles ------------------------------------------------------------------------

    def offers(self, item: SheetItem) -> tuple[Offer, ...]:
        """Return *Same meaning*, the options of the question, the special values it offers."""
        question = self._question(item.found.item)
        words = self.alike_words(item)
        same = (Offer(action="same-meaning", words=words, choice=Choice()),) if words else ()
        if item.waiting is not None:
            return same + self._rows.offers(item.waiting)
        if question is None:
            return same
        special = {state.value: state for state in special_values(question)}
        named = {option.id: option.words for option in type_of(question).options(question)}
        if not named:  # a number that is typed must not hit one of them
            return same + tuple(special_of(state) for state in special.values())
        named |= {id_: state.words for id_, state in special.items() if id_ not in named}
        return same + tuple(
            numbered(number, text, option_of(special.get(id_), id_))
            for number, (id_, text) in enumerate(named.items(), 1)
        )

    def marks(self, item: SheetItem, offer: Offer, choice: Choice) -> bool:
        """Say whether an offer shows what is chosen; several options may."""
        if offer.action == "same-meaning":
            return choice.same_meaning
        if item.waiting is not None:
            return offer.choice.pairing == choice.pairing
        if choice.state is not offer.choice.state:
            return False
        if choice.state is not AnswerState.VALUE:
            return True
        return offer.choice.value in choice.value.split(";")

    def with_offered(self, item: SheetItem, chosen: Choice | None, offer: Offer) -> Choice | None:
        """Return the option; where several may be chosen, those that are with it or without it."""
        question, value = self._question(item.found.item), offer.choice.value
        if question is None or question.type != "choices" or not value:
            return offer.choice
        several = chosen is not None and chosen.state is AnswerState.VALUE
        before = set(chosen.value.split(";")) if chosen is not None and several else set()
        ids = sorted((before ^ {value}) - {""})
        return Choice(value=";".join(ids), phrase=TYPED) if ids else None

    def alike_words(self, item: SheetItem) -> str:
        """Return the words of *Same meaning*: of two wordings, or a row that is probably another.

        Two options, dates or numbers mean the same only where they are near one another.
        """
        if item.waiting is not None:
            return self._rows.alike_words(item.waiting)
        question, answers = self._question(item.found.item), item.found.answers
        if question is None or len({one.reviewer for one in answers}) < 2:
            return ""
        worded = question.type in ("text", "long-text")
        alike = worded and values.have_one_kind(answers)
        alike = alike or near(question, list(map(values.text_of, answers)))
        return "Same meaning" if alike else ""

    def alike(self, item: SheetItem) -> Choice:
        """Return the answer that stands for all, or the row that is probably the same."""
        if item.waiting is not None:
            return self._rows.alike(item.waiting)
        one = values.meant(item.found.answers)
        return taken(one, _SAME, same_meaning=True)

    def not_alike(self, item: SheetItem) -> str:
        """Return why nothing can be said to mean the same."""
        return NO_LIKE_ROW if item.waiting is not None else not_alike(item.found.answers)

    def types_digits(self, item: SheetItem) -> bool:
        """Say whether a digit begins a number, a date or a text."""
        question = self._question(item.found.item)
        chosen = question is None or bool(type_of(question).options(question))
        return item.waiting is None and not chosen

    def asks(self, item: SheetItem) -> str:
        """Return what is typed: the question, with its units where it has several; or a name."""
        if item.waiting is not None:
            return self._rows.asks(item.waiting)
        question = self._question(item.found.item)
        return ", ".join((question.words, *question.units)) if question else ""

    def typed(self, item: SheetItem, text: str) -> Choice:
        """Return a value that was typed, perhaps with its unit or as a special value in words."""
        if item.waiting is not None:
            return self._rows.typed(item.waiting, text)
        question = self._question(item.found.item)
        assert question is not None  # else nothing is asked
        value = text.strip()
        for state in special_values(question):
            if value.casefold() in (state.words, state.value):
                return Choice(state=state, phrase=TYPED)
        read = values.typed(question, value, literal=True)
        wanted = Agreed(
            event="",
            item=item.found.item,
            state=AnswerState.VALUE,
            value=read.value,
            reason="",
            unit=read.unit,
        )
        said = self._step.check(wanted, "")
        return Choice(value=said.value, state=AnswerState(said.state), unit=said.unit, phrase=TYPED)

    def chosen(self, item: SheetItem, choice: Choice) -> str:
        """Return what would be settled, in words."""
        if choice.wordings_of:
            return choice.phrase
        if choice.pairing is not None and item.waiting is not None:
            return self._rows.chosen(item.waiting, choice.pairing)
        said = values.Value(choice.state, choice.value, choice.unit)
        return self._step.said(item.found.item, said.text)

    def wordings(self, reviewer: str, count: int) -> Choice:
        """Return the choice of a reviewer's wording on so many questions of a study."""
        words = f"{self.name(reviewer)}’s wording, {counted(count, 'question')}"
        return Choice(wordings_of=reviewer, phrase=words)

    # --- agreement ---------------------------------------------------------------------------

    def tables(self) -> Sequence[Table]:
        """Return a table for every question that has one."""
        return [
            Table(
                measure=one.id,
                words=self._step.form.named(question),
                noun=self._asked_of(question),
                categories=[(id_, self._category(question, id_)) for id_ in one.categories],
            )
            for one in self._step.all_measures()
            if one.options and (question := self._step.form.question(one.id)) is not None
        ]

    def _asked_of(self, question: Question) -> str:
        rows = [self._step.form.list_words(one) for one in question.list]
        return "row" if len(rows) > 1 else next(iter(rows), self.subject)

    def _category(self, question: Question, id_: str) -> str:
        option = next((o for o in type_of(question).options(question) if o.id == id_), None)
        return option.words if option else AnswerState(id_).words

    def parts(self, pair: PairAgreement) -> Sequence[Part]:
        """Return every question that is compared."""
        asked = {q.id: self._step.form.named(q) for q in self._step.form.questions}
        return [Part(measure=id_, name=asked[id_]) for id_ in (*pair.measured, *pair.alike)]

    def totals(self, pair: PairAgreement) -> Intraclass | None:
        """Return the correlation of the reviewers' totals, where the form has scores."""
        return totals(self._step.form, pair)


def _place(page: str, quote: str, note: str) -> str:
    """Return where an answer is from; the number of a page never stands alone on a line."""
    at = f"p.\u00a0{page}" if page[:1].isdigit() else page
    told = " \u00a0".join(filter(None, (f"“{quote}”" if quote else "", at)))
    text = "\n".join(filter(None, (told, note)))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
