"""Importing a file against parsing it and storing its rows, each alone, in the same run.

    python tests/benchmarks/imports/bench_parse_and_store.py [--records 20000] [--rounds 3]

CPU seconds, best of the rounds, interleaved, each in a process of its own: `project.sources
.import_file`, reading alone, and `executemany` alone of the rows that the import wrote (hashes and
texts ready). Hashing, writing JSON and packing raw texts are neither, so they are printed too. The
peak is that of the importing process (VmHWM). The bars are for `--records 100000`.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_ris_speed import make

from screener import create_project
from screener.sources.parsed import Entries
from screener.sources.reading import entries, read

LIMIT, MEMORY = 1.3, 300


def peak() -> int:
    """Return the most memory this process held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def import_(path: Path, folder: Path) -> float:
    """Import the file into a new project; return CPU seconds."""
    place = folder / "imported.screener"
    place.unlink(missing_ok=True)
    with create_project(place, title="A benchmark") as project:
        began = time.process_time()
        project.sources.import_file(path, source="PubMed")
        return time.process_time() - began


def parse(path: Path, _: Path) -> float:
    """Read the file and keep nothing."""
    began = time.process_time()
    for _entry in entries(read(path)):
        pass
    return time.process_time() - began


def prepare(path: Path, _: Path) -> float:
    """Make the texts, packed raw texts and hashes of all records and keep them on disk."""
    found = tuple(entries(read(path)))
    began = time.process_time()
    Entries(found)
    return time.process_time() - began


def store(_: Path, folder: Path) -> float:
    """Write the rows of the imported project into tables of the same shape."""
    place = folder / "rows.sqlite"
    place.unlink(missing_ok=True)
    source = sqlite3.connect(folder / "imported.screener")
    shapes = source.execute(
        "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('record', 'record_version', 'raw')"
        " AND sql NOT NULL AND type != 'trigger'"
    ).fetchall()
    kept = source.execute("SELECT * FROM record ORDER BY number").fetchall()
    versions = source.execute("SELECT * FROM record_version ORDER BY rowid").fetchall()
    raws = source.execute("SELECT * FROM raw ORDER BY number").fetchall()
    pragmas = [
        (name, source.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_size", "journal_mode", "synchronous")
    ]
    source.close()
    target = sqlite3.connect(place)
    for name, value in pragmas:
        target.execute(f"PRAGMA {name} = {value}")
    for (sql,) in shapes:
        target.execute(sql)
    began = time.process_time()
    with target:
        target.executemany(f"INSERT INTO record VALUES ({_marks(kept[0])})", kept)
        target.executemany(f"INSERT INTO record_version VALUES ({_marks(versions[0])})", versions)
        target.executemany(f"INSERT INTO raw VALUES ({_marks(raws[0])})", raws)
    took = time.process_time() - began
    target.close()
    return took


def _marks(row: tuple[object, ...]) -> str:
    return ", ".join("?" * len(row))


WAYS = {"import": import_, "parse": parse, "prepare": prepare, "store": store}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed of importing RIS.")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "FILE", "FOLDER"))
    chosen = parser.parse_args()
    if chosen.one:
        what, file, folder = chosen.one
        print(WAYS[what](Path(file), Path(folder)), peak())
        return 0
    best: dict[str, float] = {}
    memory: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.ris"
        make(path, chosen.records)
        for _ in range(chosen.rounds):
            for what in WAYS:
                command = [sys.executable, __file__, "--one", what, str(path), folder]
                out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                took, most = out.split()
                best[what] = min(best.get(what, 1e9), float(took))
                memory[what] = int(most)
    for what, took in best.items():
        print(f"  {what:10}{took:7.2f} s  {memory[what]:4d} MB")
    ratio = best["import"] / (best["parse"] + best["store"])
    print(f"  import / (parse + store) = {ratio:.2f} (at most {LIMIT}); at most {MEMORY} MB")
    return 0 if ratio <= LIMIT and memory["import"] < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
