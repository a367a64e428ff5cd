"""What a study is called until somebody names it: "Surname Year", with a letter where two clash."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count

from screener.model import Fields, Intervention, Study, UserError, folded_name
from screener.model.words import as_name, is_blank, listed
from screener.units import identifiers

LONGEST = 1_000
"""So many characters a name has at most."""
_ID = re.compile("[0-9a-f]{32}")
_NAMED = 3
"""So many studies are named in what is done to an intervention."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def suggested(fields: Fields, taken: Collection[str] = ()) -> str:
    """Return the name of a study after one of its reports, other than those that are taken."""
    author = fields.authors[0].split(",")[0].strip() if fields.authors else ""
    year = "" if fields.year is None else str(fields.year)
    title = "" if is_blank(fields.title) else fields.title[:40].strip()
    name = " ".join(filter(None, (author or title or "Study", year)))
    name = f"Study {name}" if _means_another(name) else name
    if name not in taken:
        return name
    return next(one for n in count(1) if (one := f"{name}{_letters(n)}") not in taken)


def checked(name: str, *, taken: Iterable[str] = (), what: str = "study") -> str:
    """Return the name that a person gives a study (or an intervention) as it is kept.

    `UserError` for one that nobody can see, that is too long or taken, or that means a report or an
    id elsewhere.
    """
    name = as_name(name)
    if is_blank(name):
        raise UserError(f"Give the {what} a name with letters that can be seen.")
    if len(name) > LONGEST:
        raise UserError(f"The name of the {what} is too long; {LONGEST:,} characters are the most.")
    if _means_another(name):
        raise UserError(
            f"“{name}” would be taken for the number of a report or for an id; give the "
            f"{what} a name with words."
        )
    if folded_name(name) in map(folded_name, taken):
        raise UserError(f"Another {what} is called {name}; choose another name.")
    return name


def _means_another(name: str) -> bool:
    folded = folded_name(name)
    return folded.isdecimal() or bool(_ID.fullmatch(folded))


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


def grouping(
    called: str, known: Intervention | None, studies: Sequence[str], find: Callable[[str], Study]
) -> str:
    """Return what is done to an intervention, by the studies it gets or loses.

    `known` is how it was, None for a new one; `find` gives a study by its id.
    """
    before = known.studies if known is not None else ()
    new = [find(one) for one in studies if one not in before]
    come = [one.name for one in new if one.id not in before]
    gone = [find(one).name for one in before if one not in studies]
    if not gone and 0 < len(come) <= _NAMED:
        return f"Group {listed(come)} under {called}"
    if not come and 0 < len(gone) <= _NAMED:
        return f"Take {listed(gone)} out of {called}"
    return f"Group studies under {called}"
