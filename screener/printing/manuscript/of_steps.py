"""The facts of one step: who answered how much, what differed, how it was settled and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from screener.consensus.people import people
from screener.consensus.settling import agreed_words
from screener.consensus.standing import Standing
from screener.model import DiscrepancyKind, Mode, Stage, Status
from screener.model.step import Found, Item, by_author
from screener.printing.manuscript.facts import Overturned, Part, Settled, StepFacts
from screener.printing.manuscript.stages import Stages
from screener.store.file import File

_NOT_ASKED = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
_WAITING = (Status.PENDING, Status.NOT_STARTED, Status.MISSING)


def step_facts(file: File, of: Stages, step: str) -> StepFacts:
    """Return the facts of a step; of what is hidden only how much of it there is."""
    here = of.consensus.at(step)
    visible = here.any_visible()
    found, open_ = _discrepancies(here) if visible else (Counter[DiscrepancyKind](), Counter())
    parts = _parts(of, here)
    begun = any(part.decided or part.closed for part in parts)
    compared = visible and begun and here.step.needed > 1
    return StepFacts(
        id=str(step),
        words=here.step.words,
        needed=here.step.needed,
        hidden=here.hidden(),
        answered=_answered(here) if visible else {},
        parts=parts,
        found=found,
        open=open_,
        settled=_settled(file, of, step, here) if visible else (),
        overturned=tuple(_overturned(of, here)) if visible else (),
        told=of.consensus.context.told(step),
        short=len({s.subject for s in here.states() if s.status in _WAITING}),
        under=_under(of, step) if visible and step in set(Stage) else {},
        stale=len({s.subject for s in here.states() if s.stale}) if visible else 0,
        agreement=of.consensus.agreement(step) if compared else None,
    )


def _discrepancies(
    here: Standing,
) -> tuple[Counter[DiscrepancyKind], Counter[DiscrepancyKind]]:
    """Count by kind what differs or did, and what of it is to settle."""
    found, open_ = Counter[DiscrepancyKind](), Counter[DiscrepancyKind]()
    for state in here.discrepancies():
        if state.kind is not None:
            found[state.kind] += 1
            open_[state.kind] += state.open
    return found, +open_


def _parts(of: Stages, here: Standing) -> tuple[Part, ...]:
    """Return what everybody did who takes part, took part or answered anything."""
    coverage = here.coverage
    found = []
    for one in of.consensus.reviewer_standings(here.step.id):
        taking = coverage.parts.get(one.reviewer.id)
        if taking is None and not one.decided and not one.codes:
            continue
        found.append(
            Part(
                name=one.reviewer.name,
                id=str(one.reviewer.id),
                decided=one.decided,
                pending=one.pending,
                closed=one.closed,
                codes=one.codes,
                left=taking.why if taking is not None and taking.left else None,
                late=taking is not None and bool(taking.after) and not taking.left,
                opened_since=one.opened_since,
                changed_since=one.changed_since,
            )
        )
    return tuple(found)


def _answered(here: Standing) -> Mapping[int, int]:
    """Count the subjects by how many reviewers answered all of them that is asked."""
    counts: Counter[int] = Counter()
    for subject, found in here.places():
        if found.status in _NOT_ASKED or not here.visible(subject):
            continue
        mine = by_author(here.given(subject)).values()
        counts[sum(here.step.complete(said) for said in mine)] += 1
    return dict(sorted(counts.items()))


def _settled(file: File, of: Stages, step: str, here: Standing) -> tuple[Settled, ...]:
    """Count what stands settled by how and by whom, most first; removed records count no more."""
    gone = {one for one, found in here.places() if found.status is Status.REMOVED}
    order = {one.name: place for place, one in enumerate(people(file))}
    found: Counter[tuple[Mode, tuple[str, ...]]] = Counter()
    for subject, several in of.consensus.agreed(step).items():
        if subject not in gone:
            for one in several:
                by = sorted(dict.fromkeys(one.by), key=lambda name: order.get(name, len(order)))
                found[one.mode, tuple(by)] += 1
    return tuple(
        Settled(mode=mode, by=by, number=number)
        for (mode, by), number in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    )


def _overturned(of: Stages, here: Standing) -> Iterator[Overturned]:
    """Yield what was agreed and settled otherwise, in the order of the subjects."""
    step = here.step
    over = of.consensus.context.overturning(step.id)
    if not over:
        return
    agreed = of.consensus.agreed(step.id)
    subjects = [one for one in step.subjects() if any(c.event in over for c in agreed.get(one, ()))]
    shown = step.shown(subjects)
    units = {str(unit.id): unit for unit in of.units.load(dict.fromkeys(shown.values()))}
    for subject in subjects:
        unit = units[shown[subject]]
        for one in agreed[subject]:
            was = over.get(one.event)
            if was is None:
                continue
            heads = here.agreed_on(subject).get(one.item, ())
            now = next(step.settled(one.item, h) for h in heads if h.event == one.event)
            yield Overturned(
                of=step.name_of(subject) or f"Record {unit.number}: {unit.title}",
                asked=step.called(one.item, here.said(subject), here.pairings(subject)),
                before=_words(of, here, one.item, was),
                now=_words(of, here, one.item, now),
                by=one.by,
                mode=one.mode,
                day=one.time[:10],
                why=one.why,
            )


def _words(of: Stages, here: Standing, item: Item, found: Found) -> str:
    said = agreed_words(here.step, item, found)
    return f"{said}, {of.protocol.current.reason_text(found.reason)}" if found.reason else said


def _under(of: Stages, step: str) -> Mapping[int, int]:
    """Count the decisions by the version of the protocol they were made under; 0: not known."""
    decisions = of.consensus.all_decisions(step).values()
    found = Counter(one.protocol for several in decisions for one in several)
    return dict(sorted(found.items()))
