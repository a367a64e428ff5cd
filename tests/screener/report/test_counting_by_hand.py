"""One review with a unit in every box of both columns: each number, and who is behind it."""

from dataclasses import replace

import pytest

from screener import create_project, merge_into, open_copy, open_project
from screener.model import Stage
from screener.report.flow import Pending
from screener.report.remarks import no_exclusions

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
LEFT, RIGHT = range(1, 14), range(14, 21)
JUDGED = {"participants": "met"}, {"participants": "not-met"}
EXCLUDED_ON_THE_RIGHT = (
    "1 record found by other methods was excluded by title and abstract; PRISMA has no box for "
    "that, explain it in the text."
)
BEHIND = {
    "database_results": [*LEFT],
    "citations_results": [*RIGHT],
    "database_specific_results:PubMed": [*LEFT],
    "records_screened": [*LEFT],
    "records_excluded": [10, 12],
    "dbr_sought_reports": [1, 2, 3, 4, 5, 6, 7, 8, 9, 13],
    "dbr_notretrieved_reports": [4],
    "dbr_assessed": [1, 2, 3, 7, 8, 9],
    "dbr_excluded": [2, 3],
    "dbr_excluded:Participants": [2],
    "dbr_excluded:Other": [3],
    "dbr_excluded:Awaiting classification": [8],
    "dbr_awaiting": [8],
    "other_sought_reports": [14, 15, 16, 17, 20],
    "other_notretrieved_reports": [16],
    "other_assessed": [14, 15, 17, 20],
    "other_excluded": [15],
    "other_excluded:Participants": [15],
    "other_excluded:Awaiting classification": [17],
    "other_awaiting": [17],
    "other_excluded_before": [18],
    "new_reports": [1, 14],
    "new_studies": [1, 14],
    "pending:title_abstract": [11, 19],
    "pending:retrieval": [5, 6, 13],
    "pending:full_text": [7, 9, 20],
    "other_pending:title_abstract": [19],
    "other_pending:retrieval": [],
    "other_pending:full_text": [20],
}


@pytest.fixture
def counted(tmp_path, making):
    """The numbers of a review of 13 records of PubMed and 7 of reference lists.

    Of those included, 4 and 16 are not retrieved, 7 and 20 are and nobody decides on them, 5 is
    sought and 6 decided by one, 13 comes after full text was opened; the meeting leaves 8 and 17
    waiting for classification, and 9, 11 and 19 undecided.
    """
    project, a, b = (tmp_path / f"{name}.screener" for name in "pab")
    protocol = replace(making.protocol, reason_required={FT: False})
    with create_project(project, title="", protocol=protocol) as made:
        making.fill(made, tmp_path, 13)
        making.fill(
            made, tmp_path, 7, mark="ci", source="Reference lists", kind="citation-searching"
        )
        made.consensus.write_copy("Maya", a)
        made.consensus.write_copy("Jonas", b)
    both = dict.fromkeys([*range(1, 10), 14, 15, 16, 17, 20], "include")
    both |= dict.fromkeys([10, 18], "exclude")
    for path, differing, judged in ((a, "include", JUDGED[0]), (b, "exclude", JUDGED[1])):
        making.screen(
            path, both | dict.fromkeys([11, 13, 19], differing) | {12: ("exclude", "", judged)}
        )
    merge_into(project, a, b)
    with open_project(project) as review:
        review.screening.open(FT)
        settle(review, making, 13, "include", TA)
        for number, state in ((4, "not-retrieved"), (16, "not-retrieved")):
            review.fulltext.set_retrieval(making.uid(review, number), state, "lost")
        for number in (7, 20):
            review.fulltext.set_retrieval(making.uid(review, number), "retrieved")
        for name, path in (("Maya", a), ("Jonas", b)):
            path.unlink()
            review.consensus.write_copy(name, path)
    both = {2: ("exclude", "participants"), 3: "exclude", 14: "include"}
    both[15] = ("exclude", "participants")
    for path, differing, judged in ((a, "include", JUDGED[0]), (b, "exclude", JUDGED[1])):
        more = {6: "include"} if path is a else {}
        given = dict.fromkeys([8, 9, 17], differing) | {1: ("include", "", judged)}
        making.screen(path, both | given | more, stage=FT)
    merge_into(project, a, b)
    with open_project(project) as review:
        settle(review, making, 8, "awaiting", FT)
        settle(review, making, 17, "awaiting", FT)
        numbers = {r.id: r.number for r in review.sources.records()}
        yield review.report.counted(), numbers


def settle(review, making, number, verdict, stage):
    review.consensus.resolve(
        making.uid(review, number), verdict, step=stage, why="We asked", by=["Maya", "Jonas"]
    )


def test_every_number_of_both_columns(counted):
    flow = counted[0].flow
    for name, expected in BEHIND.items():
        if ":" not in name and name not in ("dbr_excluded", "other_excluded"):
            assert getattr(flow, name) == len(expected), name
    assert flow.dbr_excluded == (("Participants", 1), ("Other", 1))
    assert flow.other_excluded == (("Participants", 1),)
    assert flow.pending == Pending(
        title_abstract=2,
        retrieval=3,
        full_text=3,
        title_abstract_open=(("in conflict", 2),),
        full_text_open=(("in conflict", 1), ("with a decision missing", 2)),
    )
    assert flow.other_pending == Pending(
        title_abstract=1,
        retrieval=0,
        full_text=1,
        title_abstract_open=(("in conflict", 1),),
        full_text_open=(("with a decision missing", 1),),
    )
    assert flow.draft
    assert list(flow.problems) == [EXCLUDED_ON_THE_RIGHT, *no_exclusions(flow)]
    assert no_exclusions(flow)[0].startswith("2 reports await classification")


def test_who_is_behind_every_number(counted):
    found, numbers = counted
    behind = {name: sorted(numbers[u] for u in units) for name, units in found.behind.items()}
    assert {name: units for name, units in behind.items() if units or name in BEHIND} == BEHIND
    assert found.records("dbr_excluded", "Other") == found.behind["dbr_excluded:Other"]
    assert found.records("no such number") == ()


@pytest.fixture
def mixed(tmp_path, making):
    """Records 1-3 of PubMed and 4-7 of reference lists, nothing decided."""
    with create_project(tmp_path / "m.screener", title="", protocol=making.protocol) as made:
        making.fill(made, tmp_path, 3)
        making.fill(
            made, tmp_path, 4, mark="ci", source="Reference lists", kind="citation-searching"
        )
        yield made


def join(review, *numbers):
    uids = {r.number: r.id for r in review.sources.records()}
    review.duplicates.same([uids[n] for n in numbers], kept=uids[numbers[0]])


def test_a_unit_with_a_record_of_a_database_is_in_its_column_whatever_it_is_shown_by(mixed):
    join(mixed, 4, 1)
    flow = mixed.report.flow()
    assert flow.records_screened == 3
    assert flow.other_pending.title_abstract == 3


def test_a_unit_whose_record_of_a_database_was_removed_is_of_the_other_methods(mixed):
    join(mixed, 4, 1)
    mixed.sources.remove(["1"], "retracted")
    flow = mixed.report.flow()
    assert flow.records_screened == 2
    assert flow.other_pending.title_abstract == 4


def test_a_removed_record_of_other_methods_is_no_duplicate(mixed):
    mixed.sources.remove(["7"], "retracted")
    counted = mixed.report.counted()
    (told,) = counted.flow.problems
    assert "removed before screening" in told
    assert counted.behind.get("excluded_other", ()) == ()


def test_behind_the_removed_are_records_of_databases(mixed):
    mixed.sources.remove(["1"], "no title", automatic=True)
    mixed.sources.remove(["2", "5"], "retracted")
    counted = mixed.report.counted()
    numbers = {r.id: r.number for r in mixed.sources.records()}
    assert [numbers[u] for u in counted.records("excluded_automatic")] == [1]
    assert [numbers[u] for u in counted.records("excluded_other")] == [2]


@pytest.mark.parametrize("automatic", [False, True])
def test_of_a_group_that_is_removed_one_is_removed_and_the_others_stay_duplicates(mixed, automatic):
    join(mixed, 1, 2, 4)
    join(mixed, 5, 6)
    before = mixed.report.flow()
    assert (before.duplicates, before.other_duplicates) == (1, 2)
    mixed.sources.remove(["1", "2", "4"], "retracted", automatic=automatic)
    mixed.sources.remove(["5", "6"], "retracted", automatic=automatic)
    counted = mixed.report.counted()
    flow = counted.flow
    assert (flow.duplicates, flow.duplicates_by_hand, flow.other_duplicates) == (1, 1, 2)
    assert (flow.excluded_automatic, flow.excluded_other) == ((1, 0) if automatic else (0, 1))
    assert flow.records_screened == before.records_screened - 1
    numbers = {r.id: r.number for r in mixed.sources.records()}
    name = "excluded_automatic" if automatic else "excluded_other"
    assert [numbers[u] for u in counted.records(name)] == [1]
    assert [numbers[u] for u in counted.records("duplicates")] == [2]
    assert not any("follows from the rest" in problem for problem in flow.problems)
    assert any(p.startswith("1 record found by other methods was removed") for p in flow.problems)


def test_a_removal_that_was_taken_back_counts_for_nothing(mixed):
    mixed.sources.remove(["1"], "no title", automatic=True)
    mixed.undo()
    counted = mixed.report.counted()
    assert (counted.flow.records_screened, counted.flow.excluded_automatic) == (3, 0)
    assert counted.records("excluded_automatic") == ()


def test_behind_duplicates_are_the_records_that_are_not_shown(mixed, tmp_path, making):
    making.fill(mixed, tmp_path, 2, mark="ct", source="ClinicalTrials.gov", kind="register")
    join(mixed, 2, 8, 4)
    counted = mixed.report.counted()
    numbers = {r.id: r.number for r in mixed.sources.records()}
    assert [numbers[u] for u in counted.records("duplicates")] == [8]
    assert [numbers[u] for u in counted.records("register_results")] == [8, 9]
    specific = counted.records("register_specific_results", "ClinicalTrials.gov")
    assert [numbers[u] for u in specific] == [8, 9]


def test_what_was_settled_and_changed_since_keeps_the_flow_a_draft(tmp_path, making):
    path = making.review(tmp_path, records=1)
    a, b = tmp_path / "a.screener", tmp_path / "b.screener"
    making.screen(a, {1: "include"})
    making.screen(b, {1: "exclude"})
    merge_into(path, a, b)
    with open_project(path) as review:
        settle(review, making, 1, "exclude", TA)
        assert not review.report.flow().draft
    with open_copy(a) as mine:
        mine.screening.reopen(TA, "I misread it")
    making.screen(a, {1: "maybe"})
    merge_into(path, a)
    with open_project(path) as review:
        flow = review.report.flow()
    assert flow.records_excluded == 1
    pending = flow.pending
    assert (pending.title_abstract, pending.title_abstract_open) == (0, ())
    assert pending.title_abstract_reopened == 1
    assert flow.draft


def test_behind_a_withdrawn_import_is_nobody(mixed):
    mixed.sources.withdraw("1", "wrong dates")
    counted = mixed.report.counted()
    assert counted.records("database_results") == ()
    assert counted.records("database_specific_results", "PubMed") == ()
