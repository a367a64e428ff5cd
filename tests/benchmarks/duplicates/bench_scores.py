"""The labelled sets beside the project, one setting for all: wrong merges, sensitivity, questions.

Aims: no wrong merge (haematology up to 2, its labels are poor), sensitivity at least 0.985 pooled,
0.995 after the questions, at most 15 questions per 1,000 records. The labels are read by
`../shared/tools/evaluate_duplicates.py`; without the shared data this skips. Where bib-dedupe is
installed its CPU time on the same table is printed beside.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SHARED = Path(__file__).resolve().parents[4] / "shared"
SETS = SHARED / "data" / "duplicates"
SCORER = SHARED / "tools" / "evaluate_duplicates.py"
COUNTED = ("records", "TP", "FP", "FN", "ask_pairs", "ask_true", "ask_FN")
PEER = """
import sys, pandas
from bib_dedupe.bib_dedupe import block, cluster, match, prep
if __name__ == "__main__":
    table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
    table = table.rename(columns={"record_id": "ID", "authors": "author"})
    ready = prep(table.assign(ENTRYTYPE="article"), verbosity_level=0, cpu=1)
    pairs = block(ready, verbosity_level=0, cpu=1)
    cluster(match(pairs, verbosity_level=0, cpu=1), verbosity_level=0)
"""


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
    seconds = timed([*command, "--ask", ask, "--quiet"])
    if importlib.util.find_spec("bib_dedupe"):
        peer = timed([sys.executable, "-c", PEER, path])
        print(f"{seconds:.2f} CPU s, bib-dedupe {peer:.2f}: {peer / seconds:.0f} times (aim 10)")
    found = subprocess.run(
        [sys.executable, SCORER, path, groups, "--ask", ask, "--json"],
        check=True,
        capture_output=True,
    )
    return json.loads(found.stdout)


def timed(command: list[object]) -> float:
    """Run a command and return the CPU seconds it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
