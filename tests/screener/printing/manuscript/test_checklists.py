"""The checklists: every item is answered, and where it says so there is such a place."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.consensus.agreement.figures import figures, overall
from screener.consensus.agreement.interval import METHODS
from screener.consensus.agreement.quantiles import t_quantile
from screener.model import Protocol
from screener.printing import document as d
from screener.printing.manuscript import checklists
from screener.printing.manuscript.facts import Facts

BLANK = Facts(protocol=Protocol(title="A review"))
ANSWERS = {checklists.PRISMA: checklists._PRISMA, checklists.SEARCHES: checklists._SEARCHES}


@pytest.mark.parametrize(("name", "items"), [("prisma-2020", 42), ("prisma-s", 16)])
def test_every_item_has_an_answer(name, items):
    found = checklists.checklist(name)
    assert len(found.items) == items
    assert {one.id for one in found.items} == ANSWERS[name].keys()
    assert all(one.text.endswith(".") for one in found.items)


def test_a_blank_review_answers_nothing():
    for answers in ANSWERS.values():
        assert [id_ for id_, answer in answers.items() if answer(BLANK).where] == []
        assert [id_ for id_, answer in answers.items() if not answer(BLANK).missing] == []


def test_what_answers_an_item_is_in_the_document(copied):
    with open_project(copied, write=False) as review:
        facts, document = review.manuscript.facts(), review.manuscript.document()
    places = {b.text for b in document.blocks if isinstance(b, d.Heading)}
    places |= {b.caption for b in document.blocks if isinstance(b, d.Table | d.Picture)}
    named = {
        place
        for answers in ANSWERS.values()
        for answer in answers.values()
        for place in answer(facts).where.split("; ")
        if place
    }
    assert len(named) > 8
    assert named <= places


def test_the_lists_name_what_the_searches_lack(copied):
    with open_project(copied, write=False) as review:
        facts = review.manuscript.facts()
    said = checklists.missing(facts)
    assert "the platform of CENTRAL" in said
    assert "the date of the search of CENTRAL and Trials near us" in said
    assert "the number of records announced of CENTRAL, Embase and Trials near us" in said


def test_intervals_are_of_the_quantile_that_is_named():
    two = figures([[18, 7], [11, 64]], ("include", "exclude"))
    many = overall([[3, 0], [0, 3], [2, 1], [1, 2], [3, 0]], ("include", "exclude"))
    made = {
        "kappa_interval": (two.kappa, two.kappa_error, two.kappa_interval, two.n),
        "ac1_interval": (two.ac1, two.ac1_error, two.ac1_interval, two.n),
        "fleiss_kappa_interval": (
            many.fleiss_kappa,
            many.fleiss_kappa_error,
            many.fleiss_kappa_interval,
            many.n,
        ),
    }
    for name, (value, error, (low, _), n) in made.items():
        reach = (value - low) / error
        if "(z)" in METHODS[name]:
            assert reach == pytest.approx(1.959964, abs=1e-6)
        else:
            assert "t with n − 1" in METHODS[name]
            assert reach == pytest.approx(t_quantile(0.975, n - 1), abs=1e-9)
