"""Forms as TOML: read strictly, read back as written; a version hides no answer."""

from dataclasses import replace
from decimal import Decimal

import pytest

from screener.answers import toml
from screener.answers.form import Form, FormKind, Overall, Section
from screener.model import AnswerState, Compare, Option, UserError, When
from tests.screener.answers.trial import FORM

TEXT = """
id = "extraction"
title = "Data extraction"
kind = "extraction"
reviewers = 2
provenance = "unverified"
reference = "Made up for a test"

[[lists]]
id = "arms"
title = "Arms"
row = "arm"
key = "Arm"

[[lists]]
id = "outcomes"
title = "Outcomes"
row = "outcome"

[[sections]]
id = "design-section"
title = "Study design"

[[sections.fields]]
id = "design"
code = "A"
label = "Design"
type = "choice"
required = true
role = "design"
help = "As the authors did it, not as they call it."
options = [{id = "rct", text = "Randomized controlled trial"}, {id = "pre-post"}]

[[sections.fields]]
id = "allocation"
label = "Allocation"
type = "text"
when = {field = "design", is = ["rct"]}

[[sections]]
id = "groups"
title = "Groups"
per = "arms"

[[sections.fields]]
id = "weeks"
label = "Duration"
type = "decimal"
units = ["weeks", "months"]
min = 0
max = 104.5

[[sections]]
id = "results"
title = "Results"
per = ["outcomes", "arms"]
rating = {options = ["low", "some-concerns", "high"], rule = "The worst of them"}

[[sections.fields]]
id = "memo"
label = "To oneself"
type = "long-text"
compare = "none"
special = ["not-reported"]
"""


def test_what_is_read():
    form = toml.parse(TEXT)
    assert (form.id, form.kind, form.reviewers) == ("extraction", FormKind.EXTRACTION, 2)
    assert [q.id for q in form.questions] == ["design", "allocation", "weeks", "memo", "results"]
    design, allocation, weeks, memo, results = form.questions
    assert (design.code, design.role, design.required) == ("A", "design", True)
    assert design.options[0] == Option(id="rct", text="Randomized controlled trial")
    assert len(design.special) == 3
    assert allocation.when == When(field="design", options=("rct",))
    assert (weeks.list, weeks.units) == (("arms",), ("weeks", "months"))
    assert (weeks.minimum, weeks.maximum) == (Decimal(0), Decimal("104.5"))
    assert (memo.compare, memo.special) == (Compare.NONE, (AnswerState.NOT_REPORTED,))
    assert (results.type, results.list, results.section) == (
        "rating",
        ("outcomes", "arms"),
        "results",
    )
    assert form.sections[2] == Section(id="results", title="Results", rule="The worst of them")
    assert form.lists[0].key == "Arm"


def test_what_is_written_is_read_back():
    form = toml.parse(TEXT)
    assert toml.parse(toml.text(form)) == form


APPRAISAL = """
id = "mini"
title = "Mini"
kind = "appraisal"
designs = ["rct"]
[[sections]]
id = "items"
[[sections.fields]]
id = "a"
code = "A"
type = "score"
options = [{id = "all", score = 2}, {id = "half", score = 0.5}, {id = "not-applicable"}]
[overall]
how = "sum"
bands = [{from = 2, text = "high", provenance = "to be checked"}]
"""


def test_an_appraisal_offers_what_its_options_say():
    form = toml.parse(APPRAISAL)
    (item,) = form.questions
    assert item.special == ()
    assert [o.score for o in item.options] == ["2", "0.5", None]
    assert isinstance(form.overall, Overall)
    assert (form.overall.how, form.overall.bands[0].score, form.overall.bands[0].on) == (
        "sum", "2", False,
    )  # fmt: skip
    assert toml.parse(toml.text(form)) == form


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('id = "allocation"', 'id = "design"', "stands twice"),
        ('id = "groups"', 'id = "results"', "stands twice"),
        (
            'type = "text"',
            'type = "essay"',
            "has the type “essay”, which is none; choose one of text, long-text",
        ),
        ('per = "arms"', 'per = "legs"', "a list that the form has not"),
        ('is = ["rct"]', 'is = ["cohort"]', "no such field or option"),
        ('field = "design"', 'field = "shape"', "no such field or option"),
        ("required = true", 'required = "yes"', "cannot be taken"),
        ('code = "A"', 'colour = "red"', "colour"),
        ('kind = "extraction"', 'kind = "party"', "cannot be taken"),
        ("reviewers = 2", "reviewers = 0", "from 1 to 9"),
        ('id = "weeks"', 'id = "Weeks!"', "is no id"),
        ("[[sections]]", "[[sections", "not valid TOML"),
    ],
)
def test_what_is_no_form(before, after, words):
    assert before in TEXT
    with pytest.raises(UserError, match=words):
        toml.parse(TEXT.replace(before, after, 1))


def test_a_form_without_fields_is_none():
    with pytest.raises(UserError, match="has no fields"):
        toml.parse('id = "x"\ntitle = "X"\nkind = "extraction"\n')


def changed(form, id_, **how):
    questions = tuple(replace(q, **how) if q.id == id_ else q for q in form.questions)
    return replace(form, questions=questions)


TEXT_NOW = {"type": "text", "units": (), "minimum": None, "maximum": None}


def without(form, id_):
    return replace(form, questions=tuple(q for q in form.questions if q.id != id_))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: without(f, "weeks"), "retire it"),
        (lambda f: changed(f, "weeks", **TEXT_NOW), "keeps its type"),
        (
            lambda f: changed(f, "weeks", section="design-section", list=()),
            "keeps its type, its sec",
        ),
        (lambda f: changed(f, "design", options=(Option(id="rct"),)), "cannot lose its option"),
    ],
)
def test_a_version_hides_no_answer(project, change, words):
    form = project.forms.keep(toml.parse(TEXT))
    with pytest.raises(UserError, match=words):
        project.forms.keep(change(form))
    assert project.forms.step("extraction").form == form


def test_a_version_may_add_relabel_reorder_and_retire(project):
    form = project.forms.keep(toml.parse(TEXT))
    later = changed(form, "design", words="Design of the study", retired=True)
    later = replace(later, questions=later.questions[::-1], version=0, name="")
    kept = project.forms.keep(later)
    assert (kept.version, kept.questions[-1].words) == (2, "Design of the study")
    assert project.verify() == []


def test_a_content_that_is_kept_is_read_as_it_was(project):
    form = project.forms.keep(toml.parse(APPRAISAL))
    assert replace(form, version=0, name="") == toml.parse(APPRAISAL)
    assert isinstance(form, Form)


def test_a_form_without_sections_is_read_back_with_its_fields():
    """As the Python API makes one: each field says itself of which rows it is asked."""
    assert not FORM.sections
    assert toml.parse(toml.text(FORM)) == FORM
    mixed = TEXT + '\n[[fields]]\nid = "loose"\ntype = "text"\n'
    with pytest.raises(UserError, match="stands in no section"):
        toml.parse(mixed)


def test_a_number_that_nothing_reads_is_one_sentence():
    text = TEXT.replace("reviewers = 2", "reviewers = " + "9" * 5_000)
    with pytest.raises(UserError) as told:
        toml.parse(text, name="f.toml")
    assert str(told.value) == "f.toml has a number that is far too long; mend it."
