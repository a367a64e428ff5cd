"""CSV tables of records, for finding duplicates without a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.duplicates.found import Found
from screener.model import Progress, UserError, silent
from screener.sources import headed_rows
from screener.store import paths
from screener.units.candidate import Candidate

_SPELLINGS = {"issue": "number", "author": "authors", "page": "pages"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of a table, and what a person should know about how they were read."""

    records: tuple[Candidate, ...]
    remarks: tuple[str, ...] = ()


def read(path: Path, progress: Progress = silent) -> Table:
    """Read a table with the columns of the contract; only `record_id` must be there."""
    found = headed_rows.read(path, ("record_id",), _columns, progress)
    records = tuple(Candidate.from_row(row.cells) for row in found.rows)
    _check_ids(path, records)
    remarks = (*found.remarks, *(row.remark for row in found.rows if row.remark))
    return Table(records=records, remarks=remarks)


def _columns(header: Sequence[str]) -> list[str]:
    """Return the columns as the contract spells them: "Record ID" is one, "issue" is `number`."""
    plain = [re.sub(r"[\W_]+", "_", (name or "").strip().lower()) for name in header]
    return [
        name if _SPELLINGS.get(name, name) in plain else _SPELLINGS.get(name, name)
        for name in plain
    ]


def _check_ids(path: Path, records: Sequence[Candidate]) -> None:
    seen: set[str] = set()
    for row, record in enumerate(records, start=1):
        if not record.id:
            raise UserError(f"{path.name}: record {row} has no record_id; give each record one.")
        if record.id in seen:
            raise UserError(
                f"{path.name}: the record_id {record.id} occurs twice; each record needs its own."
            )
        seen.add(record.id)


def write_groups(path: Path, records: Sequence[Candidate], found: Found) -> None:
    """Write `record_id,group` for every record in its order; singles have no group."""
    group_of = {
        record: str(number)
        for number, group in enumerate(found.certain, start=1)
        for record in group.records
    }
    pairs = ((record.id, group_of.get(record.id, "")) for record in records)
    paths.write_csv(path, ("record_id", "group"), pairs)


def write_questions(path: Path, found: Found) -> None:
    """Write `record_id_1,record_id_2,rule`, the likeliest first."""
    pairs = ((pair.one, pair.other, pair.rule) for question in found.ask for pair in question.pairs)
    paths.write_csv(path, ("record_id_1", "record_id_2", "rule"), pairs)
