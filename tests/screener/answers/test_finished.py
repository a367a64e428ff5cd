"""When a subject is finished: every question that a form wants has an answer."""

from screener.answers.form import Form
from screener.answers.sheet import Sheet
from screener.answers.values import Value
from screener.model import AnswerState, Compare, Question


def sheet(form, *answered):
    said = {(id_, ""): Value(AnswerState.NOT_REPORTED, "", "").text for id_ in answered}
    return Sheet(form=form, said=said, rows={})


def question(id_, **more):
    return Question(id=id_, words=id_.title(), type="text", **more)


def test_a_form_that_requires_nothing_wants_all_that_is_compared():
    memo = question("memo", compare=Compare.NONE)
    form = Form(id="f", title="F", questions=(question("a"), question("b"), memo))
    assert (sheet(form, "a").complete, sheet(form, "a").progress()) == (False, (1, 2))
    assert list(sheet(form, "a").missing()) == [("b", "")]
    assert sheet(form, "a", "b").complete
    assert not sheet(form).complete


def test_a_form_that_requires_something_wants_that():
    form = Form(id="f", title="F", questions=(question("a", required=True), question("b")))
    assert sheet(form, "a").complete
    assert sheet(form, "b").progress() == (0, 1)
    gone = question("a", required=True, retired=True)
    form = Form(id="f", title="F", questions=(gone, question("b")))
    assert not sheet(form, "a").complete
    assert sheet(form, "b").complete
