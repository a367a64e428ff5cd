"""Opening a form: for reviewers alone, and early where only part of it is answered."""

import pytest

from screener.model import UserError


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
