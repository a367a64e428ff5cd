"""Closing a stage and opening it again."""

import re

import pytest

from screener import open_copy, open_project
from screener.model import Stage, UserError
from screener.model.closing import closing_code
from screener.store.history import closings
from screener.store.logs import last_project_event

TA = Stage.TITLE_ABSTRACT


def test_the_closing_code(screened):
    code = screened.screening.close(TA)
    assert re.fullmatch(r"([A-Z2-7]{4} ){3}[A-Z2-7]{4}", code)
    assert screened.screening.stages.code(TA) == screened.screening.progress(TA).code == code
    ((closed,),) = closings(screened._file, str(TA)).values()
    assert closing_code(closed.event) == code
    assert closed.review == last_project_event(screened._file) != ""
    screened.screening.reopen(TA, "again")
    assert screened.screening.stages.code(TA) == ""
    assert screened.screening.close(TA) != code


def test_what_a_stage_refuses(screened, project):
    for refused, words in (
        (lambda: screened.screening.reopen(TA, "again"), "is not closed"),
        (lambda: screened.screening.open(Stage.FULL_TEXT), "only the coordinator"),
        (lambda: project.screening.close(TA), "your own copy"),
        (lambda: project.screening.open(TA), "open from the start"),
        (lambda: project.screening.open(Stage.FULL_TEXT), "Nothing new has passed"),
    ):
        with pytest.raises(UserError, match=words):
            refused()
    screened.screening.close(TA)
    with pytest.raises(UserError, match="closed already; its code is"):
        screened.screening.close(TA)
    with pytest.raises(UserError, match="Say why"):
        screened.screening.reopen(TA, " ")


@pytest.mark.parametrize("why", ["", "\u00a0", "\u200b\u2060"])
def test_a_stage_is_not_reopened_without_words(screened, why):
    screened.screening.close(TA)
    with pytest.raises(UserError, match="Say why"):
        screened.screening.reopen(TA, why)
    assert screened.screening.closed(TA)


def test_what_was_opened_after_closing_is_refused_until_it_is_reopened(tmp_path, making):
    """A close says that the reviewer has finished, whatever comes later."""
    path = making.review(tmp_path, records=2)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "exclude"})
    with open_project(path) as review:
        making.fill(review, tmp_path, 1, source="Scopus", mark="later")
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    with open_copy(tmp_path / "a.screener") as mine:
        mine.consensus.merge(tmp_path / "newer.screener")
        assert mine.screening.progress(TA).pending == 1
        assert mine.screening.closed(TA)
        for verdict in ("include", "none"):
            with pytest.raises(UserError, match="This stage is closed; reopen it"):
                making.decide(mine, 3, verdict)
        mine.screening.reopen(TA, "a later search")
        making.decide(mine, 3, "include")
        mine.screening.close(TA)
        first, second = next(iter(closings(mine._file, str(TA)).values()))
        assert first.review != second.review == last_project_event(mine._file)
