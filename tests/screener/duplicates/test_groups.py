"""The record shown of a group: filled from the most complete of the others first."""

from __future__ import annotations

from itertools import permutations

import pytest

from screener import create_project

SHORT = {"title": "Short", "abstract": "One two.", "journal": "Of the short one", "issue": "9"}
LONG = {"title": "Long", "abstract": "One two three four.", "volume": "4"}
MIDDLE = {"title": "Middle", "abstract": "One two three.", "journal": "Of the middle one"}
_TAGS = {"title": "TI", "abstract": "AB", "journal": "T2", "volume": "VL", "issue": "IS"}


@pytest.fixture
def joined(tmp_path):
    """Import reports in an order, each from a source of its own, and join them all."""
    with create_project(tmp_path / "p.screener", title="Invented") as project:

        def run(reports, **how):
            for n, report in enumerate(reports):
                lines = "".join(f"{_TAGS[k]}  - {v}\n" for k, v in report.items())
                path = tmp_path / f"{n}.ris"
                path.write_text(f"TY  - JOUR\n{lines}ER  - \n", encoding="utf-8")
                project.sources.import_file(path, source=f"Source {n}")
            uids = [r.id for r in project.sources.records()]
            project.duplicates.same(uids, **{k: uids[v - 1] for k, v in how.items()})
            return project

        yield run


@pytest.mark.parametrize("order", list(permutations((SHORT, LONG, MIDDLE))))
def test_it_is_the_most_complete_and_filled_in_that_order(joined, order):
    project = joined(order)
    (unit,) = project.units.load(project.units.ids())
    fields = unit.fields
    assert (fields.title, fields.abstract, fields.volume) == ("Long", LONG["abstract"], "4")
    assert fields.journal == "Of the middle one", "the middle one before the short one"
    assert fields.issue == "9", "nobody else has one"
    assert unit.members == (1, 2, 3), "in the order of numbers all the same"


def test_every_source_keeps_what_it_gave(joined):
    project = joined((SHORT, LONG, MIDDLE))
    (unit,) = project.units.load(project.units.ids())
    records = project.duplicates.members(unit.records)
    assert [r.fields.journal for r in records] == ["Of the short one", "", "Of the middle one"]
    assert [s.source for s in unit.sources] == ["Source 0", "Source 1", "Source 2"]


def test_what_a_person_keeps_is_filled_in_the_same_order(joined):
    project = joined((SHORT, MIDDLE, LONG, {"title": "Bare"}), kept=4)
    (unit,) = project.units.load(project.units.ids())
    assert (unit.number, unit.fields.title) == (4, "Bare")
    assert (unit.fields.abstract, unit.fields.journal) == (LONG["abstract"], "Of the middle one")


def test_a_record_removed_fills_nothing(joined):
    project = joined((SHORT, LONG, MIDDLE))
    project.sources.remove(["3"], "retracted")
    (unit,) = project.units.load(project.units.ids())
    assert unit.fields.journal == "Of the short one"


def test_of_equally_complete_records_the_first_imported_is_shown(joined):
    project = joined([{"title": "Equal", "abstract": "One two."}] * 1 + [
        {"title": "equal", "abstract": "Two one."}, {"title": "EQUAL", "abstract": "One one."},
    ])  # fmt: skip
    (unit,) = project.units.load(project.units.ids())
    assert unit.number == 1
