"""`appraisal`: nothing agreed is no 0, and a band that is on stands where the total is complete."""

import json

import pytest

from screener import open_project
from screener.answers.form import Band, Form, FormKind, Overall
from screener.model import Option, Question

OPTIONS = tuple(Option(id=f"s{n}", text=f"{n}", score=str(n)) for n in (0, 1, 2))


def form(*bands):
    return Form(
        id="f",
        title="F",
        kind=FormKind.APPRAISAL,
        questions=(
            Question(id="one", words="One", type="score", options=OPTIONS, required=True),
            Question(id="two", words="Two", type="score", options=OPTIONS, required=True),
        ),
        overall=Overall(how="sum", bands=bands),
    )


@pytest.fixture
def rated(making, tmp_path, run):
    """Rate two studies: the second the same, the first differently; with these bands."""

    def make(*bands):
        path = making.included(tmp_path / "r", records=2)
        with open_project(path) as review:
            review.forms.keep(form(*bands))
            review.studies.open("f")
        copies = {name: tmp_path / f"{name}.screener" for name in ("Maya", "Jonas")}
        for (name, copy), first in zip(copies.items(), ("s1", "s2"), strict=True):
            run("copy", path, "--reviewer", name, "--out", copy)
            for study, value in (("1", first), ("2", "s2")):
                for field in ("one", "two"):
                    assert run("answer", copy, study, field, value, "--stage", "f")[0] == 0
            run("close", copy, "--stage", "f")
        assert run("merge", *copies.values(), "--into", path)[0] == 0
        return path

    return make


def test_nothing_agreed_is_said_so_and_is_no_nought(rated, run):
    path = rated()
    first, second = run("appraisal", path, "--stage", "f")[1].splitlines()
    assert first.endswith("  nothing agreed yet, 2 items open")
    assert second.endswith("  4 of 4")
    found = json.loads(run("appraisal", path, "--stage", "f", "--json")[1])
    assert [one["total"] for one in found] == [None, 4]


@pytest.mark.parametrize("on", [True, False])
def test_a_band_that_is_on_stands_where_the_total_is_complete(rated, run, on):
    path = rated(Band(score="3", text="high", on=on))
    found = json.loads(run("appraisal", path, "--stage", "f", "--json")[1])
    assert [one["band"] for one in found] == ["", "high" if on else ""]
    assert ("  high" in run("appraisal", path, "--stage", "f")[1]) is on
