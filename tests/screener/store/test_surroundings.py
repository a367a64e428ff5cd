"""Folders that a service synchronises, drives of the network, and the doubles services make."""

import os
import shutil
from pathlib import Path

import pytest

from screener import open_copy, open_project
from screener.store import surroundings
from screener.store.surroundings import doubles, shared_place
from tests.screener.links import link_to

NOTHING = Path("/nonexistent/mounts")
whatever_the_case = pytest.mark.skipif(os.name != "nt", reason="names differ by their case here")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive/Review", "OneDrive"),
        ("OneDrive - University of Somewhere/Documents", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Dropbox/Review", "Dropbox"),
        ("Dropbox (Team)/Review", "Dropbox"),
        ("Google Drive/My Drive", "Google Drive"),
        ("GoogleDrive-maya@example.org/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/Review", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Nextcloud/Review", "Nextcloud"),
        ("Documents/Review", ""),
        ("OneDriver/Review", ""),
        ("Dropboxes", ""),
    ],
)
def test_a_folder_of_a_service_is_known_by_its_name(tmp_path, folder, name):
    assert shared_place(tmp_path / folder / "project.screener", NOTHING) == name


@pytest.mark.parametrize(
    ("mark", "name"), [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox")]
)
def test_a_folder_of_a_service_is_known_by_what_lies_in_it(tmp_path, mark, name):
    (tmp_path / "Work" / mark).mkdir(parents=True)
    assert shared_place(tmp_path / "Work" / "Review" / "p.screener", NOTHING) == name
    assert shared_place(tmp_path / "p.screener", NOTHING) == ""


def test_the_folder_that_the_system_names_is_one(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path.resolve() / "Work files"))
    assert shared_place(tmp_path / "Work files" / "p.screener", NOTHING) == "OneDrive"


@whatever_the_case
def test_the_folder_that_the_system_names_in_other_letters(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path.resolve() / "WORK FILES"))
    assert shared_place(tmp_path / "Work files" / "p.screener", NOTHING) == "OneDrive"


def test_a_link_into_such_a_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    link_to(tmp_path / "Reviews", tmp_path / "Dropbox")
    assert shared_place(tmp_path / "Reviews" / "p.screener", NOTHING) == "Dropbox"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"\\server\share\review\p.screener", "a network drive"),
        ("//server/share/p.screener", "a network drive"),
        (r"\\?\C:\Users\maya\p.screener", ""),
        ("/home/maya/p.screener", ""),
    ],
)
def test_a_path_that_names_a_server(path, name):
    assert shared_place(Path(path), NOTHING) == name


@pytest.mark.skipif(os.name == "nt", reason="what Linux says of its drives")
@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("home", ""),
        ("home/share", "a network drive"),
        ("home/share/local", ""),
        ("home/shared", ""),
        ("a b/c", "a network drive"),
        ("ssh", "a network drive"),
    ],
)
def test_a_drive_of_the_network_is_known_by_what_the_system_says(tmp_path, folder, name):
    root = tmp_path.resolve()
    mounts = tmp_path / "mounts"
    blank = "a\\040b"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        f"//server/share {root}/home/share cifs rw 0 0\n"
        f"/dev/sdb1 {root}/home/share/local ext4 rw 0 0\n"
        f"server:/exports {root}/{blank} nfs4 rw 0 0\n"
        f"maya@server: {root}/ssh fuse.sshfs rw 0 0\n"
        "\nnonsense\n"
    )
    assert shared_place(tmp_path / folder / "p.screener", mounts) == name


# --- doubles --------------------------------------------------------------------------------------

NAMES = [
    "a (Maya's conflicted copy 2026-01-01).screener",
    "a-LAPTOP-7Q2.screener",
    "a (1).screener",
    "a.sync-conflict-20260101-101112-ABCDEFG.screener",
]


@pytest.fixture
def older(template, pair, making):
    """A copy before its reviewer closed it: what a service kept of another computer's."""
    place = pair.folder / "older.screener"
    with open_project(pair.project) as review:
        review.consensus.write_copy("Maya", place)
    return place


def found(path):
    with open_project(path, write=False) as review:
        return [each.name for each in doubles(review._file)]


@pytest.mark.parametrize("name", NAMES)
def test_a_double_with_more_in_it_is_found(pair, older, name):
    mine = older.with_name("a.screener")
    pair.a.replace(older.with_name(name))
    older.replace(mine)
    assert found(mine) == [name]
    with open_copy(mine) as copy:
        copy.consensus.merge(mine.with_name(name))
        assert copy.screening.progress("title-abstract").decided == 8
    assert found(mine) == [], "what was taken in is not offered again"


@whatever_the_case
def test_a_double_is_found_whatever_the_case_of_the_name(pair, older):
    mine = older.with_name("a.screener")
    pair.a.replace(older.with_name("a (1).screener"))
    older.replace(mine)
    assert found(mine.with_name("A.Screener")) == ["a (1).screener"]


@pytest.mark.parametrize(
    "name",
    [
        "a-restored.screener", "a-2.screener", "a copy.screener", "ab.screener",
        "a (1).ris", "b (1).screener",
    ],
)  # fmt: skip
def test_files_with_other_names_are_no_doubles(pair, older, name):
    mine = older.with_name("a.screener")
    pair.a.replace(older.with_name(name))
    older.replace(mine)
    assert found(mine) == []


def test_a_file_of_somebody_else_or_of_nobody_is_no_double(pair):
    shutil.copy(pair.b, pair.folder / "a (1).screener")
    shutil.copy(pair.project, pair.folder / "a (2).screener")
    (pair.folder / "a (3).screener").write_bytes(bytes(3_000))
    (pair.folder / "a (4).screener").mkdir()
    assert found(pair.a) == []


def test_the_real_list_of_drives_can_be_read():
    assert isinstance(shared_place(surroundings.MOUNTS), str)
