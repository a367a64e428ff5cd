"""Sentences and options of the commands on forms."""

import csv
import json
from dataclasses import replace

import click
import pytest

from screener import open_project
from screener.answers.form import Form, FormList
from screener.answers.shipped import shipped
from screener.cli import COMMANDS, commands
from screener.model import Question

FORM = Form(
    id="f",
    title="F",
    lists=(FormList(id="arms", title="Arms", row="arm"),),
    questions=(
        Question(id="change", words="Change", type="decimal"),
        Question(id="long", words="Long", type="decimal", units=("weeks", "months")),
        Question(id="size", words="Size", type="integer", list=("arms",)),
    ),
)  # fmt: skip


@pytest.fixture
def made(making, tmp_path, run):
    """A project with a form that is open for the first of three studies, and Maya's copy."""
    path = making.included(tmp_path / "r", records=3)
    copy = tmp_path / "maya.screener"
    with open_project(path) as review:
        review.forms.keep(FORM)
        review.studies.open("f", ["1"])
        review.consensus.write_copy("Maya", copy)
    return path, copy


def every(command, words=()):
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from every(one, (*words, name))


def test_every_command_has_quiet():
    context = click.Context(commands)
    found = [(w, c) for n in COMMANDS for w, c in every(commands.get_command(context, n), (n,))]
    assert len(found) > 40
    assert [w for w, c in found if not any("--quiet" in one.opts for one in c.params)] == []


def test_quiet_says_nothing_beside_the_result(merged, run):
    run("open", merged, "--stage", "f", "--study", "2")
    for command in ("answers", "pairs", "discrepancies", "agreement"):
        status, out, err = run(command, merged, "--stage", "f")
        assert (status, "1 hidden" in err) == (0, True)
        assert run(command, merged, "--stage", "f", "--quiet") == (0, out, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("3", "change", "1"), "There is no study “3” in this copy"),
        (("1", "change", "x"), "“x” is not a number"),
        (("1", "change", "3,4,5"), "“3,4,5” is not a number: write digits with a decimal point or"),
        (("1", "long", "12 month"), "“month” is none of the units of Long (weeks, months)."),
    ],
)
def test_one_answer_that_is_refused_says_why_and_names_no_line(made, run, words, told):
    status, _, err = run("answer", made[1], *words, "--stage", "f")
    assert status == 1
    assert err.startswith(told)
    assert "line" not in err


def test_a_study_that_a_table_names_wrongly_is_said_with_its_line(made, run, tmp_path):
    path, copy = made
    table = tmp_path / "t.csv"
    table.write_text("study,field,value\n1,change,1\n3,change,2\n", encoding="utf-8")
    status, _, err = run("answer", copy, "--from", table, "--stage", "f")
    assert (status, err[:30]) == (1, "line 3: There is no study “3” ")
    table.write_text("study,field,value\n3,change,1\n1,change,2\n4,change,2\n", encoding="utf-8")
    err = run("answer", copy, "--from", table, "--stage", "f")[2]
    assert ("line 2: " in err, "line 4: " in err, "line 3" in err) == (True, True, False)
    table.write_text("study,field,value,why,by\n99,change,1,w,Maya\n", encoding="utf-8")
    status, _, err = run("resolve", path, "--from", table, "--stage", "f")
    assert (status, err[:8]) == (1, "line 2: ")


def test_help_does_not_ask_for_what_may_be_left_out(run):
    assert "PROJECT [ID]" in run("form", "--help")[1]
    assert "[RECORD|STUDY] [VERDICT | FIELD VALUE]" in " ".join(run("resolve", "--help")[1].split())


@pytest.fixture
def merged(made, run, tmp_path):
    """The project after both said something different of each question, in a row of any name."""
    path, copy = made
    other = tmp_path / "jonas.screener"
    run("copy", path, "--reviewer", "Jonas", "--out", other)
    for file, row, change in ((copy, "Ärzte, 6 m", "-1.5"), (other, "ÄRZTE,  6 m", "-1.50")):
        run("answer", file, "1", "change", "--stage", "f", "--report", "1", "--", change)
        run("answer", file, "1", "size", "3" if file == copy else "4", "--row", row, "--stage", "f")
        run("close", file, "--stage", "f")
    assert run("merge", copy, other, "--into", path)[0] == 0
    return path


def test_a_row_is_listed_and_settled_by_its_key_as_it_was_written(merged, run, tmp_path):
    key = "ÄRZTE,  6 m"  # the first of both by code point
    for command, name in (("answers", "row"), ("discrepancies", "row"), ("pairs", "key")):
        found = json.loads(run(command, merged, "--stage", "f", "--json")[1])
        assert {one[name] for one in found} - {""} == {key}
    (one,) = json.loads(run("discrepancies", merged, "--stage", "f", "--json")[1])
    assert {a["report"] for a in one["answers"]} == {None}
    found = json.loads(run("answers", merged, "--stage", "f", "--json")[1])
    assert [{a["report"] for a in one["answers"]} for one in found] == [{1}, set(), {None}]
    assert "Maya:Ärzte, 6 m" in run("pairs", merged, "--stage", "f")[1]
    words = ("1", "size", "4", "--row", key, "--why", "w", "--by", "Maya", "--stage", "f")
    assert run("resolve", merged, *words)[0] == 0
    assert "Size, ÄRZTE,  6 m: 4" in run("history", merged, "1")[1]


def test_a_negative_number_is_a_number_in_a_table(merged, run, tmp_path):
    out = tmp_path / "x.csv"
    run("export", merged, out, "--what", "answers", "--stage", "f")
    with out.open(encoding="utf-8-sig", newline="") as stream:
        values = {row["field"]: row["value"] for row in csv.DictReader(stream)}
    assert float(values["change"]) == -1.5


def test_none_settles_that_nothing_is_recorded(merged, run, tmp_path):
    words = ("1", "change", "none", "--why", "w", "--by", "Maya", "--stage", "f", "--overturn")
    assert run("resolve", merged, *words)[1] == "1 change: settled, none.\n"
    assert " resolved = none" in run("answers", merged, "--stage", "f")[1]
    found = json.loads(run("answers", merged, "--stage", "f", "--json")[1])
    (told,) = [one["agreed"] for one in found if one["field"] == "change"]
    assert (told["value"], told["state"]) == ("", "none")
    assert run("undo", merged)[1].endswith("Change: nothing\n")
    table = tmp_path / "settled.csv"
    table.write_text("study,field,value,why,by\n1,change,none,w,Maya\n")
    status, _, err = run("resolve", merged, "--from", table, "--stage", "f")
    assert status == 1
    assert "overturns that" in err


def test_a_form_that_nobody_uses_is_removed_and_one_that_is_open_stays(made, run):
    path, _ = made
    with open_project(path) as review:
        review.forms.keep(shipped("mqrs"))
    assert "is removed" in run("forms", path, "remove", "mqrs")[1]
    status, _, said = run("forms", path, "remove", "f")
    assert status == 1
    assert "is open for studies" in said
    assert [one["id"] for one in json.loads(run("forms", path, "--json")[1])] == ["f"]
    run("undo", path)
    assert [one["id"] for one in json.loads(run("forms", path, "--json")[1])] == ["f", "mqrs"]


def test_whose_copy_has_an_older_version_is_said(made, run):
    path, _ = made
    with open_project(path) as review:
        review.forms.keep(replace(FORM, title="F, reworded"), why="Reworded")
    said = json.loads(run("reviewers", path, "--json")[1])["reviewers"]
    found = {one["reviewer"]: one["copy"] for one in said}
    assert found["Maya"]["outdated"]
    assert found["Maya"]["since"] == "version 2 of F, reworded"
    assert "written before version 2 of F, reworded" in run("reviewers", path)[1]


def test_a_decimal_comma_is_taken_as_the_sentence_says(made, run):
    assert run("answer", made[1], "1", "change", "34,5", "--stage", "f")[0] == 0
    found = json.loads(run("answers", made[1], "--stage", "f", "--json")[1])
    assert [a["value"] for one in found for a in one["answers"]] == ["34.5"]


def test_status_of_a_copy_counts_studies_and_names_what_else_it_counts(made, run):
    copy = made[1]
    (first,) = [one for one in run("status", copy)[1].splitlines() if one.startswith("F: ")]
    assert first == "F: 1 study pending"
    for field, value in (("change", "1"), ("long", "2 weeks")):
        run("answer", copy, "1", field, value, "--stage", "f")
    run("close", copy, "--stage", "f")
    lines = run("status", copy)[1].splitlines()
    place = next(at for at, one in enumerate(lines) if one.startswith("F: "))
    found = json.loads(run("status", copy, "--json")[1])["stages"][-1]
    (maya,) = found["reviewers"]
    assert lines[place] == f"F: closed, {maya['pending']} studies pending"
    assert found["pending"] == maya["pending"] == 0
    assert "  decided: 2 questions" in lines
