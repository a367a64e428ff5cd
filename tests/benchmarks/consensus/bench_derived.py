"""What one settled, decided or retrieved item costs until every number is right again.

Aim: what an action changed is derived in 20 ms at 20,000 records and in 50 ms at 100,000 (the
states and counts of both stages and the flow); the meeting's list at 10,000 in 100 ms. A control is
printed with them: the same machine counting to a million. `bench_derived.py 100000` does the large
one too.
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
    for size in [10_000, 20_000, *map(int, sys.argv[1:])]:
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
        print(f"  all of it afresh {first * 1000:.0f} ms; the meeting's list {listed * 1000:.0f} ms")
        units = [state.subject for state in review.consensus.differing(TA) if state.open]
        for what, work in (
            ("settled", lambda unit: settle(review, unit)),
            ("retrieved", lambda unit: review.fulltext.set_retrieval(unit, "retrieved")),
        ):
            chosen = units[: 2 * ROUNDS : 2]
            if what == "retrieved":
                review.screening.open(FT)
                chosen = review.consensus.passed(TA)[:ROUNDS]
                review.report.flow()
            written, derived = [], []
            for unit in chosen:
                written.append(timed(lambda u=unit: work(u)))
                derived.append(timed(lambda: read(review)))
            tell(what, written, derived)
    with open_copy(folder / "a.screener") as mine:
        mine.screening.reopen(TA, "benchmark")
        mine.screening.progress(TA)
        written, derived = [], []
        for unit in mine.screening.to_screen(TA)[:ROUNDS]:
            work = lambda u=unit: mine.screening.decide(u, Verdict.MAYBE, stage=TA)
            written.append(timed(work))
            derived.append(timed(lambda: (mine.screening.progress(TA), mine.consensus.standing(TA))))
        tell("decided", written, derived)


def settle(review, unit: str) -> None:
    review.consensus.resolve(unit, "include", step=TA, why="benchmark", by=["A", "B"])


def read(review) -> None:
    for stage in (TA, FT):
        review.consensus.standing(stage)
    review.report.flow()
    review.consensus.names_present()


def tell(what: str, written: list[float], derived: list[float]) -> None:
    print(
        f"  {what}: written {median(written) * 1000:.1f} ms, derived {median(derived) * 1000:.1f} "
        f"(worst {max(derived) * 1000:.1f}) ms"
    )


if __name__ == "__main__":
    main()
