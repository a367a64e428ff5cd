"""A decision as another tool's file gives it, and how its readers look at a record's raw tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from screener.model import Entry, Stage, Verdict
from screener.sources.formats.columns import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One person's decision on one record of a file.

    `person` is "" where the file names nobody. `reasons` are the file's words; `unattributed`
    says that it has reasons but not whose of several people they are, so none is given here.
    """

    entry: Entry
    verdict: Verdict
    person: str = ""
    reasons: tuple[str, ...] = ()
    unattributed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one tool writes decisions.

    `read` returns the decisions of a stage, undecided records left out, or None when the file is
    not that tool's.
    """

    tool: str
    read: Callable[[Sequence[Entry], Stage], list[Given] | None]


def headings(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the tags or headings of a file in order: folded, and as they stand."""
    found: dict[str, str] = {}
    for entry in entries:
        for heading, _ in entry.raw:
            found.setdefault(fold(heading), heading)
    return found


def cell(entry: Entry, *folded: str) -> str:
    """Return the first cell that is not empty under one of these folded headings."""
    for wanted in folded:
        for heading, value in entry.raw:
            if fold(heading) == wanted and value.strip():
                return value.strip()
    return ""


def joined(*parts: str) -> str:
    """Put the parts of a note on lines of their own, the empty ones left out."""
    return "\n".join(part for part in parts if part)
