"""What happened at a step that a report has to tell: shown early, opened again, overturned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from screener.consensus.agreed import agreed_heads, basis_of, says_the_same
from screener.consensus.standing import Standing
from screener.model import Reviewer, Status
from screener.model.step import Agreed, Found, Item, Said, Step, values_by_author
from screener.model.words import counted, reason
from screener.store import history
from screener.store.events import Event
from screener.store.file import File
from screener.store.heads import Head, events_of, heads
from screener.store.kinds.meeting import Consensus, OpenedEarly
from screener.store.kinds.project import Joins, Leaves
from screener.store.kinds.reviewer import Reopen
from screener.store.undo import restored


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened at a step: whom it is about, why, when and by whom it was recorded.

    `who` is a name and `person` the id, both "" for what is about nobody; `time` is an ISO time;
    `by` the name of a person, or "" of the coordinator; `why` is "" where no reason was given or
    none is asked for.
    """

    who: str = ""
    person: str = ""
    why: str = ""
    time: str = ""
    by: str = ""

    @property
    def day(self) -> str:
        """The day it was recorded, as an ISO date."""
        return self.time[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of a step a report tells beside its numbers.

    `opened_early` is each showing of what not everybody had closed, `left` who left the step,
    `late` who joined it late, `reopened` who opened it again after closing it; `overturned` counts
    the items on which the meeting agreed otherwise than the reviewers, or a meeting before it, had.
    """

    words: str
    opened_early: tuple[Happened, ...] = ()
    left: tuple[Happened, ...] = ()
    late: tuple[Happened, ...] = ()
    reopened: tuple[Happened, ...] = ()
    overturned: int = 0

    def sentences(self) -> Iterator[str]:
        """Yield what there is to tell, a sentence each."""
        step = self.words.lower()
        for one in self.left:
            yield f"{one.who} left {step}: {one.why}."
        for one in self.late:
            yield f"{one.who} joined {step} late, and was not waited for in all of it."
        for one in self.opened_early:
            because = f": {one.why}" if one.why else "; no reason was given"
            yield f"{self.words} was shown before everybody had closed it{because}."
        for one in self.reopened:
            yield f"{one.who} opened {step} again after closing it: {one.why}."
        if number := self.overturned:
            were = "was settled otherwise than it was" if number == 1 else "were settled otherwise"
            were += "" if number == 1 else " than they were"
            yield f"{self.words}: {counted(number, 'item')} {were} agreed before."


def told(file: File, standing: Standing, reviewers: Iterable[Reviewer]) -> Told:
    """Return what of a step a report tells; in a copy of its reviewer only."""
    step = standing.step
    names = {str(one.id): one.name for one in reviewers}
    parts = [one for one in standing.coverage.parts.values() if one.reviewer in names]
    joined = {head.body.reviewer: head for head in heads(file, Joins, step=step.id)}
    left = {head.body.reviewer: head for head in heads(file, Leaves, step=step.id)}

    def happened(who: str, head: Head[Joins] | Head[Leaves], why: str = "") -> Happened:
        by = names.get(head.author, "")
        return Happened(who=names[who], person=who, why=reason(why), time=head.time, by=by)

    return Told(
        words=step.words,
        opened_early=tuple(
            Happened(why=reason(one.body.why), time=one.time, by=names.get(one.author, ""))
            for one in heads(file, OpenedEarly, step=step.id)
        ),
        left=tuple(happened(p.reviewer, left[p.reviewer], p.why) for p in parts if p.left),
        late=tuple(
            happened(p.reviewer, joined[p.reviewer]) for p in parts if p.after and not p.left
        ),
        reopened=tuple(_reopened(file, step, names)),
        overturned=len(overturning(file, standing)),
    )


def _reopened(file: File, step: Step, names: Mapping[str, str]) -> Iterator[Happened]:
    for entry in history.of_kinds(file, "reopen", step=step.id):
        if isinstance(entry.event.body, Reopen):
            who = names.get(entry.author, entry.author)
            why = reason(entry.event.body.why)
            time = entry.event.time
            yield Happened(who=who, person=entry.author, why=why, time=time, by=who)


def overturning(file: File, standing: Standing) -> dict[str, Found]:
    """Return every consensus, by event, that overturned what was agreed, with what that was.

    Of what stands and may be seen; what was agreed on removed and withdrawn records counts no more.
    """
    every = agreed_heads(file, standing.step.id)
    gone = {one for one, found in standing.places(every) if found.status is Status.REMOVED}
    agreed = {
        subject: several
        for subject, several in every.items()
        if subject not in gone and standing.visible(subject)
    }
    basis = basis_of(file, agreed)() if agreed else {}
    ids = sorted(one.event for several in agreed.values() for one in several)
    events = {event.id: event for _, event in events_of(file, ids)}
    told = (
        (one.event, _overturned(file, standing.step, one, events[one.event], basis))
        for several in agreed.values()
        for one in several
    )
    return {event: was for event, was in told if was is not None}


def _overturned(
    file: File, step: Step, one: Agreed, event: Event, basis: Mapping[str, Said]
) -> Found | None:
    """Return what the answers, or a settlement, on the table say where a consensus is otherwise."""
    said = [basis[event] for event in one.basis if event in basis]
    found = [
        step.settled(one.item, before)
        for before, on in _before(file, one, event, basis)
        if _alike(step, one.item, on, said)  # else it was reopened, and was to be settled again
    ]
    what = step.settled(one.item, one)
    otherwise = (
        was
        for was in found or _agreed(step, one.item, said)
        # A reason where none was agreed adds to it and overturns nothing.
        if not says_the_same(step, one.item, was, what if was.reason else what._replace(reason=""))
    )
    return next(otherwise, None)


def _agreed(step: Step, item: Item, said: Sequence[Said]) -> list[Found]:
    """Return what the answers agreed on, if they did."""
    values = values_by_author(said)
    alike = all(step.same(item, v[0], other) for v in values.values() for other in v[1:])
    if not alike or len(values) < step.needed:
        return []
    found = step.compared(item, said)
    return [found] if found.status is Status.AGREED else []


def _before(
    file: File, one: Agreed, event: Event, basis: Mapping[str, Said]
) -> Iterator[tuple[Agreed, list[Said]]]:
    """Yield what had been settled on the same item, with the answers it was settled on."""
    while (origin := restored(file, event)) is not None:
        event = origin  # undo put it back: it takes the place of what it did at first
    named = {*one.basis, *event.supersedes} - basis.keys()  # those are answers
    for _, earlier in events_of(file, sorted(named)):
        body = earlier.body
        if isinstance(body, Consensus) and (body.question, body.row) == one.item:
            before = Agreed(
                event=earlier.id,
                item=one.item,
                state=body.state,
                value=body.value,
                reason=body.reason,
                unit=body.unit,
                basis=body.basis,
            )
            answers = basis_of(file, {"": [before]})()
            yield before, list(answers.values())


def _alike(step: Step, item: Item, ones: Sequence[Said], others: Sequence[Said]) -> bool:
    """Say whether the same people say the same in two collections of answers."""
    a, b = values_by_author(ones), values_by_author(others)
    return a.keys() == b.keys() and all(
        any(step.same(item, value, other) for other in b[who])
        and all(any(step.same(item, other, v) for v in a[who]) for other in b[who])
        for who, values in a.items()
        for value in values
    )
