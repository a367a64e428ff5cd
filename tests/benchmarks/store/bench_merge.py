"""Merge of two files with all checks, against the sum of its unavoidable parts.

Aim: at most 2.5 times the sum, in the same run, of integrity_check of both files, SHA-256 of all
their events and records in a plain loop, and executemany of the new rows; at most 13 times from
10,000 to 100,000 records; at most 180 MB. `bench_merge.py 100000` does the large one too.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path
from statistics import median

from made import screened, timed

from screener import open_project
from screener.model import Stage


def main() -> None:
    small = measured(10_000, 3)
    sizes = [int(word) for word in sys.argv[1:]]
    for size in sizes:
        large = measured(size, 1)
        print(f"from 10,000 to {size:,}: {large / small:.1f} times (aim 13 for 100,000)")


def measured(records: int, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        screened(folder, records)
        whole, sums, ratios = [], [], []
        for number in range(rounds):
            target = folder / f"target-{number}.screener"
            shutil.copy(folder / "project.screener", target)
            sums.append(timed(lambda n=number: parts(folder, n)))
            with open_project(target) as review:
                files = [folder / "a.screener", folder / "b.screener"]
                whole.append(timed(lambda r=review, f=files: r.consensus.merge(*f)))
                if number == rounds - 1:
                    lists(review)
            ratios.append(whole[-1] / sums[-1])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{records:,} records: merge {median(whole):.2f} s, parts {median(sums):.2f} s; ratio "
            f"{median(ratios):.2f} (aim 2.5); peak of the process {peak:.0f} MB"
        )
        return median(whole)


def parts(folder: Path, number: int) -> None:
    new = []
    for name in ("a", "b"):
        db = sqlite3.connect(folder / f"{name}.screener")
        db.execute("PRAGMA integrity_check").fetchall()
        for (body,) in db.execute("SELECT body FROM record_version"):
            hashlib.sha256(body.encode()).digest()
        for (body,) in db.execute("SELECT body FROM event"):
            hashlib.sha256(body.encode()).digest()
        new += db.execute(
            "SELECT e.* FROM event e JOIN log l ON l.id = e.log WHERE l.kind = 'reviewer'"
        ).fetchall()
        db.close()
    copy = folder / f"plain-{number}.screener"
    shutil.copy(folder / "project.screener", copy)
    db = sqlite3.connect(copy, isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN")
    db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", new)
    db.execute("COMMIT")
    db.close()


def lists(review) -> None:
    found: list = []
    states = timed(lambda: found.extend(review.consensus._statuses.states(Stage.TITLE_ABSTRACT)))
    listed = timed(lambda: found.append(review.consensus.discrepancies(Stage.TITLE_ABSTRACT)))
    kappa = timed(lambda: review.consensus.agreement(Stage.TITLE_ABSTRACT))
    again = timed(lambda: review.consensus.merge())
    print(
        f"  statuses {states * 1e3:.0f} ms, discrepancy list ({len(found[-1])}) {listed * 1e3:.0f} "
        f"ms, agreement {kappa * 1e3:.0f} ms (about 50 each wanted); merging nothing {again:.3f} s"
    )


if __name__ == "__main__":
    main()
