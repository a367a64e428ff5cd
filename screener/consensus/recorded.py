"""What reviewers and meetings recorded on units and what of it stands, read out of the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from screener.consensus.decided import rows_on
from screener.model import Consensus, Decision, Mode, Outcome, Reviewer, ReviewerId, Stage
from screener.screening.screening import decision_from
from screener.store.file import File

_Row = tuple[str, str, bytes, dict[str, Any]]


def decisions(
    file: File, stage: Stage, units: Iterable[str] | None, reviewers: Sequence[Reviewer]
) -> dict[str, list[Decision]]:
    """Return the decisions that stand, by unit (all for None), in the order of the reviewers."""
    wanted = None if units is None else set(units)
    order: dict[str, int] = {r.id: i for i, r in enumerate(reviewers)}
    notes = {
        (unit, author): whole["body"].get("text", "")
        for unit, author, _, whole in _read(file, "note", stage, wanted)
    }
    found: dict[str, list[Decision]] = {}
    for unit, author, event, whole in _read(file, "decision", stage, wanted):
        decision = decision_from(
            event.hex(),
            whole["body"],
            unit,
            stage,
            reviewer=ReviewerId(author),
            note=notes.get((unit, author), ""),
            time=whole["time"],
        )
        found.setdefault(unit, []).append(decision)
    for several in found.values():
        several.sort(key=lambda d: (order.get(d.reviewer, 99), d.event))
    return found


def agreed(
    file: File, stage: Stage, units: Iterable[str] | None = None
) -> dict[str, list[Consensus]]:
    """Return the consensus that stands, by unit (all for None)."""
    wanted = None if units is None else set(units)
    found: dict[str, list[Consensus]] = {}
    for unit, _, event, whole in _read(file, "consensus", stage, wanted):
        found.setdefault(unit, []).append(_consensus(unit, stage, event.hex(), whole))
    return found


def _consensus(unit: str, stage: Stage, event: str, whole: Mapping[str, Any]) -> Consensus:
    body = whole["body"]
    return Consensus(
        unit=unit,
        stage=stage,
        verdict=Outcome(body["verdict"]),
        reason=body.get("reason", ""),
        why=body["why"],
        by=tuple(body["by"]),
        mode=Mode(body["mode"]),
        basis=tuple(body["basis"]),
        time=whole["time"],
        event=event,
    )


def _read(file: File, kind: str, stage: Stage, units: Iterable[str] | None) -> list[_Row]:
    """Return unit, author, id and text of the events of a kind that stand and say something."""
    rows = rows_on(
        file,
        "SELECT coalesce(u.unit, c.unit), c.author, c.event, e.body FROM current c "
        "JOIN event e ON e.id = c.event LEFT JOIN unit_of u ON u.record = c.unit "
        "WHERE c.kind = ? AND c.stage = ? AND c.verdict <> 'none'",
        (kind, stage),
        units,
    )
    return [(unit, author, event, json.loads(text)) for unit, author, event, text in rows]
