"""A file that this computer does not know as whole is checked before anything is read from it."""

import os
import shutil
import sqlite3

import pytest

from screener import merge_into, open_project
from screener.cli import main
from screener.model import ErrorKind, UserError
from screener.store import seen, verify
from screener.store.seen import Stamp

LIES = {
    "another verdict": (
        "UPDATE current SET value = (SELECT c.value FROM current c JOIN said s ON s.id = c.value "
        "WHERE c.kind = 'decision' ORDER BY s.value LIMIT 1) WHERE kind = 'decision'"
    ),
    "nothing stands": "DELETE FROM current WHERE kind = 'decision'",
    "nothing said": "DELETE FROM said",
    "a group": "INSERT INTO unit_of SELECT uid, (SELECT min(uid) FROM record) FROM record",
}


def edited(path, statement):
    """Change a file with an SQL editor."""
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()


def one_letter(path):
    """Change one letter of the title of a record on the drive."""
    text = path.read_bytes()
    at = text.rindex(b'"title":"') + 12
    path.write_bytes(text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :])


def counted(monkeypatch):
    """Count how often a file is checked."""
    done = []
    real = verify.check
    monkeypatch.setattr(verify, "check", lambda *a, **k: done.append(1) or real(*a, **k))
    return done


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("name", LIES)
def test_what_follows_from_the_entries_is_mended_when_it_lies(pair, making, name, write):
    pair.merge()
    with open_project(pair.project, write=False) as review:
        honest = making.shown(review)
    edited(pair.project, LIES[name])
    before = pair.project.read_bytes()
    with open_project(pair.project, write=write) as review:
        assert making.shown(review) == honest
        assert review.verify() == []
        assert review.path == pair.project
    assert write or pair.project.read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_what_else_is_wrong_is_said_and_nothing_is_read(pair, write):
    text = pair.a.read_bytes()
    pair.a.write_bytes(text.replace(b'"verdict":"maybe"', b'"verdict":"maybE"'))
    with pytest.raises(UserError, match=r"^a\.screener is damaged \(") as told:
        open_project(pair.a, write=write)
    assert told.value.kind is ErrorKind.DAMAGED
    with open_project(pair.a, write=False, check_up_to=-1) as mine:
        assert mine.verify()


@pytest.mark.parametrize(
    "command",
    [
        ("status", "a"),
        ("records", "a"),
        ("export", "a", "OUT"),
        ("flow", "p"),
        ("copy", "p", "--reviewer", "New", "--out", "COPY"),
        ("decide", "a", "1", "include", "--stage", "title-abstract"),
    ],
)
def test_damage_does_not_travel(pair, tmp_path, capsys, command):
    for path in (pair.a, pair.project):
        one_letter(path)
    names = {
        "a": pair.a,
        "p": pair.project,
        "OUT": tmp_path / "o.csv",
        "COPY": tmp_path / "c.screener",
    }
    with pytest.raises(SystemExit) as ended:
        main([str(names.get(word, word)) for word in command])
    assert ended.value.code == 1
    assert "is not as it was imported); restore a backup" in capsys.readouterr().err
    assert list(tmp_path.glob("*.csv")) == list(tmp_path.glob("c.*")) == []


def test_a_file_is_checked_once_and_again_when_somebody_wrote_to_it(pair, monkeypatch):
    done = counted(monkeypatch)
    for _ in range(3):
        open_project(pair.a, write=False).close()
    assert len(done) == 1
    with open_project(pair.a) as mine:
        mine._file.set_own("position", "x")
    open_project(pair.a, write=False).close()
    assert len(done) == 1
    edited(pair.a, "UPDATE own SET value = 'y'")
    open_project(pair.a).close()
    assert len(done) == 2
    shutil.copy(pair.a, pair.folder / "sent.screener")
    open_project(pair.folder / "sent.screener").close()
    assert len(done) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was touched")
@pytest.mark.parametrize("write", [False, True])
def test_bytes_that_were_changed_behind_the_time_of_a_closed_file_are_found(pair, write):
    open_project(pair.a).close()
    found = pair.a.stat()
    one_letter(pair.a)
    os.utime(pair.a, ns=(found.st_atime_ns, found.st_mtime_ns))
    with pytest.raises(UserError) as told:
        open_project(pair.a, write=write)
    assert told.value.kind is ErrorKind.DAMAGED


def test_what_the_program_makes_is_known(tmp_path, pair, monkeypatch):
    from screener import create_project

    done = counted(monkeypatch)
    create_project(tmp_path / "new.screener", title="New").close()
    with open_project(tmp_path / "new.screener") as review:
        assert review.title == "New"
    assert done == []


def test_a_crash_is_checked_after(pair, monkeypatch):
    open_project(pair.a).close()
    done = counted(monkeypatch)
    mine = open_project(pair.a)
    mine._file.set_own("position", "x")
    mine._file.connection.close()  # without what closing does
    mine._file._on_close[0]()
    open_project(pair.a).close()
    assert len(done) == 1


def test_notes_of_many_files_are_few(tmp_path, home):
    for number in range(520):
        seen.note(Stamp(1, number, 5, 7))
    assert len(list((home / "seen").iterdir())) == 500


@pytest.mark.parametrize("note", [b"", b"\xff", b"elsewhere"])
def test_a_note_that_says_something_else_is_not_believed(pair, home, note, monkeypatch):
    open_project(pair.a).close()
    for place in (home / "seen").iterdir():
        place.write_bytes(note)
    done = counted(monkeypatch)
    open_project(pair.a).close()
    assert len(done) == 1


def test_a_home_that_cannot_be_written_only_costs_time(pair, home, monkeypatch):
    shutil.rmtree(home / "seen", ignore_errors=True)
    (home / "seen").write_text("in the way")
    open_project(pair.a).close()
    with open_project(pair.a) as mine:
        assert mine.verify() == []


def test_salvage_takes_what_is_whole_of_a_copy_with_a_damaged_record(pair, making):
    one_letter(pair.a)
    (found,) = merge_into(pair.project, pair.a, salvage=True)
    assert found.new_events > 8
    with open_project(pair.project) as review:
        assert review.verify() == []
