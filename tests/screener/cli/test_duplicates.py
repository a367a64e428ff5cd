"""`screener duplicates` from the outside."""

from __future__ import annotations

import csv
import json

import pytest

from screener import create_project, open_copy, open_project
from screener.model import Stage

HEAD = "TY  - JOUR\nTI  - Allotment gardens and loneliness among widowed fishermen\n"
AUTHORS = "AU  - Zielonka, Hanna\nAU  - Petit, Luc\nPY  - 2020\n"
PLACE = "T2  - Journal of Unwritten Cohorts\nVL  - 3\nSP  - 77\nEP  - 90\n"
DOI = "DO  - 10.5555/juc.2020.77\n"
OTHER = "T2  - Letters on Fishing\n"
PREPRINT = "T2  - medRxiv\nDO  - 10.5555/pre.1\n"


@pytest.fixture
def path(tmp_path):
    """1 and 2 certain by DOI, 3 in another journal, 4 a preprint of it."""
    records = (PLACE + DOI, PLACE + DOI, OTHER, PREPRINT)
    (tmp_path / "r.ris").write_text(
        "".join(f"{HEAD}{AUTHORS}{place}ER  - \n\n" for place in records), encoding="utf-8"
    )
    with create_project(tmp_path / "review.screener", title="Gardens") as review:
        review.sources.import_file(tmp_path / "r.ris", source="PubMed")
    return tmp_path / "review.screener"


def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))


def runs(path):
    with open_project(path, write=False) as review:
        return [(run.settings.name, run.joins) for run in review.duplicates.runs()]


def test_settings_decide_what_is_joined(run, path):
    asked = path.with_name("q.csv")
    words = ("duplicates", path, "--json", "--settings")
    status, out, _ = run(*words, "ask-everything", "--ask", asked)
    found = json.loads(out)
    assert (status, found["groups"], found["merged_certain"]) == (0, 0, 0)
    assert set(found) == {"records", "groups", "merged_certain", "to_ask", "rules"}
    assert any({a, b} == {"1", "2"} for a, b, _ in rows(asked))
    found = json.loads(run(*words, "standard")[1])
    assert (found["groups"], found["merged_certain"]) == (1, 1)
    assert runs(path) == [("ask-everything", 0), ("standard", 1)]


def test_settings_are_the_words_of_dedupe(run, path):
    status, _, err = run("duplicates", path, "--settings", "brave")
    assert status == 2
    assert "'ask-everything', 'cautious', 'standard'" in err


def test_looking_only_stores_nothing(run, path, making):
    before = making.event_ids(path)
    assert run("duplicates", path, "--certain", "none", "--quiet")[0] == 0
    assert making.event_ids(path) == before


def test_linked_reports_are_written(run, path):
    linked = path.with_name("linked.csv")
    assert run("duplicates", path, "--linked", linked)[0] == 0
    head, *found = rows(linked)
    assert head == ["record_id_1", "record_id_2", "kind"]
    assert ["3", "4", "preprint-and-report"] in found
    assert all(int(a) < int(b) for a, b, _ in found)
    assert linked.read_bytes().endswith(b"\r\n")


def test_methods_only_reads(run, path, making):
    run("duplicates", path, "--settings", "cautious")
    before = making.digest(path)
    status, out, err = run("duplicates", path, "--methods")
    assert (status, err) == (0, "")
    assert "cautious" in out
    assert "1 joined automatically, 0 by hand." in out
    assert out.endswith(".\n")
    assert making.digest(path) == before


def test_settings_given_once_are_used_by_the_next_run(run, path):
    assert run("duplicates", path, "--settings", "ask-everything", "--quiet")[0] == 0
    found = json.loads(run("duplicates", path, "--json")[1])
    assert found["merged_certain"] == 0
    with open_project(path, write=False) as review:
        assert review.duplicates.settings().name == "ask-everything"


def test_runs_are_listed_and_taken_back(run, path, making):
    assert run("duplicates", path, "runs")[:2] == (0, "")
    run("duplicates", path)
    before = making.digest(path)
    (found,) = json.loads(run("duplicates", path, "runs", "--json")[1])
    assert (found["run"], found["joins"], found["standing"], found["undone"]) == (1, 1, 1, False)
    assert making.digest(path) == before
    assert "1 of 1 groups stand" in run("duplicates", path, "runs")[1]
    assert run("duplicates", path, "undo-run", "2")[2].startswith("There is no run 2;")
    assert run("duplicates", path, "undo-run", "9" * 5000)[2].startswith("There is no run 9")
    assert run("duplicates", path, "undo-run", "1")[:2] == (0, "0 groups.\n")
    assert "taken back" in run("duplicates", path, "runs")[1]
    status, _, err = run("duplicates", path, "undo-run", "1")
    assert (status, "taken back already" in err) == (1, True)
    run("duplicates", path)
    assert run("duplicates", path, "undo-run", "all")[:2] == (0, "0 groups.\n")
    run("undo", path)
    with open_project(path, write=False) as review:
        assert len(review.duplicates.groups()) == 1


def test_what_reviewers_proposed_is_among_the_questions(run, path):
    folder, asked = path.parent, path.with_name("q.csv")
    with open_project(path) as review:
        review.consensus.write_copy("Maya", folder / "maya.screener")
    with open_copy(folder / "maya.screener") as mine:
        one, four = mine.units.find("1"), mine.units.find("4")
        mine.screening.proposals.propose_duplicate(one, four, Stage.TITLE_ABSTRACT)
    with open_project(path) as review:
        review.consensus.merge(folder / "maya.screener")
    assert run("duplicates", path, "--certain", "none", "--ask", asked)[0] == 0
    assert ["1", "4", "proposal"] in rows(asked)
    asked.write_text("record_id_1,record_id_2,answer\n1,4,different\n", encoding="utf-8")
    run("duplicates", path, "--answers", asked, "--certain", "none")
    run("duplicates", path, "--certain", "none", "--ask", asked)
    assert "proposal" not in [rule for _, _, rule in rows(asked)]


def test_what_is_done_by_hand_and_the_methods_have_json(run, path):
    words = ("duplicates", path, "--json")
    run("duplicates", path)
    assert json.loads(run(*words, "undo-run", "1")[1]) == {"records": 4, "groups": 0}
    assert json.loads(run(*words, "join", "1", "2")[1]) == {"records": 4, "groups": 1}
    assert json.loads(run(*words, "split", "2")[1]) == {"records": 4, "groups": 0}
    document = json.loads(run(*words, "--methods")[1])
    assert document == {"methods": run("duplicates", path, "--methods")[1]}


def test_answers_of_a_spreadsheet_that_parts_by_semicolons(run, path):
    asked = path.with_name("q.csv")
    asked.write_text("record_id_1;record_id_2;answer\n1;2;different\n")
    assert run("duplicates", path, "--answers", asked, "--certain", "none")[2] == (
        "1 new answer taken.\n"
    )


def test_answers_with_an_open_quotation_mark_are_not_guessed(run, path, refuses, making):
    asked, before = path.with_name("q.csv"), making.event_ids(path)
    asked.write_text('record_id_1,record_id_2,answer,rule\n1,2,same,"so\n1,3,different,\n')
    assert "quotation mark at line 2" in refuses("duplicates", path, "--answers", asked)
    assert making.event_ids(path) == before


def answers(path, *lines, head="record_id_1,record_id_2,answer"):
    table = path.with_name("answers.csv")
    table.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return table


@pytest.mark.parametrize(
    ("head", "lines", "words"),
    [
        ("record_id_1,record_id_2,answr,answer", ["1,2,same,different"], "“answr”"),
        ("record_id_1,record_id_2,answr", ["1,2,same"], "no column answer; it has "),
        ("record_id_1,record_id_2,answr", ["1,2,same"], "answr"),
        ("record_id_1,record_id_2,answer,answer", ["1,2,same,same"], "“answer” twice"),
        ("record_id_1,record_id_2,answer", ["1,2,different", "2,1,same"], "line 2 "),
        ("record_id_1,record_id_2,answer", ["1,2,different", "2,1,same"], "line 3 "),
        ("record_id_1,record_id_2,answer", ["1,3,different", "1,2,same", "2,3,same"], "lines 3"),
        ("record_id_1,record_id_2,answer", ["1,3,same", "1,99,same"], "line 3"),
        ("record_id_1,record_id_2,answer", ["1,3,same", "2,2,same"], "line 3"),
        ("record_id_1,record_id_2,answer", ["1,3,same", "1,2,perhaps"], "line 3"),
        ("record_id_1,record_id_2,answer", ["1,3,same", "1,2,same,maybe"], "line 3"),
    ],
)  # fmt: skip
def test_a_table_of_answers_says_one_thing_and_every_error_its_line(
    refuses, making, path, head, lines, words
):
    before = making.event_ids(path)
    assert words in refuses("duplicates", path, "--answers", answers(path, *lines, head=head))
    assert making.event_ids(path) == before


def test_an_answer_against_a_group_names_its_line(run, refuses, path):
    run("duplicates", path, "join", 1, 2, 3)
    assert "answers.csv, line 3: " in refuses(
        "duplicates", path, "--answers", answers(path, "1,4,different", "1,2,different")
    )
