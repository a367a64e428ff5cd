"""kill -9 while deciding, importing and merging: before or after, and nothing acknowledged lost.

More runs: SCREENER_CRASHES=200.
"""

import os
import random
import shutil
import subprocess
import sys
import time

import pytest

from screener import open_copy, open_project
from screener.model import Stage

TA = Stage.TITLE_ABSTRACT
RUNS = int(os.environ.get("SCREENER_CRASHES", "3"))

# A cache so small that changed pages go to the file early: then a journal has to take them back.
SMALL = """
import sys
from pathlib import Path
from screener import open_copy, open_project
from screener.model import Stage, Verdict
def small(review):
    review._file.connection.execute("PRAGMA cache_size = 2")
    return review
"""
DECIDING = """
with small(open_copy(sys.argv[1])) as mine:
    print("ready", flush=True)
    for turn in range(10_000):
        for unit in mine.units.ids():
            verdict = Verdict.EXCLUDE if turn % 2 else Verdict.INCLUDE
            made = mine.screening.decide(unit, verdict, stage=Stage.TITLE_ABSTRACT, note=f"{turn}")
            print(made.event, flush=True)
"""
IMPORTING = """
with small(open_project(sys.argv[1])) as review:
    print("ready", flush=True)
    batch = review.sources.import_file(sys.argv[2], source="Embase")
    print(batch.id, flush=True)
    sys.stdin.read()
"""
MERGING = """
from screener.store import union
with small(open_project(sys.argv[1])) as review:
    connection = review._file.connection
    private = [Path(p) for p in sys.argv[2:]]
    print("ready", flush=True)
    review.consensus.merge(*private)
    print("merged", flush=True)
    sys.stdin.read()
"""


def killed(code, *arguments, within, acknowledged=0):
    """Run a child, kill it after a random while, and return the lines it acknowledged.

    The while is counted from the last of `acknowledged` lines, however slow the machine is.
    """
    with subprocess.Popen(
        [sys.executable, "-c", SMALL + code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        first = [child.stdout.readline() for _ in range(acknowledged)]
        time.sleep(random.random() * within)
        child.kill()
        lines = ("".join(first) + child.stdout.read()).split("\n")
        child.stdin.close()
        assert child.wait() != 0
    return lines[:-1]  # the last one may be cut


@pytest.fixture
def big(tmp_path, making, monkeypatch):
    """A project of 60 records with two finished copies."""
    project = making.review(tmp_path, records=60)
    for letter, verdict in (("a", "include"), ("b", "exclude")):
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 61), verdict))
    return project


def test_killed_while_deciding(tmp_path, making):
    making.review(tmp_path, records=5)
    copy = tmp_path / "a.screener"
    acknowledged = set()
    for _ in range(RUNS):
        lines = killed(DECIDING, copy, within=0.15, acknowledged=1)
        acknowledged |= {bytes.fromhex(line) for line in lines}
        assert acknowledged <= making.event_ids(copy)
        with open_copy(copy) as mine:
            assert mine.verify() == []
            logs = mine._file.rows("SELECT DISTINCT log FROM event WHERE kind = 'decision'")
            assert len(logs) <= 1, "after a crash the same file goes on with the same log"
    assert acknowledged


def test_killed_while_importing(big, making, tmp_path):
    making.write_ris(tmp_path / "more.ris", 400, mark="more")
    before = making.shown_at(big)
    seen = set()
    for _ in range(RUNS):
        place = shutil.copy(big, tmp_path / "killed.screener")
        acknowledged = killed(IMPORTING, place, tmp_path / "more.ris", within=0.15)
        with open_project(place) as review:
            assert review.verify() == []
            count = review.sources.count()
            assert count in (60, 460)
            assert count == 460 or not acknowledged
            if count == 60:
                assert making.shown(review) == before
        seen.add(count)
        (tmp_path / "killed.screener").unlink()
    assert seen


def test_killed_while_merging(big, making, tmp_path):
    before = making.event_ids(big)
    after = before | making.event_ids(tmp_path / "a.screener")
    after |= making.event_ids(tmp_path / "b.screener")
    for _ in range(RUNS):
        place = shutil.copy(big, tmp_path / "killed.screener")
        acknowledged = killed(
            MERGING, place, tmp_path / "a.screener", tmp_path / "b.screener", within=0.2
        )
        with open_project(place) as review:
            assert review.verify() == []
        found = making.event_ids(place)
        assert found in (before, after), "half a merge"
        assert found == after or not acknowledged
        (tmp_path / "killed.screener").unlink()
