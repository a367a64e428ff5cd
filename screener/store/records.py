"""Records in the file: their canonical text, and reading them back as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice
from operator import attrgetter
from typing import Any

import msgspec

from screener.model import FIELD_NAMES, ErrorKind, Fields, Record, RecordId, UserError
from screener.store import events, raw
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.body import canonical, clean
from screener.store.kinds.project import Correct

_SORTED = tuple(sorted(FIELD_NAMES))
_VALUES = attrgetter(*_SORTED)


def to_text(fields: Fields, tags: Sequence[tuple[str, str]] = ()) -> str:
    """Return the canonical text of a record version; its SHA-256 names it.

    It holds the fields and, when the source gave tags, the digest of their raw text.
    """
    values = named(fields)
    return encoded(values, raw.digest(raw.pack(tags, values))).decode()


def named(fields: Fields) -> dict[str, Any]:
    """Return the fields that say something, by their names in order."""
    values = _VALUES(fields)
    return dict(zip(compress(_SORTED, values), filter(None, values), strict=True))


def encoded(fields: Mapping[str, Any], raw_digest: str = "") -> bytes:
    """Return the canonical text of named fields and the digest of a raw text in UTF-8.

    The same as `events.canonical` gives, in a tenth of the time: the fields are typed, so that no
    float can be among them, and an import writes this for every record.
    """
    whole = {"fields": fields, "raw": raw_digest} if raw_digest else {"fields": fields}
    try:
        return msgspec.json.encode(whole)
    except UnicodeEncodeError:  # a lone surrogate
        return canonical(clean(whole)).encode()


class _Kept(msgspec.Struct):
    fields: Fields


_decode = msgspec.json.Decoder(_Kept).decode


def from_text(text: str | bytes) -> Fields:
    """Return the fields a canonical text holds; `UserError` when they are none."""
    try:
        return _decode(text).fields
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"A record of this file is malformed ({error}); verify the file, and restore a backup.",
            kind=ErrorKind.DAMAGED,
        ) from error


def add(
    file: File,
    records: Iterable[tuple[str, int, str]],
    versions: Iterable[tuple[bytes, str, str]],
    raws: Iterable[tuple[int, bytes]],
) -> None:
    """Write new records inside the caller's action.

    A record is uid, number and import; a version is digest (32 bytes), uid and canonical text; a
    raw text is the record's number and its packed bytes.
    """
    many = file.connection.executemany
    many("INSERT INTO record VALUES (?, ?, ?)", records)
    many("INSERT INTO record_version VALUES (?, ?, ?)", versions)
    many("INSERT INTO raw VALUES (?, ?)", raws)


def add_version(file: File, uid: str, fields: Fields) -> str:
    """Write a newer version of a record, unless it is here, inside the caller's action.

    Returns its digest (64 hexadecimal digits).
    """
    text = to_text(fields)
    digest = events.digest(text)
    file.connection.execute(
        "INSERT INTO record_version SELECT ?, ?, ? WHERE NOT EXISTS "
        "(SELECT 1 FROM record_version WHERE record = ? AND digest = ?)",
        (digest, uid, text, uid, digest),
    )
    return digest.hex()


def latest_versions(file: File) -> dict[str, str]:
    """Return the version in force of every corrected record: uid to digest in hexadecimal."""
    return {head.body.record: head.body.version for head in heads(file, Correct)}


def version_ids(file: File) -> set[str]:
    """Return the names (16 digits) of every version of every record."""
    return {digest.hex()[:16] for (digest,) in file.rows("SELECT digest FROM record_version")}


def load(
    file: File, uids: Iterable[str], corrected: Mapping[str, str] | None = None
) -> Iterator[Record]:
    """Yield the records of these uids, in their order, each in the version in force.

    Who reads many one by one gives what `latest_versions` returned.
    """
    if corrected is None:
        corrected = latest_versions(file)
    wanted = iter(uids)
    while chunk := list(islice(wanted, 500)):
        marks = ", ".join("?" * len(chunk))
        rows = file.rows(
            "SELECT r.uid, r.number, r.batch, v.digest, v.body FROM record r JOIN record_version v "  # noqa: S608
            f"ON v.record = r.uid WHERE r.uid IN ({marks}) ORDER BY v.rowid",
            chunk,
        )
        found: dict[str, tuple[int, str, dict[str, str]]] = {}
        for uid, number, batch, digest, body in rows:
            found.setdefault(uid, (number, batch, {}))[2][digest.hex()] = body
        for uid in chunk:
            if uid in found:
                yield _record(uid, *found[uid], corrected.get(uid))


def _record(
    uid: str, number: int, batch: str, versions: dict[str, str], corrected: str | None
) -> Record:
    first = next(iter(versions))
    version = corrected if corrected in versions else first
    fields = from_text(versions[version])
    changed: frozenset[str] = frozenset()
    if version != first:
        source = from_text(versions[first])
        changed = frozenset(n for n in FIELD_NAMES if getattr(source, n) != getattr(fields, n))
    return Record(
        id=RecordId(uid),
        number=number,
        batch=batch,
        version=version,
        fields=fields,
        corrected=changed,
    )


def first_version(file: File, uid: str) -> str:
    """Return the version of a record that its source gave, or "" when it is not here."""
    query = "SELECT digest FROM record_version WHERE record = ? ORDER BY rowid LIMIT 1"
    return str(file.value(query, (uid,), b"").hex())


def versions_of(file: File, uid: str) -> dict[str, Fields]:
    """Return every version of a record by its digest in hexadecimal, the source's first."""
    query = "SELECT digest, body FROM record_version WHERE record = ? ORDER BY rowid"
    return {digest.hex(): from_text(body) for digest, body in file.rows(query, (uid,))}


def source_fields(file: File, uid: str) -> Fields:
    """Return the fields of a record as its source gave them, before any correction."""
    rows = file.rows(
        "SELECT body FROM record_version WHERE record = ? ORDER BY rowid LIMIT 1", (uid,)
    )
    return from_text(rows[0][0])


def find(file: File, named: str) -> str:
    """Return the uid of the record with that number or uid, or "" when there is none."""
    if named.isdecimal() and len(named) < 16:
        return str(file.value("SELECT uid FROM record WHERE number = ?", (int(named),)))
    return str(file.value("SELECT uid FROM record WHERE uid = ?", (named,)))
