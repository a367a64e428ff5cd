"""Storing 10,000 parsed records against executemany of the same rows.

Aim: at most 1.2 times. Making the canonical texts and digests, which reading does, is printed
beside it.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from made import PROTOCOL, entries, parsed, timed

from screener import create_project
from screener.model import Search
from screener.sources.parsed import Entries

RECORDS = 10_000


def main() -> None:
    ratios, stored, plain, hashed = [], [], [], []
    for seed in range(5):
        hashed.append(timed(partial(Entries, entries(RECORDS))))
        made = parsed(RECORDS, seed)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            with create_project(path / "p.screener", title="B", protocol=PROTOCOL) as review:
                stored.append(
                    timed(partial(review.sources.store, made, Search(source="Benchmark")))
                )
                kept = review._file.rows("SELECT * FROM record ORDER BY number")
                versions = review._file.rows("SELECT * FROM record_version ORDER BY rowid")
            with create_project(path / "q.screener", title="B", protocol=PROTOCOL) as review:
                plain.append(timed(partial(executemany, review, kept, versions)))
            ratios.append(stored[-1] / plain[-1])
    print(
        f"storing {median(stored):.3f} s, executemany {median(plain):.3f} s, hashing "
        f"{median(hashed):.3f} s; ratio {median(ratios):.2f} (aim 1.2)"
    )


def executemany(review, kept, versions) -> None:
    connection = review._file.connection
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO record VALUES (?, ?, ?)", kept)
    connection.executemany("INSERT INTO record_version VALUES (?, ?, ?)", versions)
    connection.execute("COMMIT")


if __name__ == "__main__":
    main()
