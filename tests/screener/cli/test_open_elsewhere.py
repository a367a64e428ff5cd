"""While a window has a file open, every command that reads it says so: one rule for all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from screener.cli import COMMANDS

TA = ("--stage", "title-abstract")
FORM = ("--stage", "extraction")
READING = {
    "protocol": [()],
    "proposals": [()],
    "duplicates": [("runs",), ("--methods",)],
    "records": [(), ("--members", "--json")],
    "history": [("3",)],
    "status": [()],
    "reviewers": [()],
    "discrepancies": [TA],
    "agenda": [("out.html", *TA)],
    "minutes": [("out.docx", *TA)],
    "agreement": [TA],
    "fulltext": [("linked",)],
    "studies": [()],
    "forms": [()],
    "form": [("extraction",)],
    "answers": [FORM],
    "appraisal": [FORM],
    "pairs": [FORM],
    "flow": [(), ("--json",), ("--svg", "out.svg")],
    "report": [("out.html",)],
    "archive": [("out.zip",)],
    "export": [("out.csv",), ("out.csv", "--what", "studies")],
    "verify": [()],
    "backup": [(), ("out.screener",)],
    "backups": [()],
}
"""The reading commands, with what follows the file; some of them write when they are told more."""
WRITING = {
    "new", "import", "withdraw", "remove", "correct", "propose", "copy", "open", "decide",
    "take-decisions", "undo", "close", "reopen", "merge", "resolve", "pair", "answer",
}  # fmt: skip
ELSEWHERE = {"compare", "restore", "convert", "dedupe", "example", "simulate"}
"""Those that read private copies, a backup, or no project at all."""
HOLD = """
import sys
from screener import open_project
with open_project(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def opened(folder):
    """The project, open in another process as in a window."""
    program = [sys.executable, "-c", HOLD, str(folder / "review.screener")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"open\n"
        yield folder
        holder.stdin.close()


def test_every_command_has_its_place_here():
    assert set(COMMANDS) <= set(READING) | WRITING | ELSEWHERE


def test_every_reading_command_says_that_a_file_is_open(opened, run, making):
    before = making.contents(opened)
    told = {}
    for name, several in READING.items():
        for more in several:
            status, out, err = run(name, "review.screener", *more)
            told[name, *more] = status, out, err.partition(" (")[0], err[-33:]
    wanted = (1, "", "review.screener is open", "; close it there and try again.\n")
    assert {words: said for words, said in told.items() if said[:3] != wanted[:3]} == {}
    assert all(said[3].endswith(wanted[3]) for said in told.values())
    assert " since 20" in err
    assert making.contents(opened) == before, "nothing was written beside it"
