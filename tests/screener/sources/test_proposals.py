"""Corrections that reviewers propose: written, taken back, merged, taken, left."""

from __future__ import annotations

import json

import pytest

from screener import merge_into, open_copy, open_project
from screener.consensus.merging.findings import Check, MergeRefused
from screener.model import FIELD_NAMES, FIELD_WORDS, Stage, UserError
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT
ABSTRACT = "Adults were asked twice."


@pytest.fixture
def folder(tmp_path, making):
    """A project with five records and copies of Maya (a) and Jonas (b)."""
    making.review(tmp_path, records=5)
    return tmp_path


def propose(folder, copy, record, field, value, why=""):
    with open_copy(folder / f"{copy}.screener") as mine:
        mine.sources.proposals.propose(str(record), field, value, why)


@pytest.fixture
def review(folder):
    """The project with what both proposed: two the same, two that differ, one alone."""
    propose(folder, "a", 1, "abstract", ABSTRACT, "the publisher's page")
    propose(folder, "b", 1, "abstract", f" {ABSTRACT} ", "PubMed")
    propose(folder, "a", 2, "authors", "Alder, A;Birch, B")
    propose(folder, "b", 2, "authors", "Alder, A; Birch, B; Cedar, C")
    propose(folder, "b", 3, "year", "2004")
    with open_project(folder / "p.screener") as review:
        review.consensus.merge(folder / "a.screener", folder / "b.screener")
        yield review


def told(review):
    return [(p.number, p.field, p.value, *p.reviewers) for p in review.sources.proposals.open()]


def the_one(review, number, field, value=None):
    (found,) = (
        p
        for p in review.sources.proposals.open()
        if (p.number, p.field) == (number, field) and value in (None, p.value)
    )
    return found


def test_every_field_has_words():
    assert FIELD_WORDS.keys() == set(FIELD_NAMES)


# --- in a copy ------------------------------------------------------------------------------------


def test_a_proposal_changes_nothing_but_the_log(folder, making):
    with open_copy(folder / "a.screener") as mine:
        before, (records, entries) = making.shown(mine), mine.counts()
        mine.sources.proposals.propose("1", "abstract", ABSTRACT, " on the page ")
        assert making.shown(mine) == before
        assert mine.counts() == (records, entries + 1)
        assert mine.verify() == []
        (one,) = mine.sources.proposals.of(making.uid(mine, 1))
        assert (one.number, one.field, one.value) == (1, "abstract", ABSTRACT)
        assert one.now == mine.sources.record("1").fields.abstract
        assert (one.why, one.reviewers, one.changed) == (("on the page",), ("Maya",), False)
        assert mine.sources.proposals.of(making.uid(mine, 2)) == []
        assert mine.undo_name() == "Propose a correction (abstract)"
        assert mine.history("1")[-1].what == "Propose a correction (abstract)"


def test_undo_redo_and_withdrawing(folder, making):
    with open_copy(folder / "a.screener") as mine:
        proposals = mine.sources.proposals

        def values():
            return [p.value for p in proposals.of(making.uid(mine, 1))]

        proposals.propose("1", "journal_abbreviation", "Ann Inv")
        proposals.propose("1", "journal_abbreviation", "Ann. Inv.")
        assert values() == ["Ann. Inv."], "one of each field"
        mine.undo()
        assert values() == ["Ann Inv"]
        proposals.propose("1", "journal_abbreviation", " ")
        assert values() == []
        assert mine.undo_name() == "Take a proposal back (journal, short)"
        mine.undo()
        assert values() == ["Ann Inv"]
        mine.redo()
        assert values() == []
        assert mine.verify() == []


def test_what_says_nothing_new_writes_nothing(folder):
    with open_copy(folder / "a.screener") as mine:
        mine.sources.proposals.propose("1", "year", "2004", "the PDF")
        before = mine.counts()
        mine.sources.proposals.propose("1", "year", "2004", "the PDF")
        mine.sources.proposals.propose("1", "title", "")
        assert mine.counts() == before


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("99", "title", "Another"),
        ("1", "colour", "red"),
        ("1", "year", "two"),
        ("1", "year", "1991"),  # what it says
        ("1", "abstract", "x" * 50_001),
    ],
)
def test_nonsense_is_refused_in_a_sentence(folder, record, field, value):
    with open_copy(folder / "a.screener") as mine:
        before = mine.counts()
        with pytest.raises(UserError):
            mine.sources.proposals.propose(record, field, value)
        assert mine.counts() == before


def test_only_a_copy_proposes_and_only_the_project_answers(review, folder):
    with pytest.raises(UserError):
        review.sources.proposals.propose("1", "year", "2004")
    with open_copy(folder / "a.screener") as mine:
        (one,) = mine.sources.proposals.of(mine.units.find("1"))
        for answer in (mine.sources.proposals.take, mine.sources.proposals.leave):
            with pytest.raises(UserError):
                answer(one.id)


def test_a_closed_stage_does_not_stop_a_proposal(pair):
    with open_copy(pair.a) as mine:
        assert mine.screening.closed(TA)
        mine.sources.proposals.propose("1", "year", "2004")
        assert len(mine.sources.proposals.of(mine.units.find("1"))) == 1


# --- in the project -------------------------------------------------------------------------------


def test_the_project_sees_all_at_once_in_the_order_of_numbers(review):
    assert told(review) == [
        (1, "abstract", ABSTRACT, "Jonas", "Maya"),
        (2, "authors", "Alder, A; Birch, B", "Maya"),
        (2, "authors", "Alder, A; Birch, B; Cedar, C", "Jonas"),
        (3, "year", "2004", "Jonas"),
    ]
    assert [p.others for p in review.sources.proposals.open()] == [0, 1, 1, 0]
    assert the_one(review, 1, "abstract").why == ("PubMed", "the publisher's page")
    assert review.verify() == []


def test_merging_in_another_order_shows_the_same(review, folder):
    merge_into(folder / "anew.screener", folder / "b.screener", folder / "a.screener")
    with open_project(folder / "anew.screener") as anew:
        assert anew.sources.proposals.open() == review.sources.proposals.open()


def test_no_decision_has_to_be_closed_and_none_is_told(folder, making):
    making.screen(folder / "a.screener", {1: "include"}, close=False)
    propose(folder, "a", 1, "year", "2004")
    with open_project(folder / "p.screener") as review:
        review.consensus.merge(folder / "a.screener")
        assert told(review) == [(1, "year", "2004", "Maya")]
        assert not review.consensus.visible(TA)
        whats = [line.what for line in review.history("1")]
        assert "proposal" in whats  # another's entry is named by its kind, not by what it says
        assert not [what for what in whats if what.startswith("Include")]


def test_taking_corrects_the_record_and_says_whose_it_was(review, folder, making):
    before = review.sources.source_fields(making.uid(review, 1))
    review.sources.proposals.take(the_one(review, 1, "abstract").id)
    record = review.sources.record("1")
    assert record.fields.abstract == ABSTRACT
    assert record.corrected == {"abstract"}
    assert review.sources.source_fields(record.id) == before
    assert review.undo_name() == "Correct record 1 as Jonas and Maya proposed"
    assert [p.number for p in review.sources.proposals.open()] == [2, 2, 3]
    assert review.verify() == []
    review.consensus.write_copy("Jonas", folder / "newer.screener")
    with open_copy(folder / "newer.screener") as mine:
        assert mine.sources.record("1").fields.abstract == ABSTRACT
        assert [p.number for p in mine.sources.proposals.open()] == [2, 3], "what is taken is done"
    review.undo()
    assert the_one(review, 1, "abstract").reviewers == ("Jonas", "Maya")
    assert review.sources.record("1").fields == before


def test_taking_one_of_two_leaves_the_other_and_says_that_it_changed(review):
    review.sources.proposals.take(the_one(review, 2, "authors", "Alder, A; Birch, B").id)
    other = the_one(review, 2, "authors")
    assert (other.reviewers, other.changed, other.others) == (("Jonas",), True, 0)
    assert other.now == "Alder, A; Birch, B"


def test_a_correction_of_another_field_is_no_change(review):
    review.sources.correct("2", {"year": "2001"})
    assert not the_one(review, 2, "authors", "Alder, A; Birch, B").changed


def test_a_correction_by_hand_to_the_same_counts_as_done(review):
    review.sources.correct("3", {"year": "2004"})
    assert 3 not in [p.number for p in review.sources.proposals.open()]


def test_leaving_and_taking_that_back(review):
    one = the_one(review, 3, "year")
    review.sources.proposals.leave(one.id)
    review.sources.proposals.leave(the_one(review, 2, "authors", "Alder, A; Birch, B").id)
    assert [p.number for p in review.sources.proposals.open()] == [1, 2]
    assert the_one(review, 2, "authors").others == 0
    assert review.sources.record("3").fields.year != 2004
    assert review.history("3")[-1].what == "Leave a proposal (year)"
    assert review.verify() == []
    for answer in (review.sources.proposals.take, review.sources.proposals.leave):
        with pytest.raises(UserError):
            answer(one.id)
    review.undo()
    review.undo()
    assert the_one(review, 3, "year") == one
    review.redo()
    assert len(review.sources.proposals.open()) == 3


def test_what_was_left_stays_left_whoever_proposes_it_and_another_value_is_open(review, folder):
    review.sources.proposals.leave(the_one(review, 3, "year").id)
    propose(folder, "b", 3, "year", "2005")
    propose(folder, "a", 3, "year", "2004")
    review.consensus.merge(folder / "a.screener", folder / "b.screener")
    assert [t for t in told(review) if t[0] == 3] == [(3, "year", "2005", "Jonas")]


def test_what_its_reviewer_takes_back_is_gone_after_the_next_merge(review, folder):
    propose(folder, "b", 1, "abstract", "")
    propose(folder, "b", 3, "year", "")
    review.consensus.merge(folder / "b.screener")
    assert told(review)[0] == (1, "abstract", ABSTRACT, "Maya")
    assert len(told(review)) == 3


def test_nothing_is_asked_about_a_record_that_was_removed(review):
    review.sources.remove(["1"], "retracted")
    assert [p.number for p in review.sources.proposals.open()] == [2, 2, 3]


def test_two_computers_may_propose_two_values(review, folder, home, monkeypatch):
    (folder / "c.screener").write_bytes((folder / "b.screener").read_bytes())
    propose(folder, "b", 4, "doi", "10.5555/one")
    monkeypatch.setenv("SCREENER_HOME", str(folder / "second computer"))
    propose(folder, "c", 4, "doi", "10.5555/two")
    monkeypatch.setenv("SCREENER_HOME", str(home))
    review.consensus.merge(folder / "b.screener", folder / "c.screener")
    assert [(t[2], t[3]) for t in told(review) if t[0] == 4] == [
        ("10.5555/one", "Jonas"),
        ("10.5555/two", "Jonas"),
    ]
    assert the_one(review, 4, "doi", "10.5555/one").others == 1


def test_no_other_copy_holds_what_is_proposed_or_was_left(review, folder):
    propose(folder, "a", 4, "title", "Quartz seldom hums")
    propose(folder, "a", 5, "title", "Basalt often sings", "whispered elsewhere")
    review.consensus.merge(folder / "a.screener")
    review.sources.proposals.leave(the_one(review, 4, "title").id)
    review.consensus.write_copy("Jonas", folder / "newer.screener")
    whole = (folder / "newer.screener").read_bytes()
    for words in (b"Quartz seldom hums", b"Basalt often sings", b"whispered elsewhere"):
        assert words not in whole
    with open_copy(folder / "newer.screener") as mine:
        assert [(p.number, *p.reviewers) for p in mine.sources.proposals.open()] == [
            (1, "Jonas"), (2, "Jonas"), (3, "Jonas"),
        ]  # fmt: skip
        assert mine.verify() == []


# --- what a file may not hold ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ({"field": "colour", "value": "red"}, {}),
        ({"field": "year", "value": "two"}, {}),
        ({"field": "title", "value": " "}, {}),
        ({"field": "title", "value": "x" * 50_001}, {}),
        ({"field": "title", "value": "x", "why": "y" * 2_001}, {}),
        ({"field": "title", "value": "x", "extra": 1}, {}),
        ({"field": "title", "value": "x"}, {"subject": "a" * 32}),
        ({"field": "title", "value": "x"}, {"step": "somewhere"}),
    ],
)
def test_a_file_with_a_proposal_that_cannot_be_is_refused(folder, body, more):
    with open_project(folder / "p.screener") as review:
        maya = next(r.id for r in review.consensus.reviewers() if r.name == "Maya")
        where = {"subject": review.units.find("1"), **more}
        plant(folder / "a.screener", "proposal", json.dumps(body), author=maya, **where)
        before = review.counts()
        with pytest.raises(MergeRefused):
            review.consensus.merge(folder / "a.screener")
        assert review.counts() == before


def test_answers_to_proposals_come_from_no_copy(folder):
    with open_project(folder / "p.screener") as review:
        uid, body = review.units.find("1"), '{"field":"title","value":"x"}'
        plant(folder / "a.screener", "proposal-left", body, log="meeting", subject=uid)
        (found,) = review.consensus.admission(folder / "a.screener")
        assert found.refused is not None
        assert found.refused.check is Check.REVIEWER
