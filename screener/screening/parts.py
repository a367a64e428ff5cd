"""What a queue can be narrowed to: a criterion as it was judged, a reason, a source, a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from screener.model import OTHER_REASON, Judgement, Protocol, Verdict
from screener.model.gathering import gathered
from screener.model.words import one_line
from screener.screening.rules import Unfolded
from screener.store import membership
from screener.store.file import File
from screener.store.heads import heads, memberships
from screener.store.kinds.project import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a queue: its id, its words, and the units that are in it."""

    id: str
    words: str
    units: frozenset[str]


_JUDGED = {
    Judgement.MET: "met",
    Judgement.NOT_MET: "not met",
    Judgement.UNCLEAR: "unclear",
}
NO_REASON = "none"
NO_YEAR = "0"


def by_criterion(said: Mapping[str, Iterable[Unfolded]], protocol: Protocol) -> Iterator[Part]:
    """Give the units on which a criterion was judged so, in the order of the protocol."""
    found = gathered(
        (f"{criterion}={judgement}", unit)
        for unit, own in said.items()
        for one in own
        for criterion, judgement in one.judgements.items()
    )
    for criterion in [c.id for c in protocol.criteria]:
        for judgement, words in _JUDGED.items():
            units = frozenset(found.get(f"{criterion}={judgement}", ()))
            name = protocol.reason_text(criterion)
            yield Part(id=f"{criterion}={judgement}", words=f"{name}: {words}", units=units)


def by_reason(said: Mapping[str, Iterable[Unfolded]], protocol: Protocol) -> Iterator[Part]:
    """Give the units that were excluded for a reason, in the order of the protocol."""
    found = gathered(
        (one.reason or NO_REASON, unit)
        for unit, own in said.items()
        for one in own
        if one.verdict is Verdict.EXCLUDE
    )
    known = {reason.id: f"{reason.number} {reason.text}" for reason in protocol.reasons}
    order = [*known, *sorted(found.keys() - known.keys() - {OTHER_REASON, NO_REASON})]
    words = known | {NO_REASON: "Without a reason", OTHER_REASON: "Another reason"}
    for reason in (*order, OTHER_REASON, NO_REASON):
        named = words.get(reason) or protocol.reason_text(reason)
        yield Part(id=reason, words=named, units=frozenset(found.get(reason, ())))


def by_source(file: File) -> Iterator[Part]:
    """Give the units that were found in a source, by its name."""
    names = {head.body.id: one_line(head.body.source) for head in heads(file, Batch)}
    unit_of = memberships(file)
    found = gathered(
        (names.get(batch, ""), unit_of.get(uid, uid))
        for uid, batch in membership.present_batches(file)
    )
    for name in sorted(found, key=str.casefold):
        yield Part(id=name, words=name, units=frozenset(found[name]))


def by_year(years: Mapping[str, int], every: Iterable[str]) -> Iterator[Part]:
    """Give the units of a year, the newest first, then those without one."""
    found = gathered((int(year), unit) for unit, year in years.items())
    for year in sorted(found, reverse=True):
        yield Part(id=str(year), words=str(year), units=frozenset(found[year]))
    yield Part(id=NO_YEAR, words="Without a year", units=frozenset(every) - years.keys())


def by_label(labels: Mapping[str, Iterable[str]]) -> Iterator[Part]:
    """Give the units that carry a label of the reviewer's own, by its name."""
    for name in sorted(labels, key=str.casefold):
        yield Part(id=name, words=name, units=frozenset(labels[name]))
