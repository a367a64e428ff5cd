"""Every rule of an appraisal equals its definition.

`tests/benchmarks/consensus/bench_appraisal.py` tries every combination there is; here are those
that take no time.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.answers import toml
from screener.answers.appraisal import appraise
from screener.answers.shipped import FOLDER, shipped
from screener.answers.values import Value
from screener.model import AnswerState

MQRS = (FOLDER / "mqrs.toml").read_text(encoding="utf-8")
ITEMS = [
    {option["id"]: int(option["score"]) for option in field["options"]}
    for section in tomllib.loads(MQRS)["sections"]
    for field in section["fields"]
]
"""The scores of the options of each item, read apart from the program's own reading."""
BLANK, NOT_APPLICABLE = "", "not-applicable"


def said(ids, chosen, row=""):
    return {
        (id_, row): Value(AnswerState.NOT_APPLICABLE)
        if word == NOT_APPLICABLE
        else Value(AnswerState.VALUE, word)
        for id_, word in zip(ids, chosen, strict=True)
        if word
    }


def test_the_scale_is_the_published_one():
    assert len(ITEMS) == 12
    assert sum(max(scores.values()) for scores in ITEMS) == 17
    assert [sorted(scores.values()) for scores in ITEMS[:4]] == [
        [0, 1, 2, 3, 4],
        [0, 1],
        [0, 1, 2],
        [0, 1, 2],
    ]


def test_the_total_of_the_mqrs_is_the_sum_of_its_scores():
    form = shipped("mqrs")
    ids = [q.id for q in form.questions]
    # Every combination of the first seven items, and each time another one of the last five.
    last = list(product(*ITEMS[7:]))
    for place, first in enumerate(product(*ITEMS[:7])):
        chosen = (*first, *last[place % len(last)])
        total = sum(scores[word] for scores, word in zip(ITEMS, chosen, strict=True))
        found = appraise(form, said(ids, chosen))
        assert (found.total, found.possible, found.complete) == (total, 17, True)
        assert (found.words, found.overall) == (f"{total} of 17", "")


def test_each_item_of_the_mqrs_adds_what_it_is_worth():
    form = shipped("mqrs")
    ids = [q.id for q in form.questions]
    least = [min(scores, key=scores.get) for scores in ITEMS]
    for place, scores in enumerate(ITEMS):
        for word, score in scores.items():
            chosen = [*least[:place], word, *least[place + 1 :]]
            assert appraise(form, said(ids, chosen)).total == score


@settings(max_examples=60, deadline=None)
@given(st.tuples(*(st.sampled_from([*scores, BLANK, NOT_APPLICABLE]) for scores in ITEMS)))
def test_a_total_that_is_not_whole_says_what_it_is_out_of(chosen):
    form = toml.parse(MQRS.replace("on = false", "on = true"))
    found = appraise(form, said([q.id for q in form.questions], chosen))
    total = sum(scores.get(word, 0) for scores, word in zip(ITEMS, chosen, strict=True))
    possible = sum(
        max(scores.values())
        for scores, word in zip(ITEMS, chosen, strict=True)
        if word != NOT_APPLICABLE
    )
    blank, left_out = chosen.count(BLANK), chosen.count(NOT_APPLICABLE)
    any_score = not {*chosen} <= {BLANK, NOT_APPLICABLE}
    assert (found.total, found.possible) == (total if any_score else None, possible)
    assert (found.open, found.left_out) == (blank, left_out)
    assert found.band == ("high" if not blank and total >= 14 else "")
    if blank:
        assert found.words.startswith(f"{total} so far, {blank} item")
    elif left_out:
        assert found.words == f"{total} of {possible} possible, {left_out} not applicable"
    else:
        assert found.words == f"{total} of 17"


ORDERS = {
    "rob2": ("low", "some-concerns", "high"),
    "robins-i": ("low", "moderate", "no-information", "serious", "critical"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_worst_domain_decides_wherever_it_stands(name):
    form, order = shipped(name), ORDERS[name]
    ids = [q.id for q in form.questions]
    row = "hope" if form.questions[0].list else ""
    # Which domains have a rating makes no difference: all of the first four, the rest as the last.
    for first in product(order, repeat=4):
        chosen = (*first, *[first[-1]] * (len(ids) - 4))
        for turn in (0, 2):  # the worst stands anywhere
            turned = (*chosen[turn:], *chosen[:turn])
            worst = max(turned, key=order.index)
            assert appraise(form, said(ids, turned, row), row).overall == worst
        assert appraise(form, said(ids, (BLANK, *chosen[1:]), row), row).overall == ""


def test_a_form_without_a_rule_has_no_overall_rating():
    form = shipped("casp-qualitative")
    ids = [q.id for q in form.questions]
    for word in ("yes", "no", "cant-tell"):
        found = appraise(form, said(ids, [word] * len(ids)))
        assert (found.overall, found.total, found.complete) == ("", None, True)


def test_what_is_asked_is_named():
    form = shipped("mmat")
    found = appraise(form, {("design-category", ""): Value(AnswerState.VALUE, "qualitative")})
    sections = {q.section for q in form.questions if q.id in found.asked}
    assert "qualitative" in sections
    assert "quantitative-descriptive" not in sections
    assert Decimal(found.possible) == 0
