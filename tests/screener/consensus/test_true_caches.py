"""What is shown of a file is what its events say, before anything is made of it."""

import hashlib

import pytest

from screener import compare, merge_into, open_project
from screener.consensus.merging.findings import Check
from screener.model import ErrorKind, Stage, UserError
from tests.screener.consensus.planting import spoil

TA = Stage.TITLE_ABSTRACT
LIES = {
    "another verdict": (
        "UPDATE current SET value = (SELECT c.value FROM current c JOIN said s ON s.id = c.value "
        "WHERE c.kind = 'decision' ORDER BY s.value LIMIT 1) WHERE kind = 'decision'"
    ),
    "no close": "DELETE FROM current WHERE kind = 'close'",
    "another close": (
        "UPDATE current SET event = (SELECT event FROM current WHERE kind = 'decision' LIMIT 1) "
        "WHERE kind = 'close'"
    ),
    "nothing said": "DELETE FROM said",
    "nothing stands": "DELETE FROM current WHERE kind = 'decision'",
    "nothing at all": "DELETE FROM current",
    "no import": "DELETE FROM current WHERE kind = 'batch'",
    "another import": "UPDATE current SET event = zeroblob(32) WHERE kind = 'batch'",
    "a group": "INSERT INTO unit_of SELECT uid, (SELECT min(uid) FROM record) FROM record",
}


def lie(path, name):
    spoil(path, LIES[name])


@pytest.mark.parametrize("name", LIES)
def test_a_project_whose_caches_lie_takes_nothing_in_and_writes_no_copy(pair, making, name):
    pair.merge(pair.a)
    with open_project(pair.project, write=False) as review:
        review.backup()  # the same log ends: the merge makes no other one
    lie(pair.project, name)
    before = making.contents(pair.folder)
    with pytest.raises(UserError, match=r"^p\.screener is damaged.*; restore a backup") as told:
        merge_into(pair.project, pair.b)
    assert told.value.kind is ErrorKind.DAMAGED
    with (
        open_project(pair.project) as review,
        pytest.raises(UserError, match=r"^p\.screener is damaged.*; restore a backup"),
    ):
        review.consensus.write_copy("Kay", pair.folder / "k.screener")
    assert making.contents(pair.folder) == before


@pytest.mark.parametrize("name", LIES)
def test_the_caches_of_a_copy_are_not_believed(pair, making, name):
    with open_project(pair.project) as review:
        (honest,) = review.consensus.admission(pair.a)
    with compare(pair.a, pair.b) as (review, _):
        wanted = making.shown(review)
    lie(pair.a, name)
    before = making.digest(pair.a)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
    (told,) = [one for one in found.findings if one not in honest.findings]
    assert told.message == (
        "a.screener does not show what its history says; what is read is its history."
    )
    assert [one for one in found.findings if one is not told] == honest.findings
    assert found.codes == honest.codes
    assert (found.decided, found.pending) == (honest.decided, honest.pending)
    with compare(pair.a, pair.b) as (review, _):
        assert making.shown(review) == wanted
    assert making.digest(pair.a) == before


def test_what_pages_show_of_a_copy_with_a_lie_is_told_where_it_cannot_be_read(pair):
    spoil(pair.a, "UPDATE said SET value = ? || id", "[" * 100_000)
    with (
        open_project(pair.a, write=False) as mine,
        pytest.raises(UserError, match="this is not what a decision says"),
    ):
        mine.consensus.states(TA)


def test_a_head_of_which_is_no_longer_known_what_it_says(pair):
    spoil(pair.a, "DELETE FROM said")
    with (
        open_project(pair.a, write=False) as mine,
        pytest.raises(UserError, match=r"^a\.screener is damaged: what an entry says is missing"),
    ):
        mine.consensus.states(TA)


@pytest.mark.parametrize("value", ["[" * 100_000, "[]", "7", "{}"])
def test_a_consensus_that_the_cache_does_not_keep_as_one(pair, making, value):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.resolve(making.uid(review, 3), "include", step=TA, why="w", by=["Maya"])
    spoil(pair.project, "INSERT INTO said (id, value) VALUES (999, ?)", value)
    spoil(pair.project, "UPDATE current SET value = 999 WHERE kind = 'consensus'")
    with (
        open_project(pair.project, write=False) as review,
        pytest.raises(UserError, match="this is not what was agreed"),
    ):
        review.consensus.states(TA)


# --- rows that belong to nothing ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (
            "INSERT INTO record_version VALUES (?, ?, ?)",
            (hashlib.sha256(b"{}").digest(), "e" * 32, "{}"),
        ),
        ("INSERT INTO raw VALUES (?, ?)", (9, b'[["TY"],["X"]]')),
    ],
    ids=["version", "raw"],
)
def test_a_row_that_belongs_to_nothing(pair, making, statement, values):
    spoil(pair.project, statement, *values)
    with open_project(pair.project, write=False) as review:
        assert any("belongs to nothing that is here" in p.message for p in review.verify())
    spoil(pair.a, statement, *values)
    with compare(pair.a, pair.b) as (none, found):
        assert none is None
        assert found[0].refused.check is Check.INTEGRITY


def test_a_raw_text_at_the_next_number_is_told_at_the_import(pair, making):
    with open_project(pair.project, write=False) as review:
        review.backup()
    spoil(pair.project, "INSERT INTO raw VALUES (9, ?)", b'[["TY"],["X"]]')
    with open_project(pair.project) as review:
        with pytest.raises(UserError, match=r"p\.screener is damaged: what it holds does not"):
            making.fill(review, pair.folder, 2, mark="late")
        assert len(list(review.sources.records())) == 8
