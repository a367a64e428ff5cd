"""What one settled, decided or retrieved item costs until every number is right again.

Aim: what an action changed is derived in 20 ms at 20,000 records and in 50 ms at 100,000 (the
states and counts of both stages and the flow); the meeting's list at 10,000 in 100 ms. A control is
printed with them: the same machine counting to a million. `bench_derived.py 20000` does that size
alone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from made import screened, timed

from screener import open_copy, open_project
from screener.model import Stage, Verdict

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
AIMS = {10_000: 20, 20_000: 20, 100_000: 50}
ROUNDS = 15


def main() -> None:
    for size in [*map(int, sys.argv[1:])] or AIMS:
        with tempfile.TemporaryDirectory() as name:
            measured(Path(name), size)


def measured(folder: Path, records: int) -> None:
    path = screened(folder, records)
    control = median(timed(lambda: sum(range(1_000_000))) for _ in range(5)) * 1000
    print(f"{records:,} records (aim {AIMS[records]} ms; control {control:.1f} ms)")
    with open_project(path) as review:
        review.consensus.merge(folder / "a.screener", folder / "b.screener")
        first = timed(lambda: (review.consensus.standing(TA), review.report.flow()))
        listed = median(timed(lambda: review.consensus.differing(TA)) for _ in range(3))
        print(f"  all of it afresh {first * 1000:.0f} ms, the list {listed * 1000:.0f} ms")
        units = [state.subject for state in review.consensus.differing(TA) if state.open]
        tell("settled", [tried(review, settle, unit) for unit in units[: 2 * ROUNDS : 2]])
        review.screening.open(FT)
        read(review)
        passed = review.consensus.passed(TA)[:ROUNDS]
        tell("retrieved", [tried(review, retrieve, unit) for unit in passed])
    with open_copy(folder / "a.screener") as mine:
        mine.screening.reopen(TA, "benchmark")
        read(mine)
        units = mine.screening.to_screen(TA)[:ROUNDS]
        tell("decided", [tried(mine, decide, unit) for unit in units])


def tried(review, work, unit: str) -> tuple[float, float]:
    return timed(lambda: work(review, unit)), timed(lambda: read(review))


def decide(review, unit: str) -> None:
    review.screening.decide(unit, Verdict.MAYBE, stage=TA)


def retrieve(review, unit: str) -> None:
    review.fulltext.set_retrieval(unit, "retrieved")


def settle(review, unit: str) -> None:
    review.consensus.resolve(unit, "include", step=TA, why="benchmark", by=["A", "B"])


def read(review) -> None:
    for stage in (TA, FT):
        review.consensus.standing(stage)
        if review.is_copy:
            review.screening.progress(stage)
    review.report.flow()
    review.consensus.names_present()


def tell(what: str, measured: list[tuple[float, float]]) -> None:
    written, derived = zip(*measured, strict=True)
    print(
        f"  {what}: written {median(written) * 1000:.1f} ms, derived {median(derived) * 1000:.1f} "
        f"(worst {max(derived) * 1000:.1f}) ms"
    )


if __name__ == "__main__":
    main()
