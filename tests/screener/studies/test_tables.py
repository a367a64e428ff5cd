"""Tables of what is agreed: every row as long as its heads, and numbers that are numbers."""

import openpyxl
import pytest

from screener import open_project
from screener.answers.values import Value
from screener.model import AnswerState, Question
from screener.model.cells import Figure
from screener.studies import cells
from screener.studies.tables import Sheet, Tables, write
from tests.screener.rated import EXTRACTION, MQRS, ROB2, rated


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home")))
        made = rated(tmp_path_factory.mktemp("r") / "r", studies=4, forms=(EXTRACTION, MQRS, ROB2))
        with open_project(made, write=False) as opened:
            yield Tables(opened.units, opened.studies, opened.consensus, opened.forms.steps())


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize(
    ("what", "stage"),
    [
        ("studies", ""),
        *(("answers", one) for one in (EXTRACTION, MQRS, ROB2)),
        *(("appraisal", one) for one in (MQRS, ROB2)),
        ("robvis", ROB2),
    ],
)
def test_every_row_is_as_long_as_the_heads(tables, what, stage, raw):
    for sheet in tables.sheets(what, stage=stage, raw=raw):
        assert sheet.rows
        assert {len(row) for row in sheet.rows} == {len(sheet.heads)}


def test_numbers_are_numbers_in_a_workbook(tables, tmp_path):
    def columns(sheet, *wanted):
        head, *rows = book[sheet].values
        places = [head.index(one) for one in wanted]
        return [[row[place] for place in places] for row in rows]

    tables.write(tmp_path / "m.xlsx", "appraisal", stage=MQRS)
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    for total, possible in columns("Ratings", "total", "possible"):
        assert isinstance(total, int)
        assert isinstance(possible, int)
    items = columns("Items", "score", "n", "percent", "raw agreement", "option")
    assert all(isinstance(one, int | float) for row in items for one in row[:4])
    assert all(isinstance(row[4], str) for row in items)
    tables.write(tmp_path / "s.xlsx", "studies")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    counts = columns("Counts", "value", "studies")
    assert all(isinstance(value, str) and isinstance(n, int) for value, n in counts)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40.7", 40.7),
        ("-3", -3),
        ("30.0", 30),
        ("12 weeks", "12 weeks"),
        ("not reported", "not reported"),
        ("=1+1", "'=1+1"),
        ("12345678901234567", "12345678901234567"),
    ],
)
def test_only_a_plain_number_is_one(text, number, tmp_path):
    sheet = Sheet(name="One", columns=[("a", ""), ("b", "")], rows=[(Figure(text), text)])
    write(tmp_path / "a.xlsx", [sheet])
    figure, words = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["One"].values)[1]
    assert (figure, type(words)) == (number, str)


def test_the_answer_to_a_number_is_one():
    asked = Question(id="n", words="How many", type="integer")
    value = cells.value_cells(asked, Value(AnswerState.VALUE, "24"), "24")
    assert [type(one) for one in value] == [Figure, str, str, str]
    text = cells.value_cells(
        Question(id="t", words="T", type="text"), Value(AnswerState.VALUE, "2"), "2"
    )
    assert type(text[0]) is str
