"""An invented report, and ways to change it: no record here exists."""

from __future__ import annotations

import pytest

from screener.duplicates.candidate import Candidate
from screener.duplicates.comparison import compare
from screener.duplicates.prepared import prepare
from screener.duplicates.settings import STANDARD
from screener.duplicates.verdict import Judge

TEXT = (
    "Background: Adults with bipolar disorder in remote districts seldom meet others who live with "
    "the same diagnosis. Methods: We allocated 212 adults at random to weekly messages from a "
    "trained peer or to a leaflet. Results: After six months the groups differed by 3.1 points on "
    "the recovery scale. Conclusions: Peers at a distance can be worth the effort."
)
OTHER_TEXT = (
    "Objective: To find out how nurses in two mountain valleys judge a telephone rota at night. "
    "Design: Interviews with thirty nurses, coded by two people. Findings: The rota was welcomed "
    "where sleep was protected; elsewhere it was dropped within weeks, mostly without any notice."
)
REPORT = {
    "title": "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial",
    "authors": "Brandvik, Maren; Oyelaran, Tunde; Castellanos, Ines",
    "year": "2018",
    "journal": "Invented Journal of Psychiatry",
    "volume": "12",
    "issue": "3",
    "pages": "244-258",
    "doi": "10.5555/ijp.2018.244",
    "abstract": TEXT,
}
PLACE = {"journal": "", "volume": "", "issue": "", "pages": "", "doi": ""}


@pytest.fixture
def text():
    """The abstract of the invented report."""
    return TEXT


@pytest.fixture
def other_text():
    """The abstract of quite another report."""
    return OTHER_TEXT


@pytest.fixture
def record():
    """Make a candidate: the invented report with changes."""

    def make(id_="1", **changes):
        return Candidate(id=id_, **{**REPORT, **changes})

    return make


@pytest.fixture
def bare():
    """Make a candidate that has only what is given."""

    def make(id_="1", **fields):
        return Candidate(id=id_, **fields)

    return make


@pytest.fixture
def compared(record):
    """Compare the invented report, changed in one way, with itself changed in another."""

    def run(left, right):
        return compare(prepare(record("1", **left)), prepare(record("2", **right)))

    return run


@pytest.fixture
def judged(compared):
    """The verdict on such a pair, in both orders the same."""

    def run(left, right, settings=STANDARD):
        judge = Judge(settings)
        verdicts = []
        for pair in (compared(left, right), compared(right, left)):
            assert pair is not None, "nothing in common"
            verdicts.append(judge.verdict(pair))
        assert verdicts[0] == verdicts[1]
        return verdicts[0]

    return run
