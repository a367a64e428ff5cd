"""Two reports that only look as if a database had changed one: never joined."""

# ruff: noqa: E501 - a table of pairs, one in each line
from __future__ import annotations

import pytest

from screener.duplicates.finder import find
from screener.units.candidate import Candidate

T = "Peer-led text messaging for adults with bipolar disorder in remote clinics"
NO_DOI = {"doi": ""}
NO_TEXT = {"abstract": ""}
BARE = {"doi": "", "abstract": ""}
NEXT = {"pages": "259-270", "doi": "10.5555/ijp.2018.259"}
ONE_PAGE = {"pages": "S29", "issue": "Suppl 1", "doi": "10.5555/supplement"}
NO_PAGES = {"pages": "", "doi": ""}
COCHRANE = {
    "journal": "Cochrane Database of Systematic Reviews", "volume": "", "issue": "",
    "pages": "CD004250", "doi": "10.1002/14651858.CD004250.pub3",
}  # fmt: skip
MEETING = {"volume": "", "issue": "", "pages": "", "doi": ""}

KINDS = {
    "the language behind the title": [
        # the edition in the other language, on its own pages
        ({"title": T}, {"title": T + ". Russian", **NEXT}),
        ({"title": T, **BARE}, {"title": T + ". German", "doi": "", "pages": "259-270"}),
        ({"title": T + " in German"}, {"title": T + " in Polish", **NO_TEXT}),
        ({"title": T + ": German", **ONE_PAGE}, {"title": T + ": Polish", **ONE_PAGE}),
        ({"title": T + ". German version", **NO_PAGES}, {"title": T + ". Dutch version", **NO_PAGES}),
    ],
    "the original title behind the title": [
        (
            {"title": T + ". German multicentre study in young men", **ONE_PAGE},
            {"title": T + ". Polish multicentre study in young men", **ONE_PAGE},
        ),
        (
            {"title": T + ". Russian experience of messages at night", **NO_PAGES},
            {"title": T + ". Dutch experience of messages at night", **NO_PAGES},
        ),
        (
            {"title": T + ". What the women of a valley said", **ONE_PAGE},
            {"title": T + ". What the men of a valley said", **ONE_PAGE},
        ),
        (
            {"title": T + ". Kurznachrichten fur die Frauen in der Provinz", **NO_DOI},
            {"title": T + ". Kurznachrichten fur die Frauen in der Provinz", **NEXT},
        ),
        (
            {"title": T + " / Italian Walking Scale for nurses", **ONE_PAGE},
            {"title": T + " / German Walking Scale for nurses", **ONE_PAGE},
        ),
    ],
    "a Greek letter": [
        ({"title": T + " and TGF-alpha", **ONE_PAGE}, {"title": T + " and TGF-beta", **ONE_PAGE}),
        ({"title": T + " and TGF-\u03b21", **ONE_PAGE}, {"title": T + " and TGF-\u03b22", **ONE_PAGE}),
        ({"title": T + " and TGF-beta"}, {"title": T + " and TGF-", **NEXT}),
        ({"title": T + " and TGF-beta1", **NO_PAGES}, {"title": T + " and TGF-beta", **NO_PAGES}),
        ({"title": "alpha-Blockers in " + T, **ONE_PAGE}, {"title": "\u03b2-Blockers in " + T, **ONE_PAGE}),
        ({"title": "Interferon-a in " + T, **ONE_PAGE}, {"title": "Interferon-b in " + T, **ONE_PAGE}),
    ],
    "subject codes behind the title": [
        ({"title": T + " in 1117 Patients"}, {"title": T + " in 1118 Patients", "pages": ""}),
        ({"title": T}, {"title": T + " 11 Medical and Health Sciences", **NEXT}),
        ({"title": T + ": chapter 06", **NO_PAGES}, {"title": T + ": chapter 11", **NO_PAGES}),
        ({"title": T + " with 12 nurses", **ONE_PAGE}, {"title": T + " with 14 nurses", **ONE_PAGE}),
        ({"title": T + " type J24", **ONE_PAGE}, {"title": T + " type J31", **ONE_PAGE}),
    ],
    "the mark of a footnote": [
        ({"title": T + " 1", **BARE}, {"title": T + " 2", **BARE, "pages": ""}),
        ({"title": T}, {"title": T + " 2", **NEXT}),
        ({"title": T, **BARE, "pages": ""}, {"title": T + " 2", **BARE, "pages": ""}),
        ({"title": T + ", part", **ONE_PAGE}, {"title": T + ", part 2", **ONE_PAGE}),
        ({"title": T + " and HIV", **ONE_PAGE}, {"title": T + " and HIV 1", **ONE_PAGE}),
        ({"title": T + " [1]", **BARE}, {"title": T + " [2]", **BARE}),
    ],
    "and": [
        ({"title": T + " & men", **ONE_PAGE}, {"title": T + " and women", **ONE_PAGE}),
        ({"title": "Salt and " + T}, {"title": "Salt & " + T, **NEXT}),
        ({"title": "Salt and " + T, **ONE_PAGE}, {"title": "Salt or " + T, **ONE_PAGE, **NO_TEXT}),
        ({"title": T + " with & without salt"}, {"title": T + " with salt", **NEXT}),
        ({"title": T + " vs salt", **ONE_PAGE}, {"title": T + " without salt", **ONE_PAGE}),
    ],
    "signs": [
        ({"title": T + " aged \u2265 65", **ONE_PAGE}, {"title": T + " aged < 65", **ONE_PAGE}),
        (
            {"title": T + " aged greater than or equal to 65", **ONE_PAGE},
            {"title": T + " aged less than or equal to 65", **ONE_PAGE},
        ),
        ({"title": "CO\u2082 and " + T, **ONE_PAGE}, {"title": "CO and " + T, **ONE_PAGE, **NO_TEXT}),
        ({"title": T + " with 2.5 mg", **ONE_PAGE}, {"title": T + " with 25 mg", **ONE_PAGE}),
        ({"title": "(R)-salt in " + T, **ONE_PAGE}, {"title": "(S)-salt in " + T, **ONE_PAGE}),
        ({"title": T + " with 10\u2076 cells"}, {"title": T + " with 10\u2078 cells", "pages": ""}),
    ],
    "a Cochrane version": [
        (COCHRANE, {**COCHRANE, "doi": "10.1002/14651858.CD004250.pub4"}),
        ({**COCHRANE, "doi": "", "issue": "3"}, {**COCHRANE, "doi": "", "issue": "5"}),
        (COCHRANE, {**COCHRANE, "doi": "", "year": "2012"}),
        ({**COCHRANE, "doi": ""}, {**COCHRANE, "doi": "", "pages": "CD009999"}),
        (COCHRANE, {"journal": "Invented Journal of Psychiatry"}),
    ],
    "a journal called Proceedings": [
        (
            {"journal": "Proceedings of the 12th Congress of Invented Psychiatry", **MEETING},
            {"journal": "Proceedings of the Royal Society B"},
        ),
        (
            {**MEETING, "journal": "Proceedings of the 12th Invented Congress"},
            {**MEETING, "journal": "Proceedings of the 13th Invented Congress", "year": "2019"},
        ),
        (
            {"journal": "Proceedings of the Royal Society A", "volume": "12", **NO_PAGES},
            {"journal": "Mayo Clinic Proceedings", "volume": "93", **NO_PAGES},
        ),
        (
            {"journal": "Proc Nutr Soc", "pages": "E12", "issue": "OCE2", "doi": ""},
            {"journal": "Invented Journal of Nutrition", "doi": ""},
        ),
        (
            {"journal": "Proc Biol Sci", **BARE, "volume": "283", "pages": "5"},
            {"journal": "Biol Lett", **BARE, "volume": "12", "pages": "77"},
        ),
    ],
    "the whole source as the journal": [
        (NO_DOI, {**MEETING, "journal": "Invented Journal of Psychiatry.12 (3) (pp 259-270) 2018"}),
        (NO_DOI, {**MEETING, "journal": "Annals of Imagined Nursing.7 (1) (pp 11-19) 2018"}),
        (BARE, {**MEETING, "journal": "Invented J Psychiatry. 2018;13(1):S29", **NO_TEXT}),
        (BARE, {**MEETING, "journal": "Inv J Psychiatry. 12(4):244-58, 2018", **NO_TEXT}),
        (
            NO_DOI,
            {**MEETING, "journal": "Invented Journal of Psychiatry.Conference: 3rd Winter School. "
             "12 (Suppl 1) (pp S29) 2018"},
        ),
    ],
    "pages that became a date": [
        ({"pages": "10-May", **BARE, "volume": ""}, {"pages": "11-15", **BARE, "issue": "4"}),
        ({"pages": "22-Jun", **BARE}, {"pages": "6-22", **BARE, "year": "2015"}),
        ({"pages": "22-Jun", **ONE_PAGE}, {"title": T + " in men", **ONE_PAGE, "pages": "22-Jun"}),
        ({"pages": "Oct-15", **BARE}, {"pages": "10-15", **BARE, "journal": "Gazette of Nursing",
         "volume": "7"}),
        ({"pages": "10-May", "doi": "10.5555/1"}, {"pages": "5-11", "doi": "10.5555/2", **NO_TEXT}),
    ],
    "a year that cannot be": [
        ({"year": "1990", **NO_DOI}, {"year": "2018", "issue": "1", **NO_DOI}),
        ({"year": "2008"}, {"year": "2018", "pages": ""}),
        ({"year": "1861", "issue": "1861", **BARE}, {"issue": "1862", **BARE, "pages": "11-19"}),
        ({"year": "1998", "volume": "1998", **BARE}, {"volume": "12", **BARE, "pages": "7-9"}),
        ({"year": "1912", "volume": "1912", **BARE}, {"volume": "1912", **BARE}),
    ],
    "a journal's name cut short": [
        ({"journal": "Cancer", **BARE}, {"journal": "Cancer Research", **BARE, "pages": ""}),
        ({"journal": "J Clin Oncol", **NO_PAGES}, {"journal": "Journal of Clinical Nursing",
         "volume": "30", **NO_PAGES}),
        (
            {"journal": "Ann Surg", "doi": "10.5555/a", "pages": "244"},
            {"journal": "Ann Thorac Surg", "doi": "10.5555/b", "pages": "244"},
        ),
        (
            {"journal": "Am J Med", **BARE, "volume": "12"},
            {"journal": "American Journal of Sports Medicine", **BARE, "volume": "46", "pages": "7"},
        ),
        ({"journal": "Nephron", **NO_DOI, "pages": "c37"}, {"journal": "Nephron Clinical Practice",
         "pages": "137", **NO_DOI}),
    ],
    "an umlaut in the only author": [
        ({"authors": "M\u00fcller J", **BARE}, {"authors": "Miller J", **BARE, "pages": "244"}),
        ({"authors": "M\u00fcller J", **BARE}, {"authors": "Mueller J", **BARE, "pages": "259-270"}),
        ({"authors": "Bauer, E", **BARE, "pages": ""}, {"authors": "Mayer, E", **BARE, "pages": ""}),
        ({"authors": "K\u00f6hler, E", **ONE_PAGE}, {"authors": "Kuhler, E", **ONE_PAGE, **NO_TEXT,
         "title": T + " in men"}),
        ({"authors": "S\u00f8rensen", **BARE}, {"authors": "Soerensen", **BARE, "year": "2015"}),
    ],
    "a longer title on one side": [
        ({"title": T}, {"title": T + ": erratum"}),
        ({"title": T}, {"title": T + ": study protocol", **NEXT}),
        ({"title": T, **ONE_PAGE, **NO_TEXT}, {"title": T + ": the second year", **ONE_PAGE}),
        ({"title": T, **BARE}, {"title": T + " - Reply", **BARE}),
        ({"title": T, **NO_TEXT}, {"title": T + ": comment", **NO_TEXT}),
        ({"title": T, "pages": ""}, {"title": T + ", part 2", "pages": ""}),
    ],
    "an identifier that was cut": [
        # all articles of the volume have what is left
        (
            {"doi": "10.5555/0010-5422(2018)12", "pages": "97-105"},
            {"doi": "10.5555/0010-5422(2018)12", "pages": "297-305"},
        ),
        (
            {"doi": "10.5555/0010-5422(2018)12", "title": "Dreams after a swim in a river", **NO_TEXT},
            {"doi": "10.5555/0010-5422(2018)12", "title": "Dreams after a swim in the river",
             "pages": "410-418", **NO_TEXT},
        ),
        (
            {"doi": "10.1002/(SICI)1097-0258(20180815)17:15", "pages": "", "issue": "1"},
            {"doi": "10.1002/(SICI)1097-0258(20180815)17:15", "pages": "", "issue": "2"},
        ),
        (
            {"doi": "10.5555/s(18", "volume": "", "journal": "", **NO_TEXT},
            {"doi": "10.5555/s(18", "volume": "", **NO_TEXT, "pages": "7"},
        ),
        (
            {"doi": "10.5555/b[12", "title": T + ": Peers", **NO_TEXT, "pages": ""},
            {"doi": "10.5555/b[12", "title": T + ": Nurses", **NO_TEXT, "pages": ""},
        ),
    ],
    "the year before, while the place is not known": [
        # an abstract of two years' meetings; a yearly report; two years; another journal
        (
            {**MEETING, "journal": "Inv J.Conference: Winter School Oslo", "year": "2017"},
            {**MEETING, "journal": "Inv J.Conference: Winter School Oslo", **NO_TEXT},
        ),
        (
            {**MEETING, **NO_TEXT, "title": "Yearly report of the network of clinics in two valleys "
             "of the north and the south", "year": "2017"},
            {**NO_DOI, **NO_TEXT, "title": "Yearly report of the network of clinics in two valleys "
             "of the north and the south"},
        ),
        ({**MEETING, **NO_TEXT, "year": "2016"}, BARE),
        ({**MEETING, **NO_TEXT, "year": "2017", "journal": "Annals of Nursing"}, BARE),
        ({**MEETING, **NO_TEXT, "year": "2017", "authors": "Brandvik, M"}, BARE),
    ],
}  # fmt: skip


def rows():
    return [
        pytest.param(left, right, id=f"{kind}-{number}")
        for kind, pairs in KINDS.items()
        for number, (left, right) in enumerate(pairs, start=1)
    ]


@pytest.mark.parametrize(("left", "right"), rows())
def test_not_joined(record, left, right):
    pair: list[Candidate] = [record("1", **left), record("2", **right)]
    assert not find(pair).certain
