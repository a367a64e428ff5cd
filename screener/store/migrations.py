"""The schema of the project file, as ordered migrations.

A released migration is never edited. They hold literal SQL text, because the text SQLite keeps is
compared with what a received file has, and a library's generated text differs between its versions.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from hashlib import sha256

from screener.store.paths import APPLICATION_ID

USER_VERSION = 1

_CONTENT = ("record", "record_version", "raw", "protocol_version", "form_version")

_V1 = (
    """CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE log (
  id TEXT PRIMARY KEY CHECK (length(id) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('project', 'reviewer', 'meeting')),
  author TEXT NOT NULL,
  computer TEXT NOT NULL,
  nonce TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE event (
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  log TEXT NOT NULL REFERENCES log (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  prev BLOB CHECK (prev IS NULL OR length(prev) = 32),
  kind TEXT NOT NULL,
  step TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT""",
    # Not unique: a fork (one log continued in two files) is kept and shown, never dropped.
    """CREATE INDEX event_in_log ON event (log, seq)""",
    # The kinds of which a review has few are found at once; a decision writes no line in it.
    """CREATE INDEX event_of_kind ON event (kind)
WHERE kind NOT IN ('answer', 'decision', 'flag', 'note', 'row')""",
    """CREATE TABLE record (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 32),
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  batch TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE record_version (
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  record TEXT NOT NULL REFERENCES record (uid),
  body TEXT NOT NULL
) STRICT""",
    # The trigger below keeps a version from being there twice: a record has one version or two,
    # and their digests in an index would be a fiftieth of a copy.
    """CREATE INDEX version_of ON record_version (record)""",
    # The body says only what the record's first version does not; see `screener.store.raw`.
    """CREATE TABLE raw (
  number INTEGER PRIMARY KEY REFERENCES record (number),
  body BLOB NOT NULL
) STRICT""",
    # The queue "no abstract" parses no body for it: canonical fields begin with the abstract.
    """CREATE INDEX version_without_abstract ON record_version (record)
WHERE substr(body, 1, 21) <> '{"fields":{"abstract"'""",
    """CREATE TABLE protocol_version (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  body TEXT NOT NULL
) STRICT""",
    """CREATE TABLE form_version (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  body TEXT NOT NULL
) STRICT""",
    """CREATE TABLE attachment (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  name TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0)
) STRICT""",
    """CREATE TABLE own (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE current (
  kind TEXT NOT NULL,
  step TEXT NOT NULL,
  subject TEXT NOT NULL,
  question TEXT NOT NULL,
  row TEXT NOT NULL,
  author TEXT NOT NULL,
  event BLOB NOT NULL,
  value INTEGER NOT NULL,
  protocol TEXT NOT NULL,
  seen TEXT NOT NULL,
  day TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (kind, step, subject, question, row, author, event)
) STRICT, WITHOUT ROWID""",
    # Thousands of heads have few values: each is kept once, and a head is a short row.
    """CREATE TABLE said (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT""",
    """CREATE TABLE unit_of (record TEXT PRIMARY KEY, unit TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE INDEX members_of ON unit_of (unit)""",
    *(
        f"""CREATE TRIGGER {table}_kept_on_{verb} BEFORE {verb.upper()} ON {table} BEGIN
  SELECT RAISE (ABORT, 'append-only'); END"""
        for table in (*_CONTENT, "event", "log")
        for verb in ("update", "delete")
    ),
    # INSERT OR REPLACE passes by a delete trigger unless recursive_triggers is on.
    """CREATE TRIGGER event_kept_on_insert BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) BEGIN
  SELECT RAISE (ABORT, 'append-only'); END""",
    """CREATE TRIGGER record_kept_on_insert BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE uid = NEW.uid) BEGIN
  SELECT RAISE (ABORT, 'append-only'); END""",
    """CREATE TRIGGER record_version_kept_on_insert BEFORE INSERT ON record_version
WHEN EXISTS (SELECT 1 FROM record_version WHERE record = NEW.record AND digest = NEW.digest) BEGIN
  SELECT RAISE (ABORT, 'append-only'); END""",
    """CREATE TRIGGER raw_kept_on_insert BEFORE INSERT ON raw
WHEN EXISTS (SELECT 1 FROM raw WHERE number = NEW.number) BEGIN
  SELECT RAISE (ABORT, 'append-only'); END""",
)


def _first(connection: sqlite3.Connection) -> None:
    """Lay out the file of version 1."""
    for statement in _V1:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")


_ALL = {"m001_first": _first}


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file up to the newest version; an empty one is laid out."""
    # Imported here: whoever only reads a file does not wait for it.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("screener")
    for name, change in _ALL.items():
        migrations(name=name)(lambda db, change=change: change(db.conn))
    database = Database(connection, execute_plugins=False)
    with database.atomic():  # all of them or none
        migrations.apply(database)


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Return name and SQL text of everything in the file's schema that is compared."""
    try:
        rows = connection.execute(
            "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master "
            "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
            # The library's own table, in the text of its version; a trigger on it is compared.
            "AND NOT (tbl_name = '_sqlite_migrations' AND type IN ('table', 'index'))"
        ).fetchall()
    except UnicodeDecodeError as error:  # SQLite's own message quotes the damaged bytes
        raise sqlite3.DatabaseError("Could not decode to UTF-8 what the schema says") from error
    return dict(rows)


@cache
def reference_schema() -> dict[str, str]:
    """Return the schema a file of the newest version must have, to the letter."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for change in _ALL.values():
            change(connection)
        return schema(connection)


def made_with() -> str:
    """Return what a file says of the program that made it: its version and its schema in short.

    Before the first release the schema changes without a new version.
    """
    text = "\n".join(f"{name} {sql}" for name, sql in sorted(reference_schema().items()))
    return f"screener file {USER_VERSION} {sha256(text.encode()).hexdigest()[:12]}"
