"""The power fails: what was acknowledged is there when the computer is on again, and all is whole.

The program itself runs, over its own SQLite; its calls are recorded, and for each cut the drive is
put together as it may be then (`recording`). The planted fault is what SQLite does by itself: the
journal is deleted, and comes back when that was not synced.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.robustness import faults, plants, recording
from tests.robustness.frame import Row, Trial
from tests.robustness.operations import (
    OPERATIONS,
    Made,
    Operation,
    check_again,
    check_state,
    lay_out,
    measured,
)


@dataclass(frozen=True)
class _Recorded:
    operation: Operation
    made: Made
    calls: list[recording.Call]
    inodes: dict[int, Path]
    root: Path


def _recorded(operation: Operation, made: Made, folder: Path) -> _Recorded:
    """Do an operation in a folder and return what it did to the drive."""
    trial = Trial(folder, 0, made)
    shutil.rmtree(folder, ignore_errors=True)
    made.laid_out(trial)
    (folder / "temporary").mkdir()
    inodes = {p.stat().st_ino: p.relative_to(folder) for p in folder.rglob("*") if p.is_file()}
    log = folder.with_name("recording")
    handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    child = os.fork()  # a process that ended, as it will have when the computer is on again
    if child == 0:
        os.environ["SCREENER_HOME"] = str(folder / "home")
        with faults.armed(folder, record=handle):
            operation.work(folder / "review", faults.mark)
        os._exit(0)
    os.waitpid(child, 0)
    os.close(handle)
    return _Recorded(operation, made, recording.read(log), inodes, folder)


def _prepare(folder: Path) -> list[tuple[Operation, Made]]:
    lay_out(folder / "review")
    made = [(operation, measured(operation, folder)) for operation in OPERATIONS]
    for operation, each in made:
        _require_all_recorded(_recorded(operation, each, folder / "recorded"))
    return made


def _require_all_recorded(done: _Recorded) -> None:
    """Assert that the recording tells all that was done: calls that are not seen are missing."""
    there = {
        str(path.relative_to(done.root)): path.read_bytes()
        for path in done.root.rglob("*")
        if path.is_file()
    }
    told = recording.Drive(done.made.folder, done.inodes, done.calls).whole(done.root)
    wrong = {name for name in there.keys() | told.keys() if there.get(name) != told.get(name)}
    assert not wrong, f"{done.operation.name}: what became of {wrong} was not recorded"


CUTS = 20  # of one recording: what is recorded is the same for all of them


def _trial(trial: Trial) -> None:
    """Record one piece of work and cut it at many places."""
    rng = random.Random(trial.seed)
    operation, made = rng.choice([trial.made[0]] * 4 + trial.made[1:])  # mostly decisions
    done = _recorded(operation, made, trial.folder / "recorded")
    for _ in range(CUTS):
        _cut(trial, rng, done)


def _cut(trial: Trial, rng: random.Random, done: _Recorded) -> None:
    ends = [at for at, call in enumerate(done.calls, 1) if call.op == "A"]
    anywhere = range(len(done.calls) + 1)
    calls = done.calls[: rng.choice(rng.choice((ends, anywhere)))]  # often just when it was said
    drive = recording.Drive(trial.made[0][1].folder, done.inodes, calls)
    after = trial.folder / "after"
    drive.write(rng, after, done.root)
    (after / "temporary").mkdir(exist_ok=True)
    os.environ["SCREENER_HOME"] = str(after / "home")
    said = recording.acknowledged(calls)
    where = f"{done.operation.name}, {len(calls)} of {len(done.calls)} calls"
    try:
        found = check_state(done.operation, done.made, after / "review", said)
        check_again(done.operation, done.made, after / "review", found)
    except Exception as wrong:
        raise AssertionError(f"{where}: {wrong!r}") from wrong


ROWS = [
    Row(
        name="power-cut",
        what=f"the power fails, {CUTS} times in each trial",
        full=500,
        least=2,
        trial=_trial,
        plant=plants.journal_deleted,
        prepare=_prepare,
        needs_faults=True,
    )
]
