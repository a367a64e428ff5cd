"""Where the subjects of a step stand: derived from the events, kept, derived again on change.

This is the one place that keeps what was derived. Only subjects that an action named are derived
again; after an import, a merge, a join of groups or a protocol version everything is. What is kept
always equals what would be derived afresh (a property test plays random actions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from screener.consensus.agreed import (
    agreed_heads,
    basis_of,
    pairings,
    says_the_same,
    unreadable,
)
from screener.consensus.coverage import Coverage
from screener.model import DiscrepancyKind, Outcome, Status
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
    values_by_author,
)
from screener.store import heads
from screener.store.file import File, FileKind
from screener.store.kept import Kept, Looked

BARRED = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
"""What nobody answers, and so is told even while the answers are hidden."""

Items = tuple[tuple[Item, Found], ...]
Known = tuple[dict[tuple[Said, ...], Items], dict[tuple[Said, ...], Items]]
"""What follows from things said: while more is waited for, and when nothing is."""
_WITH_STATUS: dict[Status, Items] = {status: ((WHOLE, Found(status)),) for status in Status}
"""What a subject has whatever is said on it."""


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

    def given(self, subject: str) -> tuple[Said, ...]:
        """Return what was said on a subject, withheld or not."""
        return self.said.get(subject, ()) + self.withheld.get(subject, ())


class Standing:
    """Where the subjects of one step stand in one file."""

    def __init__(self, file: File, step: Step) -> None:
        self._file = file
        self.step = step
        self._known: Known = ({}, {})
        self._kept = Kept(file, self._derived, self._derive_again, ignores=step.unmoved_by)
        self.asked_of = Looked(file, self._asked_of).of  # what is compared on a subject, and said

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
        for one, found in kept.items.get(subject, ()):
            if one == item or found.status is Status.HIDDEN or found.status in BARRED:
                return self._state(kept, subject, one, found)
        return None

    def said(self, subject: str) -> tuple[Said, ...]:
        """Return what the reviewers say on a subject, hidden or not, but what is withheld."""
        return self._kept.now().said.get(subject, ())

    def given(self, subject: str) -> tuple[Said, ...]:
        """Return the same with what is withheld: who has answered, never what."""
        return self._kept.now().given(subject)

    def said_on(self, subject: str, item: Item) -> tuple[Said, ...]:
        """Return what the reviewers say to one item, as `said` does."""
        return tuple(s for one in self.asked_of(subject) if one.item == item for s in one.said)

    def _asked_of(self, subject: str) -> tuple[Asked, ...]:
        agreed = agreed_heads(self._file, self.step.id, [subject]).get(subject, ())
        return tuple(self.step.items(self.said(subject), self.pairings(subject), agreed))

    def pairings(self, subject: str) -> tuple[Pairing, ...]:
        """Return the pairs of rows that the meeting wrote on a subject."""
        return pairings(self._file, self.step.id, [subject]).get(subject, ())

    def counts(self) -> Mapping[tuple[Status, Outcome | None], int]:
        """Return how many items have each status and outcome."""
        return self._kept.now().counts

    def answered(self) -> Mapping[str, int]:
        """Return by reviewer how many of what is asked they have answered in full."""
        return self._kept.now().answered

    def asked(self) -> int:
        """Return how many subjects are open and obtained, so that reviewers answer them."""
        return self._kept.now().asked

    def with_outcome(self, outcome: Outcome) -> list[str]:
        """Return the subjects of an outcome, in their order."""
        kept = self._kept.now()
        return sorted(kept.outcomes[outcome], key=kept.places.__getitem__)

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
        for subject in (kept.said.keys() | kept.withheld.keys()) - kept.items.keys():
            (row, *_) = heads.standing_answers(file, step=step.id, subjects=[subject])
            raise heads.wrong(file, row.event.hex(), "it names no record of this review")
        return kept

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
        before = {s for s in subjects if kept.items[s] == _WITH_STATUS[Status.NOT_RETRIEVED]}
        barred = self.step.barred(subjects)
        return before != {s for s in subjects if barred.get(s) is Status.NOT_RETRIEVED}

    def _follow(self, kept: _Derived, subjects: Sequence[str], only: list[str] | None) -> None:
        """Derive what follows for some subjects; `only` names them unless it is all."""
        barred = self.step.barred(only)
        agreed = agreed_heads(self._file, self.step.id, only)
        pairs = pairings(self._file, self.step.id, only)
        look = _Look(
            self._file, self.step, kept.coverage, agreed, self._known, hiding=bool(kept.said)
        )
        for subject in subjects:
            status = barred.get(subject)
            if status is not None:
                kept.items[subject] = _WITH_STATUS[status]
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


class _Look:
    """One look at some subjects of a step, with everything it needs read beforehand."""

    def __init__(
        self,
        file: File,
        step: Step,
        coverage: Coverage,
        agreed: Mapping[str, list[Agreed]],
        known: Known,
        *,
        hiding: bool,
    ) -> None:
        self._step = step
        self._hiding = hiding  # where nobody's answers are here, there is nothing to hide
        self._coverage = coverage
        self._agreed = agreed
        self._basis: Callable[[], Mapping[str, Said]] = basis_of(file, agreed)
        self._known = known
        # In a copy nobody else's answers are here: nothing is compared, and nothing follows.
        self._alone = file.kind is FileKind.COPY
        self._mine = file.reviewer

    def items(self, subject: str, said: tuple[Said, ...], pairs: tuple[Pairing, ...]) -> Items:
        """Return the items of a subject, with where each stands."""
        if self._hiding and not self._coverage.visible(subject):
            return _WITH_STATUS[Status.HIDDEN]
        # Asked of every subject: one that all have answered may still have a question with a gap.
        if self._alone:
            closed = not self._coverage.waits_for(self._mine, subject)
        else:
            closed = self._coverage.closed_by_all(subject)
        agreed = self._agreed.get(subject, [])
        if pairs or agreed or len(said) > 8:  # seldom, or too various to be met again
            return self._with_agreed(
                tuple(self._step.items(said, pairs, agreed)), agreed, closed=closed
            )
        known = self._known[closed]
        return known.get(said) or known.setdefault(
            said, self._with_agreed(tuple(self._step.items(said, ())), [], closed=closed)
        )

    def _with_agreed(
        self, asked: tuple[Asked, ...], agreed: list[Agreed], *, closed: bool
    ) -> Items:
        by_item = gathered((each.item, each) for each in agreed)
        found = []
        for one in asked:
            here = one.found or self._one(one.item, one.said, closed=closed)
            if one.item in by_item:
                here = self._settled(one.item, here, one.said, by_item[one.item])
            found.append((one.item, here))
        return tuple(found)

    def _one(self, item: Item, said: tuple[Said, ...], *, closed: bool) -> Found:
        elements = self._step.elements(said)
        values = values_by_author(said)
        for first, *others in values.values():
            if not all(self._step.same(item, first, other) for other in others):
                return Found(Status.SELF, None, DiscrepancyKind.SELF, elements)
        if self._alone:
            waits = Status.NOT_STARTED if closed else Status.PENDING
            return Found(Status.DECIDED if said else waits)
        if len(values) < self._step.needed:
            if closed:
                return self._step.lacking(item, said)
            return Found(Status.PENDING if said else Status.NOT_STARTED, elements=elements)
        return self._step.compared(item, said)

    def _settled(
        self, item: Item, one: Found, said: tuple[Said, ...], agreed: list[Agreed]
    ) -> Found:
        what, *others = [self._step.settled(item, a) for a in sorted(agreed, key=lambda a: a.event)]
        if not all(says_the_same(self._step, item, what, other) for other in others):
            return Found(
                Status.CONSENSUS_CONFLICT,
                kind=DiscrepancyKind.CONSENSUS_CONFLICT,
                elements=one.elements,
            )
        settled = all(self._holds(item, said, a) for a in agreed)
        return what._replace(
            status=Status.RESOLVED if settled else Status.REOPENED,
            kind=one.kind_after(settled=settled),
            elements=one.elements,
        )

    def _holds(self, item: Item, said: tuple[Said, ...], agreed: Agreed) -> bool:
        """Say whether the answers are still those the consensus was made on.

        An answer that is new since must say what was agreed.
        """
        basis = self._basis() if agreed.basis else {}
        before = values_by_author(basis[event] for event in agreed.basis if event in basis)
        here = values_by_author(said)
        return all(
            self._alike(item, values, here.get(author, [])) for author, values in before.items()
        ) and all(
            self._step.holds(item, value, agreed)
            for author, values in here.items()
            if author not in before
            for value in values
        )

    def _alike(self, item: Item, ones: list[str], others: list[str]) -> bool:
        """Say whether two collections hold the same values, however often each."""
        same = self._step.same
        return all(any(same(item, a, b) for b in others) for a in ones) and all(
            any(same(item, a, b) for a in ones) for b in others
        )
