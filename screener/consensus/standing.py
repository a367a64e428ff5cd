"""Where the subjects of a step stand: derived from the events, kept, derived again on change.

This is the one place that keeps what was derived. Only subjects that an action named are derived
again; after an import, a merge, a join of groups or a protocol version everything is. What is kept
always equals what would be derived afresh (a property test plays random actions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from screener.consensus.agreed import agreed_heads, pairings, unreadable
from screener.consensus.coverage import Coverage
from screener.consensus.look import WITH_STATUS, Items, Known, Look
from screener.model import Outcome, Status
from screener.model.gathering import gathered
from screener.model.step import (
    WHOLE,
    Agreed,
    Asked,
    Found,
    Item,
    Pairing,
    Said,
    State,
    Step,
    by_author,
)
from screener.store import heads
from screener.store.file import File
from screener.store.kept import Kept, Looked
from screener.store.kinds import KINDS

BARRED = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
"""What nobody answers, and so is told even while the answers are hidden."""


@dataclass(slots=True)
class _Derived:
    """What is kept of a step: the places of its subjects, what reviewers said, what follows."""

    coverage: Coverage
    places: dict[str, int]
    said: dict[str, tuple[Said, ...]]
    withheld: dict[str, tuple[Said, ...]]
    items: dict[str, Items]
    stale: set[str]
    counts: Counter[tuple[Status, Outcome | None]] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    differing: Counter[bool] = field(default_factory=Counter)
    outcomes: dict[Outcome, set[str]] = field(default_factory=lambda: {o: set() for o in Outcome})
    asked: int = 0
    lost: list[str] = field(default_factory=list)

    def given(self, subject: str) -> tuple[Said, ...]:
        """Return what was said on a subject, withheld or not."""
        return self.said.get(subject, ()) + self.withheld.get(subject, ())


class Standing:
    """Where the subjects of one step stand in one file."""

    def __init__(self, file: File, step: Step) -> None:
        self._file = file
        self.step = step
        self._known: Known = ({}, {})
        self._found: dict[str, tuple[Items, dict[Item, Found]]] = {}
        self._kept = Kept(file, self._derived, self._derive_again, ignores=step.unmoved_by)
        self.asked_of = Looked(file, self._asked_of).of  # what is compared on a subject, and said
        self.said_by_item = Looked(file, self._said_by_item).of
        self.pairings = Looked(file, self._pairings).of  # of rows, that the meeting wrote on one
        self.agreed_on = Looked(file, self._agreed_on).of  # what stands of it on a subject, by item

    @property
    def known(self) -> bool:
        """Whether it is kept; else the next question derives everything."""
        return self._kept.known

    @property
    def coverage(self) -> Coverage:
        """Who answers the step, and what of it may be seen."""
        return self._kept.now().coverage

    def states(self, subjects: Iterable[str] | None = None) -> Iterator[State]:
        """Yield where every item stands (or those of the subjects named), in order."""
        kept = self._kept.now()
        for subject in kept.places if subjects is None else subjects:
            yield from (self._state(kept, subject, *one) for one in kept.items.get(subject, ()))

    def places(self, subjects: Iterable[str] | None = None) -> Iterator[tuple[str, Found]]:
        """Yield where every subject stands (or those named) that has one item, in order."""
        kept = self._kept.now()
        for subject in kept.places if subjects is None else subjects:
            for _, found in kept.items.get(subject, ())[:1]:
                yield subject, found

    def state(self, subject: str, item: Item = WHOLE) -> State | None:
        """Return where one item stands; None when there is none."""
        kept = self._kept.now()
        items = kept.items.get(subject, ())
        for one, found in items[:1]:
            if found.status is Status.HIDDEN or found.status in BARRED:
                return self._state(kept, subject, one, found)
        known = self._found.get(subject)
        if known is None or known[0] is not items:  # whoever asks of one item asks of the next
            self._found = self._found if len(self._found) < Looked.MOST else {}
            known = self._found[subject] = items, dict(items)
        of_item = known[1].get(item)
        return None if of_item is None else self._state(kept, subject, item, of_item)

    def said(self, subject: str) -> tuple[Said, ...]:
        """Return what the reviewers say on a subject, hidden or not, but what is withheld."""
        return self._kept.now().said.get(subject, ())

    def given(self, subject: str) -> tuple[Said, ...]:
        """Return the same with what is withheld: who has answered, never what."""
        return self._kept.now().given(subject)

    def said_on(self, subject: str, item: Item) -> tuple[Said, ...]:
        """Return what the reviewers say to one item, as `said` does."""
        return self.said_by_item(subject).get(item, ())

    def _said_by_item(self, subject: str) -> Mapping[Item, tuple[Said, ...]]:
        found = gathered((one.item, one.said) for one in self.asked_of(subject))
        return {item: tuple(chain.from_iterable(several)) for item, several in found.items()}

    def _asked_of(self, subject: str) -> tuple[Asked, ...]:
        agreed = [one for several in self.agreed_on(subject).values() for one in several]
        return tuple(self.step.items(self.said(subject), self.pairings(subject), agreed))

    def _pairings(self, subject: str) -> tuple[Pairing, ...]:
        return pairings(self._file, self.step.id, [subject]).get(subject, ())

    def _agreed_on(self, subject: str) -> Mapping[Item, list[Agreed]]:
        found = agreed_heads(self._file, self.step.id, [subject]).get(subject, ())
        return gathered((one.item, one) for one in found)

    def counts(self) -> Mapping[tuple[Status, Outcome | None], int]:
        """Return how many items have each status and outcome."""
        return self._kept.now().counts

    def answered(self) -> Mapping[str, int]:
        """Return by reviewer how many of what is asked they have answered in full."""
        return self._kept.now().answered

    def asked(self) -> int:
        """Return how many subjects are open and obtained, so that reviewers answer them."""
        return self._kept.now().asked

    def with_outcome(self, outcome: Outcome, subjects: Iterable[str] | None = None) -> list[str]:
        """Return the subjects (all, or of those named) of an outcome, in their order."""
        kept = self._kept.now()
        found = kept.outcomes[outcome]
        some = found if subjects is None else found.intersection(subjects)
        return sorted(some, key=kept.places.__getitem__)

    def without(self, outcome: Outcome, subjects: Iterable[str] | None = None) -> set[str]:
        """Return the subjects (all, or of those named) that do not have an outcome."""
        kept = self._kept.now()
        of = kept.places.keys() if subjects is None else kept.places.keys() & subjects
        return of - kept.outcomes[outcome]

    def in_order(self, states: Iterable[State]) -> list[State]:
        """Return some states in the order of their subjects."""
        places = self._kept.now().places
        return sorted(states, key=lambda state: places.get(state.subject, 0))

    def discrepancies(self, subjects: Iterable[str] | None = None) -> Iterator[State]:
        """Yield the items (or those of the subjects named) on which something differs or did."""
        kept = self._kept.now()
        for subject in kept.places if subjects is None else subjects:
            for item, found in kept.items.get(subject, ()):
                if found.kind is not None:
                    yield self._state(kept, subject, item, found)

    def differing(self) -> Mapping[bool, int]:
        """Return how many discrepancies are to settle (True) and how many are settled (False)."""
        return self._kept.now().differing

    def visible(self, subject: str) -> bool:
        """Say whether what is said on a subject may be shown."""
        return self._kept.now().coverage.visible(subject)

    def any_visible(self) -> bool:
        """Say whether anything of the step may be shown, or nothing is hidden.

        What was visible stays so when it is not asked any more: not retrieved, or held back.
        """
        kept, hidden = self._kept.now(), self.hidden()
        if kept.coverage.none_visible:
            return not kept.asked
        return not hidden or hidden < kept.asked or any(map(self._was_asked, kept.places))

    def _was_asked(self, subject: str) -> bool:
        """Say whether a subject was opened and is visible, and is not asked any more."""
        kept = self._kept.now()
        gone = (Status.NOT_OPEN, Status.NOT_RETRIEVED)
        later = any(found.status in gone for _, found in kept.items[subject][:1])
        return later and bool(kept.coverage.opened(subject)) and kept.coverage.visible(subject)

    def hidden(self) -> int:
        """Return how many subjects are hidden."""
        return self.counts()[Status.HIDDEN, None]

    def _state(self, kept: _Derived, subject: str, item: Item, found: Found) -> State:
        return State(
            subject=subject,
            step=self.step.id,
            item=item,
            found=found,
            stale=subject in kept.stale and found.status not in (*BARRED, Status.HIDDEN),
        )

    def forget(self) -> None:
        """Have everything derived afresh at the next question."""
        self._kept.forget()

    def _derived(self) -> _Derived:
        file, step = self._file, self.step
        self._known = ({}, {})
        coverage = Coverage(file, step)
        said, withheld = coverage.withheld.parted()
        kept = _Derived(
            coverage=coverage,
            places={subject: place for place, subject in enumerate(step.subjects())},
            said=said,
            withheld=withheld,
            items={},
            stale=step.stale(),
        )
        self._follow(kept, [*kept.places], None)
        for subject in sorted((kept.said.keys() | kept.withheld.keys()) - kept.items.keys()):
            if self.on_records:
                (row, *_) = heads.standing_answers(file, step=step.id, subjects=[subject])
                raise heads.wrong(file, row.event.hex(), "it names no record of this review")
            kept.lost.append(subject)
        return kept

    @property
    def on_records(self) -> bool:
        """Say whether the step is about records, which no review loses once it has them."""
        return any(KINDS[kind].on_record for kind in self.step.answered_by)

    def lost(self) -> list[str]:
        """Return what is answered and is no subject any more: it is named as a problem."""
        return [*self._kept.now().lost]

    def _derive_again(self, kept: _Derived, subjects: set[str]) -> None:
        here = [s for s in self.step.touched(subjects) if s in kept.items]
        for subject in here:
            self._count(kept, [subject], -1)
            kept.said.pop(subject, None)
            kept.withheld.pop(subject, None)
        if kept.coverage.anything_ended and self._asked_otherwise(kept, here):
            kept.coverage = Coverage(self._file, self.step)
        said, withheld = kept.coverage.withheld.parted(here)
        kept.said |= said
        kept.withheld |= withheld
        kept.stale = (kept.stale - set(here)) | self.step.stale(here)
        self._follow(kept, here, here)

    def _asked_otherwise(self, kept: _Derived, subjects: list[str]) -> bool:
        """Say whether some subjects are not asked any more, or again: it says what is closed."""
        before = {s for s in subjects if kept.items[s] == WITH_STATUS[Status.NOT_RETRIEVED]}
        barred = self.step.barred(subjects)
        return before != {s for s in subjects if barred.get(s) is Status.NOT_RETRIEVED}

    def _follow(self, kept: _Derived, subjects: Sequence[str], only: list[str] | None) -> None:
        """Derive what follows for some subjects; `only` names them unless it is all."""
        barred = self.step.barred(only)
        agreed = agreed_heads(self._file, self.step.id, only)
        pairs = pairings(self._file, self.step.id, only)
        look = Look(
            self._file, self.step, kept.coverage, agreed, self._known, hiding=bool(kept.said)
        )
        for subject in subjects:
            status = barred.get(subject)
            if status is not None:
                kept.items[subject] = WITH_STATUS[status]
            else:
                said = kept.said.get(subject, ())
                try:
                    kept.items[subject] = look.items(subject, said, pairs.get(subject, ()))
                except ValueError as error:
                    here = agreed.get(subject, ())
                    raise unreadable(self._file, self.step, subject, here) or error from error
        # Thousands of subjects have few different things said of them: each is counted once.
        by_what = (((id(kept.items[one]), kept.given(one)), one) for one in subjects)
        for alike in gathered(by_what).values():
            self._count(kept, alike, 1)

    def _count(self, kept: _Derived, alike: Sequence[str], sign: int) -> None:
        """Count subjects with the same items and answers (1), or count them no more (-1)."""
        items, by = kept.items[alike[0]], sign * len(alike)
        for _, found in items:
            kept.counts[found.status, found.outcome] += by
            if found.outcome is not None:
                with_it = kept.outcomes[found.outcome]
                (with_it.update if sign > 0 else with_it.difference_update)(alike)
            if found.kind is not None:
                kept.differing[found.status is not Status.RESOLVED] += by
        if not items or items[0][1].status not in BARRED:
            kept.asked += by
            for author, mine in by_author(kept.given(alike[0])).items():
                if self.step.complete(mine):
                    kept.answered[author] += by
