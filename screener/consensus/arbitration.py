"""An arbitrator's file: what is to be settled at one step, and nothing of who said what.

It holds the project log, the items to settle with the ids of the answers on the table, and one
meeting log by the arbitrator. The items are kept as the file's own, never merged: they only say
what may be settled here and on what basis.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from screener.model import Reviewer, UserError
from screener.model.step import Item
from screener.store.file import File, FileKind
from screener.store.kinds.canonical import canonical

_KEY = "to-settle"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSettle:
    """One item that an arbitrator settles: where it is, and the answers on the table by event."""

    step: str
    subject: str
    item: Item
    basis: tuple[str, ...]


def keep(file: File, step: str, items: Iterable[tuple[str, Item, Iterable[str]]]) -> None:
    """Keep in an arbitrator's new file what is to settle: subject, item, answers by event."""
    listed = [
        {"subject": subject, "question": item.question, "row": item.row, "basis": sorted(basis)}
        for subject, item, basis in items
    ]
    file.set_own(_KEY, canonical({"step": step, "items": listed}))


def to_settle(file: File) -> tuple[ToSettle, ...]:
    """Return what is to settle in an arbitrator's file, in its order."""
    kept = file.own(_KEY)
    if file.kind is not FileKind.ARBITRATOR or not kept:
        return ()
    said = json.loads(kept)
    return tuple(
        ToSettle(
            step=said["step"],
            subject=one["subject"],
            item=Item(one["question"], one["row"]),
            basis=tuple(one["basis"]),
        )
        for one in said["items"]
    )


def require_item(file: File, step: str, subject: str, item: Item) -> ToSettle:
    """Return an item of an arbitrator's file; `UserError` when it is none that is to settle."""
    found = next(
        (
            one
            for one in to_settle(file)
            if (one.step, one.subject, one.item) == (step, subject, item)
        ),
        None,
    )
    if found is None:
        raise UserError("This was not given to the arbitrator to settle; see the list of the file.")
    return found


def require_alone(file: File, named: Iterable[Reviewer], *, adjudication: bool) -> None:
    """Raise `UserError` unless the arbitrator of the file adjudicates, and nobody else."""
    if not adjudication or {str(one.id) for one in named} != {file.reviewer}:
        raise UserError(
            "Only its arbitrator settles in this file; name that person alone, with --adjudication."
        )
