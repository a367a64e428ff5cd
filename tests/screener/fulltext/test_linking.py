"""Which records are linked, and the words for what one is to the other."""

from __future__ import annotations

from itertools import permutations

import pytest

from screener import open_project
from screener.duplicates.finder import find
from screener.duplicates.found import Link
from screener.fulltext.linked import bonds
from screener.model import Cancelled
from screener.units.candidate import Candidate

COCHRANE = {"title": "Peer support by telephone for adults: a review", "authors": "Petit, Luc",
            "journal": "Cochrane Database of Systematic Reviews"}  # fmt: skip


@pytest.fixture
def candidates(linking):
    """The records of the invented study, by their numbers."""
    with open_project(linking.project, write=False) as review:
        return {r.number: Candidate.of(r.id, r.fields) for r in review.sources.records()}


@pytest.fixture
def said(candidates):
    """What the others are to one of them, by number."""
    numbers = {record.id: number for number, record in candidates.items()}

    def of(number):
        found = bonds([candidates[number]], candidates.values())
        assert {bond.one for bond in found} <= {candidates[number].id}
        return {numbers[bond.other]: bond.words for bond in found}

    return of


def test_what_is_linked_to_a_report(said):
    assert said(1) == {
        2: "a preprint of it",
        3: "a correction of it",
        4: "a conference abstract of it",
        5: "its entry in a trial register",
    }


def test_from_the_other_side_it_is_the_report(said):
    assert [said(n)[1] for n in (2, 3, 4, 5)] == [
        "the report of this preprint",
        "the report it is about",
        "a report of this conference abstract",
        "a report of this registered trial",
    ]


def test_of_two_that_come_before_the_report_each_is_what_it_is(said):
    assert (said(2)[4], said(4)[2]) == ("a conference abstract of it", "a preprint of it")


def test_another_record_is_linked_to_nothing(said):
    assert said(6) == {}


def test_versions_and_the_same_report_elsewhere():
    one = Candidate(id="1", **COCHRANE, doi="10.1002/14651858.CD004250.pub2", year="2008")
    two = Candidate(id="2", **COCHRANE, doi="10.1002/14651858.CD004250.pub4", year="2012")
    assert [b.words for b in bonds([two], [one, two])] == [
        "another version of this Cochrane review"
    ]
    title = "Allotment gardens and loneliness among widowed fishermen: a cohort"
    places = (("Journal of Cohorts", "3", "77-90"), ("Annals of Gardens", "41", "5-9"))
    found = [
        Candidate(
            id=j, title=title, authors="Petit, Luc", year="2020", journal=j, volume=v, pages=p
        )
        for j, v, p in places
    ]
    assert [b.words for b in bonds(found[:1], found)] == [
        "the same title and authors, published elsewhere"
    ]


def test_the_reason_says_what_is_really_the_same():
    one, other = (
        Candidate(
            id=journal, title="Calm on the ward: a trial of peers who listen", authors=by,
            year="2020", journal=journal, volume=volume, pages=pages,
        )
        for journal, by, volume, pages in (
            ("Ward Notes", "O'Brien, E; Ng, A", "4", "11-19"),
            ("Calm Letters", "O'Brien, B; Simic, B", "9", "201-210"),
        )
    )  # fmt: skip
    (bond,) = bonds([one], [one, other])
    assert bond.words == "the same title and some authors of the same name, published elsewhere"
    assert bonds([one], [one, other], apart=lambda *_: True) == []


def test_the_finder_of_duplicates_links_the_same_whatever_the_order(candidates):
    wanted = {(link.kind, link.records) for link in find(list(candidates.values())).linked}
    assert {kind for kind, _ in wanted} >= {Link.PREPRINT, Link.NOTICE, Link.REGISTRATION}
    for few in permutations(candidates.values(), 2):
        ids = {record.id for record in few}
        found = bonds(few, reversed(candidates.values()))
        assert {(b.kind, tuple(sorted((b.one, b.other)))) for b in found} == {
            (kind, records) for kind, records in wanted if ids & {*records}
        }


def test_it_can_be_stopped(candidates):
    def stop(*_):
        raise Cancelled

    with pytest.raises(Cancelled):
        bonds([candidates[1]], candidates.values(), stop)
