"""Every row of the robustness suite at its smallest: green, and red with its planted fault."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.robustness import faults
from tests.robustness.rows import ROWS

RUN = Path(__file__).with_name("run.py")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """The library of faults, compiled once for all rows."""
    return faults.compiled(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def run(loaded):
    """Run the suite; `itself` has it load its library by itself."""

    def run(*words, itself=False):
        around = {**os.environ, **({} if itself else loaded)}
        found = subprocess.run(
            [sys.executable, str(RUN), *words],
            capture_output=True, text=True, check=False, env=around,
        )  # fmt: skip
        return found.returncode, found.stdout + found.stderr

    return run


@pytest.mark.parametrize("planted", [False, True], ids=["as it is", "with its planted fault"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(run, row, planted):
    if row.needs_faults and not faults.can_be_loaded():
        pytest.skip("this row needs Linux and a C compiler")
    status, said = run("--scale", "0", *(["--plant"] if planted else []), row.name)
    assert status == 0, said
    assert ("the planted fault was seen" in said) == planted


@pytest.mark.parametrize("row", ["mutated", "schedule"])
def test_a_failure_is_repeated_by_its_seed(run, row):
    """Also where the program draws random ids, and writes times."""
    _, said = run("--scale", "0", "--plant", row, itself=True)
    seed, why = said.rpartition("first at --seed ")[2].split("\n", 1)
    status, said = run("--seed", seed, "--count", "1", "--plant", row)
    assert (status, said.rpartition(f"first at --seed {seed}\n")[2]) == (0, why)


BROKEN = """
import sys
from dataclasses import replace
from tests.robustness import rows, run

def plant(patch):
    patch.setattr(rows, "no_such_name", None)

(row,) = (each for each in rows.ROWS if each.name == "schedule")
sys.argv = ["run.py", "--plant", "schedule"]
sys.exit(0 if run._as_it_should(replace(row, plant=plant), run._asked()) else 1)
"""


def test_a_fault_that_cannot_be_planted_was_not_seen():
    """What it would change has another name by now, say."""
    found = subprocess.run(
        [sys.executable, "-c", BROKEN], capture_output=True, text=True, check=False,
        cwd=RUN.parents[2],
    )  # fmt: skip
    assert found.returncode == 1, found.stdout + found.stderr
    assert "could not be planted" in found.stdout
    assert "was seen" not in found.stdout
