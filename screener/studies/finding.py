"""Finding studies by what people call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from screener.model import Study, UserError
from screener.model.gathering import gathered


def finder(
    here: Iterable[Study], gone: Iterable[Study], unit: Callable[[str], str], none: str
) -> Callable[[str], Study]:
    """Return what finds a study by its id, its name or the number of one of its reports.

    Of those that are `gone`, which have no included report, by id and name. `unit` gives the unit
    of a record's number, and `none` says where there is no such study. `UserError` when there is
    none, or several have it.
    """
    present = list(here)
    by_word = gathered(
        (word, one) for one in (*present, *gone) for word in {one.id, one.name} if word
    )
    by_unit = gathered((report, one) for one in present for report in one.reports)

    def find(named: str) -> Study:
        wanted = named.strip()
        found = by_word.get(wanted, [])
        if not found and wanted.isdecimal():
            found = by_unit.get(unit(wanted), [])
        if len(found) > 1:
            raise UserError(f"“{named}” is {len(found)} studies; give the id of one.")
        if not found:
            raise UserError(f"There is no study “{named}” {none}; see its list of studies.")
        return found[0]

    return find
