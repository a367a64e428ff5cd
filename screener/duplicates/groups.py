"""Units as they are shown: the kept record, filled from the other members of its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from screener.duplicates import completeness
from screener.duplicates.candidate import Candidate
from screener.model import Fields, Record, RecordId, Unit, UnitSource, UserError
from screener.store import caches, records
from screener.store.file import File


class Units:
    """Reads the units of a file."""

    def __init__(self, file: File) -> None:
        self._file = file

    def ids(self) -> list[RecordId]:
        """Return the ids of all units that are present, in the order of their numbers."""
        return [uid for uid, _ in self.numbered()]

    def numbered(self) -> list[tuple[RecordId, int]]:
        """Return id and number of all units that are present, in the order of their numbers."""
        absent = caches.absent_records(self._file.connection)
        rows = self._file.rows(
            "SELECT r.uid, r.number FROM record r LEFT JOIN unit_of u ON u.record = r.uid "
            "WHERE u.unit IS NULL OR u.unit = r.uid ORDER BY r.number"
        )
        return [(uid, number) for uid, number in rows if uid not in absent]

    def all_present(self) -> bool:
        """Say whether no record was removed or withdrawn."""
        return not caches.absent_records(self._file.connection)

    def count(self) -> int:
        """Return how many units there are, absent ones counted too."""
        rows = self._file.rows(
            "SELECT count(*) FROM record r LEFT JOIN unit_of u ON u.record = r.uid "
            "WHERE u.unit IS NULL OR u.unit = r.uid"
        )
        return int(rows[0][0])

    def removed_ids(self) -> list[RecordId]:
        """Return the ids of units of which every record was removed or withdrawn."""
        absent = caches.absent_records(self._file.connection)
        rows = self._file.rows(
            "SELECT r.uid FROM record r LEFT JOIN unit_of u ON u.record = r.uid "
            "WHERE u.unit IS NULL OR u.unit = r.uid ORDER BY r.number"
        )
        return [uid for (uid,) in rows if uid in absent]

    def among(self, few: Iterable[str]) -> tuple[list[RecordId], list[RecordId]]:
        """Return which of a few ids are units, present and removed, in the order of numbers."""
        absent = caches.absent_records(self._file.connection)
        found = [
            row
            for id_ in few
            for row in self._file.rows(
                "SELECT r.number, r.uid FROM record r LEFT JOIN unit_of u ON u.record = r.uid "
                "WHERE r.uid = ? AND (u.unit IS NULL OR u.unit = r.uid)",
                (id_,),
            )
        ]
        ordered = [uid for _, uid in sorted(found)]
        return [u for u in ordered if u not in absent], [u for u in ordered if u in absent]

    def membership(self) -> dict[str, str]:
        """Return the unit of every record that is in a group."""
        return dict(self._file.rows("SELECT record, unit FROM unit_of"))

    def all_numbers(self) -> list[tuple[str, int]]:
        """Return uid and number of every imported record."""
        return [(uid, number) for uid, number in self._file.rows("SELECT uid, number FROM record")]

    def imported(self) -> list[tuple[str, str]]:
        """Return uid and import batch of every record that is present, in the order of numbers."""
        absent = caches.absent_records(self._file.connection)
        rows = self._file.rows("SELECT uid, batch FROM record ORDER BY number")
        return [(uid, batch) for uid, batch in rows if uid not in absent]

    def matcher(self) -> Matcher:
        """Return what finds units by record number, uid, DOI, PMID or title."""
        return Matcher(self, records.load(self._file, (u for u, _ in self.all_numbers())))

    def find(self, named: str) -> RecordId:
        """Return the unit of a record given by number or uid; `UserError` when it is not here."""
        uid = records.find(self._file, str(named).strip())
        if not uid:
            raise UserError(f"There is no record {named} in this review; see its list of records.")
        return RecordId(self._file.unit_of(uid))

    def of_record(self, uid: str) -> RecordId:
        """Return the unit a record belongs to."""
        return RecordId(self._file.unit_of(uid))

    def get(self, named: str) -> Unit:
        """Return one unit by a record's number or uid."""
        return next(self.load([self.find(named)]))

    def load(self, ids: Iterable[str]) -> Iterator[Unit]:
        """Yield the units of these ids, in their order; unknown ones are left out."""
        sources = {
            body["id"]: UnitSource(
                source=body["source"], kind=body["source_kind"], batch=body["id"]
            )
            for _, body in self._file.heads("batch")
        }
        absent = caches.absent_records(self._file.connection)
        wanted = iter(ids)
        while chunk := list(islice(wanted, 200)):
            members = {unit: self._file.members(unit) for unit in chunk}
            every = [uid for uids in members.values() for uid in uids]
            found = {r.id: r for r in records.load(self._file, every)}
            for unit in chunk:
                here = [found[RecordId(u)] for u in members[unit] if RecordId(u) in found]
                if here:
                    yield _unit(unit, here, sources, absent)


def _unit(
    id_: str, members: list[Record], sources: dict[str, UnitSource], absent: set[str]
) -> Unit:
    members = sorted(members, key=lambda r: r.number)
    present = [r for r in members if r.id not in absent] or members
    kept = next((r for r in present if r.id == id_), present[0])
    found: dict[str, UnitSource] = {}
    for record in present:
        source = sources.get(record.batch)
        if source is not None:
            found.setdefault(source.batch, source)
    return Unit(
        id=RecordId(id_),
        number=kept.number,
        fields=filled(kept.fields, _others(kept, present)),
        members=tuple(r.number for r in present),
        records=tuple(r.id for r in present),
        sources=tuple(found.values()),
        version=kept.version,
    )


def _others(kept: Record, present: list[Record]) -> list[Fields]:
    """Return the fields of the other records of a group, the most complete first."""
    others = {str(r.id): (r.number, r.fields) for r in present if r is not kept}
    return [others[id_][1] for id_ in _in_order(others)]


def _in_order(group: Mapping[str, tuple[int, Fields]]) -> list[str]:
    """Return the ids of records, given with number and fields, the most complete first."""
    if len(group) < 2:
        return list(group)
    candidates = (Candidate.of(id_, fields, source_order=n) for id_, (n, fields) in group.items())
    return [one.id for one in completeness.kept(candidates)]


def filled(kept: Fields, others: list[Fields]) -> Fields:
    """Return the kept record's fields with the empty ones filled from the others, in order."""
    if not others:  # nearly every record, and a list shows thousands
        return kept
    missing = {}
    for name in records.FIELD_NAMES:
        if not getattr(kept, name):
            for other in others:
                value = getattr(other, name)
                if value:
                    missing[name] = value
                    break
    return replace(kept, **missing) if missing else kept


def filled_from(kept: str, group: Mapping[str, tuple[int, Fields]]) -> dict[str, str]:
    """Return which record fills each empty field of the one shown, by the field's name.

    `group` holds number and fields of its records by their ids; `kept` is the id of the one shown.
    """
    own = group[kept][1]
    order = _in_order({id_: given for id_, given in group.items() if id_ != kept})
    found = {}
    for name in records.FIELD_NAMES:
        giver = next((id_ for id_ in order if getattr(group[id_][1], name)), "")
        if giver and not getattr(own, name):
            found[name] = giver
    return found


class Matcher:
    """Finds the unit a row of somebody's table speaks of."""

    def __init__(self, units: Units, every: Iterable[Record]) -> None:
        self._units = units
        self._by: dict[tuple[str, str], set[str]] = {}
        for record in every:
            fields = record.fields
            for column, value in (
                ("doi", fields.doi.lower()),
                ("pmid", fields.pmid),
                ("title", _folded(fields.title)),
            ):
                if value:
                    self._by.setdefault((column, value), set()).add(units.of_record(record.id))

    def find(self, row: Mapping[str, str]) -> RecordId | None:
        """Return the unit by the first of record, doi, pmid, title that names exactly one."""
        named = row.get("record", "").strip()
        if named:
            try:
                return self._units.find(named)
            except UserError:
                return None
        for column, fold in (("doi", str.lower), ("pmid", str), ("title", _folded)):
            value = fold(row.get(column, "").strip())
            found = self._by.get((column, value), set()) if value else set()
            if len(found) == 1:
                return RecordId(next(iter(found)))
        return None


def _folded(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())
