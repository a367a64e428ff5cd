"""One invented pair for every rule and every veto."""

from __future__ import annotations

import pytest

from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.settings import Settings

TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial"
PLAIN = TITLE.removesuffix(": a trial")
OTHER_TEXT = (
    "Objective: To find out how nurses in two mountain valleys judge a telephone rota at night. "
    "Design: Interviews with thirty nurses, coded by two people. Findings: The rota was welcomed "
    "where sleep was protected; elsewhere it was dropped within weeks, mostly without any notice."
)
COCHRANE = {
    "journal": "Cochrane Database of Systematic Reviews",
    "volume": "2012",
    "pages": "CD004250",
    "doi": "",
}
NO_TEXT = {"abstract": ""}
NO_DOI = {"doi": ""}
ONLY_TITLE = {
    "authors": "", "year": "", "journal": "", "volume": "", "issue": "", "pages": "", "doi": "",
    "abstract": "",
}  # fmt: skip
NO_PLACE = {"volume": "", "issue": "", "pages": "", "doi": ""}

CERTAIN_PAIRS = {
    "same-doi": [
        ({}, {}),
        ({}, {"doi": "http://dx.doi.org/10.5555%2FIJP.2018.244", "pages": "244-58"}),
        # online first in 2017, printed in 2018, counted from 1 while there was no volume
        ({}, {"year": "2017", "volume": "", "issue": "", "pages": "1-15"}),
        # the abstract in another language: the page says it is the same
        ({}, {"abstract": OTHER_TEXT}),
        # the other database has the series of the journal, not its name
        ({}, {"journal": "Annals of Invented Medicine"}),
        # one DOI, one title: the "page" 15 is a number of pages
        ({"pages": "106482"}, {"pages": "15"}),
        ({**NO_TEXT}, {**NO_TEXT, "title": TITLE.replace("messaging", "mesaging")}),
    ],
    "same-pmid": [
        ({"pmid": "31000001", **NO_DOI}, {"pmid": "31000001", "doi": "", "pages": ""}),
    ],
    "same-place": [
        (NO_DOI, NO_DOI),
        (NO_DOI, {}),
        # a typing error in the DOI: everything else of the place agrees
        ({}, {"doi": "10.5555/ijp.2018.245"}),
        # the journal's name in another language
        (NO_DOI, {"doi": "", "journal": "Zeitschrift fuer erfundene Seelenkunde"}),
        # no author in common but one place and one range of pages
        (NO_DOI, {"doi": "", "authors": "Peer Support Consortium"}),
        # the discussion after it counted or not
        (NO_DOI, {"doi": "", "pages": "244-256; discussion 256-258"}),
        # a letter of a long title was lost
        (
            {**NO_DOI, **NO_TEXT, "pages": "S29"},
            {**NO_DOI, **NO_TEXT, "pages": "S29", "title": TITLE.replace("messaging", "mesaging")},
        ),
        # the beginning of the journal's name
        ({**NO_DOI, **NO_TEXT, "pages": "244"}, {"doi": "", "journal": "Invented Journal"}),
        # the same range in another order, and a discussion after it
        (NO_DOI, {"doi": "", "pages": "260-261; discussion 259, 244-258"}),
        ({**NO_DOI, "volume": "12(3)", "issue": ""}, NO_DOI),
        # alpha7 written as a7
        (
            {"title": "Imaging of alpha7 receptors in restless adults by tomography", **NO_DOI},
            {"title": "Imaging of a7 receptors in restless adults by tomography", **NO_DOI},
        ),
        ({**NO_DOI, "year": "2017"}, NO_DOI),
    ],
    "same-own-pages": [
        # a word is another one, but fifteen pages of one volume hold one abstract
        (NO_DOI, {**NO_DOI, "title": TITLE.replace("remote", "rural")}),
        # the title in the language of the article, or in another translator's words
        (
            {**NO_DOI, **NO_TEXT},
            {**NO_DOI, **NO_TEXT, "title": "Kurznachrichten von Gleichgestellten: eine Studie"},
        ),
        (
            {**NO_DOI, **NO_TEXT},
            {**NO_DOI, **NO_TEXT, "title": "[Short messages among equals: one study]"},
        ),
        # a short title could stand on many documents, its range of pages on one
        (
            {**NO_DOI, **NO_TEXT, "title": "Letters in the wild north: what peers wrote"},
            {**NO_DOI, **NO_TEXT, "title": "Letters in the wild north"},
        ),
        # an article number belongs to one article as well
        (
            {**NO_DOI, "pages": "e0192222"},
            {
                "title": TITLE.replace("remote", "rural"),
                **NO_DOI,
                "pages": "",
                "issue": "e0192222",
            },
        ),
    ],
    "same-doi-and-place": [
        (
            {**NO_TEXT, "pages": "244"},
            {**NO_TEXT, "title": TITLE + ". Letters from a valley", "pages": "244"},
        ),
    ],
    "same-page-range": [
        (
            {**NO_DOI, **NO_TEXT, "pages": "244-245"},
            {**NO_DOI, **NO_TEXT, "pages": "244-245", "title": TITLE + ": case report"},
        ),
    ],
    "same-issue-and-page": [
        (
            {**NO_DOI, **NO_TEXT, "pages": "244"},
            {**NO_DOI, **NO_TEXT, "pages": "244", "title": TITLE + ": case report"},
        ),
    ],
    "same-pages": [
        ({**NO_DOI, "volume": ""}, NO_DOI),
        # "3)" is what was left of "12 (Supplement 3)"
        ({**NO_DOI, "volume": "3)"}, NO_DOI),
        # one meeting under two names: the range of pages settles it
        (
            {**NO_DOI, "journal": "Erfundener Kongress", "volume": "", "issue": ""},
            {**NO_DOI, "journal": "Proceedings of the 7th Invented Congress", "volume": ""},
        ),
    ],
    "same-volume": [
        (NO_DOI, {"doi": "", "pages": ""}),
        # the beginning of "S244-S258" was cut off
        (NO_DOI, {"doi": "", "pages": "Suppl-58"}),
        (NO_DOI, {"doi": "", "pages": "Invented-29"}),
        # one text in one volume, in print and under a number online
        (NO_DOI, {"doi": "", "pages": "c1804"}),
    ],
    "same-journal": [
        # a letter was lost, the text is the same
        ({**NO_PLACE, "title": TITLE.replace("messaging", "mesaging")}, NO_DOI),
        (NO_DOI, NO_PLACE),
        ({**NO_PLACE, "journal": "Inv J Psychiatr"}, NO_DOI),
        ({**NO_PLACE, **NO_TEXT}, {**NO_DOI, **NO_TEXT}),
    ],
    "same-abstract": [
        ({**NO_PLACE, "volume": "12", "journal": ""}, {"doi": "", "pages": ""}),
        # a volume of abstracts has no author: journal, volume and text are the same
        (
            {**NO_DOI, "authors": "Anonymous", "pages": ""},
            {**NO_DOI, "authors": "", "pages": ""},
        ),
    ],
}

VETOED_PAIRS = {
    "numbers-differ": [
        ({"title": TITLE + ", part 1", "pages": "S12"}, {"title": TITLE + ", 2", "pages": "S12"}),
        ({**NO_TEXT, "title": TITLE + " I"}, {**NO_TEXT, "title": TITLE + " II", "pages": "244"}),
        (
            {**NO_TEXT, "title": "Low dose of 5 mg invented acid for restless nights in adults"},
            {
                **NO_TEXT,
                "title": "Low dose of 10 mg invented acid for restless nights in adults",
                "pages": "244",
            },
        ),
    ],
    # the first and the second part, or the mark of a footnote
    "number-behind": [
        (
            {"pages": "", "volume": "", **NO_TEXT, "title": PLAIN},
            {"pages": "", "volume": "", **NO_TEXT, "title": PLAIN + " 2"},
        ),
    ],
    # two abstracts by one template, on one page, with one DOI for all
    "word-replaced": [
        ({"pages": "S29"}, {"pages": "S29", "title": TITLE.replace("adults", "adolescents")}),
        ({"pages": "S29"}, {"pages": "S29", "title": TITLE.replace("bipolar", "unipolar")}),
    ],
    "kind-differs": [
        ({}, {"title": "Erratum: " + TITLE}),
        ({}, {"title": "CORRECTIONS: " + TITLE, "doi": "10.5555/ijp.2018.244corr1"}),
        ({}, {"title": TITLE + " - Reply"}),
        ({}, {"title": "Retraction: " + TITLE}),
        ({}, {"title": TITLE + " (vol 12, pg 244, 2018)"}),
        ({}, {"title": TITLE + " (Invented Journal of Psychiatry (2018) 12 (244-258))"}),
        ({}, {"publication_type": ("Journal Article", "Published Erratum")}),
    ],
    "years-differ": [({}, {"year": "2014"})],
    "versions-differ": [
        (
            {**COCHRANE, "doi": "10.1002/14651858.CD004250.pub2", "issue": "1"},
            {**COCHRANE, "doi": "10.1002/14651858.CD004250.pub3", "issue": "5"},
        ),
        ({**COCHRANE, "issue": "1"}, {**COCHRANE, "issue": "5"}),
    ],
    "pmids-differ": [({"pmid": "31000001"}, {"pmid": "31000002"})],
    "dois-differ": [
        (NO_TEXT, {**NO_TEXT, "doi": "10.5555/other", "pages": ""}),
    ],
    "pages-differ": [
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_TEXT, "pages": "501-509"}),
        # a supplement: one DOI for all its abstracts
        ({"pages": "S12", "volume": ""}, {"pages": "S512", "volume": "", **NO_TEXT}),
    ],
    # a column comes back in every issue, an abstract in another supplement
    "issues-differ": [
        # on the same page of every issue
        (
            {**NO_DOI, **NO_TEXT, "pages": "5-6"},
            {**NO_DOI, **NO_TEXT, "pages": "5-6", "issue": "4"},
        ),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_TEXT, "pages": "", "issue": "4"}),
        (
            {**NO_DOI, "volume": "12 Suppl 1", "issue": "", "pages": ""},
            {**NO_DOI, "volume": "12 (SUPPL. 3)", "issue": "", "pages": ""},
        ),
    ],
    "volumes-differ": [
        ({**NO_DOI, "pages": ""}, {**NO_DOI, "pages": "", "volume": "13"}),
    ],
    "journals-differ": [
        (
            {**NO_TEXT, "volume": "", "pages": ""},
            {**NO_TEXT, "volume": "", "pages": "", "journal": "Annals of Invented Medicine"},
        ),
    ],
    # one abstract at two meetings that one journal reports
    "meetings-differ": [
        (
            {**NO_PLACE, "journal": "Inv J Psychiatr. Conference: 3rd Winter School. Oslo"},
            {**NO_PLACE, "journal": "Inv J Psychiatr.Conference: 12th Summer Days. Bari"},
        ),
    ],
    # the article's DOI on the abstract that came before it
    "one-presented": [
        ({**NO_TEXT, "journal": "", "pages": ""}, {"volume": "12 (Supplement 1)", "pages": "S366"}),
    ],
    "authors-differ": [
        ({"pages": "S12"}, {"pages": "S12", "authors": "Zdunek, Olga; Farkas, Bela"}),
    ],
    # an abstract of a meeting and the article, in one volume of one journal
    "abstracts-differ": [({**NO_DOI}, {**NO_DOI, "pages": "", "abstract": OTHER_TEXT})],
    "generic-title": [
        (
            {**NO_DOI, **NO_TEXT, "title": "Editorial", "issue": ""},
            {**NO_DOI, **NO_TEXT, "title": "Editorial"},
        ),
    ],
}

ASKED_PAIRS = {
    "identifier": [
        ({}, {"title": ""}),
        ({}, {"title": "#NAME?"}),
        ({**NO_TEXT}, {**NO_TEXT, "pages": "S12", "volume": "", "authors": ""}),
    ],
    "title": [
        # nobody is named as author, or many documents carry such a title
        (
            {**NO_DOI, **NO_TEXT, "pages": "", "authors": ""},
            {**NO_DOI, **NO_TEXT, "pages": "", "authors": "Anonymous"},
        ),
        (
            {**NO_DOI, **NO_TEXT, "title": "Editorial: letters in winter", "pages": ""},
            {**NO_DOI, **NO_TEXT, "title": "Editorial: letters in winter"},
        ),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_TEXT, "volume": "13", "pages": ""}),
        # a Cochrane review and its update: shown as one question, never merged
        (
            {**NO_PLACE, "journal": COCHRANE["journal"], "year": "2008"},
            {**NO_PLACE, "journal": COCHRANE["journal"], "year": "2012"},
        ),
        (
            {**COCHRANE, "doi": "10.1002/14651858.CD004250.pub2", "year": "2008", "volume": "3"},
            {**COCHRANE, "doi": "10.1002/14651858.CD004250.pub4", "abstract": OTHER_TEXT},
        ),
    ],
    "place": [
        # quite another title, and nothing says that it is a translation
        (
            {**NO_DOI, **NO_TEXT},
            {**NO_DOI, **NO_TEXT, "title": "Short messages among equals: one study"},
        ),
    ],
    "bare-title": [
        # two lists of titles and abstracts; a report in a list of titles, with one field or none
        ({**ONLY_TITLE, "abstract": OTHER_TEXT}, {**ONLY_TITLE, "abstract": OTHER_TEXT}),
        ({}, ONLY_TITLE),
        ({}, {**ONLY_TITLE, "year": "2018"}),
        ({"abstract": OTHER_TEXT}, {**ONLY_TITLE, "abstract": OTHER_TEXT}),
        ({}, {**ONLY_TITLE, "journal": "Inv J Psychiatr"}),
        # a title that many carry, and one abstract
        (
            {**ONLY_TITLE, "title": "Guest editorial", "abstract": OTHER_TEXT},
            {**ONLY_TITLE, "title": "Guest editorial", "abstract": OTHER_TEXT},
        ),
    ],
    "title-contains": [
        (
            {**NO_DOI, **NO_TEXT, "pages": ""},
            {
                **NO_PLACE,
                **NO_TEXT,
                "title": TITLE + " of messages that peers wrote on long winter evenings by the sea",
            },
        ),
    ],
}


def rows(table):
    return [
        pytest.param(name, left, right, id=f"{name}-{number}")
        for name, pairs in table.items()
        for number, (left, right) in enumerate(pairs, start=1)
    ]


@pytest.mark.parametrize(("rule", "left", "right"), rows(CERTAIN_PAIRS))
def test_certain(judged, rule, left, right):
    verdict = judged(left, right)
    assert (verdict.outcome, verdict.rule, verdict.vetoes) == ("certain", rule, ())


@pytest.mark.parametrize(("veto", "left", "right"), rows(VETOED_PAIRS))
def test_vetoed(judged, compared, veto, left, right):
    pair = compared(left, right)
    rule = next(rule for rule in VETOES if rule.name == veto)
    assert rule.holds(pair, Settings())
    assert judged(left, right).outcome != "certain"


@pytest.mark.parametrize(("veto", "left", "right"), rows(VETOED_PAIRS))
def test_veto_is_what_stops_the_merge(judged, compared, veto, left, right):
    others = frozenset(
        rule.name
        for rule in VETOES
        if rule.name != veto and rule.holds(compared(left, right), Settings())
    )
    without_others = judged(left, right, Settings(off=others))
    assert without_others.outcome != "certain"
    assert judged(left, right, Settings(off=others | {veto})).outcome == "certain"


@pytest.mark.parametrize("pages", ["244-258", "e0192222"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("of messages at 40 mg of lithium", "of messages at 80 mg of lithium"),
        ("of messages to adults", "of messages to adolescents"),
        ("of messages to adults. Part I", "of messages to adults. Part II"),
        ("of messages to men", "of messages to women"),
        ("of messages: effective", "of messages: not effective"),
    ],
)
def test_the_same_pages_excuse_no_other_word_or_number(judged, pages, one, other):
    place = {**NO_DOI, **NO_TEXT, "pages": pages}
    head = "A trial in remote clinics by peers with bipolar disorder "
    assert judged({**place, "title": head + one}, {**place, "title": head + other}).outcome == "ask"


@pytest.mark.parametrize(
    "differing",
    [
        {"year": "2019"},
        {"journal": "Annals of Invention"},
        {"abstract": OTHER_TEXT},
        {"doi": "10.5555/annals.7"},
        {"title": "Erratum: " + TITLE},
        {"title": TITLE.replace("remote", "rural")},
        {"journal": "ClinicalTrials.gov"},
        {"database": "ClinicalTrials.gov"},
    ],
)
def test_a_title_alone_is_no_question_where_anything_differs(judged, differing):
    assert judged({}, {**ONLY_TITLE, **differing}).outcome == "no"


def test_a_title_that_many_carry_is_no_question_alone(judged):
    many = {**ONLY_TITLE, "title": "Letter from the president"}
    assert judged({**many, "year": "2018", "abstract": OTHER_TEXT}, many).outcome == "no"


def test_two_trials_in_a_register_are_no_question(judged):
    entry = {**ONLY_TITLE, "database": "ClinicalTrials.gov"}
    one, other = ({**entry, "registration": number} for number in ("NCT01234567", "NCT07654321"))
    assert judged(one, one).rule == "bare-title"
    assert judged(one, other).outcome == "no"


@pytest.mark.parametrize(("rule", "left", "right"), rows(ASKED_PAIRS))
def test_asked(judged, rule, left, right):
    verdict = judged(left, right)
    assert (verdict.outcome, verdict.rule) == ("ask", rule)


def test_every_rule_has_a_pair():
    named = {**CERTAIN_PAIRS, **VETOED_PAIRS, **ASKED_PAIRS}
    assert sorted(named) == sorted(rule.name for rule in (*CERTAIN, *VETOES, *QUESTIONS))
