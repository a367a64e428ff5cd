"""A Duplicates page on invented records: one certain group and two doubtful ones."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from screener import create_project
from ui.duplicates.page import DuplicatesPage
from ui.session.session import Session

PEERS = "Peer-led online self-management for people with bipolar disorder"
FORTY = "Forty adults were offered an eight-week programme led by peers; recruitment is reported."
PUBMED = (
    ("Text messages from peers after relapse", "2015", "DO  - 10.5555/a.1\nVL  - 3\nSP  - 11"),
    (f"{PEERS}: part 1, feasibility", "2014", f"AB  - {FORTY}"),
    (f"{PEERS}: part 2, feasibility", "2014", "AB  - Mood and recovery are reported here."),
    ("Letters from peers in rural districts", "2012", "AB  - Letters were read by two people."),
)
EMBASE = (
    ("Text messages from peers after relapse", "2015", "DO  - 10.5555/a.1\nVL  - 3\nSP  - 11"),
    (f"{PEERS}: part 1, feasability", "2014", ""),
    ("Letters from peers in rural district", "2012", ""),
)


def ris(records):
    """Invented records in RIS."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Marchetti, Paola\nAU  - Dunne, Sean\nPY  - {year}\n"
        f"{more}\nER  - \n\n"
        for title, year, more in records
    )


@pytest.fixture
def session(tmp_path, qtbot):
    """A session on a project with seven records of two sources."""
    (tmp_path / "pubmed.ris").write_text(ris(PUBMED), encoding="utf-8")
    (tmp_path / "embase.ris").write_text(ris(EMBASE), encoding="utf-8")
    project = create_project(tmp_path / "new.screener", title="New")
    project.sources.import_file(tmp_path / "pubmed.ris", source="PubMed")
    project.sources.import_file(tmp_path / "embase.ris", source="Embase")
    session = Session(project)
    yield session
    qtbot.waitUntil(lambda: not session.running)  # what a page looks for by itself
    session.close()


@pytest.fixture
def make_page(session, qtbot):
    """Show a page of the session, in a window of its own."""
    windows = []

    def make():
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        page = DuplicatesPage(session, window)
        window.resize(1072, 732)
        page.resize(1072, 732)
        window.show()
        qtbot.waitExposed(window)
        return page

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def page(make_page):
    """The page, before anybody looked for duplicates."""
    return make_page()


@pytest.fixture
def asked(page, session, qtbot):
    """The page after duplicates were found and the certain ones joined."""
    page.empty.button.click()
    qtbot.waitUntil(lambda: not session.running)
    page.focus_first()
    return page
