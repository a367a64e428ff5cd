"""Merge of two files with all checks, against the sum of its unavoidable parts.

Aim: at most 2.5 times the sum, in the same run, of integrity_check of both files, SHA-256 of all
their events and records in a plain loop, and executemany of the new rows; at most 13 times from
10,000 to 100,000 records; at most 180 MB. `compare` of the same files at most 1.6 times the
merge. `bench_merge.py 100000` does the large one too.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from made import screened, timed

from screener import compare, open_project
from screener.model import Stage


def main() -> None:
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), int(sys.argv[3]))
        return
    if sys.argv[1:2] == ["compare"]:
        compared(Path(sys.argv[2]))
        return
    small = measured(10_000, 5)
    for size in map(int, sys.argv[1:]):
        large = measured(size, 1)
        print(f"from 10,000 to {size:,}: {large / small:.1f} times (aim 13 for 100,000)")


def measured(records: int, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        screened(folder, records)
        whole, sums, others = [], [], []
        for number in range(rounds):
            shutil.copy(folder / "project.screener", folder / f"target-{number}.screener")
            sums.append(timed(lambda n=number: parts(folder, n)))
            # In a process of its own, so that its memory is its own.
            command = [sys.executable, __file__, "child", folder, str(number)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, peak, before, lists = said.split("|")
            whole.append(float(seconds))
            command = [sys.executable, __file__, "compare", folder]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            others.append(float(said) / whole[-1])
        ratio = median(one / other for one, other in zip(whole, sums, strict=True))
        print(
            f"{records:,} records: merge {median(whole):.2f} s, parts {median(sums):.2f} s; ratio "
            f"{ratio:.2f} (aim 2.5); peak {peak} MB, before the merge {before} MB (aim 180)"
        )
        print(f"  compare {median(others):.2f} times the merge (aim 1.6)")
        print(f"  {lists.strip()}")
        return median(whole)


def child(folder: Path, number: int) -> None:
    with open_project(folder / f"target-{number}.screener") as review:
        before = peak()
        files = [folder / "a.screener", folder / "b.screener"]
        seconds = timed(lambda: review.consensus.merge(*files))
        after = peak()
        print(f"{seconds}|{after:.0f}|{before:.0f}|{lists(review)}")


def compared(folder: Path) -> None:
    def work() -> None:
        with compare(folder / "a.screener", folder / "b.screener") as (review, _):
            assert review is not None
            list(review.consensus.discrepancies(Stage.TITLE_ABSTRACT))

    print(timed(work))


def peak() -> float:
    """Return the most memory this process had, in MB (its own, unlike `getrusage`'s)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


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


def lists(review) -> str:
    found: list = []
    stage = Stage.TITLE_ABSTRACT
    listed = timed(lambda: found.append(list(review.consensus.discrepancies(stage))))
    kappa = timed(lambda: review.consensus.agreement(stage))
    return (
        f"discrepancy list ({len(found[0])}) {listed * 1e3:.0f} ms, agreement {kappa * 1e3:.0f} ms "
        "(about 50 each wanted at 10,000)"
    )


if __name__ == "__main__":
    main()
