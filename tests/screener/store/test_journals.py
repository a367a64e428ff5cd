"""A journal left by a crash is played back into the file it belongs to, and into nothing else."""

import errno
import os
import shutil
import subprocess
import sys

import pytest

from screener import create_project, open_copy, open_project, restore
from screener.model import Stage, UserError
from screener.store import journals
from tests.screener.links import link_to, pipe_at

TA = Stage.TITLE_ABSTRACT

SAVING = """
import sys, time
from screener import open_copy
from screener.model import Stage, Verdict
from screener.screening.screening import Draft

with open_copy(sys.argv[1]) as mine:
    # So small a cache that changed pages go to the file in the middle of the transaction.
    mine._file.connection.execute("PRAGMA cache_size = 1")
    units = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)
    def hold(done, total, what):
        if done:
            print("saving", flush=True)
            time.sleep(60)
    drafts = [Draft(unit=u, verdict=Verdict.EXCLUDE, note="a long note " * 200) for u in units]
    mine.screening.decisions.decide_many(drafts, stage=Stage.TITLE_ABSTRACT, progress=hold)
"""


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    """A copy and its journal, of which a process was killed while it saved; and one from before."""
    from tests.screener.conftest import Making

    home = tmp_path_factory.mktemp("home-of-crash")
    before, os.environ["SCREENER_HOME"] = os.environ.get("SCREENER_HOME"), str(home)
    folder = tmp_path_factory.mktemp("crashed")
    Making.review(folder, records=150)
    copy = folder / "a.screener"
    with open_copy(copy) as mine:
        backup = mine.backup()
        shutil.copy(backup, folder / "backup.screener")
    shutil.copy(copy, folder / "before.screener")
    Making.screen(copy, {1: "include"}, close=False)
    with open_copy(copy) as mine:
        shutil.copy(mine.backup(), folder / "later.screener")
    with subprocess.Popen(
        [sys.executable, "-c", SAVING, str(copy)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "saving\n"
        child.kill()
        child.wait()
    if before is None:
        del os.environ["SCREENER_HOME"]
    else:
        os.environ["SCREENER_HOME"] = before
    return folder


@pytest.fixture
def place(crashed, tmp_path):
    """The crashed file and its journal in a folder of this test, and the other files."""
    shutil.copytree(crashed, tmp_path / "place")
    return tmp_path / "place" / "a.screener"


def left(path):
    return sorted(p.name for p in path.parent.iterdir() if "journal" in p.name or "left" in p.name)


def test_a_journal_belongs_to_the_file_that_crashed(place):
    assert journals.belongs(place)
    with open_copy(place) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == 1
    assert left(place) == []


@pytest.mark.parametrize("how", ["renamed", "written into"])
@pytest.mark.parametrize("name", ["backup", "before", "later", "b"])
def test_it_is_not_played_back_into_what_came_in_its_place(place, name, how):
    other = place.with_name(f"{name}.screener")
    journal = journals.journal_of(place).read_bytes()
    whole = other.read_bytes()
    if how == "renamed":
        place.unlink()
        shutil.copy(other, place)
    else:
        place.write_bytes(whole)
    with open_project(place, write=False) as read:
        assert read.verify() == []
    assert place.read_bytes() == whole
    assert journals.journal_of(place).read_bytes() == journal
    with open_copy(place) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == (name == "later")
    kept = place.with_name("a.screener-left-over-1")
    assert left(place) == [kept.name]
    assert kept.read_bytes() == journal


@pytest.mark.parametrize("command", ["new", "restore", "copy"])
def test_a_new_file_under_its_name_is_whole(place, making, command):
    """The file is gone, its journal is not."""
    journal = journals.journal_of(place).read_bytes()
    place.unlink()
    if command == "new":
        create_project(place, title="Another").close()
    elif command == "restore":
        restore(place.with_name("backup.screener"), place)
    else:
        with open_project(place.with_name("p.screener")) as review:
            review.consensus.write_copy("Somebody else", place)
    with open_project(place) as mine:
        assert mine.verify() == []
    assert place.with_name("a.screener-left-over-1").read_bytes() == journal


def test_each_journal_that_is_set_aside_keeps_a_name_of_its_own(place):
    shutil.copy(place.with_name("before.screener"), place)
    journal = journals.journal_of(place)
    for number in (1, 2):
        journal.write_bytes(os.urandom(3000 + number))
        open_copy(place).close()
        assert left(place) == [f"a.screener-left-over-{n}" for n in range(1, number + 1)]


@pytest.mark.parametrize("cut", [1, 8, 27, 28, 512, 600, 1500])
def test_a_journal_that_was_not_written_to_its_end_changed_nothing(place, cut):
    shutil.copy(place.with_name("before.screener"), place)
    journal = journals.journal_of(place)
    journal.write_bytes(journal.read_bytes()[:cut])
    with open_copy(place) as mine:
        assert mine.verify() == []


def test_the_journal_of_a_file_that_is_being_written_is_left_alone(place):
    with open_copy(place) as mine:
        mine._file.connection.execute("BEGIN")
        mine._file.connection.execute("PRAGMA user_version = 1")
        code = (
            "import sys; from pathlib import Path; from screener.store import journals; "
            "p = Path(sys.argv[1]); journals.journal_of(p).write_bytes(b'x'); "
            "print(journals.set_aside(p).places)"
        )
        said = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True)
        mine._file.connection.execute("ROLLBACK")
    assert said.stdout.strip() == b"[]"
    assert left(place) == []


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_no_file_is_moved_and_not_written_to(place, what):
    shutil.copy(place.with_name("before.screener"), place)
    journal, other = journals.journal_of(place), place.with_name("thesis.docx")
    journal.unlink()
    other.write_bytes(b"mine")
    if what == "link":
        link_to(journal, other)
    elif what == "pipe":
        pipe_at(journal)
    else:
        journal.mkdir()
    with open_project(place, write=False) as read:
        assert read.verify() == []
    with open_copy(place) as mine:
        assert mine.verify() == []
    assert other.read_bytes() == b"mine"
    assert left(place) == ["a.screener-left-over-1"]


def test_nothing_is_written_over_when_it_is_moved(place):
    shutil.copy(place.with_name("before.screener"), place)
    taken = [place.with_name(f"a.screener-left-over-{n}") for n in range(1, 3)]
    link_to(taken[0], place.parent / "nowhere")
    open_copy(place).close()
    assert taken[0].is_symlink()
    assert taken[1].is_file()


FIRST_ANOTHER_PAGE = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN IMMEDIATE")
db.execute("DELETE FROM own")
db.execute("DELETE FROM current")
db.execute("INSERT INTO own VALUES ('a', hex(zeroblob(30000)))")
os._exit(1)
"""


def test_a_journal_whose_owner_cannot_be_told_is_set_aside_and_said(place):
    """Both files have as many pages, and page 1 is not the first in it."""
    other, whole = place.with_name("other.screener"), place.with_name("before.screener")
    shutil.copy(whole, place)
    shutil.copy(whole, other)
    subprocess.run([sys.executable, "-c", FIRST_ANOTHER_PAGE, str(other)], check=False)
    journal = journals.journal_of(other).read_bytes()
    journals.journal_of(place).write_bytes(journal)
    with open_project(place, write=False) as read:
        assert read.verify() == []
    code = "import sys; from screener import open_copy; open_copy(sys.argv[1]).close()"
    said = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True)
    assert said.stderr == (
        "a.screener-journal is not known as written for a.screener, so it was set aside as "
        "a.screener-left-over-1; nothing of it was read.\n"
    )
    assert place.with_name("a.screener-left-over-1").read_bytes() == journal
    assert place.read_bytes() == whole.read_bytes()


def not_to_be_written(patch, why):
    """Opening any file to write it fails, as in a folder that is read-only to this account."""
    real = os.open

    def opened(path, flags, *more, **how):
        if flags & (os.O_RDWR | os.O_WRONLY) and str(path).endswith(".screener"):
            raise OSError(why, os.strerror(why))
        return real(path, flags, *more, **how)

    patch.setattr(os, "open", opened)


READ_ONLY = [errno.EACCES, errno.EPERM, errno.EROFS]


@pytest.mark.parametrize("why", READ_ONLY)
def test_a_file_that_may_not_be_written_is_read_without_what_was_not_saved(place, monkeypatch, why):
    before = place.read_bytes(), journals.journal_of(place).read_bytes()
    with monkeypatch.context() as patch:
        not_to_be_written(patch, why)
        with open_project(place, write=False) as mine:
            assert mine.verify() == []
            assert mine.screening.progress(TA).decided == 1
    assert (place.read_bytes(), journals.journal_of(place).read_bytes()) == before


def test_a_file_that_may_not_be_written_here_is_being_written_elsewhere(place, monkeypatch):
    with subprocess.Popen(
        [sys.executable, "-c", SAVING, str(place)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "saving\n"
        not_to_be_written(monkeypatch, errno.EACCES)
        with pytest.raises(UserError, match="is open"):
            open_project(place, write=False)
        child.kill()
