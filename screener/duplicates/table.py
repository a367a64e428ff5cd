"""CSV tables of records, for finding duplicates without a project."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from screener.duplicates.candidate import COLUMNS, Candidate
from screener.duplicates.found import Found
from screener.model import UserError
from screener.store import paths

_SPELLINGS = {"issue": "number", "author": "authors", "page": "pages"}
_LARGEST_FIELD = min(sys.maxsize, 2**31 - 1)


def read(path: Path) -> list[Candidate]:
    """Read a table with the columns of the contract; only `record_id` must be there."""
    paths.require_file(path)
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            return _records(path, stream)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            f"{path.name} cannot be read as a CSV table in UTF-8 ({error}); save it as CSV UTF-8."
        ) from None


def _records(path: Path, stream: Iterable[str]) -> list[Candidate]:
    before = csv.field_size_limit(_LARGEST_FIELD)
    try:
        reader = csv.DictReader(stream)
        names = _columns(reader.fieldnames or [])
        if not names:
            raise UserError(f"{path.name} is empty; a table with a column record_id is needed.")
        if "record_id" not in names:
            raise UserError(
                f"{path.name} has no column record_id; the columns are {', '.join(COLUMNS)}."
            )
        reader.fieldnames = names
        records = [Candidate.from_row(row) for row in reader]
    finally:
        csv.field_size_limit(before)
    _check_ids(path, records)
    return records


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
    rows = ((record.id, group_of.get(record.id, "")) for record in records)
    _write(path, ("record_id", "group"), rows)


def write_questions(path: Path, found: Found) -> None:
    """Write `record_id_1,record_id_2,rule`, the likeliest first."""
    rows = ((pair.one, pair.other, pair.rule) for question in found.ask for pair in question.pairs)
    _write(path, ("record_id_1", "record_id_2", "rule"), rows)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a file beside the place and move it there when it is on the disk."""
    with (
        paths.written_beside(path) as beside,
        beside.open("w", newline="", encoding="utf-8-sig") as stream,
    ):
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)
