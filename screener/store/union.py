"""The union of two files: events and the content they name.

Commutative, associative, idempotent, so that order, repetition and older copies can neither lose
nor double anything. The other file is read from a private copy that is attached to the one
connection; the union is one transaction that reads again what it wrote before it commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from screener.model import Changes, Kind, Progress, UserError, silent
from screener.store import caches, lost, meta, paths, raw, subjects, unnamed
from screener.store.file import Action, File, FileKind
from screener.store.problems import told
from screener.store.stopping import stoppable

_CONTENT = (
    (
        "INSERT INTO main.log SELECT * FROM {a}.log s WHERE s.id IN (SELECT id FROM temp.taken) "
        "AND NOT EXISTS (SELECT 1 FROM main.log t WHERE t.id = s.id)"
    ),
    (
        "INSERT INTO main.record SELECT * FROM {a}.record s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.record t WHERE t.uid = s.uid) ORDER BY number"
    ),
    (
        "INSERT INTO main.record_version SELECT * FROM {a}.record_version s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.record_version t "
        "WHERE t.record = s.record AND t.digest = s.digest) ORDER BY s.rowid"
    ),
    (
        "INSERT INTO main.protocol_version SELECT * FROM {a}.protocol_version s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.protocol_version t WHERE t.digest = s.digest)"
    ),
    (
        "INSERT INTO main.form_version SELECT * FROM {a}.form_version s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.form_version t WHERE t.digest = s.digest)"
    ),
    (
        "INSERT INTO main.attachment SELECT * FROM {a}.attachment s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.attachment t WHERE t.digest = s.digest)"
    ),
)
# With the plus sign the events are read as they lie, in their order: by the index of their logs all
# of them would be sorted first, in memory.
_NEW_EVENTS = (
    "FROM {a}.event s WHERE +s.log IN (SELECT id FROM temp.taken) "
    "AND NOT EXISTS (SELECT 1 FROM main.event t WHERE t.id = s.id)"
)
_OTHER_JOINS = (
    "SELECT EXISTS (SELECT 1 FROM main.event t WHERE t.kind = 'same' "
    "AND NOT EXISTS (SELECT 1 FROM {a}.event s WHERE s.id = t.id))"
)
_DIFFERING = (
    (
        "SELECT EXISTS (SELECT 1 FROM main.event t WHERE t.rowid > ? AND NOT EXISTS "
        "(SELECT 1 FROM {a}.event s WHERE s.id = t.id AND s.log = t.log AND s.seq = t.seq "
        "AND s.prev IS t.prev AND s.kind = t.kind AND s.step = t.step "
        "AND s.subject = t.subject AND s.body = t.body))"
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM main.record_version t WHERE t.rowid > ? AND NOT EXISTS "
        "(SELECT 1 FROM {a}.record_version s WHERE s.record = t.record AND s.digest = t.digest "
        "AND s.body = t.body))"
    ),
)
_AUTHORS = (
    "SELECT DISTINCT l.author FROM main.log l WHERE l.id IN "
    "(SELECT log FROM main.event WHERE rowid > ?) ORDER BY l.author"
)
_IN_ORDER = "ORDER BY s.rowid"
# Whose events are here before a file is taken in, or not all taken of it.
_PARTLY = (
    "SELECT author FROM {a}.log WHERE id NOT IN (SELECT id FROM temp.taken) UNION SELECT l.author "
    "FROM main.log l WHERE EXISTS (SELECT 1 FROM main.event e WHERE e.log = l.id)"
)
MOST = 8  # SQLite attaches ten databases at most
CACHE = 32_768  # KiB; what 100,000 decisions each change at random places is about so much


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one file added: how many events were new, and how many known already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A private copy of a file, the ids of those of its logs that are taken, and that lack some."""

    path: Path
    logs: frozenset[str]
    lost: frozenset[str] = frozenset()


@contextmanager
def attached(file: File, path: Path, name: str = "other") -> Iterator[str]:
    """Attach a private copy of another file to the connection of `file`, for reading."""
    connection = file.connection
    connection.execute(f"ATTACH ? AS {name}", (paths.uri(path, "rw"),))
    try:
        yield name
    finally:
        connection.execute(f"DETACH {name}")


def union(
    target: File,
    sources: Sequence[Source],
    progress: Progress = silent,
    *,
    given: frozenset[str] | None = None,
    last: Callable[[], None] | None = None,
    always: Callable[[], bool] = lambda: False,
) -> list[Taken]:
    """Take what private copies of other files hold into the target, in one transaction.

    The copies were admitted before. `given` marks the target as made by merging and adds to those
    of whom it speaks. `last` is called before the commit; what it raises takes everything back.
    Where nothing is new nothing is written and `last` is not called, unless `always` says that it
    has to be. Returns what each of them added, in their order. `UserError` for more files than can
    be read at once.
    """
    require_few(sources)
    connection = target.connection
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    with told(target.path), ExitStack() as stack:
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS taken (id PRIMARY KEY)")
        named = [
            (stack.enter_context(attached(target, source.path, f"f{place}")), source)
            for place, source in enumerate(sources)
        ]
        news = [_choose(target, name, source) for name, source in named]
        speaks = given is None or (target.made and given <= target.given)
        if not any(news) and speaks and not always():
            return [Taken(new=0, known=_count(target, *one)) for one in named]
        with stoppable(connection, progress, "Taking decisions in"), target.transaction():
            last_event, last_version = _last_rows(connection)
            taken = [_take(target, name, source, progress) for name, source in named]
            lost.add(connection, frozenset().union(*(source.lost for source in sources)))
            _take_raw(target, [name for name, _ in named], last_version)
            caches.follow_joins(connection, subjects.joins_after(connection, last_event))
            subjects.rebuild_units(connection)
            if given is not None:
                keep_made(target, target.given | given)
            if last is not None:
                progress(0, None, "Reading everything once")
                connection.execute("PRAGMA shrink_memory")  # what was written fills the cache
                last()
            progress(0, None, "Saving")
        # Told before anything else can fail: what was committed is what is shown.
        target.notify(Changes(action="Merge", kinds=frozenset(Kind)))
    return taken


def require_few(files: Sequence[object]) -> None:
    """Raise `UserError` for more files than can be read at once."""
    if len(files) > MOST:
        raise UserError(f"{len(files)} files are too many at once; merge at most {MOST}.")


def _choose(target: File, name: str, source: Source) -> bool:
    """Note which logs of an attached file are taken; say whether any of their events is new."""
    connection = target.connection
    connection.execute("DELETE FROM temp.taken")
    wanted = [(id_,) for id_ in sorted(source.logs)]
    connection.executemany("INSERT INTO temp.taken VALUES (?)", wanted)
    (new,) = connection.execute(f"SELECT EXISTS (SELECT 1 {_NEW_EVENTS.format(a=name)})").fetchone()
    return bool(new) or (target.kind is FileKind.PROJECT and raw.any_new(connection, name))


def _count(target: File, name: str, source: Source) -> int:
    """Return how many events of an attached file the target takes, new or known."""
    _choose(target, name, source)
    (whole,) = target.connection.execute(
        f"SELECT count(*) FROM {name}.event WHERE log IN (SELECT id FROM temp.taken)"  # noqa: S608
    ).fetchone()
    return int(whole)


def _take(target: File, name: str, source: Source, progress: Progress) -> Taken:
    """Take in one attached file, read again what was written, and bring `current` up to date."""
    connection = target.connection
    whole = _count(target, name, source)
    partly = {author for (author,) in connection.execute(_PARTLY.format(a=name))}
    before = _last_rows(connection)
    taken = _write(target, name, whole, progress)
    progress(whole, whole, "Reading again what was written")
    if authors := _read_again(connection, name, before):
        if partly.isdisjoint(authors):
            caches.copy_current(connection, name, authors)
            if connection.execute(_OTHER_JOINS.format(a=name)).fetchone() != (0,):
                caches.follow_joins(connection, subjects.joins_after(connection))
        else:
            # What is new may be superseded by what was here: these authors are computed anew.
            caches.rebuild_current(connection, authors)
    return taken


def _write(target: File, name: str, whole: int, progress: Progress) -> Taken:
    """Insert what one attached file has and the target has not; `whole` events are taken of it."""
    connection = target.connection
    # Records, protocols and attachments come with events of the project log; without new ones
    # there is nothing to look for.
    (review_changed,) = connection.execute(
        f"SELECT EXISTS (SELECT 1 {_NEW_EVENTS.format(a=name)} "  # noqa: S608
        f"AND s.log IN (SELECT id FROM {name}.log WHERE kind = 'project'))"
    ).fetchone()
    for statement in _CONTENT if review_changed else _CONTENT[:1]:
        connection.execute(statement.format(a=name))
        progress(0, whole, "Taking decisions in")
    written = connection.execute(
        f"INSERT INTO main.event SELECT s.* {_NEW_EVENTS.format(a=name)} {_IN_ORDER}"
    )
    progress(whole, whole, "Taking decisions in")
    return Taken(new=written.rowcount, known=whole - written.rowcount)


def _take_raw(target: File, names: list[str], last_version: int) -> None:
    """Take the raw texts that attached files have and the target lacks; a copy does without.

    Whatever their events: the same records may have come from a copy before, without raw text.
    """
    connection = target.connection
    if target.kind is not FileKind.PROJECT:
        return
    came = sum(raw.take_in(connection, name) for name in names)
    if came:
        target.guard.watch.note_passed()  # they lie among those that were there
    if came or _last_rows(connection)[1] > last_version:
        raw.note_lacking(connection)
    if came and any(raw.problems(connection)):
        raise _not_kept()


def _last_rows(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the last rows of `event` and `record_version`; what follows is new."""
    (event,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM main.event").fetchone()
    (version,) = connection.execute(
        "SELECT coalesce(max(rowid), 0) FROM main.record_version"
    ).fetchone()
    return event, version


def _read_again(connection: sqlite3.Connection, name: str, last: tuple[int, int]) -> list[str]:
    """Compare what was written after the `last` rows with the attached file; return its authors.

    What lies there was read strictly, and by its hashes, when the file was admitted.
    """
    for differs, place in zip(_DIFFERING, last, strict=True):
        if connection.execute(differs.format(a=name), (place,)).fetchone() != (0,):
            raise _not_kept()
    return [author for (author,) in connection.execute(_AUTHORS, last[:1])]


def _not_kept() -> UserError:
    return UserError("The drive did not keep what was written; nothing was merged, try again.")


def fill_copy(
    project: File,
    out: Path,
    reviewer: str,
    name: str = "",
    write: Callable[[Action], object] | None = None,
) -> None:
    """Insert into a fresh file what the file of that person holds, and nothing else.

    It gets the project log, the reviewer's or arbitrator's own logs so far, and the content that
    they name. It is filled by inserting, never by deleting, so that no byte of anybody else's is in
    its free pages. What `write` writes into the project, in an action of that `name`, is in both
    files or in none.
    """
    connection = project.connection
    with told(project.path), attached(project, out, "fresh"):
        connection.execute("PRAGMA fresh.synchronous = OFF")  # the caller syncs before renaming
        with project.action(name) if write else project.atomic() as action:
            if write and isinstance(action, Action):
                write(action)
            for statement in _FILL:
                connection.execute(statement, {"reviewer": reviewer})
            # Without `raw`: it would be moved with every copy, and the fields say what is screened.
            unnamed.leave_out(connection, "fresh")
            lost.fill(connection, "fresh")
        connection.execute("PRAGMA fresh.journal_mode = DELETE")


_FILL = (
    (
        "INSERT INTO fresh.log SELECT * FROM main.log "
        "WHERE kind = 'project' OR (kind <> 'project' AND author = :reviewer)"
    ),
    "INSERT INTO fresh.record SELECT * FROM main.record",
    (
        "INSERT INTO fresh.event SELECT * FROM main.event "
        "WHERE log IN (SELECT id FROM fresh.log) ORDER BY rowid"
    ),
    (
        # Only what this copy says, numbered anew: a gap would tell that others say something else,
        # and the order who said it first.
        "INSERT INTO fresh.said (value) SELECT s.value FROM main.said s WHERE s.id IN "
        "(SELECT c.value FROM main.current c JOIN main.event e ON e.id = c.event "
        "WHERE e.log IN (SELECT id FROM fresh.log)) ORDER BY s.value"
    ),
    (
        "INSERT INTO fresh.current SELECT c.kind, c.step, c.subject, c.question, c.row, c.author, "
        "c.event, coalesce(t.id, 0), c.protocol, c.seen, c.day, c.other FROM main.current c "
        "JOIN main.event e ON e.id = c.event LEFT JOIN main.said s ON s.id = c.value "
        "LEFT JOIN fresh.said t ON t.value = s.value WHERE e.log IN (SELECT id FROM fresh.log)"
    ),
    "INSERT INTO fresh.unit_of SELECT * FROM main.unit_of",
)


def keep_made(file: File, given: frozenset[str]) -> None:
    """Note inside the caller's transaction that a file is made by merging, of whose files (ids)."""
    said = dict([meta.MADE_BY_MERGING, ("given", " ".join(sorted(given)))])
    meta.put(file.connection, said)


def confirmed(file: File) -> frozenset[str]:
    """Return the changes to the review of which a person said that they are the coordinator's.

    Only a file made by merging keeps them: each older file that is merged later lacks them too.
    """
    return frozenset(meta.value(file.rows, "confirmed").split()) if file.made else frozenset()


def keep_confirmed(file: File, events: frozenset[str]) -> None:
    """Add to those changes, inside the caller's transaction."""
    if events:
        meta.put(file.connection, {"confirmed": " ".join(sorted(confirmed(file) | events))})


def forget_made(file: File) -> None:
    """Make a file made by merging a project like any other, inside the caller's transaction."""
    meta.take_out(file.connection, "made", "given", "confirmed")
