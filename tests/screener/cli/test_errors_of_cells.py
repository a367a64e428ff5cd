"""An error of a spreadsheet in a cell is nothing that a person meant: refused with its line."""

import csv

import pytest
from openpyxl import Workbook, load_workbook

from screener import open_copy, open_project
from tests.screener.answers.trial import ID, answered_trial

SETTLED = {"study": "1", "field": "setting", "value": "home", "why": "read", "by": "Maya; Jonas"}


@pytest.fixture
def trial(tmp_path, home):
    made = answered_trial(tmp_path)
    made.merge()
    return made


def as_file(folder, ending, row):
    path = folder / f"table.{ending}"
    if ending == "csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, row)
            writer.writeheader()
            writer.writerow(row)
        return path
    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    for cell in book.active[2]:
        if str(cell.value).startswith("#"):
            cell.data_type = "e"
    book.save(path)
    assert "#" not in [c.data_type for c in load_workbook(path).active[2]]
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("column", "error"), [("value", "#N/A"), ("why", "#REF!")])
def test_what_is_settled(trial, making, tmp_path, ending, column, error):
    table = as_file(tmp_path, ending, SETTLED | {column: error})
    done = making.cli("resolve", trial.project, "--from", table, "--stage", ID)
    assert done.returncode == 1
    assert f"line 2 has {error} in {column}" in done.stderr
    with open_project(trial.project) as review:
        assert not review.consensus.agreed(ID)


def test_what_is_answered(trial, making, tmp_path):
    with open_copy(trial.copies["Maya"]) as maya:
        maya.forms.answering(ID).reopen("once more")
    table = as_file(tmp_path, "csv", {"study": "1", "field": "setting", "value": "#NAME?"})
    done = making.cli("answer", trial.copies["Maya"], "--from", table, "--stage", ID)
    assert (done.returncode, "line 2 has #NAME? in value" in done.stderr) == (1, True)


def test_what_is_decided_and_answered_of_duplicates(making, tmp_path):
    project = making.review(tmp_path / "r")
    table = as_file(tmp_path, "csv", {"record": "1", "verdict": "#DIV/0!"})
    copy = project.with_name("a.screener")
    done = making.cli("decide", copy, "--from", table, "--stage", "title-abstract")
    assert (done.returncode, "line 2 has #DIV/0! in verdict" in done.stderr) == (1, True)
    cells = {"record_id_1": "1", "record_id_2": "2", "answer": "#N/A"}
    table = as_file(tmp_path, "csv", cells)
    done = making.cli("duplicates", project, "--answers", table)
    assert (done.returncode, "line 2 has #N/A in answer" in done.stderr) == (1, True)
