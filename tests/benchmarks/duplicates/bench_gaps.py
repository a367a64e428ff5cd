"""The labelled sets with fields blanked at random: how often does a gap lead to a wrong merge?

Databases leave fields empty; a rule that is right only while every field is there would show here.
Prints wrong merges and questions per round; the aim is fewer than one wrong merge per 10,000
records with a third of all fields blank. Skips without the shared data.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from pathlib import Path

from screener.duplicates.finder import find
from screener.units.candidate import Candidate

SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "duplicates"
FIELDS = ("journal", "volume", "number", "pages", "doi", "abstract", "pmid", "year", "authors")
ROUNDS = 2
BLANK = 1 / 3


def main() -> int:
    if not SETS.is_dir():
        print(f"skipped: no labelled sets at {SETS}")
        return 0
    csv.field_size_limit(1 << 30)
    records = wrong = 0
    for path in sorted(SETS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
        study = {row["record_id"]: row["duplicate_group"] for row in rows}
        for seed in range(ROUNDS):
            found = find(blanked(rows, random.Random(seed)))
            mixed = [Counter(study[one] for one in group.records) for group in found.certain]
            here = sum(len(studies) - 1 for studies in mixed)
            asked = sum(len(question.pairs) for question in found.ask)
            joined = sum(found.rules.values())
            print(f"{path.stem:20} {here} wrong merges of {joined}, {asked} questions")
            records += len(rows)
            wrong += here
    print(f"{wrong} wrong merges on {records} records")
    return 1 if wrong * 10_000 >= records else 0


def blanked(rows: list[dict[str, str]], rng: random.Random) -> list[Candidate]:
    def kept(row: dict[str, str]) -> dict[str, str]:
        return {name: "" if name in FIELDS and rng.random() < BLANK else row[name] for name in row}

    return [Candidate.from_row(kept(row)) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
