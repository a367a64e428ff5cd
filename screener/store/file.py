"""One open project file: reading, closing, and `action`, one transaction per user action."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from threading import get_ident
from typing import Any

from screener.model import Changes, ErrorKind, Kind, UserError
from screener.store import caches, computer, events, journals, left, meta, paths, seen, subjects
from screener.store.atomic import atomic
from screener.store.guard import Check, Guard
from screener.store.kinds import Body, LogKind, Void, kind_of
from screener.store.kinds import Kind as EventKind
from screener.store.migrations import USER_VERSION
from screener.store.own_logs import OwnLogs
from screener.store.problems import require_read, sentence, told

COORDINATOR = "coordinator"


class FileKind(StrEnum):
    """A coordinator's project, a reviewer's copy, or what an arbitrator settles in."""

    PROJECT = "project"
    COPY = "copy"
    ARBITRATOR = "arbitrator"


class Action:
    """What one user action writes; made by `File.action` and valid inside its block only."""

    def __init__(self, file: File, name: str, undoes: str) -> None:
        self._file = file
        self.name = name
        self.id = os.urandom(16).hex()
        self._undoes = undoes
        self.time = events.now()
        self._kinds: set[Kind] = set()
        self._units: set[str] = set()
        self._units_stale = False
        self._joins: list[Body] = []

    def append(
        self,
        body: Body,
        *,
        subject: str = "",
        step: str = "",
        supersedes: Sequence[str] = (),
    ) -> str:
        """Append one event to the log of its kind and return its id.

        Before the commit it is read again, strictly, and compared with what was hashed.
        """
        return self.write(kind_of(type(body)), body, subject, step, supersedes)

    def void(
        self,
        body: type[Body],
        *,
        subject: str = "",
        step: str = "",
        question: str = "",
        row: str = "",
        supersedes: Sequence[str],
    ) -> str:
        """Append that nothing stands any more of a kind in place of these events."""
        nothing = Void(void=True, question=question, row=row)
        return self.write(kind_of(body), nothing, subject, step, supersedes)

    def write(
        self, kind: EventKind, body: Body, subject: str, step: str, supersedes: Sequence[str]
    ) -> str:
        """Append the body of an event of a kind, be it that nothing stands; see `append`."""
        file = self._file
        if kind.answers and file.closed(step, file.reviewer) and file.covered(step, subject):
            raise UserError("This stage is closed; reopen it to change a decision.")
        file.require_log(kind.log)
        log, seq, prev = file.own_logs.tip(kind.log)
        step = str(step)
        text = events.text_of(
            action=self.id,
            action_name=self.name,
            body=body,
            supersedes=tuple(supersedes),
            undoes=self._undoes,
            time=self.time,
        )
        before = bytes.fromhex(prev) or None
        id_ = events.id_of((b"", log, seq, before, kind.name, step, subject, text))
        row = (id_, log, seq, before, kind.name, step, subject, text)
        execute = file.connection.execute
        execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        written = execute(
            f"SELECT {events.COLUMNS} FROM event e WHERE e.id = ?",  # noqa: S608 - fixed columns
            (id_,),
        ).fetchone()
        if written != row:
            raise UserError(
                "The drive did not keep what was written; nothing was saved, try again."
            )
        kept = events.written(kind.name, written[-1])
        author = file.author(kind.log)
        head = caches.head_row(id_, kind, step, subject, author, self.time, kept)
        caches.take(file.connection, head, supersedes)
        caches.put(file.connection, head)
        self._units_stale |= kind.units
        self._joins += [kept] if kind.units else []
        self.touch(kind.touches, *([subject] if subject else []))
        return id_.hex()

    def touch(self, kind: Kind, *units: str) -> None:
        """Note what the action changed, for the notice after the commit."""
        self._kinds.add(kind)
        self._units.update(units)

    def finish(self) -> None:
        """Bring the caches up to date (also between two parts of it)."""
        caches.follow_joins(self._file.connection, self._joins)
        if self._units_stale:
            subjects.rebuild_units(self._file.connection)
        self._joins, self._units_stale = [], False

    @property
    def changes(self) -> Changes:
        """The notice of what was written."""
        return Changes(action=self.name, kinds=frozenset(self._kinds), units=frozenset(self._units))


class File:
    """A project file that is open, for writing or for reading only.

    Made by `create` or `open_file` of `opening`; `path` is where it lies, `uuid` names the review
    (32 hexadecimal digits), `reviewer` is the id of the reviewer (or arbitrator) whose file it is,
    or "". `check` looks at what is kept of it when it is taken away while it is open.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        writable: bool,
        check: Check = lambda _connection: (),
    ) -> None:
        self.path = path
        self.connection = connection
        connection.execute("PRAGMA recursive_triggers = ON")  # see the triggers of the schema
        self.writable = writable
        self._opened_by = get_ident()
        self.listeners: list[Callable[[Changes], None]] = []
        self.kept: dict[object, Any] = {}  # see `kept.kept`
        self.told_last: list[Callable[[Changes], None]] = []
        """Who shows the file: told after all `listeners`, which forget what they derived."""
        self.covered: Callable[[str, str], bool] = lambda _step, _subject: True
        """Whether a close of this reviewer covers a subject of a step (given by `Project`)."""
        self._guard = Guard(path, connection, check) if writable else None
        self._opened_at = self._guard.watch.places if self._guard is not None else {}
        self.stamp = paths.stamp(path)
        self.whole = seen.knows(self.stamp)  # whether it was checked; see `whole.checked`
        self.set_aside = ""  # what is said of a foreign journal that lay beside it when opened
        self._action: Action | None = None
        self.whole_action: Action | None = None  # see `together.together`
        self.own_logs = OwnLogs(path, connection, self.author)
        self._on_close: list[Callable[[], None]] = []
        self.uuid, kind, self.reviewer = (
            meta.value(self.rows, key) for key in ("project", "kind", "reviewer")
        )
        # The id names the folder of backups: nothing but an id may come in here.
        ids = [self.uuid, *([self.reviewer] if kind != FileKind.PROJECT else [])]
        if kind not in set(FileKind) or not all(map(computer.ID.fullmatch, ids)):
            words = f"{path.name} is damaged; restore a backup of it (File, Backups)."
            raise UserError(words, kind=ErrorKind.DAMAGED)
        self.kind = FileKind(kind)

    @property
    def made(self) -> bool:
        """Whether the file was made by merging; then it never writes into the project log."""
        return meta.says(self.rows, *meta.MADE_BY_MERGING)

    @property
    def given(self) -> frozenset[str]:
        """The ids of the reviewers of whom a file made by merging speaks; else nobody's."""
        return frozenset(meta.value(self.rows, "given").split())

    # --- reading ---------------------------------------------------------------------------

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query; SQLite's errors come as sentences.

        What cannot be read because the file was taken away, with its drive, is not called damaged.
        A drive that takes nothing is another matter: then SQLite cannot take a change back.
        """
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            said = sentence(error, self.path)
            full = said is not None and said.kind is ErrorKind.FULL
            if self._guard is not None and not (full or self.connection.in_transaction):
                if self._action is not None:
                    self._guard.watch.note_failed(None)
                self._guard.require_there()
            require_read(self.connection, error)
            raise said or error from error

    def value(self, query: str, values: Sequence[object] = (), default: object = "") -> Any:  # noqa: ANN401
        """Return the first column of the first row of a query, or the default without one."""
        rows = self.rows(query, values)
        return rows[0][0] if rows else default

    def unit_of(self, record: str) -> str:
        """Return the unit a record belongs to."""
        return str(self.value("SELECT unit FROM unit_of WHERE record = ?", (record,), record))

    def members(self, unit: str) -> list[str]:
        """Return the uids of the records of a unit; of a study also those joined to it."""
        found = self.rows("SELECT record FROM unit_of WHERE unit = ?", (unit,))
        return [uid for (uid,) in found] or [unit]

    def closed(self, step: str, reviewer: str) -> bool:
        """Say whether a reviewer has closed a step and not reopened it."""
        found = self.rows(
            "SELECT kind FROM current WHERE kind IN ('close', 'reopen') AND step = ? "
            "AND subject = '' AND author = ?",
            (step, reviewer),
        )
        return {kind for (kind,) in found} == {"close"}

    def own(self, key: str, default: str = "") -> str:
        """Return a value that goes to nobody else: read position, own highlight words."""
        return str(self.value("SELECT value FROM own WHERE key = ?", (key,), default))

    def set_own(self, key: str, value: str) -> None:
        """Keep a value of the reviewer's own; it is no event and never merged."""
        with self.transaction():
            self.connection.execute("INSERT OR REPLACE INTO own VALUES (?, ?)", (key, value))
        self.guard.watch.own[key] = value

    @contextmanager
    def action(self, name: str, *, undoes: str = "") -> Iterator[Action]:
        """One user action, or part of one `together`: one transaction, one notice to listeners."""
        if (whole := self.whole_action) is not None:
            yield whole
            whole.finish()
            self._tell(iter(self.listeners), whole.changes)  # what follows reads it already
            return
        with self.transaction(), self.part(name, undoes=undoes) as action:
            yield action
        self.notify(action.changes)

    @contextmanager
    def part(self, name: str, *, undoes: str = "") -> Iterator[Action]:
        """One action of several in a transaction; whoever began that gives the one notice."""
        if self._action is not None:
            raise RuntimeError("an action began inside another")
        self._action = Action(self, name, undoes)
        try:
            yield self._action
            self._action.finish()
        finally:
            self._action = None

    def atomic(self) -> AbstractContextManager[None]:
        """All of what is written in it, or nothing: a transaction, or a part of the one that runs.

        Without what a `transaction` makes sure of.
        """
        return atomic(self.connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction on the file that was opened, and not on another one in its place.

        Its journal begins with page 1, and page 1 names it (`journals`). `UserError` when the
        file was taken away or written over: all it held is then kept in a file beside it.
        """
        guard, logs = self.guard, dict(self.own_logs.begun)
        guard.require_there()
        guard.require_base()
        written = None
        try:
            with guard.rolled_back_elsewhere(), told(self.path), self.atomic():
                self.connection.execute(f"PRAGMA user_version = {USER_VERSION}")
                guard.name_change()
                yield
                guard.require_same()
                written = guard.watch.gather()
        except BaseException as error:
            self.own_logs.begun = logs
            if isinstance(error.__cause__, sqlite3.Error):
                guard.watch.note_failed(written)
            if written is not None or get_ident() != self._opened_by:
                # What was read may never have been, or what failed may be in the file.
                self.notify(Changes(action="", kinds=frozenset(Kind)))
            raise
        guard.note(written)

    def notify(self, changes: Changes) -> None:
        """Tell every listener what a committed action touched.

        All of them are told, also when one fails: what is kept must follow what was committed.
        """
        self._tell(iter((*self.listeners, *self.told_last)), changes)

    def _tell(self, listeners: Iterator[Callable[[Changes], None]], changes: Changes) -> None:
        for listener in listeners:
            try:
                listener(changes)
            except BaseException:
                self._tell(listeners, changes)  # those that follow
                raise

    @property
    def guard(self) -> Guard:
        """What watches over a file that is open for writing; `UserError` for any other."""
        self._require_writable()
        assert self._guard is not None
        return self._guard

    def _require_writable(self) -> None:
        if not self.writable:
            raise UserError(f"{self.path.name} was opened to be read only; open it for writing.")

    def author(self, kind: LogKind) -> str:
        """Return who writes the logs of a kind in this file."""
        own = kind is LogKind.REVIEWER or (
            kind is LogKind.MEETING and self.kind is FileKind.ARBITRATOR
        )
        return self.reviewer if own else COORDINATOR

    def require_log(self, kind: LogKind) -> None:
        """Raise `UserError` unless this file may write into logs of that kind."""
        if kind is LogKind.REVIEWER and self.kind is not FileKind.COPY:
            raise UserError("Open your own copy to screen.")
        if kind is not LogKind.REVIEWER and self.kind is FileKind.COPY:
            raise UserError(
                "This is a reviewer's copy; only the coordinator's project can do this."
            )
        if kind is LogKind.PROJECT and self.kind is FileKind.ARBITRATOR:
            raise UserError(
                "This is an arbitrator's file; only the coordinator's project can do this."
            )
        if kind is LogKind.PROJECT and self.made:
            raise UserError(
                "This file was made by merging, so it changes nothing of the review; do that in "
                "the coordinator's project, or make a project from the reviewers' copies.",
                kind=ErrorKind.MADE,
            )

    # --- closing -----------------------------------------------------------------------------

    def on_close(self, work: Callable[[], None]) -> None:
        """Have `work` called after the file was closed."""
        self._on_close.append(work)

    def close(self) -> None:
        """Close the file; afterwards it is one file again, with nothing beside it.

        Where another one took its place that is left alone, with what lies beside it. Whatever
        fails, the file is released: another window can open it.
        """
        with ExitStack() as released:
            for work in reversed(self._on_close):
                released.callback(work)
            self._on_close = []
            if self._guard is not None:
                released.callback(self._guard.release)
            released.callback(self.connection.close)
            ours = self.writable and self.guard.is_there()
            if ours:
                # A computer that forgets where a log stands begins a new one: nothing is lost.
                with suppress(UserError, sqlite3.Error):
                    self.own_logs.leave()
                self._note_left()
                # Best effort: a left-over empty journal is harmless.
                with suppress(sqlite3.Error):
                    self.connection.execute("PRAGMA journal_mode = DELETE")
            self.connection.close()
            if self.writable:
                journals.clear_empty(self.path)
            if ours and self.whole and (stamp := self.guard.watch.closed()):
                seen.note(stamp)

    def _note_left(self) -> None:
        """Remember how the file is left, unless it is an older one that was only looked into."""
        before = left.of(self.path)
        if before is None or self.guard.watch.places != self._opened_at:
            left.note(self.path, self.connection)
            return
        with suppress(sqlite3.Error):
            ours = before.is_of(self.uuid, self.kind, self.reviewer)
            if ours and not before.behind(self.connection):
                left.note(self.path, self.connection)
