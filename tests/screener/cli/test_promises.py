"""Wherever the program asks for words because "the report names it", the report names them."""

import ast
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import screener
import ui
from screener import open_project

TA, FT = ("--stage", "title-abstract"), ("--stage", "full-text")
WHY = "because of the weather"
PROMISE = "report names it"


def promises(folder):
    """Count the texts of a program's folder that promise it, by file; no docstrings."""
    found = Counter()
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else ""
            if isinstance(text, str) and PROMISE in text.lower() and id(node) not in docs:
                found[f"{folder.name}/{path.relative_to(folder).as_posix()}"] += 1
    return dict(found)


@pytest.fixture
def done(run):
    def call(*words):
        status, _, err = run(*words)
        assert status == 0, err

    return call


def reopened(done, making, folder):
    done("reopen", "maya.screener", *TA, "--why", WHY)
    done("merge", "maya.screener", "--into", "review.screener")


def withdrawn(done, making, folder):
    done("withdraw", "review.screener", 1, "--why", WHY)


def removed(done, making, folder):
    done("remove", "review.screener", 2, 3, "--why", WHY)


def removed_by_a_rule(done, making, folder):
    done("remove", "review.screener", 2, "--why", WHY, "--automatic")


def left(done, making, folder):
    done("reviewers", "review.screener", "leave", "Jonas", *TA, "--why", WHY)


def taken_out(done, making, folder):
    """Only who had not closed is removed: that shows what the others decided."""
    project = making.review(folder / "early", reviewers=("Maya", "Jonas", "Ruth"))
    for letter in "ab":
        making.screen(project.with_name(f"{letter}.screener"), {1: "include"})
        done("merge", project.with_name(f"{letter}.screener"), "--into", project)
    done("reviewers", project, "remove", "Ruth", "--why", WHY)
    return project


def opened_early(done, making, folder):
    project = making.review(folder / "early")
    making.screen(project.with_name("a.screener"), {1: "include"}, close=False)
    done("merge", project.with_name("a.screener"), "--into", project, "--open", "--why", WHY)
    return project


def opened_early_while_made(done, making, folder):
    project = making.review(folder / "early")
    making.screen(project.with_name("a.screener"), {1: "include"}, close=False)
    made = folder / "made.screener"
    done("merge", project.with_name("a.screener"), "--into", made, "--open", "--why", WHY)
    return made


def continued(done, making, folder):
    done("merge", "maya.screener", "--into", "new.screener", "--as-project", "--why", WHY)
    return folder / "new.screener"


def not_retrieved(done, making, folder):
    done("open", "review.screener", *FT)
    done("fulltext", "review.screener", "status", 1, "not-retrieved", "--why", WHY)


def another_protocol(done, making, folder):
    with open_project(folder / "review.screener") as review:
        now = review.protocol.current
        review.protocol.set(replace(now, question="Another question"), why=WHY)


SENTENCES = {
    "screener/cli/consensus.py": (opened_early, opened_early_while_made, continued),
    "screener/cli/reviewers.py": (left,),
    "screener/cli/screening.py": (reopened,),
    "screener/cli/sources.py": (withdrawn, removed, removed_by_a_rule),
    "screener/consensus/merging/taking.py": (continued,),
    "screener/consensus/people.py": (taken_out, left),
    "screener/fulltext/fulltext.py": (not_retrieved,),
    "screener/sources/batches.py": (withdrawn, removed),
    "screener/store/closing.py": (reopened,),
    "ui/consensus/hidden.py": (opened_early,),
    "ui/protocol/page.py": (another_protocol,),
    "ui/reviewers/cards.py": (left, taken_out),
    "ui/sources/page.py": (withdrawn,),
    "ui/widgets/closed.py": (reopened,),
}
"""What is done with the words that each file asks for; one act or more for each sentence."""


def test_every_sentence_that_promises_it_is_known():
    found = promises(Path(screener.__file__).parent) | promises(Path(ui.__file__).parent)
    assert {p: n for p, n in found.items() if n > len(SENTENCES.get(p, ()))} == {}
    assert SENTENCES.keys() == found.keys()


@pytest.mark.parametrize(
    "act", sorted({a for acts in SENTENCES.values() for a in acts}, key=lambda a: a.__name__)
)
def test_what_was_typed_is_in_the_report(run, done, making, folder, act):
    project = act(done, making, folder) or folder / "review.screener"
    status, out, _ = run("flow", project, "--json")
    assert status == 0
    (said,) = {one for one in json.loads(out)["remarks"] if WHY in one}
    status, _, err = run("flow", project)
    assert said in err.splitlines()


def test_removed_records_are_named_with_their_numbers_by_reason(run, done, folder):
    done("remove", "review.screener", 2, 3, "--why", "retracted.")
    done("remove", "review.screener", 4, "--why", "spam", "--automatic")
    remarks = json.loads(run("flow", "review.screener", "--json")[1])["remarks"]
    assert sorted(remarks) == [
        "1 record was removed by automation tools before screening: spam.",
        "2 records were removed before screening: retracted.",
    ]
    done("withdraw", "review.screener", 1, "--why", "wrong dates")
    remarks = json.loads(run("flow", "review.screener", "--json")[1])["remarks"]
    assert remarks == ["The import from PubMed (8 records) was taken back: wrong dates."]
    done("withdraw", "review.screener", 1, "--put-back")
    assert len(json.loads(run("flow", "review.screener", "--json")[1])["remarks"]) == 2


def test_who_left_and_who_joined_late_is_in_the_status_too(run, done, folder):
    done("copy", "review.screener", "--reviewer", "Zoe", "--out", "zoe.screener")
    done("reviewers", "review.screener", "leave", "Jonas", *TA, "--why", WHY)
    (first, _) = json.loads(run("status", "review.screener", "--json")[1])["stages"]
    assert (first["left"], first["joined_late"]) == ([{"reviewer": "Jonas", "why": WHY}], ["Zoe"])
    said = run("status", "review.screener")[1].splitlines()
    assert f"  Jonas left title and abstract: {WHY}." in said
    assert "  Zoe joined title and abstract late, and was not waited for in all of it." in said


def test_what_a_copy_may_not_show_is_not_named_there(run, done, folder):
    """Which reports are sought says what the others decided."""
    done("open", "review.screener", *FT)
    done("copy", "review.screener", "--reviewer", "Zoe", "--out", "zoe.screener")
    done("fulltext", "review.screener", "status", 1, "not-retrieved", "--why", WHY)
    done("copy", "review.screener", "--reviewer", "Zoe", "--out", "newer.screener")
    done("merge", "newer.screener", "--into", "zoe.screener")
    assert WHY not in run("flow", "zoe.screener", "--json")[1]


def test_a_reason_belongs_to_opening_early_or_to_the_project(run, folder):
    words = ("merge", "maya.screener", "--into", "new.screener")
    assert run(*words, "--why", WHY)[0] == 2
    assert run(*words, "--as-project")[0] == 2
