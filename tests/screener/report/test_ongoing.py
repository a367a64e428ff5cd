"""A study that is ongoing is said to be, and is in no count or table of included ones."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.model import Stage
from screener.printing import document as d
from screener.report.listing import Which
from screener.studies.counting import in_the_review

FT = Stage.FULL_TEXT


@pytest.fixture
def ongoing(making, tmp_path):
    with open_project(making.included(tmp_path / "r", records=2)) as review:
        review.studies.set("1", state="ongoing")
        yield review


def text(review):
    return "\n".join(d.texts(review.manuscript.document()))


def test_one_count_of_what_is_included(ongoing):
    flow = ongoing.report.flow()
    assert (flow.new_reports, flow.new_studies, flow.dbr_awaiting, flow.ongoing) == (1, 1, 1, 1)
    standing = in_the_review(ongoing.consensus.standing(FT), ongoing.studies)
    assert (standing.included, standing.awaiting) == (1, 1)
    assert ongoing.report.exports().count(Which.INCLUDED, FT) == 1


def test_it_is_said_to_be_ongoing(ongoing):
    flow = ongoing.report.flow()
    assert any(one.startswith("1 report of an ongoing study is not excluded") for one in
               flow.problems)  # fmt: skip
    said = text(ongoing)
    assert "1 awaits classification or is of an ongoing study" in said
    assert "Reports awaiting classification or ongoing" in said
    assert "ongoing study" in said


def test_the_tables_of_included_studies_have_the_included_ones(ongoing):
    (table,) = [
        one
        for one in d.tables(ongoing.manuscript.document())
        if one.caption.startswith("Characteristics of included studies")
    ]
    assert len(table.rows) == 1
