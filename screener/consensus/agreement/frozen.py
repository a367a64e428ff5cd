"""The answers that agreement is computed on: of each reviewer, as they first closed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from screener.consensus.coverage import Coverage
from screener.consensus.firsts import Firsts
from screener.model import Status
from screener.model.step import Said, Step
from screener.store import heads
from screener.store.file import File
from screener.store.history import answered_after
from screener.store.kinds.reviewer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The answers that count, by reviewer and subject, and what each close brought.

    `brought` are (reviewer, event of the close, subjects that counted first under it), in the
    order of the closes; `not_closed` are by reviewer the subjects with answers that are under no
    close of theirs, `late` those they answered only after the close that counts, `parted` those of
    which two first closes say otherwise. Who has closed nothing is not in `said`. Of the subjects
    that were answered, `gone` are no longer in the review, and `joined` are the further records of
    what counts once since they were joined, by subject: both change figures after the closes.
    """

    said: Mapping[str, Mapping[str, tuple[Said, ...]]]
    brought: tuple[tuple[str, str, int], ...] = ()
    not_closed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    late: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: int = 0
    joined: Mapping[str, int] = field(default_factory=dict)

    def apart(self, author: str) -> frozenset[str]:
        """Return the subjects that a reviewer answered without counting on them."""
        none: frozenset[str] = frozenset()
        return none.union(
            *(of.get(author, none) for of in (self.not_closed, self.late, self.parted))
        )


def frozen(file: File, step: Step, coverage: Coverage, present: Collection[str]) -> Frozen:
    """Return for each subject what each reviewer said at their first close under which it was open.

    Only the subjects in `present` count, those that are asked and visible. So a later search round
    counts with its own first close, a changed decision as first closed, and who has not closed
    counts nowhere.
    """
    now, _ = coverage.withheld.parted()
    by_author: dict[str, dict[str, tuple[Said, ...]]] = {}
    gone, joined = 0, Counter[str]()
    removed = {s for s, why in step.barred().items() if why is Status.REMOVED}
    for subject, several in now.items():
        if subject not in present:
            gone += subject in removed
            continue
        times = Counter((one.author, one.question, one.row) for one in several)
        joined[subject] = max(times.values()) - 1
        for one in several:
            mine = by_author.setdefault(one.author, {})
            mine[subject] = (*mine.get(subject, ()), one)
    found: dict[str, Mapping[str, tuple[Said, ...]]] = {}
    brought: list[tuple[str, str, int]] = []
    not_closed: dict[str, frozenset[str]] = {}
    late: dict[str, frozenset[str]] = {}
    parted: dict[str, frozenset[str]] = {}
    for author in sorted(by_author.keys() | coverage.closings.keys()):
        mine = by_author.get(author, {})
        theirs = _of_one(file, step, coverage, author, mine, present)
        if author in coverage.closings:
            found[author] = theirs.said
        brought += [(author, event, count) for event, count in theirs.closes.items()]
        ends = coverage.closings.get(author, [])
        parted[author] = theirs.parted
        apart = mine.keys() - theirs.said.keys() - theirs.parted
        late[author] = frozenset(
            one for one in apart if any(coverage.is_under(end, author, one) for end in ends)
        )
        not_closed[author] = frozenset(apart - late[author])
    return Frozen(
        said=found,
        brought=tuple(brought),
        not_closed=not_closed,
        late=late,
        parted=parted,
        gone=gone,
        joined=+joined,
    )


class _Counted(NamedTuple):
    """One reviewer's answers that count, how many each close brought, and what closes part on."""

    said: Mapping[str, tuple[Said, ...]]
    closes: Mapping[str, int]
    parted: frozenset[str] = frozenset()


def _of_one(
    file: File,
    step: Step,
    coverage: Coverage,
    author: str,
    now: Mapping[str, tuple[Said, ...]],
    present: Collection[str],
) -> _Counted:
    """Return one reviewer's answers that count, and how many each close brought."""
    ends = coverage.closings.get(author, [])
    firsts = Firsts(file, step.id, author, ends, coverage.is_under)
    if not firsts.closes:
        return _Counted({}, {})
    every = firsts.of_all()
    if (
        len(every) == 1
        and coverage.closed_everything(every[0])
        and not answered_after(file, step.id, author, firsts.pasts[every[0].event])
        and not heads.cached(file, Answer, step=step.id, author=author)
    ):
        return _Counted(now, {every[0].event: len(now)})
    found: dict[str, tuple[Said, ...]] = {}
    counts = dict.fromkeys((end.event for end in firsts.closes), 0)
    parted: set[str] = set()
    for subject in present:
        said = firsts.said(subject)
        if said is None:
            parted.add(subject)
        elif said:
            found[subject] = said
            counts[firsts.of(subject)[0].event] += 1
    return _Counted(
        found, {event: count for event, count in counts.items() if count}, frozenset(parted)
    )
