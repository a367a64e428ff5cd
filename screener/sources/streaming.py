"""Storing a large file while it is read: memory stays small however many records it holds."""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Iterator

from screener.model import Batch, Entry, Progress, Search, Skipped, UserError, silent
from screener.sources.batches import (
    KEPT_LINES,
    KEPT_TEXT,
    Batches,
    Parsed,
    _body,
    insert_rows,
    ready_rows,
)
from screener.sources.reading import Reading
from screener.store import backups, verify
from screener.store.file import File

STEP = 500


def store_reading(
    file: File, reading: Reading, name: str, search: Search, progress: Progress = silent
) -> Batch:
    """Store the records of `reading` as one import batch, in one action, while they are read.

    `name` is the file's name. `UserError` when the same file was imported before or the source
    has no name; whatever is raised on the way, nothing is stored.
    """
    before = Batches(file)
    parsed = Parsed(
        file=name, format=reading.format, dialect=reading.dialect, guess=reading.guess,
        digest=reading.digest, entries=(), skipped=(),
    )  # fmt: skip
    before.refuse_known(parsed)
    if not search.source.strip():
        raise UserError("Say which source these records come from, such as PubMed.")
    backups.backup_if_changed(file, progress)
    (last,) = file.rows("SELECT coalesce(max(number), 0) FROM record")[0]
    id_ = secrets.token_hex(16)
    skipped: list[Skipped] = []
    whole = hashlib.sha256()
    count = 0
    with file.action(f"Import from {search.source}") as action:
        for chunk in _chunks(_kept(reading, skipped)):
            kept, versions = ready_rows(chunk, id_, last + count + 1)
            insert_rows(file, kept, versions)
            for (uid, number, _), (version, _, _) in zip(kept, versions, strict=True):
                line = verify.record_line(uid, number, version)
                whole.update(f"\n{line}".encode() if number > last + 1 else line.encode())
            count += len(chunk)
            progress(count, None, "Storing records")
        body = _body(id_, parsed, search) | {
            "parsed": count,
            "failed": len(skipped),
            "skipped": [[s.line, s.text[:KEPT_TEXT], s.why] for s in skipped[:KEPT_LINES]],
            "records_digest": whole.hexdigest(),
        }
        action.append("batch", body, unit=id_)
    return before.batch(id_)


def _kept(reading: Reading, skipped: list[Skipped]) -> Iterator[Entry]:
    for found in reading:
        if isinstance(found, Entry):
            yield found
        else:
            skipped.append(found)


def _chunks(entries: Iterator[Entry]) -> Iterator[tuple[Entry, ...]]:
    while chunk := tuple(itertools.islice(entries, STEP)):
        yield chunk
