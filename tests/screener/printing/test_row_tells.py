"""Rows of a sheet that tell of something else than their key names, or of other answers."""

from __future__ import annotations

import csv

import pytest
from openpyxl import load_workbook

from screener import open_copy, open_project
from screener.model import Stage, UserError, Verdict
from tests.screener.answers.trial import ID
from tests.screener.printing.test_table import AGREED, agenda, fill_in, told, trial

__all__ = ["agenda", "trial"]

TA = Stage.TITLE_ABSTRACT


def moved(path, column, one, other, *, sheet="Agenda"):
    """Exchange the cells of one column between two rows (by their place), as sorting it alone."""
    book = load_workbook(path)
    here = book[sheet]
    place = [cell.value for cell in here[1]].index(column) + 1
    first, second = here.cell(one, place), here.cell(other, place)
    first.value, second.value = second.value, first.value
    book.save(path)


def without_mark(path):
    """Have a sheet as it was written before there was a mark."""
    book = load_workbook(path)
    here = book["Agenda"]
    place = [cell.value for cell in here[1]].index("answers_mark") + 1
    here.delete_cols(place)
    book.save(path)


@pytest.mark.parametrize("marked", [True, False])
def test_records_whose_numbers_were_sorted_alone_are_refused_with_what_contradicts(
    review, agenda, marked
):
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}, "2": {"verdict": "exclude", **AGREED}})
    moved(agenda, "record", 2, 3)
    if not marked:
        without_mark(agenda)
    with pytest.raises(UserError) as refused:
        review.printing.look_at(agenda, TA)
    said = str(refused.value)
    assert said.startswith("line 2: its record is 2, whose title is “")
    assert "and the title in this row is “" in said
    assert "line 3: its record is 1" in said
    assert said.endswith("nothing was recorded.")


def test_a_title_that_was_corrected_since_bars_no_row_with_its_mark(review, agenda):
    fill_in(agenda, {"1": {"verdict": "include", "title": "As it was", **AGREED}})
    assert len(review.printing.look_at(agenda, TA).wanted) == 1
    without_mark(agenda)
    with pytest.raises(UserError, match="line 2: its record is 1, whose title"):
        review.printing.look_at(agenda, TA)


def test_a_record_that_was_decided_anew_since_is_refused_by_name(differing, agenda, review, making):
    fill_in(agenda, {"1": {"verdict": "include", **AGREED}, "2": {"verdict": "include", **AGREED}})
    review.close()
    with open_copy(differing.with_name("a.screener")) as maya:
        unit = maya.units.find("1")
        maya.screening.reopen(TA, "read it again")
        maya.screening.decide(unit, Verdict.MAYBE, stage=TA)
        maya.screening.close(TA)
    with open_project(differing) as again:
        again.consensus.merge(differing.with_name("a.screener"))
        title = again.units.get(unit).title
    done = making.cli("resolve", differing, "--from", agenda, "--stage", TA)
    assert done.returncode == 1, done.stderr
    assert f"line 2: 1  {title} was answered anew since this sheet was written" in done.stderr
    assert "line 3" not in done.stderr


# --- a form --------------------------------------------------------------------------------------


def type_in(path, question, value):
    """Type a value where a question of the first study is asked; returns the row's place."""
    rows = told(path)
    place = next(n for n, row in enumerate(rows, 2) if row["field"] == question)
    book = load_workbook(path)
    here = book["Agenda"]
    heads = [cell.value for cell in here[1]]
    for column, text in {"value": value, **AGREED}.items():
        here.cell(place, heads.index(column) + 1).value = text
    book.save(path)
    return place


@pytest.fixture
def form_sheet(trial, tmp_path):
    """The agenda of the form, with one answer typed in: its path and the line."""
    path = tmp_path / "form.xlsx"
    with open_project(trial.project) as review:
        review.printing.write_agenda(path, ID, level=3)
    return path, type_in(path, "rigour", "middle")


@pytest.mark.parametrize("marked", [True, False])
def test_studies_that_were_sorted_alone_are_refused(trial, form_sheet, marked):
    path, place = form_sheet
    with open_project(trial.project) as review:
        rows = told(path)
        study = rows[place - 2]["study"]
        other = next(n for n, row in enumerate(rows, 2) if row["study"] != study)
        moved(path, "study", place, other)
        if not marked:
            without_mark(path)
        with pytest.raises(UserError, match=f"line {place}: its study is .*, whose title is"):
            review.printing.look_at(path, ID)


def test_a_question_that_contradicts_the_field_is_refused(trial, form_sheet):
    path, place = form_sheet
    with open_project(trial.project) as review:
        moved(path, "question", place, place + 1)
        without_mark(path)
        with pytest.raises(UserError, match=f"line {place}: .*whose question is “Rigour”"):
            review.printing.look_at(path, ID)


@pytest.mark.parametrize("text", [False, True])
def test_an_answer_given_anew_since_the_sheet_is_refused_by_name(trial, form_sheet, text):
    path, place = form_sheet
    if text:
        rows = told(path)
        path = path.with_suffix(".csv")
        with path.open("w", newline="", encoding="utf-8") as stream:
            keys = ["study", "list", "row", "field", "value", "why", "by", "answers_mark"]
            writer = csv.DictWriter(stream, keys, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    with open_project(trial.project) as review:
        assert len(review.printing.look_at(path, ID).wanted) == 1
        study = review.studies.find(told(path.with_suffix(".xlsx"))[place - 2]["study"]).name
    trial.reopened("Maya", {(1, "rigour"): "low"})
    trial.merge("Maya")
    with open_project(trial.project) as review:
        said = f"line {place}: {study}: Rigour was answered anew since this sheet was written"
        with pytest.raises(UserError, match=said):
            review.printing.read_settled(path, ID)
        assert not review.consensus.agreed(ID)
