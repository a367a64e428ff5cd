"""Whether the report of a unit was obtained: the one rule, which everybody asks."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from screener.store import history
from screener.store.file import File
from screener.store.heads import cached, heads, memberships
from screener.store.kinds.project import Retrieval as Recorded


class Retrieval(StrEnum):
    """Whether the full text of a report could be obtained."""

    SOUGHT = "sought"
    RETRIEVED = "retrieved"
    NOT_RETRIEVED = "not-retrieved"


_WEIGHT = {Retrieval.SOUGHT: 0, Retrieval.NOT_RETRIEVED: 1, Retrieval.RETRIEVED: 2}


def retrieval(file: File, only: Collection[str] | None = None) -> dict[str, Retrieval]:
    """Return how retrieval stands of every unit (or of those named); one not named is sought.

    Records that were joined are one report, and each may have a state of its own. The report was
    obtained when it was obtained by way of one of them: what could not be got through the entry
    of one database is at hand through another's, and a study that was read and included must not
    be lost because a duplicate of it was found. So *retrieved* comes before *not retrieved*, and
    that before *sought*, whatever the order in which they were recorded.
    """
    found: dict[str, Retrieval] = {}
    for head in cached(file, Recorded, subjects=only):
        state = Retrieval(head.value)
        before = found.get(head.subject)
        if before is None or _WEIGHT[state] > _WEIGHT[before]:
            found[head.subject] = state
    return found


def not_retrieved(file: File, only: Collection[str] | None = None) -> set[str]:
    """Return the units whose report could not be obtained."""
    return {
        unit for unit, state in retrieval(file, only).items() if state is Retrieval.NOT_RETRIEVED
    }


def explained(file: File, only: Collection[str] | None = None) -> dict[str, tuple[Retrieval, str]]:
    """Return, by unit (or of those named), how retrieval stands and what was said about it last."""
    states = retrieval(file, only)
    return {
        head.subject: (states[head.subject], head.body.why)
        for head in heads(file, Recorded, subjects=only)
        if head.body.state == states[head.subject]
    }


def pauses(file: File, step: str) -> dict[str, list[tuple[str, bool]]]:
    """Return, by unit, the events from which on a report was not to be read (True), or was again.

    Only of units of which something was said more than once.
    """
    unit_of = memberships(file)
    states: dict[str, dict[str, Retrieval]] = {}
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry in history.repeated(file, "retrieval", step):
        event = entry.event
        unit = unit_of.get(event.subject, event.subject)
        said = event.body.state if isinstance(event.body, Recorded) else Retrieval.SOUGHT
        here = states.setdefault(unit, {})
        here[event.subject] = Retrieval(said)
        gone = max(here.values(), key=_WEIGHT.__getitem__) is Retrieval.NOT_RETRIEVED
        several = found.setdefault(unit, [])
        if gone != bool(several and several[-1][1]):
            several.append((event.id, gone))
    return found
