"""The fields of a unit: those of the record shown, the empty ones filled from its group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screener.model import Fields, Record
from screener.store import records


def others_of(kept: Record, present: list[Record]) -> list[Fields]:
    """Return the fields of the other records of a group, the most complete first."""
    others = {str(r.id): (r.number, r.fields) for r in present if r is not kept}
    return [others[id_][1] for id_ in _in_order(others)]


def _in_order(group: Mapping[str, tuple[int, Fields]]) -> list[str]:
    """Return the ids of records, given with number and fields, the most complete first."""
    if len(group) < 2:
        return list(group)
    # Only groups of three and more wait for what tells names and places apart.
    from screener.units import completeness
    from screener.units.candidate import Candidate

    candidates = (Candidate.of(id_, fields, source_order=n) for id_, (n, fields) in group.items())
    return [one.id for one in completeness.kept(candidates)]


def filled(kept: Fields, others: list[Fields]) -> Fields:
    """Return the kept record's fields with the empty ones filled from the others, in order."""
    if not others:  # nearly every record, and a list shows thousands
        return kept
    missing = {}
    for name in records.FIELD_NAMES:
        if not getattr(kept, name):
            for other in others:
                value = getattr(other, name)
                if value:
                    missing[name] = value
                    break
    return replace(kept, **missing) if missing else kept


def filled_from(kept: str, group: Mapping[str, tuple[int, Fields]]) -> dict[str, str]:
    """Return which record fills each empty field of the one shown, by the field's name.

    `group` holds number and fields of its records by their ids; `kept` is the id of the one shown.
    """
    own = group[kept][1]
    order = _in_order({id_: given for id_, given in group.items() if id_ != kept})
    found = {}
    for name in records.FIELD_NAMES:
        giver = next((id_ for id_ in order if getattr(group[id_][1], name)), "")
        if giver and not getattr(own, name):
            found[name] = giver
    return found
