"""Duplicates that reviewers propose while they screen, and what the project makes of them."""

from __future__ import annotations

import pytest

from screener import open_copy, open_project
from screener.model import Stage, UserError
from screener.screening.screening import Queue

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def folder(tmp_path, making):
    """A project with five records and copies of Maya (a) and Jonas (b)."""
    making.review(tmp_path, records=5)
    return tmp_path


def propose(folder, copy, one, other, **how):
    with open_copy(folder / f"{copy}.screener") as mine:
        uid = mine.units.find(str(one))
        mine.screening.proposals.propose_duplicate(uid, mine.units.find(str(other)), TA, **how)


def merged(folder, *copies):
    with open_project(folder / "p.screener") as review:
        review.consensus.merge(*(folder / f"{c}.screener" for c in copies))


def proposed(review):
    numbers = dict(review.units.all_numbers())
    return [
        (*(numbers[uid] for uid in one.records), *one.reviewers)
        for one in review.duplicates.proposals()
    ]


def test_a_proposal_is_a_flag_that_names_the_other(folder):
    with open_copy(folder / "a.screener") as mine:
        one, two, three = (mine.units.find(str(n)) for n in (1, 2, 3))
        mine.screening.proposals.propose_duplicate(one, "2", TA)
        assert mine.screening.notes.flagged(one, TA)
        assert not mine.screening.notes.flagged(two, TA)
        assert mine.screening.proposals.proposed_duplicate(one, TA) == two
        assert mine.screening.queues.queue(TA, Queue.FLAGGED) == [one]
        mine.screening.proposals.propose_duplicate(one, three, TA)
        assert mine.screening.proposals.proposed_duplicate(one, TA) == three
        mine.undo()
        assert mine.screening.proposals.proposed_duplicate(one, TA) == two
        mine.undo()
        assert not mine.screening.notes.flagged(one, TA)
        mine.redo()
        mine.screening.notes.set_flag(one, TA, on=False)
        assert mine.screening.proposals.proposed_duplicate(one, TA) == ""
        assert mine.duplicates.proposals() == []


def test_a_flag_there_was_comes_back_with_undo(folder):
    with open_copy(folder / "a.screener") as mine:
        one = mine.units.find("1")
        mine.screening.notes.set_flag(one, TA, on=True)
        mine.screening.proposals.propose_duplicate(one, "2", TA)
        mine.undo()
        assert mine.screening.notes.flagged(one, TA)
        assert mine.screening.proposals.proposed_duplicate(one, TA) == ""


def test_proposing_the_same_again_writes_nothing(folder, making):
    propose(folder, "a", 1, 2)
    before = making.event_ids(folder / "a.screener")
    propose(folder, "a", 1, 2)
    assert making.event_ids(folder / "a.screener") == before


def test_what_cannot_be_proposed(folder):
    with open_copy(folder / "a.screener") as mine:
        one = mine.units.find("1")
        for other, words in (("1", "the same record already"), ("77", "no record 77")):
            with pytest.raises(UserError, match=words):
                mine.screening.proposals.propose_duplicate(one, other, TA)
        assert mine.undo_name() == ""
    with open_project(folder / "p.screener") as review:
        with pytest.raises(UserError, match="your own copy"):
            review.screening.proposals.propose_duplicate(review.units.find("1"), "2", TA)
        review.sources.remove(["2"], "retracted")
        review.consensus.write_copy("Maya", folder / "newer.screener")
    with open_copy(folder / "newer.screener") as mine, pytest.raises(UserError, match="Record 2"):
        mine.screening.proposals.propose_duplicate(one, "2", TA)


def test_the_project_lists_them_with_who_proposed(folder):
    propose(folder, "a", 1, 2)
    propose(folder, "b", 2, 1)
    propose(folder, "b", 4, 3)
    merged(folder, "a", "b")
    with open_project(folder / "p.screener", write=False) as review:
        assert proposed(review) == [(1, 2, "Jonas", "Maya"), (3, 4, "Jonas")]
    merged(folder, "b", "a")
    with open_project(folder / "p.screener", write=False) as review:
        assert len(proposed(review)) == 2


@pytest.mark.parametrize("answer", ["same", "different"])
def test_an_answer_settles_them_and_undo_opens_them(folder, answer):
    propose(folder, "a", 1, 2)
    merged(folder, "a")
    with open_project(folder / "p.screener") as review:
        (one,) = review.duplicates.proposals()
        getattr(review.duplicates, answer)(one.records)
        assert proposed(review) == []
        review.undo()
        assert proposed(review) == [(1, 2, "Maya")]


def test_records_joined_or_removed_since_are_followed(folder):
    propose(folder, "a", 1, 2)
    propose(folder, "b", 5, 2)
    merged(folder, "a", "b")
    with open_project(folder / "p.screener") as review:
        uids = [review.units.find(str(n)) for n in (2, 3)]
        review.duplicates.same(uids, kept=uids[1])
        assert proposed(review) == [(1, 3, "Maya"), (3, 5, "Jonas")]
        review.sources.remove(["5"], "retracted")
        assert proposed(review) == [(1, 3, "Maya")]
        review.duplicates.different([review.units.find("1"), uids[0]])
        assert proposed(review) == []


def test_another_reviewers_proposals_are_not_in_a_copy(folder):
    propose(folder, "a", 1, 2)
    merged(folder, "a")
    with open_project(folder / "p.screener") as review:
        review.consensus.write_copy("Jonas", folder / "newer.screener")
    with open_copy(folder / "newer.screener") as mine:
        assert mine.duplicates.proposals() == []
