"""The CSV for the PRISMA2020 R package, read back as R reads it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.report.flow import FIELDS, Flow
from screener.report.template import csv_rows, csv_text

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def numbers(flow: Flow) -> dict[str, str]:
    return {row[0]: row[-1] for row in csv_rows(flow)[1:]}


def as_r_parses(cell: str) -> list[tuple[str, str]]:
    """What PRISMA_parse_reasons_ of the package makes of a cell, with its expressions."""
    parts = re.split(r";\s?", cell)
    labels = [re.sub(r",.*$", "", part) for part in parts]
    found = [re.match(r".*?,([ 0-9,]*)", part) for part in parts]
    return [
        (label, re.sub(r"[^0-9.]", "", number.group(1) if number else ""))
        for label, number in zip(labels, found, strict=True)
    ]


def test_shape(finished):
    header, *rows = csv_rows(finished)
    assert header == ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
    assert len(rows) == 34
    assert {len(row) for row in rows} == {8}
    named = [row[0] for row in rows if row[0] != "NA"]
    assert len(set(named)) == len(named) == 31
    assert set(FIELDS) == set(named) - {"identification", "screening", "included"}


def test_titles_and_bands_stand_where_r_looks_for_them(finished):
    rows = csv_rows(finished)
    boxes = [row[2] for row in rows if row[0] == "NA"]
    assert boxes == ["prevstud", "newstud", "othstud"]
    bands = {row[0]: row[4] for row in rows if row[0] == row[2]}
    assert bands == {
        "identification": "Identification",
        "screening": "Screening",
        "included": "Included",
    }


def test_numbers(finished):
    found = numbers(finished)
    assert found["database_results"] == "1452"
    assert found["records_screened"] == "1005"
    assert found["organisation_results"] == "0"
    assert found["previous_studies"] == found["previous_reports"] == "NA"
    assert found["total_studies"] == found["total_reports_ma"] == "NA"
    assert found["register_specific_results"] == "NA"


def test_labels_survive_the_parser_of_r(finished):
    found = numbers(finished)
    assert as_r_parses(found["dbr_excluded"]) == [
        ("Participants / no diagnosis", "19"),
        ("Interventions", "17"),
        ("Study design / protocols", "14"),
        ("Outcomes", "2"),
        ("Awaiting classification", "2"),
    ]
    assert as_r_parses(found["database_specific_results"])[2] == ("Web of Science", "298")


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.integers(0, 9999)), min_size=1, max_size=4))
def test_any_labels_keep_their_numbers(reasons):
    flow = Flow(dbr_excluded=tuple(reasons))
    (row,) = [row for row in csv.reader(io.StringIO(csv_text(flow))) if row[0] == "dbr_excluded"]
    parsed = as_r_parses(row[-1])
    assert [int(number) for _, number in parsed] == [number for _, number in reasons]


def test_other_methods_not_searched(databases_only):
    found = numbers(databases_only)
    others = {name: n for name, n in found.items() if name.startswith("other_")}
    assert set(others.values()) == {"NA"}
    assert len(others) == 4
    assert found["website_results"] == found["citations_results"] == "NA"


def test_searched_and_none_found(databases_only):
    found = numbers(replace(databases_only, website_results=0))
    assert found["website_results"] == "0"
    assert found["citations_results"] == "NA"
    assert found["other_assessed"] == "0"
    assert found["other_excluded"] == "0"


def test_previous_version(finished):
    found = numbers(replace(finished, previous_studies=10, previous_reports=14))
    assert found["previous_studies"] == "10"
    assert found["total_studies"] == "38"
    assert found["total_reports"] == "45"


@pytest.mark.parametrize("name", ["finished", "draft", "databases_only"])
def test_file(name, request):
    """No byte order mark, CRLF, and the same as the reference, cell by cell."""
    text = csv_text(request.getfixturevalue(name))
    assert text.startswith("data,node,")
    assert text.count("\r\n") == text.count("\n") == 35
    reference = (REFERENCE / f"flow-{name.replace('_', '-')}.csv").read_text(encoding="utf-8")
    assert text.splitlines() == reference.splitlines()
