"""A decision as another tool's file gives it, and the words for its exclusion as a reason here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screener.model import OTHER_REASON, Entry, Protocol, Stage, Verdict
from screener.model.words import is_blank
from screener.sources.formats.headings import fold


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The reason and the note of one decision.

    `unknown` are the texts that are no reason of the protocol; `missing` says that an exclusion
    that needs a reason has none.
    """

    reason: str
    note: str
    unknown: tuple[str, ...]
    missing: bool


class Reasons:
    """Makes a reason of the protocol, or a note, out of the words of a file."""

    def __init__(self, protocol: Protocol, stage: Stage, tool: str) -> None:
        self._known: dict[str, str] = {}
        for reason in protocol.reasons:
            for words in (reason.id, reason.text):
                self._known.setdefault(fold(words), reason.id)
        self._order = [reason.id for reason in protocol.reasons]
        self._required = protocol.requires_reason(stage)
        self._tool = tool or "the file"

    def told(self, given: Given) -> Told:
        """Return the reason and the note; the reason first in the protocol's order counts."""
        reasons = tuple(text for text in given.reasons if not is_blank(text))
        known, unknown = self._parted(reasons)
        reason = min(known, key=self._order.index) if known else OTHER_REASON if unknown else ""
        missing = given.verdict is Verdict.EXCLUDE and not reasons and self._required
        remark = ""
        if missing:
            reason = OTHER_REASON
            remark = (
                f"{self._tool} does not say which of several people gave the reason."
                if given.unattributed
                else f"No reason was given in {self._tool}."
            )
        further = sorted(known - {reason}, key=self._order.index)
        note = joined(
            "; ".join(unknown),
            f"Further reasons: {', '.join(further)}" if further else "",
            remark,
            given.note,
        )
        missing = missing and not given.unattributed
        return Told(reason=reason, note=note, unknown=unknown, missing=missing)

    def _parted(self, reasons: tuple[str, ...]) -> tuple[set[str], tuple[str, ...]]:
        """Return the reasons of the protocol that these texts are, and the texts that are none."""
        whole = fold(" ".join(reasons))
        if whole in self._known:
            return {self._known[whole]}, ()  # its own words have a comma, where texts are parted
        known = {self._known[fold(text)] for text in reasons if fold(text) in self._known}
        return known, tuple(text for text in reasons if fold(text) not in self._known)
