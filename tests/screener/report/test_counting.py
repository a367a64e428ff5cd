"""What each number of the flow counts (domain.md 3.4), on reviews small enough to count by hand."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from screener import create_project, merge_into, open_project
from screener.model import SourceKind, Stage

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def review(tmp_path, making):
    """Records 1-4 from a database, 5-6 from a register, 7-8 from citations, 9 from a website."""
    with create_project(tmp_path / "p.screener", title="", protocol=making.protocol) as made:
        for mark, count, source, kind in (
            ("pm", 4, "PubMed", "database"),
            ("ct", 2, "ClinicalTrials.gov", "register"),
            ("ci", 2, "Reference lists", "citation-searching"),
            ("we", 1, "A web search", "website"),
        ):
            making.fill(made, tmp_path, count, mark=mark, source=source, kind=kind)
        yield made


def same(review, *numbers):
    uids = [r.id for r in review.sources.records()]
    review.duplicates.same([uids[n - 1] for n in numbers])


def test_identified_by_kind_of_source(review):
    flow = review.report.flow()
    assert (flow.database_results, flow.register_results) == (4, 2)
    assert flow.database_specific_results == (("PubMed", 4),)
    assert flow.register_specific_results == (("ClinicalTrials.gov", 2),)
    assert (flow.citations_results, flow.website_results) == (2, 1)
    assert flow.organisation_results is None, "not searched"
    assert (flow.records_screened, flow.pending.title_abstract) == (6, 9)
    assert flow.draft


def test_numbers_that_do_not_add_up_are_told(review):
    """A record that a damaged file has lost is missed, and not passed over."""
    assert review.report.flow().problems == ()
    path = review.path
    review.close()
    with closing(sqlite3.connect(path)) as damaged, damaged:
        guard = "record_kept_on_delete"
        found = damaged.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,))
        (written,) = found.fetchone()
        damaged.execute(f"DROP TRIGGER {guard}")
        damaged.execute("DELETE FROM record WHERE number = 1")
        damaged.execute(written)
    with open_project(path, write=False, check_up_to=-1) as opened:
        assert "Records from databases: 3, but 4 follows from the rest." in (
            opened.report.flow().problems
        )


def test_duplicates_are_counted_in_the_left_column_only(review):
    same(review, 1, 2)  # two of the left
    same(review, 3, 5, 7)  # two of the left and one of the right: a left group
    same(review, 8, 9)  # two of the right: no box
    flow = review.report.flow()
    assert (flow.duplicates, flow.duplicates_automatic, flow.duplicates_by_hand) == (2, 0, 2)
    assert flow.records_screened == 4
    assert any("3 records" in p or "2 records" in p for p in flow.problems)
    counted = review.report.counted()
    assert len(counted.behind["duplicates"]) == 2


@pytest.mark.parametrize(
    ("numbers", "begins"),
    [
        ((8, 9), "1 record found by other methods is a duplicate of another; it stays"),
        ((7, 8, 9), "2 records found by other methods are duplicates of others; they stay"),
    ],
)
def test_duplicates_found_by_other_methods_are_said_in_a_sentence(review, numbers, begins):
    same(review, *numbers)
    assert any(p.startswith(begins) for p in review.report.flow().problems)


def test_removed_before_screening(review):
    same(review, 1, 2)
    review.sources.remove(["2", "7"], "retracted")
    review.sources.remove(["3"], "no title", automatic=True)
    flow = review.report.flow()
    assert flow.problems == (
        (
            "1 record found by other methods was removed before screening; it stays identified and"
            " is not sought, and PRISMA has no box for it."
        ),
    )
    assert (flow.excluded_automatic, flow.excluded_other, flow.duplicates) == (1, 1, 0)
    assert flow.records_screened == 6 - 2


def test_a_withdrawn_import_counts_for_nothing(review):
    review.sources.withdraw("2", "wrong dates")
    flow = review.report.flow()
    assert (flow.register_results, flow.register_specific_results) == (0, ())
    assert flow.records_screened == 4
    review.sources.put_back("2")
    assert review.report.flow().register_results == 2


def test_an_import_keeps_its_place_when_it_is_described_anew(review):
    before = [b.id for b in review.sources.batches()]
    first = review.sources.batches()[0]
    review.sources.describe(
        first.id, replace(first.search, source="Embase", kind=SourceKind.DATABASE)
    )
    assert [b.id for b in review.sources.batches()] == before
    assert review.report.flow().database_specific_results == (("Embase", 4),)
    assert review.verify() == []


def test_what_is_behind_a_number_is_as_many(review, tmp_path, making):
    for name, path in (("Maya", "a"), ("Jonas", "b")):
        review.consensus.write_copy(name, tmp_path / f"{path}.screener")
    path = review.path
    review.close()
    for letter in "ab":
        making.screen(
            tmp_path / f"{letter}.screener",
            {1: "include", 2: "exclude", 5: "include", 7: "include", 8: "exclude"},
        )
    merge_into(path, tmp_path / "a.screener", tmp_path / "b.screener")
    with open_project(path) as merged:
        merged.screening.open(FT)
        merged.fulltext.set_retrieval(merged.units.find("5"), "not-retrieved", "lost")
        counted = merged.report.counted()
        flow = counted.flow
        assert (flow.records_excluded, flow.dbr_sought_reports) == (1, 2)
        assert (flow.dbr_notretrieved_reports, flow.other_sought_reports) == (1, 1)
        assert any("excluded by title and abstract" in p for p in flow.problems)
        for name in ("records_screened", "records_excluded", "dbr_sought_reports"):
            assert len(counted.behind[name]) == getattr(flow, name)
