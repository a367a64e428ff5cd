"""The warn lines: who changed what, when, from what; as far as the level allows."""

import pytest

from screener import open_project
from screener.consensus.reveal import Level
from screener.model import DiscrepancyKind, Stage
from ui.consensus.history import day, settlements, warning
from ui.consensus.meeting import Meeting

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def meeting(every_kind):
    with open_project(every_kind) as project:
        yield Meeting(project, TA)


def told(meeting, kind, level):
    order = [meeting.item(u) for u in meeting.order()]
    found = next(d for d in order if d.kind is kind)
    return warning(found, level, meeting.painter, meeting.since(found), meeting.waited_for(found))


def test_reopened_says_who_changed_what_from_what_and_when(meeting):
    line = told(meeting, DiscrepancyKind.REOPENED, Level.EVERYTHING)
    assert line.startswith("Jonas Roth changed include to exclude on ")
    assert line.endswith(", after this was settled: include.")


def test_reopened_without_names_tells_neither_who_nor_when(meeting):
    line = told(meeting, DiscrepancyKind.REOPENED, Level.DECISIONS)
    assert line == "A reviewer changed include to exclude, after this was settled: include."


def settled_twice(meeting, level):
    order = [meeting.item(u) for u in meeting.order()]
    found = next(d for d in order if d.kind is DiscrepancyKind.CONSENSUS_CONFLICT)
    return settlements(found, level, meeting.painter)


def test_two_meetings_are_both_shown_in_lines_of_their_own(meeting):
    line = told(meeting, DiscrepancyKind.CONSENSUS_CONFLICT, Level.EVERYTHING)
    assert line == "Two meetings settled this differently. Settle it once more."
    found = {s.verdict: s for s in settled_twice(meeting, Level.EVERYTHING)}
    assert found.keys() == {"include", "exclude"}
    assert found["include"].words == "Include"
    assert found["exclude"].words.startswith("Exclude")
    assert all(s.who.startswith("Maya Lindqvist and Jonas Roth, ") for s in found.values())
    assert {s.why for s in found.values()} == {"“Coaching by staff”", "“Coaching by peers”"}


def test_two_meetings_without_names(meeting):
    found = settled_twice(meeting, Level.DECISIONS)
    assert {(s.verdict, s.words, s.who, s.why) for s in found} == {
        ("include", "Include", "", ""),
        ("exclude", "Exclude", "", ""),
    }
    assert settled_twice(meeting, Level.RECORD) == []


def test_a_contradiction_names_its_reviewer_from_level_2(meeting):
    named = told(meeting, DiscrepancyKind.SELF, Level.NAMES)
    assert named.startswith("Maya Lindqvist decided this twice, differently, in two copies")
    blind = told(meeting, DiscrepancyKind.SELF, Level.DECISIONS)
    assert blind == named.replace("Maya Lindqvist", "One reviewer")


def test_missing_says_who_has_not_decided(meeting):
    kind = DiscrepancyKind.MISSING
    assert told(meeting, kind, Level.NAMES) == "Jonas Roth has not decided this."
    assert "Jonas" not in told(meeting, kind, Level.DECISIONS)


@pytest.mark.parametrize("kind", list(DiscrepancyKind)[:3])
def test_level_0_says_nothing(meeting, kind):
    assert told(meeting, kind, Level.RECORD) == ""


def test_a_plain_conflict_has_no_warn_line(meeting):
    assert told(meeting, DiscrepancyKind.CONFLICT, Level.EVERYTHING) == ""


def test_days_read_as_a_person_writes_them():
    assert day("2019-05-21T20:14:00+02:00") == "21 May 2019, 20:14"
    assert day("not a time") == "not a time"
