"""Plant small faults, one at a time, and see whether the tests notice.

`python tests/mutation/run.py [--seed N] [--count N] [--only FOLDER] [--jobs N] [--tests PATH...]`

Draws faults in the files of `TARGETS` and adds those of `named.py`; each is planted in a copy of
the tree and the related tests run there until one fails. Survivors are printed as diffs. Those in
`equivalent.toml` change nothing that could be seen; they are not run and not counted. The exit
status is 1 when more than 5 % of the others survive, or a named fault cannot be planted any more.
Needs a system that can fork. Not part of the checks: 300 faults take about half an hour.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TypeVar

import mutants
import named
import trees
from collected import Collected
from mutants import Mutant
from trees import ROOT, Ended, Tests, Tree

MOST = 0.05  # so many of the faults that are no equivalents may survive
FIRST = 25  # tests that are run on their own first: most faults are seen by one of them

_STORE = "tests/screener/store"
_CORE = (
    _STORE,
    "tests/screener/consensus",
    "tests/screener/screening",
    "tests/screener/answers",
    "tests/screener/duplicates",
    "tests/screener/fulltext",
    "tests/screener/model",
    "tests/screener/units",
    "tests/screener/report/test_counting.py",
    "tests/screener/report/test_counting_by_hand.py",
    "tests/screener/report/test_flow.py",
    "tests/screener/test_defaults.py",
    "tests/screener/test_machine.py",
    "tests/screener/test_words.py",
    "tests/screener/cli",
    "tests/journeys/test_core_journey.py",
)
_REPORT = ("tests/screener/report", "tests/ui/report", *_CORE)
_STORE_FILES = (
    *("union.py", "caches.py", "undo.py", "heads.py", "events.py", "history.py", "chain.py"),
    *("kept.py", "logs.py", "membership.py", "closing.py", "meta.py", "owned.py", "kinds"),
)
_COUNTING = ("report/report", "report/placing", "report/identified", "duplicates/tally")
_QUEUE = ("model", "queue_model", "line", "sheet", "beside_model")
_WINDOW = ("tests/ui/test_window.py", "tests/ui/window")
_SCREENING = ("tests/ui/screening", "tests/ui/fulltext", *_WINDOW)
_CONSENSUS = ("tests/ui/consensus", *_WINDOW)
_SESSION = ("tests/ui/session", "tests/ui/sources", "tests/ui/test_application.py", *_SCREENING)
TARGETS: dict[str, tuple[str, ...]] = {
    "screener/screening": (*_CORE, "tests/ui/screening"),
    "screener/consensus": (*_CORE, "tests/ui/consensus", "tests/ui/reviewers"),
    **dict.fromkeys((f"screener/store/{name}" for name in _STORE_FILES), _CORE),
    **dict.fromkeys((f"screener/{name}.py" for name in _COUNTING), _REPORT),
    **dict.fromkeys((f"ui/screening/{name}.py" for name in _QUEUE), _SCREENING),
    "screener/printing/manuscript": (
        "tests/screener/printing/manuscript",
        "tests/screener/cli/test_report.py",
    ),
    "ui/session": _SESSION,
    "ui/consensus": _CONSENSUS,
}
"""Where faults are drawn, and the tests that should see them."""


def main() -> int:
    """Run the command; return its exit status."""
    wanted = _arguments()
    began = time.monotonic()
    print(f"seed {wanted.seed}, {wanted.count} drawn, below “{wanted.only}”", flush=True)
    files = {f for f in _files(TARGETS) if f.startswith(wanted.only)}
    found, gone = _named(wanted.only)
    found += mutants.draw(ROOT, files, wanted.count, wanted.seed)
    equivalents = _equivalents()
    counted = [m for m in found if _key(m) not in equivalents]
    for mutant in found:
        if _key(mutant) in equivalents:
            why = equivalents[_key(mutant)]
            print(f"equivalent {mutant.file}:{mutant.line} {mutant.function}: {why}")
    trees.load_libraries()
    with tempfile.TemporaryDirectory(prefix="mutation-", dir=trees.memory()) as folder:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(
            wanted.jobs, context, initializer=_start_job, initargs=(Path(folder),)
        ) as pool:
            paths = wanted.tests or (p for m in counted for p in _related(m.file))
            tests = _measured(pool, set(paths))
            starting = f"{len(tests.starting)} start processes"
            print(f"{len(tests.seconds)} tests, {starting}: {_since(began)}", flush=True)
            survivors = _run(pool, counted, tests)
    share = len(survivors) / len(counted) if counted else 0.0
    print(f"{len(survivors)} of {len(counted)} survived: {share:.1%} (at most {MOST:.0%})")
    print(f"{len(found) - len(counted)} known equivalents not counted; {_since(began)}")
    for fault in gone:
        print(f"named fault not planted, its text is there no more, or twice: {fault}")
    return 1 if gone or share > MOST else 0


def _arguments() -> argparse.Namespace:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="of the drawing")
    parser.add_argument("--count", type=int, default=300, help="faults drawn, beside those named")
    parser.add_argument("--only", default="", metavar="FOLDER", help="faults below this path only")
    parser.add_argument(
        *("--tests", "-t"), nargs="+", metavar="PATH", help="only these tests: a quick look"
    )
    parser.add_argument("--jobs", type=int, default=2, help="faults at a time")
    return parser.parse_args()


def _since(began: float) -> str:
    return f"{(time.monotonic() - began) / 60:.1f} min"


# --- which faults -------------------------------------------------------------------------------


def _files(targets: Iterable[str]) -> Iterator[str]:
    """Yield the files of the targets that are there."""
    for target in targets:
        path = ROOT / target
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.is_file():
                yield file.relative_to(ROOT).as_posix()


def _related(file: str) -> tuple[str, ...]:
    """Return the tests that should see a fault in a file."""
    return next(tests for target, tests in TARGETS.items() if file.startswith(target))


def _named(only: str) -> tuple[list[Mutant], list[str]]:
    """Return the named faults below a path, and what those are that cannot be planted."""
    found: list[Mutant] = []
    gone: list[str] = []
    for fault in named.FAULTS:
        if fault.file.startswith(only):
            text = fault.planted(ROOT)
            planted = text and mutants.mutant(ROOT, fault.file, text, "named", fault.why)
            if planted:
                found.append(planted)
            else:
                gone.append(f"{fault.file}: {fault.why}")
    return found, gone


_Key = tuple[str, str, str, str]


def _key(mutant: Mutant) -> _Key:
    """Return what tells a fault whatever its line: file, function, text before and after."""
    return mutant.file, mutant.function, mutant.before, mutant.after


def _equivalents() -> dict[_Key, str]:
    """Return the reasons of the known equivalents, by what tells them."""
    known = Path(__file__).with_name("equivalent.toml").read_text("utf-8")
    found: dict[_Key, str] = {}
    for one in tomllib.loads(known).get("equivalent", []):
        key = one["file"], one["function"], one["before"].strip(), one["after"].strip()
        found[key] = one["reason"]
        there = ROOT / key[0]
        text = there.read_text("utf-8") if there.is_file() else ""
        if any(line not in text for line in key[2].splitlines()):
            print(f"equivalent that is there no more: {one['file']} {one['before']}")
    return found


# --- running ------------------------------------------------------------------------------------

_tree: Tree
_collected: Collected | None = None


def _start_job(folder: Path) -> None:
    """Make the copy of one job (in its process)."""
    global _tree
    os.nice(max(0, 5 - os.nice(0)))
    _tree = Tree(folder / str(os.getpid()))


def _measured(pool: ProcessPoolExecutor, paths: set[str]) -> Tests:
    """Run all related tests without a fault; exits when one of them fails so."""
    within = sorted(p for p in paths if not any(p.startswith(f"{o}/") for o in paths))
    files = sorted(_files(TARGETS))
    tests = Tests({}, {}, [], [])
    for one in pool.map(_measure, within, [files] * len(within)):
        tests.seconds.update(one.seconds)
        tests.failed.extend(one.failed)
        tests.starting.extend(one.starting)
        for file, by_line in one.lines.items():
            known = tests.lines.setdefault(file, {})
            for line, by in by_line.items():
                known.setdefault(line, []).extend(by)
    if tests.failed:
        raise SystemExit("These fail without a fault:\n" + "\n".join(tests.failed))
    return tests


def _measure(path: str, sources: list[str]) -> Tests:
    return _tree.measure([path], sources)


def _run(pool: ProcessPoolExecutor, counted: list[Mutant], tests: Tests) -> list[Mutant]:
    """Run the tests for every fault; print and return the survivors."""
    limits = trees.limits(tests.seconds)
    survivors: list[Mutant] = []
    ends: Counter[str] = Counter()
    orders = [_ordered(mutant, tests) for mutant in counted]
    paths = sorted({test.partition("::")[0] for order in orders for test in order})
    futures = {
        pool.submit(_look, mutant, order, "" in _could(mutant, tests), paths, limits): mutant
        for mutant, order in zip(counted, orders, strict=True)
    }
    for done, future in enumerate(as_completed(futures), 1):
        mutant, ended = futures[future], future.result()
        ends[ended.how] += 1
        at = f"{mutant.file}:{mutant.line} {mutant.function} ({mutant.why or mutant.kind})"
        print(f"{done}/{len(counted)} {ended.how} {at} {ended.test}", flush=True)
        if ended.how == "survived":
            survivors.append(mutant)
            print(mutant.diff((ROOT / mutant.file).read_text("utf-8")), flush=True)
    print(", ".join(f"{count} {how}" for how, count in sorted(ends.items())))
    return survivors


def _look(
    mutant: Mutant, order: list[str], shared: bool, paths: list[str], limits: dict[str, float]
) -> Ended:
    """Run the tests for a fault; anew when it is `shared` (see `_could`) and nothing saw it."""
    global _collected
    if _collected is None:
        _collected = Collected(_tree, paths, limits)
    original = (ROOT / mutant.file).read_text("utf-8")
    with _tree.planted(mutant.file, mutant.text):
        ended = _seen(lambda some: _collected.run(mutant, original, some), order)
        if ended is None or (shared and ended.how == "survived"):
            ended = _seen(lambda some: _tree.run(some, limits), order[:FIRST])
            if ended.how == "survived":
                ended = _seen(lambda some: _tree.run(some, limits), order[FIRST:])
        return ended


_Run = TypeVar("_Run", Ended, Ended | None)


def _seen(run: Callable[[list[str]], _Run], order: list[str]) -> _Run:
    """Run tests in this order until one sees a fault, and sees it again when it is run alone.

    On a busy machine a test may fail that has seen nothing.
    """
    while True:
        ended = run(order)
        if ended is None or ended.test not in order:
            return ended
        again = run([ended.test])
        if again is None or again.how != "survived":
            return ended
        order = order[order.index(ended.test) + 1 :]


def _could(mutant: Mutant, tests: Tests) -> set[str]:
    """Return the tests that run the function of a fault.

    "" is among them when it is run at the import or in what tests share, or is in no function.
    """
    by_line = tests.lines.get(mutant.file, {})
    return {test for n in mutant.body for test in by_line.get(n, ())} if mutant.body else {""}


def _ordered(mutant: Mutant, tests: Tests) -> list[str]:
    """Return the tests that could see a fault: the nearest and fastest that run its line first.

    These are the related ones that run its function, for the store also those that start other
    processes; all related ones when it is run at the import or in what tests share.
    """
    by_line = tests.lines.get(mutant.file, {})
    # Only the first line of a statement is executed for coverage.
    line = next((n for n in range(mutant.line, 0, -1) if by_line.get(n)), 0)
    running = set(by_line.get(line, ())) - {""}
    # What is run at the import alone is best seen by who runs anything of its file.
    running = running or {test for by in by_line.values() for test in by}
    could = _could(mutant, tests)
    everybody = "" in could
    if mutant.file.startswith("screener/store"):  # elsewhere nothing is done for other processes
        could |= set(tests.starting)
    near = f"test_{Path(mutant.file).stem}.py::"
    related = _related(mutant.file)

    def rank(test: str) -> tuple[bool, bool, float]:
        return test not in running, near not in test, tests.seconds[test]

    wanted = (t for t in tests.seconds if t.startswith(related) and (everybody or t in could))
    return sorted(wanted, key=rank)


if __name__ == "__main__":
    sys.exit(main())
