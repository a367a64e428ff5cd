"""Several actions that are one: all or none, one notice, one undo."""

import pytest

from screener import open_project
from screener.model import UserError


@pytest.fixture
def review(making, tmp_path):
    with open_project(making.included(tmp_path / "review", records=3)) as review:
        yield review


def test_they_are_one_action_with_one_notice(review):
    told = []
    review.listen(told.append)
    with review.together("Two names"):
        review.studies.link([review.units.find("1")], name="One")
        review.studies.link([review.units.find("2")], name="Two")
        assert review.studies.find("1").name == "One"  # each sees what came before it
    assert [one.action for one in told] == ["Two names"]
    assert review.undo() == "Two names"
    assert [one.id for one in review.studies.all()] == ["", "", ""]
    review.redo()
    assert [one.name for one in review.studies.all()][:2] == ["One", "Two"]


def test_where_one_is_refused_none_was_done(review):
    before = review.counts()

    def twice():
        with review.together("Two names"):
            review.studies.link([review.units.find("1")], name="One")
            review.studies.link([review.units.find("2")], name="One")

    with pytest.raises(UserError):
        twice()
    assert review.counts() == before
    assert [one.id for one in review.studies.all()] == ["", "", ""]
    review.studies.link([review.units.find("2")], name="One")
    assert review.undo() == "Link 1 report"


def test_nothing_inside_is_no_action(review):
    before = review.counts()
    with review.together("Nothing"):
        pass
    assert review.counts() == before
