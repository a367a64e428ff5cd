"""What a study is called until somebody names it: "Surname Year", with a letter where two clash."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from screener.model import Fields
from screener.units import identifiers

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def suggested(fields: Fields, taken: Collection[str] = ()) -> str:
    """Return the name of a study after one of its reports, other than those that are taken."""
    author = fields.authors[0].split(",")[0].strip() if fields.authors else ""
    year = "" if fields.year is None else str(fields.year)
    name = " ".join(filter(None, (author or fields.title[:40].strip() or "Study", year)))
    if name not in taken:
        return name
    return next(one for n in count(1) if (one := f"{name}{_letters(n)}") not in taken)


def _letters(number: int) -> str:
    """Return b for 1, then c, ... z, aa, ab, ...: the first of several has none."""
    found = ""
    while number >= 0:
        number, rest = divmod(number, len(_LETTERS))
        found, number = _LETTERS[rest] + found, number - 1
    return found


def registrations(fields: Fields) -> tuple[str, ...]:
    """Return the registration numbers of trials that a report names."""
    named = f"{fields.registration} {fields.title} {fields.abstract}"
    return tuple(sorted(identifiers.trials(named)))
