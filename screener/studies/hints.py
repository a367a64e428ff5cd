"""Hints that reports belong to one study, each with its reason; a person decides.

Three things are looked at: the same registration number; what the finder of linked reports says of
two records (docs/numbers.md); two authors or more in common together with the same number of
participants or the same rare words of a place in both abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from screener.fulltext.linked import Apart, bonds
from screener.model import Hint, Progress, Unit, silent
from screener.model.gathering import gathered
from screener.model.words import listed
from screener.studies.naming import registrations
from screener.units import names
from screener.units.candidate import Candidate

_SIZE = re.compile(
    r"(?<![\w.])n\s?=\s?(\d{2,6})(?![\d.,]\d)|"
    r"(?<![\w.])(\d{2,6})\s+(?:\w+\s+){0,3}?"
    r"(?:participants|patients|adults|veterans|individuals|people|persons|women|men|clients|"
    r"users|consumers|subjects)\b",
    re.IGNORECASE,
)
_YEARS = range(1900, 2100)
_SITE = re.compile(
    r"\b((?:[A-Z][\w'’-]+\s+){1,4}(?:Hospital|University|Clinic|Centre|Center|Institute|College|"
    r"Trust|Healthcare System|Health Center|Medical Center))\b"
)


def hints(
    reports: Sequence[Unit],
    progress: Progress = silent,
    different: Sequence[Collection[str]] = (),
) -> list[Hint]:
    """Return what says that some of these reports are of one study, the surest first.

    Two reports are named once, with the first reason that there is. Of two that a person answered
    to be `different`, sets of ids of records, likeness alone is no reason.
    """
    found: dict[tuple[str, str], str] = {}
    apart = _apart(reports, different)
    linked = _linked(reports, progress, apart)
    alike = (one for one in _alike(reports) if not apart(one[0], one[1]))
    for one, other, why in (*_registered(reports), *linked, *alike):
        first, second = sorted((one, other))
        found.setdefault((first, second), why)
    order = {str(unit.id): place for place, unit in enumerate(reports)}
    return [
        Hint(reports=tuple(sorted(pair, key=order.__getitem__)), why=why)
        for pair, why in found.items()
    ]


def _registered(reports: Sequence[Unit]) -> Iterator[tuple[str, str, str]]:
    by_number = gathered(
        (number, str(unit.id)) for unit in reports for number in registrations(unit.fields)
    )
    for number, units in sorted(by_number.items()):
        for one, other in combinations(units, 2):
            yield one, other, f"Both name the registration {number}."


def _apart(reports: Sequence[Unit], different: Sequence[Collection[str]]) -> Apart:
    records = {str(unit.id): {*unit.records} for unit in reports}
    told = [{*said} for said in different]

    def apart(one: str, other: str) -> bool:
        return any(records[one] & said and records[other] & said for said in told)

    return apart


def _linked(
    reports: Sequence[Unit], progress: Progress, apart: Apart
) -> Iterator[tuple[str, str, str]]:
    few = [Candidate.of(unit.id, unit.fields) for unit in reports]
    for bond in bonds(few, few, progress, apart) if few else ():
        yield bond.one, bond.other, f"The second is {bond.words}."


def _alike(reports: Sequence[Unit]) -> Iterator[tuple[str, str, str]]:
    told = [(unit, _authors(unit), _sizes(unit), _sites(unit)) for unit in reports]
    for (one, by, sizes, sites), (other, others, other_sizes, other_sites) in combinations(told, 2):
        if len(shared := by & others) < 2:
            continue
        who = f"{listed(sorted(shared)[:2])} wrote both"
        if size := sorted(sizes & other_sizes, reverse=True):
            yield str(one.id), str(other.id), f"{who}, and both have {size[0]} participants."
        elif site := sorted(sites & other_sites):
            yield str(one.id), str(other.id), f"{who}, and both name {site[0]}."


def _authors(unit: Unit) -> frozenset[str]:
    """Return the surnames of the authors, as they are written before the comma."""
    surnames = (author.split(",")[0].strip() for author in unit.fields.authors)
    return frozenset(name for name in surnames if names.tokens(name))


def _sizes(unit: Unit) -> frozenset[int]:
    """Return the numbers of participants that an abstract names; a year is none."""
    found = {int(one or other) for one, other in _SIZE.findall(unit.fields.abstract)}
    return frozenset(found - {*_YEARS})


def _sites(unit: Unit) -> frozenset[str]:
    return frozenset(_SITE.findall(unit.fields.abstract))
