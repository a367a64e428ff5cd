"""Every command that reads a form, with every way of giving out what it reads."""

import csv
import json

import pytest

from tests.screener.answers.trial import ID, merged_trial, trial_in
from tests.screener.cli.conftest import run as run

STAGE = ("--stage", ID)


@pytest.fixture
def answered(copied):
    return trial_in(copied(merged_trial))


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


READING = [
    ("status",), ("forms",), ("form", ID), ("answers", *STAGE), ("pairs", *STAGE),
    ("discrepancies", *STAGE), ("agreement", *STAGE), ("appraisal", *STAGE), ("studies",),
    ("reviewers",), ("history", "1"), ("verify",), ("flow",),
]  # fmt: skip
WRITTEN = [
    ("discrepancies", *STAGE, "--csv", "out.csv"),
    ("export", "out.csv", "--what", "answers", *STAGE),
    ("export", "out.csv", "--what", "answers", "--raw", *STAGE),
    ("export", "out.xlsx", "--what", "answers", "--raw", *STAGE),
    ("export", "out.csv", "--what", "studies"),
    ("export", "out.xlsx", "--what", "studies"),
]


@pytest.mark.parametrize("words", READING, ids=[" ".join(words) for words in READING])
def test_what_a_form_says_is_printed_in_words_and_as_json(answered, run, words):
    command, *more = words
    code, out, err = run(command, answered.project, *more)
    assert (code, bool(out.strip()) or command == "appraisal", "Traceback" in err) == (
        0,
        True,
        False,
    )
    if command in ("form", "flow"):
        return
    code, out, _ = run(command, answered.project, *more, "--json")
    assert code == 0
    json.loads(out)


@pytest.mark.parametrize("words", WRITTEN, ids=[" ".join(words) for words in WRITTEN])
def test_what_a_form_says_is_written(answered, run, words, tmp_path):
    command, *more = words
    out = next(tmp_path / word for word in more if word.startswith("out"))
    code, _, err = run(command, answered.project, *[out if w == out.name else w for w in more])
    assert (code, err) == (0, "")
    assert out.stat().st_size


def test_two_copies_are_compared_and_the_differences_written(answered, run, tmp_path):
    out = tmp_path / "out.csv"
    code, said, _ = run("compare", *answered.copies.values(), *STAGE, "--csv", out)
    assert (code, len(read(out)) > 3) == (0, True), said
    code, said, _ = run("compare", *answered.copies.values(), *STAGE, "--json")
    assert json.loads(said)["discrepancies"]


def test_the_list_of_the_meeting_has_a_row_for_each_answer(answered, run, tmp_path):
    out = tmp_path / "out.csv"
    run("discrepancies", answered.project, *STAGE, "--csv", out)
    rows = read(out)
    rigour = [row for row in rows if row["field"] == "rigour"]
    assert {(r["reviewer"], r["value"], r["answer_state"], r["kind"]) for r in rigour} == {
        ("Maya", "high", "value", "value"), ("Jonas", "middle", "value", "value"),
    }  # fmt: skip
    dose = {(r["reviewer"], r["value"], r["unit"]) for r in rows if r["field"] == "dose"}
    assert dose == {("Maya", "12.0", "weeks"), ("Jonas", "12", "months")}
    (alone, *_) = [row for row in rows if row["list"] == "strands" and not row["field"]]
    assert (alone["kind"], alone["state"]) == ("row", "open")


def test_a_unit_is_said_and_can_be_settled(answered, run, tmp_path):
    _, listed, _ = run("answers", answered.project, *STAGE)
    (dose,) = [line for line in listed.splitlines() if "Dose (Telephone)  differs: " in line]
    answers = dose.partition("differs: ")[2].split("; ")
    assert sorted(answers) == ["Jonas 12 months", "Maya 12.0 weeks"]  # in the order of their ids
    assert "phone;post" in listed
    _, listed, _ = run("discrepancies", answered.project, *STAGE)
    assert "(Maya 12.0 weeks, Jonas 12 months)" in listed
    why = ("--why", "w", "--by", "Maya", *STAGE)
    settle = ("resolve", answered.project, "1", "dose")
    code, _, err = run(*settle, "12", "--row", "telephone", *why)
    assert (code, "Dose is given in weeks or months; say which: “12 weeks”." in err) == (1, True)
    assert run(*settle, "12 months", "--row", "telephone", *why)[0] == 0
    _, listed, _ = run("answers", answered.project, *STAGE)
    assert "Dose (Telephone)  resolved = 12 months" in listed
    found = json.loads(run("answers", answered.project, *STAGE, "--json")[1])
    (one,) = [a for a in found if a["field"] == "dose" and a["row"].casefold() == "telephone"]
    assert (one["agreed"]["value"], one["agreed"]["unit"]) == ("12", "months")
    table = tmp_path / "settled.csv"
    table.write_text("Study,ROW,field,value,why,by\n1,telephone,dose,12 weeks,w,Maya\n")
    code, _, err = run("resolve", answered.project, "--from", table, *STAGE)
    assert "settled" in err or "overturn" in err  # what was settled is overturned one by one only


WRONG = [
    ("answer", "study,field,value\n1,story,one, two\n", "more cells than headings at line 2"),
    ("answer", "study,field,value,value\n1,story,one,two\n", "the column “value” twice"),
    ("answer", "study,field,value,pages\n1,story,one,2\n", "a column “pages” that is not known"),
    ("answer", "study,field,value\n1,story,one\n99,story,one\n", "line 3: "),
    ("answer", "study,field,value,report\n1,story,one,2\n", "line 2: Record 2 is no report of"),
    ("resolve", "study,field,value,why,by,same_meaning\n1,setting,x,w,Maya,perhaps\n", "perhaps"),
    ("resolve", "study,field,value,why,by\n1,setting,x,w,Maya,and more\n", "more cells"),
    ("resolve", "study,field,value,why,by\n99,setting,x,w,Maya\n", "line 2: "),
]


@pytest.mark.parametrize(("command", "text", "words"), WRONG, ids=[w for *_, w in WRONG])
def test_a_table_is_read_strictly(answered, run, tmp_path, command, text, words):
    table = tmp_path / "table.csv"
    table.write_text(text)
    if command == "answer":
        run("reopen", answered.copies["Maya"], *STAGE, "--why", "w")
    into = answered.copies["Maya"] if command == "answer" else answered.project
    before = into.read_bytes()
    code, _, err = run(command, into, "--from", table, *STAGE)
    assert (code, words in err) == (1, True), err
    assert into.read_bytes() == before


def test_no_table_has_control_characters(answered, run, tmp_path):
    run("reopen", answered.copies["Maya"], *STAGE, "--why", "w")
    note = ("--note", "a\x1b[31mb\x07", "--quote", "c\x08d", "--page", "1\x0b")
    run("answer", answered.copies["Maya"], "1", "setting", "home", *STAGE, *note)
    with answered.open() as review:
        from screener.store import paths

        paths.write_csv(tmp_path / "plain.csv", ["a\x00"], [["b\x1b\x7f\x9b", "c\n\td"]])
        assert review.verify() == []
    assert (tmp_path / "plain.csv").read_text("utf-8-sig") == 'a\nb,"c\n\td"\n'
    from screener import open_copy

    with open_copy(answered.copies["Maya"]) as mine:
        (one,) = [
            a for a in mine.forms.answering(ID).answers(answered.uid(mine, 1))
            if a.question == "setting"
        ]  # fmt: skip
    assert (one.note, one.quote, one.page) == ("a[31mb", "cd", "1")
