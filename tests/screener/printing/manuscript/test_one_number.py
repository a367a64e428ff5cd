"""What is counted once in the flow has the same number in every sentence of the report."""

from __future__ import annotations

import pytest

from screener import create_project
from screener.duplicates.methods import methods

SOURCES = (("PubMed", "database"), ("WHO", "organisation"), ("PubMed", "database"))


@pytest.fixture
def thrice(tmp_path):
    """A report that a database gave twice and an organisation once, joined to one."""
    with create_project(tmp_path / "r.screener", title="T") as project:
        for place, (source, kind) in enumerate(SOURCES):
            path = tmp_path / f"{place}.ris"
            path.write_text(f"TY  - JOUR\nTI  - Peers\nDO  - 10.1/{place}\nER  - \n")
            project.sources.import_file(path, source=source, kind=kind)
        project.duplicates.same([r.id for r in project.sources.records()])
        yield project


def duplicates_said(project):
    return methods(project.duplicates, project.sources, project.units)


def test_a_removed_group_is_one_in_every_sentence(thrice, html_of):
    thrice.sources.remove(["1", "2", "3"], "RuleX", automatic=True)
    flow = thrice.report.flow()
    assert (flow.excluded_automatic, flow.other_duplicates, flow.other_unsought) == (1, 1, 0)
    assert thrice.report.remarks() == (
        "1 record was removed by automation tools before screening: RuleX.",
    )
    said = html_of(thrice.manuscript.document())
    assert "1 record was removed before screening by an automation tool." in said
    assert "1 record was removed before screening: 1 marked as ineligible" in said
    assert "2 records among those that were removed are counted as duplicates" in said
    assert "3 records" not in said


def test_a_flow_of_which_no_record_is_left_is_a_draft(thrice):
    thrice.sources.remove(["1", "2", "3"], "RuleX", automatic=True)
    flow = thrice.report.flow()
    assert flow.draft
    assert flow.draft_sentence == "Draft while no record is left to be screened."


def test_what_a_source_brought_is_said_in_units(thrice, tmp_path):
    path = tmp_path / "more.ris"
    path.write_text("TY  - JOUR\nTI  - Clinics\nER  - \n")
    thrice.sources.import_file(path, source="PubMed", kind="database")
    assert (
        "By source (a duplicate group counts as one): PubMed, 2 records, 1 of them found nowhere"
        " else; WHO, 1 record, 0 of them found nowhere else." in duplicates_said(thrice)
    )
    thrice.sources.remove(["4"], "An advertisement")
    assert (
        "(a duplicate group counts as one; what was removed before screening is not counted):"
        " PubMed, 1 record, 0 of them" in duplicates_said(thrice)
    )
