"""Questions as values: how they are compared when they do not say, and how options are read."""

from dataclasses import replace

import pytest

from screener.model import TYPES, Compare, Option, Question


@pytest.mark.parametrize("kind", TYPES)
def test_long_text_is_compared_by_its_wording_and_everything_else_by_value(kind):
    usual = Compare.WORDING if kind == "long-text" else Compare.VALUE
    assert Question(id="q", words="Q", type=kind).compare is usual


@pytest.mark.parametrize("kind", ["text", "long-text"])
@pytest.mark.parametrize("compare", Compare)
def test_a_question_that_says_how_it_is_compared_is_compared_so(kind, compare):
    question = Question(id="q", words="Q", type=kind, compare=compare)
    assert question.compare is compare
    assert replace(question, words="Other").compare is compare


def test_an_option_is_found_by_its_id_alone():
    rct = Option(id="rct", text="Randomized controlled trial")
    question = Question(id="q", words="Q", type="choice", options=(rct, Option(id="cohort")))
    assert question.option("rct") is rct
    assert question.option("Randomized controlled trial") is None


def test_an_option_without_a_text_is_read_by_its_id():
    assert Option(id="some-concerns").words == "Some concerns"
    assert Option(id="some-concerns", text="SOME").words == "SOME"
