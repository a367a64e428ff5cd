"""The drive gives an error, or is full, at every k-th write and sync: a sentence, nothing lost.

Trial by trial all calls of all operations have their turn, in an order that is the same each time.
"""

from __future__ import annotations

import errno
import random
from dataclasses import dataclass
from pathlib import Path

from screener.model import UserError
from tests.robustness import faults, plants
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
class _Point:
    operation: Operation
    made: Made
    at: int


def _points(folder: Path) -> list[_Point]:
    lay_out(folder / "review")
    found = []
    for operation in OPERATIONS:
        made = measured(operation, folder)
        found += [_Point(operation, made, at) for at in range(1, made.calls + 1)]
    random.Random(0).shuffle(found)
    return found


def _tried(
    point: _Point, trial: Trial, folder: Path, how: int, error: int
) -> tuple[list[str], str]:
    """Do the work while the drive fails; return what was acknowledged, and what was said."""
    said: list[str] = []
    with faults.armed(trial.folder, how, point.at, error):
        try:
            point.operation.work(folder, said.append)
        except UserError as told:
            return said, str(told)
    return said, ""


def _row(name: str, what: str, how: int, error: int) -> Row:
    def trial(trial: Trial) -> None:
        point = trial.made[trial.seed % len(trial.made)]
        folder = point.made.laid_out(trial)
        said, told = _tried(point, trial, folder, how, error)
        where = f"{point.operation.name}, call {point.at} of {point.made.calls}"
        try:
            assert told or said, "it was neither done nor said why not"
            assert not told or told.endswith("."), told
            found = check_state(point.operation, point.made, folder, said)
            check_again(point.operation, point.made, folder, found)
        except Exception as wrong:
            raise AssertionError(f"{where}: {wrong} (it said: {told})") from wrong

    return Row(
        name=name,
        what=what,
        full=2_000,
        least=12,
        trial=trial,
        plant=plants.errors_without_sentences,
        prepare=_points,
        needs_faults=True,
    )


ROWS = [
    _row("io-error", "an I/O error at the k-th write or sync", faults.FAIL_ONCE, errno.EIO),
    _row("full-disk", "a drive that is full from the k-th write on", faults.FULL, errno.ENOSPC),
]
