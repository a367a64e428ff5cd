"""A version of a form hides no answer, and no answer comes to say something else by it."""

import re
from dataclasses import replace

import pytest

from screener.answers.form import FormKind
from screener.model import Compare, Option, Status, UserError, When
from screener.studies.listing import lines
from screener.studies.tables import Tables
from tests.screener.answers.trial import ID, merged_trial, trial_in


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
