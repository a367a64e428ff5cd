"""The logs that an open file writes itself, on this computer, and where they were left."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from screener.store import computer, events, paths
from screener.store.chain import Order
from screener.store.computer import LogEnd
from screener.store.kinds import LogKind


class OwnLogs:
    """The logs of one open file, one for each kind; `author` says who writes a kind in it."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, author: Callable[[LogKind], str]
    ) -> None:
        self._path = path
        self._connection = connection
        self._author = author
        self.begun: dict[LogKind, str] = {}
        """The logs written on, by their kind; put back when a transaction is rolled back."""

    def tip(self, kind: LogKind) -> tuple[str, int, str]:
        """Return the log to write to, the next sequence number, and the id of the event before it.

        A log begins where its author's last log of the same kind stood, so that the author's
        history stays one chain over several computers.
        """
        execute = self._connection.execute
        log = self.begun.get(kind) or self._begin(kind)
        seq, head = self._end_of(log)
        if seq:
            return log, seq + 1, head
        order = Order(self._connection.execute)
        tips = execute(
            "SELECT e.log, max(e.seq), e.id FROM event e JOIN log l ON l.id = e.log "
            "WHERE l.kind = ? AND l.author = ? GROUP BY e.log",
            (kind, self._author(kind)),
        )
        last = max(((order.at(log, seq), id_) for log, seq, id_ in tips), default=(0, b""))
        return log, 1, last[1].hex()

    def _begin(self, kind: LogKind) -> str:
        named = {
            "kind": str(kind),
            "author": self._author(kind),
            "computer": computer.computer_id(),
            "nonce": os.urandom(16).hex(),
        }
        log = events.log_id(**named)
        self._connection.execute(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?)",
            (log, named["kind"], named["author"], named["computer"], named["nonce"]),
        )
        self.begun[kind] = log
        computer.note_log_end(log, LogEnd("", self._identity(), in_use=True))
        return log

    def take_up(self) -> None:
        """Find the logs to go on writing: this computer's, where this file left them."""
        found = self._connection.execute(
            "SELECT id, kind, author FROM log WHERE computer = ?", (computer.computer_id(),)
        ).fetchall()
        for log, kind, author in found:
            log_kind = LogKind(kind)
            if author != self._author(log_kind):
                continue
            head = self._head_of(log)
            if self._may_go_on(computer.log_end(log), log, head):
                self.begun[log_kind] = log
                computer.note_log_end(log, LogEnd(head, self._identity(), in_use=True))

    def leave(self) -> None:
        """Note where each log stands now that the file is closed."""
        for log in self.begun.values():
            computer.note_log_end(log, LogEnd(self._head_of(log), self._identity(), in_use=False))

    def _may_go_on(self, last: LogEnd | None, log: str, head: str) -> bool:
        if last is None:
            return False
        if not last.in_use:
            return last.head == head
        # It was not closed: go on only in the very file that had it, which crashed. A number of a
        # file that was removed is given to another one: that has to know where the log stood.
        return last.file == self._identity() and (not last.head or self._has(log, last.head))

    def _has(self, log: str, head: str) -> bool:
        query = "SELECT EXISTS (SELECT 1 FROM event WHERE log = ? AND id = ?)"
        try:
            (found,) = self._connection.execute(query, (log, bytes.fromhex(head))).fetchone()
        except ValueError:  # somebody changed the note
            return False
        return bool(found)

    def _identity(self) -> str:
        return repr(paths.identity(self._path))

    def _head_of(self, log: str) -> str:
        return self._end_of(log)[1]

    def _end_of(self, log: str) -> tuple[int, str]:
        """Return number and id of the last event of a log; 0 and "" where it has none."""
        query = "SELECT seq, id FROM event WHERE log = ? ORDER BY seq DESC, id LIMIT 1"
        found = self._connection.execute(query, (log,)).fetchone()
        return (found[0], found[1].hex()) if found else (0, "")
