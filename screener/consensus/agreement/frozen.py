"""What reviewers said independently: their answers frozen at the first close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from screener.consensus.coverage import Coverage
from screener.model.step import Said, Step
from screener.store.file import File
from screener.store.heads import cached, said
from screener.store.history import Closing, Past, answered_after, answers_in
from screener.store.kinds.reviewer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The answers that count, by reviewer and subject, and what each close brought.

    `brought` are (reviewer, event of the close, subjects that counted first under it), in the
    order of the closes; `not_closed` is by reviewer how many subjects with answers are under no
    close of theirs, `late` how many they answered only after the close that counts. Who has closed
    nothing is not in `said`.
    """

    said: Mapping[str, Mapping[str, tuple[Said, ...]]]
    brought: tuple[tuple[str, str, int], ...] = ()
    not_closed: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)


def frozen(file: File, step: Step, coverage: Coverage, present: Collection[str]) -> Frozen:
    """Return for each subject what each reviewer said at their first close under which it was open.

    Only the subjects in `present` count, those that are asked and visible. So a later search round
    counts with its own first close, a changed decision as first closed, and who has not closed
    counts nowhere.
    """
    now = said(file, step.id)
    by_author: dict[str, dict[str, tuple[Said, ...]]] = {}
    for subject, several in now.items():
        if subject not in present:
            continue
        for one in several:
            mine = by_author.setdefault(one.author, {})
            mine[subject] = (*mine.get(subject, ()), one)
    found: dict[str, Mapping[str, tuple[Said, ...]]] = {}
    brought: list[tuple[str, str, int]] = []
    not_closed: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for author in sorted(by_author.keys() | coverage.closings.keys()):
        mine = by_author.get(author, {})
        counted, closes = _of_one(file, step, coverage, author, mine, present)
        if author in coverage.closings:
            found[author] = counted
        brought += [(author, event, count) for event, count in closes.items()]
        ends = coverage.closings.get(author, [])
        for subject in mine.keys() - counted.keys():
            closed = any(coverage.is_under(end, author, subject) for end in ends)
            (late if closed else not_closed)[author] += 1
    return Frozen(said=found, brought=tuple(brought), not_closed=not_closed, late=late)


def _of_one(
    file: File,
    step: Step,
    coverage: Coverage,
    author: str,
    now: Mapping[str, tuple[Said, ...]],
    present: Collection[str],
) -> tuple[Mapping[str, tuple[Said, ...]], dict[str, int]]:
    """Return one reviewer's answers that count, and how many each close brought."""
    closes = coverage.closings.get(author, [])
    if not closes:
        return {}, {}
    pasts = {end.event: Past.of(file, end.log, end.seq, end.event) for end in closes}
    firsts = _first_of(closes, pasts)
    if (
        len(firsts) == 1
        and coverage.closed_everything(firsts[0])
        and not answered_after(file, step.id, author, pasts[firsts[0].event])
        and not cached(file, Answer, step=step.id, author=author)
    ):
        return now, {firsts[0].event: len(now)}
    found: dict[str, tuple[Said, ...]] = {}
    counts = dict.fromkeys((end.event for end in closes), 0)
    read: dict[tuple[str, ...], dict[str, tuple[Said, ...]]] = {}
    for subject in present:
        under = _first_of([end for end in closes if coverage.is_under(end, author, subject)], pasts)
        if not under:
            continue
        key = tuple(end.event for end in under)
        if key not in read:
            past = pasts[key[0]]
            for event in key[1:]:
                past = past.and_also(pasts[event])
            read[key] = answers_in(file, step.id, author, past)
        if subject in read[key]:
            found[subject] = read[key][subject]
            counts[key[0]] += 1
    return found, {event: count for event, count in counts.items() if count}


def _first_of(closes: list[Closing], pasts: Mapping[str, Past]) -> list[Closing]:
    """Return the closes that have no other one in their past.

    Two computers that closed without knowing of each other both count.
    """
    return [
        one
        for one in closes
        if not any(
            other.event != one.event and pasts[one.event].holds(other.log, other.seq, other.event)
            for other in closes
        )
    ]
