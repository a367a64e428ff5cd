"""Whether the report of a unit was obtained: the one rule, which everybody asks."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from screener.store.file import File
from screener.store.heads import cached, heads
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


def explained(file: File) -> dict[str, tuple[Retrieval, str]]:
    """Return, by unit, how retrieval stands and what was said about it last."""
    states = retrieval(file)
    return {
        head.subject: (states[head.subject], head.body.why)
        for head in heads(file, Recorded)
        if head.body.state == states[head.subject]
    }
