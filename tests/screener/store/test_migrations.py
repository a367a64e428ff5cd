"""A newer program and older files: backed up, brought up, or left as they are. Versions made up."""

import os
import sqlite3

import pytest

from screener import create_project, merge_into, open_copy, open_project, restore
from screener.model import ErrorKind, UserError
from screener.store import computer, journals, migrations

SECOND = "CREATE TABLE tag (name TEXT PRIMARY KEY) STRICT"


def _second(connection):
    connection.execute(SECOND)
    connection.execute("PRAGMA user_version = 2")


def _third(connection):
    connection.execute("CREATE TABLE later (name TEXT) STRICT")
    connection.execute("INSERT INTO nothing_of_that_name VALUES (1)")


@pytest.fixture
def newer(monkeypatch):
    """A function that makes this program the next version, by these further migrations."""

    def become(*more):
        changes = {f"m{n:03d}_more": change for n, change in enumerate(more, 2)}
        monkeypatch.setattr(migrations, "_ALL", {**migrations._ALL, **changes})
        for module in ("migrations", "opening", "file"):
            monkeypatch.setattr(f"screener.store.{module}.USER_VERSION", 2)
        migrations.reference_schema.cache_clear()

    yield become
    monkeypatch.undo()
    migrations.reference_schema.cache_clear()


def version(path):
    return int.from_bytes(path.read_bytes()[60:64], "big")


def content(path):
    """Everything a file holds, as SQL."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_opening_an_older_file_backs_it_up_and_brings_it_up(pair, newer, making):
    before, shown = content(pair.a), making.shown_at(pair.a)
    newer(_second)
    with open_copy(pair.a) as mine:
        assert mine.verify() == []
        (backup, *_) = mine.backups()
    assert version(pair.a) == 2
    assert making.shown_at(pair.a) == shown
    assert backup.own
    assert (backup.what.records, backup.what.decisions) == (8, 8)
    assert version(backup.path) == 1
    assert content(backup.path) == before
    number = len(list(backup.path.parent.iterdir()))
    with open_copy(pair.a):
        pass
    assert len(list(backup.path.parent.iterdir())) == number, "it is brought up once"


def test_the_backup_of_an_older_file_is_restored(pair, newer, making):
    shown = making.shown_at(pair.a)
    newer(_second)
    with open_copy(pair.a) as mine:
        (backup, *_) = mine.backups()
    again = pair.folder / "again.screener"
    assert restore(backup.path, again).words.endswith("8 records, 8 decisions")
    with open_copy(again) as mine:
        assert mine.verify() == []
    assert version(again) == 2
    assert making.shown_at(again) == shown


def test_reading_and_merging_leave_an_older_file_as_it_is(pair, newer, making):
    newer(_second)
    before = {path: making.digest(path) for path in (pair.a, pair.b)}
    with open_project(pair.a, write=False) as mine:
        assert mine.screening.progress("title-abstract").decided == 8
    merge_into(pair.project, pair.a, pair.b)
    assert {path: making.digest(path) for path in before} == before
    assert version(pair.project) == 2
    with open_project(pair.project) as review:
        assert review.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="a process is forked")
def test_a_crash_while_an_older_file_is_brought_up_is_taken_back(pair, newer):
    """Its journal is known as its own, so that SQLite takes back what went to the file already."""
    before = content(pair.a)
    if (child := os.fork()) == 0:
        try:
            newer(_half_done)
            open_copy(pair.a)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    assert journals.belongs(pair.a)
    with open_copy(pair.a) as mine:
        assert mine.verify() == []
    assert content(pair.a) == before


def _half_done(connection):
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("INSERT INTO own VALUES ('long', hex(zeroblob(100000)))")
    connection.execute("UPDATE current SET day = day || 'x'")
    os._exit(1)


def test_a_migration_that_fails_leaves_the_file_as_it_was(pair, newer):
    before = content(pair.a)
    newer(_second, _third)
    migrations.reference_schema.cache_clear()
    with pytest.raises((UserError, sqlite3.Error)):
        open_copy(pair.a)
    assert content(pair.a) == before, "not the first of two either"
    assert version(pair.a) == 1


def test_without_a_backup_nothing_is_brought_up(pair, newer):
    with open_project(pair.a, write=False) as mine:
        uuid = mine.uuid
    folder = computer.backup_folder(uuid)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_bytes(b"in the way")
    newer(_second)
    before = pair.a.read_bytes()
    with pytest.raises(UserError, match=r"own folder .* cannot be used"):
        open_copy(pair.a)
    assert pair.a.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused_and_left_alone(newer, tmp_path, monkeypatch):
    newer(_second)
    with create_project(tmp_path / "new.screener", title="New"):
        pass
    newer_file = tmp_path / "new.screener"
    before = newer_file.read_bytes()
    monkeypatch.setattr("screener.store.opening.USER_VERSION", 1)
    with pytest.raises(UserError, match="was made by a newer Screener") as told:
        open_project(newer_file)
    assert told.value.kind is ErrorKind.NEWER
    assert newer_file.read_bytes() == before


# --- before the first release the schema changes without a new version ----------------------------


@pytest.mark.parametrize("said", ["screener file 1", "screener file 1 0123456789ab"])
def test_a_file_of_another_development_version_is_refused_in_one_sentence(pair, making, said):
    connection = sqlite3.connect(pair.a)
    connection.execute("CREATE TABLE tag (name TEXT)")
    connection.execute("UPDATE meta SET value = ? WHERE key = 'made-with'", (said,))
    connection.commit()
    connection.close()
    before = making.digest(pair.a)
    sentence = (
        "a.screener was made by another development version of Screener; open it with that one, "
        "this file is untouched."
    )
    for write in (True, False):
        with pytest.raises(UserError) as told:
            open_project(pair.a, write=write)
        assert str(told.value) == sentence
        assert told.value.kind is ErrorKind.OTHER_VERSION
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
    assert found.refused.message == sentence
    assert making.digest(pair.a) == before


def test_one_that_says_nothing_else_and_differs_was_altered(pair):
    connection = sqlite3.connect(pair.a)
    connection.execute("CREATE TABLE tag (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(UserError, match="was altered by another program") as told:
        open_project(pair.a)
    assert told.value.kind is ErrorKind.ALTERED
