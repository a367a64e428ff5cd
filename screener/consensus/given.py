"""What an arbitrator was given to settle, as that file and the project keep it.

An arbitrator's file holds the project log, the items to settle at one step with the ids of what is
on the table (the answers, what others agreed before), and one meeting log by the arbitrator. The
items are kept as the file's own, never merged: they only say what may be settled here and on what
basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from screener.consensus.agreed import agreed_heads
from screener.model import UserError
from screener.model.step import Item
from screener.store import history
from screener.store.file import File, FileKind
from screener.store.kinds.body import Digest, Id, MaybeWord, Row, Word, canonical
from screener.store.membership import record_ids
from screener.store.problems import damaged

_KEY, _GIVEN = "to-settle", "given "
_Key = tuple[str, str, Item]
"""A step, a subject, an item of it."""
_Kept = TypeVar("_Kept")


class _One(msgspec.Struct, forbid_unknown_fields=True):
    subject: Id
    question: MaybeWord
    row: Row
    basis: tuple[Digest, ...]


class _List(msgspec.Struct, forbid_unknown_fields=True):
    """What one arbitrator's file was given, as it is kept."""

    step: Word
    items: tuple[_One, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSettle:
    """One item that an arbitrator settles: where it is, and what is on the table, by event."""

    step: str
    subject: str
    item: Item
    basis: tuple[str, ...]


def keep_items(
    file: File, project: File, step: str, items: Iterable[tuple[str, Item, Iterable[str]]]
) -> None:
    """Keep in an arbitrator's new file what is to settle: subject, item, events.

    The project keeps for itself what it gave, so that nobody settles an item on less than that.
    """
    listed = [
        {"subject": subject, "question": item.question, "row": item.row, "basis": sorted(basis)}
        for subject, item, basis in items
    ]
    given = {"step": step, "items": listed}
    file.set_own(_KEY, canonical(given))
    key = f"{_GIVEN}{file.reviewer}"
    before = _read(project, list[dict[str, object]], project.own(key, "[]"))
    if given not in before:
        project.set_own(key, canonical([*before, given]))


def given_to(project: File, person: str) -> dict[_Key, set[frozenset[str]]]:
    """Return what a project gave an arbitrator (an id) to settle, and on which events each time.

    Nothing where it does not know: it was made from copies, or by an older program.
    """
    found: dict[_Key, set[frozenset[str]]] = {}
    for each in _read(project, tuple[_List, ...], project.own(f"{_GIVEN}{person}", "[]")):
        for one in each.items:
            key = each.step, one.subject, Item(one.question, one.row)
            found.setdefault(key, set()).add(frozenset(one.basis))
    return found


def _read(file: File, as_: type[_Kept], text: str) -> _Kept:
    try:
        return msgspec.json.decode(text, type=as_)
    except (ValueError, RecursionError):
        raise damaged(file.path, "what is to settle in it cannot be read") from None


def to_settle(file: File) -> tuple[ToSettle, ...]:
    """Return what is to settle in an arbitrator's file, in its order."""
    kept = file.own(_KEY)
    if file.kind is not FileKind.ARBITRATOR or not kept:
        return ()
    said = _read(file, _List, kept)
    studies = {each.event.subject for each in history.of_kinds(file, "study")}
    if {one.subject for one in said.items} - studies - set(record_ids(file)):
        raise damaged(file.path, "what is to settle in it names what is not in it")
    return tuple(
        ToSettle(
            step=said.step,
            subject=one.subject,
            item=Item(one.question, one.row),
            basis=one.basis,
        )
        for one in said.items
    )


def unsettled(file: File) -> list[ToSettle]:
    """Return what of it is open; an adjudication on an item from before it was given is none."""
    items = to_settle(file)
    settled = {
        (step, subject, one.item, frozenset(one.basis))
        for step in {one.step for one in items}
        for subject, several in agreed_heads(file, step).items()
        for one in several
    }
    here = ((one, (one.step, one.subject, one.item, frozenset(one.basis))) for one in items)
    return [one for one, key in here if key not in settled]


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
