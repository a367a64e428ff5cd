"""Units as they are shown: the kept record, filled from the other members of its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from screener.model import Record, RecordId, Unit, UnitSource, UserError
from screener.store import caches, records
from screener.store.file import File
from screener.units.filled import filled, others_of
from screener.units.matcher import Matcher


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
        every = records.load(self._file, (u for u, _ in self.all_numbers()))
        return Matcher(every, find=self.find, of_record=self.of_record)

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
        fields=filled(kept.fields, others_of(kept, present)),
        members=tuple(r.number for r in present),
        records=tuple(r.id for r in present),
        sources=tuple(found.values()),
        version=kept.version,
    )
