"""How SQLite is told which file is meant, wherever that lies."""

import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import screener
from screener.model import Summary
from screener.store import paths

PLACES = {
    PurePosixPath("/home/maya/a b.screener"): "file:///home/maya/a%20b.screener?mode=ro",
    PureWindowsPath(r"C:\Reviews\50% #1?.screener"): "file:///C%3A/Reviews/50%25%20%231%3F.screener"
    "?mode=ro",
    PureWindowsPath(r"\\server\share\é.screener"): "file:////server/share/%C3%A9.screener?mode=ro",
    PureWindowsPath(r"\\?\C:\x.screener"): "file:////%3F/C%3A/x.screener?mode=ro",
}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_file_is_named_after_an_empty_authority(place):
    assert paths.uri(place, "ro") == PLACES[place]
    with pytest.raises(sqlite3.OperationalError) as refused:  # there is none, and no other reason
        sqlite3.connect(paths.uri(place, "ro"), uri=True)
    assert "unable to open database file" in str(refused.value)


@pytest.mark.parametrize("name", ["a b.db", "50% #1?mode=rwc&x.db", "é\udcff.db", "%41.db"])
def test_sqlite_opens_the_file_that_is_named(name, tmp_path, monkeypatch):
    with closing(sqlite3.connect(tmp_path / name)) as made:
        made.execute("PRAGMA user_version = 7")
    monkeypatch.chdir(tmp_path)
    for place in (Path(name), tmp_path / name, Path(f"/{tmp_path / name}")):
        with closing(sqlite3.connect(paths.uri(place, "ro"), uri=True)) as opened:
            assert opened.execute("PRAGMA user_version").fetchone() == (7,)


def test_nobody_else_says_how_sqlite_is_told():
    modules = Path(screener.__file__).parent.rglob("*.py")
    assert not [path for path in modules if "as_uri" in path.read_text("utf-8")]


def test_a_file_of_no_review_is_not_read_to_its_end(tmp_path, monkeypatch):
    """On a network drive, a large file that only has such a name would be waited for."""
    place = tmp_path / "video.screener"
    place.write_bytes(b"no database" * 1_000)

    def refuse(*_, **__):
        raise AssertionError("it was read")

    monkeypatch.setattr(Path, "open", refuse)
    assert screener.summary_of(place) == Summary()
