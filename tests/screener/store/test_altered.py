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
from tests.screener.links import link_to

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
    note = computer.LogEnd("", "", in_use=True)
    for used in (
        lambda: computer.backup_folder(id_),
        lambda: computer.log_end(id_),
        lambda: computer.note_log_end(id_, note),
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


def test_a_file_of_another_development_version_is_called_that_in_any_state(pair):
    """Also where it is read from a private copy, which is brought up only when it is older."""
    connection = sqlite3.connect(pair.a)
    connection.execute("CREATE TABLE more (of TEXT)")
    connection.execute("UPDATE meta SET value = 'screener file 1 0' WHERE key = 'made-with'")
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(UserError) as told:
        open_project(pair.a, write=False)
    assert told.value.kind is ErrorKind.OTHER_VERSION


def test_an_older_file_under_the_number_of_one_that_crashed_forks_no_log(pair):
    """It was deleted after the crash and restored; drives give its number to the next file."""

    def decide(copy):
        copy.screening.decide(copy.units.ids()[0], "exclude", stage=TA)

    def logs(copy):
        return copy._file.rows("SELECT id FROM log WHERE kind = 'reviewer'")

    with open_copy(pair.a) as mine:
        mine.screening.reopen(TA, "more")
        decide(mine)
    older = pair.a.read_bytes()
    with open_copy(pair.a) as mine:
        decide(mine)
        begun = logs(mine)
    crashed = open_copy(pair.a)
    decide(crashed)
    crashed._file.connection.close()  # without what closing does
    for work in crashed._file._on_close:
        work()
    pair.a.write_bytes(older)
    with open_copy(pair.a) as mine:
        decide(mine)
        assert len(logs(mine)) == len(begun) + 1


def dated(review, when):
    """Put a backup of that time beside the others."""
    folder = computer.backup_folder(review.uuid)
    number = len(list(folder.iterdir())) + 1
    stamp = when.strftime("%Y%m%dT%H%M%S%fZ")
    owner = shelf.owner(review._file.kind, review._file.reviewer)
    place = folder / f"{number:06d}-{stamp}-{owner}-abcdefabcdef.screener"
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


def test_backups_of_one_file_cost_none_of_another_of_its_review(pair):
    """Who coordinates and screens on one computer makes many backups of the copy in a day."""
    with open_project(pair.project) as review:
        earlier, made = review.backup(), review.backup()
    with open_project(pair.a) as copy:
        for _ in range(12):
            mine = copy.backup()
    with open_project(pair.project) as review:
        assert earlier.exists()
        assert made.exists()
        own = [one.path for one in review.backups() if one.own]
        assert own[:2] == [made, earlier]
        assert backups.backup_if_changed(review._file) is None
        assert review._file.guard.watch.base == made
    assert mine.exists()


def test_backups_named_before_they_said_whose_they_are_stay_listed(pair):
    with open_project(pair.project) as review:
        made = review.backup()
        old = made.rename(made.with_name(f"{made.name[:30]}{made.name[39:]}"))
        for _ in range(12):
            review.backup()
        assert old in [one.path for one in review.backups() if one.own]


def test_a_backup_that_is_gone_is_made_anew(pair):
    """Another window of the same file may have rotated it away."""
    with open_project(pair.project) as review:
        review.backup().unlink()
        assert not review.held
        assert review.backup_if_changed()
        assert review.held


def test_a_backup_that_cannot_be_deleted_now_costs_nothing(pair):
    """As on Windows while another window looks into it."""
    with open_project(pair.project) as review:
        old = [
            dated(review, datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n)) for n in range(20)
        ]
        old[0].unlink()
        old[0].mkdir()
        made = review.backup()
        assert review._file.guard.watch.base == made
        assert old[0].exists()
        assert not old[1].exists()


def test_a_backup_that_is_gone_since_it_was_listed_is_left_out(pair):
    with open_project(pair.project) as review:
        made = review.backup()
        gone = made.with_name(made.name.replace("0000", "0001", 1))
        link_to(gone, pair.folder / "nothing.screener")
        listed = [one.path for one in review.backups()]
        assert made in listed
        assert gone not in listed


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
