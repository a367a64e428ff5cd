"""A write-ahead log is read with the file that says it has one, and with nothing else."""

import os
import shutil
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import pytest

from screener import create_project, merge_into, open_copy, open_project, restore
from screener.cli import main
from screener.model import Stage
from screener.store import summary, surroundings

TA = Stage.TITLE_ABSTRACT

LOGGING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA wal_autocheckpoint = 0")
db.execute(sys.argv[2])
os._exit(1)
"""


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def logged(path, statement="VACUUM"):
    """Have another program set a file to write-ahead logging and end without closing it."""
    subprocess.run([sys.executable, "-c", LOGGING, str(path), statement], check=False)
    assert log_of(path).stat().st_size
    return log_of(path).read_bytes()


@pytest.fixture
def pair(making, tmp_path):
    """A project and two copies; in one of them two decisions."""
    project = making.review(tmp_path / "review", records=12)
    a, b = (project.with_name(f"{name}.screener") for name in "ab")
    making.screen(a, {1: "include", 2: "exclude"}, close=False)
    return SimpleNamespace(project=project, a=a, b=b)


@pytest.fixture
def foreign(pair, tmp_path):
    """The log that another file of the same name left; every page of that file is in it."""
    other = tmp_path / "elsewhere.screener"
    shutil.copy(pair.b, other)
    return logged(other)


def left(path):
    named = sorted(p.name for p in path.parent.iterdir() if p.name.startswith(path.name))
    return [name for name in named if name != path.name]


def test_what_only_reads_a_file_reads_no_other_ones_log(pair, foreign, capsys):
    log, whole = log_of(pair.a), pair.a.read_bytes()
    log.write_bytes(foreign)
    with open_project(pair.a, write=False) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == 2
    for command in ("status", "records", "verify", "backups"):
        with pytest.raises(SystemExit, match="0"):
            main([command, str(pair.a)])
    assert summary.of_path(pair.a).decisions == 2
    (found,) = merge_into(pair.project, pair.a)
    assert "a.screener-wal belongs to another file and is left out." in str(found)
    assert (pair.a.read_bytes(), log.read_bytes()) == (whole, foreign)
    assert left(pair.a) == [log.name], "nothing was made beside it"


def test_a_log_beside_a_file_is_set_aside_before_that_is_written(pair, foreign):
    log_of(pair.a).write_bytes(foreign)
    pair.a.with_name("a.screener-shm").write_bytes(b"an index")
    with open_copy(pair.a) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == 2
    assert left(pair.a) == ["a.screener-left-over-1", "a.screener-left-over-2"]
    assert pair.a.with_name("a.screener-left-over-1").read_bytes() == foreign


def test_a_log_that_came_while_the_file_was_open_is_none_of_it(pair, foreign, making):
    with open_copy(pair.a) as mine:
        log_of(pair.a).write_bytes(foreign)
        making.decide(mine, 3, "exclude")
        mine.backup()
    with open_project(pair.a, write=False) as mine:
        assert mine.screening.progress(TA).decided == 3
    with open_copy(pair.a) as mine:
        assert mine.screening.progress(TA).decided == 3
    assert left(pair.a) == ["a.screener-left-over-1"]


@pytest.mark.parametrize("command", ["new", "restore", "copy", "backup"])
def test_a_new_file_under_a_name_with_a_log_is_whole(pair, foreign, command, tmp_path):
    place = tmp_path / "place.screener"
    log_of(place).write_bytes(foreign)
    if command == "new":
        create_project(place, title="Another").close()
    elif command == "restore":
        restore(pair.a, place)
    elif command == "backup":
        with open_project(pair.a) as mine:
            mine.backup(place)
    else:
        with open_project(pair.project) as review:
            review.consensus.write_copy("Somebody else", place)
    assert left(place) == ["place.screener-left-over-1"]
    assert place.with_name("place.screener-left-over-1").read_bytes() == foreign
    with sqlite3.connect(place) as db:  # as any other program sees it
        assert db.execute("SELECT count(*) FROM meta").fetchone() != (0,)
    with open_project(place) as mine:
        assert mine.verify() == []
    assert left(place) == ["place.screener-left-over-1"]


def test_the_log_of_a_file_that_says_so_comes_in(pair, making, foreign):
    own = logged(pair.a, "INSERT INTO own VALUES ('in', 'the log')")
    whole = pair.a.read_bytes()
    pair.a.with_name("a.screener-shm").unlink()
    with open_project(pair.a, write=False) as mine:
        assert mine._file.own("in") == "the log"
    assert summary.of_path(pair.a).decisions == 2
    assert (pair.a.read_bytes(), log_of(pair.a).read_bytes()) == (whole, own)
    assert left(pair.a) == ["a.screener-wal"], "nothing was made beside it"
    with open_copy(pair.a) as mine:
        assert mine._file.own("in") == "the log"
        assert mine.verify() == []
    assert left(pair.a) == []


def test_the_log_of_another_file_is_known_also_beside_one_that_says_it_has_one(pair, foreign):
    logged(pair.a, "INSERT INTO own VALUES ('in', 'the log')")
    log_of(pair.a).write_bytes(foreign)
    with open_project(pair.a, write=False) as mine:
        assert mine.screening.progress(TA).decided == 2
    with open_copy(pair.a) as mine:
        assert mine.screening.progress(TA).decided == 2
    assert "a.screener-left-over-1" in left(pair.a)


def test_a_service_s_double_with_a_log_is_compared_without_a_trace(pair, making):
    double = pair.a.with_name("a (conflicted copy).screener")
    shutil.copy(pair.a, double)
    making.screen(double, {1: "include"}, close=False)
    log = logged(double, "INSERT INTO own VALUES ('in', 'the log')")
    double.with_name(f"{double.name}-shm").unlink()
    with open_project(pair.a, write=False) as mine:
        assert surroundings.doubles(mine._file) == [double]
    assert left(double) == [f"{double.name}-wal"]
    assert log_of(double).read_bytes() == log


@pytest.mark.skipif(os.name == "nt", reason="SQLite follows no links there")
def test_what_lies_beside_the_file_that_a_link_leads_to_counts(pair, foreign, tmp_path):
    log_of(pair.a).write_bytes(foreign)
    link = tmp_path / "elsewhere" / "link.screener"
    link.parent.mkdir()
    link.symlink_to(pair.a)
    with open_project(link, write=False) as mine:
        assert mine.screening.progress(TA).decided == 2
    with open_copy(link) as mine:
        assert mine.screening.progress(TA).decided == 2
    assert left(pair.a) == ["a.screener-left-over-1"]
