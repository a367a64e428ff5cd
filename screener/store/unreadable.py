"""Sentences for entries of a file that cannot be read, with whose they are and where they stand."""

from __future__ import annotations

import json

from screener.model import ErrorKind, UserError
from screener.store.file import File
from screener.store.kinds import KINDS


def unreadable(file: File, id_: bytes, author: str, error: ValueError) -> UserError:
    """Return the sentence for an entry that this program does not write."""
    rows = file.rows("SELECT kind, seq FROM event WHERE id = ?", (id_,))
    kind, seq = rows[0] if rows else ("entry", 0)
    words = KINDS[kind].words if kind in KINDS else kind
    return UserError(
        f"{file.path.name} holds an entry that Screener does not write: the {words} in entry {seq} "
        f"of {name_of(file, author)} ({error}); restore a backup of it, or ask for a fresh copy.",
        kind=ErrorKind.DAMAGED,
    )


def lost_body(file: File) -> UserError:
    """Return the sentence for a head of which the cache no longer has what it says."""
    return UserError(
        f"{file.path.name} is damaged: what an entry says is missing; restore a backup of it "
        "(File, Backups).",
        kind=ErrorKind.DAMAGED,
    )


def name_of(file: File, author: str) -> str:
    """Return the name of an author, as far as the file can tell."""
    rows = file.rows(
        "SELECT e.body FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = 'reviewer' AND c.step = '' AND c.subject = ?",
        (author,),
    )
    for (text,) in rows:
        try:
            return str(json.loads(text)["body"]["name"])
        except (ValueError, KeyError, TypeError):
            continue
    return author
