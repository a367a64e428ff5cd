"""What a report lacks: each missing thing with its group, and the answers that lack it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from screener.model.words import first_of, listed

ANSWERED, PART, WRITE = "answered", "in part", "to be written by the authors"
"""The states of an item."""
PROTOCOL, SEARCHES, SELECTING = "Protocol", "Searches", "Selection of studies"
COLLECTING, APPRAISING, RESULTS = "Data collection", "Appraisal of the studies", "Results"
EXPLAIN = "To be explained in the text"
GROUPS = (PROTOCOL, SEARCHES, SELECTING, COLLECTING, APPRAISING, RESULTS, EXPLAIN)
"""Under what each missing thing stands in the report, in this order."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing thing; without a group it is something that only the authors can write.

    `of` are the sources it is missing of, which stand in the text where it has "{}".
    """

    text: str
    group: str = ""
    of: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The words for it."""
        names = listed(first_of(list(dict.fromkeys(self.of))))
        return self.text.format(names) if self.of else self.text


def once(lacks: Iterable[Lack]) -> list[Lack]:
    """Return missing things each once: what several items lack of some sources is one thing."""
    found: dict[tuple[str, str], Lack] = {}
    for one in lacks:
        key = one.text, one.group
        before = found[key].of if key in found else ()
        found[key] = replace(one, of=(*before, *one.of))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an item is answered, "" for nowhere, and what of it is missing."""

    where: str = ""
    lacks: tuple[Lack, ...] = ()

    @property
    def state(self) -> str:
        """One of the three states of an item."""
        if not self.where:
            return WRITE
        return PART if self.lacks else ANSWERED

    @property
    def missing(self) -> str:
        """What is missing, in one line."""
        return "; ".join(lack.said for lack in self.lacks)
