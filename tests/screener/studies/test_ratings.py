"""What agreed ratings come to while some are to settle, and what their table says of each item."""

import csv
import json

import pytest

from screener import open_copy, open_project
from screener.answers.form import Band, Form, FormKind, FormList, Overall
from screener.model import Option, Question, When
from screener.studies.listing import appraisals
from screener.studies.tables import Tables

OPTIONS = (Option(id="no", score="0"), Option(id="yes", score="3"))
FORM = Form(
    id="rates",
    title="Rates",
    kind=FormKind.APPRAISAL,
    lists=(FormList(id="results", title="Results", row="result"),),
    overall=Overall(how="sum", bands=(Band(score="3", text="high", on=True),)),
    questions=(
        Question(id="x", words="X", type="score", required=True, options=OPTIONS),
        Question(id="y", words="Y", type="score", options=OPTIONS),
        Question(id="z", words="Z", type="score", options=OPTIONS),
        Question(id="later", words="Later", type="score", required=True, options=OPTIONS,
                 when=When(field="x", options=("no",))),
        Question(id="each", words="Each", type="score", required=True, options=OPTIONS,
                 list=("results",)),
        Question(id="waits", words="Waits", type="score", required=True, options=OPTIONS,
                 list=("results",), when=When(field="each", options=("no",))),
    ),
)  # fmt: skip
BOTH = {("x", ""): "yes", ("each", "Pain, 6 m"): "yes", ("each", "mood"): "no"}
SAID = {
    "Maya": BOTH | {("y", ""): "no", ("waits", "mood"): "yes"},
    "Jonas": BOTH | {("y", ""): "yes", ("waits", "mood"): "yes"},
}


@pytest.fixture
def made(making, tmp_path):
    """Two studies that two people rated; the first differs on Y, nobody said anything of the other.

    Nobody said anything of Z in either.
    """
    path = making.included(tmp_path / "r", records=2, reviewers=tuple(SAID))
    copies = {name: tmp_path / f"{name}.screener" for name in SAID}
    with open_project(path) as review:
        review.forms.keep(FORM)
        review.studies.open("rates", ["1", "2"])
        for name, copy in copies.items():
            review.consensus.write_copy(name, copy)
    for name, copy in copies.items():
        with open_copy(copy) as mine:
            at, first = mine.forms.answering("rates"), mine.studies.find("1").id
            ids = {key: at.add_row(first, "results", key) for key in ("Pain, 6 m", "mood")}
            for (question, key), value in SAID[name].items():
                at.answer(first, question, value, row=ids.get(key, ""))
            at.close()
    with open_project(path) as review:
        review.consensus.merge(*copies.values())
    return path


def of_first(review):
    first, step = review.studies.find("1").id, review.forms.step("rates")
    return {one.row: one for _, one in appraisals(review.consensus, step, [first])}


def test_what_is_to_settle_keeps_a_rating_open(made):
    with open_project(made) as review:
        found = of_first(review)[""]
        assert (found.total, found.possible, found.complete) == (3, 9, False)
        assert (found.waiting, found.band, found.words) == (("y",), "", "3 so far, 1 item open")
        review.consensus.resolve(
            review.studies.find("1").id, "yes", step="rates", why="looked", by=["Maya"],
            item=review.consensus.differing("rates")[-1].item,
        )  # fmt: skip
        found = of_first(review)[""]
        assert (found.total, found.complete, found.band) == (6, True, "high")


def test_each_row_has_what_is_asked_in_it_and_its_name(made):
    with open_project(made) as review:
        found = of_first(review)
        assert list(found) == ["", "mood", "Pain, 6 m"]
        assert {row: one.asked for row, one in found.items()} == {
            "": ("x", "y", "z"), "mood": ("each", "waits"), "Pain, 6 m": ("each",),
        }  # fmt: skip
        assert all(one.complete for row, one in found.items() if row)


def test_the_table_says_to_settle_only_where_something_is(made, tmp_path):
    with open_project(made) as review:
        path = tmp_path / "t.csv"
        Tables(review.units, review.studies, review.consensus, review.forms.steps()).write(
            path, "appraisal", stage="rates"
        )
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [list(row.values())[1:] for row in csv.DictReader(stream)]
    assert rows == [
        ["", "3", "to settle", "", "", "", "", "3", "9", "no", "", ""],
        ["mood", "", "", "", "", "0", "3", "3", "6", "yes", "high", ""],
        ["Pain, 6 m", "", "", "", "", "3", "", "3", "3", "yes", "high", ""],
        ["", "to settle", "", "", "", "", "", "", "", "no", "", ""],
    ]


def test_no_score_is_no_total(made, making):
    told = json.loads(making.cli("appraisal", made, "--stage", "rates", "--json").stdout)
    assert [(one["row"], one["total"]) for one in told] == [
        ("", 3), ("mood", 3), ("Pain, 6 m", 3), ("", None),
    ]  # fmt: skip
