"""A Sources page on a project of its own, and small files to import."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from screener import create_project
from ui.session.session import Session
from ui.sources.page import SourcesPage


def ris(*titles, doi="10.5555/s", extra=""):
    """Invented records in RIS."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Okafor, Ngozi\nPY  - 2017\nAB  - Invented words.\n"
        f"DO  - {doi}.{number}\nER  - \n\n{extra}"
        for number, title in enumerate(titles, 1)
    )


@pytest.fixture
def embase(tmp_path):
    """A file of three records and one line that belongs to none."""
    path = tmp_path / "embase.ris"
    stray = "This line belongs to no record.\n"
    path.write_text(
        ris("Peers by telephone", "Peers by post") + stray + ris("Peers by video", doi="10.5555/t"),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def pubmed(tmp_path):
    """A file of one record, as PubMed writes it."""
    path = tmp_path / "pubmed.nbib"
    path.write_text(
        "PMID- 12345678\nOWN - NLM\nTI  - Peers in a forum.\nFAU - Brandt, Sofia\nDP  - 2016\n\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def session(tmp_path, qtbot):
    """A session on a new project without records."""
    session = Session(create_project(tmp_path / "new.screener", title="New"))
    yield session
    session.close()


@pytest.fixture
def heard(session, page):
    """The sentences of the problem bar, and what goes to the echo line."""
    problems, said = [], []
    session.complained.connect(lambda problem: problems.append(problem.sentence))
    session.echoed.connect(said.append)
    return problems, said


@pytest.fixture
def page(session, qtbot):
    """The page, shown."""
    window = QWidget()
    qtbot.addWidget(window)
    page = SourcesPage(session, window)
    window.resize(1072, 772)
    page.resize(1072, 772)
    window.show()
    qtbot.waitExposed(window)
    yield page
    window.close()
