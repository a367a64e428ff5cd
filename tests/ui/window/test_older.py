"""The window says when an older file, or another one, lies in the place of what was saved."""

import shutil

import pytest

from screener import open_copy
from screener.model import Stage, Verdict

TA = Stage.TITLE_ABSTRACT
OLDER = "a.screener is older than what was last saved in it on this computer"


def decide(path):
    with open_copy(path) as copy:
        unit = next(iter(copy.screening.queues.queue(TA)))
        copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        copy.backup()


def links(window):
    return [id_ for id_, _ in window.session.problem.links]


@pytest.fixture
def mine(review):
    """Maya's copy with one decision; `before` beside it has none."""
    mine = review.with_name("a.screener")
    decide(mine)
    shutil.copy(mine, mine.with_name("before"))
    decide(mine)
    return mine


def test_an_older_file_is_said_once_and_may_be_gone_on_with(window, mine):
    shutil.copy(mine.with_name("before"), mine)
    assert window.open(mine)
    assert OLDER in window.frame.problem.sentence
    assert links(window) == ["backups", "accept-older"]
    window.frame.go("protocol")
    assert not window.frame.problem.isVisible()
    window.close_review()
    assert window.open(mine)
    assert OLDER in window.frame.problem.sentence
    window.perform("accept-older")
    assert not window.frame.problem.isVisible()
    window.close_review()
    assert window.open(mine)
    assert not window.frame.problem.isVisible()


def test_what_was_written_to_is_not_called_older_again(window, mine):
    shutil.copy(mine.with_name("before"), mine)
    assert window.open(mine)
    window.frame.go(TA)
    window.perform("include")
    window.close_review()
    assert window.open(mine)
    assert not window.frame.problem.isVisible()


def test_an_older_file_that_came_while_it_was_open_leads_to_what_was_kept(window, mine, qtbot):
    assert window.open(mine)
    mine.with_name("before").replace(mine)
    window.perform("close")
    qtbot.waitUntil(lambda: window.session.project.kept is not None and not window.session.busy)
    kept = window.session.project.kept
    window.perform("close-without")
    assert window.frame is None
    assert window.open(mine)
    assert OLDER in window.frame.problem.sentence
    assert links(window) == ["open-kept", "backups", "accept-older"]
    window.perform("open-kept")
    assert window.session.project.path == kept
    assert not window.frame.problem.isVisible()
    assert window.session.project.screening.progress(TA).decided == 2


def test_another_reviewers_file_under_the_name_says_whose_it_is(window, mine, review):
    assert window.open(mine)
    window.close_review()
    shutil.copy(review.with_name("b.screener"), mine)
    assert window.open(mine)
    assert window.frame.problem.sentence.startswith("a.screener is Jonas Roth's copy now")
    row = window.recent.files[0]
    assert (row.path, row.reviewer) == (str(mine), "Jonas Roth")
