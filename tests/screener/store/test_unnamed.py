"""Content that no entry names is said, goes into no copy, and is nothing that salvage takes."""

import hashlib
import sqlite3
from contextlib import closing

import pytest

from screener import merge_into, open_project
from screener.consensus.merging.findings import MergeRefused
from screener.model import ErrorKind, UserError


def put_in(path, table):
    """Have another program put a row of content into a file, as it would be if it were ours."""
    with closing(sqlite3.connect(path)) as db, db:
        (body,) = db.execute(f"SELECT body FROM {table} LIMIT 1").fetchone()
        body = body.replace('"title":"', '"title":"FORGED ', 1)
        assert "FORGED" in body
        digest = hashlib.sha256(body.encode()).digest()
        if table == "record_version":
            (uid,) = db.execute("SELECT record FROM record_version LIMIT 1").fetchone()
            db.execute("INSERT INTO record_version VALUES (?, ?, ?)", (digest, uid, body))
        else:
            db.execute(f"INSERT INTO {table} VALUES (?, ?)", (digest, body))


def said(path):
    with open_project(path, write=False, check_up_to=-1) as review:
        return [problem.message for problem in review.verify()]


SAID = {
    "record_version": "Record 1 has a version that no entry names.",
    "protocol_version": "A version of the protocol is here that no entry names.",
}


@pytest.mark.parametrize("table", SAID)
def test_it_is_said_and_goes_nowhere(pair, table):
    for path in (pair.project, pair.a):
        put_in(path, table)
        assert said(path) == [SAID[table]]
        with pytest.raises(UserError) as told:
            open_project(path)
        assert told.value.kind is ErrorKind.DAMAGED
    with open_project(pair.project, check_up_to=-1) as review:
        review.consensus.write_copy("Ruth", pair.folder / "ruth.screener")
    assert said(pair.folder / "ruth.screener") == []
    assert b"FORGED" not in (pair.folder / "ruth.screener").read_bytes()
    with pytest.raises(MergeRefused):
        merge_into(pair.b.with_name("new.screener"), pair.a)


@pytest.mark.parametrize("table", SAID)
def test_salvage_takes_none_of_it(pair, table):
    put_in(pair.a, table)
    merge_into(pair.project, pair.a, salvage=True)
    assert said(pair.project) == []
    assert b"FORGED" not in pair.project.read_bytes()


def test_corrections_are_named_also_when_they_are_taken_back(pair):
    with open_project(pair.project) as review:
        (first, second, *_) = review.sources.records()
        review.sources.correct(first.id, {"title": "Once"})
        review.sources.correct(first.id, {"title": "Twice"})
        review.undo()
        review.sources.correct(second.id, {"title": "Other"})
        review.consensus.write_copy("Ruth", pair.folder / "ruth.screener")
    assert said(pair.project) == said(pair.folder / "ruth.screener") == []
