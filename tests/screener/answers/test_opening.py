"""Opening a form: for reviewers alone, and early where only part of it is answered."""

import pytest

from screener.model import Status, UserError


def test_a_form_is_opened_for_no_arbitrator(project, making, trial, tmp_path):
    making.fill(project, tmp_path, 2)
    project.consensus.add_person("Maya")
    project.consensus.add_person("Ruth", arbitrator=True)
    project.forms.keep(trial.form)
    form, units = trial.form.id, project.units.ids()
    with pytest.raises(UserError, match="settles and does not screen"):
        project.consensus.open(form, units, ["Maya", "Ruth"])
    assert project.consensus.at(form).coverage.waited_for() == []
    assert project.consensus.open(form, units, ["Maya"]) == 2


def test_a_form_that_is_answered_in_part_is_opened_early(trial):
    made = trial("Maya", "Jonas")
    made.answer("Maya", {(1, "setting"): "a ward"}, close=False)
    made.merge()
    with made.open() as review:
        here = review.consensus.at(trial.form.id)
        assert (here.hidden(), dict(here.answered())) == (3, {})
        review.consensus.open_early("the meeting is today")
        assert here.hidden() == 0
        unit = review.units.find("1")
        assert Status.PENDING in {state.status for state in here.states([unit])}


def test_who_takes_part_by_an_opening_is_waited_for_in_what_was_opened_before(trial, making):
    made = trial(count=2)
    form = made.form.id
    with made.open() as review:
        ruth = review.consensus.add_person("Ruth")
        making.fill(review, made.folder, 1, source="Scopus", mark="later")
        review.consensus.open(form, review.units.ids())
        coverage = review.consensus.at(form).coverage
        assert coverage.parts[ruth.id].after == 0
        assert len(coverage.waited_for()) == 3
