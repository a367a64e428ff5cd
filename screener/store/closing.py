"""Closing a step and opening it again, the closing code, and how far reviewers have closed."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from screener.model import UserError
from screener.model.words import is_blank
from screener.store import history
from screener.store.chain import Order
from screener.store.file import File
from screener.store.heads import ANSWERS, head_ids, memberships
from screener.store.history import SELDOM, Closing, Past, answered_in
from screener.store.kinds import LogKind
from screener.store.kinds.reviewer import Close, Reopen
from screener.store.logs import last_project_event


def closing_code(event: str) -> str:
    """Return the closing code of a `close` event: its first 80 bits as four groups of four."""
    code = base64.b32encode(bytes.fromhex(event)[:10]).decode("ascii")
    return " ".join(code[i : i + 4] for i in range(0, 16, 4))


def code(file: File, step: str) -> str:
    """Return the closing code of a step that this reviewer has closed, else ""."""
    ends = history.closings(file, step).get(file.reviewer, ())
    return code_of(file, step, file.reviewer, ends)


def code_of(file: File, step: str, author: str, ends: Sequence[Closing]) -> str:
    """Return the closing code of a step that somebody has closed, of all their closes, else "".

    Closed on two computers apart, it is the same one of the two in whatever order they were merged.
    """
    if not file.closed(step, author):
        return ""
    standing = set(head_ids(file, Close, step=step, author=author))
    return next((closing_code(end.event) for end in reversed(ends) if end.event in standing), "")


def close(file: File, step: str, words: str, *, since: bool = False) -> str:
    """Record that this reviewer has finished a step; returns the closing code.

    `words` is the heading of the step; `since` says that subjects were opened after the last
    close. The code is passed on before the files are exchanged: it proves later that nothing was
    changed afterwards. `UserError` when it is closed already.
    """
    if file.closed(step, file.reviewer) and not since:
        raise UserError(f"{words} is closed already; its code is {code(file, step)}.")
    with file.action(f"Close {words.lower()}") as action:
        body = Close(review=last_project_event(file), known=_known(file))
        event = action.append(body, step=step, supersedes=_heads(file, step))
    return closing_code(event)


def since(file: File, step: str, asked: Iterable[str]) -> frozenset[str]:
    """Return of some subjects those that were opened after this reviewer closed the step."""
    if not file.closed(step, file.reviewer):
        return frozenset()
    return frozenset(subject for subject in asked if not file.covered(step, subject))


def reopen(file: File, step: str, words: str, why: str) -> None:
    """Open a closed step again, with the reason; the first close stays in the history."""
    if not file.closed(step, file.reviewer):
        raise UserError(f"{words} is not closed; there is nothing to reopen.")
    if is_blank(why):
        raise UserError("Say why the stage is opened again; the report names it.")
    with file.action(f"Reopen {words.lower()}") as action:
        body = Reopen(why=why, known=_known(file))
        action.append(body, step=step, supersedes=_heads(file, step))


def _known(file: File) -> tuple[str, ...]:
    """Return the last entries of this reviewer's logs but of the one that is written on."""
    _, _, before = file.own_logs.tip(LogKind.REVIEWER)
    own = "FROM event e JOIN log l ON l.id = e.log WHERE l.author = ? AND l.kind = 'reviewer'"
    ends = file.rows(
        f"SELECT e.id {own} EXCEPT SELECT e.prev {own} ORDER BY 1",
        (file.reviewer, file.reviewer),
    )
    return tuple(id_.hex() for (id_,) in ends if id_.hex() != before)


def _heads(file: File, step: str) -> list[str]:
    """Return what a close or a reopening takes the place of: the last of both kinds."""
    by = file.reviewer
    return [
        *head_ids(file, Close, step=step, author=by),
        *head_ids(file, Reopen, step=step, author=by),
    ]


@dataclass(slots=True)
class Closed:
    """How far one reviewer has closed a step.

    Up to a place of the project log, and subjects answered before a close whose place is not known
    here, as in a salvaged file.
    """

    reach: int = 0
    answered: set[str] = field(default_factory=set)

    def covers(self, subject: str, place: int) -> bool:
        """Say whether a subject that was opened at a place is closed."""
        return place <= self.reach or subject in self.answered


def closed(
    file: File, step: str, reviewer: str, ends: Iterable[Closing], places: Mapping[str, int]
) -> Closed:
    """Return how far a reviewer has closed a step with some closes, reopened later or not.

    `places` is what `logs.project_events` returns.
    """
    found = Closed()
    for end in ends:
        if end.review in places or not end.review:
            found.reach = max(found.reach, places.get(end.review, 0))
        else:
            past = Past.of(file, end.log, end.seq, end.event)
            found.answered |= answered_in(file, step, reviewer, past)
    return found


def answered_behind(file: File, step: str, reviewer: str) -> set[tuple[str, str]]:
    """Return what a reviewer answered while the step was closed: the close's event, the subject.

    A step is closed from a close on until a reopening, in the chain of the reviewer's entries:
    another close afterwards changes nothing of that.
    """
    order = Order(file.rows)
    unit_of = memberships(file)
    query = "SELECT id FROM log WHERE author = ? AND kind = 'reviewer'"
    logs = [log for (log,) in file.rows(query, (reviewer,))]
    shut: dict[bytes | None, str] = {}
    found: set[tuple[str, str]] = set()
    for log in sorted(logs, key=lambda log: (order.at(log, 1), log)):
        for id_, prev, kind, at, subject in _from_first_close(file, log, step, shut):
            behind = shut.get(prev, "")
            if at == step and kind in ("close", "reopen") and not subject:
                behind = id_.hex() if kind == "close" else ""
            elif at == step and kind in ANSWERS and behind:
                found.add((behind, unit_of.get(subject, subject)))
            if behind:
                shut[id_] = behind
    return found


def _from_first_close(
    file: File, log: str, step: str, shut: Mapping[bytes | None, str]
) -> list[Any]:
    """Return the entries of a log from where the step may be closed; `shut` are those before."""
    begins = file.rows("SELECT prev FROM event WHERE log = ? AND seq = 1", (log,))
    first = file.value(
        # "+": by the few closes, and not through all of the log.
        "SELECT min(e.seq) FROM event e "  # noqa: S608 - fixed words
        f"WHERE {SELDOM} AND e.kind = 'close' AND +e.log = ? AND e.step = ?",
        (log, step),
    )
    if any(prev in shut for (prev,) in begins):
        first = 1
    if first is None:
        return []
    query = "SELECT id, prev, kind, step, subject FROM event WHERE log = ? AND seq >= ?"
    return file.rows(f"{query} ORDER BY seq, id", (log, first))


def imports(file: File, places: Mapping[str, int]) -> dict[str, int]:
    """Return the place of the first event of every import, by the id of the import."""
    found: dict[str, int] = {}
    for entry in history.of_kinds(file, "batch"):
        found.setdefault(entry.event.subject, places[entry.event.id])
    return found
