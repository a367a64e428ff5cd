"""The labelled sets beside the project, one setting for all: wrong merges, sensitivity, questions.

Aims: no wrong merge (haematology up to 2, its labels are poor), sensitivity at least 0.985 pooled,
0.995 after the questions, at most 15 questions per 1,000 records. The labels are read by
`../shared/tools/evaluate_duplicates.py`; without the shared data this skips. Where bib-dedupe is
installed its CPU time on the same table is printed beside.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SHARED = Path(__file__).resolve().parents[4] / "shared"
SETS = SHARED / "data" / "duplicates"
SCORER = SHARED / "tools" / "evaluate_duplicates.py"
COUNTED = ("records", "TP", "FP", "FN", "ask_pairs", "ask_true", "ask_FN")


def main() -> int:
    if not SCORER.is_file() or not SETS.is_dir():
        print(f"skipped: the shared data is not at {SHARED}")
        return 0
    total: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(SETS.glob("*.csv")):
            score = scored(path, Path(folder))
            total.update({name: score[name] for name in COUNTED})
            wrong += score["FP"] > (2 if path.stem == "haematology" else 0)
            print(line(path.stem, score))
    print(line("pooled", total))
    duplicates = total["TP"] + total["FN"]
    good = (
        not wrong
        and total["TP"] / duplicates >= 0.985
        and 1 - total["ask_FN"] / duplicates >= 0.995
        and total["ask_pairs"] / total["records"] <= 0.015
    )
    print("within the aims" if good else "NOT within the aims")
    return 0 if good else 1


def scored(path: Path, folder: Path) -> dict[str, int]:
    groups, ask = folder / "groups.csv", folder / "ask.csv"
    command = [sys.executable, "-m", "screener", "dedupe", path, "--groups", groups]
    subprocess.run([*command, "--ask", ask, "--quiet"], check=True)
    found = subprocess.run(
        [sys.executable, SCORER, path, groups, "--ask", ask, "--json"],
        check=True,
        capture_output=True,
    )
    peer(path)
    return json.loads(found.stdout)


def peer(path: Path) -> None:
    if importlib.util.find_spec("bib_dedupe") is None:
        return
    start = time.perf_counter()
    code = (
        "import sys, pandas; from bib_dedupe.bib_dedupe import merge\n"
        "table = pandas.read_csv(sys.argv[1], dtype=str).fillna('')\n"
        "merge(table.rename(columns={'record_id': 'ID', 'authors': 'author'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code, path], check=False, capture_output=True)
    print(f"bib-dedupe: exit {ran.returncode}, {time.perf_counter() - start:.1f} s wall clock")


def line(name: str, score: dict[str, int]) -> str:
    duplicates = score["TP"] + score["FN"]
    return (
        f"{name:20} {score['records']:6} records, {score['FP']} wrong merges, sensitivity "
        f"{score['TP'] / duplicates:.4f}, after questions {1 - score['ask_FN'] / duplicates:.4f}, "
        f"{1000 * score['ask_pairs'] / score['records']:.1f} questions per 1,000 "
        f"({score['ask_true']} of {score['ask_pairs']} true)"
    )


if __name__ == "__main__":
    sys.exit(main())
