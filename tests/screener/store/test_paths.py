"""Paths as each system writes them, and what is said of those that cannot be written."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import screener
from screener import create_project, open_project
from screener.model import ErrorKind, Summary, UserError
from screener.model.words import is_windows_name
from screener.store import computer, file_names, opening, paths, temporary, windows
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
FOLDER = "f" * 200  # with the names of what is written beside a file, its path is too long


PLACES = {
    PurePosixPath("/home/maya/a b.screener"): "file:///home/maya/a%20b.screener?mode=ro",
    PureWindowsPath(r"C:\Reviews\50% #1?.screener"): "file:///C%3A/Reviews/50%25%20%231%3F.screener"
    "?mode=ro",
    PureWindowsPath(r"\\server\share\é.screener"): "file:////server/share/%C3%A9.screener?mode=ro",
    PureWindowsPath(r"\\?\C:\x.screener"): "file:///%5C%5C%3F%5CC%3A%5Cx.screener?mode=ro",
    PureWindowsPath(f"C:/{FOLDER}/x.db"): f"file:///%5C%5C%3F%5CC%3A%5C{FOLDER}%5Cx.db?mode=ro",
}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_file_is_named_after_an_empty_authority(place):
    assert paths.uri(place, "ro") == PLACES[place]
    with pytest.raises(sqlite3.OperationalError) as refused:  # there is none, and no other reason
        sqlite3.connect(paths.uri(place, "ro"), uri=True)
    assert "unable to open database file" in str(refused.value)


@pytest.mark.parametrize(
    "name",
    ["a b.db", "50% #1 größer.db", "50% #1?mode=rwc&x.db", "é\udcff.db", "%41.db"],
)
def test_sqlite_opens_the_file_that_is_named(name, tmp_path, monkeypatch):
    if WINDOWS and not (is_windows_name(name) and name.isprintable()):
        pytest.skip("Windows has no files that are called so")
    with closing(sqlite3.connect(tmp_path / name)) as made:
        made.execute("PRAGMA user_version = 7")
    monkeypatch.chdir(tmp_path)
    twice = tmp_path / name if WINDOWS else Path(f"/{tmp_path / name}")
    for place in (Path(name), tmp_path / name, twice):
        with closing(sqlite3.connect(paths.uri(place, "ro"), uri=True)) as opened:
            assert opened.execute("PRAGMA user_version").fetchone() == (7,)


def test_nobody_else_says_how_sqlite_is_told():
    modules = Path(screener.__file__).parent.rglob("*.py")
    assert not [path for path in modules if "as_uri" in path.read_text("utf-8")]


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
    assert is_windows_name(name) is known
    if WINDOWS and not known:
        with pytest.raises(UserError, match="Windows has no files that are called"):
            create_project(tmp_path / name, title="T")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["p.screener:zone", "con.screener", "a|b.screener", "E:p.screener", "p.screener."]
)
def test_a_name_that_windows_does_not_have_is_one_sentence_before_anything_is_made(name):
    with pytest.raises(UserError) as told:
        file_names.require_name(PureWindowsPath(r"C:\reviews") / name)
    assert name in str(told.value)
    assert str(told.value).endswith(".")
    for sound in (PureWindowsPath(r"E:\p.screener"), PurePosixPath(f"/reviews/{name}")):
        file_names.require_name(sound)


@on_windows
@pytest.mark.parametrize("notation", ["\\\\?\\{}", "\\\\.\\{}"])
def test_a_project_is_opened_by_a_path_in_the_notation_of_the_system(tmp_path, notation):
    path = Path(notation.format(tmp_path / "p.screener"))
    create_project(path, title="T").close()
    with open_project(path) as review:
        assert review.verify() == []


@pytest.mark.parametrize(
    ("place", "reached"),
    [
        (PureWindowsPath(r"C:\short\x.db"), r"C:\short\x.db"),
        (PureWindowsPath(f"C:/{FOLDER}/x.db"), rf"\\?\C:\{FOLDER}\x.db"),
        (PureWindowsPath(rf"C:\{FOLDER}\..\b\.\{FOLDER}"), rf"\\?\C:\b\{FOLDER}"),
        (PureWindowsPath(rf"\\server\share\{FOLDER}"), rf"\\?\UNC\server\share\{FOLDER}"),
        (PureWindowsPath(rf"\\?\C:\{FOLDER}"), rf"\\?\C:\{FOLDER}"),
        (PurePosixPath(f"/{FOLDER}/x.db"), f"/{FOLDER}/x.db"),
    ],
    ids=["short", "drive", "up", "server", "said so", "elsewhere"],
)
def test_a_long_path_is_said_in_the_notation_that_windows_reads_to_its_end(place, reached):
    assert str(windows.reached(place, longest=windows.ROOMY)) == reached
    assert windows.reached(place, longest=1_000) == place


class Held:
    """A file that another program holds while it is asked for the first few times."""

    def __init__(self, times):
        self.asked, self._times = 0, times

    def read(self):
        self.asked += 1
        if self.asked <= self._times:
            raise PermissionError(13, "The process cannot access the file")
        return "text"


def test_what_is_held_for_a_moment_is_tried_again_on_windows():
    held = Held(3)
    assert windows.patiently(held.read, here=True) == "text"
    assert held.asked == 4


def test_what_is_held_longer_is_given_up_in_the_end():
    held = Held(10_000)
    with pytest.raises(PermissionError):
        windows.patiently(held.read, here=True, wait=0.01)
    assert held.asked > 1


def test_elsewhere_what_is_not_permitted_is_not_waited_for():
    held = Held(1)
    with pytest.raises(PermissionError):
        windows.patiently(held.read, here=False)
    assert held.asked == 1


def test_what_stands_beside_an_open_file_is_not_shown_in_its_folder(pair):
    """Windows shows what begins with a full stop, and hides what it is told to hide."""
    with open_project(pair.project) as review:
        review.protocol.add_criterion("setting", include="Schools")
        beside = {each for each in pair.project.parent.iterdir() if pair.project.name in each.name}
        for each in beside - {pair.project}:
            if WINDOWS:
                assert each.stat().st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN, each
            else:
                assert each.name.startswith(".") or each.name.endswith("-journal"), each
        assert len(beside) == 3


@on_windows
def test_a_file_that_was_written_beside_its_place_is_shown(tmp_path):
    with temporary.private_folder(tmp_path) as folder:
        assert folder.stat().st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN
    paths.write_text(tmp_path / "list.csv", "x")
    found = (tmp_path / "list.csv").stat().st_file_attributes
    assert not found & stat.FILE_ATTRIBUTE_HIDDEN


def test_on_macos_the_drive_is_asked_to_keep_what_was_written(tmp_path, monkeypatch):
    """There `fsync` is answered before the drive has it."""
    fcntl = pytest.importorskip("fcntl")
    asked = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, what: asked.append(what))
    monkeypatch.setattr(sys, "platform", "darwin")
    paths.write_text(tmp_path / "list.csv", "x")
    assert asked == [51, 51]  # the file, and its name in the folder


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


def test_where_a_log_stands_is_kept_also_while_another_program_reads_the_old_one(home, monkeypatch):
    log = "a" * 32
    computer.note_log_end(log, computer.LogEnd("1", "f", in_use=True))

    def refused(self, _target):
        raise PermissionError(13, "Access is denied", str(self))

    monkeypatch.setattr(Path, "replace", refused)
    computer.note_log_end(log, computer.LogEnd("2", "f", in_use=False))
    assert [each.name for each in (home / "logs").iterdir()] == [f"{log}.json"]
    assert computer.log_end(log) == computer.LogEnd("2", "f", in_use=False)


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


def test_a_file_of_no_review_is_not_read_to_its_end(tmp_path, monkeypatch):
    """On a network drive, a large file that only has such a name would be waited for."""
    place = tmp_path / "video.screener"
    place.write_bytes(b"no database" * 1_000)

    def refuse(*_, **__):
        raise AssertionError("it was read")

    monkeypatch.setattr(Path, "open", refuse)
    assert screener.summary_of(place) == Summary()


def test_of_files_that_are_written_together_all_are_put_in_place_or_none(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("old")

    def full():
        with paths.together():
            paths.write_text(one, "new")
            with paths.written_beside(other):
                raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match=r"other\.csv") as told:
        full()
    assert told.value.kind is ErrorKind.FULL
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("one.csv", "old")]
    with paths.together():
        paths.write_text(one, "new")
        paths.write_text(other, "newer")
        assert one.read_text() == "old"
    assert (one.read_text(), other.read_text()) == ("new", "newer")
