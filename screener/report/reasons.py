"""What a report names because it was asked for: the reasons people typed, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from screener.model import Batch
from screener.model.words import counted, reason
from screener.store.kinds.project import Remove


def taken_back(batches: Iterable[Batch]) -> Iterator[str]:
    """Say of every import that was taken back how much it had brought, and why."""
    for batch in batches:
        if batch.withdrawn:
            brought = f"{batch.search.source} ({counted(batch.parsed, 'record')})"
            yield f"The import from {brought} was taken back: {reason(batch.withdrawn)}."


def removed(removals: Iterable[Remove]) -> Iterator[str]:
    """Say how many records were removed before screening, for each reason in order."""
    found = Counter((reason(one.why), one.automatic) for one in removals)
    for (why, automatic), number in found.items():
        by = " by automation tools" if automatic else ""
        yield f"{_were(number, 'record')} removed{by} before screening: {why}."


def not_retrieved(whys: Iterable[str]) -> Iterator[str]:
    """Say how many reports could not be obtained, for each reason in order."""
    for why, number in Counter(map(reason, whys)).items():
        yield f"{_were(number, 'report')} not retrieved: {why}."


def versions(changes: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Say what changed with each version of the protocol for which a reason was asked."""
    return (f"Version {number} of the protocol: {reason(why)}." for number, why in changes if why)


def _were(number: int, one: str) -> str:
    return f"{counted(number, one)} {'was' if number == 1 else 'were'}"
