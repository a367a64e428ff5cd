"""Storing 10,000 parsed records, hashes ready, against executemany of the same rows.

Aim: at most 1.2 times. Hashing (making the canonical texts and digests) is printed beside it.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from made import PROTOCOL, entries, timed

from screener import create_project
from screener.sources.batches import insert_rows, ready_rows

RECORDS = 10_000


def main() -> None:
    ratios, stored, plain, hashed = [], [], [], []
    made = entries(RECORDS)
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            rows: list = []
            hashed.append(timed(lambda r=rows: r.extend(ready_rows(made, "0" * 32, 1))))
            kept, versions = rows
            path = Path(folder)
            with create_project(path / "p.screener", title="B", protocol=PROTOCOL) as review:
                stored.append(timed(partial(store, review, kept, versions)))
            with create_project(path / "q.screener", title="B", protocol=PROTOCOL) as review:
                plain.append(timed(partial(executemany, review, kept, versions)))
            ratios.append(stored[-1] / plain[-1])
    print(
        f"storing {median(stored):.3f} s, executemany {median(plain):.3f} s, hashing "
        f"{median(hashed):.3f} s; ratio {median(ratios):.2f} (aim 1.2)"
    )


def store(review, kept, versions) -> None:
    file = review._file
    with file.action("Import") as action:
        insert_rows(file, kept, versions)
        action.append("batch", {"id": "0" * 32}, unit="0" * 32)


def executemany(review, kept, versions) -> None:
    connection = review._file.connection
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO record VALUES (?, ?, ?)", kept)
    connection.executemany("INSERT INTO record_version VALUES (?, ?, ?)", versions)
    connection.execute("COMMIT")


if __name__ == "__main__":
    main()
