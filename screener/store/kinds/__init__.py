"""The kinds of events: one registry, and nothing else says what a kind is."""

from __future__ import annotations

from screener.store.kinds import meeting, project, reviewer
from screener.store.kinds.body import Body, Columns, Kind, LogKind, Void, by_name

KINDS = by_name((*project.KINDS, *reviewer.KINDS, *meeting.KINDS))
"""Every kind by its name."""
_OF_BODY = {kind.body: kind for kind in KINDS.values()}

MANY = ("answer", "decision", "flag", "note", "row")
"""The kinds of which a review has thousands; all others are found by an index of their own."""


def kind_of(body: type[Body]) -> Kind:
    """Return the kind whose body this is."""
    return _OF_BODY[body]


__all__ = ["KINDS", "MANY", "Body", "Columns", "Kind", "LogKind", "Void", "kind_of"]
