"""One durable decision on 10,000 records against a one-row commit with the same pragmas.

Aim: median at most 1.8 times, at most 4 syncs and 64 KB written (counted with strace where it is
installed). A raw append and fsync is printed beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from made import project, timed

from screener import open_copy
from screener.model import Stage, Verdict

ROUNDS, EACH, RECORDS = 5, 200, 10_000


def main() -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        folder = Path(name)
        if sys.argv[1:2] == ["traced"]:
            decide_some(Path(sys.argv[2]), int(sys.argv[3]))
            return
        project(folder, RECORDS)
        ratios, ours, rows, raws = [], [], [], []
        plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "synchronous = FULL"):
            plain.execute(f"PRAGMA {pragma}")
        plain.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
        descriptor = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        with open_copy(folder / "a.screener") as mine:
            units = iter(mine.screening.queues.queue(Stage.TITLE_ABSTRACT))
            for _ in range(ROUNDS):
                one, other, raw = [], [], []
                for _ in range(EACH):
                    unit = next(units)
                    one.append(timed(lambda u=unit: decide(mine, u)))
                    other.append(timed(lambda: commit(plain)))
                    raw.append(timed(lambda: append(descriptor)))
                ratios.append(median(one) / median(other))
                ours.append(median(one))
                rows.append(median(other))
                raws.append(median(raw))
        print(
            f"decision {median(ours) * 1e3:.2f} ms, one row {median(rows) * 1e3:.2f} ms, raw "
            f"append {median(raws) * 1e3:.2f} ms; ratio {median(ratios):.2f} (aim 1.8)"
        )
        count_syncs(folder)


def decide(mine, unit) -> None:
    mine.screening.decide(unit, Verdict.EXCLUDE, stage=Stage.TITLE_ABSTRACT, reason="interventions")


def commit(plain: sqlite3.Connection) -> None:
    plain.execute("BEGIN")
    plain.execute("INSERT INTO row (body) VALUES (?)", ("x" * 400,))
    plain.execute("COMMIT")


def append(descriptor: int) -> None:
    os.write(descriptor, b"x" * 400)
    os.fsync(descriptor)


def decide_some(path: Path, count: int) -> None:
    with open_copy(path) as mine:
        first, *units = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)[: count + 1]
        decide(mine, first)  # the first of a session copies the file where it has no backup
        os.write(2, b"MARK\n")
        for unit in units:
            decide(mine, unit)
        os.write(2, b"MARK\n")


def count_syncs(folder: Path) -> None:
    if shutil.which("strace") is None:
        print("syncs and bytes: not counted, strace is not installed")
        return
    count = 50
    trace = folder / "trace"
    calls = "trace=fsync,fdatasync,write,pwrite64"
    command = ["strace", "-f", "-e", calls, "-o", trace, sys.executable, __file__, "traced"]
    subprocess.run([*command, folder / "b.screener", str(count)], check=True, capture_output=True)
    text = trace.read_text(errors="replace").split('"MARK\\n"')[1]
    syncs = len(re.findall(r"f(?:data)?sync\(", text))
    written = sum(int(n) for n in re.findall(r"p?write(?:64)?\(.*= (\d+)$", text, re.M))
    print(
        f"per decision {syncs / count:.2f} syncs (aim 4), {written / count / 1024:.1f} KB written "
        "(aim 64)"
    )


if __name__ == "__main__":
    main()
