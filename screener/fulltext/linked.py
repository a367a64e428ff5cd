"""Linked reports: what else belongs together with a report that is sought, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter

from screener.consensus.consensus import ConsensusStage
from screener.duplicates import blocking, links, verdict
from screener.duplicates.answers import said_different
from screener.duplicates.comparison import compare
from screener.duplicates.found import Link
from screener.duplicates.prepared import Prepared, prepare
from screener.duplicates.settings import STANDARD
from screener.model import Changes, Kind, Outcome, Progress, Stage, Unit, Verdict, silent
from screener.screening.screening import Screening
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import memberships
from screener.units import identifiers
from screener.units.candidate import Candidate
from screener.units.units import Units

_STEP = 500
_NOTICES = {
    "correction": "a correction of it",
    "retraction": "a notice of its retraction",
    "reply": "a reply to it",
    "comment": "a comment on it",
    "letter": "a letter about it",
}
_DOCUMENTS: tuple[tuple[Callable[[Prepared], bool], str, str], ...] = (
    (
        attrgetter("registry_entry"),
        "its entry in a trial register",
        "a report of this registered trial",
    ),
    (attrgetter("preprint"), "a preprint of it", "the report of this preprint"),
    (attrgetter("meeting"), "a conference abstract of it", "a report of this conference abstract"),
)
"""Documents that come before the report: what tells them, their words, and the report's."""
_ALIKE = {
    Link.COCHRANE: "another version of this Cochrane review",
    Link.ELSEWHERE: "the same title and authors, published elsewhere",  # or some: see `_words`
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What another record is to one that is looked at: "a preprint of it"."""

    one: str
    other: str
    kind: Link
    words: str


Apart = Callable[[str, str], bool]
"""Says whether a person answered that two records are different reports."""


def _none_apart(_: str, __: str) -> bool:
    return False


def bonds(
    few: Sequence[Candidate],
    every: Iterable[Candidate],
    progress: Progress = silent,
    apart: Apart = _none_apart,
) -> list[Bond]:
    """Return how a few records belong together with others of `every`, which holds them too.

    The same records are linked as by the finder of duplicates; only those are compared that share
    something with the few. What is nothing but alike is no bond of two that a person told `apart`.
    """
    near, words = _near(few, every, progress)
    chosen = {record.id for record in few}
    return [
        Bond(one=one.id, other=other.id, kind=kind, words=_words(kind, one, other))
        for kind, left, right in _linked(near, words, chosen, progress)
        if kind is not Link.ELSEWHERE or not apart(left.id, right.id)
        for one, other in ((left, right), (right, left))
        if one.id in chosen
    ]


def _near(
    few: Sequence[Candidate], every: Iterable[Candidate], progress: Progress
) -> tuple[list[Prepared], Set[str]]:
    """Return the records that share a key or a trial's number with one of the few, by their ids.

    And those of the few's pairs of words that not too many titles share.
    """
    keys: set[str] = set()
    words: dict[str, list[Prepared]] = {}
    registered: set[str] = set()
    named: set[str] = set()
    for candidate in few:
        record = prepare(candidate)
        keys.update(blocking.keys(record))
        words.update((key, []) for key in blocking.word_keys(record))
        (registered if record.registry_entry else named).update(_trials(candidate))
    found: dict[str, Prepared] = {}
    for done, candidate in enumerate(every):
        if done % _STEP == 0:
            progress(done, None, "Looking for linked reports")
        record = prepare(candidate)
        # Entries that the few name, and who names an entry among them; no other abstract is read.
        trials = named if record.registry_entry else registered
        if not keys.isdisjoint(blocking.keys(record)) or (trials and trials & _trials(candidate)):
            found[record.id] = record
        for key in words.keys() & set(blocking.word_keys(record)):
            words[key].append(record)
            if len(words[key]) > blocking.LARGEST:
                del words[key]  # what many titles share says nothing, and is not kept in memory
    found |= {record.id: record for block in words.values() for record in block}
    return sorted(found.values(), key=lambda record: record.id), words.keys()


def _trials(record: Candidate) -> frozenset[str]:
    return identifiers.trials(f"{record.registration} {record.title} {record.abstract}")


def _linked(
    near: Sequence[Prepared], words: Set[str], chosen: Collection[str], progress: Progress
) -> Iterator[tuple[Link, Prepared, Prepared]]:
    """Yield the linked pairs that hold one of the chosen records, each kind once."""
    judge = verdict.Judge(STANDARD)
    for done, packed in enumerate(blocking.pairs(near, words)):
        if done % _STEP == 0:
            progress(done, None, "Looking for linked reports")
        one, other = (near[place] for place in blocking.places(packed, near))
        if one.id not in chosen and other.id not in chosen:
            continue
        pair = compare(one, other)
        if pair is not None and judge.verdict(pair).outcome is not verdict.Outcome.CERTAIN:
            kind = links.link(pair)
            if kind is not None:
                yield kind, one, other
    abstracts = [record.abstract for record in near]
    for left, right in sorted(set(links.registrations(near, lambda: enumerate(abstracts)))):
        if near[left].id in chosen or near[right].id in chosen:
            yield Link.REGISTRATION, near[left], near[right]


def _words(kind: Link, one: Prepared, other: Prepared) -> str:
    """Say what `other` is to `one`."""
    if kind is Link.NOTICE:
        return _NOTICES.get(other.kind, "the report it is about")
    if kind is Link.ELSEWHERE and one.authors != other.authors:
        return "the same title and some authors of the same name, published elsewhere"
    if kind in _ALIKE:
        return _ALIKE[kind]
    before = next((words for tells, words, _ in _DOCUMENTS if tells(other)), "")
    return before or next(words for tells, _, words in _DOCUMENTS if tells(one))


_OUTCOMES = {
    Outcome.INCLUDE: "included at full text",
    Outcome.EXCLUDE: "excluded at full text",
    Outcome.AWAITING: "awaiting classification",
}
_FIRST = {
    Outcome.INCLUDE: "passed title and abstract",
    Outcome.EXCLUDE: "excluded at title and abstract",
}
_OWN = {
    Verdict.INCLUDE: "you included it at {}",
    Verdict.EXCLUDE: "you excluded it at {}",
    Verdict.MAYBE: "maybe, you said at {}",
}


class Standings:
    """In the project: outcomes of stages that are visible; in a copy: its reviewer's decisions."""

    def __init__(self, screening: Screening, consensus: ConsensusStage, *, copy: bool) -> None:
        self._screening = screening
        self._consensus = consensus
        self._copy = copy

    def words(self, unit: str, *, sought: bool, retrieval: str) -> str:
        """Say where a unit stands; `sought` when full text is open for it, and how that stands."""
        decided = self._own if self._copy else self._settled
        if sought:
            return decided(unit, Stage.FULL_TEXT) or f"its full text: {retrieval.replace('-', ' ')}"
        return decided(unit, Stage.TITLE_ABSTRACT) or "not open for full text"

    def _settled(self, unit: str, stage: Stage) -> str:
        if not self._consensus.visible(stage):
            return ""
        outcome = self._consensus.state(unit, stage).outcome
        if stage is Stage.FULL_TEXT:
            return _OUTCOMES[outcome] if outcome else ""
        return _FIRST[outcome] if outcome else "not settled at title and abstract"

    def _own(self, unit: str, stage: Stage) -> str:
        decision = self._screening.decision(unit, stage)
        return _OWN[decision.verdict].format(stage.words.lower()) if decision else ""


_OTHERS_NOW = (Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReport:
    """Another unit that belongs together with a report, as which, and where it stands."""

    unit: Unit
    kind: Link
    words: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """The units sought, and by each of them and by the other unit what it is to it."""

    sought: frozenset[str]
    bonds: Mapping[str, Mapping[str, Bond]]


class LinkedReports:
    """The links of the reports that full text is open for, computed from the records there are.

    Nothing of it is stored: a copy has the records too, and what is imported later is in it.
    """

    def __init__(
        self,
        file: File,
        units: Units,
        screening: Screening,
        standings: Standings,
        retrieval: Callable[[], Mapping[str, tuple[str, str]]],
    ) -> None:
        self._file = file
        self._units = units
        self._screening = screening
        self._standings = standings
        self._retrieval = retrieval
        self._looked: _Looked | None = None
        self._changes = 0
        file.listeners.append(self._on_changed)

    @property
    def known(self) -> bool:
        """Whether they were looked for since records, groups or open reports changed."""
        return self._looked is not None

    def look(self, progress: Progress = silent) -> None:
        """Look for them; among 20,000 records this takes seconds."""
        changes = self._changes
        looked = self._look(progress)
        if changes == self._changes:
            self._looked = looked

    def of(self, unit: str) -> list[LinkedReport]:
        """Return what is linked to a report, by number; looks for links first when it must."""
        if self._looked is None:
            self.look()
        looked = self._looked
        known = looked.bonds.get(unit) if looked else None
        if looked is None or known is None:
            return []
        retrieval = self._retrieval()
        found = []
        for other in sorted(self._units.load(known), key=lambda other: other.number):
            standing = self._standings.words(
                other.id,
                sought=other.id in looked.sought,
                retrieval=retrieval.get(other.id, ("sought", ""))[0],
            )
            bond = known[other.id]
            found.append(
                LinkedReport(unit=other, kind=bond.kind, words=bond.words, standing=standing)
            )
        return found

    def _look(self, progress: Progress) -> _Looked:
        unit_of = memberships(self._file)
        sought = set(self._screening.open_units(Stage.FULL_TEXT))
        every = membership.present_records(self._file)
        few = list(self._candidates(uid for uid in every if unit_of.get(uid, uid) in sought))
        found: dict[str, dict[str, Bond]] = {}
        order = list(Link)
        told = [{*said} for said in said_different(self._file)]
        apart = lambda one, other: any({one, other} <= said for said in told)  # noqa: E731
        near = bonds(few, self._candidates(every), progress, apart) if few else []
        for bond in sorted(near, key=lambda bond: order.index(bond.kind)):
            one, other = (unit_of.get(uid, uid) for uid in (bond.one, bond.other))
            if one != other:
                found.setdefault(one, {}).setdefault(other, bond)
        return _Looked(sought=frozenset(sought), bonds=found)

    def _candidates(self, uids: Iterable[str]) -> Iterable[Candidate]:
        return (Candidate.of(one.id, one.fields) for one in records.load(self._file, uids))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_OTHERS_NOW):
            self._changes += 1
            self._looked = None
