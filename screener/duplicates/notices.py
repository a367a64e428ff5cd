"""Retraction and correction notices, recognised from a record's title and publication type."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from screener.duplicates import kinds
from screener.model import Fields


class Notice(StrEnum):
    """What a reviewer should know about a record before deciding on it."""

    RETRACTED = "retracted"
    RETRACTION = "retraction"
    CORRECTION = "correction"
    CONCERN = "concern"


_WORDS = {
    Notice.RETRACTED: "This report has been retracted.",
    Notice.RETRACTION: "This is the notice of a retraction, not the report itself.",
    Notice.CORRECTION: "This is a correction of another report.",
    Notice.CONCERN: "This is an expression of concern about another report.",
}
# MEDLINE's publication types, and the words other databases use for them
_TYPES = {
    "retracted publication": Notice.RETRACTED,
    "retracted": Notice.RETRACTED,
    "retracted article": Notice.RETRACTED,
    "retraction of publication": Notice.RETRACTION,
    "retraction": Notice.RETRACTION,
    "retraction notice": Notice.RETRACTION,
    "published erratum": Notice.CORRECTION,
    "erratum": Notice.CORRECTION,
    "corrigendum": Notice.CORRECTION,
    "correction": Notice.CORRECTION,
    "expression of concern": Notice.CONCERN,
}
_KINDS = {
    "published erratum": "correction",
    "erratum": "correction",
    "correction": "correction",
    "retraction of publication": "retraction",
    "retraction notice": "retraction",
}


def notice(fields: Fields) -> Notice | None:
    """Return the notice to show with a record, if its type or title calls for one."""
    for name in fields.publication_type:
        known = _TYPES.get(name.strip().casefold())
        if known:
            return known
    return _from_title(fields.title)


def words(found: Notice) -> str:
    """Say in one sentence what the notice means."""
    return _WORDS[found]


def kind(titled: str, publication_type: Sequence[str]) -> str:
    """Whether the record is a correction, retraction, reply ...; empty for an ordinary report.

    `titled` is what its title says.
    """
    for name in publication_type:
        known = _KINDS.get(name.strip().casefold())
        if known:
            return known
    return titled


def _from_title(title: str) -> Notice | None:
    start = title.lstrip(" [(*").casefold()
    if kinds.kind_of(title) == "retraction" and start.startswith(("retracted", "withdrawn")):
        return Notice.RETRACTED
    if "expression of concern" in start[:40]:
        return Notice.CONCERN
    found = kinds.kind_of(title)
    if found == "retraction":
        return Notice.RETRACTION
    return Notice.CORRECTION if found == "correction" else None
