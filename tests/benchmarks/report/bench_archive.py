"""An independent recount of archives: 200 random reviews, of which no number may differ.

Each is played through the Python API (`tests/screener/archive/played.py`), archived, and counted
anew by a script that reads the archive alone. `--count N` and `--seed N` choose which. What the
reviews had in them is printed, and every number that differs; the status is 1 when one does.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from screener import open_project
from tests.screener.archive.played import play
from tests.screener.archive.recount.recount import differences
from tests.screener.archive.recount.tables import Archive


def held(path: Path) -> Counter[str]:
    """What a review had in it, by name once each."""
    archive = Archive(path)
    found: Counter[str] = Counter()
    for row in archive.table("decisions/standings.csv"):
        found[f"{row['stage']}: {row['status']}"] = 1
    flow = archive.json("flow")
    found.update({name: 1 for name, n in flow.items() if type(n) in (int, bool) and n})
    for stage in archive.json("status")["stages"]:
        for name in ("opened_early", "left", "joined_late", "reopened", "overturned"):
            found[f"{name}"] |= bool(stage[name])
    for stage in archive.json("agreement")["stages"]:
        pairs = len(stage["pairs"])
        found[f"agreement of {'three and more' if pairs > 1 else 'two' if pairs else 'none'}"] = 1
    found["ratings"] = int(any(one["total"] for one in archive.json("counts")["totals"]))
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    every: Counter[str] = Counter()
    wrong, begun = 0, time.perf_counter()
    for seed in range(chosen.seed, chosen.seed + chosen.count):
        folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        try:
            out = folder / "out.zip"
            with open_project(play(folder, seed), write=False) as review:
                review.archive.write(out)
            found = list(differences(out))
            every.update(held(out))
        finally:
            shutil.rmtree(folder)
        wrong += bool(found)
        for one in found:
            print(f"review {seed}", *one, sep=" | ", flush=True)
    print(f"{chosen.count} reviews, {wrong} with a number that differs")
    print(f"{(time.perf_counter() - begun) / chosen.count:.1f} s a review")
    print(", ".join(f"{name} in {n}" for name, n in sorted(every.items()) if n))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
