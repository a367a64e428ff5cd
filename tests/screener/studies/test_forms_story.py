"""A form from its taking to its tables, on the command line, as a script does it."""

import csv
import json

import openpyxl
import pytest

from screener import open_project
from tests.screener.conftest import Making


@pytest.fixture
def story(copied):
    """A project of four included reports with two forms open, and a copy for each reviewer."""
    folder = copied(_begin)
    return Story(Making, folder / "r" / "p.screener", folder)


def _begin(folder):
    path = Making.included(folder / "r", records=5, excluded=(5,))
    made = Story(Making, path, folder)
    made.run("form", path, "--shipped", "extraction")
    made.run("form", path, "--shipped", "mqrs")
    made.run("studies", path, "link", "1", "2", "--name", "Okafor 2013")
    made.run("open", path, "--stage", "extraction")
    made.run("open", path, "--stage", "mqrs", "--study", "3")
    for name, copy in made.copies.items():
        made.run("copy", path, "--reviewer", name, "--out", copy)


class Story:
    def __init__(self, making, project, folder):
        self._making, self.project, self.folder = making, project, folder
        self.copies = {name: folder / f"{name}.screener" for name in ("Maya", "Jonas")}

    def run(self, *words, status=0):
        done = self._making.cli(*words)
        assert done.returncode == status, (words, done.stderr)
        return done

    def json(self, *words):
        return json.loads(self.run(*words, "--json").stdout)

    def table(self, text):
        path = self.folder / "table.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def answer(self, name, *words, **how):
        return self.run("answer", self.copies[name], *words, "--stage", "extraction", **how)

    def merged(self):
        for copy in self.copies.values():
            for stage in ("extraction", "mqrs"):
                self.run("close", copy, "--stage", stage)
        return self.run("merge", *self.copies.values(), "--into", self.project)

    def answers(self):
        found = self.json("answers", self.project, "--stage", "extraction")
        return {(a["study_name"], a["field"] or a["list"], a["row"]): a for a in found}


def answered(story):
    maya, jonas = "Maya", "Jonas"
    story.answer(maya, "1", "design", "rct", "--page", "4", "--quote", "by lot", "--report", "2")
    story.answer(maya, "1", "duration", "12 months")
    story.answer(maya, "1", "arm-n", "31", "--row", "Telephone")
    story.answer(maya, "3", "technology", "web;video")
    story.answer(
        jonas,
        "--from",
        story.table(
            "study,list,row,field,value,page\n"
            "Okafor 2013,,,design,pre-post,3\n"
            "1,,,duration,12.0 months,\n"
            "1,arms,By telephone,arm-n,30,\n"
            "3,,,technology,video;web,\n"
            "3,,,country,not-reported,\n"
        ),
    )
    story.merged()


def test_what_is_answered_is_compared_settled_and_counted(story):
    answered(story)
    found = story.answers()
    duration = found["Okafor 2013", "duration", ""]
    assert (duration["status"], duration["agreed"]["value"]) == ("agreed", "12")
    design = found["Okafor 2013", "design", ""]
    assert design["status"] == "differs"
    assert {(a["reviewer"], a["value"], a["page"], a["report"]) for a in design["answers"]} == {
        ("Maya", "rct", "4", 2), ("Jonas", "pre-post", "3", None),
    }  # fmt: skip
    (third,) = {name for name, _, _ in found if name.startswith("Birch")}
    assert found[third, "technology", ""]["agreed"]["value"] == ["video", "web"]
    assert found[third, "country", ""]["status"] == "missing"

    listed = story.json("discrepancies", story.project, "--stage", "extraction")
    kinds = {(d["study_name"], d["field"] or d["list"], d["row"]): d["kind"] for d in listed}
    assert kinds["Okafor 2013", "design", ""] == "value"
    assert kinds["Okafor 2013", "arms", "Telephone"] == "row"
    assert ("Okafor 2013", "duration", "") not in kinds
    assert set(listed[0]) == {
        "study", "study_name", "stage", "list", "row", "field", "label", "kind", "answers",
        "state", "stale",
    }  # fmt: skip

    rows = story.json("pairs", story.project, "--stage", "extraction")
    assert {r["state"] for r in rows} == {"proposed"}
    by = ("--why", "looked", "--by", "Maya", "--by", "Jonas", "--stage", "extraction")
    words = ("1", "arms", "Maya:telephone", "Jonas:by-telephone", "--as", "Telephone")
    story.run("pair", story.project, *words, "--stage", "extraction")
    (row,) = story.json("pairs", story.project, "--stage", "extraction")
    assert (row["key"], row["state"]) == ("Telephone", "paired")
    story.run("resolve", story.project, "1", "design", "rct", *by)
    table = story.table("study,row,field,value,why,by\n1,telephone,arm-n,31,looked,Maya; Jonas\n")
    story.run("resolve", story.project, "--from", table, "--stage", "extraction")
    found = story.answers()
    assert found["Okafor 2013", "design", ""]["agreed"]["value"] == "rct"
    assert found["Okafor 2013", "arm-n", "Telephone"]["agreed"]["value"] == "31"

    questions = story.json("agreement", story.project, "--stage", "extraction")["questions"]
    figures = {q["field"]: (q["n"], q["same"], q["only_one"]) for q in questions}
    assert figures["design"] == (1, 0, 0)
    assert figures["duration"] == (1, 1, 0)
    assert figures["country"] == (0, 0, 1)
    (step,) = (
        s for s in story.json("status", story.project)["stages"] if s["stage"] == "extraction"
    )
    assert step["studies"] == {"settled": 0, "open": 3, "hidden": 0}


def test_tables_say_what_is_agreed_and_what_is_open(story):
    answered(story)
    out = story.folder / "studies.csv"
    story.run("export", story.project, out, "--what", "studies")
    with out.open(encoding="utf-8-sig", newline="") as handle:
        first, *others = csv.DictReader(handle)
    assert (first["study"], first["reports"], len(others)) == ("Okafor 2013", "1; 2", 2)
    assert (first["Duration"], first["Design"]) == ("12 months", "to settle")
    assert {"Feasibility: Measured", "Acceptability: Measured"} <= first.keys()
    book = story.folder / "answers.xlsx"
    story.run("export", story.project, book, "--what", "answers", "--stage", "extraction", "--raw")
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Answers", "Codebook"]
    rows = list(sheets["Answers"].values)
    told = {r[8]: r[9] for r in rows if r[4] == "design" and r[1] == "Okafor 2013"}
    assert told == {"agreed": None, "Maya": "rct", "Jonas": "pre-post"}
    story.run(
        "export", story.project, story.folder / "a.csv", "--what", "appraisal", "--stage", "mqrs"
    )
    wrong = story.run(
        "export", story.project, story.folder / "r.csv", "--what", "robvis", "--stage", "mqrs",
        status=1,
    )  # fmt: skip
    assert "rates no domains" in wrong.stderr


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("study,field,value,colour\n1,design,rct,x\n", "column “colour”"),
        ("study,field,value\n1,design,rct\n1,design,rct\n", "answered twice"),
        ("study,field,value\n1,nothing,rct\n", "no question “nothing”"),
        ("study,field,value\n1,design,rct\n3,n-enrolled,many\n", "not a whole number"),
        ("study,field,value\n5,design,rct\n", "no study"),
        ("study,field,value,origin\n1,design,rct,guessed\n", "“guessed” is none of"),
        ("study,field,value\n1,design,perhaps\n", "none of the options"),
    ],
)
def test_a_table_that_is_half_wrong_records_nothing(story, table, words):
    wrong = story.answer("Maya", "--from", story.table(table), status=1)
    assert words in wrong.stderr
    with open_project(story.copies["Maya"], write=False) as mine:
        study = mine.studies.find("Okafor 2013").id
        assert mine.forms.answering("extraction").answers(study) == []


def test_a_word_is_taken_literally_and_taken_back(story):
    story.answer("Maya", "1", "country", "unclear")
    story.answer("Maya", "1", "setting", "unclear", "--literal")
    with open_project(story.copies["Maya"], write=False) as mine:
        study = mine.studies.find("Okafor 2013").id
        given = {
            a.question: (str(a.state), a.value)
            for a in mine.forms.answering("extraction").answers(study)
        }
    assert given == {"country": ("unclear", ""), "setting": ("value", "unclear")}
    story.answer("Maya", "1", "country", "none")
    story.answer("Maya", "1", "arm-n", "3", "--row", "Post")
    story.answer("Maya", "1", "--list", "arms", "--row", "post", "--remove")
    with open_project(story.copies["Maya"], write=False) as mine:
        answering = mine.forms.answering("extraction")
        assert [a.question for a in answering.answers(study)] == ["setting"]
        assert answering.rows(study, "arms") == []


def test_settling_from_a_table_is_all_or_nothing(story):
    answered(story)
    before = story.answers()
    for text, words in (
        ("study,field,value,why,by\n1,design,rct,x,Maya\n1,nothing,1,x,Maya\n", "line 3"),
        ("study,field,value,why,by\n1,design,rct,x,Maya\n1,design,rct,x,Maya\n", "settled twice"),
        ("study,field,value,why,by\n1,design,rct,x,Nobody\n", "Nobody"),
        ("study,field,value,why,by,mode\n1,design,rct,x,Maya,vote\n", "no mode"),
    ):
        wrong = story.run(
            "resolve", story.project, "--from", story.table(text), "--stage", "extraction", status=1
        )
        assert words in wrong.stderr
    assert story.answers() == before


def test_a_later_round_opens_for_what_is_new(story):
    answered(story)
    story.run("open", story.project, "--stage", "mqrs", "--study", "4")
    assert (
        "open already" in story.run("open", story.project, "--stage", "extraction", status=1).stderr
    )
    by = ("--why", "x", "--by", "Maya", "--stage", "extraction")
    story.run("resolve", story.project, "1", "design", "rct", *by)
    story.run("open", story.project, "--stage", "mqrs", "--design", "rct")
    forms = {f["id"]: f["opened"] for f in story.json("forms", story.project)}
    assert forms == {"extraction": 3, "mqrs": 3}
    assert (
        "No study is agreed"
        in story.run(
            "open", story.project, "--stage", "mqrs", "--design", "qualitative", status=1
        ).stderr
    )


def test_a_study_is_taken_out_of_a_form_and_asked_again(story):
    run = story.run
    answered(story)

    def statuses():
        found = story.json("answers", story.project, "--stage", "mqrs")
        return {a["status"] for a in found if a["study"] == study}

    (study,) = {a["study"] for a in story.json("answers", story.project, "--stage", "mqrs")}
    said = run("open", story.project, "--stage", "mqrs", "--take-out", "3").stdout
    assert "asks 1 study no more; the answers stay" in said
    assert statuses() == set()
    again = run("open", story.project, "--stage", "mqrs", "--take-out", "3", status=1)
    assert "is not open" in again.stderr
    assert "Taken back: Take out" in run("undo", story.project).stdout
    assert statuses()
    run("open", story.project, "--stage", "mqrs", "--take-out", "3", "--study", "1", status=2)
    run("open", story.project, "--stage", "full-text", "--take-out", "3", status=2)


def test_people_join_and_leave_a_form_and_an_arbitrator_settles_it(story):
    answered(story)
    out = story.folder / "ruth.screener"
    story.run("copy", story.project, "--arbitrator", "Ruth", "--stage", "extraction", "--out", out)
    assert out.exists()
    story.run("reviewers", story.project, "add", "Ines")
    done = story.run("reviewers", story.project, "join", "Ines", "--stage", "extraction")
    assert "Ines takes part in " in done.stdout
    left = ("reviewers", story.project, "leave", "Ines", "--stage", "extraction", "--why", "ill")
    assert "Ines has left " in story.run(*left).stdout
    wrong = story.run("reviewers", story.project, "join", "Ines", "--stage", "none", status=1)
    assert "no stage “none”" in wrong.stderr
