"""A table of many decisions: nothing in it is dropped, doubled or replaced without a word."""

import io
import re
import sys

import pytest

from screener import open_project
from screener.model import Stage
from tests.screener.conftest import ris_text

TA = ("--stage", "title-abstract")
ONE, TWO = re.findall("TI  - (.+)", ris_text(2))


@pytest.fixture
def decide(run, folder, making):
    """Take a table into a new copy; gives the status and what was said."""
    making.review(folder / "new")

    def taken(*lines, words=()):
        table = folder / "decisions.csv"
        table.write_text("\n".join(lines) + "\n", encoding="utf-8")
        status, out, err = run(
            "decide", folder / "new" / "a.screener", "--from", table, *TA, *words
        )
        return status, out + err

    return taken


@pytest.fixture
def decisions(folder):
    def read():
        with open_project(folder / "new" / "a.screener", write=False) as mine:
            found = [mine.screening.decision(u, Stage.TITLE_ABSTRACT) for u in mine.units.ids()]
        return [(str(one.verdict), one.reason) if one else None for one in found[:3]]

    return read


def test_headings_and_values_are_read_whatever_their_case(decide, decisions):
    status, said = decide(
        "Record,VERDICT,Reason,Participants", "1,Exclude,Participants,Not-Met", "2,INCLUDE,,"
    )
    assert (status, said) == (0, "2 decisions recorded.\n")
    assert decisions() == [("exclude", "participants"), ("include", ""), None]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (("record,verdict,resaon", "1,exclude,participants"), "“resaon”"),
        (("record,verdict,verdict", "1,include,exclude"), "“verdict” twice"),
        (("record,verdict", "1,include,surplus"), "line 2"),
        (("record,verdict", "1,include", "1,exclude"), "line 3"),
        (("record,verdict,reason", "1,exclude,participants", "1,exclude,"), "record 1"),
        (("record,verdict,reason", "2,include,", "1,include,participants"), "line 3"),
        (("record,verdict,participants", "1,include,perhaps"), "participants is “perhaps”"),
        (("record,verdict", "1,"), "line 2: it has no verdict"),
        (("record,verdict", "1,include", "99,include"), "line 3"),
        (("record,title,verdict", f"1,{ONE},include", f"1,{TWO},include"), "line 3 names record 1"),
        (("record,doi,verdict", "1,10.5555/plain.2,include"), "its doi is that of record 2"),
        (("doi,title,verdict", f"10.5555/plain.1,{TWO},include"), "its title is that of record 2"),
    ],
)
def test_what_is_not_understood_is_refused_by_name_and_nothing_is_taken(
    decide, decisions, lines, named
):
    status, said = decide(*lines)
    assert status == 1
    assert named in said
    assert decisions() == [None] * 3


def test_the_same_said_twice_is_one_decision(decide):
    assert decide("record,verdict", "1,include", "1,include") == (0, "1 decision recorded.\n")


def test_what_is_decided_otherwise_is_replaced_only_when_that_is_said(decide, decisions):
    assert decide("record,verdict", "1,include", "2,include")[0] == 0
    table = ("record,verdict", "1,exclude", "2,include", "3,include")
    status, said = decide(*table)
    assert status == 1
    assert "record 1; " in said
    assert "--replace" in said
    assert decisions() == [("include", ""), ("include", ""), None]
    status, said = decide(*table, words=["--replace"])
    assert (status, said) == (0, "2 decisions recorded.\n")
    assert decisions() == [("exclude", ""), ("include", ""), ("include", "")]


def test_what_the_table_leaves_out_stays(decide, folder):
    assert decide("record,verdict,participants,note", "1,include,met,read")[0] == 0
    assert decide("record,verdict", "1,include") == (0, "0 decisions recorded.\n")
    with open_project(folder / "new" / "a.screener", write=False) as mine:
        found = mine.screening.decision(mine.units.find("1"), Stage.TITLE_ABSTRACT)
    assert (dict(found.judgements), found.note) == ({"participants": "met"}, "read")


def test_taking_back_in_a_table_is_a_replacement(decide, decisions):
    assert decide("record,verdict", "1,include")[0] == 0
    assert decide("record,verdict", "1,none")[0] == 1
    assert decide("record,verdict", "1,none", words=["--replace"])[0] == 0
    assert decisions()[0] is None


def test_standard_input_is_read(run, folder, making, monkeypatch, decisions):
    making.review(folder / "new")
    given = io.TextIOWrapper(io.BytesIO(b"record,verdict\n1,include\n"))
    monkeypatch.setattr(sys, "stdin", given)
    assert run("decide", folder / "new" / "a.screener", "--from", "-", *TA)[0] == 0
    assert decisions()[0] == ("include", "")


@pytest.mark.parametrize("last", ['2,include,"a no', '2,include,"', '2,include,"a\nb', '"2'])
def test_a_file_that_is_cut_off_inside_quotes_is_refused(run, folder, making, decisions, last):
    making.review(folder / "new")
    table = folder / "cut.csv"
    for end in ("", "\n"):
        table.write_text(f"record,verdict,note\n1,include,\n{last}{end}", encoding="utf-8")
        status, _, said = run("decide", folder / "new" / "a.screener", "--from", table, *TA)
        assert status == 1
        assert "line 3" in said
    assert decisions() == [None] * 3


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b"])
def test_that_control_characters_are_left_out_is_said_once(decide, run, folder, sign):
    said = decide("record,verdict,note", f"1,include,a{sign}b", f"2,include,c{sign}d")[1]
    assert said == (
        "2 decisions recorded.\n"
        "decisions.csv has control characters, which nobody sees; they are left out.\n"
    )
    with open_project(folder / "new" / "a.screener", write=False) as mine:
        one = mine.screening.decision(mine.units.find("1"), Stage.TITLE_ABSTRACT)
    assert one.note == "ab"
    if sign != "\x00":
        words = (
            "decide",
            folder / "new" / "a.screener",
            "3",
            "include",
            *TA,
            "--note",
            f"e{sign}f",
        )
        assert "they are left out" in run(*words)[2]


def test_commas_alone_are_a_blank_line(decide):
    said = decide("record,verdict,note", ",,", "1,include,", " ,,")
    assert said == (0, "1 decision recorded.\n")
