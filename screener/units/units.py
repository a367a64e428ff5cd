"""Units as they are shown: the kept record, filled from its group; found by what a row names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from screener.model import FIELD_NAMES, Fields, Record, RecordId, Unit, UnitSource, UserError
from screener.model.arguments import public
from screener.model.words import one_line
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import heads, members_of, memberships
from screener.store.kept import kept
from screener.store.kinds.project import Batch


class Matcher:
    """Finds the unit a row of somebody's table speaks of."""

    def __init__(
        self,
        every: Iterable[Record],
        *,
        find: Callable[[str], RecordId],
        of_record: Callable[[str], RecordId],
    ) -> None:
        """Take the records, what finds a unit by number or uid, and what a record belongs to."""
        self._find = find
        self._by: dict[tuple[str, str], set[str]] = {}
        for record in every:
            fields = record.fields
            for column, value in (
                ("doi", fields.doi.lower()),
                ("pmid", fields.pmid),
                ("title", folded_title(fields.title)),
            ):
                if value:
                    self._by.setdefault((column, value), set()).add(of_record(record.id))

    @public
    def find(self, row: Mapping[str, str]) -> RecordId | None:
        """Return the unit by the first of record, doi, pmid, title that names exactly one."""
        named = row.get("record", "").strip()
        if named:
            try:
                return self._find(named)
            except UserError:
                return None
        for column in _FOLDS:
            found = self._named(row, column)
            if len(found) == 1:
                return RecordId(next(iter(found)))
        return None

    def against(self, row: Mapping[str, str], unit: RecordId) -> tuple[str, RecordId] | None:
        """Return the first of doi, pmid, title that names only other units than this, and one."""
        for column in _FOLDS:
            found = self._named(row, column)
            if found and unit not in found:
                return column, RecordId(min(found))
        return None

    def _named(self, row: Mapping[str, str], column: str) -> set[str]:
        value = _FOLDS[column](row.get(column, "").strip())
        return self._by.get((column, value), set()) if value else set()


def folded_title(title: str) -> str:
    """Return the letters and digits of a title, by which two titles are compared."""
    return "".join(c for c in title.casefold() if c.isalnum())


_FOLDS: Mapping[str, Callable[[str], str]] = {
    "doi": str.lower,
    "pmid": str,
    "title": folded_title,
}
"""What a record is named by besides its number, and how two such names are compared."""


def others_of(kept: Record, present: list[Record]) -> list[Fields]:
    """Return the fields of the other records of a group, the most complete first."""
    others = {str(r.id): (r.number, r.fields) for r in present if r is not kept}
    return [others[id_][1] for id_ in _in_order(others)]


def _in_order(group: Mapping[str, tuple[int, Fields]]) -> list[str]:
    """Return the ids of records, given with number and fields, the most complete first."""
    if len(group) < 2:
        return list(group)
    # Only groups of three and more wait for what tells names and places apart.
    from screener.units.candidate import Candidate, kept

    candidates = (Candidate.of(id_, fields, source_order=n) for id_, (n, fields) in group.items())
    return [one.id for one in kept(candidates)]


def filled(kept: Fields, others: list[Fields]) -> Fields:
    """Return the kept record's fields with the empty ones filled from the others, in order."""
    if not others:  # nearly every record, and a list shows thousands
        return kept
    missing = {}
    for name in FIELD_NAMES:
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
    for name in FIELD_NAMES:
        giver = next((id_ for id_ in order if getattr(group[id_][1], name)), "")
        if giver and not getattr(own, name):
            found[name] = giver
    return found


class Units:
    """Reads the units of a file."""

    def __init__(self, file: File) -> None:
        self._file = file

    def ids(self) -> list[RecordId]:
        """Return the ids of all units that are present, in the order of their numbers."""
        return list(kept(self._file, _ids))

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

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the units that may be otherwise when these changed: themselves."""
        return changed

    def shown(self, few: Iterable[str]) -> Mapping[str, str]:
        """Return the unit that is shown for each of a few units: itself."""
        return {unit: unit for unit in few}

    def name_of(self, subject: str) -> str:
        """Return nothing: a unit is called by its title."""
        return ""

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
        every = records.load(self._file, (u for u, _ in self.all_numbers()))
        return Matcher(every, find=self.find, of_record=self.of_record)

    @public
    def find(self, named: str) -> RecordId:
        """Return the unit of a record given by number or uid; `UserError` when it is not here."""
        uid = records.find(self._file, str(named).strip())
        if not uid:
            raise UserError(f"There is no record {named} in this review; see its list of records.")
        return RecordId(self._file.unit_of(uid))

    @public
    def of_record(self, uid: str) -> RecordId:
        """Return the unit a record belongs to."""
        return RecordId(self._file.unit_of(uid))

    @public
    def get(self, named: str) -> Unit:
        """Return one unit by a record's number or uid."""
        return next(self.load([self.find(named)]))

    @public
    def load(self, ids: Iterable[str]) -> Iterator[Unit]:
        """Yield the units of these ids, in their order; unknown ones are left out."""
        sources = {
            one.body.id: UnitSource(
                source=one_line(one.body.source), kind=str(one.body.source_kind), batch=one.body.id
            )
            for one in heads(self._file, Batch)
        }
        absent = membership.absent(self._file)
        wanted = iter(ids)
        while chunk := list(islice(wanted, 200)):
            members = members_of(self._file, chunk)
            every = [uid for uids in members.values() for uid in uids]
            found = {r.id: r for r in records.load(self._file, every)}
            for unit in chunk:
                here = [found[RecordId(u)] for u in members[unit] if RecordId(u) in found]
                if here:
                    yield _unit(unit, here, sources, absent)


def _ids(file: File) -> tuple[RecordId, ...]:
    return tuple(RecordId(uid) for uid, _ in membership.present_units(file))


def _unit(
    id_: str, members: list[Record], sources: dict[str, UnitSource], absent: set[str]
) -> Unit:
    members = sorted(members, key=lambda r: r.number)
    present = [r for r in members if r.id not in absent] or members
    kept = next((r for r in present if r.id == id_), present[0])
    return Unit(
        id=RecordId(id_),
        number=kept.number,
        fields=filled(kept.fields, others_of(kept, present)),
        members=tuple(r.number for r in present),
        records=tuple(r.id for r in present),
        sources=tuple({r.batch: sources[r.batch] for r in present if r.batch in sources}.values()),
        version=kept.version,
    )
