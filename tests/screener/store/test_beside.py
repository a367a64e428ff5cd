"""What the program writes beside a project: never through a link, never left to block a try."""

import errno
import os
import socket
import subprocess
import sys

import pytest

from screener import create_project, open_copy, open_project
from screener.merging import merge_into
from screener.model import UserError
from screener.store import paths, temporary
from tests.screener.links import link_to, pipe_at


@pytest.fixture(params=["link", "link to nothing", "pipe", "folder", "file"])
def in_the_way(request, tmp_path):
    """A function that puts something under a name, and what it must not change."""
    other = tmp_path / "thesis.docx"
    other.write_bytes(b"mine")

    def put(path):
        if request.param == "link":
            link_to(path, other)
        elif request.param == "link to nothing":
            link_to(path, tmp_path / "made by nobody")
        elif request.param == "pipe":
            pipe_at(path)
        elif request.param == "folder":
            path.mkdir()
        else:
            path.write_bytes(b"old note")

    yield put
    assert other.read_bytes() == b"mine"
    assert not (tmp_path / "made by nobody").exists()


def test_the_note_of_who_has_a_file_open(pair, in_the_way):
    note = pair.project.with_name(".~lock.p.screener#")
    in_the_way(note)
    with open_project(pair.project) as review:
        assert review.writable
        code = "import sys; from screener import open_project; open_project(sys.argv[1])"
        other = subprocess.run(
            [sys.executable, "-c", code, str(pair.project)], capture_output=True, text=True
        )
        assert "UserError: p.screener is open (" in other.stderr
    assert not note.exists() or note.is_dir()


def test_a_note_that_another_program_left_meanwhile_is_its_own(pair):
    note = pair.project.with_name(".~lock.p.screener#")
    with open_project(pair.project):
        note.unlink()
        note.write_text("theirs")
    assert note.read_text() == "theirs"


def test_its_own_note_goes_whatever_time_the_drive_gives_it(pair):
    """Windows may set the time of a file when it is closed; others round it."""
    note = pair.project.with_name(".~lock.p.screener#")
    with open_project(pair.project):
        os.utime(note, ns=(1, 1))
    assert not note.exists()


def test_a_name_too_long_for_its_note_does_without(tmp_path):
    path = tmp_path / ("n" * 237 + ".screener")
    create_project(path, title="Long").close()
    with open_project(path) as review:
        assert review.verify() == []
        assert review.backup(tmp_path / "b.screener").exists()
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".screener", ".screener"]


def test_what_a_killed_process_left_is_cleared(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from screener.store import temporary\n"
        "with temporary.private_folder(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'new').write_bytes(b'half'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    paths.write_text(tmp_path / "list.csv", "whole")
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


def test_what_others_have_there_is_left_alone(tmp_path):
    names = [".screener-0badcafe-1-abc", ".screener-mine", "screener-part"]
    for name in names:
        (tmp_path / name).mkdir()
    with temporary.private_folder(tmp_path) as one, temporary.private_folder(tmp_path) as other:
        assert one != other
        assert {p.name for p in tmp_path.iterdir()} == {*names, one.name, other.name}
    assert {p.name for p in tmp_path.iterdir()} == set(names)


@pytest.mark.skipif(sys.platform == "win32", reason="no modes are kept there")
@pytest.mark.parametrize("inheriting", [False, True])
def test_what_is_written_beside_its_place_is_open_to_whoever_the_folder_is(
    inheriting, tmp_path, monkeypatch
):
    """Windows keeps for a file what its first folder allowed; elsewhere that folder is ours."""
    monkeypatch.setattr(temporary, "INHERITING", inheriting)
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    with paths.written_beside(shared / "copy.screener") as beside:
        beside.write_bytes(b"ours")
        allowed = beside.parent.stat().st_mode & 0o777
    assert allowed == (0o755 if inheriting else 0o700)
    assert [p.name for p in shared.iterdir()] == ["copy.screener"]


@pytest.mark.skipif(sys.platform == "win32", reason="a rename writes over nothing there")
@pytest.mark.parametrize("came", ["file", "link to nothing"])
def test_what_comes_to_a_new_place_at_the_last_moment_is_not_written_over(
    tmp_path, monkeypatch, came
):
    """Between the last look and the giving of the name."""
    place = tmp_path / "list.csv"

    def comes(real):
        def act(*asked, **how):
            if not os.path.lexists(place):
                place.write_bytes(b"theirs") if came == "file" else place.symlink_to("nothing")
            return real(*asked, **how)

        return act

    def write():
        with paths.written_beside(place, new=True) as beside:
            beside.write_bytes(b"ours")
            monkeypatch.setattr(os, "link", comes(os.link))
            monkeypatch.setattr(os, "replace", comes(os.replace))

    with pytest.raises(UserError):
        write()
    assert place.is_symlink() or place.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


def test_on_a_drive_without_hard_links_a_new_file_gets_its_name(tmp_path, monkeypatch):
    def link(*_asked, **_how):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    with paths.written_beside(tmp_path / "list.csv", new=True) as beside:
        beside.write_bytes(b"ours")
    assert (tmp_path / "list.csv").read_bytes() == b"ours"


def test_what_came_to_a_new_place_meanwhile_is_not_written_over(tmp_path):
    place = tmp_path / "list.csv"

    def write():
        with paths.written_beside(place, new=True) as beside:
            beside.write_bytes(b"ours")
            place.write_bytes(b"theirs")

    with pytest.raises(UserError, match="is there already"):
        write()
    assert place.read_bytes() == b"theirs"


def test_a_new_project_that_fails_leaves_nothing(tmp_path):
    (tmp_path / "p.toml").write_text("title = 7")
    with pytest.raises(UserError):
        create_project(tmp_path / "x.screener", title="", protocol=tmp_path / "p.toml")
    assert [p.name for p in tmp_path.iterdir()] == ["p.toml"]


def test_a_merge_into_a_new_file_that_fails_leaves_nothing(pair, tmp_path):
    (tmp_path / "made").mkdir()
    with pytest.raises(UserError, match="Say why"):
        merge_into(tmp_path / "made" / "x.screener", pair.a, as_project="  ")
    assert list((tmp_path / "made").iterdir()) == []


def test_what_a_process_of_another_computer_writes_is_left_alone(tmp_path, monkeypatch):
    """Two computers have the user's own folder in common: the process runs there, not here."""
    with monkeypatch.context() as patch:
        patch.setattr(socket, "gethostname", lambda: "the-other")
        with temporary.private_folder(tmp_path) as folder:
            theirs = folder.with_name(folder.name.replace(f"-{os.getpid()}-", "-999999999-"))
            theirs.mkdir()
    with temporary.private_folder(tmp_path):
        assert theirs.exists()
    with monkeypatch.context() as patch:
        patch.setattr(socket, "gethostname", lambda: "the-other")
        with temporary.private_folder(tmp_path):
            assert not theirs.exists()


def test_a_drive_that_numbers_no_files_has_more_than_one(pair, monkeypatch):
    """As some network drives: every inode is 0."""
    real = os.stat

    def stat(path, **how):
        found = real(path, **how)
        return os.stat_result((found[0], 0, *found[2:]))

    monkeypatch.setattr(os, "stat", stat)
    with open_copy(pair.a), open_copy(pair.b):
        for one in (pair.a, pair.folder / ".." / pair.folder.name / "a.screener"):
            with pytest.raises(UserError, match="is the project that is open"):
                open_copy(one)
    with open_copy(pair.a) as mine:
        assert mine.verify() == []


def test_what_is_written_over_a_link_is_written_where_it_leads(tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "report.csv", tmp_path / "report.csv"
    for before in (None, b"old"):
        if before is not None:
            target.write_bytes(before)
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        with paths.written_beside(link) as beside:
            beside.write_bytes(b"new")
        assert link.is_symlink()
        assert target.read_bytes() == b"new"
        assert [one.name for one in tmp_path.iterdir()].count("report.csv") == 1


def test_a_link_to_a_project_is_no_way_over_it(tmp_path, making):
    project, link = making.review(tmp_path / "r"), tmp_path / "report.csv"
    link.symlink_to(project)
    before = project.read_bytes()
    with pytest.raises(UserError, match="is not written over"), paths.written_beside(link):
        pass
    assert project.read_bytes() == before
