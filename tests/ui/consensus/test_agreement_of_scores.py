"""Agreement on an instrument with scores: weighted kappa by item, and of the totals."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.studies.totals import totals
from tests.screener.rated import EXTRACTION, MQRS, rated
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


@pytest.fixture
def of_form(tmp_path, qtbot):
    path = rated(tmp_path / "review", studies=4, forms=(EXTRACTION,))
    session = Session(open_project(path))
    page = AgreementPage(session)
    qtbot.addWidget(page)
    page.resize(1158, 662)
    with qtbot.waitExposed(page):
        page.show()
    page.show_step(EXTRACTION)
    yield page
    session.close()


def test_every_figure_of_a_form_is_in_sight(of_form):
    for id_, _ in list(of_form._tables.items()):
        of_form.questions.choose(id_)
        of_form._show()
        for _ in range(4):  # it is laid from the inside out
            QApplication.processEvents()
        assert of_form.figures.isVisible()
        right = of_form.figures.mapTo(of_form, of_form.figures.rect().topRight()).x()
        assert right < of_form.width()


def test_a_form_is_named_as_written_and_counts_its_studies(of_form):
    assert of_form.header._words.text().startswith("Digital peer support")
    assert of_form.count.text().startswith("4 studies")
    words = [one.words for one in of_form._tables.values()]
    assert len(set(words)) == len(words)
    names = [row.name for row in of_form.parts._rows]
    assert len(set(names)) == len(names)
