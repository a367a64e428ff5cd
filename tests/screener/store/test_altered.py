"""Files, notes and backups that this program did not write: one sentence, nothing outside."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from screener import compare, merge_into, open_copy, open_project
from screener.consensus.merging.findings import Step
from screener.model import ErrorKind, Stage, UserError
from screener.store import backups, computer, shelf
from screener.store.opening import open_file
from tests.screener.consensus.planting import spoil

TA = Stage.TITLE_ABSTRACT


# --- header, version and ids ----------------------------------------------------------------------


def in_utf_16(path):
    """Write a file anew with the same content, its texts in another encoding."""
    old, new = sqlite3.connect(path), sqlite3.connect(f"{path}.new")
    new.execute("PRAGMA encoding = 'UTF-16'")
    new.executescript(
        "\n".join(line for line in old.iterdump() if line[:6] not in ("BEGIN ", "COMMIT"))
    )
    new.execute(f"PRAGMA application_id = {0x5343524E}")
    new.execute("PRAGMA user_version = 1")
    new.commit()
    old.close()
    new.close()
    shutil.move(f"{path}.new", path)


def test_a_file_whose_texts_are_not_utf_8_is_refused(pair, making):
    in_utf_16(pair.a)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
    assert found.refused.step is Step.FRESH_COPY
    with compare(pair.a, pair.b) as (none, (found, _)):
        assert none is None
    assert found.refused.message == (
        "a.screener was altered by another program (its texts are not UTF-8); ask for a fresh copy "
        "or restore a backup."
    )
    in_utf_16(pair.project)
    for write in (False, True):
        with pytest.raises(UserError, match=r"^p\.screener was altered") as told:
            open_project(pair.project, write=write)
        assert told.value.kind is ErrorKind.ALTERED
    before = making.contents(pair.folder)
    with pytest.raises(UserError, match="altered by another program"):
        merge_into(pair.project, pair.b)
    assert making.contents(pair.folder) == before


def everything_near(home):
    """Return all that is in the home of a test, and what lies beside it; not in other tests'."""
    return sorted([*home.rglob("*"), *home.parent.iterdir(), *home.parent.parent.iterdir()])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM _sqlite_migrations",
        "DROP TABLE _sqlite_migrations",
        "DELETE FROM meta WHERE key = 'project'",
        "DELETE FROM meta",
        "UPDATE meta SET value = '../../../evil' WHERE key = 'project'",
        "UPDATE meta SET value = '/evil' WHERE key = 'project'",
    ],
)
def test_a_file_that_is_not_of_the_version_that_it_names(pair, making, home, statement):
    spoil(pair.a, statement)
    spoil(pair.a, "PRAGMA user_version = 0")
    around = everything_near(home)
    for opened in (open_copy, open_project, lambda p: open_project(p, write=False)):
        with pytest.raises(UserError) as told:
            opened(pair.a)
        assert told.value.kind in (ErrorKind.ALTERED, ErrorKind.DAMAGED)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
    assert found.refused
    new = [p for p in everything_near(home) if p not in around]
    assert all(home in p.parents or p.name == "a.screener-journal" for p in new), new
    assert not any("evil" in str(p) for p in new)


@pytest.mark.parametrize("id_", ["../x", "", "None", "e" * 31, "E" * 32, "e" * 31 + "/", "e" * 33])
def test_only_an_id_becomes_a_part_of_a_path(home, id_):
    before = everything_near(home)
    note = computer.Standing("", "", in_use=True)
    for used in (
        lambda: computer.backup_folder(id_),
        lambda: computer.standing(id_),
        lambda: computer.note_standing(id_, note),
    ):
        with pytest.raises(UserError, match="The file is damaged") as told:
            used()
        assert told.value.kind is ErrorKind.DAMAGED
    assert everything_near(home) == before


# --- notes of ours --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note", ["[1]", "7", "null", "[" * 100_000, '{"who":1,"where":2,"since":3}', "\udcff", "{}"]
)
def test_a_note_beside_an_open_file_that_says_something_else(pair, note):
    beside = pair.project.with_name(".~lock.p.screener#")
    beside.write_bytes(note.encode("utf-8", "surrogateescape"))
    other = sqlite3.connect(pair.project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as told:
        open_project(pair.project)
    other.close()
    assert str(told.value) == (
        "p.screener is open (another window or somebody else); close it there and try again."
    )


@pytest.mark.parametrize("note", ["[1]", "7", "null", "[" * 100_000, "{}"])
def test_a_note_on_a_log_that_says_something_else_begins_a_new_one(pair, making, note):
    for kept in (computer.home() / "logs").glob("*.json"):
        kept.write_text(note, encoding="utf-8")
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 1, mark="late")
        assert review.verify() == []


# --- backups --------------------------------------------------------------------------------------


def dated(review, when):
    """Put a backup of that time beside the others."""
    folder = computer.backup_folder(review.uuid)
    number = len(list(folder.iterdir())) + 1
    place = folder / f"{number:06d}-{when.strftime('%Y%m%dT%H%M%S%fZ')}-abcdefabcdef.screener"
    shutil.copy(review.path, place)
    return place


@pytest.mark.parametrize(
    "name",
    [
        "2 before the meeting.screener",
        "2026-05-04.screener",
        "000001-20261399T999999000000Z-abcdefabcdef.screener",
        "000001-20260504T101112000000Z-mine.screener",
        "000001-20260504T101112000000Z.screener",
    ],
)
def test_what_a_person_put_beside_the_backups_is_left_alone(pair, making, name):
    with open_project(pair.project) as review:
        theirs = computer.backup_folder(review.uuid) / name
        theirs.write_bytes(b"mine")
        made = review.backup()
        listed = [one.path for one in review.backups()]
        assert made in listed
        assert theirs not in listed
        making.fill(review, pair.folder, 1, mark="late")
        assert review.consensus.merge(pair.a).backup
    assert theirs.read_bytes() == b"mine"


def test_backups_of_a_wrong_clock_never_cost_the_one_just_made(pair):
    far = datetime(2099, 1, 1, tzinfo=UTC)
    with open_project(pair.project) as review:
        wrong = [dated(review, far + timedelta(days=9 * n)) for n in range(40)]
        made = review.backup()
        assert made.exists()
        assert backups.backup_if_changed(review._file) is None
        merged = review.consensus.merge(pair.a)
        again = review.consensus.merge(pair.b)
    assert merged.backup is None, "the one just made holds it"
    assert made.exists()
    assert again.backup.exists()
    assert all(place.exists() for place in wrong[-8:]), "they count like any other"
    with open_file(made, write=False).connection as kept:
        assert kept.execute("SELECT count(*) FROM log WHERE kind = 'reviewer'").fetchone() == (0,)


def test_a_clock_that_runs_behind_keeps_what_it_writes(pair, monkeypatch):
    with open_project(pair.project) as review:
        for n in range(40):
            dated(review, datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n))

        class Behind(datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(2019, 12, 31, 12, tzinfo=tz)

        monkeypatch.setattr(shelf, "datetime", Behind)
        made = [review.backup() for _ in range(5)]
        assert all(place.exists() for place in made)
        assert [one.path for one in review.backups()][:5] == made[::-1]


def test_an_older_backup_that_cannot_be_removed_stops_no_new_one(pair):
    """As on Windows, while it is open; a folder under its name cannot be removed so anywhere."""
    with open_project(pair.project) as review:
        old = dated(review, datetime(2020, 1, 1, tzinfo=UTC))
        old.unlink()
        old.mkdir()
        made = [review.backup() for _ in range(12)]
        assert all(place.exists() for place in made[2:])
    assert old.is_dir()


def test_older_backups_are_still_rotated(pair):
    with open_project(pair.project) as review:
        old = [
            dated(review, datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n)) for n in range(40)
        ]
        made = review.backup()
        kept = [one.path for one in review.backups()]
    assert kept[0] == made
    assert 10 <= len(kept) < 20
    assert sum(place.exists() for place in old) == len(set(kept) & set(old)) < 20
