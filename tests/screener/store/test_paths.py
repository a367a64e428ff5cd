"""Paths as each system writes them, and what is said of those that cannot be written."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from screener import create_project, open_project
from screener.model import UserError
from screener.store import computer, opening, paths, temporary, windows
from screener.store.file import FileKind

WINDOWS = os.name == "nt"
on_windows = pytest.mark.skipif(not WINDOWS, reason="other systems let every program read")
HOLD = """
import ctypes, sys
kernel = ctypes.WinDLL("kernel32")
kernel.CreateFileW.restype = ctypes.c_void_p
handle = kernel.CreateFileW(
    sys.argv[1], ctypes.c_ulong(0xC0000000), int(sys.argv[2]), None, 3, 0, None
)
print("held" if handle != ctypes.c_void_p(-1).value else "not held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/home/maya/a b.screener"), "file:///home/maya/a%20b.screener?mode=ro"),
        (PurePosixPath("/r/50%?#.screener"), "file:///r/50%25%3F%23.screener?mode=ro"),
        (PureWindowsPath(r"C:\r\a.screener"), "file:///C%3A/r/a.screener?mode=ro"),
        (PureWindowsPath(r"\\server\share\a.screener"), "file:////server/share/a.screener?mode=ro"),
        (PureWindowsPath(r"\\?\C:\a.screener"), "file:///%5C%5C%3F%5CC%3A%5Ca.screener?mode=ro"),
    ],
)
def test_sqlite_is_asked_for_a_path_in_every_notation(path, address):
    assert paths.uri(path, "ro") == address


@pytest.mark.parametrize("name", ["50% of it.screener", "a#b.screener", "größer ü.screener"])
def test_sqlite_opens_what_is_called_so(tmp_path, name):
    create_project(tmp_path / name, title="T").close()
    with closing(sqlite3.connect(paths.uri(tmp_path / name, "ro"), uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM meta").fetchone()[0] >= 3


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("p.screener", True),
        ("Überblick (2) – 王心.screener", True),
        ("console.screener", True),
        (".~lock.p.screener#", True),
        ("con.screener", False),
        ("Aux", False),
        ("nul .txt", False),
        ("COM1.a.screener", False),
        ("part 1: children.screener", False),
        ("p.screener:zone", False),
        ("what?.screener", False),
        ("p.screener.", False),
        ("p.screener ", False),
        ("a\tb.screener", False),
    ],
)
def test_what_a_file_may_be_called_on_windows(tmp_path, name, known):
    assert windows.is_name(name) is known
    if WINDOWS and not known:
        with pytest.raises(UserError, match="Windows has no files that are called"):
            create_project(tmp_path / name, title="T")
        assert list(tmp_path.iterdir()) == []


@on_windows
@pytest.mark.parametrize("notation", ["\\\\?\\{}", "\\\\.\\{}"])
def test_a_project_is_opened_by_a_path_in_the_notation_of_the_system(tmp_path, notation):
    path = Path(notation.format(tmp_path / "p.screener"))
    create_project(path, title="T").close()
    with open_project(path) as review:
        assert review.verify() == []


def test_files_on_a_drive_that_numbers_none_are_different_files(tmp_path, monkeypatch):
    stat = os.stat
    zero = 1  # the place of the inode in what `stat` returns

    def without_numbers(path, **how):
        found = stat(path, **how)
        return os.stat_result((*found[:zero], 0, *found[zero + 1 :]))

    one, other = tmp_path / "one.screener", tmp_path / "other.screener"
    create_project(one, title="T").close()
    create_project(other, title="T").close()
    monkeypatch.setattr(os, "stat", without_numbers)
    assert paths.identity(one) == paths.identity(tmp_path / "." / "one.screener")
    with open_project(one):
        assert paths.is_open(one)
        assert not paths.is_open(other)
        open_project(other).close()


def test_a_path_that_is_too_long_is_not_called_a_missing_folder(tmp_path):
    assert "too long" in str(paths.unreachable(tmp_path / ("n" * 250)))
    assert "There is no folder" in str(paths.unreachable(tmp_path / "nowhere" / "n"))


def test_a_name_that_is_too_long_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match=r"cannot be reached|too long") as told:
        create_project(tmp_path / f"{'n' * 300}.screener", title="T")
    assert len(str(told.value)) < 300 + len(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_that_could_not_be_laid_out_is_closed_and_goes(tmp_path):
    place = tmp_path / "p.screener"
    with pytest.raises(UserError) as told:
        opening.create(place, kind=FileKind.PROJECT, uuid="no id")
    assert "damaged" in str(told.value)
    assert not place.exists()
    held = Path("/proc/self/fd")
    if sys.platform == "linux":
        assert not [fd for fd in held.iterdir() if str(place) in str(os.path.realpath(fd))]


def test_a_folder_in_which_nothing_may_be_made_is_said_at_once(tmp_path, monkeypatch):
    """On Windows `tempfile` tries for ever: it takes the refusal for a name that is taken."""
    tried = []

    mkdir = os.mkdir

    def refused(path, *mode):
        if Path(path).parent != tmp_path:
            return mkdir(path, *mode)
        tried.append(path)
        raise PermissionError(13, "Access is denied", str(path))

    monkeypatch.setattr(os, "mkdir", refused)
    with pytest.raises(UserError, match="could not be written"):
        paths.write_text(tmp_path / "list.csv", "x")
    assert len(tried) == 1


def test_a_standing_is_kept_also_while_another_program_reads_the_old_one(home, monkeypatch):
    log = "a" * 32
    computer.note_standing(log, computer.Standing("1", "f", in_use=True))

    def refused(self, _target):
        raise PermissionError(13, "Access is denied", str(self))

    monkeypatch.setattr(Path, "replace", refused)
    computer.note_standing(log, computer.Standing("2", "f", in_use=False))
    assert computer.standing(log) == computer.Standing("2", "f", in_use=False)


@pytest.mark.parametrize("there", [True, False])
def test_a_process_of_somebody_else_runs(there):
    program = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(program, stdin=subprocess.PIPE) as child:
        if not there:
            child.kill()
            child.wait()
        assert temporary._runs(child.pid) is there
        child.kill()


@pytest.fixture
def held():
    """Let another program open a file and share reading (1), as Excel does, or nothing (0)."""
    children = []

    def hold(path, share):
        child = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path), str(share)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        assert child.stdout.readline().strip() == "held"

    yield hold
    for child in children:
        child.communicate()


@on_windows
def test_a_table_that_is_open_in_excel(tmp_path, held):
    place = tmp_path / "list.csv"
    place.write_bytes(b"old")
    held(place, 1)
    with pytest.raises(UserError, match=r"list\.csv is held by another program"):
        paths.write_text(place, "new")
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


@on_windows
def test_a_project_that_a_scanner_holds(pair, held):
    held(pair.project, 0)
    for opened in (open_project, lambda p: open_project(p, write=False)):
        with pytest.raises(UserError, match=r"p\.screener is held by another program"):
            opened(pair.project)
