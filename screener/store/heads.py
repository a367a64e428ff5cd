"""Reading what stands: typed heads, what the cache says of them, and the grouped reading.

This is the one place where the cache, the events and the units are joined. A head that was taken
back is left out everywhere but in `head_ids`, which says what a new event supersedes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

from screener.model import UserError
from screener.model.gathering import gathered
from screener.model.step import Said
from screener.store import events
from screener.store.chain import Order
from screener.store.events import COLUMNS
from screener.store.file import File
from screener.store.kinds import KINDS, MANY, Body, kind_of
from screener.store.unreadable import lost_body, unreadable

B = TypeVar("B", bound=Body)
_CHUNK = 500
_FEW = 8
"""So many things said of a subject at most are often the same as of another: they are shared."""


class Head(NamedTuple, Generic[B]):
    """One event that stands: its id (64 hexadecimal digits), whose it is, its body.

    `named` is the subject as it was recorded, `subject` what that belongs to now, `log` where it
    stands, `undoes` the action that was taken back by it: what it says may have been said before.
    """

    event: str
    author: str
    step: str
    named: str
    subject: str
    time: str
    body: B
    log: str = ""
    undoes: str = ""


class Cached(NamedTuple):
    """What the cache says of one event that stands; its body is not read."""

    subject: str
    author: str
    event: bytes
    question: str
    row: str
    value: str
    protocol: str
    seen: str
    day: str
    other: str


def heads(
    file: File,
    body: type[B],
    *,
    step: str | None = None,
    author: str | None = None,
    subjects: Iterable[str] | None = None,
    question: str | None = None,
    blank: bool = False,
) -> list[Head[B]]:
    """Return the heads of a kind in the order of their chain, each with its body.

    Those of which a review has thousands come as they lie in the file, which means nothing.

    Without `step`, `author`, `subjects` or `question` those of all. With `blank` also those that
    say nothing, as a blank with a note. `UserError` names an event that this program does not
    write.
    """
    kind = kind_of(body)
    where, values = _where(kind.name, step, author, question, blank=blank)
    query = (
        "SELECT e.log, e.seq, e.rowid, "  # noqa: S608 - fixed terms only
        "c.event, c.author, c.step, c.subject, "
        "coalesce(u.unit, c.subject), e.body "
        "FROM current c JOIN event e ON e.id = c.event LEFT JOIN unit_of u ON u.record = c.subject "
        f"WHERE {where}"
    )
    found = list(_on(file, query, values, subjects))
    # Of one alone, or of none, no order is read: that is so of most that is looked up.
    order = Order(file.rows) if len(found) > 1 and kind.name not in MANY else None
    placed = (
        (place if order is None else order.at(log, seq), event, log, *row)
        for log, seq, place, event, *row in found
    )
    read = []
    for _, event, log, by, at, named, subject, text in sorted(placed, key=lambda row: row[:2]):
        try:
            whole, _, value = events.opened(kind.name, text)
        except ValueError as error:
            raise unreadable(file, event, by, error) from error
        if isinstance(value, body):  # what was taken back says nothing, and has no body
            here = event.hex(), by, at, named, subject
            read.append(Head(*here, whole.time, value, log, whole.undoes))
    return read


def cached(
    file: File,
    body: type[Body],
    *,
    step: str | None = None,
    author: str | None = None,
    subjects: Iterable[str] | None = None,
) -> list[Cached]:
    """Return what the cache says of the heads of a kind; no event is read."""
    where, values = _where(kind_of(body).name, step, author)
    rows = _on(
        file,
        "SELECT coalesce(u.unit, c.subject), c.author, c.event, c.question, c.row, "  # noqa: S608
        "s.value, "
        "c.protocol, c.seen, c.day, c.other "
        "FROM current c LEFT JOIN said s ON s.id = c.value "
        f"LEFT JOIN unit_of u ON u.record = c.subject WHERE {where}",
        values,
        subjects,
    )
    found = list(map(Cached._make, rows))
    if any(row.value is None for row in found):
        raise lost_body(file)
    return found


def head_ids(
    file: File,
    body: type[Body],
    *,
    step: str = "",
    subject: str = "",
    author: str,
    question: str = "",
    row: str = "",
    of_record: bool = False,
) -> list[str]:
    """Return what a new event of a kind supersedes: an author's heads on a subject.

    Those on any record of the unit count, unless it is said `of_record` alone (a removal, a
    correction); those taken back too. They come in the order they were written.
    """
    members, named = ("?", (subject,)) if of_record else (_members(1), (subject, subject))
    found = file.rows(
        "SELECT c.event FROM current c JOIN event e ON e.id = c.event "  # noqa: S608 - marks only
        "WHERE c.kind = ? AND c.step = ? AND c.author = ? AND c.question = ? AND c.row = ? "
        f"AND c.subject IN ({members}) ORDER BY e.rowid",
        (kind_of(body).name, step, author, question, row, *named),
    )
    return [id_.hex() for (id_,) in found]


def said(
    file: File, step: str, subjects: Collection[str] | None = None
) -> dict[str, tuple[Said, ...]]:
    """Return what the answers that stand at a step say on every subject (or on those named).

    Thousands of subjects have few different things said of them, so SQLite brings together who
    said the same, and what follows is computed once for each thing said.
    """
    if subjects is not None and len(subjects) <= _CHUNK:
        members = members_of(file, subjects)
        unit_of = {record: subject for subject, records in members.items() for record in records}
    else:
        unit_of = memberships(file)
    found: dict[str, tuple[Said, ...]] = {}
    many: dict[str, list[Said]] = {}
    for *words, named in _on(
        file,
        "SELECT c.author, c.question, c.row, "  # noqa: S608
        "(SELECT s.value FROM said s WHERE s.id = c.value), json_group_array(c.subject) "
        "FROM current c "
        f"WHERE c.kind IN ({OF_ANSWERS}) AND c.step = ? AND c.value <> 0",
        (step,),
        subjects,
        tail="GROUP BY c.author, c.question, c.row, c.value",
    ):
        one = (Said._make(words),)
        if one[0].value is None:
            raise lost_body(file)
        more: dict[tuple[Said, ...], tuple[Said, ...]] = {}  # the same is in memory once
        for record in json.loads(named):
            subject = intern(unit_of.get(record, record))
            before = found.get(subject, ())
            if len(before) < _FEW:
                found[subject] = more.get(before) or more.setdefault(before, before + one)
            else:
                many.setdefault(subject, [*before]).append(one[0])
    return found | {subject: tuple(several) for subject, several in many.items()}


def standing_answers(
    file: File, *, step: str, subjects: Iterable[str] | None = None
) -> list[Cached]:
    """Return what the cache says of every answer that stands at a step, of whatever kind."""
    return [
        row
        for kind in ANSWERS
        for row in cached(file, KINDS[kind].body, step=step, subjects=subjects)
    ]


def newest(file: File, body: type[Body], *, step: str, author: str, most: int) -> list[str]:
    """Return the subjects of the heads of a kind that were written here last, the newest first."""
    rows = file.rows(
        "SELECT coalesce(u.unit, c.subject) FROM current c JOIN event e ON e.id = c.event "
        "LEFT JOIN unit_of u ON u.record = c.subject "
        "WHERE c.kind = ? AND c.step = ? AND c.author = ? AND c.value <> 0 "
        "ORDER BY e.rowid DESC LIMIT ?",
        (kind_of(body).name, step, author, most),
    )
    return [*dict.fromkeys(subject for (subject,) in rows)]


ANSWERS = tuple(kind.name for kind in KINDS.values() if kind.answers)
"""The kinds whose events say something of a subject: answers, and rows to answer in.

A row without an answer counts too: that one reviewer has it and another has not is a difference.
"""
OF_ANSWERS = ", ".join(f"'{kind}'" for kind in ANSWERS)
"""The same in the words of a query."""


def answered(file: File, *, step: str, author: str) -> set[str]:
    """Return the subjects of a step on which an answer of an author stands."""
    rows = file.rows(
        "SELECT coalesce(u.unit, c.subject) FROM current c "  # noqa: S608 - fixed kinds
        "LEFT JOIN unit_of u ON u.record = c.subject "
        f"WHERE c.kind IN ({OF_ANSWERS}) AND c.step = ? AND c.author = ? AND c.value <> 0",
        (step, author),
    )
    return {subject for (subject,) in rows}


def is_answered(file: File, batch: str) -> bool:
    """Say whether an answer of anybody stands on a record of an import."""
    rows = file.rows(
        "SELECT 1 FROM record r JOIN current c ON c.subject = r.uid "  # noqa: S608 - fixed kinds
        f"WHERE r.batch = ? AND c.kind IN ({OF_ANSWERS}) AND c.value <> 0 LIMIT 1",
        (batch,),
    )
    return bool(rows)


def memberships(file: File) -> dict[str, str]:
    """Return the unit of every record that is in a duplicate group."""
    return dict(file.rows("SELECT record, unit FROM unit_of"))


def members_of(file: File, subjects: Collection[str]) -> dict[str, list[str]]:
    """Return the uids of the records of some units; of a unit that is no group, itself."""
    found = gathered(within(file, "SELECT unit, record FROM unit_of WHERE unit IN", subjects))
    return {subject: found.get(subject, [subject]) for subject in subjects}


def event_of(file: File, id_: str) -> events.Event | None:
    """Return one event by its id, or None when it is not here."""
    rows = file.rows(
        f"SELECT {COLUMNS}, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        "WHERE e.id = ?",
        (bytes.fromhex(id_),),
    )
    return read_event(file, rows[0][:-1], rows[0][-1]) if rows else None


def events_of(file: File, ids: Iterable[str]) -> Iterator[tuple[str, events.Event]]:
    """Yield author and event of those of some ids that are here."""
    query = f"SELECT {COLUMNS}, l.author FROM event e JOIN log l ON l.id = e.log WHERE e.id IN"  # noqa: S608
    for *row, author in within(file, query, map(bytes.fromhex, ids), tail="ORDER BY e.rowid"):
        yield author, read_event(file, row, author)


def read_event(file: File, row: Sequence[Any], author: str) -> events.Event:
    """Return the event of a row; `UserError` names one this program does not write."""
    id_, log, seq, prev, kind, step, subject, text = row
    try:
        return events.parse((id_, log, seq, prev, kind, step, subject, text))
    except ValueError as error:
        raise unreadable(file, id_, author, error) from error


# --- how the rows are found -----------------------------------------------------------------------


def _where(
    kind: str,
    step: str | None,
    author: str | None,
    question: str | None = None,
    *,
    blank: bool = False,
) -> tuple[str, tuple[str, ...]]:
    terms, values = ["c.kind = ?"], [kind]
    for column, value in (("step", step), ("author", author), ("question", question)):
        if value is not None:
            terms.append(f"c.{column} = ?")
            values.append(value)
    if not blank:
        terms.append("c.value <> 0")
    return " AND ".join(terms), tuple(values)


def _on(
    file: File,
    query: str,
    values: Sequence[str],
    subjects: Iterable[str] | None,
    *,
    tail: str = "",
) -> Iterator[Any]:
    """Yield the rows of a query on `current c`: all, or of the records of the subjects named.

    Settling one subject must not read the answers on ten thousand. With `tail`, a group may come
    in parts.
    """
    if subjects is None:
        yield from file.rows(f"{query} {tail}", values)
        return
    rest = iter(sorted(set(subjects)))
    while some := list(islice(rest, _CHUNK)):
        members = f"{query} AND c.subject IN ({_members(len(some))}) {tail}"
        yield from file.rows(members, (*values, *some, *some))


@cache
def _members(count: int) -> str:
    """Return the query of the records of so many subjects, each of which is given twice.

    A subject that is no group is in no row of `unit_of`; one that is has a row of its own.
    """
    marks, rows = ", ".join("?" * count), ", ".join(["(?)"] * count)
    return f"SELECT record FROM unit_of WHERE unit IN ({marks}) UNION VALUES {rows}"  # noqa: S608


def within(
    file: File,
    query: str,
    wanted: Iterable[object],
    values: Sequence[str] = (),
    *,
    tail: str = "",
) -> Iterator[Any]:
    """Yield the rows of a query that ends in `IN`, for some hundreds of the wanted at a time."""
    rest = iter(wanted)
    while chunk := list(islice(rest, _CHUNK)):
        marks = ", ".join("?" * len(chunk))
        yield from file.rows(f"{query} ({marks}) {tail}", (*values, *chunk))


def wrong(file: File, event: str, why: str) -> UserError:
    """Return the sentence that names an event (by its id) which cannot be read, and its author."""
    query = "SELECT l.author FROM event e JOIN log l ON l.id = e.log WHERE e.id = ?"
    author = file.value(query, (bytes.fromhex(event),))
    return unreadable(file, bytes.fromhex(event), author, ValueError(why))


def require_known(file: File, steps: Collection[str]) -> None:
    """Raise `UserError` naming an event of a kind or at a step that there is none of."""
    for kind, step in file.rows("SELECT DISTINCT kind, step FROM current"):
        if kind in KINDS and (step in steps or not (step or KINDS[kind].at_step)):
            continue
        query = "SELECT event FROM current WHERE kind = ? AND step = ? LIMIT 1"
        why = f"there is no stage “{step}”" if kind in KINDS else "there is no such kind of entry"
        raise wrong(file, file.value(query, (kind, step)).hex(), why)
