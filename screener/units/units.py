"""Units as they are shown: the kept record, filled from the other members of its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from screener.model import Record, RecordId, Unit, UnitSource, UserError
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import heads, memberships
from screener.store.kinds.project import Batch
from screener.units.filled import filled, others_of

if TYPE_CHECKING:
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
        return [(RecordId(uid), number) for uid, number in membership.present_units(self._file)]

    def all_present(self) -> bool:
        """Say whether no record was removed or withdrawn."""
        return not membership.absent(self._file)

    def count(self) -> int:
        """Return how many units there are, absent ones counted too."""
        return membership.count_units(self._file)

    def removed_ids(self) -> list[RecordId]:
        """Return the ids of units of which every record was removed or withdrawn."""
        return [RecordId(uid) for uid in membership.absent_units(self._file)]

    def among(self, few: Iterable[str]) -> tuple[list[RecordId], list[RecordId]]:
        """Return which of a few ids are units, present and removed, in the order of numbers."""
        present, removed = membership.units_among(self._file, few)
        return [RecordId(uid) for uid in present], [RecordId(uid) for uid in removed]

    def records(self) -> Iterator[Record]:
        """Yield every imported record in the order of numbers, those that are absent too."""
        return records.load(self._file, membership.record_ids(self._file))

    def membership(self) -> dict[str, str]:
        """Return the unit of every record that is in a group."""
        return memberships(self._file)

    def all_numbers(self) -> list[tuple[str, int]]:
        """Return uid and number of every imported record."""
        return membership.record_numbers(self._file)

    def imported(self) -> list[tuple[str, str]]:
        """Return uid and import batch of every record that is present, in the order of numbers."""
        return membership.present_batches(self._file)

    def matcher(self) -> Matcher:
        """Return what finds units by record number, uid, DOI, PMID or title."""
        from screener.units.matcher import Matcher

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
            one.body.id: UnitSource(
                source=one.body.source, kind=str(one.body.source_kind), batch=one.body.id
            )
            for one in heads(self._file, Batch)
        }
        absent = membership.absent(self._file)
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
