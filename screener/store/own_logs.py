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
        log = self.begun.get(kind) or self._begin(kind)
        seq, head = self._end_of(log)
        if seq:
            return log, seq + 1, head
        return log, 1, max(self._ends(kind).values(), default=(0, ""))[1]

    def _ends(self, kind: LogKind) -> dict[str, tuple[int, str]]:
        """Return where each log of the author ends: how far along the chain, and the event."""
        order = Order(self._connection.execute)
        query = "SELECT id FROM log WHERE kind = ? AND author = ?"
        logs = self._connection.execute(query, (kind, self._author(kind))).fetchall()
        ends = {log: self._end_of(log) for (log,) in logs}
        return {log: (order.at(log, seq), head) for log, (seq, head) in ends.items() if seq}

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
        """Find the logs to go on writing: this computer's, where this file left them.

        Of several the one that is furthest along the chain. A project log after which another one
        was begun is not gone on with: what is opened now would stand in the order before what
        reviewers closed since, and count as closed by them.
        """
        query = "SELECT id FROM log WHERE computer = ? AND kind = ? AND author = ?"
        for kind in LogKind:
            named = (computer.computer_id(), kind, self._author(kind))
            found = [log for (log,) in self._connection.execute(query, named)]
            ends = self._ends(kind) if found else {}
            if kind is LogKind.PROJECT and ends:
                found = [log for log in found if log not in ends or ends[log] == max(ends.values())]
            for log in sorted(found, key=lambda one: ends.get(one, (0, "")), reverse=True):
                head = self._head_of(log)
                if self._may_go_on(computer.log_end(log), log, head):
                    self.begun[kind] = log
                    computer.note_log_end(log, LogEnd(head, self._identity(), in_use=True))
                    break

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
