"""What follows for one subject of a step from what is said on it, and from what was agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from screener.consensus.agreed import basis_of, says_the_same
from screener.consensus.coverage import Coverage
from screener.model import DiscrepancyKind, Status
from screener.model.gathering import gathered
from screener.model.step import (
    WHOLE,
    Agreed,
    Asked,
    Found,
    Item,
    Pairing,
    Said,
    Step,
    values_by_author,
)
from screener.store.file import File, FileKind

Items = tuple[tuple[Item, Found], ...]
Known = tuple[dict[tuple[Said, ...], Items], dict[tuple[Said, ...], Items]]
"""What follows from things said: while more is waited for, and when nothing is."""
WITH_STATUS: dict[Status, Items] = {status: ((WHOLE, Found(status)),) for status in Status}
"""What a subject has whatever is said on it."""
FEW = 8
"""What is said of a subject is met again on others up to so many answers; more is too various."""


class Look:
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
            return WITH_STATUS[Status.HIDDEN]
        # Asked of every subject: one that all have answered may still have a question with a gap.
        if self._alone:
            closed = not self._coverage.waits_for(self._mine, subject)
        else:
            closed = self._coverage.closed_by_all(subject)
        agreed = self._agreed.get(subject, [])
        if pairs or agreed or len(said) > FEW:  # seldom
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
