"""Agreement on an instrument with scores: weighted kappa by item, and of the totals."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.studies.totals import totals
from tests.screener.rated import MQRS, rated
from ui.consensus.agreement_page import AgreementPage
from ui.consensus.reading import rounded
from ui.session.session import Session


@pytest.fixture
def session(tmp_path):
    session = Session(open_project(rated(tmp_path / "review", studies=4, forms=(MQRS,))))
    yield session
    session.close()


def test_the_totals_stand_above_the_items(session, qtbot):
    page = AgreementPage(session)
    qtbot.addWidget(page)
    page.show_step(MQRS)
    project = session.project
    (pair,) = project.consensus.agreement(MQRS).pairs
    icc = totals(project.forms.step(MQRS).form, pair)
    first, allocation = page.parts._rows[:2]
    assert (first.name, first.figure) == ("Total (ICC)", rounded(icc.icc))
    assert icc.n == 4
    assert allocation.name == "Group allocation"
    assert allocation.value == pair.measured["a"].weighted.kappa
