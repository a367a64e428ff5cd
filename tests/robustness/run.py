"""The robustness suite: `python tests/robustness/run.py [--seed N] [--scale F] [ROW...]`.

Prints a table: each row, the seed it began with, how many trials were done and how many failed.
A failed one is repeated with `--seed` of the table and `--count 1`. With `--plant ROW` the fault
that is planted for this row is switched on, in the harness only, and the row must fail: the status
is 1 when it does not. Rows are named by their beginnings.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)

from tests.robustness import faults  # noqa: E402
from tests.robustness.frame import HEADING, NOT_PLANTED, Row, run, shown  # noqa: E402

_WITH_A_FAULT = 5  # so many times the fewest trials, of which one must fail


def main() -> int:
    """Run the rows that were asked for; the status is 1 when one is not as it should be."""
    asked = _asked()
    faults.load()
    from tests.robustness.rows import ROWS

    if asked.list:
        for row in ROWS:
            print(f"{row.name:<24} {row.full:>7}  {row.what}")
        return 0
    words = [asked.plant] if asked.plant else asked.rows
    exact = {row.name for row in ROWS}
    rows = [row for row in ROWS if not words or any(_is_meant(row, w, exact) for w in words)]
    if not rows:
        print(f"There is no row {' or '.join(words)}.", file=sys.stderr)
        return 2
    print(HEADING)
    wrong = [row for row in rows if not _as_it_should(row, asked)]
    return 1 if wrong else 0


def _is_meant(row: Row, word: str, exact: set[str]) -> bool:
    return row.name == word or (word not in exact and row.name.startswith(word))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=0, help="of the first trial")
    parser.add_argument("--scale", type=float, default=1.0, help="1 does all, 0 the fewest")
    parser.add_argument("--count", type=int, help="how many trials, whatever the scale")
    parser.add_argument("--plant", metavar="ROW", help="switch its planted fault on")
    parser.add_argument("--list", action="store_true", help="only say which rows there are")
    parser.add_argument("rows", nargs="*", metavar="ROW")
    return parser.parse_args()


def _as_it_should(row: Row, asked: argparse.Namespace) -> bool:
    if row.needs_faults and not faults.here():
        print(f"{row.name:<24} left out: it needs Linux and a C compiler", flush=True)
        return True
    planted = bool(asked.plant)
    least = row.least * (_WITH_A_FAULT if planted else 1)
    count = asked.count or max(least, round(row.full * asked.scale))
    result = run(row, asked.seed, count, planted=planted, stop=planted)
    print(result.line(asked.seed), flush=True)
    if planted:
        if result.first.endswith(NOT_PLANTED):
            print(shown(result), flush=True)
            return False
        why = result.first.strip().splitlines()[-1:]
        print(f"    the planted fault was seen: {why[0]:.150}" if why else "    it was NOT seen")
        return bool(result.failed)
    if result.failed:
        print(shown(result), flush=True)
    return not result.failed


if __name__ == "__main__":
    sys.exit(main())
