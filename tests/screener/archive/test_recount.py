"""An independent recount of archives of random reviews, and of the example: no number differs."""

import subprocess
import sys
from pathlib import Path

import pytest

from screener import open_project
from tests.screener.archive.played import play
from tests.screener.archive.recount.recount import differences

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent / "recount"


@pytest.fixture
def archived(tmp_path):
    """Archive a project; returns the zip."""

    def write(project):
        with open_project(project, write=False) as review:
            review.archive.write(tmp_path / "out.zip")
        return tmp_path / "out.zip"

    return write


@pytest.mark.parametrize("seed", range(1, 9))
def test_no_number_of_a_random_review_differs(seed, archived, new_folder):
    assert list(differences(archived(play(new_folder("played"), seed)))) == []


@pytest.mark.parametrize("name", ["project", "later/project", "merged"])
def test_no_number_of_the_example_differs(name, archived, example):
    assert list(differences(archived(example / f"{name}.screener"))) == []


def test_the_recount_reads_the_archive_alone(archived, example):
    """In a process that cannot import Screener, in a folder that holds nothing of it."""
    out = archived(example / "merged.screener")
    code = (
        "import sys; sys.modules['screener'] = None; sys.path.insert(0, sys.argv[1]);"
        "from tests.screener.archive.recount.recount import main; sys.exit(main(sys.argv[2:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, ROOT, out],
        cwd=out.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
