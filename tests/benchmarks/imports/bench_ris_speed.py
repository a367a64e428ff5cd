"""Parsing RIS records against `rispy.load` in the same run.

    python tests/benchmarks/imports/bench_ris_speed.py [--records 20000] [--rounds 3]

CPU seconds, best of the rounds, interleaved, each in a process of its own, once with the garbage
collector on for all and once with it off for all; a loop that only splits lines is printed beside
them as the floor. The file is made from the tests' own invented records, with abstracts of the
usual length and titles, authors, keywords and numbers that differ. The bar is for
`--records 100000`.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT, MEMORY = 1.6, 300
OWN = Path(__file__).parents[2] / "screener" / "sources" / "data"
DIALECTS = ("embase", "ebsco", "web_of_science", "endnote")
TEXT = (
    "peer support people with a serious mental illness were offered groups by telephone text and"
    " forum in this invented study of recovery hope loneliness and quality of life (n = 120); no"
    " difference was found at six months, and none was expected. P = 0.05"
)
WORDS = TEXT.split(" ")


SYLLABLES = [
    "ba",
    "den",
    "fo",
    "gri",
    "hul",
    "ka",
    "lem",
    "mor",
    "nis",
    "per",
    "qua",
    "ros",
    "sta",
    "tur",
    "vel",
    "win",
]


def make(path: Path, count: int) -> None:
    """Write `count` records of about 1,400 characters, all different."""
    dice = random.Random(1)
    texts = [(OWN / f"{name}.ris").read_text("utf-8-sig").strip("\n") for name in DIALECTS]
    plain = ["\n".join(li for li in text.split("\n") if li.strip()) for text in texts]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(count):
            words = " ".join(dice.choices(WORDS, k=130))
            keywords = "".join(
                f"KW  - {a} {b}\n" for a, b in zip(words.split(), WORDS, strict=False)
            )
            text = _changed(plain[number % len(plain)], number, dice)
            head, _, end = text.rpartition("ER  -")
            file.write(f"{head}AB  - {words}.\n{keywords[:300].rpartition('KW')[0]}ER  -{end}\n\n")


def _changed(text: str, number: int, dice: random.Random) -> str:
    """Give the record names, a title and numbers of its own, so that nothing is known already."""
    lines = text.replace("TY  - JOUR\n", f"TY  - JOUR\nID  - {number}\n").split("\n")
    for place, line in enumerate(lines):
        if line.startswith(("AU  - ", "A1  - ")):
            # Most people of a search are in it once, some often.
            name = "".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 3)))).capitalize()
            _, mark, given = line[6:].partition(", " if "," in line else " ")
            lines[place] = f"{line[:6]}{name}{mark}{given}"
        elif line.startswith(("TI  - ", "T1  - ")):
            lines[place] = f"{line} {' '.join(dice.choices(WORDS, k=6))}"
        elif line.startswith(("DO  - ", "L3  - ", "SP  - ", "AN  - ")):
            lines[place] = f"{line}{number}"
    return "\n".join(lines)


def measure(what: str, path: Path) -> tuple[float, int, int]:
    """Read the file one way; return CPU seconds, records and megabytes at the peak."""
    if what == "rispy":
        import rispy

        began = time.process_time()
        count = len(rispy.load(path, encoding="utf-8"))
    elif what == "lines":
        began = time.process_time()
        with path.open(encoding="utf-8") as file:
            count = sum(line.startswith("ER  -") for line in file)
    else:
        from screener.sources.reading import entries, read

        began = time.process_time()
        count = sum(1 for _ in entries(read(path)))
    took = time.process_time() - began
    return took, count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed of reading RIS.")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "FILE", "COLLECTOR"))
    chosen = parser.parse_args()
    if chosen.one:
        what, file, collector = chosen.one
        if collector == "off":
            gc.disable()
        print(*measure(what, Path(file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.ris"
        make(path, chosen.records)
        print(f"{chosen.records} records, {path.stat().st_size / 1e6:.0f} MB")
        met = [compare(path, chosen.records, chosen.rounds, which) for which in ("on", "off")]
    return 0 if all(met) else 1


def compare(path: Path, records: int, rounds: int, collector: str) -> bool:
    """Print what each way took with the collector on or off; return whether the bar is met."""
    best: dict[str, float] = {}
    peak: dict[str, int] = {}
    for _ in range(rounds):
        for what in ("lines", "rispy", "screener"):
            command = [sys.executable, __file__, "--one", what, str(path), collector]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            took, count, memory = out.split()
            best[what] = min(best.get(what, 1e9), float(took))
            peak[what] = int(memory)
            assert int(count) == records
    print(f"garbage collector {collector}")
    for what, took in best.items():
        print(f"  {what:10}{took:7.2f} s  {peak[what]:4d} MB")
    ratio = best["screener"] / best["rispy"]
    print(f"  screener / rispy.load = {ratio:.2f} (at most {LIMIT}); at most {MEMORY} MB")
    return ratio <= LIMIT and peak["screener"] < MEMORY


if __name__ == "__main__":
    sys.exit(main())
