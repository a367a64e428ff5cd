"""Looking for linked reports: records about one study, or one about the other, no duplicates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from screener.duplicates import blocking, links
from screener.duplicates.comparison import compare
from screener.duplicates.found import Link
from screener.duplicates.prepared import Prepared, prepare
from screener.duplicates.settings import STANDARD
from screener.duplicates.verdict import Judge, Outcome
from screener.model import Progress, silent
from screener.units import identifiers
from screener.units.candidate import Candidate

_STEP = 500
_NOTICES = {
    "correction": "a correction of it",
    "retraction": "a notice of its retraction",
    "reply": "a reply to it",
    "comment": "a comment on it",
    "letter": "a letter about it",
}
_DOCUMENTS: tuple[tuple[Callable[[Prepared], bool], str, str], ...] = (
    (links.registry_entry, "its entry in a trial register", "a report of this registered trial"),
    (links.preprint, "a preprint of it", "the report of this preprint"),
    (attrgetter("meeting"), "a conference abstract of it", "a report of this conference abstract"),
)
"""Documents that come before the report: what tells them, their words, and the report's."""
_ALIKE = {
    Link.COCHRANE: "another version of this Cochrane review",
    Link.ELSEWHERE: "the same title and authors, published elsewhere",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What another record is to one that is looked at: "a preprint of it"."""

    one: str
    other: str
    kind: Link
    words: str


def bonds(
    few: Sequence[Candidate], every: Iterable[Candidate], progress: Progress = silent
) -> list[Bond]:
    """Return how a few records belong together with others of `every`, which holds them too.

    The same records are linked as by the finder of duplicates; only those are compared that share
    something with the few.
    """
    near = _near(few, every, progress)
    chosen = {record.id for record in few}
    return [
        Bond(one=one.id, other=other.id, kind=kind, words=_words(kind, one, other))
        for kind, left, right in _linked(near, chosen, progress)
        for one, other in ((left, right), (right, left))
        if one.id in chosen
    ]


def _near(
    few: Sequence[Candidate], every: Iterable[Candidate], progress: Progress
) -> list[Prepared]:
    """Return the records that share a key or a trial's number with one of the few, by their ids."""
    keys: set[str] = set()
    registered: set[str] = set()
    named: set[str] = set()
    for record in map(prepare, few):
        keys.update(_keys(record))
        (registered if links.registry_entry(record) else named).update(_trials(record.candidate))
    found = []
    for done, candidate in enumerate(every):
        if done % _STEP == 0:
            progress(done, None, "Looking for linked reports")
        record = prepare(candidate)
        # Entries that the few name, and who names an entry among them; no other abstract is read.
        trials = named if links.registry_entry(record) else registered
        if not keys.isdisjoint(_keys(record)) or (trials and trials & _trials(candidate)):
            found.append(record)
    return sorted(found, key=lambda record: record.id)


def _keys(record: Prepared) -> Iterator[str]:
    yield from blocking.keys(record)
    yield from blocking.word_keys(record)


def _trials(record: Candidate) -> frozenset[str]:
    return identifiers.trials(f"{record.registration} {record.title} {record.abstract}")


def _linked(
    near: Sequence[Prepared], chosen: Collection[str], progress: Progress
) -> Iterator[tuple[Link, Prepared, Prepared]]:
    """Yield the linked pairs that hold one of the chosen records, each kind once."""
    judge = Judge(STANDARD)
    for done, packed in enumerate(blocking.pairs(near)):
        if done % _STEP == 0:
            progress(done, None, "Looking for linked reports")
        one, other = (near[place] for place in blocking.places(packed, near))
        if one.id not in chosen and other.id not in chosen:
            continue
        pair = compare(one, other)
        if pair is not None and judge.verdict(pair).outcome is not Outcome.CERTAIN:
            kind = links.link(pair)
            if kind is not None:
                yield kind, one, other
    for left, right in sorted(set(links.registrations(near))):
        if near[left].id in chosen or near[right].id in chosen:
            yield Link.REGISTRATION, near[left], near[right]


def _words(kind: Link, one: Prepared, other: Prepared) -> str:
    """Say what `other` is to `one`."""
    if kind is Link.NOTICE:
        return _NOTICES.get(other.kind, "the report it is about")
    if kind in _ALIKE:
        return _ALIKE[kind]
    before = next((words for tells, words, _ in _DOCUMENTS if tells(other)), "")
    return before or next(words for tells, _, words in _DOCUMENTS if tells(one))
