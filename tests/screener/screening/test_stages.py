"""Closing a stage and opening it again."""

import re

import pytest

from screener.model import Stage, UserError
from screener.screening.screening import closing_code

TA = Stage.TITLE_ABSTRACT


def test_the_closing_code(screened):
    code = screened.screening.close(TA)
    assert re.fullmatch(r"([A-Z2-7]{4} ){3}[A-Z2-7]{4}", code)
    assert screened.screening.stages.code(TA) == screened.screening.progress(TA).code == code
    (event,) = screened._file.rows("SELECT id FROM event WHERE kind = 'close'")[0]
    assert closing_code(event.hex()) == code
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
