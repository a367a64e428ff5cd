"""Linked reports of a few records among many, beside a run of the finder on all of them.

The labelled sets in one table, every fortieth record as if its report were sought. Aim: at most
0.7 of the CPU of the finder's run, and the same links. Skips without the shared data.
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from screener.duplicates.finder import find
from screener.fulltext.linked import bonds
from screener.units.candidate import Candidate

SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "duplicates"
EVERY = 40


def main() -> int:
    if not SETS.is_dir():
        print(f"skipped: no labelled sets at {SETS}")
        return 0
    every = records()
    few = every[::EVERY]
    begun = time.process_time()
    found = bonds(few, every)
    between = time.process_time()
    whole = find(every)
    looked, ran = between - begun, time.process_time() - between
    group = {record: one.kept for one in whole.certain for record in one.records}
    chosen = {record.id for record in few}
    wanted = {(one.kind, one.records) for one in whole.linked if chosen & {*one.records}}
    linked = {
        (bond.kind, tuple(sorted((bond.one, bond.other))))
        for bond in found
        if group.get(bond.one, bond.one) != group.get(bond.other, bond.other)
    }
    same = "the same" if linked == wanted else f"{len(linked ^ wanted)} other"
    print(
        f"{len(few):,} of {len(every):,} records: {looked:.1f} s of CPU, {looked / ran:.2f} of the "
        f"finder's {ran:.1f} s (aim 0.7); {len(linked)} links, {same}"
    )
    return 0 if looked <= 0.7 * ran and linked == wanted else 1


def records() -> list[Candidate]:
    """Read the sets; their ids begin with the name of the set."""
    csv.field_size_limit(1 << 30)
    found = []
    for path in sorted(SETS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as stream:
            for row in csv.DictReader(stream):
                row["record_id"] = f"{path.stem}-{row['record_id']}"
                found.append(Candidate.from_row(row))
    return found


if __name__ == "__main__":
    sys.exit(main())
