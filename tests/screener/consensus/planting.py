"""Entries that Screener does not write, planted into a file with right hashes and chains."""

import json
import sqlite3

from screener.store import events, paths, seen
from screener.store.kinds import KINDS


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def log_of(db, kind, author=None, *, new=False):
    """A log of a kind and author in an open database; made there when there is none."""
    if author is None:
        author = "coordinator"
    found = db.execute("SELECT id FROM log WHERE kind = ? AND author = ?", (kind, author))
    row = None if new else found.fetchone()
    if row:
        return row[0]
    named = {"kind": kind, "author": author, "computer": "c" * 32, "nonce": "d" * 32}
    id_ = events.log_id(**named)
    db.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?)", (id_, *named.values()))
    return id_


TIME = "2026-01-01T00:00:00+00:00"


def plant(
    path,
    kind,
    body,
    *,
    log="reviewer",
    author=None,
    subject="",
    step="",
    supersedes="[]",
    more="",
    time=TIME,
    name="Planted",
    action="a" * 32,
):
    """Append an event to a log of a file as an editor would; returns its id.

    `body` and `supersedes` are JSON as text, so that they need not be what JSON has; `more` are
    further keys of the envelope. The cache gets the row that a careful forger would write.
    """
    db = sqlite3.connect(path)
    log_id = log_of(db, log, author)
    body = careful(kind, body)
    row = db.execute(
        "SELECT seq, id FROM event WHERE log = ? ORDER BY seq DESC LIMIT 1", (log_id,)
    ).fetchone()
    seq, prev = (row[0] + 1, row[1]) if row else (1, None)
    text = (
        f'{{"action":"{action}","action_name":{canonical(name)},"body":{body},'
        f'"supersedes":{supersedes},"time":"{time}"{more}}}'
    )
    id_ = events.id_of((b"", log_id, seq, prev, kind, step, subject, text))
    db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id_, log_id, seq, prev, kind, step, subject, text),
    )
    (owner,) = db.execute("SELECT author FROM log WHERE id = ?", (log_id,)).fetchone()
    value = (value_of(kind, body),)
    db.execute("INSERT OR IGNORE INTO said (value) VALUES (?)", value)
    (number,) = db.execute("SELECT id FROM said WHERE value = ?", value).fetchone()
    db.execute(
        "INSERT INTO current VALUES (?, ?, ?, '', '', ?, ?, ?, '', '', '2026-01-01', ?)",
        (kind, step, subject, owner, id_, number, "[]"),
    )
    db.commit()
    db.close()
    believed(path)
    return id_.hex()


def believed(path):
    """Have this computer know the file as whole: for what must hold where nothing was checked."""
    seen.note(paths.stamp(path))


def careful(kind, body):
    """The body in its canonical form, where it is one that the kind may have."""
    try:
        found = KINDS[kind].decode(body.encode())
    except (KeyError, ValueError, RecursionError):
        return body
    return canonical(found.to_json())


def value_of(kind, body):
    """The value a forger would write into the cache."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return "1"
    if not isinstance(said, dict):
        return body
    if kind == "decision":
        keys = ("verdict", "reason", "judgements")
        return canonical({k: said[k] for k in keys if k in said})
    if kind == "consensus":
        return canonical({"state": "value"} | {k: said[k] for k in ("value",) if k in said})
    return "1"


def spoil(path, statement, *values):
    """Change a file with an SQL editor."""
    db = sqlite3.connect(path)
    db.execute(statement, values)
    db.commit()
    db.close()
    believed(path)
