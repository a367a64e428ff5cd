"""A sentence about a file that is merged names that file, and says what to do with it."""

import hashlib
import json
import sqlite3

import pytest

from screener import compare, merge_into, open_project
from screener.cli import main
from screener.consensus.merging.findings import MergeRefused
from screener.model import ErrorKind, Stage, UserError

TA = Stage.TITLE_ABSTRACT


def log_ahead(path, *, leave=False):
    """Set a file to write-ahead logging, as another program may; what is written is in its log."""
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    db.execute("PRAGMA wal_autocheckpoint = 0")
    if leave:
        db.execute("INSERT INTO own VALUES ('x', 'y')")
        db.commit()
        return db
    db.close()
    return None


@pytest.mark.parametrize("leave", [False, True])
def test_a_copy_that_another_program_set_to_logging_ahead_comes_in(pair, making, leave):
    held = log_ahead(pair.a, leave=leave)
    before = pair.a.read_bytes()
    (found,) = merge_into(pair.project, pair.a)
    assert found.new_events
    with compare(pair.a, pair.b) as (review, _):
        assert review.consensus.visible(TA)
    with open_project(pair.a, write=False) as mine:
        assert mine.verify() == []
    assert pair.a.read_bytes() == before, "the reviewer's file is not touched"
    if held:
        held.close()


def test_what_is_no_text_is_named_without_what_it_holds(pair, capsys):
    db = sqlite3.connect(pair.a)
    (log, seq, prev) = db.execute(
        "SELECT e.log, e.seq, e.id FROM event e JOIN log l ON l.id = e.log "
        "WHERE l.kind = 'reviewer' ORDER BY e.seq DESC LIMIT 1"
    ).fetchone()
    row = (hashlib.sha256(b"x").digest(), log, seq + 1, prev, "note", TA, "a" * 32)
    db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))", (*row, b'{"SECRET\xff"}')
    )
    db.commit()
    db.close()
    with pytest.raises(MergeRefused) as told:
        merge_into(pair.project, pair.a)
    assert str(told.value) == (
        "a.screener is damaged (The file is damaged: it holds a text that is not UTF-8); ask for a "
        "fresh copy, or take in what is whole."
    )
    with pytest.raises(SystemExit):
        main(["verify", str(pair.a)])
    assert "SECRET" not in "".join(capsys.readouterr())


def test_junk_in_an_arbitrators_list(pair):
    pair.merge()
    path = pair.folder / "ada.screener"
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file("Ada", TA, path)
    db = sqlite3.connect(path)
    for junk in ("{", "[]", json.dumps({"step": "x", "items": [{}]}), "[" * 5_000):
        db.execute("UPDATE own SET value = ? WHERE key = 'to-settle'", (junk,))
        db.commit()
        with pytest.raises(MergeRefused, match=r"^ada[.]screener is damaged"):
            merge_into(pair.project, path)
        with open_project(path, write=False) as file, pytest.raises(UserError) as told:
            file.consensus.to_settle()
        assert str(told.value) == (
            "ada.screener is damaged (what is to settle in it cannot be read); restore a backup of "
            "it (File, Backups), nothing was changed."
        )
        assert told.value.kind is ErrorKind.DAMAGED
    db.close()
