"""Whose events an event supersedes: only those of the same author in the same kind of log."""

import pytest

from screener.model import Verdict
from screener.store.caches import Heads, head_row
from screener.store.kinds import KINDS
from screener.store.kinds.meeting import Reveal
from screener.store.kinds.project import Leaves
from screener.store.kinds.reviewer import Decision

MAYA, JONAS = "a" * 32, "b" * 32
TIME = "2026-05-04T10:11:12+02:00"
BODIES = {
    "decision": Decision(verdict=Verdict.INCLUDE),
    "leaves": Leaves(reviewer=MAYA, why="moved"),
    "reveal": Reveal(level=1),
}


def row(number, kind, author):
    return head_row(bytes([number] * 32), KINDS[kind], "", "", author, TIME, BODIES[kind])


def standing(first, second):
    """Which of two events stand, where the second says that it supersedes the first."""
    found = Heads()
    found.add(row(1, *first), [])
    found.add(row(2, *second), [(bytes([1]) * 32).hex()])
    return [one[6][0] for one in found.standing()]


def test_an_author_supersedes_their_own_event():
    assert standing(("decision", MAYA), ("decision", MAYA)) == [2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("decision", JONAS), ("decision", MAYA)),
        (("leaves", "coordinator"), ("reveal", "coordinator")),
        (("decision", MAYA), ("reveal", MAYA)),
    ],
)
def test_nobody_supersedes_what_is_in_another_log(first, second):
    """A file that says so is forged or damaged: what it names stands."""
    assert standing(first, second) == [1, 2]
