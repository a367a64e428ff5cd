"""Commands whose output finds no room: what they saved is said to be saved, and no file is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = (
    "mount -t tmpfs -o size=$1k,nr_inodes=$2 none small && shift 2 && "
    '"$@"; status=$?; ls small >&2; exit $status'
)


@pytest.fixture
def small(mounting, folder, home):
    """Run a command where the folder `small` has little room."""
    (folder / "small").mkdir()

    def run(*words, kilobytes=8, names=100):
        return subprocess.run(
            ["unshare", "-m", "sh", "-c", FILES, "sh", str(kilobytes), str(names),
             sys.executable, "-m", "screener", *words],
            capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    return run


def test_a_diagram_that_finds_no_room_leaves_no_other_either(small):
    words = ("flow", "review.screener", "--svg", "small/f.svg")
    assert small(*words, kilobytes=32).stderr.endswith("\nf.svg\n")  # one has room
    done = small(*words, "--png", "small/f.png", kilobytes=32)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert " free)" in done.stderr


def test_what_was_joined_is_said_to_be_saved_when_the_list_finds_no_room(small, run, folder):
    records = "TY  - JOUR\nTI  - Rowan and birch\nDO  - 10.5555/same\nPY  - 2001\nER  - \n\n" * 2
    (folder / "many.ris").write_text(records, encoding="utf-8")
    run("new", "more.screener", "--title", "More")
    run("import", "more.screener", "many.ris", "--source", "X")
    done = small("duplicates", "more.screener", "--ask", "small/q.csv", names=2)
    assert done.returncode == 1
    assert done.stderr.startswith("What was joined"), done.stderr
    assert done.stderr.count("\n") == 1
    again = run("duplicates", "more.screener", "--ask", "q.csv")
    assert " 0 joined now" in again[1]
