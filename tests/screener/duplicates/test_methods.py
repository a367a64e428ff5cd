"""The sentences for the methods section, and what each source brought."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import create_project
from screener.duplicates.found import Group
from screener.duplicates.joins import removed_duplicates
from screener.duplicates.methods import contributions, methods
from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, Settings

ELSEWHERE = {"journal": "Another Letter of Nursing", "volume": "", "pages": "", "doi": ""}


@pytest.fixture
def looked(searches):
    searches.add("peers", "valleys", "gardens")
    searches.add("peers", ("valleys", ELSEWHERE), source="Embase")
    return searches


def text(searches):
    project = searches.project
    return methods(project.duplicates, project.sources, project.units)


def brought(searches):
    found = contributions(searches.project.sources, searches.project.units)
    return {one.source: (one.records, one.units, one.unique) for one in found}


def test_before_anything_and_by_hand_only(looked):
    assert text(looked).startswith("Duplicates were not looked for.\n")
    looked.project.duplicates.same(looked.uids(1, 4), rule="by hand")
    assert text(looked).startswith("Duplicates were joined by hand only.\n")
    assert "1 was a duplicate of others: 0 joined automatically, 1 by hand." in text(looked)
    assert "answered" not in text(looked)


def test_what_ran_and_what_came_of_it(looked):
    looked.join()
    looked.project.duplicates.same(looked.uids(2, 5))
    found = text(looked)
    (run,) = looked.project.duplicates.runs()
    assert f"({run.described}) on {run.time[:10]}, among 5 records." in found
    assert "Joined without asking a person: same DOI and title (1 join)." in found
    assert "Rules by which nothing was joined: same PubMed number and title; " in found
    assert "0 join" not in found
    for rule in (*CERTAIN, *VETOES, *QUESTIONS):
        assert rule.words in found
    assert (
        "Of 5 records from databases and registers, 2 were duplicates of others: "
        "1 joined automatically, 1 by hand." in found
    )
    assert (
        "A person answered 1 question on possible duplicates: the same report in 1, "
        "different reports in 0." in found
    )
    assert (
        "PubMed, 3 records, 1 of them found nowhere else; "
        "Embase, 2 records, 0 of them found nowhere else." in found
    )


def test_a_run_taken_back_is_not_told(looked):
    looked.join()
    looked.project.undo()
    assert text(looked).startswith("Duplicates were not looked for.\n")


def test_runs_of_other_settings_are_told_apart(looked):
    looked.join(settings=CAUTIOUS)
    looked.join(settings=Settings(name="own", off=frozenset({"years-differ", "same-pmid"})))
    looked.project.duplicates.keep_run()
    first, second, *_ = text(looked).split("\n\n")
    assert "cautious" in first
    assert "Put to a person although a rule was sure: same title, authors, year" in first
    assert "Rules that were off: same-pmid, years-differ." in second
    assert "the years are far apart" not in second
    assert "same PubMed number and title" not in second
    assert "Put to a person although" not in second


def test_ask_everything_joins_nothing(looked):
    looked.join(settings=ASK_EVERYTHING)
    looked.project.duplicates.different(looked.uids(1, 4))
    found = text(looked)
    assert "Joined without asking" not in found
    assert "every pair was put to a person" in found
    assert "the same report in 0, different reports in 1." in found


def test_other_methods_are_told_beside_the_databases(looked):
    looked.add("peers", "gardens", source="Reference lists", kind="citation-searching")
    looked.join()
    assert (
        "Of 5 records from databases and registers, 1 was a duplicate of others: 1 joined "
        "automatically, 0 by hand. Of 2 records found by other methods, 2 were duplicates of these "
        "or of one another." in text(looked)
    )


def test_only_units_all_from_one_source_are_its_own(looked):
    looked.add("gardens", ("gardens", ELSEWHERE), source="Embase")
    looked.join()
    assert brought(looked) == {"PubMed": (3, 3, 1), "Embase": (4, 4, 2)}
    looked.project.sources.remove(["7"], "no report")
    looked.project.sources.withdraw("1", "wrong dates")
    assert brought(looked) == {"Embase": (3, 3, 3)}


@given(
    sources=st.lists(st.sampled_from("ABC"), min_size=2, max_size=8),
    joins=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()), max_size=8),
)
def test_the_counts_add_up(tmp_path_factory, sources, joins):
    folder = tmp_path_factory.mktemp("counts")
    with create_project(folder / "p.screener", title="Invented") as project:
        for n, source in enumerate(sources):
            path = folder / f"{n}.ris"
            path.write_text(f"TY  - JOUR\nTI  - Report {n}\nER  - \n", encoding="utf-8")
            project.sources.import_file(path, source=source)
        uids = [r.id for r in project.sources.records()]
        for one, other, by_hand in joins:
            one, other = uids[one % len(uids)], uids[other % len(uids)]
            if one == other:
                continue
            if by_hand:
                project.duplicates.same([one, other])
            else:
                rule = Group(records=(one, other), kept=one, rules=("same-doi",))
                project.duplicates.join([rule])
        automatic, by_hand = removed_duplicates(
            project.duplicates.joined(), project.units, set(uids)
        )
        flow = project.report.flow()
        assert (automatic, by_hand) == (flow.duplicates_automatic, flow.duplicates_by_hand)
        assert len(uids) - automatic - by_hand == len(project.units.ids())
        found = contributions(project.sources, project.units)
        assert sum(one.records for one in found) == len(uids)
        assert sum(one.unique for one in found) <= len(project.units.ids())
        assert all(one.unique <= one.units <= one.records for one in found)
        if project.duplicates.joined():
            project.duplicates.undo_all(by_hand=True)
            assert len(project.units.ids()) == len(uids)
            assert removed_duplicates(project.duplicates.joined(), project.units, set(uids)) == (
                0,
                0,
            )
            project.undo()
            again = removed_duplicates(project.duplicates.joined(), project.units, set(uids))
            assert again == (automatic, by_hand)


def test_what_reviewers_proposed_is_named(looked):
    looked.project.duplicates.same(looked.uids(1, 4), rule="proposal")
    found = text(looked)
    assert "1 group joined because reviewers proposed it while screening." in found
    assert "A person answered" not in found


@pytest.mark.parametrize("gone", [["3"], ["2"], ["1", "2"], ["1", "2", "6"], ["5", "6"]])
def test_the_numbers_are_those_of_the_flow_when_records_are_removed(tmp_path, gone):
    with create_project(tmp_path / "p.screener", title="Invented") as project:
        for n, kind in enumerate(["database"] * 4 + ["website"] * 3):
            path = tmp_path / f"{n}.ris"
            path.write_text(f"TY  - JOUR\nTI  - Report {n}\nER  - \n", encoding="utf-8")
            project.sources.import_file(path, source=f"S{n % 2}", kind=kind)
        uids = [project.sources.find(str(n)) for n in range(1, 8)]
        project.duplicates.same(uids[:2])
        project.duplicates.same(uids[4:6])
        project.duplicates.same([uids[3], uids[6]])
        project.sources.remove(gone, "not in the scope")
        flow = project.report.flow()
        said = text(SimpleNamespace(project=project))
    assert f"Of {flow.identified} records from databases and registers" in said
    assert f" {flow.duplicates_by_hand} by hand" in said
    of_others = said.partition("found by other methods, ")[2]
    assert of_others.startswith(f"{flow.other_duplicates} w")
    assert "counts as one; what was removed before screening is not counted)" in said
