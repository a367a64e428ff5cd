"""The checklists: every item is answered, and where it says so there is such a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener import open_project
from screener.consensus.agreement.figures import figures, overall
from screener.consensus.agreement.interval import METHODS
from screener.consensus.agreement.quantiles import t_quantile
from screener.model import Batch, Protocol, Search
from screener.model.record import Skipped
from screener.printing import document as d
from screener.printing.manuscript import checklists
from screener.printing.manuscript.facts import Facts
from screener.printing.manuscript.lacks import ANSWERED, PART, WRITE

BLANK = Facts(protocol=Protocol(title="A review"))
ANSWERS = checklists.ANSWERS


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
        assert {answer(BLANK).state for answer in answers.values()} == {WRITE}


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
    said = checklists.missing(facts)["Searches"]
    assert "the platform of CENTRAL" in said
    assert "the date of the search of CENTRAL and Trials near us" in said
    assert "the number of records announced by CENTRAL, Embase and Trials near us" in said


def test_each_missing_thing_is_said_once(copied):
    with open_project(copied, write=False) as review:
        facts = review.manuscript.facts()
    every = [one for several in checklists.missing(facts).values() for one in several]
    assert len(every) == len(set(every)) > 5
    # One thing of several sources is one line: no other line begins as it does.
    begins = [one.partition(" of ")[0] for one in every if one.startswith("the ")]
    assert len(begins) == len(set(begins)) > 2


IN_PART = {
    checklists.PRISMA: ("5", "9", "10a", "10b", "19", "24c"),
    checklists.SEARCHES: ("3", "9", "10", "15"),
}
"""Items that ask for more than the planted review, or any project file, can hold."""


@pytest.mark.parametrize(("name", "ids"), IN_PART.items())
def test_what_is_answered_in_part_is_not_said_to_be_answered(copied, name, ids):
    with open_project(copied, write=False) as review:
        facts = review.manuscript.facts()
    states = {id_: answer(facts).state for id_, answer in ANSWERS[name].items()}
    assert {id_: states[id_] for id_ in ids} == dict.fromkeys(ids, PART)
    assert states["8"] in (ANSWERED, PART)
    assert all((answer(facts).state == ANSWERED) == (not answer(facts).missing)
               for answer in ANSWERS[name].values())  # fmt: skip


def search(source, day, **more):
    said = Search(source=source, searched=day, **more)
    return Batch(id=day, search=said, file="a.ris", parsed=7, skipped=(), file_digest="")


def test_searches_of_several_sources_are_no_update():
    ask = ANSWERS[checklists.SEARCHES]["12"]
    apart = replace(BLANK, searches=(search("A", "2026-01-02"), search("B", "2026-03-04")))
    again = replace(BLANK, searches=(search("A", "2026-01-02"), search("A", "2026-03-04")))
    assert (ask(apart).state, ask(again).state) == (WRITE, PART)


def test_limits_need_a_justification_and_their_absence_none():
    ask = ANSWERS[checklists.SEARCHES]["9"]
    none, some = (
        replace(BLANK, searches=(search("A", "2026-01-02", limits=limits),))
        for limits in ("none", "English only")
    )
    assert (ask(none).state, ask(some).state) == (ANSWERED, PART)
    assert ask(some).missing == "the justification of the limits to the search of A"


def test_a_register_is_named_or_missing():
    ask = ANSWERS[checklists.PRISMA]["24a"]
    for number, state in (("CRD42020139037", ANSWERED), ("EX-1", PART), ("", WRITE)):
        facts = replace(BLANK, protocol=replace(BLANK.protocol, registration=number))
        assert ask(facts).state == state


def test_a_gap_that_unread_parts_explain_is_not_missing():
    ask = ANSWERS[checklists.SEARCHES]["15"]
    gap = search("A", "2026-01-02", claimed=8)
    told = replace(gap, skipped=(Skipped(line=3, text="x", why="no title"),))
    assert ask(replace(BLANK, searches=(told,))).state == ANSWERED
    assert ask(replace(BLANK, searches=(gap,))).missing == (
        "why A announced 8 records and 7 were read"
    )


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
