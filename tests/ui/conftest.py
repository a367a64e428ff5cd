"""Fixtures for the window: a session on a real project, and nothing left behind."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy
from screener.model import Criterion, Element, Protocol, Stage
from screener.screening.screening import OrderBy
from tests.bot import PatientBot
from ui.application import build
from ui.session.echo import GIVE_UP
from ui.session.session import Session
from ui.widgets.theme import Look, Theme

RECORDS = [
    ("Peer support by smartphone for adults with schizophrenia", "Okafor, N", "2017"),
    ("A telephone reminder service in primary care", "Brandt, S", "2016"),
    ("Online forum moderated by peers after discharge", "Haverkamp, J", "2018"),
    ("Letters from peers: a qualitative study", "Lindholm, T", "2015"),
    ("Peer navigators and a web portal", "Velasquez, R", "2019"),
    ("Exercise groups for students", "Marsh, D", "2014"),
]


def ris(records=RECORDS):
    """Invented records as a RIS file."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\nT2  - Journal of Invented "
        f"Psychiatry\nAB  - Background: Invented words about {title.lower()}. Methods: Adults "
        f"were asked. Results: Most of them answered.\nKW  - peer support\n"
        f"DO  - 10.5555/ui.{i}\nER  - \n\n"
        for i, (title, author, year) in enumerate(records, 1)
    )


@pytest.fixture
def qtbot(qapp, request):
    """A robot that does not fail because the machine is busy."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def look_as_usual_afterwards():
    """The look is the program's: what a test makes large or dark is as usual for the next one."""
    yield
    application = QApplication.instance()
    if application is not None and (look := application.findChild(Look)) is not None:
        look.set_theme(Theme())


@pytest.fixture(scope="session")
def made_review(tmp_path_factory):
    """The folder of a project made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home-of-review")))
        _make_review(folder)
    return folder


@pytest.fixture
def review(made_review, tmp_path):
    """The path of a project with criteria, six records and two reviewers' copies (a, b)."""
    for made in made_review.iterdir():
        shutil.copy(made, tmp_path / made.name)
    return tmp_path / "project.screener"


def _make_review(folder):
    (folder / "pubmed.ris").write_text(ris(), encoding="utf-8")
    required = frozenset(Stage)
    protocol = Protocol(
        title="Digital peer support",
        question="Does it help?",
        criteria=tuple(
            Criterion(
                id=str(e),
                element=e,
                include=f"Include text of {e}",
                exclude=f"Exclude text of {e}",
                required_at=required,
                highlight=("peer*",) if e is Element.INTERVENTIONS else (),
            )
            for e in list(Element)[:5]
        ),
        further_reasons=(("no-full-report", "No full report"),),
    )
    path = folder / "project.screener"
    with create_project(path, title="Digital peer support", protocol=protocol) as project:
        project.sources.import_file(folder / "pubmed.ris", source="PubMed")
        project.consensus.write_copy("Maya Lindqvist", folder / "a.screener")
        project.consensus.write_copy("Jonas Roth", folder / "b.screener")
    for letter in "ab":
        in_order(folder / f"{letter}.screener")


def in_order(path):
    """Have a copy show its records as they were imported; a new one has them in a random order."""
    with open_copy(path) as copy:
        copy.screening.queues.set_order(OrderBy.IMPORTED)


@pytest.fixture
def window(qtbot, qapp):
    """A window without a file, shown; closed again with whatever it has open."""

    def settle(window):
        """End what runs: a window that waits for it is not closed, and it would be deleted so."""
        if window.session is not None and not window.session.closing:
            window.session.stop()
            qtbot.waitUntil(lambda: not window.session.running)

    window = build(qapp)
    qtbot.addWidget(window, before_close_func=settle)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    if window.session is not None:
        window.session.stop()
    window.close_review()


@pytest.fixture
def copy_session(review, qtbot):
    """A session on Maya's copy."""
    session = Session(open_copy(review.with_name("a.screener")))
    yield session
    session.close()


@pytest.fixture
def project_session(review, qtbot):
    """A session on the coordinator's project, nothing merged yet."""
    from screener import open_project

    session = Session(open_project(review))
    yield session
    session.close()


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """Fail when a test leaves a dialog or a window of its own open."""
    yield
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isModal()]
    for widget in left:
        widget.close()
    assert not left, f"a dialog nobody expected: {left}"


@pytest.fixture
def give_up():
    """Do what the link *Give it up* does, on a page that stands in no window."""

    def given(session):
        problem = session.problem
        assert problem.links == (GIVE_UP,)
        session.overcome()
        problem.then()

    return given
