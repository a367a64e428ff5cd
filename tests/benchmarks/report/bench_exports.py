"""Peak memory and time of every export and JSON list, each in a process of its own.

Aim: under 300 MB at 100,000 records, in whatever format. `--records N` makes a project of that
many (10,000 unless said), `--project FILE` takes one that is there. What a process has before it
opens anything is printed first. The project is made in a process of its own, too: a process begins
with the peak of the one that started it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from made import screened

from screener import merge_into

AIM = 300
ENDINGS = ("ris", "csv", "xlsx", "bib", "xml", "csl.json", "json")
PEAK = """
import resource, sys
from screener.cli import main
try:
    main(sys.argv[1:])
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = asked.project or made_elsewhere(folder, asked.records)
        calls = {"nothing": ["--help"]}
        calls |= {e: ["export", project, folder / f"out.{e}", "--quiet"] for e in ENDINGS}
        calls["records --json"] = ["records", project, "--json"]
        calls["records --members"] = ["records", project, "--members", "--json"]
        calls["records"] = ["records", project]
        calls["discrepancies --json"] = [
            "discrepancies", project, "--stage", "title-abstract", "--json"
        ]  # fmt: skip
        for said, call in calls.items():
            if asked.only in said:
                show(said, call)


def made_elsewhere(folder: Path, records: int) -> Path:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        return other.submit(made, folder, records).result()


def made(folder: Path, records: int) -> Path:
    project = screened(folder, records)
    merge_into(project, folder / "a.screener", folder / "b.screener")
    return project


def show(said: str, call: list[object]) -> None:
    command = [sys.executable, "-c", PEAK, *map(str, call)]
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - begun
    *_, peak = done.stderr.split()
    failed = "" if done.returncode == 0 else f" FAILED: {done.stderr.decode()}"
    print(f"{said:22} {int(peak):5} MB  {seconds:6.1f} s  (aim {AIM} MB){failed}", flush=True)


if __name__ == "__main__":
    main()
