"""A study taken out of a form: it is asked no more, its answers stay, and it can come back."""

import pytest

from screener import open_copy
from screener.model import Status, UserError
from tests.screener.answers.trial import JONAS, MAYA, ROWS_OF_JONAS, ROWS_OF_MAYA, seen, uid, whole

ID = "third-step"


def answered(trial):
    made = trial()
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    return made


def of(review, number):
    """What the form shows of a study: its statuses, once each."""
    here = review.consensus.at(ID)
    return {str(state.status) for state in here.states([uid(review, number)])}


def test_a_study_without_answers_is_asked_no_more_and_comes_back_by_undo(trial):
    made = trial()
    with made.open() as review:
        before = seen(review)
        assert review.studies.take_out(ID, ["2"]) == 1
        assert of(review, 2) == {"not-open"}
        assert review.consensus.at(ID).asked() == 2
        assert whole(review)
        with pytest.raises(UserError, match="not open"):
            review.studies.take_out(ID, ["2"])
        assert review.undo() == "Take out of What was done"
        assert seen(review) == before
        review.redo()
        assert of(review, 2) == {"not-open"}
        assert whole(review)


def test_answers_stay_and_are_counted_again_when_it_comes_back(trial):
    made = answered(trial)
    made.merge()
    with made.open() as review:
        before = seen(review)
        review.studies.take_out(ID, ["1", "3"])
        assert (of(review, 1), of(review, 3)) == ({"not-open"}, {"not-open"})
        assert {s.subject for s in review.consensus.discrepancies(ID)} <= {uid(review, 2)}
        assert whole(review)
        assert review.studies.open(ID, ["1"]) == 1
        assert of(review, 1) != {"not-open"}
        assert review.studies.open(ID, ["3"]) == 1
        assert whole(review)
        assert seen(review)["states"] == before["states"]
        assert seen(review)["agreement"] == before["agreement"]


@pytest.mark.parametrize("first", ["merge", "take out"])
def test_it_is_the_same_whether_the_answers_come_before_or_after(trial, first):
    made = answered(trial)
    if first == "merge":
        made.merge()
    with made.open() as review:
        review.studies.take_out(ID, ["1"])
    if first != "merge":
        made.merge()
    with made.open() as review:
        assert of(review, 1) == {"not-open"}
        assert of(review, 3) != {"not-open"}
        assert whole(review)
        review.studies.open(ID, ["1"])
        assert {"resolved", "hidden", "not-open"}.isdisjoint(of(review, 1))
        assert made.status(review, "rigour") == "differs"
        assert whole(review)


def test_opening_for_all_leaves_it_out(trial):
    made = trial(count=3, opened=2)
    with made.open() as review:
        review.studies.take_out(ID, ["1"])
        assert review.studies.open(ID) == 1
        assert (of(review, 1), of(review, 3)) == ({"not-open"}, {"not-started"})
        with pytest.raises(UserError, match="open already"):
            review.studies.open(ID)


def test_a_newer_copy_asks_it_no_more_and_keeps_what_was_answered(trial):
    made = trial()
    made.answer("Maya", {(1, "setting"): "a ward"}, close=False)
    with made.open() as review:
        study = uid(review, 1)
        review.studies.take_out(ID, ["1"])
        review.consensus.write_copy("Maya", made.folder / "newer.screener")
    made.copies["Newer"] = made.folder / "newer.screener"
    with open_copy(made.copies["Newer"]) as newer:
        at = newer.forms.answering(ID)
        assert newer.forms.step(ID).barred()[study] is Status.NOT_OPEN
        with pytest.raises(UserError):
            at.answer(study, "setting", "elsewhere")
    made.merge("Maya")
    with made.open() as review:
        review.studies.open(ID, ["1"])
        answer = next(a for a in review.consensus.at(ID).step.recorded([study])[study])
        assert answer.value == "a ward"


def test_a_joined_study_is_taken_out_with_what_it_joined(trial):
    made = trial()
    with made.open() as review:
        one = review.studies.join("1", "2")
        review.studies.take_out(ID, [one.id])
        assert of(review, 1) == {"not-open"}
        assert whole(review)
        review.undo()
        review.undo()
        assert of(review, 2) == {"not-started"}


def test_what_is_not_open_or_not_there_cannot_be_taken_out(trial):
    made = trial(count=3, opened=2)
    with made.open() as review:
        for named in (["3"], ["1", "3"], []):
            with pytest.raises(UserError, match="not open"):
                review.studies.take_out(ID, named)
        with pytest.raises(UserError, match="no study"):
            review.studies.take_out(ID, ["nothing"])
        assert of(review, 1) == {"not-started"}
    with open_copy(made.copies["Maya"]) as mine, pytest.raises(UserError, match="copy"):
        mine.studies.take_out(ID, ["1"])
