"""Whatever lies in the program's own folder is not waited for, and blocks nothing else."""

import os
import subprocess
import sys
import time

import pytest

from screener import open_copy, open_project
from screener.model import Stage

TA = Stage.TITLE_ABSTRACT
pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders there")


def pipe(place):
    os.mkfifo(place)


def folder(place):
    place.mkdir()


def device(place):
    place.symlink_to("/dev/zero")


KINDS = [pipe, folder, device]
REOPEN = """
import sys
from screener import open_copy
from screener.model import Stage
with open_copy(sys.argv[1]) as mine:
    mine.screening.reopen(Stage.TITLE_ABSTRACT, why="more")
"""


def reopened(path):
    """Have a program of its own write into a file, in a minute; return its last line."""
    said = subprocess.run(
        [sys.executable, "-c", REOPEN, str(path)], capture_output=True, text=True, timeout=60
    )
    return (said.stderr.splitlines() or [""])[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_in_place_of_the_id_is_named(pair, home, kind):
    (home / "computer").unlink()
    kind(home / "computer")
    said = reopened(pair.a)
    assert "own folder" in said
    assert "computer in it is no ordinary file" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("where", ["seen", "logs"])
def test_notes_that_are_no_files_are_not_waited_for(pair, home, where, kind):
    open_copy(pair.a).close()
    for each in (home / where).iterdir():
        each.unlink()
        kind(each)
    said = reopened(pair.a)
    assert said == "" or "own folder" in said
    with open_project(pair.a, write=False) as read:
        assert read.verify() == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_is_no_file_does_not_block_the_list_of_backups(pair, kind, caplog):
    with open_copy(pair.a) as mine:
        made = mine.backup()
        bad = made.with_name("000099-20261130T103513060013Z-37fb8309e809.screener")
        kind(bad)
        assert [backup.path for backup in mine.backups() if backup.own] == [made]
        assert f"{bad} is no ordinary file and is left out." in caplog.text
        assert mine.backup() != made


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("stamp", ["99991231T235959999999Z", "00010101T000000000000Z"])
def test_a_backup_of_the_first_or_last_day_of_all_years_is_listed(pair, monkeypatch, zone, stamp):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    with open_copy(pair.a) as mine:
        made = mine.backup()
        odd = made.with_name(f"000099-{stamp}-37fb8309e809.screener")
        odd.write_bytes(made.read_bytes())
        assert {odd, made} <= {backup.path for backup in mine.backups()}
        mine.backup()
    monkeypatch.undo()
    time.tzset()
