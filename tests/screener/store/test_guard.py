"""The open file is taken away, replaced or written over: nothing is lost, nothing else written."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Cancelled, ErrorKind, Stage, UserError, Verdict
from screener.store import guard, journals, opening, watch
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


WINDOWS = os.name == "nt"
NAMED_ANEW = [taken_away, removed, replaced]
TAKEN = [*NAMED_ANEW, its_folder_renamed]
"""What Windows lets nobody do to a file that is open."""
HAPPENINGS = [written_over, cut_short, *([] if WINDOWS else TAKEN)]
taken = pytest.mark.skipif(WINDOWS, reason="Windows lets nobody take away a file that is open")


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


@taken
@pytest.mark.parametrize("left", [0, 4_096])
def test_a_file_that_is_gone_and_cannot_be_read_any_more_is_put_together(mine, pair, left):
    """As when its drive was pulled out; what the connection has in memory is not all."""
    os.truncate(pair.a, left)
    pair.a.unlink()
    mine._file.connection.execute("PRAGMA shrink_memory")
    refused(mine)
    assert notes(mine.kept)[-1] == "first since"


@taken
def test_a_file_that_is_gone_and_cannot_be_read_is_not_called_damaged(mine, pair):
    os.truncate(pair.a, 0)
    pair.a.unlink()
    mine._file.connection.execute("PRAGMA shrink_memory")
    with pytest.raises(UserError, match="nothing more is written") as told:
        mine._file.rows("SELECT * FROM event")
    assert told.value.kind is ErrorKind.MOVED
    assert notes(mine.kept)[-1] == "first since"


@pytest.mark.skipif(not WINDOWS, reason="other systems let everybody")
@pytest.mark.parametrize("happening", NAMED_ANEW)
def test_windows_lets_nobody_take_it_away(mine, pair, happening):
    with pytest.raises(PermissionError):
        happening(pair.a, pair.b)
    decide(mine, "second since")
    mine.close()
    assert notes(pair.a)[-2:] == ["first since", "second since"]


@pytest.mark.skipif(not WINDOWS, reason="drives have letters on Windows alone")
def test_a_drive_that_is_gone_has_left_all_that_was_saved(pair, home):
    import ctypes

    define = ctypes.windll.kernel32.DefineDosDeviceW
    assert define(0, "R:", str(pair.folder))
    try:
        path = Path("R:/a.screener")
        if not path.exists():
            pytest.skip("no drive can be made here")
        with open_copy(path) as mine:
            mine.screening.reopen(TA, why="more")
            decide(mine, "first since")
            assert define(2, "R:", None)
            refused(mine)
            assert mine.kept.parent == home
            assert notes(mine.kept)[-1] == "first since"
    finally:
        define(2, "R:", None)


@taken
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


@taken
@pytest.mark.parametrize("happening", NAMED_ANEW)
def test_a_file_taken_away_during_the_commit_is_noticed_afterwards(mine, pair, happening):
    """Between the last look and the end of the commit: what was acknowledged is kept."""
    connection = mine._file.connection

    def at_commit(statement):
        if statement.startswith("COMMIT"):
            connection.set_trace_callback(None)
            happening(pair.a, pair.b)

    connection.set_trace_callback(at_commit)
    decide(mine, "at the commit")
    said = refused(mine)
    assert str(mine.kept) in said
    assert notes(mine.kept)[-1] == "at the commit"


def drive_fails(patch, path, times):
    """`stat` of this path fails as on a network drive that is away; gives what it does then."""
    real, left = os.stat, [times]

    def stat(asked, **how):
        if str(asked) == str(path) and left[0]:
            left[0] -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(asked, **how)

    patch.setattr(os, "stat", stat)


def test_a_drive_that_does_not_answer_for_a_while_is_no_file_that_is_gone(mine, pair, monkeypatch):
    with monkeypatch.context() as patch:
        drive_fails(patch, pair.a, 1)
        with pytest.raises(UserError, match="cannot be reached") as told:
            decide(mine, "not saved")
    assert "do it again" in str(told.value)
    assert mine.kept is None
    assert mine.writable
    decide(mine, "second since")
    mine.close()
    assert notes(pair.a)[-2:] == ["first since", "second since"]


def test_a_drive_that_does_not_answer_after_the_commit_has_what_was_saved(mine, pair, monkeypatch):
    connection = mine._file.connection
    patch = pytest.MonkeyPatch()

    def at_commit(statement):
        if statement.startswith("COMMIT"):
            connection.set_trace_callback(None)
            drive_fails(patch, pair.a, 1)

    connection.set_trace_callback(at_commit)
    with patch.context():
        decide(mine, "at the commit" * 500)  # the file is larger afterwards
    patch.undo()
    mine.require_there()
    decide(mine, "second since")
    mine.close()
    assert notes(pair.a)[-1] == "second since"


@pytest.mark.parametrize("took", [False, True])
def test_a_commit_that_failed_is_no_other_program_whether_it_took_or_not(
    mine, pair, monkeypatch, took
):
    """The drive gives an error when the journal is cleared: then all is in the file."""
    file, told = mine._file, []
    mine._file.listeners.append(told.append)
    real, error = file.atomic, sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_TRUNCATE"

    @contextmanager
    def failing():
        with real():
            yield
            if not took:
                raise error
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(file, "atomic", failing)
        with pytest.raises(UserError):
            decide(mine, "failed " * 1_000)
    assert told, "what is derived says something else than the file"
    mine.require_there()
    assert mine.kept is None
    decide(mine, "second since")
    written_over(pair.a, pair.b)
    refused(mine)
    found = notes(mine.kept)
    assert found[-1] == "second since"
    assert any(note.startswith("failed") for note in found) == took


def test_a_file_that_was_only_touched_is_written_on(mine, pair):
    os.utime(pair.a, ns=(1, 1))
    decide(mine, "second since")
    mine.close()
    assert notes(pair.a)[-2:] == ["first since", "second since"]


def damaged_within(path):
    """Another program changes the head of a page with records, and neither the size nor the end."""
    text = bytearray(path.read_bytes())
    pages = range(opening.PAGE, len(text), opening.PAGE)
    leaf = next(
        at for at in pages if text[at] == 13 and b'"authors"' in text[at : at + opening.PAGE]
    )
    text[leaf : leaf + 8] = b"\xff" * 8
    with path.open("r+b") as other:
        other.write(text)


def test_nothing_is_written_into_a_file_whose_pages_were_changed_at_the_same_size(mine, pair):
    damaged_within(pair.a)
    said = refused(mine)
    assert str(mine.kept) in said
    assert notes(mine.kept)[-1] == "first since"


def letter_changed(path):
    """Another program changes a letter of a title; size and time are what they were."""
    found, text = path.stat(), bytearray(path.read_bytes())
    text[text.rindex(b'"title":"') + 12] ^= 1
    with path.open("r+b") as other:
        other.write(text)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


unhidden = pytest.mark.skipif(WINDOWS, reason="Windows does not say when a file was touched")


@unhidden
@pytest.mark.parametrize("large", [False, True])
def test_bytes_that_were_changed_behind_the_time_are_found_by_the_next_backup(
    mine, pair, monkeypatch, large
):
    if large:
        monkeypatch.setattr(watch, "_SMALL", 0)
    assert mine.held
    letter_changed(pair.a)
    mine.require_there()
    assert not mine.held, "nobody is told to back it up soon"
    with pytest.raises(UserError, match="is damaged"):
        mine.backup_if_changed()
    refused(mine)
    assert notes(mine.kept)[-1] == "first since"


@unhidden
def test_a_file_that_was_only_touched_is_believed_after_a_backup(mine, pair, monkeypatch):
    mine.backup_if_changed()
    backups = len(mine.backups())
    pair.a.chmod(0o600)
    mine.require_there()
    assert not mine.held
    assert mine.backup_if_changed()
    assert len(mine.backups()) == backups + 1
    assert mine.held
    pair.a.chmod(0o644)
    mine.require_there()
    assert mine.held, "it is read whole again after every touch"
    monkeypatch.setattr(watch, "_AGAIN", 0)
    assert not mine.held


@unhidden
def test_a_file_that_was_touched_and_not_read_since_is_not_known_as_whole(mine, pair):
    mine.backup_if_changed()
    letter_changed(pair.a)
    mine.close()
    with pytest.raises(UserError, match="is damaged"):
        open_copy(pair.a)


def test_the_worker_and_the_first_writing_make_one_copy(pair, monkeypatch):
    """Whoever comes second waits: what is copied while it is written to is torn."""
    may_go, copied, real = Event(), [], guard.copyfileobj

    def slow(*given):
        copied.append(given)
        may_go.wait()
        real(*given)

    monkeypatch.setattr(guard, "copyfileobj", slow)
    with open_copy(pair.a) as copy:
        before = pair.a.read_bytes()
        threads = [Thread(target=copy.hold) for _ in range(2)]
        for thread in threads:
            thread.start()
        while not copied:
            pass
        may_go.set()
        copy.screening.reopen(TA, why="more")
        for thread in threads:
            thread.join()
        assert len(copied) == 1
        assert copy._file.guard.watch.base.read_bytes() == before
        decide(copy, "since")
        written_over(pair.a, pair.b)
        refused(copy)
        assert notes(copy.kept)[-1] == "since"


def test_a_backup_that_has_all_is_held_in_place_of_a_copy(mine, pair):
    mine.backup_if_changed()
    mine.close()
    with open_copy(pair.a) as again:
        assert again._file.guard.watch.base is None
        again.hold()
        assert again._file.guard.watch.base == again.backups()[0].path


def test_the_pages_of_a_large_file_that_is_touched_are_looked_at_now_and_then(
    mine, pair, monkeypatch
):
    monkeypatch.setattr(watch, "_SMALL", 0)
    os.utime(pair.a, ns=(1, 1))
    decide(mine, "second since")
    damaged_within(pair.a)
    decide(mine, "within the minute")
    monkeypatch.setattr(watch, "_APART", 0)
    refused(mine)
    assert notes(mine.kept)[-1] == "within the minute"


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


@taken
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


def sent_over(path):
    """Another program writes something else over a file, in its place."""
    path.write_bytes(b"something else" * 1_000)


@pytest.mark.parametrize("again", [Path.unlink, sent_over])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_was_kept_and_taken_away_too_is_kept_again(mine, pair, happening, again):
    happening(pair.a, pair.b)
    refused(mine)
    first = mine.kept
    assert mine.is_there()
    again(first)
    assert not mine.is_there()
    said = refused(mine)
    assert str(mine.kept) in said
    assert mine.is_there()
    assert notes(mine.kept)[-1] == "first since"
    assert again is Path.unlink or mine.kept != first


@taken
def test_what_was_kept_and_is_worked_in_since_is_not_kept_again(mine, pair):
    removed(pair.a, None)
    refused(mine)
    kept = mine.kept
    with open_copy(kept) as other:
        decide(other, "in what was kept")
        assert mine.is_there()
    assert mine.is_there()
    refused(mine)
    assert mine.kept == kept


@taken
def test_what_was_kept_never_gets_the_name_of_the_file_that_is_open(mine, pair):
    removed(pair.a, None)
    refused(mine)
    with open_copy(mine.kept) as second:
        decide(second, "second")
        second.path.unlink()
        refused(second)
        assert second.kept != second.path
        assert notes(second.kept)[-1] == "second"


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


def test_the_project_that_was_made_by_merging_is_one_in_what_is_kept(pair):
    made = pair.folder / "made.screener"
    merge_into(made, pair.a)
    with open_project(made) as review:
        review.backup_if_changed()
        review.consensus.continue_as_project("the disk broke")
        written_over(made, pair.b)
        with pytest.raises(UserError):
            review.require_there()
        kept = review.kept
    with open_project(kept) as again:
        assert again.verify() == []
        assert not again._file.made
        again.protocol.set(replace(again.protocol.current, title="It goes on"))


def test_raw_texts_that_came_for_older_records_are_not_missed(pair):
    """They lie among the rows that were there, so a backup follows before all is held again."""
    made = pair.folder / "made.screener"
    merge_into(made, pair.a, pair.b)
    with open_project(made) as review:
        review.backup_if_changed()
        review.consensus.merge(pair.project, project=True)
        assert review.has_tags
        assert not review.held
        backup = review.backup_if_changed()
        assert backup
        assert review.held
        written_over(made, pair.a)
        with pytest.raises(UserError):
            review.require_there()
        kept = review.kept
    with open_project(kept, write=False) as again:
        assert again.verify() == []
        assert again.has_tags


@taken
def test_a_file_whose_drive_gives_nothing_any_more_is_put_together(mine, pair):
    """The file is gone, and behind the connection there is nothing either."""
    there = os.open(pair.a, os.O_RDWR)
    pair.a.unlink()
    os.ftruncate(there, 0)
    mine._file.connection.execute("PRAGMA shrink_memory")
    with pytest.raises(UserError) as told:
        mine.require_there()
    assert str(mine.kept) in str(told.value)
    assert notes(mine.kept)[-1] == "first since"
    os.close(there)


def test_what_is_not_whole_is_not_said_to_be_kept(mine, pair):
    """The last backup was damaged meanwhile."""
    base = mine._file.guard.watch.base
    base.write_bytes(base.read_bytes().replace(b'"verdict":"exclude"', b'"verdict":"include"'))
    written_over(pair.a, pair.b)
    with pytest.raises(UserError, match="leave this window open"):
        mine.require_there()
    assert mine.kept is None
    assert not list(pair.folder.glob("* kept *"))


@taken
def test_what_took_the_place_of_a_file_is_not_believed_when_that_is_closed(mine, pair, tmp_path):
    """It has a journal of its own, and it is damaged."""
    other = tmp_path / "other.screener"
    other.write_bytes(pair.b.read_bytes().replace(b'"verdict":"include"', b'"verdict":"exclude"'))
    replaced(pair.a, other)
    journal = journals.journal_of(pair.a)
    journal.write_bytes(b"what another program needs")
    mine.close()
    assert journal.read_bytes() == b"what another program needs"
    with pytest.raises(UserError) as told:
        open_project(pair.a, write=False)
    assert told.value.kind is ErrorKind.DAMAGED
