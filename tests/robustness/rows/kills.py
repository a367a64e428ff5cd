"""A process that is killed at any of its system calls: before or after, nothing acknowledged lost.

Between two calls that change files nothing on the drive changes, so that a kill at a random one of
them is a kill at a random instant, and its seed repeats it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.robustness import faults, plants
from tests.robustness.frame import Row, Trial
from tests.robustness.operations import (
    OPERATIONS,
    Operation,
    Say,
    check_again,
    check_state,
    prepared,
)

_PLANTS = {
    "deciding": plants.nothing_is_committed,
    **dict.fromkeys(("import", "duplicates", "merge", "decide-from"), plants.journal_in_memory),
}


def killed(work: Callable[[Path, Say], None], folder: Path, at: int) -> list[str]:
    """Do work in a process that is killed at its call number `at`; return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with faults.armed(folder.parent, faults.KILL, at):
                work(folder, lambda text: os.write(writing, f"{text}\n".encode()) and None)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 - a number, not a path
        said = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"the process ended with status {status}"
    return said


def _row(operation: Operation) -> Row:
    def trial(trial: Trial) -> None:
        folder = trial.made.laid_out(trial)
        at = trial.rng.randint(1, trial.made.calls + 1)
        said = killed(operation.work, folder, at)
        found = check_state(operation, trial.made, folder, said)
        check_again(operation, trial.made, folder, found)

    return Row(
        name=f"kill-{operation.name}",
        what=f"SIGKILL at a random system call of: {operation.name}",
        full=1_000 if operation.name == "deciding" else 200,
        least=6,
        trial=trial,
        plant=_PLANTS.get(operation.name, plants.written_in_place),
        prepare=prepared(operation),
        needs_faults=True,
    )


ROWS = [_row(operation) for operation in OPERATIONS]
