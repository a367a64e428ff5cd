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


WAITS = Form(
    id="waits",
    title="Waits",
    lists=(FormList(id="arms", title="Arms", row="arm"), FormList(id="ends", title="Ends")),
    questions=(
        Question(id="given", words="Given", type="yes-no", list=("arms",)),
        Question(id="dose", words="Dose", type="integer", required=True, list=("arms",),
                 when=When(field="given", options=("yes",))),
        Question(id="mean", words="Mean", type="decimal", required=True, list=("ends", "arms"),
                 when=When(field="given", options=("yes",))),
        Question(id="any", words="Any", type="text", required=True,
                 when=When(field="given", options=("yes",))),
    ),
)  # fmt: skip


def test_what_waits_for_a_question_of_its_own_list_is_asked_row_by_row():
    rows = {"arms": ARMS, "ends": [ListedRow("pain", "Pain")]}
    yes = Value(AnswerState.VALUE, "yes").text
    here = Sheet(form=WAITS, said={("given", "b"): yes}, rows=rows)
    dose, mean, any_ = (WAITS.question(id_) for id_ in ("dose", "mean", "any"))
    assert [here.asks(dose, row) for row in ("a", "b")] == [False, True]
    assert (here.asks(dose), here.cells(dose)) == (True, ["b"])
    assert here.cells(mean) == ["pain/b"]
    assert here.cells(any_) == [""]
    assert set(here.missing()) == {("dose", "b"), ("mean", "pain/b"), ("any", "")}
    assert not any(Sheet(form=WAITS, said={}, rows=rows).asks(q) for q in (dose, mean, any_))


def test_nothing_said_is_not_complete_whatever_is_required():
    assert not sheet().begun
    assert not Sheet(form=Form(id="f", title="F", questions=()), said={}, rows={}).complete
