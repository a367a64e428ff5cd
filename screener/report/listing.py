"""Units, records and decisions as the command line's JSON describes them, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import Any

from screener.consensus.standing import Standing
from screener.model import Decision, Record, Reviewer, State, Status, Unit
from screener.units.units import Units

_AT_ONCE = 500
"""So many units are read and held at a time."""


class Which(StrEnum):
    """Which units an export holds, by their outcome; in a copy, by what its reviewer decided.

    ALL are those that were screened or are to be; what was removed before is in REMOVED only.
    """

    ALL = "all"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    PENDING = "pending"
    TO_SETTLE = "to-settle"
    REMOVED = "removed"


WHATEVER_THE_STAGE = frozenset({Which.ALL, Which.REMOVED})
"""What an export holds is the same at every stage."""


def listing(units: Units, here: Standing, status: Status | None = None) -> Iterator[dict[str, Any]]:
    """Yield the document of `screener records --json`, one object for each unit of a step."""
    wanted = [s.subject for s in here.states() if status is None or s.status is status]
    for unit in units.load(wanted):
        yield described(unit) | _standing(here.state(unit.id))


def members(units: Units, here: Standing, records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield imported records as JSON, each with the standing of the unit it belongs to."""
    groups = units.membership()
    rest = iter(records)
    while some := list(islice(rest, _AT_ONCE)):
        ids = [groups.get(record.id, record.id) for record in some]
        loaded = {str(unit.id): unit for unit in units.load(dict.fromkeys(ids))}
        for record, id_ in zip(some, ids, strict=True):
            yield _member(loaded[id_], record) | _standing(here.state(id_))


def described(unit: Unit) -> dict[str, Any]:
    """Return a unit as the command line's JSON describes it."""
    fields = unit.fields
    return {
        "number": unit.number,
        "uid": unit.id,
        "title": fields.title,
        "authors": list(fields.authors),
        "year": fields.year,
        "journal": fields.journal,
        "doi": fields.doi,
        "pmid": fields.pmid,
        "abstract": fields.abstract,
        "sources": [{"source": s.source, "kind": s.kind, "batch": s.batch} for s in unit.sources],
        "members": list(unit.members),
    }


def _member(unit: Unit, record: Record) -> dict[str, Any]:
    alone = replace(unit, id=record.id, number=record.number, fields=record.fields)
    found = described(alone) | {"unit": unit.number}
    found["sources"] = [s for s in found["sources"] if s["batch"] == record.batch]
    return found


def _standing(state: State | None) -> dict[str, Any]:
    if state is None:  # nothing is asked about it any more
        return {"status": str(Status.REMOVED), "outcome": None}
    return {
        "status": str(state.status),
        "outcome": None if state.outcome is None else str(state.outcome),
        "stale": state.stale,
    }


def decision_json(decision: Decision, reviewers: list[Reviewer]) -> dict[str, Any]:
    """Return a decision as the command line's JSON describes it."""
    names = {r.id: r.name for r in reviewers}
    return {
        "reviewer": names.get(decision.reviewer, decision.reviewer),
        "verdict": str(decision.verdict),
        "reason": decision.reason or None,
        "judgements": {k: str(v) for k, v in decision.judgements.items()},
        "note": decision.note,
        "protocol": decision.protocol,
    }
