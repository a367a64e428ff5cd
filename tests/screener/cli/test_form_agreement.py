"""`agreement` of a form in text: every pair and figure by name, or why it is not defined."""

import json

import pytest

from screener import open_project
from screener.answers.form import Form, FormList, Section
from screener.model import Option, Question

NAMES = ("Ann", "Ben", "Cle")
FORM = Form(
    id="f",
    title="F",
    sections=(Section(id="start", title="At the start"), Section(id="end", title="At the end")),
    lists=(FormList(id="arms", title="Arms", row="arm"),),
    questions=(
        Question(id="first", words="Measured", type="integer", section="start"),
        Question(id="last", words="Measured", type="integer", section="end"),
        Question(
            id="risk",
            words="Risk",
            type="choice",
            section="end",
            ordered=True,
            options=tuple(Option(id=one, text=one) for one in ("low", "some", "high")),
        ),
    ),
)
ANSWERS = {
    "Ann": {"1": ("3", "4", "low"), "2": ("3", "4", "some")},
    "Ben": {"1": ("3", "5", "low"), "2": ("3", "4", "high")},
    "Cle": {"1": ("3", "4", "low"), "2": ("2", "4", "some"), "3": ("1", "1", "high")},
}


@pytest.fixture
def answered(making, tmp_path, run):
    """Three studies with a form, answered by three reviewers; the last by one of them alone."""
    path = making.included(tmp_path / "r", records=3, reviewers=NAMES)
    with open_project(path) as review:
        review.forms.keep(FORM)
        review.studies.open("f")
    for name, studies in ANSWERS.items():
        copy = tmp_path / f"{name}.screener"
        run("copy", path, "--reviewer", name, "--out", copy)
        for study, values in studies.items():
            for field, value in zip(("first", "last", "risk"), values, strict=True):
                assert run("answer", copy, study, field, value, "--stage", "f")[0] == 0
        run("close", copy, "--stage", "f")
    merged = run("merge", *(tmp_path / f"{n}.screener" for n in NAMES), "--into", path)
    assert merged[0] == 0, merged
    return path


def test_each_pair_is_named_with_its_figures_and_all_together(answered, run):
    status, out, _ = run("agreement", answered, "--stage", "f")
    lines = out.splitlines()
    assert status == 0
    assert "At the start: Measured: n 6 over 3 pairs, 4 the same, 1 answered by one alone" in lines
    assert "At the end: Measured: n 6 over 3 pairs, 4 the same, 1 answered by one alone" in lines
    risk = lines[next(place for place, one in enumerate(lines) if one.startswith("Risk: ")) :]
    for who in ("Ann and Ben", "Ann and Cle", "Ben and Cle"):
        (said,) = [one for one in risk if one.startswith(f"  {who}: n 2, raw ")]
        for figure in ("kappa ", "weighted kappa ", "PABAK ", "AC1 "):
            assert f", {figure}" in said
    (said,) = [one for one in risk if one.startswith("  All reviewers together: n 2, raw ")]
    assert "Fleiss' kappa " in said
    assert "    1 answered by one reviewer alone: counts only for" in " ".join(risk)
    assert any("interval of kappa" in one and "agree on every record" in one for one in risk)


def test_json_has_the_name_of_each_question_and_all_together(answered, run):
    found = json.loads(run("agreement", answered, "--stage", "f", "--json")[1])
    names = [one["name"] for one in found["questions"]]
    assert names == ["At the start: Measured", "At the end: Measured", "Risk"]
    assert found["questions"][2]["overall"]["answered_by_one"] == 1
