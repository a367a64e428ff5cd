"""Totals and overall ratings equal their definitions, on every combination of a small form."""

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from screener.answers import toml
from screener.answers.appraisal import RULES, appraise
from screener.answers.values import Value
from screener.model import AnswerState

V = AnswerState.VALUE
FORMS = Path(__file__).parents[3] / "resources" / "forms"


def shipped(name):
    return toml.parse((FORMS / f"{name}.toml").read_text(encoding="utf-8"), name=name)


NAMES = sorted(path.stem for path in FORMS.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_form_is_read_and_says_where_it_is_from(name):
    form = shipped(name)
    assert form.provenance
    assert form.overall is None or form.overall.how in RULES
    assert toml.parse(toml.text(form)) == form


def said(form, chosen, row=""):
    """Values by question and row; a word of a special value is that."""
    return {
        (id_, row): Value(AnswerState(word)) if word in set(AnswerState) else Value(V, word)
        for id_, word in chosen.items()
        if word
    }


def test_the_total_of_the_mqrs_is_out_of_seventeen():
    form = shipped("mqrs")
    best = {q.id: max(q.options, key=lambda o: Decimal(o.score)).id for q in form.questions}
    found = appraise(form, said(form, best))
    assert (found.total, found.words, found.complete) == (17, "17 of 17", True)
    assert (found.band, found.overall) == ("", "")
    found = appraise(form, said(form, {**best, "a": "", "k": "score-0"}))
    assert (found.total, found.words, found.complete) == (12, "12 so far, 1 item open", False)


def test_what_does_not_apply_lowers_what_is_possible_and_a_band_is_off():
    text = (FORMS / "mqrs.toml").read_text(encoding="utf-8")
    form = toml.parse(text.replace('text = "Randomization"', 'text = "Randomization"', 1))
    item = form.questions[0]
    assert item.options[0].score == "4"
    form = toml.parse(
        text.replace(
            "[[sections.fields.options]]",
            '[[sections.fields.options]]\nid = "not-applicable"\ntext = "Not applicable"\n\n'
            "[[sections.fields.options]]",
            1,
        ).replace("on = false", "on = true")
    )
    best = {q.id: max(q.options, key=lambda o: Decimal(o.score or -1)).id for q in form.questions}
    assert appraise(form, said(form, best)).band == "high"
    found = appraise(form, said(form, {**best, "a": "not-applicable"}))
    assert (found.words, found.band) == ("13 of 13 possible, 1 not applicable", "")


def worst(words):
    order = ["low", "moderate", "no-information", "serious", "critical"]
    return order[max(map(order.index, words))]


def test_the_worst_domain_decides():
    form = shipped("robins-i")
    options = [o.id for o in form.questions[0].options]
    ids = [q.id for q in form.questions]
    for first, second in product(options, repeat=2):
        chosen = {**dict.fromkeys(ids, "low"), ids[0]: first, ids[1]: second}
        assert appraise(form, said(form, chosen)).overall == worst([first, second])
    assert appraise(form, said(form, {ids[0]: "critical"})).overall == ""


def test_each_result_is_rated_by_itself():
    form = shipped("rob2")
    ids = [q.id for q in form.questions]
    values = said(form, dict.fromkeys(ids, "low"), "hope") | said(
        form, {**dict.fromkeys(ids, "low"), ids[2]: "high"}, "stay"
    )
    assert appraise(form, values, "hope").overall == "low"
    assert appraise(form, values, "stay").overall == "high"


def test_the_conversion_of_the_ahrq_on_every_combination():
    form = shipped("nos-cohort")
    scores = [sorted(Decimal(o.score) for o in q.options) for q in form.questions]
    for given in product(*scores):
        chosen = {q.id: f"stars-{s}" for q, s in zip(form.questions, given, strict=True)}
        selection, comparability, outcome = sum(given[:4]), given[4], sum(given[5:])
        wanted = "poor"
        if comparability >= 1 and outcome >= 2 and selection >= 2:
            wanted = "good" if selection >= 3 else "fair"
        found = appraise(form, said(form, chosen))
        assert (found.overall, found.total) == (wanted, sum(given))


def test_an_overall_that_is_asked_is_what_was_said():
    form = shipped("jbi-rct")
    chosen = {q.id: "yes" for q in form.questions} | {"overall": "seek-further-info"}
    assert appraise(form, said(form, chosen)).overall == "seek-further-info"


def test_only_what_is_asked_is_open():
    form = shipped("mmat")
    chosen = {q.id: "yes" for q in form.questions if q.section == "qualitative"}
    chosen |= {q.id: "yes" for q in form.questions if q.section.startswith("screening")}
    chosen["design-category"] = "qualitative"
    assert appraise(form, said(form, chosen)).complete
    chosen["design-category"] = "qualitative;mixed-methods"
    assert appraise(form, said(form, chosen)).open == 5
