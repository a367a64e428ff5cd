"""A version of a form hides no answer, and no answer comes to say something else by it."""

import re
from dataclasses import replace

import pytest

from screener.answers import values
from screener.answers.form import FormKind
from screener.model import (
    AnswerState,
    Compare,
    Mode,
    Option,
    Question,
    Status,
    UserError,
    When,
)
from screener.studies.cells import value_cells
from screener.studies.listing import lines
from screener.studies.tables import Tables
from tests.screener.answers.trial import ID, merged_trial, settle, trial_in


@pytest.fixture
def made(copied):
    return trial_in(copied(merged_trial))


def changed(form, id_, **how):
    questions = (replace(q, **how) if q.id == id_ else q for q in form.questions)
    return replace(form, questions=tuple(questions), version=0, name="")


def test_an_answered_question_that_is_asked_no_more_stays_listed(made):
    with made.open() as review:
        form = review.forms.step(ID).form
        never = When(field="blinded", options=("no",))  # nobody said no
        review.forms.keep(changed(form, "setting", when=never), why="w")
        step = review.forms.step(ID)
        found = [one for one in lines(review.consensus, step) if one.item.question == "setting"]
        assert {one.status for one in found} == {Status.NOT_ASKED}
        assert all(one.agreed is None for one in found)
        said = [a.value for one in found for a in one.answers if a.value]
        assert sorted(said) == ["A clinic", "a Clinic", "home", "school"]
        sheet = _sheet(review)
        rows = [row for row in sheet.rows if row[4] == "setting"]
        assert {row[7] for row in rows} == {"not-asked"}
        assert {"A clinic", "a Clinic"} <= {cell for row in rows for cell in row}
        listed = [d.item.question for d in review.consensus.discrepancies(ID)]
        assert "setting" not in listed
        assert review.verify() == []


_FIELDS = ("rigour", "blinded", "setting")


def _sheet(review):
    tables = Tables(review.units, review.studies, review.consensus, review.forms.steps())
    return tables.sheets("answers", stage=ID, raw=True)[0]


LOW, MIDDLE, HIGH, UNCLEAR = (Option(id=i) for i in ("low", "middle", "high", "unclear"))
MEANING = [
    (lambda f: replace(f, kind=FormKind.APPRAISAL), "stays an extraction"),
    (lambda f: changed(f, "setting", compare=Compare.NONE), "“setting” cannot become a note"),
    (
        lambda f: changed(
            f,
            "rigour",
            options=(replace(LOW, text="High"), MIDDLE, replace(HIGH, text="Low"), UNCLEAR),
        ),
        "The option “low” of “rigour” cannot be called “High”, as “high” was",
    ),
    (lambda f: changed(f, "dose", units=("months", "weeks")), "“dose” keeps its unit “weeks”"),
    (lambda f: changed(f, "dose", units=("weeks",)), "“dose” cannot lose its unit “months”"),
]


@pytest.mark.parametrize(("change", "words"), MEANING, ids=[words for _, words in MEANING])
def test_a_version_that_changes_what_answers_say_is_refused(made, change, words):
    with made.open() as review:
        form = review.forms.step(ID).form
        with pytest.raises(UserError, match=re.escape(words)):
            review.forms.keep(replace(change(form), version=0, name=""), why="w")
        assert review.forms.step(ID).form == form


def test_what_only_says_more_is_taken(made):
    with made.open() as review:
        form = review.forms.step(ID).form
        more = changed(form, "dose", units=("weeks", "months", "days"))
        options = (replace(LOW, text="Not much"), MIDDLE, HIGH, UNCLEAR, Option(id="most"))
        assert review.forms.keep(changed(more, "rigour", options=options), why="w").version == 2


def test_a_table_says_who_agreed_or_who_decided(made):
    with made.open() as review:
        review.consensus.add_person("Ada", arbitrator=True)
        settle(review, "rigour", "middle", by=["Ada"], mode=Mode.ADJUDICATION)
        settle(review, "blinded", "yes")
        sheet = _sheet(review)
    names = [column for column, _ in sheet.columns]
    told = [dict(zip(names, row, strict=True)) for row in sheet.rows]
    first = [one for one in told if one["study"] == told[0]["study"]]
    by = {field: [t["by"] for t in first if t["field"] == field] for field in _FIELDS}
    assert by == {
        "rigour": ["decided: Ada", "Maya", "Jonas"],
        "blinded": ["agreed: Maya; Jonas", "Maya", "Jonas"],
        "setting": ["agreed", "Maya", "Jonas"],
    }


def test_the_unit_of_a_value_is_the_first_where_none_was_given():
    asked = Question(id="age", words="Age", type="decimal", units=("years", "months"))
    value = values.Value(AnswerState.VALUE, "40")
    assert values.words_of(asked, value) == "40 years"
    assert value_cells(asked, value, "40 years")[3] == "years"
    assert value_cells(asked, values.Value(AnswerState.NOT_REPORTED), "not reported")[3] == ""
