"""What the plots draw, as plain values: ratings by study and item, scores, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from screener.report.plots.marks import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What stands above a plot: its title, what it is of, and what is open ("" if nothing)."""

    title: str
    about: str
    open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedItem:
    """One item (or the overall rating): its code, its words, and its marks in their order."""

    code: str
    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedLine:
    """A study, or a result of it: a mark for each item, None where it is not asked."""

    name: str
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """The ratings of all studies; with `overall` the last item is the rating of the whole."""

    head: Headed
    items: tuple[RatedItem, ...]
    lines: tuple[RatedLine, ...]
    overall: bool

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark that the options or the lines have, in the order of the items.

        Those with the same sign are one, with the words of each: "Yes / Include".
        """
        of_items = (mark for item in self.items for mark in item.marks)
        of_lines = (mark for line in self.lines for mark in line.marks if mark is not None)
        words: dict[str, dict[str, None]] = {}
        roles = {}
        for mark in (*of_items, *of_lines):
            words.setdefault(mark.sign, {})[mark.words] = None
            roles[mark.sign] = mark.role
        return tuple(
            Mark(words=" / ".join(named), sign=sign, role=roles[sign])
            for sign, named in words.items()
        )

    def counts(self, item: int) -> Mapping[Mark, int]:
        """Return how many lines have each of the marks on the item of that number."""
        found = Counter(mark.sign for line in self.lines if (mark := line.marks[item]) is not None)
        return {mark: found[mark.sign] for mark in self.marks}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of a study: what is reached, of how much, in words; `whole` without open items."""

    name: str
    total: Decimal
    possible: Decimal
    words: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of all studies, and from which score on a band that is on begins."""

    head: Headed
    lines: tuple[Score, ...]
    bands: tuple[tuple[Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many studies there are of one kind; `open` for those of which nothing is agreed."""

    name: str
    studies: int
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The studies by something they have."""

    head: Headed
    lines: tuple[Count, ...]
