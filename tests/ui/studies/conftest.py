"""A Studies page on a project whose reports were included at full text."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import open_project
from tests.ui.included import include
from ui.session.session import Session
from ui.studies.page import StudiesPage
from ui.widgets.card import CardHost
from ui.widgets.lines import Lines

REPORTS = (
    ("Meeting by video after early psychosis", "Abernathy, Clara", 2013, "NCT00000417"),
    ("A forum for people who hear voices", "Castellano, Rita", 2014, ""),
    ("Open Circle at twelve months: what lasted of a group", "Abernathy, Clara", 2015,
     "NCT00000417"),
    ("Corner Shop: messages from a peer for people leaving hospital", "Roth, Jan", 2017, ""),
    ("How a moderated forum was used", "Nyberg, Frida", 2016, ""),
    ("A peer in your pocket", "Caruana, Mia", 2018, ""),
)  # fmt: skip
TOPICS = ("lighthouses", "bridges", "harvests", "orchards", "glaciers", "violins")


def ris(reports=REPORTS):
    """Invented records in RIS; each is about something else, but for what they register."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\nT2  - Annals of {topic}\n"
        f"AB  - About {topic} only. {number}\nDO  - 10.5555/s.{topic}\nER  - \n\n"
        for (title, author, year, number), topic in zip(reports, TOPICS, strict=False)
    )


@pytest.fixture(scope="session")
def made_included(tmp_path_factory):
    """The project, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home-of-included")))
        return include(tmp_path_factory.mktemp("included"), ris())


@pytest.fixture
def path(made_included, tmp_path):
    """A copy of the project of six included reports: 1 and 3 name one registration."""
    return shutil.copy(made_included, tmp_path / "project.screener")


class Host(CardHost):
    """A window with nothing but the page."""

    def focus_page(self):
        self.centralWidget().focus_first()


@pytest.fixture
def make_page(path, qtbot):
    """Open the project and show its page, in a window of its own; its hints are known."""
    made = []

    def make():
        session = Session(open_project(path))
        window = Host()
        qtbot.addWidget(window)
        page = StudiesPage(session, window)
        window.setCentralWidget(page)
        made.append((session, window))
        window.resize(1072, 732)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        page.focus_first()
        qtbot.waitUntil(lambda: page._hinting.hints is not None or not page._listing.every)
        qtbot.waitUntil(lambda: not session.running)
        return page

    yield make
    for session, window in made:
        window.close()
        session.close()


@pytest.fixture
def page(make_page):
    """The page with six reports in no study."""
    return make_page()


@pytest.fixture
def press(qtbot):
    """Press keys where the keyboard is, and wait for what follows from a mark; a text is typed."""

    def followed():
        lists = [one for one in QApplication.allWidgets() if isinstance(one, Lines)]
        return not any(one._soon.isActive() for one in lists)

    def pressed(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            if isinstance(key, str):
                qtbot.keyClicks(QApplication.focusWidget(), key)
            else:
                qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
            qtbot.waitUntil(followed)

    return pressed
