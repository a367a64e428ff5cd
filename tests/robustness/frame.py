"""What the rows of the suite have in common: trials in processes of their own, seeds, the table."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.robustness.steady import STEADY

WINDOWS = os.name == "nt"
"""Where no process can be forked: a trial is done in this one, and what a failed one has open stays
open."""
_WAITED = 120  # seconds after which a trial hangs
_SHOWN = 12  # lines of the first failure
NOT_PLANTED = "The fault of this row could not be planted."


@dataclass(frozen=True)
class Trial:
    """One trial: a folder of its own, in which also the program's own folder is; its seed."""

    folder: Path
    seed: int
    made: Any
    """What the row's `prepare` returned."""

    @property
    def rng(self) -> random.Random:
        """Return the randomness of this trial, afresh."""
        return random.Random(self.seed)

    def computer(self, name: str = "home") -> None:
        """Work on another computer from now on, as far as the program knows."""
        os.environ["SCREENER_HOME"] = str(self.folder / name)


@dataclass(frozen=True)
class Row:
    """One row of the table: what is tried, how often, and the planted fault that it must see."""

    name: str
    what: str
    full: int
    """How many trials the whole row has."""
    least: int
    """How many there are at the smallest scale; the planted fault shows in so many."""
    trial: Callable[[Trial], None]
    """Raises when something was lost, torn, or said in no sentence."""
    plant: Callable[[pytest.MonkeyPatch], None]
    prepare: Callable[[Path], Any] = lambda _folder: None
    steady: bool = True
    """Whether ids and times are the seed's too; not where the clock is what is tried."""
    needs_faults: bool = False
    """Whether it needs the library that makes system calls fail (`faults`): Linux, a compiler."""


@dataclass
class Result:
    """What came of a row: how many trials were done, the seeds of those that failed."""

    row: Row
    done: int = 0
    failed: list[int] = field(default_factory=list)
    first: str = ""
    kinds: dict[str, int] = field(default_factory=dict)
    """The last lines of what failed trials said, each with the first seed that said so."""
    seconds: float = 0.0

    def line(self, seed: int) -> str:
        """Return the row of the table."""
        first = f"first at --seed {self.failed[0]}" if self.failed else ""
        return (
            f"{self.row.name:<24} {seed:>7} {self.done:>7} {len(self.failed):>7} "
            f"{self.seconds:>7.1f}  {first}"
        ).rstrip()


HEADING = f"{'row':<24} {'seed':>7} {'done':>7} {'failed':>7} {'seconds':>7}"


def run(row: Row, seed: int, count: int, *, planted: bool, stop: bool = False) -> Result:
    """Do the trials of a row with the seeds from `seed` on; with its planted fault if asked to.

    What is prepared is made by the whole program in either case.
    """
    result, began = Result(row), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="robustness-", ignore_cleanup_errors=WINDOWS) as within:
        place = Path(within).resolve()
        (place / "made").mkdir()
        os.environ["SCREENER_HOME"] = str(place / "made" / "home")
        os.environ["TMPDIR"] = tempfile.tempdir = str(place)
        with pytest.MonkeyPatch.context() as patch:
            if row.steady:
                STEADY.begin(patch, row.name)
            made = row.prepare(place / "made")
        for each in range(seed, seed + count):
            folder = place / (f"trial-{each}" if WINDOWS else "trial")
            folder.mkdir()
            do = _done if WINDOWS else _forked
            said = do(row, Trial(folder, each, made), planted=planted)
            shutil.rmtree(folder, ignore_errors=True)
            result.done += 1
            if said:
                result.failed.append(each)
                result.first = result.first or said
                result.kinds.setdefault(said.strip().splitlines()[-1], each)
                if stop:
                    break
    tempfile.tempdir = None
    result.seconds = time.monotonic() - began
    return result


def _done(row: Row, trial: Trial, *, planted: bool) -> str:
    """Do one trial here; return what failed, or ""."""
    try:
        trial.computer()
        os.environ["TMPDIR"] = tempfile.tempdir = str(trial.folder / "temporary")
        (trial.folder / "temporary").mkdir()
        with pytest.MonkeyPatch.context() as patch:
            if row.steady:
                STEADY.begin(patch, f"{row.name} {trial.seed}")
            if planted and (broken := _not_planted(row, patch)):
                return broken
            row.trial(trial)
    except BaseException:  # noqa: BLE001 - whatever it is, this trial failed
        return traceback.format_exc()
    return ""


def _forked(row: Row, trial: Trial, *, planted: bool) -> str:
    """Run one trial in a process of its own; return what failed, or ""."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setsid()
        said = _done(row, trial, planted=planted)
        os.write(writing, said.encode()[-60_000:])
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], _WAITED)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a number, not a path
        if not ready:
            os.killpg(child, signal.SIGKILL)
        said = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    if not ready:
        return f"It hung: no end after {_WAITED} seconds."
    return said or (f"The process ended with status {status}." if status else "")


def _not_planted(row: Row, patch: pytest.MonkeyPatch) -> str:
    """Plant the fault of a row; return why that did not go, or ""."""
    try:
        row.plant(patch)
    except Exception:  # noqa: BLE001 - whatever it is, nothing was planted
        return f"{traceback.format_exc()}{NOT_PLANTED}"
    return ""


def shown(result: Result) -> str:
    """Return the end of what the first failed trial said, and what others said."""
    lines = result.first.strip().splitlines()[-_SHOWN:]
    lines += [f"--seed {seed}: {said}" for said, seed in list(result.kinds.items())[1:_SHOWN]]
    return "\n".join(f"    {line:.200}" for line in lines)
