"""Entries that Screener does not write, planted into a file with right hashes and chains."""

import json
import sqlite3

from screener import open_project
from screener.store import caches, events, paths, seen
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


def who(path, name):
    """The id of somebody in a review."""
    with open_project(path, write=False) as review:
        return next(str(one.id) for one in review.consensus.people() if one.name == name)


def planted(path, kind, body, *, subject="", step="", supersedes="[]"):
    """Plant a change to the review."""
    plant(path, kind, canonical(body), log="project", subject=subject, step=step,
          supersedes=supersedes)  # fmt: skip
    caches.rebuild_in(path)


def one_reviewer_is_enough(path):
    """Have a file say that one reviewer is enough for each record."""
    db = sqlite3.connect(path)
    digest, text = db.execute("SELECT digest, body FROM protocol_version").fetchone()
    body = {**json.loads(text), "reviewers_per_record": 1}
    new = events.digest(canonical(body))
    db.execute("INSERT INTO protocol_version VALUES (?, ?)", (new, canonical(body)))
    (before,) = db.execute("SELECT id FROM event WHERE kind = 'protocol'").fetchone()
    db.commit()
    db.close()
    assert digest != new
    planted(path, "protocol", {"version": 2, "digest": new.hex()},
            supersedes=json.dumps([before.hex()]))  # fmt: skip


def jonas_leaves(path, name="Jonas"):
    """Have a file say that somebody left title and abstract."""
    jonas = who(path, name)
    planted(path, "leaves", {"reviewer": jonas, "why": "w"}, subject=jonas, step="title-abstract")
