"""`agreement` and `compare` in text: all figures, why one is missing, and why there is nothing."""

import json
from dataclasses import replace

import pytest

from screener import merge_into

TA = ("--stage", "title-abstract")


@pytest.fixture
def lines(run):
    def get(*words):
        status, out, err = run(*words)
        assert (status, err) == (0, "")
        return out.splitlines()

    return get


def test_intervals_stand_behind_their_figures_and_reasons_below(lines, folder):
    found = lines("agreement", "review.screener", *TA)
    assert found[0] == "Maya and Jonas"
    assert found[1].startswith("  include or exclude: n 7, raw 0.714 (0.359 to 0.918), kappa 0.4")
    assert " to " in found[1].partition("kappa")[2].partition("PABAK")[0]
    assert "    negative: not defined: neither reviewer used exclude" not in found


def test_a_figure_that_is_not_defined_is_left_out_with_the_reason(lines, tmp_path, making):
    project = making.review(tmp_path, records=4)
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 5), "include"))
    merge_into(project, tmp_path / "a.screener", tmp_path / "b.screener")
    found = lines("agreement", project, *TA)
    assert found[1].startswith("  include or exclude: n 4, raw 1.000 (0.510 to 1.000), PABAK 1.000")
    assert "kappa" not in found[1]
    assert "    kappa: not defined: both reviewers used only one category" in found
    assert "    negative: not defined: neither reviewer used exclude" in found


def test_three_reviewers_have_figures_of_all_together(lines, tmp_path, making):
    names = ("Ann", "Ben", "Cle")
    project = making.review(tmp_path, records=4, reviewers=names)
    for letter, verdict in zip("abc", ("include", "exclude", "include"), strict=True):
        decisions = dict.fromkeys((1, 2), "include") | dict.fromkeys((3, 4), verdict)
        making.screen(tmp_path / f"{letter}.screener", decisions)
    merge_into(project, *(tmp_path / f"{letter}.screener" for letter in "abc"))
    found = lines("agreement", project, *TA)
    place = found.index("All reviewers together")
    assert found[place + 1].startswith(
        "  include or exclude: n 4, raw 0.667, Fleiss' kappa -0.200 (-0.641 to 0.241), AC1 0.538"
    )
    assert "Krippendorff's alpha -0.100" in found[place + 1]


def test_what_is_not_counted_is_said_and_why_there_is_nothing(lines, tmp_path, making):
    project = making.review(tmp_path, records=4)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "include"}, close=False)
    merge_into(project, tmp_path / "a.screener", open_early=True)
    why, not_counted = lines("agreement", project, *TA)
    assert why.startswith(
        "There is no agreement to compute: it takes two reviewers who have closed"
    )
    assert not_counted == "Not counted: 2 answered by Maya and under no close of theirs."


def test_where_one_decides_there_is_none(lines, tmp_path, making):
    protocol = replace(making.protocol, reviewers_per_record=1)
    project = making.review(tmp_path, protocol=protocol)
    making.screen(tmp_path / "a.screener", {1: "include"})
    making.screen(tmp_path / "b.screener", {1: "include"})
    merge_into(project, tmp_path / "a.screener", tmp_path / "b.screener")
    (said,) = lines("agreement", project, *TA)
    assert said == "One reviewer decides each record here, so there is no agreement to compute."


def test_one_file_is_no_comparison(run, folder):
    status, out, err = run("compare", "maya.screener")
    assert (status, out) == (2, "")
    assert "Name two files or more" in err


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_file_named_twice_is_said_in_one_sentence(run, folder, more):
    status, out, err = run("compare", "maya.screener", "maya.screener", *more)
    assert status == 1
    assert err == "maya.screener is chosen twice; once is enough.\n"
    if more:
        found = json.loads(out)
        assert (found["files"], found["discrepancies"], found["agreement"]) == ([], [], None)
        assert [one["message"] for one in found["problems"]] == [err.strip()]
    else:
        assert out == ""


def test_what_one_of_three_alone_decided_is_said_beside_n(lines, run, tmp_path, making):
    project = making.review(tmp_path, records=4, reviewers=("Ann", "Ben", "Cle"))
    for letter, last in zip("abc", ({3: "include", 4: "exclude"}, {3: "include"}, {}), strict=True):
        making.screen(tmp_path / f"{letter}.screener", {1: "include", 2: "exclude"} | last)
    merge_into(project, *(tmp_path / f"{letter}.screener" for letter in "abc"), open_early=True)
    found = json.loads(run("agreement", project, *TA, "--json")[1])
    assert (found["overall"]["n"], found["overall"]["answered_by_one"]) == (3, 1)
    assert found["not_counted"] == {}
    said = "    1 answered by one reviewer alone: counts only for how often a category is used"
    assert said in lines("agreement", project, *TA)


def test_a_hidden_stage_is_refused_in_one_line(run, tmp_path, making):
    project = making.review(tmp_path, records=4)
    making.screen(tmp_path / "a.screener", {1: "include"}, close=False)
    merge_into(project, tmp_path / "a.screener")
    status, out, err = run("discrepancies", project, *TA)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("Title and abstract is still open")
