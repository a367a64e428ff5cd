"""What is said of decisions made elsewhere: how records were found, what was left alone and why."""

import csv
from dataclasses import fields, replace

import pytest

from screener import open_copy
from screener.model import Stage
from screener.screening.elsewhere.taking import (
    LEFT,
    left,
    remarks,
    row,
    take_decisions,
    write_left,
)

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def taken(making, tmp_path):
    """Rows by DOI and by title, one that matches nothing and one that was decided otherwise."""
    making.review(tmp_path, records=4)
    with open_copy(tmp_path / "a.screener") as maya:
        making.decide(maya, 3, "include")
        making.decide(maya, 4, "include")
        found = [maya.units.get(making.uid(maya, n)) for n in (1, 2, 3, 4)]
        place = tmp_path / "labels.csv"
        rows = [
            ("title", "doi", "asreview_label"),
            (found[0].title, found[0].fields.doi, 1),
            (found[1].title, "", 0),
            (found[2].title, found[2].fields.doi, 0),
            (found[3].title, found[3].fields.doi, 1),
            ("Unheard of", "", 1),
            ("", "10.5555/unheard", 0),
        ]
        with place.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return take_decisions(maya, place, stage=TA)


def test_it_is_said_how_records_were_found_and_what_was_the_same(taken):
    assert list(remarks(taken)) == [
        "Matched with records here: 3 by DOI, 1 by title.",
        "1 decided the same already.",
    ]


def test_what_there_is_none_of_is_not_said(taken):
    nothing = replace(taken, matched=dict.fromkeys(taken.matched, 0), same=0)
    assert list(remarks(nothing)) == []


@pytest.mark.parametrize(
    "name", ["same", "repeated", "no_reason", "unattributed", "others", "undecided", "skipped"]
)
def test_everything_that_is_counted_is_said(taken, name):
    assert name in {field.name for field in fields(taken)}
    nothing = replace(taken, matched=dict.fromkeys(taken.matched, 0), same=0)
    (said,) = remarks(replace(nothing, **{name: 1234}))
    assert said.startswith("1,234 ")


def test_every_way_of_matching_has_a_name(taken):
    every = replace(taken, matched=dict.fromkeys(taken.matched, 2))
    said = next(remarks(every))
    assert said == "Matched with records here: 2 by DOI, 2 by PMID, 2 by title."


def test_rows_that_were_left_alone_come_under_why(taken):
    told = {why: [row(one) for one in rows] for why, rows in left(taken)}
    assert told == {
        LEFT["not_matched"]: ["line 6: include, Unheard of", "line 7: exclude, (no title)"],
        LEFT["differing"]: [f"line 4, record 3: exclude, {taken.differing[0].title}"],
    }


def test_rows_that_were_left_alone_are_saved_with_why(taken, tmp_path):
    write_left(tmp_path / "left.csv", taken)
    with (tmp_path / "left.csv").open(newline="", encoding="utf-8-sig") as file:
        found = list(csv.reader(file))
    assert found == [
        ["line", "title", "verdict", "record", "why"],
        ["6", "Unheard of", "include", "", LEFT["not_matched"]],
        ["7", "", "exclude", "", LEFT["not_matched"]],
        ["4", taken.differing[0].title, "exclude", "3", LEFT["differing"]],
    ]
