"""A review with a form of five questions, opened for its units, and a copy for each reviewer."""

from __future__ import annotations

import pytest

from tests.screener.answers.trial import FORM, new_trial


@pytest.fixture
def trial(tmp_path):
    """Make a review of some reviewers with the form open for its units."""

    def make(*names, folder=tmp_path, **how):
        return new_trial(folder, *names, **how)

    make.form = FORM
    return make
