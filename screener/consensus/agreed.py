"""What the meeting wrote that stands: the consensus with its basis, the pairs of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from screener.model import UserError
from screener.model.gathering import gathered
from screener.model.step import Agreed, Found, Item, Pairing, Said, Step
from screener.store.file import File
from screener.store.heads import (
    Cached,
    cached,
    event_of,
    events_of,
    heads,
    standing_answers,
    wrong,
)
from screener.store.kinds.meeting import Consensus, Pair
from screener.store.undo import restored


def agreed_heads(
    file: File, step: str, subjects: Iterable[str] | None = None, *, replaced: bool = False
) -> dict[str, list[Agreed]]:
    """Return the consensus that stands, by subject (two on one item where two meetings differ).

    One that another author's names in its basis was known when that was made, and does not stand
    beside it: it is left out, unless those `replaced` are wanted too.
    """
    found: dict[str, list[Agreed]] = {}
    for row in cached(file, Consensus, step=step, subjects=subjects):
        try:
            one = _agreed(row)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise wrong(file, row.event.hex(), "this is not what was agreed") from None
        found.setdefault(row.subject, []).append(one)
    if not replaced:
        for subject, several in found.items():
            if len(several) > 1:
                found[subject] = _not_replaced(file, several)
    return found


def _not_replaced(file: File, several: list[Agreed]) -> list[Agreed]:
    """Return what of a subject was agreed and is not named by another on the same item.

    One that undo put back is what it was before: who named that one knew of it.
    """
    gone: set[str] = set()
    for heads_ in gathered((one.item, one) for one in several).values():
        if len(heads_) > 1:
            named = {event for one in heads_ for event in one.basis}
            gone |= {one.event for one in heads_ if not named.isdisjoint(_origins(file, one))}
    return [one for one in several if one.event not in gone]


def _origins(file: File, one: Agreed) -> Iterator[str]:
    """Yield the event of a consensus, then those that undo put back by it."""
    event = event_of(file, one.event)
    while event is not None:
        yield event.id
        event = restored(file, event)


def _agreed(row: Cached) -> Agreed:
    said = json.loads(row.value)
    return Agreed(
        event=row.event.hex(),
        item=Item(row.question, row.row),
        state=said["state"],
        value=said.get("value", ""),
        reason=said.get("reason", ""),
        unit=said.get("unit", ""),
        basis=tuple(json.loads(row.other)),
    )


def basis_of(file: File, agreed: Mapping[str, list[Agreed]]) -> Callable[[], Mapping[str, Said]]:
    """Return what gives the answers that any of these was made on, by event; read when asked."""

    @cache
    def read() -> Mapping[str, Said]:
        wanted = {e for several in agreed.values() for one in several for e in one.basis}
        found = {}
        for author, event in events_of(file, sorted(wanted)):
            if event.kind.answers:  # it also names what others had agreed before
                columns = event.body.columns()
                found[event.id] = Said(author, columns.question, columns.row, columns.value)
        return found

    return read


def pairings(
    file: File, step: str, subjects: Iterable[str] | None = None
) -> dict[str, tuple[Pairing, ...]]:
    """Return the pairs that stand, by subject, in an order that no merge changes."""
    found: dict[str, set[Pairing]] = {}
    for head in heads(file, Pair, step=step, subjects=subjects):
        body = head.body
        one = Pairing(
            list=body.list,
            key=body.key,
            rows=tuple(sorted(set(body.rows))),
            exists=body.exists,
            name=body.name,
        )
        found.setdefault(head.subject, set()).add(one)
    return {subject: tuple(sorted(pairs)) for subject, pairs in found.items()}


def says_the_same(step: Step, item: Item, one: Found, other: Found) -> bool:
    """Say whether the same was agreed: the outcome and reason, or the value as its type has it."""
    if (one.outcome, one.reason) != (other.outcome, other.reason):
        return False
    return one.value == other.value or bool(
        one.value and other.value and step.equal(item, one.value, other.value)
    )


def unreadable(file: File, step: Step, subject: str, agreed: Iterable[Agreed]) -> UserError | None:
    """Return the sentence that names what cannot be read on a subject, None where all can."""
    for row in standing_answers(file, step=step.id, subjects=[subject]):
        try:
            step.elements([Said(row.author, row.question, row.row, row.value)])
        except ValueError as error:
            return wrong(file, row.event.hex(), str(error))
    for one in agreed:
        try:
            step.settled(one.item, one)
        except ValueError as error:
            return wrong(file, one.event, str(error))
    return None
