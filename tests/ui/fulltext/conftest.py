"""A Full text page on a project whose title and abstract stage is settled, or not yet."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from screener import create_project, open_copy, open_project
from screener.model import Stage, Verdict
from ui.fulltext.page import FullTextPage
from ui.session.session import Session

TITLES = ("Peers by telephone", "Peers by post", "Peers by video", "A garden for students")
FIRST = Stage.TITLE_ABSTRACT


def ris():
    """Invented records in RIS."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Okafor, Ngozi\nAU  - Brandt, Sofia\nPY  - 201{n}\n"
        f"DO  - 10.5555/f.{n}\nER  - \n\n"
        for n, title in enumerate(TITLES, 1)
    )


@pytest.fixture
def path(copied):
    """A project with four records and copies for Maya and Jonas, nothing decided."""
    return copied(_make) / "new.screener"


def _make(folder):
    (folder / "pubmed.ris").write_text(ris(), encoding="utf-8")
    with create_project(folder / "new.screener", title="New") as project:
        project.sources.import_file(folder / "pubmed.ris", source="PubMed")
        for name in ("maya", "jonas"):
            project.consensus.write_copy(name.capitalize(), folder / f"{name}.screener")


@pytest.fixture
def screen(path):
    """Let both reviewers include some records (by their places) and exclude the rest, and merge."""

    return lambda maya, jonas: _screen(path, maya, jonas)


def _screen(path, maya, jonas):
    for name, wanted in (("maya", maya), ("jonas", jonas)):
        with open_copy(path.with_name(f"{name}.screener")) as copy:
            for place, unit in enumerate(copy.screening.queues.queue(FIRST)):
                verdict = Verdict.INCLUDE if place in wanted else Verdict.EXCLUDE
                copy.screening.decide(unit, verdict, stage=FIRST)
            copy.screening.close(FIRST)
    with open_project(path) as project:
        copies = [path.with_name(f"{name}.screener") for name in ("maya", "jonas")]
        project.consensus.merge(*copies)


def _make_sought(folder):
    _make(folder)
    _screen(folder / "new.screener", {0, 1, 2}, {0, 1, 2})


@pytest.fixture
def make_page(path, qtbot):
    """Open the project and show its page, in a window of its own."""
    made = []

    def make():
        session = Session(open_project(path))
        window = QWidget()
        qtbot.addWidget(window)
        page = FullTextPage(session, window)
        made.append((session, window))
        window.resize(1072, 732)
        page.resize(1072, 732)
        window.show()
        qtbot.waitExposed(window)
        page.session = session
        return page

    yield make
    for session, window in made:
        window.close()
        session.close()


@pytest.fixture
def page(copied, make_page):
    """The page with three reports sought."""
    copied(_make_sought)
    page = make_page()
    page.empty.button.click()
    page.focus_first()
    return page
