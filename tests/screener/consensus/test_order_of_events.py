"""What may be seen follows from the chain of the project log, not from where its rows lie."""

import shutil
import sqlite3

import pytest

from screener import merge_into, open_copy, open_project
from screener.consensus.merging.findings import Check, MergeRefused
from screener.model import Stage
from screener.store import events
from screener.store.kinds.project import Withdraw
from tests.screener.consensus.planting import believed, spoil

TA = Stage.TITLE_ABSTRACT
MOVED = "UPDATE event SET rowid = -1 WHERE rowid = (SELECT max(rowid) FROM event WHERE kind = ?)"


def unguarded(path, statement, *values):
    """Change events with an SQL editor: the triggers are taken away and put back."""
    db = sqlite3.connect(path)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    triggers = db.execute(query).fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(statement, values)
    for _, sql in triggers:
        db.execute(sql)
    db.commit()
    db.close()
    believed(path)


@pytest.fixture
def later(pair, making):
    """A project with both closed copies, a search after that, and what both decided on it."""
    merge_into(pair.project, pair.a, pair.b)
    copies = []
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 2, mark="later", first=20)
        for name in ("Maya", "Jonas"):
            copies.append(pair.folder / f"{name}-2.screener")
            review.consensus.write_copy(name, copies[-1])
    for copy in copies:
        with open_copy(copy) as mine:
            mine.screening.reopen(TA, "a later search")
        making.screen(copy, {9: "include", 10: "include"}, close=False)
    return pair, copies


def hidden(path):
    with open_project(path, write=False) as review:
        return review.consensus.standing(TA).hidden


def test_a_file_whose_rows_contradict_the_chain_shows_nothing_more(later):
    pair, copies = later
    merge_into(pair.project, *copies)
    assert hidden(pair.project) == 2
    unguarded(pair.project, MOVED, "batch")
    assert hidden(pair.project) == 2
    with open_project(pair.project, write=False) as review:
        problems = review.verify()
    assert any("lies before the entry it follows" in str(p) for p in problems), problems


def test_a_file_whose_rows_contradict_the_chain_is_refused(later):
    pair, (copy, other) = later
    unguarded(copy, MOVED, "batch")
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(copy)
        assert found.refused.check is Check.INTEGRITY
        assert "lies before the entry it follows" in found.refused.message
    made = pair.folder / "made.screener"
    with pytest.raises(MergeRefused, match="lies before the entry it follows"):
        merge_into(made, copy, other)


def test_a_log_of_a_second_computer_keeps_its_place(later, monkeypatch, tmp_path, making):
    """Where one log goes on from another, rows may come in any order, and none is heeded."""
    pair, _ = later
    moved = tmp_path / "elsewhere.screener"
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "other-computer"))
    shutil.copy(pair.project, moved)
    with open_project(moved) as review:
        making.fill(review, tmp_path, 2, mark="last", first=40)
    before = hidden(moved)
    with open_project(moved, write=False) as review:
        query = "SELECT log, id FROM event WHERE kind = 'batch' ORDER BY rowid"
        *_, (log, last) = review._file.rows(query)
        order = review.sources.batches()
    unguarded(moved, "UPDATE event SET rowid = rowid - 100000 WHERE log = ?", log)
    assert hidden(moved) == before == 4
    with open_project(moved) as review:
        assert review.sources.batches() == order
        assert review.verify() == []
    shutil.rmtree(tmp_path / "other-computer")
    with open_project(moved) as review:  # a third log goes on from the second
        making.fill(review, tmp_path, 1, mark="more", first=60)
        query = "SELECT e.prev FROM event e WHERE e.log <> ? AND e.kind = 'batch' AND e.seq = 1"
        assert review._file.rows(query, (log,)) == [(last,)]
        assert review.verify() == []


def test_a_coordinator_who_comes_back_to_a_computer_goes_on_after_the_other_one(
    tmp_path, monkeypatch, making
):
    """What is opened at the first computer afterwards is closed by nobody who closed before it."""
    path = making.review(tmp_path, records=3)
    with monkeypatch.context() as other:
        other.setenv("SCREENER_HOME", str(tmp_path / "other-computer"))
        with open_project(path) as review:
            making.fill(review, tmp_path, 1, mark="second")
            review.consensus.write_copy("Maya", tmp_path / "c.screener")
            review.consensus.write_copy("Jonas", tmp_path / "d.screener")
    for letter in "cd":
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 5), "include"))
    with open_project(path) as review:
        making.fill(review, tmp_path, 2, mark="third")
        review.consensus.merge(tmp_path / "c.screener", tmp_path / "d.screener")
        assert review.verify() == []
        assert review.consensus.standing(TA).statuses == {"agreed": 4, "hidden": 2}


def test_a_second_beginning_of_the_project_log_is_refused(later):
    pair, (copy, _) = later
    begun = {"kind": "project", "author": "coordinator", "computer": "c" * 32, "nonce": "d" * 32}
    spoil(copy, "INSERT INTO log VALUES (?, ?, ?, ?, ?)", events.log_id(**begun), *begun.values())
    text = events.text_of(action="a" * 32, action_name="x", body=Withdraw(batch="a" * 32, why="w"))
    row = (events.log_id(**begun), 1, None, "withdraw", "", "", text)
    id_ = events.id_of((b"", *row))
    spoil(copy, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id_, *row)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(copy)
    assert "begins with nothing before it" in found.refused.message
