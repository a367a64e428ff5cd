"""Is a file whole? Integrity, hashes, chains, caches.

`integrity_check` alone notices about half of random damage; with the hashes of every record and
event, the chains of the logs and the caches computed anew, all of it was noticed (storage facts,
section 1.7).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from screener.model import Progress, silent
from screener.store import caches, events, lost, raw, subjects, unnamed
from screener.store.file import COORDINATOR
from screener.store.kinds import Body, Kind
from screener.store.kinds.body import VERSION
from screener.store.kinds.content import require_content
from screener.store.kinds.project import Batch, Correct, Form, Protocol
from screener.store.migrations import reference_schema, schema
from screener.store.problems import damaged, plain, require_read, sentence, words_of
from screener.store.stopping import stoppable

if TYPE_CHECKING:
    from screener.store.file import File

STEP = 2_000
_CHUNK = 500  # ids asked for at once
CACHE = "cache"
"""The kind of the problem that what was computed from the events is not what they say."""
MISPLACED = "misplaced"
"""The kind of the problem that a log holds what does not belong there; `where` is the event."""

REPLACED = "replaced"
"""The kind of the problem that an entry takes the place of, or knew, one that is not here."""

Visit = Callable[[events.Row, events.Envelope, Kind, Body, str], None]
"""Called with every sound event: its row, envelope, kind, body and author, in order of logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a file: its kind, where it was found, a sentence."""

    kind: str
    where: str
    message: str

    @property
    def words(self) -> str:
        """What is wrong, without what SQLite says of pages and cells."""
        return plain(self.message)


def check(
    connection: sqlite3.Connection,
    progress: Progress = silent,
    *,
    with_caches: bool = True,
    visit: Visit | None = None,
    read: set[bytes] | None = None,
) -> list[Problem]:
    """Return everything that is wrong with the file; an empty list says that it is whole.

    Without `with_caches` what is computed from the events is not compared: a file that is only
    taken in gives its events, and the caches are computed where they go. `visit` sees every sound
    event on the way, so that nobody has to read them all again. `read` has the digests of the
    versions that were read strictly in another file, and gets those of this one: several copies of
    one review hold the same records, and their hashes are enough the second time.
    """
    standing = caches.Heads() if with_caches else None
    imports: _Imports = {}
    found: list[Problem] = []
    try:
        with stoppable(connection, progress, "Checking the file"):
            found += _schema(connection)
            found += _integrity(connection, progress)
            found += _contents(connection, progress, imports, set() if read is None else read)
            found += (
                Problem(kind="raw", where=record, message=message)
                for record, message in raw.problems(connection, progress)
            )
            named: dict[str, bytes] = {}
            found += _events(connection, progress, standing, visit, named)
            found += chain(connection)
            found += _replaced(connection, named)
            found += _batches(connection, progress, imports)
            found += (
                Problem(kind=one.table.removesuffix("_version"), where=one.where, message=one.words)
                for one in unnamed.content(connection)
            )
            if standing is not None and all(one.kind == REPLACED for one in found):
                found += _caches(connection, progress, standing)
    except sqlite3.DatabaseError as error:
        require_read(connection, error)
        message = f"The file is damaged: {words_of(error)}."
        found.append(Problem(kind="file", where="", message=message))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # Whole by its hashes and yet not what Screener writes: somebody made it by hand.
        found.append(Problem(kind="event", where="", message=f"An entry is malformed: {error}."))
    return found


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    here, wanted = schema(connection), reference_schema()
    for name in sorted(here.keys() | wanted.keys()):
        if here.get(name) != wanted.get(name):
            yield Problem(kind="schema", where=name, message=f"{name} is not as Screener made it.")


def _integrity(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    progress(0, None, "Checking the file")
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            require_read(connection, line)
            yield Problem(kind="file", where="", message=f"The file is damaged: {line}.")
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(
            kind="file", where=table, message=f"A row of {table} belongs to nothing that is here."
        )


_Imports = dict[str, bytearray]
"""What the digest of the records of each import is taken of; see `records_digest`."""


def _contents(
    connection: sqlite3.Connection, progress: Progress, imports: _Imports, read: set[bytes]
) -> Iterator[Problem]:
    sha256, before = hashlib.sha256, ""
    query = (
        "SELECT r.uid, r.number, r.batch, v.digest, v.body FROM record r "
        "LEFT JOIN record_version v ON v.record = r.uid ORDER BY r.number, v.rowid"
    )
    for done, (uid, number, batch, digest, body) in enumerate(connection.execute(query)):
        wrong = ""
        if digest is None:
            wrong = "is without its text"
        elif sha256(body.encode("utf-8", "surrogatepass")).digest() != digest:
            wrong = "is not as it was imported"
        elif digest not in read and (why := _malformed("record", body)):
            wrong = f"has a version {digest.hex()[:VERSION]} that is malformed ({why})"
        else:
            read.add(digest)
        if wrong:
            yield Problem(kind="record", where=uid, message=f"Record {number} {wrong}.")
        if uid != before and digest is not None:  # the source's version is the first of a record
            whole = imports.setdefault(batch, bytearray())
            whole += b"\n" * bool(whole) + record_line(uid, number, digest).encode()
        before = uid
        if done % STEP == 0:
            progress(done, None, "Checking records")
    yield from _versions(connection)


def _versions(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, words in (("protocol_version", "protocol"), ("form_version", "form")):
        for digest, body in connection.execute(f"SELECT digest, body FROM {table}"):  # noqa: S608
            name = digest.hex()
            if events.digest(body) != digest:
                wrong = f"A {words} version was changed."
            elif why := _malformed(words, body):
                wrong = f"The {words} version {name[:VERSION]} is malformed ({why})."
            else:
                continue
            yield Problem(kind=words, where=name, message=wrong)


def _malformed(what: str, body: str) -> str:
    """Return why the content of a version is none that Screener writes, or ""."""
    try:
        require_content(what, body)
    except ValueError as error:
        return str(error)
    return ""


def _events(
    connection: sqlite3.Connection,
    progress: Progress,
    standing: caches.Heads | None,
    visit: Visit | None,
    named: dict[str, bytes],
) -> Iterator[Problem]:
    """Check the events; put what each says to take the place of, and itself, into `named`."""
    logs: dict[str, tuple[str, str]] = {}
    yield from _logs(connection, logs)
    salvaged = lost.logs_of(connection.execute)
    query = f"SELECT {events.COLUMNS} FROM event e ORDER BY e.log, e.seq"  # noqa: S608
    for done, row in enumerate(connection.execute(query)):
        id_, log, seq, *_ = row
        try:
            whole, kind, body = sound(row)
            author = _author(logs.get(log), kind)
            events.require_canonical(row[7], whole, body)
            if kind.log == "project":
                _require_content(connection, body)
        except ValueError as error:
            yield Problem(
                kind=MISPLACED if isinstance(error, MisplacedError) else "event",
                where=id_.hex(),
                message=f"Entry {seq} of a log is wrong: {error}.",
            )
        else:
            if log not in salvaged:
                named.update(dict.fromkeys(lost.named(whole, body), id_))
            if visit is not None:
                visit(row, whole, kind, body, author)
            if standing is not None:
                standing.take(row, whole, kind, body, author)
        if done % STEP == 0:
            progress(done, None, "Checking the history")


def _replaced(connection: sqlite3.Connection, named: Mapping[str, bytes]) -> Iterator[Problem]:
    rest = iter(named)
    message = "An entry names another one that is not here."
    while chunk := list(islice(rest, _CHUNK)):
        query = f"SELECT id FROM event WHERE id IN ({', '.join('?' * len(chunk))})"  # noqa: S608
        here = {id_.hex() for (id_,) in connection.execute(query, list(map(bytes.fromhex, chunk)))}
        for old in chunk:
            if old not in here:
                yield Problem(kind=REPLACED, where=named[old].hex(), message=message)


def _logs(connection: sqlite3.Connection, whole: dict[str, tuple[str, str]]) -> Iterator[Problem]:
    """Put kind and author of every log that is whole into `whole`, by its id."""
    for id_, kind, author, computer, nonce in connection.execute("SELECT * FROM log"):
        if events.log_id(kind=kind, author=author, computer=computer, nonce=nonce) == id_:
            whole[id_] = (kind, author)
        else:
            yield Problem(kind="log", where=id_, message="A log was given to another author.")


def _author(log: tuple[str, str] | None, kind: Kind) -> str:
    """Return whose log an event stands in; `ValueError` when its kind does not belong there."""
    if log is None:
        raise ValueError("it has no log")
    if kind.log != log[0]:
        raise MisplacedError(f"a {kind.words} does not stand in a {log[0]} log")
    return log[1]


class MisplacedError(ValueError):
    """An event is sound and stands in a log its kind does not belong to."""


def _require_content(connection: sqlite3.Connection, body: Body) -> None:
    """Raise `ValueError` when an event of the project log names a content that is not here."""
    if isinstance(body, Correct):
        query = "SELECT 1 FROM record_version WHERE record = ? AND digest = ?"
        named: tuple[object, ...] = (body.record, bytes.fromhex(body.version))
    elif isinstance(body, Protocol | Form):
        table = "protocol_version" if isinstance(body, Protocol) else "form_version"
        query = f"SELECT 1 FROM {table} WHERE digest = ?"  # noqa: S608 - one of two fixed names
        named = (bytes.fromhex(body.digest),)
    else:
        return
    if connection.execute(query, named).fetchone() is None:
        raise ValueError("it names a version that is not here")


def require_true_caches(file: File, progress: Progress = silent) -> None:
    """Raise `UserError` unless what is shown of a file is what its events say.

    Whatever is written from the caches is written on, so this is asked before.
    """
    try:
        with stoppable(file.connection, progress, "Computing what is shown anew"):
            standing = caches.all_heads(file.connection)
            first = next(_caches(file.connection, progress, standing), None)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(file.path, f"An entry is malformed: {error}.") from error
    except sqlite3.Error as error:
        raise sentence(error, file.path) or error from error
    if first is not None:
        raise damaged(file.path, first.words)


def chain(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield the entries that do not follow the entry before them, of every log.

    In a fork two entries share a number; each must follow one that is there. An entry was written
    after the one before it, and only one log of the project begins with nothing before it: what
    comes later in the review must not seem to be earlier.
    """
    at = ("", 0)
    before: dict[bytes, int] = {}
    here: dict[bytes, int] = {}
    rows = connection.execute("SELECT log, seq, prev, id, rowid FROM event ORDER BY log, seq")
    for log, seq, prev, id_, place in rows:
        if (log, seq) != at:
            before = here if (log, seq - 1) == at else {}
            at, here = (log, seq), {}
        here[id_] = place
        if seq != 1 and prev not in before:
            message = f"The entry before entry {seq} is missing."
            yield Problem(kind="chain", where=id_.hex(), message=message)
        elif seq != 1 and before[prev] > place:
            message = f"Entry {seq} of a log lies before the entry it follows."
            yield Problem(kind="chain", where=id_.hex(), message=message)
    begun = connection.execute(
        "SELECT e.id FROM log l CROSS JOIN event e ON e.log = l.id AND e.seq = 1 "
        "WHERE e.prev IS NULL AND l.kind = 'project' AND l.author = ? ORDER BY e.rowid",
        (COORDINATOR,),
    ).fetchall()
    for (id_,) in begun[1:]:
        message = "A second log of the project begins with nothing before it."
        yield Problem(kind="chain", where=id_.hex(), message=message)


def sound(row: events.Row) -> tuple[events.Envelope, Kind, Body]:
    """Return envelope, kind and body of an event whose row is what its hash and its text say.

    `ValueError` says what is wrong.
    """
    require_unchanged(row)
    return events.opened(row[4], row[7])


def require_unchanged(row: events.Row) -> None:
    """Raise `ValueError` unless the row of an event is what its hash says."""
    if events.id_of(row) != row[0]:
        raise ValueError("it was changed")


def matches(text: object, digest: object) -> bool:
    """Say whether a text is the one of which a digest was taken."""
    if not isinstance(text, str):
        return False
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() == digest


def records_digest(lines: Iterable[str]) -> str:
    """Return the digest of a batch's records, each given by `record_line`, in order.

    Several lines may come as one text, with line ends between them.
    """
    whole = hashlib.sha256()
    for place, line in enumerate(lines):
        whole.update(f"\n{line}".encode() if place else line.encode())
    return whole.hexdigest()


def record_line(uid: str, number: int, version: bytes) -> str:
    """Return what stands for one record in its batch's digest: uid, number, first version."""
    return f"{uid} {number} {version.hex()}"


def _batches(
    connection: sqlite3.Connection, progress: Progress, imports: _Imports
) -> Iterator[Problem]:
    progress(0, None, "Checking the imports")
    known = {b.id: b for b in subjects.written(connection, "batch") if isinstance(b, Batch)}
    for body in known.values():
        if hashlib.sha256(imports.pop(body.id, b"")).hexdigest() != body.records_digest:
            yield Problem(
                kind="batch",
                where=body.id,
                message=f"Records of the import from {body.source} are not what was imported.",
            )
    for batch in imports:
        yield Problem(kind="batch", where=batch, message="Records are here that no import brought.")


def _caches(
    connection: sqlite3.Connection, progress: Progress, standing: caches.Heads
) -> Iterator[Problem]:
    progress(0, None, "Computing what is shown anew")
    joined = partial(subjects.ever_joined, connection)
    if not caches.holds(connection, set(standing.standing(joined))):
        yield Problem(
            kind=CACHE, where="current", message="What is shown is not what the history says."
        )
    if dict(connection.execute("SELECT record, unit FROM unit_of")) != subjects.groups(connection):
        yield Problem(
            kind=CACHE, where="unit_of", message="The groups shown are not what the history says."
        )
