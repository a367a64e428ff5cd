"""Opening a form: for reviewers alone, and early where only part of it is answered."""

from dataclasses import replace

import pytest

from screener.model import Status, UserError


def test_a_form_is_opened_for_no_arbitrator(trial):
    made = trial(count=3, opened=1)
    form = made.form.id
    with made.open() as review:
        review.consensus.add_person("Ruth", arbitrator=True)
        with pytest.raises(UserError, match="settles and does not screen"):
            review.studies.open(form, names=["Maya", "Ruth"])
        assert len(review.consensus.at(form).coverage.waited_for()) == 2
        assert [one.id != "" for one in review.studies.all()] == [True, False, False]
        assert review.studies.open(form, names=["Maya"]) == 2


def test_a_form_that_is_answered_in_part_is_opened_early(trial):
    made = trial("Maya", "Jonas")
    made.answer("Maya", {(1, "setting"): "a ward"}, close=False)
    made.merge()
    with made.open() as review:
        here = review.consensus.at(trial.form.id)
        assert (here.hidden(), dict(here.answered())) == (3, {})
        review.consensus.open_early("the meeting is today")
        assert here.hidden() == 0
        unit = review.studies.find("1").id
        assert Status.PENDING in {state.status for state in here.states([unit])}


def test_who_takes_part_by_an_opening_is_waited_for_in_what_was_opened_before(trial):
    made = trial(count=3, opened=2)
    form = made.form.id
    with made.open() as review:
        ruth = review.consensus.add_person("Ruth")
        review.studies.open(form)
        coverage = review.consensus.at(form).coverage
        assert coverage.parts[ruth.id].after == 0
        assert len(coverage.waited_for()) == 3


def test_a_form_is_not_called_as_a_stage_is(trial):
    made = trial(count=1)
    with made.open() as review:
        for name in ("protocol", "full-text", "forms"):
            with pytest.raises(UserError, match="id of a stage"):
                review.forms.keep(replace(made.form, id=name))
        assert [step.id for step in review.forms.steps()] == [made.form.id]
