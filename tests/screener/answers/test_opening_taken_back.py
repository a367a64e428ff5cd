"""An opening taken back, a form removed: what nobody answered goes, what was answered stays."""

import random
from contextlib import suppress
from dataclasses import replace

import pytest

from screener import open_copy, open_project
from screener.answers.shipped import shipped
from screener.model import ErrorKind, UserError
from screener.store import verify
from tests.screener.answers.trial import MAYA, ROWS_OF_MAYA, seen, uid, whole

ID = "third-step"


@pytest.fixture
def path(making, tmp_path):
    """A project of three included reports and no form."""
    return making.included(tmp_path / "review")


@pytest.fixture
def review(path):
    with open_project(path) as review:
        yield review
        assert not verify.check(review._file.connection)


def opened(review, form="mqrs"):
    """Whether each included report's study is asked."""
    here = review.consensus.at(form)
    barred = here.step.barred()
    return [bool(one.id) and one.id not in barred for one in review.studies.all()]


def taking_part(review, form="mqrs"):
    parts = review.consensus.at(form).coverage.parts
    return [one.name for one in review.consensus.reviewers() if one.id in parts]


def test_undo_of_opening_asks_nobody_and_repeating_asks_all_again(review):
    review.forms.keep(shipped("mqrs"))
    review.studies.open("mqrs", ["1", "3"])
    assert opened(review) == [True, False, True]
    assert review.undo() == f"Open {shipped('mqrs').title}"
    assert opened(review) == [False, False, False]
    assert taking_part(review) == []
    assert [one.id for one in review.studies.all()] == [""] * 3  # each is as it was before
    assert review.studies.problems() == []
    assert review.redo() == f"Open {shipped('mqrs').title}"
    assert opened(review) == [True, False, True]
    assert taking_part(review) == ["Maya", "Jonas"]
    review.undo()
    assert opened(review) == [False, False, False]
    review.studies.open("mqrs", ["1"])
    assert opened(review) == [True, False, False]
    assert [one.name for one in review.studies.all() if one.id] == [review.studies.find("1").name]


@pytest.mark.parametrize("studies", ["none", "linked", "of another form"])
def test_a_form_of_which_the_opening_was_taken_back_is_opened_for_all_again(path, studies):
    with open_project(path) as review:
        if studies == "linked":
            review.studies.link([review.units.find("1")], name="One")
            review.studies.link([review.units.find("2")], name="Two")
        elif studies != "none":
            review.forms.keep(shipped("rob2"))
            review.studies.open("rob2")
        review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs")
        review.undo()
    with open_project(path) as review:
        assert review.studies.open("mqrs") == 3
        assert opened(review) == [True, True, True]
        assert taking_part(review) == ["Maya", "Jonas"]


def test_what_was_taken_out_by_hand_stays_out_when_it_is_opened_for_all(review):
    review.forms.keep(shipped("mqrs"))
    review.studies.open("mqrs", ["1", "2"])
    review.studies.take_out("mqrs", ["1"])
    review.undo()
    review.redo()
    assert review.studies.open("mqrs") == 1
    assert opened(review) == [False, True, True]
    review.studies.open("mqrs", ["1"])
    review.undo()  # as it was: out by hand
    with pytest.raises(UserError, match="open already"):
        review.studies.open("mqrs")
    assert opened(review) == [False, True, True]


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_what_is_not_open_is_opened_whatever_was_done_before(review, seed):
    """By name always, for all but what somebody took out; in any order, with forms and versions."""
    chosen, ids = random.Random(seed), ("mqrs", "rob2")
    for form in ids:
        review.forms.keep(shipped(form))
    review.studies.link([review.units.find("1")], name="One")

    def open_again(form):
        closed = [n for n, one in enumerate(opened(review, form), 1) if not one]
        named = [str(chosen.choice(closed))] if closed and chosen.random() < 0.5 else []
        if closed:
            try:
                count = review.studies.open(form, named)
            except UserError as refused:
                pytest.fail(str(refused))
            assert count == (1 if named else len(closed))
            assert opened(review, form).count(False) == (len(closed) - 1 if named else 0)

    def version(form):
        kept = review.forms.step(form).form
        review.forms.keep(replace(kept, title=f"{kept.title} again"), why="A title")

    acts = [open_again] * 3 + [lambda _: review.undo()] * 3 + [lambda _: review.redo(), version]
    units = [review.units.find(str(n)) for n in (1, 2, 3)]
    acts.append(lambda _: review.studies.link(chosen.sample(units, 2)))
    for _ in range(16):
        with suppress(UserError):  # nothing to take back, linked already
            chosen.choice(acts)(chosen.choice(ids))
        for form in ids:
            if form not in forms(review):
                review.forms.keep(shipped(form))


def test_a_form_that_was_added_with_its_opening_goes_with_it(review):
    with review.together("Open it"):
        review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs")
    assert opened(review) == [True, True, True]
    assert review.undo() == "Open it"
    assert review.forms.steps() == ()
    assert [one.id for one in review.studies.all()] == [""] * 3
    assert review.redo() == "Open it"
    assert opened(review) == [True, True, True]


def test_a_screening_stage_that_was_opened_stays_open(review):
    with pytest.raises(UserError, match="cannot be taken back"):
        review.undo()
    assert review.screening.opened("full-text")


def test_one_study_opened_again_by_hand_is_taken_out_by_undo(trial):
    made = trial()
    with made.open() as review:
        review.studies.take_out(ID, ["2"])
        before = seen(review)
        review.studies.open(ID, ["2"])
        assert review.undo() == "Open What was done"
        assert seen(review) == before
        assert whole(review)


def test_what_a_reviewer_answered_meanwhile_keeps_it_open(trial):
    made = trial()
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    with made.open() as review:
        assert review.undo_name() == "Open What was done"
    made.merge("Maya")
    with made.open() as review:
        with pytest.raises(UserError, match="have answered it since") as refused:
            review.undo()
        assert refused.value.kind is ErrorKind.OPEN
        assert uid(review, 1) not in review.consensus.at(ID).step.barred()


def test_answers_of_a_copy_written_before_count_nowhere_until_it_is_opened_again(trial):
    made = trial()
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    with made.open() as review:
        review.undo()
    made.merge("Maya")
    with made.open() as review:
        assert review.consensus.at(ID).asked() == 0
        review.studies.open(ID)
        assert review.consensus.at(ID).asked() == 3
        assert review.consensus.at(ID).answered()
        assert whole(review)


# --- a form removed ------------------------------------------------------------------------------


def forms(review):
    return [step.id for step in review.forms.steps()]


def test_a_form_nobody_uses_is_removed_and_comes_back_by_undo(review):
    kept = review.forms.keep(shipped("mqrs"))
    review.forms.remove("mqrs")
    assert forms(review) == []
    assert "mqrs" not in [step.id for step in review.consensus.steps]
    with pytest.raises(UserError, match="no form"):
        review.forms.step("mqrs")
    assert review.undo() == f"Remove the form {kept.title}"
    assert review.forms.step("mqrs").form == kept
    assert review.consensus.at("mqrs").step.id == "mqrs"
    assert review.redo() == f"Remove the form {kept.title}"
    assert forms(review) == []
    assert review.forms.keep(shipped("mqrs")).version == 1


def test_a_form_that_was_added_goes_by_undo_and_a_later_version_of_it_does_not(review):
    first = review.forms.keep(shipped("mqrs"))
    review.undo()
    assert forms(review) == []
    review.redo()
    review.forms.keep(replace(first, title="MQRS, adapted"), why="Another name")
    with pytest.raises(UserError, match="cannot be taken back"):
        review.undo()
    review.forms.remove("mqrs")
    review.undo()
    assert review.forms.step("mqrs").form.title == "MQRS, adapted"


def test_a_form_that_is_open_stays_until_that_is_taken_back(review):
    review.forms.keep(shipped("mqrs"))
    added = review._undoable().id
    review.studies.open("mqrs", ["1"])
    assert review.forms.is_used("mqrs")
    for refuse in (lambda: review.forms.remove("mqrs"), lambda: review.undo(added)):
        with pytest.raises(UserError, match="is open for studies"):
            refuse()
    review.undo()
    assert not review.forms.is_used("mqrs")
    review.forms.remove("mqrs")
    assert forms(review) == []


def test_a_file_with_a_form_that_was_opened_and_removed_is_whole_and_copied(path):
    copy = path.with_name("later.screener")
    with open_project(path) as review:
        review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs", ["1"])
        review.undo()
        review.forms.remove("mqrs")
        review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        assert forms(mine) == []
        mine.require_whole()
    with open_project(path) as again:
        again.require_whole()
        assert forms(again) == []
        again.consensus.merge(copy)


def test_a_form_that_was_removed_is_back_with_the_answers_of_an_older_copy(review, path):
    review.forms.keep(shipped("mqrs"))
    review.studies.open("mqrs", ["1"])
    copy = path.with_name("older.screener")
    review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        at, study = mine.forms.answering("mqrs"), mine.studies.find("1").id
        question = mine.forms.step("mqrs").form.questions[0]
        at.answer(study, question.id, question.options[0].id)
    review.undo()
    review.forms.remove("mqrs")
    review.consensus.merge(copy)
    assert forms(review) == ["mqrs"]
    assert opened(review) == [False, False, False]
    assert review.forms.is_used("mqrs")
    review.studies.open("mqrs", ["1"])
    assert review.consensus.at("mqrs").said(review.studies.find("1").id)


def test_a_removed_form_is_no_form_of_a_copy(trial):
    made = trial()
    with open_copy(made.copies["Maya"]) as mine, pytest.raises(UserError, match="open for"):
        mine.forms.remove(ID)
