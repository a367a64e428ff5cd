"""One answer that is to be recorded, and where in a report it was found."""

from __future__ import annotations

from dataclasses import dataclass

from screener.answers.values import Value
from screener.model import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a report an answer was found: its unit, page and quote, and where that is from."""

    report: str = ""
    page: str = ""
    quote: str = ""
    origin: Origin | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One answer that is to be recorded; `line` is its place in a table.

    In a table `row` is the key of a row, or the keys of one and of the row below it, with "/";
    `by_id` says that it has their ids, of rows that are there.
    """

    subject: str
    question: str
    value: Value
    row: str = ""
    place: Place = NOWHERE
    note: str = ""
    seen: str = ""
    line: int = 0
    by_id: bool = False
