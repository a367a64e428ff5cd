"""What is wrong with studies, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screener.model.words import listed
from screener.studies.book import Book


def problems(book: Book, left: Iterable[str], numbers: Mapping[str, int]) -> list[str]:
    """Return what is wrong: `left` are open studies without a report, or two have one report.

    `numbers` are those of the units.
    """
    found = [
        f"{book.bodies[id_].name} has no included report, so it is not asked and not counted; its "
        "answers stay. Link a report to it, or join it to another study."
        for id_ in left
    ]
    for unit, ids in book.joined_by_duplicates():
        names = listed([book.bodies[id_].name for id_ in ids])
        found.append(
            f"Report {numbers.get(unit, '?')} is in {names} since two reports were joined as "
            "duplicates; join these studies, or take the duplicates apart."
        )
    return found
