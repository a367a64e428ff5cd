"""Other kinds of sameness are shown and never merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.duplicates.finder import find

COCHRANE = "Cochrane Database of Systematic Reviews"


def links(*records):
    found = find(records)
    assert found.certain == ()
    return [(link.kind, link.records) for link in found.linked]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "cochrane-versions",
            {"journal": COCHRANE, "doi": "10.1002/14651858.CD004250.pub2", "year": "2008"},
            {"journal": COCHRANE, "doi": "10.1002/14651858.CD004250.pub4", "year": "2012"},
        ),
        (
            "notice-and-report",
            {},
            {"title": "Erratum: Peer-led text messaging for adults with bipolar disorder in remote "
             "clinics: a trial", "pages": "501", "issue": "7", "doi": "10.5555/ijp.2018.501"},
        ),
        (
            "preprint-and-report",
            {},
            {"journal": "medRxiv", "volume": "", "issue": "", "pages": "", "doi": "10.5555/pre"},
        ),
        (
            "conference-abstract-and-report",
            {},
            {"journal": "Annals of Invention. Conference: 7th Invented Congress", "volume": "40",
             "issue": "", "pages": "S12", "doi": ""},
        ),
        (
            "published-elsewhere",
            {},
            {"journal": "Annals of Invention", "volume": "40", "pages": "7-21", "doi": ""},
        ),
    ],
)  # fmt: skip
def test_linked(record, kind, one, other):
    assert (kind, ("1", "2")) in links(record("1", **one), record("2", **other))


def test_a_registry_entry_and_its_report(record, bare):
    entry = bare("entry", title="Peers by telephone", type="registry-entry",
                 registration="NCT01234567", journal="ClinicalTrials.gov")  # fmt: skip
    report = record("report", abstract=record().abstract + " Registered as NCT01234567.")
    assert links(entry, report) == [("registry-entry-and-report", ("entry", "report"))]
    assert links(entry, record("report")) == []


def test_a_registry_entry_is_known_by_its_database_alone(record, bare):
    entry = bare("entry", title=record().title, registration="NCT01234567",
                 database="ClinicalTrials.gov")  # fmt: skip
    report = record("report", registration="NCT01234567")
    assert links(entry, report) == [("registry-entry-and-report", ("entry", "report"))]
    assert find([entry, report]).ask == ()
    assert links(replace(entry, database="PubMed"), report) == []


def test_unrelated_records_are_not_linked(record, bare):
    assert links(record("1"), bare("2", title="Tidal mills of the southern coast")) == []


def test_what_is_in_one_group_is_not_linked(record):
    assert find([record("1"), record("2", journal="Inv J Psychiatr")]).linked == ()
