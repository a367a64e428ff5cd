"""A sheet says what a form asks of one reviewer, what is answered, and what is missing."""

import pytest

from screener.answers.form import Form, FormList, Section
from screener.answers.sheet import ListedRow, Sheet
from screener.answers.values import Value
from screener.model import AnswerState, Option, Question, When

FORM = Form(
    id="sheet",
    title="Sheet",
    lists=(FormList(id="arms", title="Arms", row="arm"),),
    sections=(Section(id="one", title="One"), Section(id="two", title="Two")),
    questions=(
        Question(id="design", words="Design", type="choice", required=True, section="one",
                 options=(Option(id="rct"), Option(id="other"))),
        Question(id="how", words="How", type="text", required=True, section="one",
                 when=When(field="design", options=("rct",))),
        Question(id="note", words="Note", type="text", section="one"),
        Question(id="old", words="Old", type="text", required=True, retired=True, section="one"),
        Question(id="size", words="Size", type="integer", required=True, section="two",
                 list=("arms",)),
    ),
)  # fmt: skip
ARMS = [ListedRow("a", "A"), ListedRow("b", "B")]


def sheet(said=(), rows=()):
    texts = {cell: Value(AnswerState.VALUE, value).text for cell, value in dict(said).items()}
    return Sheet(form=FORM, said=texts, rows={"arms": list(rows)})


def question(id_):
    return FORM.question(id_)


@pytest.mark.parametrize(
    ("said", "rows", "missing", "progress"),
    [
        ({}, (), [("design", "")], (0, 1)),
        ({("design", ""): "other"}, (), [], (1, 1)),
        ({("design", ""): "rct"}, (), [("how", "")], (1, 2)),
        ({("design", ""): "other", ("size", "a"): "3"}, ARMS, [("size", "b")], (1, 2)),
        ({("design", ""): "other", ("size", "a"): "3", ("size", "b"): "4"}, ARMS, [], (2, 2)),
    ],
)
def test_what_is_missing_and_how_far_it_is(said, rows, missing, progress):
    here = sheet(said, rows)
    assert list(here.missing()) == missing
    assert here.progress() == progress
    assert here.complete is not bool(missing)


def test_a_section_is_counted_alone():
    here = sheet({("design", ""): "other"}, ARMS)
    assert (here.progress("one"), here.progress("two")) == ((1, 1), (0, 1))


def test_a_retired_question_is_asked_only_where_it_is_answered_and_never_missing():
    assert not sheet().asks(question("old"))
    assert sheet({("old", ""): "x"}).asks(question("old"))


def test_nothing_said_is_not_complete_whatever_is_required():
    assert not sheet().begun
    assert not Sheet(form=Form(id="f", title="F", questions=()), said={}, rows={}).complete
