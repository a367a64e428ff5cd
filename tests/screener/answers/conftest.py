"""A review with a form of five questions, opened for its units, and a copy for each reviewer."""

from __future__ import annotations

import pytest

from tests.screener.answers.trial import FORM, new_trial, trial_in


@pytest.fixture
def trial(tmp_path, made_once, copied):
    """Make a review of some reviewers with the form open for its units; the usual one is a copy."""
    made_once(new_trial)

    def make(*names, folder=tmp_path, **how):
        if not names and not how and folder == tmp_path:
            return trial_in(copied(new_trial))
        return new_trial(folder, *names, **how)

    make.form = FORM
    return make
