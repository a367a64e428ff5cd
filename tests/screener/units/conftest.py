"""An invented report, and ways to change it: no record here exists."""

from __future__ import annotations

import pytest

from screener.units.candidate import Candidate

REPORT = {
    "title": "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial",
    "authors": "Brandvik, Maren; Oyelaran, Tunde; Castellanos, Ines",
    "year": "2018",
    "journal": "Invented Journal of Psychiatry",
    "volume": "12",
    "issue": "3",
    "pages": "244-258",
    "doi": "10.5555/ijp.2018.244",
    "abstract": "Adults in remote districts were allocated to messages from a peer or a leaflet.",
}


@pytest.fixture
def record():
    """Make a candidate: the invented report with changes."""

    def make(id_="1", **changes):
        return Candidate(id=id_, **{**REPORT, **changes})

    return make
