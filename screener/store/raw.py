"""The raw text of records: the tags of each as its source gave them, in a table of their own.

Most of a raw text says once more what the fields say. So it is kept as the canonical JSON of two
lists, the tags and their values, in which a value that is one of the fields' is the number of its
place among those: a third to a half of the RIS, in half the time that deflating takes.

The version of a record that was imported names the SHA-256 of this text, so that a file without
raw texts (a reviewer's copy) verifies by itself, and a raw text can be checked wherever it is.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import msgspec

from screener.model import Progress, silent
from screener.store import meta
from screener.store.file import File, FileKind
from screener.store.kinds.body import canonical, clean
from screener.store.meta import Read

Tags = tuple[tuple[str, str], ...]
"""Pairs of a tag and its value, in the order of the source."""

_ENDS = '"}'  # a body without raw text ends with the two braces of its fields
_DIGITS = 64
_STEP = 2_000  # records between two words on how far it is
_LISTS = ("authors", "keywords", "publication_type")
_Place = Annotated[int, msgspec.Meta(ge=0)]
_TEXT = msgspec.json.Decoder(tuple[tuple[str, ...], tuple[str | _Place, ...]])

WITH_BODIES = (
    "SELECT w.number, w.body, (SELECT v.body FROM record r JOIN record_version v "
    "ON v.record = r.uid WHERE r.number = w.number ORDER BY v.rowid) FROM raw w"
)
"""SQL: the number of each record with a raw text, that text, the body that it was packed beside."""

_NEW = (
    "FROM {a}.raw w WHERE NOT EXISTS (SELECT 1 FROM main.raw t WHERE t.number = w.number) "
    "AND EXISTS (SELECT 1 FROM main.record r JOIN {a}.record s ON s.uid = r.uid "
    "WHERE r.number = w.number AND s.number = w.number)"
)


class _Version(msgspec.Struct):
    fields: dict[str, str | int | tuple[str, ...]]


_VERSION = msgspec.json.Decoder(_Version)


def pack(tags: Sequence[tuple[str, str]], fields: Mapping[str, Any]) -> bytes:
    """Return the raw text of tags beside the named fields of their record; b"" for none."""
    if not tags:
        return b""
    said = _said(fields)
    place = dict(zip(said, range(len(said)), strict=True)).get
    names, values = zip(*tags, strict=True)
    whole = (names, list(map(place, values, values)))
    try:
        return msgspec.json.encode(whole)
    except UnicodeEncodeError:  # a lone surrogate
        return canonical(clean(whole)).encode()


def _said(fields: Mapping[str, Any]) -> list[Any]:
    """Return the values of named fields, then the items of the lists: numbers name their places."""
    said = list(fields.values())
    for name in _LISTS:
        items = fields.get(name)
        if isinstance(items, tuple):  # it is not where somebody made the record by hand
            said += items
    return said


def digest(text: bytes) -> str:
    """Return what a record version names its raw text by: 64 hexadecimal digits, "" for none."""
    return hashlib.sha256(text).hexdigest() if text else ""


def named(body: str) -> str:
    """Return the digest of the raw text that the body of a record version names, or ""."""
    return body[-_DIGITS - len(_ENDS) : -len(_ENDS)] if body.endswith(_ENDS) else ""


def tags_of(text: bytes, body: str) -> Tags:
    """Return the tags that were packed beside the fields of this body.

    `ValueError` when the text is not the one that the body names (one of the two was changed), and
    when it is no tags and values: somebody made it by hand.
    """
    if not text or digest(text) != named(body):
        raise ValueError("this is another raw text")
    names, values = _TEXT.decode(text)
    said: dict[object, object] = dict(enumerate(_said(_VERSION.decode(body).fields)))
    whole = [value if isinstance(value, str) else said.get(value) for value in values]
    texts = [value for value in whole if isinstance(value, str)]
    return tuple(zip(names, texts, strict=True))  # one text less where no field has the value


def is_sound(text: object, body: str) -> bool:
    """Say whether this is the raw text that the body of its record version names, and readable."""
    if not isinstance(text, bytes):
        return False
    try:
        tags_of(text, body)
    except ValueError:
        return False
    return True


def take_in(connection: sqlite3.Connection, name: str) -> int:
    """Take the raw texts of an attached file that the main one lacks, of records that it has.

    Returns how many came.
    """
    written = connection.execute(
        f"INSERT INTO main.raw SELECT w.number, w.body {_NEW.format(a=name)} ORDER BY w.number"
    )
    return written.rowcount


def any_new(connection: sqlite3.Connection, name: str) -> bool:
    """Say whether an attached file has raw texts that the main one lacks for its records."""
    (found,) = connection.execute(f"SELECT EXISTS (SELECT 1 {_NEW.format(a=name)})").fetchone()
    return bool(found)


def has_any(file: File) -> bool:
    """Say whether a file has the raw text of any record."""
    return bool(file.rows("SELECT 1 FROM raw LIMIT 1"))


def note_lacking(connection: sqlite3.Connection) -> None:
    """Keep in the file whether records of it came without the raw text that they name.

    A copy need not say so: it never has any.
    """
    (lacking,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM main.record_version v JOIN main.record r ON r.uid = v.record "
        "WHERE substr(v.body, -2) = ? "
        "AND NOT EXISTS (SELECT 1 FROM main.raw w WHERE w.number = r.number))",
        (_ENDS,),
    ).fetchone()
    key, text = meta.RAW_INCOMPLETE
    if lacking and not _has_none(connection.execute):
        meta.put(connection, {key: text})
    else:
        meta.take_out(connection, key)


def is_incomplete(read: Read) -> bool:
    """Say whether this is a project some records of which came from copies, without raw text."""
    return meta.says(read, *meta.RAW_INCOMPLETE)


def _has_none(read: Read) -> bool:
    """Whether the file never has raw texts: it is a reviewer's or an arbitrator's."""
    return not meta.says(read, "kind", FileKind.PROJECT)


def problems(
    connection: sqlite3.Connection, progress: Progress = silent
) -> Iterator[tuple[str, str]]:
    """Give uid and a sentence for each record whose raw text is missing or not what it names.

    In a copy, and in a project some records of which came from copies, none is missed.
    """
    may_lack = _has_none(connection.execute) or is_incomplete(connection.execute)
    if may_lack and connection.execute("SELECT 1 FROM raw LIMIT 1").fetchone() is None:
        return  # nothing is missed, and nothing is there to be read
    # A correction names none; what a table holds for one that names none belongs to no record.
    rows = connection.execute(
        "SELECT r.number, v.record, v.body, w.body FROM record r JOIN record_version v "
        "ON v.record = r.uid AND v.rowid = (SELECT min(rowid) FROM record_version "
        "WHERE record = r.uid) LEFT JOIN raw w ON w.number = r.number ORDER BY r.number"
    )
    for done, (number, uid, body, packed) in enumerate(rows):
        if packed is None and named(body) and not may_lack:
            yield uid, f"The text of record {number} as its source gave it is missing."
        elif packed is not None and not is_sound(packed, body):
            yield uid, f"The text of record {number} is not as its source gave it."
        if done % _STEP == 0:
            progress(done, None, "Checking records")


def raw_of(file: File, uid: str) -> Tags | None:
    """Return the tags of a record as its source gave them, () when it gave none.

    None says that this file does without them: it is a reviewer's copy or was made from copies.
    """
    ((body, packed),) = file.rows(
        "SELECT v.body, w.body FROM record_version v JOIN record r ON r.uid = v.record "
        "LEFT JOIN raw w ON w.number = r.number WHERE r.uid = ? ORDER BY v.rowid LIMIT 1",
        (uid,),
    )
    if not named(body):
        return ()
    return None if packed is None else tags_of(packed, body)
