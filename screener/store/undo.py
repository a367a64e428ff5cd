"""Undo: an action is taken back by events that put the previous values back.

The list of what can be undone is read from the log, so it survives a restart. Redo is the undo of
an undo.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from screener.model import UserError
from screener.store.events import LOG_OF, VOID, Event, parse
from screener.store.file import COORDINATOR, Action, File, FileKind

_BACK = "Take back: "
_REPEAT = "Repeat: "
_IMPORT = "batch"
_WHY = "by undo"


@dataclass(slots=True)
class Done:
    """One action found in the logs: its id, its name, the action it undid, its events."""

    id: str
    name: str
    undoes: str
    time: str
    events: list[Event] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        """Whether it repeats what was taken back, and so can be taken back itself."""
        return bool(self.undoes) and self.name.startswith(_REPEAT)

    @property
    def plain_name(self) -> str:
        """The name of the action that it, or the chain of undoing it ends, is about."""
        return self.name.removeprefix(_BACK).removeprefix(_REPEAT) if self.undoes else self.name

    @property
    def can_be_undone(self) -> bool:
        """Whether there is something to write where there was nothing before."""
        return all(e.kind in VOID or e.kind == _IMPORT for e in self.events)


def _actions(file: File) -> Iterator[Done]:
    """Yield this author's actions, the last first (events are read page by page, backwards)."""
    kinds = ("reviewer",) if file.kind is FileKind.COPY else ("project", "meeting")
    author = file.reviewer if file.kind is FileKind.COPY else COORDINATOR
    current: Done | None = None
    below = 1 << 62
    while True:
        rows = file.rows(
            "SELECT e.rowid, e.id, e.body, l.kind, l.author FROM event e "
            "JOIN log l ON l.id = e.log WHERE e.rowid < ? ORDER BY e.rowid DESC LIMIT 200",
            (below,),
        )
        for rowid, id_, text, kind, by in rows:
            below = rowid
            if kind not in kinds or by != author:
                continue
            event = parse(id_, text)
            if current is None or current.id != event.action:
                if current is not None:
                    yield current
                current = Done(event.action, event.action_name, event.undoes, event.time)
            current.events.append(event)
        if not rows:
            break
    if current is not None:
        yield current


def undoable(file: File) -> Iterator[Done]:
    """Yield the actions that stand and can be undone, the last first.

    An action that was taken back and repeated stands as its repetition.
    """
    superseded: set[str] = set()
    for action in _actions(file):
        superseded.add(action.undoes)
        if action.id in superseded or (action.undoes and not action.repeats):
            continue
        if action.can_be_undone:
            yield action


def redoable(file: File) -> Done | None:
    """Return the undo that redo would take back, or None when something else was done since."""
    superseded: set[str] = set()
    standing: set[str] = set()
    for action in _actions(file):
        superseded.add(action.undoes)
        if action.repeats and action.id not in superseded:
            standing.add(action.id)
        if action.id in standing:
            standing.add(action.undoes)
        if not action.undoes and (action.id in standing or action.id not in superseded):
            return None
        if action.undoes and not action.repeats and action.id not in superseded:
            return action
    return None


def find(file: File, action: str) -> Done:
    """Return one action by its id; `UserError` when there is none or it cannot be undone."""
    for done in _actions(file):
        if done.id == action:
            if done.can_be_undone:
                return done
            raise UserError(f"“{done.name}” cannot be taken back.")
    raise UserError("There is no action with that id; see the history for the ids.")


def take_back(file: File, done: Done) -> None:
    """Undo one action as an action of its own.

    `UserError` when what it did was changed again since: the later change goes first.
    """
    name = (_BACK if done.repeats or not done.undoes else _REPEAT) + done.plain_name
    within = {s for event in done.events for s in event.supersedes}
    same = {event.id: event for event in done.events}
    with file.action(name, undoes=done.id) as action:
        for event in reversed(done.events):
            if event.id in within:
                continue  # the action itself went on from it
            head = _standing(file, event)
            if not head:
                raise UserError(
                    f"What “{done.name}” did was changed again later; take the later change back "
                    "first."
                )
            _put_back(file, action, event, same, head)


def _standing(file: File, event: Event) -> str:
    """Return the id of the head that is this event, or that put it back; "" when there is none."""
    heads = file.head_ids(
        event.kind, stage=event.stage, unit=event.unit, author=file.author(LOG_OF[event.kind])
    )
    if event.id in heads:
        return event.id
    for head in heads:
        found = _event(file, head)
        while found is not None:
            if found.id == event.id:
                return head
            found = _restored(file, found)
    return ""


def _restored(file: File, event: Event) -> Event | None:
    """Return the event that an undo's event put back, or None for any other."""
    if not event.undoes:
        return None
    # The canonical text of an event begins with its action.
    begins = f'{{"action":"{event.undoes}"'
    rows = file.rows(
        "SELECT id, body FROM event WHERE substr(body, 1, ?) = ?", (len(begins), begins)
    )
    same = {e.id: e for e in (parse(*row) for row in rows)}
    for undone in same.values():
        for before in (_event(file, s) for s in _before(undone, same)):
            if before is not None and (
                (before.kind, before.stage, before.unit, before.body)
                == (event.kind, event.stage, event.unit, event.body)
            ):
                return before
    return None


def _put_back(
    file: File, action: Action, event: Event, same: Mapping[str, Event], head: str
) -> None:
    previous = [b for b in (_event(file, s) for s in _before(event, same)) if b is not None]
    supersedes: tuple[str, ...] = (head,)
    for before in previous:
        action.append(
            event.kind, before.body, unit=before.unit, stage=before.stage, supersedes=supersedes
        )
        supersedes = ()
    if previous:
        return
    if event.kind == _IMPORT:
        _withdraw(file, action, event)
    else:
        action.append(
            event.kind,
            VOID[event.kind],
            unit=event.unit,
            stage=event.stage,
            supersedes=supersedes,
        )


def _withdraw(file: File, action: Action, event: Event) -> None:
    """Take an import out of the review as a person does by hand: nothing imported is unwritten."""
    heads = file.head_ids("withdraw", unit=event.unit, author=COORDINATOR)
    if any(not body_of(file, head).get("void") for head in heads):
        raise UserError("That import is taken back already.")
    body = {"batch": event.unit, "why": _WHY}
    action.append("withdraw", body, unit=event.unit, supersedes=heads)


def _before(event: Event, same: Mapping[str, Event]) -> list[str]:
    """Return what stood before the action that wrote an event: the same action's are passed by."""
    found: list[str] = []
    for id_ in event.supersedes:
        found += _before(same[id_], same) if id_ in same else [id_]
    return found


def _event(file: File, id_: str) -> Event | None:
    rows = file.rows("SELECT id, body FROM event WHERE id = ?", (bytes.fromhex(id_),))
    return parse(*rows[0]) if rows else None


def history(file: File, units: list[str]) -> list[tuple[Event, str, str]]:
    """Return the events that name any of these units or records, with log kind and author.

    What happened to the imports that brought them happened to them.
    """
    marks = ", ".join("?" * len(units))
    imports = file.rows(f"SELECT DISTINCT batch FROM record WHERE uid IN ({marks})", units)  # noqa: S608
    units = [*units, *(batch for (batch,) in imports)]
    wanted = set(units)
    found: list[tuple[Event, str, str]] = []
    marks = ", ".join("?" * len(units))
    direct = file.rows(
        "SELECT e.id, e.body, l.kind, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE e.unit IN ({marks}) OR e.kind IN ('same', 'different', 'open', 'remove', "
        "'correct') ORDER BY e.rowid",
        units,
    )
    for id_, text, kind, author in direct:
        if not any(u in text for u in wanted):
            continue
        event = parse(id_, text)
        if event.unit in wanted or _names(event, wanted) or _takes_back(event, wanted):
            found.append((event, kind, author))
            wanted.add(event.id)
    return found


def _names(event: Event, wanted: set[str]) -> bool:
    named = {*event.body.get("records", ()), *event.body.get("units", ()), event.body.get("record")}
    return not wanted.isdisjoint(named)


def _takes_back(event: Event, found: set[str]) -> bool:
    """Whether it empties one of the events found: then it names nothing itself any more."""
    return event.body == VOID.get(event.kind) and not found.isdisjoint(event.supersedes)


def closings(file: File) -> dict[str, dict[str, list[tuple[str, str, int]]]]:
    """Return, by stage and reviewer, every `close` as (event id, log, seq), in order."""
    found: dict[str, dict[str, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
    for id_, log, seq, stage, author in file.rows(
        "SELECT e.id, e.log, e.seq, e.stage, l.author FROM event e JOIN log l ON l.id = e.log "
        "WHERE e.kind = 'close' ORDER BY e.rowid"
    ):
        found[stage][author].append((id_.hex(), log, seq))
    return found


def body_of(file: File, id_: str) -> dict[str, object]:
    """Return the body of one event; an empty one when it is not here."""
    rows = file.rows("SELECT body FROM event WHERE id = ?", (bytes.fromhex(id_),))
    return dict(json.loads(rows[0][0])["body"]) if rows else {}
