"""Which records and units a file has: numbers, imports, groups, who is present, what is searched.

A *unit* is a duplicate group or one record alone; it is named by the uid of the record shown. A
record or unit is *absent* when it was removed before screening or its import was withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from sys import intern
from typing import Any, NamedTuple

import msgspec

from screener.model.gathering import gathered
from screener.model.searching import folded, words_of
from screener.store import records
from screener.store.chain import Order
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import of_kinds
from screener.store.kinds.project import Remove, Withdraw
from screener.store.problems import told

_UNITS = (
    "FROM record r LEFT JOIN unit_of u ON u.record = r.uid WHERE (u.unit IS NULL OR u.unit = r.uid)"
)


class Described(NamedTuple):
    """What one version of a record may be found by.

    `digest` names the version (64 hexadecimal digits), `authors` are joined with "; ", `year` is
    None where the source gave none.
    """

    uid: str
    number: int
    digest: str
    title: str
    authors: str
    year: int | None
    doi: str


# --- records --------------------------------------------------------------------------------------


def absent(file: File) -> set[str]:
    """Return the uids of records removed before screening or whose import was withdrawn."""
    gone = {head.body.record for head in heads(file, Remove)}
    for head in heads(file, Withdraw):
        rows = file.rows("SELECT uid FROM record WHERE batch = ?", (head.body.batch,))
        gone.update(uid for (uid,) in rows)
    return gone


def record_ids(file: File, batch: str = "") -> list[str]:
    """Return the uids of imported records in the order of numbers, of one import or of all."""
    query = "SELECT uid FROM record WHERE ? IN ('', batch) ORDER BY number"
    return [intern(uid) for (uid,) in file.rows(query, (batch,))]


def imported(file: File) -> list[tuple[str, str]]:
    """Return uid and import of every record, those that are absent too, in order of numbers."""
    rows = file.rows("SELECT uid, batch FROM record ORDER BY number")
    return [(intern(uid), intern(batch)) for uid, batch in rows]


def count_imported(file: File, batches: Collection[str]) -> int:
    """Return how many records some imports brought."""
    marks = ", ".join("?" * len(batches))
    query = f"SELECT count(*) FROM record WHERE batch IN ({marks})"  # noqa: S608 - marks only
    return int(file.value(query, tuple(batches), 0)) if batches else 0


def present_records(file: File) -> list[str]:
    """Return the uids of the records that are present, in the order of numbers."""
    gone = absent(file)
    return [uid for uid in record_ids(file) if uid not in gone]


def count_records(file: File) -> int:
    """Return how many records were imported."""
    return int(file.rows("SELECT count(*) FROM record")[0][0])


def record_numbers(file: File) -> list[tuple[str, int]]:
    """Return uid and number of every imported record."""
    return [(uid, number) for uid, number in file.rows("SELECT uid, number FROM record")]


def present_batches(file: File) -> list[tuple[str, str]]:
    """Return uid and import of every record that is present, in the order of numbers."""
    gone = absent(file)
    return [(uid, batch) for uid, batch in imported(file) if uid not in gone]


def count_present(file: File) -> int:
    """Return how many records are present."""
    return count_records(file) - len(absent(file))


def last_number(file: File) -> int:
    """Return the highest number of a record, or 0 in a file that has none.

    A damaged page may hold something else in its place; verifying names that.
    """
    numbers = "SELECT coalesce(max(number), 0) FROM record WHERE typeof(number) = 'integer'"
    return int(file.value(numbers))


def batch_order(file: File) -> list[str]:
    """Return the ids of the imports in the order they were made.

    What is said about a search may be newer than the searches after it; its place is not.
    """
    return [*dict.fromkeys(entry.event.subject for entry in of_kinds(file, "batch"))]


# --- units ----------------------------------------------------------------------------------------


def present_units(file: File) -> list[tuple[str, int]]:
    """Return uid and number of the units that are present, in the order of numbers."""
    found, gone = _all_units(file), absent(file)
    return [one for one in found if one[0] not in gone] if gone else found


def absent_units(file: File) -> list[str]:
    """Return the uids of the units of which every record is absent, in the order of numbers."""
    gone = absent(file)
    return [uid for uid, _ in _all_units(file) if uid in gone]


def _all_units(file: File) -> list[tuple[str, int]]:
    rows = file.rows(f"SELECT r.uid, r.number {_UNITS} ORDER BY r.number")
    # Lists, sets and tables of all units are kept in many places: of one uid, once in memory.
    return [(intern(uid), number) for uid, number in rows]


def count_units(file: File) -> int:
    """Return how many units there are, absent ones counted too.

    All records but those that another of their group stands for: it is asked at every gesture, and
    SQLite counts a table in a tenth of the time it takes to look at its rows.
    """
    return int(file.rows(COUNT_UNITS)[0][0])


COUNT_UNITS = (
    "SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM unit_of u "
    "JOIN record r ON r.uid = u.record WHERE u.unit <> u.record)"
)


_GONE = (
    "(SELECT uid FROM record WHERE batch IN "
    "(SELECT subject FROM current WHERE kind = 'withdraw' AND value <> 0) "
    "UNION SELECT subject FROM current WHERE kind = 'remove' AND value <> 0)"
)
COUNT_PRESENT = f"SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM {_GONE})"  # noqa: S608
"""How many records are present, for a file of which nothing else is read."""
COUNT_PRESENT_UNITS = (
    f"SELECT ({COUNT_UNITS}) - (SELECT count(*) FROM {_GONE} g "  # noqa: S608 - fixed words
    "LEFT JOIN unit_of u ON u.record = g.uid WHERE u.unit IS NULL OR u.unit = g.uid)"
)


def units_among(file: File, few: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return which of a few uids are units, present and absent, in the order of numbers."""
    gone = absent(file)
    query = f"SELECT r.number, r.uid {_UNITS} AND r.uid = ?"
    ordered = [uid for _, uid in sorted(row for id_ in few for row in file.rows(query, (id_,)))]
    return [u for u in ordered if u not in gone], [u for u in ordered if u in gone]


def present_groups(file: File) -> dict[str, list[str]]:
    """Return unit and records of every duplicate group of two present records or more."""
    gone = absent(file)
    rows = file.rows("SELECT unit, record FROM unit_of JOIN record ON uid = record ORDER BY record")
    members = gathered((unit, uid) for unit, uid in rows if uid not in gone)
    return {unit: uids for unit, uids in members.items() if len(uids) > 1}


def join_ids(file: File) -> list[str]:
    """Return the ids of the joins of records (`same`) that stand, in the order made."""
    rows = file.rows(
        "SELECT e.log, e.seq, e.id FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = 'same' AND c.value <> 0"
    )
    order = Order(file.rows)
    return [id_.hex() for _, id_ in sorted((order.at(log, seq), id_) for log, seq, id_ in rows)]


# --- what records say -----------------------------------------------------------------------------


def search(file: File, words: Sequence[str]) -> set[str]:
    """Return the units with a record that holds all words in its fields (`model/searching.py`).

    Every version of a record counts; names of fields and raw tags of the source do not.
    """
    wanted = words_of(" ".join(words))
    pieces = [piece for word in wanted for piece in _AS_WRITTEN.findall(word)]
    found = set()
    with told(file.path):
        # One by one: the bodies of a hundred thousand records are not held at once.
        for unit, body in file.connection.execute(
            "SELECT coalesce(u.unit, v.record), CAST(v.body AS BLOB) FROM record_version v "
            "LEFT JOIN unit_of u ON u.record = v.record"
        ):
            if unit not in found and _may_hold(body, pieces) and _holds(body, wanted):
                found.add(unit)
    return found


_AS_WRITTEN = re.compile(r"[ !#-\[\]-~]+")
"""The signs that JSON writes as they are."""


def _may_hold(body: bytes, pieces: Sequence[str]) -> bool:
    """Say whether a body is worth parsing; most are not, and parsing takes far longer."""
    plain = folded(body.decode())
    return all(piece in plain for piece in pieces)


def _holds(body: bytes, words: Sequence[str]) -> bool:
    values = msgspec.json.decode(body)["fields"].values()
    text = folded(" ".join(" ".join(v) if isinstance(v, list) else str(v) for v in values))
    return all(word in text for word in words)


def without_abstract(file: File) -> set[str]:
    """Return the units of which a version of a record has no abstract.

    Another record of the group may have one: only these units need be read to find out. An index
    has them: an abstract is the first field of a canonical body.
    """
    rows = file.rows(
        "SELECT coalesce(u.unit, v.record) FROM record_version v LEFT JOIN unit_of u "
        """ON u.record = v.record WHERE substr(v.body, 1, 21) <> '{"fields":{"abstract"'"""
    )
    return {unit for (unit,) in rows}


def field_of_units(file: File, name: str) -> dict[str, Any]:
    """Return a field of every unit that has it: of the record shown, or else of its group.

    Corrections count, records that are absent do not. `name` is a field of `Fields`.
    """
    corrected, gone = records.latest_versions(file), absent(file)
    found: dict[str, Any] = {}
    read: set[str] = set()
    for unit, uid, digest, value in file.rows(
        "SELECT coalesce(u.unit, v.record), v.record, v.digest, json_extract(v.body, ?) "
        "FROM record_version v LEFT JOIN unit_of u ON u.record = v.record ORDER BY v.rowid",
        (f"$.fields.{name}",),
    ):
        # The first version is the source's; of a corrected record the one that was named counts.
        counts = digest.hex() == corrected[uid] if uid in corrected else uid not in read
        read.add(uid)
        if counts and value and uid not in gone:
            if uid == unit:
                found[unit] = value
            else:
                found.setdefault(unit, value)
    return found


def described(file: File) -> Iterator[Described]:
    """Yield every version of every record, by number and in the order they were written."""
    for uid, number, digest, title, authors, year, doi in file.rows(
        "SELECT r.uid, r.number, v.digest, json_extract(v.body, '$.fields.title'), "
        "json_extract(v.body, '$.fields.authors'), json_extract(v.body, '$.fields.year'), "
        "json_extract(v.body, '$.fields.doi') FROM record r "
        "JOIN record_version v ON v.record = r.uid ORDER BY r.number, v.rowid"
    ):
        names = "; ".join(msgspec.json.decode(authors)) if authors else ""
        yield Described(uid, number, digest.hex(), title or "", names, year, doi or "")
