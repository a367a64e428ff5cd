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
from screener.store.heads import events_of, heads
from screener.store.kinds.meeting import Consensus, OpenedEarly
from screener.store.kinds.reviewer import Reopen
from screener.store.undo import restored


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of a step a report tells beside its numbers.

    `opened_early` are the reasons for showing what not everybody had closed ("" where none was
    given), `left` who left the step and why, `late` who joined it late, `reopened` who opened it
    again and why; `overturned` counts the items on which
    the meeting agreed otherwise than the reviewers, or a meeting before it, had.
    """

    words: str
    opened_early: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    late: tuple[str, ...] = ()
    reopened: tuple[tuple[str, str], ...] = ()
    overturned: int = 0

    def sentences(self) -> Iterator[str]:
        """Yield what there is to tell, a sentence each."""
        for name, why in self.left:
            yield f"{name} left {self.words.lower()}: {why}."
        for name in self.late:
            yield f"{name} joined {self.words.lower()} late, and was not waited for in all of it."
        for why in self.opened_early:
            because = f": {why}" if why else "; no reason was given"
            yield f"{self.words} was shown before everybody had closed it{because}."
        for name, why in self.reopened:
            yield f"{name} opened {self.words.lower()} again after closing it: {why}."
        if number := self.overturned:
            were = "was settled otherwise than it was" if number == 1 else "were settled otherwise"
            were += "" if number == 1 else " than they were"
            yield f"{self.words}: {counted(number, 'item')} {were} agreed before."


def told(file: File, standing: Standing, reviewers: Iterable[Reviewer]) -> Told:
    """Return what of a step a report tells; in a copy of its reviewer only."""
    step = standing.step
    names = {str(one.id): one.name for one in reviewers}
    parts = [one for one in standing.coverage.parts.values() if one.reviewer in names]
    early = [head.body.why for head in heads(file, OpenedEarly, step=step.id)]
    return Told(
        words=step.words,
        opened_early=tuple(map(reason, early)),
        left=tuple((names[p.reviewer], reason(p.why)) for p in parts if p.left),
        late=tuple(names[p.reviewer] for p in parts if p.after and not p.left),
        reopened=tuple(
            (names.get(entry.author, entry.author), reason(entry.event.body.why))
            for entry in history.of_kinds(file, "reopen", step=step.id)
            if isinstance(entry.event.body, Reopen)
        ),
        overturned=len(list(overturning(file, standing))),
    )


def overturning(file: File, standing: Standing) -> Iterator[str]:
    """Yield the event of every consensus that stands, may be seen and overturned what was agreed.

    What was agreed on removed and withdrawn records counts no more.
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
    for several in agreed.values():
        for one in several:
            if _overturns(file, standing.step, one, events[one.event], basis):
                yield one.event


def _overturns(
    file: File, step: Step, one: Agreed, event: Event, basis: Mapping[str, Said]
) -> bool:
    """Say whether a consensus is otherwise than the answers, or what was settled, on its table."""
    said = [basis[event] for event in one.basis if event in basis]
    found = [
        step.settled(one.item, before)
        for before, on in _before(file, one, event, basis)
        if _alike(step, one.item, on, said)  # else it was reopened, and was to be settled again
    ]
    what = step.settled(one.item, one)
    return any(
        # A reason where none was agreed adds to it and overturns nothing.
        not says_the_same(step, one.item, was, what if was.reason else what._replace(reason=""))
        for was in found or _agreed(step, one.item, said)
    )


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
