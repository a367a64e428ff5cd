"""The open file is taken away, replaced or written over: nothing is lost, nothing else written."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

import pytest

from screener import open_copy, open_project
from screener.model import Cancelled, ErrorKind, Stage, UserError, Verdict
from screener.store import watch
from screener.store.kinds.reviewer import Flag, Note

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def mine(pair, making):
    """A copy that is open, with one decision made since and a backup before that."""
    with open_copy(pair.a) as copy:
        copy.screening.reopen(TA, why="more")
        copy.backup_if_changed()
        decide(copy, "first since")
        yield copy


def decide(copy, note):
    unit = copy.units.ids()[0]
    return copy.screening.decide(unit, Verdict.EXCLUDE, stage=TA, note=note).event


def refused(copy):
    """What is said when the next decision is made; it is not saved, nor is anything after it."""
    with pytest.raises(UserError) as told:
        decide(copy, "not saved")
    assert told.value.kind is ErrorKind.MOVED
    assert not copy.writable
    with pytest.raises(UserError, match="nothing more is written"):
        copy._file.set_own("position", "x" * 32)
    return str(told.value)


def notes(path):
    """The notes in a file, in the order they were written; the file is whole."""
    with open_project(path, write=False) as copy:
        assert copy.verify() == []
        rows = copy._file.rows("SELECT body FROM event WHERE kind = 'note' ORDER BY rowid")
        return [json.loads(body)["body"]["text"] for (body,) in rows]


def taken_away(path, _other):
    path.rename(path.with_name("elsewhere.screener"))


def removed(path, _other):
    path.unlink()


def replaced(path, other):
    beside = path.with_name("coming")
    shutil.copy(other, beside)
    beside.replace(path)


def written_over(path, other):
    path.write_bytes(other.read_bytes())


def cut_short(path, _other):
    path.write_bytes(b"")


def its_folder_renamed(path, _other):
    path.parent.rename(path.parent.with_name("renamed"))


HAPPENINGS = [taken_away, removed, replaced, written_over, cut_short, its_folder_renamed]


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_all_that_was_saved_is_kept_and_nothing_else_touched(mine, pair, tmp_path, happening):
    other = tmp_path / "other.screener"
    shutil.copy(pair.b, other)
    happening(pair.a, other)
    there = pair.a.read_bytes() if pair.a.exists() else None
    said = refused(mine)
    assert str(mine.kept) in said
    assert notes(mine.kept)[-1] == "first since"
    assert "not saved" not in notes(mine.kept)
    assert (pair.a.read_bytes() if pair.a.exists() else None) == there
    mine.close()
    assert (pair.a.read_bytes() if pair.a.exists() else None) == there
    with open_copy(mine.kept) as again:
        decide(again, "goes on")
    assert notes(mine.kept)[-1] == "goes on"


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_it_is_noticed_when_it_is_asked(mine, pair, happening):
    mine.require_there()
    happening(pair.a, pair.b)
    with pytest.raises(UserError, match="open that file"):
        mine.require_there()
    assert mine.kept.exists()


def test_a_file_taken_away_in_the_middle_of_an_action_is_not_written(mine, pair):
    unit = mine.units.ids()[1]

    def flag():
        with mine._file.action("x") as action:
            action.append(Flag(on=True), subject=unit)
            removed(pair.a, None)

    with pytest.raises(UserError, match="nothing more is written"):
        flag()
    assert notes(mine.kept)[-1] == "first since"
    with open_project(mine.kept, write=False) as kept:
        assert kept.counts() == mine.counts()


def test_a_file_that_was_only_touched_is_written_on(mine, pair):
    os.utime(pair.a, ns=(1, 1))
    decide(mine, "second since")
    mine.close()
    assert notes(pair.a)[-2:] == ["first since", "second since"]


def test_without_a_backup_it_is_said_and_tried_again(pair, monkeypatch):
    """And without room for a copy before the first writing."""
    monkeypatch.setattr(tempfile, "tempdir", str(pair.a.with_name("no folder")))
    with open_copy(pair.a) as mine:
        mine.screening.reopen(TA, why="more")
        whole = pair.a.read_bytes()
        written_over(pair.a, pair.b)
        with pytest.raises(UserError, match="leave this window open"):
            decide(mine, "not saved")
        assert mine.kept is None
        pair.a.write_bytes(whole)
        decide(mine, "saved")
    assert notes(pair.a)[-1] == "saved"


def test_what_is_kept_has_a_name_of_its_own_each_time(pair):
    kept = []
    for _ in range(2):
        with open_copy(pair.b) as other:
            other.backup_if_changed()
            whole = pair.b.read_bytes()
            pair.b.unlink()
            with pytest.raises(UserError):
                other.require_there()
            kept.append(other.kept.name)
        pair.b.write_bytes(whole)
    assert kept[0].startswith("b kept 20")
    assert kept[1] == kept[0].replace(".screener", " 2.screener")


def test_an_import_of_a_project_that_was_written_over_is_in_what_is_kept(pair, making):
    with open_project(pair.project) as review:
        review.backup_if_changed()
        making.fill(review, pair.folder, 3, mark="late")
        records = len(review.units.ids())
        written_over(pair.project, pair.a)
        with pytest.raises(UserError):
            review.require_there()
        kept = review.kept
    with open_project(kept, write=False) as again:
        assert again.verify() == []
        assert len(again.units.ids()) == records


def test_an_action_that_failed_after_it_wrote_to_the_drive_is_no_other_program(mine, pair):
    """So small a cache that changed pages go to the file before the end; then it is taken back."""
    mine._file.connection.execute("PRAGMA cache_size = 2")
    unit, before = mine.units.ids()[0], pair.a.stat().st_mtime_ns

    def fail():
        with mine._file.action("Many notes") as action:
            for _ in range(300):
                action.append(Note(text="a long note " * 200), subject=unit)
            assert pair.a.stat().st_mtime_ns > before, "nothing was written to the drive yet"
            raise Cancelled

    with pytest.raises(Cancelled):
        fail()
    mine.require_there()
    decide(mine, "second since")
    assert mine.kept is None


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_a_script_that_made_no_backup_loses_nothing_either(pair, making, happening):
    with open_copy(pair.a) as copy:
        copy.screening.reopen(TA, why="more")
        decide(copy, "first since")
        happening(pair.a, pair.b)
        refused(copy)
        assert notes(copy.kept)[-1] == "first since"


def test_a_script_that_writes_more_than_is_held_loses_nothing_either(pair, monkeypatch):
    monkeypatch.setattr(watch, "_MOST", 3)
    with open_copy(pair.a) as copy:
        copy.screening.reopen(TA, why="more")
        for number in range(5):
            decide(copy, f"number {number}")
        written_over(pair.a, pair.b)
        with pytest.raises(UserError):
            decide(copy, "not saved")
        assert notes(copy.kept)[-5:] == [f"number {number}" for number in range(5)]


def test_the_copy_made_before_the_first_writing_leaves_the_lock_and_goes_away(pair, temporary):
    with open_copy(pair.a) as copy:
        assert list(temporary.glob("*")) == []
        copy.screening.reopen(TA, why="more")
        (base,) = temporary.glob(".screener-*/a.screener")
        code = "import sys; from screener import open_copy; open_copy(sys.argv[1])"
        said = subprocess.run(
            [sys.executable, "-c", code, str(pair.a)], capture_output=True, check=False
        )
        assert b"a.screener is open" in said.stderr
    assert not base.exists()


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
