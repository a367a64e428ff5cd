"""A review with an item of every kind, its notes and reasons planted as words that are searched."""

from __future__ import annotations

import pytest

from screener import open_copy, open_project
from screener.model import Stage, Verdict

TA = Stage.TITLE_ABSTRACT
MAYA = {
    1: ("include", "", {"participants": "met"}, "NOTE-MAYA-1"),
    2: ("exclude", "interventions", {"interventions": "not-met", "study-design": "not-met"}, ""),
    3: ("include", "", {}, ""),
    4: ("exclude", "participants", {}, "NOTE-MAYA-4"),
    5: ("include", "", {"participants": "met"}, ""),
    6: ("maybe", "", {}, ""),
    7: ("include", "", {}, ""),
    8: ("include", "", {}, ""),
    9: ("exclude", "", {}, ""),
}
JONAS = {
    1: ("exclude", "participants", {"participants": "not-met"}, "NOTE-JONAS-1"),
    2: ("include", "", {"interventions": "met", "study-design": "met"}, ""),
    3: ("exclude", "", {}, ""),
    4: ("exclude", "study-design", {}, ""),
    5: ("include", "", {"participants": "not-met"}, ""),
    6: ("maybe", "", {}, ""),
    8: ("include", "", {}, ""),
    9: ("exclude", "", {}, ""),
}
"""1 conflict on participants, 2 on interventions and design, 3 on nothing, 4 alike (title stage),
5 a judgement, 6 maybe on both sides, 7 is missing, 8 and 9 agreed."""


def decide_all(path, decisions, *, close=True):
    """Decide in a copy, with judgements and notes."""
    with open_copy(path) as mine:
        for number, (verdict, reason, judged, note) in decisions.items():
            unit = mine.units.find(str(number))
            mine.screening.decide(
                unit, Verdict(verdict), stage=TA, reason=reason, judgements=judged, note=note
            )
        if close:
            mine.screening.close(TA)


def make(making, folder, *, first=None, second=None, **how):
    """A merged project with these decisions of Maya and Jonas."""
    path = making.review(folder, records=9, **how)
    decide_all(path.with_name("a.screener"), MAYA if first is None else first)
    decide_all(path.with_name("b.screener"), JONAS if second is None else second)
    with open_project(path) as review:
        review.consensus.merge(path.with_name("a.screener"), path.with_name("b.screener"))
    return path


@pytest.fixture
def differing(making, tmp_path, home):
    """A merged project with an item of every kind."""
    return make(making, tmp_path / "differing")


@pytest.fixture
def review(differing):
    """The same, open."""
    with open_project(differing) as found:
        yield found


def settle(review, number, value, **how):
    """Settle a record."""
    how = {"why": f"WHY-{number}", "by": ["Maya", "Jonas"]} | how
    return review.consensus.resolve(review.units.find(str(number)), value, step=TA, **how)
