"""Undo: an action is taken back by events that put the previous values back.

The list of what can be undone is read from the log, so it survives a restart. Redo is the undo of
an undo.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge

from screener.model import ErrorKind, Stage, UserError
from screener.store import asked
from screener.store.events import COLUMNS, Event
from screener.store.file import COORDINATOR, Action, File, FileKind
from screener.store.heads import B, Head, event_of, head_ids, heads, is_answered, read_event
from screener.store.kinds import LogKind, Void
from screener.store.kinds.meeting import OpenedEarly
from screener.store.kinds.project import Batch, Form, Joins, Leaves, Open, TakenOut, Withdraw
from screener.store.membership import count_imported

_BACK = "Take back: "
_REPEAT = "Repeat: "
_WHY = "no reason was given"
_PAGE = 50
_SEQ = 3  # the place of the number in a row that begins with the rowid


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
        return all(
            e.kind.undone or e.kind.body is Batch or e in self.openings or self._was_added(e)
            for e in self.events
        )

    @property
    def openings(self) -> list[Event]:
        """The openings of forms, with who takes part in a form because it was opened.

        A screening step that was opened stays so.
        """
        forms = {e.step for e in self.events if e.kind.body in (Open, TakenOut)} - {*Stage}
        return [e for e in self.events if e.step in forms and e.kind.body in (Open, Joins, Leaves)]

    @property
    def opened(self) -> list[tuple[str, Collection[str]]]:
        """The subjects that forms were opened for, be it by repeating what was taken back."""
        first = ((e.step, e.body.subjects) for e in self.openings if isinstance(e.body, Open))
        again = (e for e in self.events if e.kind.body is TakenOut and isinstance(e.body, Void))
        return [*first, *((e.step, (e.subject,)) for e in again)]

    def _was_added(self, event: Event) -> bool:
        """Say whether a form came or went by an event; a further version of it stays."""
        body = event.body
        first = isinstance(body, Form) and body.version == 1
        return event.kind.body is Form and (first or isinstance(body, Void) or bool(self.undoes))

    @property
    def is_passed_over(self) -> bool:
        """Whether undo goes on to what was done before it: it changes nothing of the review.

        So do closing a step and opening it again in a copy: a closed step refuses undo itself.
        """
        return not self.can_be_undone and not any(
            e.kind.log is LogKind.PROJECT or e.kind.body is OpenedEarly for e in self.events
        )


_WRITES = {
    FileKind.PROJECT: ("project", "meeting"),
    FileKind.COPY: ("reviewer",),
    FileKind.ARBITRATOR: ("meeting",),
}
"""The kinds of logs that are written in each kind of file."""


def _actions(file: File) -> Iterator[Done]:
    """Yield this author's actions, the last first; nobody else's log is read."""
    kinds, author = _WRITES[file.kind], file.reviewer or COORDINATOR
    logs = file.rows(
        f"SELECT id FROM log WHERE author = ? AND kind IN ({', '.join('?' * len(kinds))})",  # noqa: S608
        (author, *kinds),
    )
    current: Done | None = None
    backwards = (_backwards(file, log, author) for (log,) in logs)
    for _, event in merge(*backwards, key=lambda row: -row[0]):
        if current is None or current.id != event.action:
            if current is not None:
                yield current
            current = Done(event.action, event.action_name, event.undoes, event.time)
        current.events.append(event)
    if current is not None:
        yield current


def _backwards(file: File, log: str, author: str) -> Iterator[tuple[int, Event]]:
    """Yield place and event of one log, the last first, read page by page."""
    below = 1 << 62
    while rows := file.rows(
        f"SELECT e.rowid, {COLUMNS} FROM event e WHERE e.log = ? AND e.seq < ? "  # noqa: S608
        "ORDER BY e.seq DESC, e.rowid DESC LIMIT ?",
        (log, below, _PAGE),
    ):
        # Both branches of a fork have a number: one must not be cut from the other.
        last = rows[-1][_SEQ]
        whole = [row for row in rows if row[_SEQ] != last]
        whole += file.rows(
            f"SELECT e.rowid, {COLUMNS} FROM event e WHERE e.log = ? AND e.seq = ? "  # noqa: S608
            "ORDER BY e.rowid DESC",
            (log, last),
        )
        for rowid, *row in whole:
            yield rowid, read_event(file, row, author)
        below = last


def standing(file: File) -> Iterator[Done]:
    """Yield the actions that stand, the last first, also those that cannot be undone.

    An action that was taken back and repeated stands as its repetition.
    """
    superseded: set[str] = set()
    for action in _actions(file):
        superseded.add(action.undoes)
        if action.id in superseded or (action.undoes and not action.repeats):
            continue
        if not action.is_passed_over:
            yield action


def size(file: File, done: Done) -> int:
    """Return how much an action wrote: its entries, and the records of its imports."""
    batches = {event.subject for event in done.events if event.kind.body is Batch}
    return len(done.events) + count_imported(file, batches)


def refusal(file: File, done: Done) -> UserError | None:
    """Return why undo does not take the last action back, or None.

    Named by its id, an import on which reviewers have decided since is taken back all the same.
    """
    if not done.can_be_undone:
        return UserError(
            f"“{done.name}” was done last and cannot be taken back; what was done before it is "
            "changed where it was done.",
            kind=ErrorKind.NOT_UNDONE,
        )
    # A batch that stands in place of another is an edit of what is told of the search.
    batches = [e.subject for e in done.events if e.kind.body is Batch and not e.supersedes]
    if any(is_answered(file, batch) for batch in batches):
        return UserError(
            f"“{done.name}” was done last, and reviewers have decided on its records since; "
            "withdraw it with a reason instead, on Sources.",
            kind=ErrorKind.ANSWERED,
        )
    if any(asked.is_answered(file, step, subjects) for step, subjects in done.opened):
        return UserError(
            f"“{done.name}” was done last, and reviewers have answered it since, so it stays open; "
            "what was done before it is changed where it was done.",
            kind=ErrorKind.OPEN,
        )
    return None


def last_done(file: File) -> tuple[Done | None, UserError | None]:
    """Return what was done last, and why it is not taken back, or None."""
    done = next(standing(file), None)
    return done, refusal(file, done) if done else None


def undo(file: File, action: str = "") -> str:
    """Take back the last action, or one by its id, and return its name.

    `UserError` when there is nothing to take back, or what was done last cannot be.
    """
    done, refused = (find(file, action), None) if action else last_done(file)
    if done is None or refused is not None:
        raise refused or UserError("There is nothing to take back.")
    take_back(file, done)
    return done.plain_name


def redo(file: File) -> str:
    """Repeat what was taken back last and return its name; `UserError` without any."""
    done = redoable(file)
    if done is None:
        raise UserError("There is nothing to repeat.")
    take_back(file, done)
    return done.plain_name


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
        for step in {event.step for event in done.events if event.kind.body is Form}:
            if not heads(file, Form, step=step):
                asked.require_unused(file, step, step)


def _standing(file: File, event: Event) -> str:
    """Return the id of the head that is this event, or that put it back; "" when there is none."""
    found = [
        id_.hex()
        for (id_,) in file.rows(
            "SELECT event FROM current WHERE kind = ? AND step = ? AND subject = ? AND author = ?",
            (event.kind.name, event.step, event.subject, file.author(event.kind.log)),
        )
    ]
    if event.id in found:
        return event.id
    for head in found:
        before = event_of(file, head)
        while before is not None:
            if before.id == event.id:
                return str(head)
            before = restored(file, before)
    return ""


def restored(file: File, event: Event) -> Event | None:
    """Return the event that an undo's event put back, or None for any other."""
    if not event.undoes:
        return None
    for id_ in event.supersedes:
        undone = event_of(file, id_)
        # What was undone may itself have stood as what an earlier undo put back.
        while undone is not None and undone.action != event.undoes:
            undone = restored(file, undone)
        for before in _before(file, undone, {}) if undone is not None else ():
            found = event_of(file, before)
            if found is not None and _alike(found, event):
                return found
    return None


def made_at(file: File, event: str) -> str:
    """Return when what an event says was said first: what undo put back was said before that."""
    found, time = event_of(file, event), ""
    while found is not None:
        time, found = found.time, restored(file, found)
    return time


def is_of_undo(file: File, event: str) -> bool:
    """Say whether undo alone said what an event says, be it put back later: nobody did by hand."""
    found = event_of(file, event)
    while found is not None and (before := restored(file, found)) is not None:
        found = before
    return found is not None and bool(found.undoes)


def said_first(file: File, head: Head[B]) -> Head[B]:
    """Return a head with the time at which what it says was said first; see `made_at`."""
    return head._replace(time=made_at(file, head.event)) if head.undoes else head


def _alike(one: Event, other: Event) -> bool:
    return (one.kind.name, one.step, one.subject, one.body) == (
        other.kind.name,
        other.step,
        other.subject,
        other.body,
    )


def _put_back(
    file: File, action: Action, event: Event, same: Mapping[str, Event], head: str
) -> None:
    previous = [b for b in (event_of(file, s) for s in _before(file, event, same)) if b is not None]
    for before in previous:
        action.write(event.kind, before.body, before.subject, before.step, (head,))
    if previous:
        return
    if event.kind.body is Batch:
        _withdraw(file, action, event)
        return
    if isinstance(event.body, Open):
        _take_out(file, action, event.step, event.body.subjects)
        return
    if (emptied := event.body.emptied()) is not None:
        action.write(event.kind, emptied, event.subject, event.step, (head,))
        return
    stood = event.body.columns()
    action.void(
        event.kind.body,
        subject=event.subject,
        step=event.step,
        question=stood.question,
        row=stood.row,
        supersedes=(head,),
    )


def _withdraw(file: File, action: Action, event: Event) -> None:
    """Take an import out of the review as a person does by hand: nothing imported is unwritten."""
    if heads(file, Withdraw, subjects=[event.subject]):
        raise UserError("That import is taken back already.")
    action.append(
        Withdraw(batch=event.subject, why=_WHY),
        subject=event.subject,
        supersedes=head_ids(file, Withdraw, subject=event.subject, author=COORDINATOR),
    )


def _take_out(file: File, action: Action, step: str, subjects: Iterable[str]) -> None:
    """Ask a form no more of what it was opened for: an opening is never unwritten."""
    still = asked.asked_of(file, step)
    for one in subjects:
        if one in still:
            before = head_ids(
                file, TakenOut, step=step, subject=one, author=COORDINATOR, of_record=True
            )
            action.append(TakenOut(), subject=one, step=step, supersedes=before)


def _before(file: File, event: Event, same: Mapping[str, Event]) -> list[str]:
    """Return what stood before the action that wrote an event: the same action's are passed by."""
    found: list[str] = []
    for id_ in event.supersedes:
        earlier = same.get(id_) or event_of(file, id_)
        if earlier is not None and earlier.action == event.action:
            found += _before(file, earlier, same)
        else:
            found.append(id_)
    return found
