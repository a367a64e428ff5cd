"""Merged projects with planted discrepancies of every kind, made through the core."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from screener import create_project, open_copy, open_project
from screener.model import (
    Criterion,
    Element,
    Judgement,
    MaybeRule,
    Outcome,
    Protocol,
    Stage,
    Verdict,
)
from screener.screening.screening import Draft
from tests.screener.answers.trial import merged_trial, trial_in
from ui.consensus.page import ConsensusPage
from ui.consensus.present import PresentCard
from ui.session.session import Session

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
MET, NOT_MET = Judgement.MET, Judgement.NOT_MET
INCLUDE, MAYBE, EXCLUDE = Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE

TITLES = (
    "Moderated online forum with trained peers after discharge",
    "Letters from peers: a qualitative study",
    "Peer navigators and a web portal",
    "Video diaries shared between peers",
    "Text messages from peers after a crisis",
    "Exercise groups for students",
    "A telephone reminder service",
    "Telephone peer coaching after rehabilitation",
    "A wellness app with peer chat for veterans",
    "Hearing voices groups online",
    "Peer support by smartphone for adults",
    "Online courses in a rural area",
)

# (Maya's verdict, reason, judgements), (Jonas's); None: not decided.
PLANTED = (
    ((INCLUDE, "", {"comparisons": MET, "participants": MET}),
     (EXCLUDE, "comparisons", {"comparisons": NOT_MET, "participants": MET})),
    ((EXCLUDE, "study-design", {}), (INCLUDE, "", {})),
    ((INCLUDE, "", {}), (EXCLUDE, "participants", {"participants": NOT_MET})),
    ((MAYBE, "", {"outcomes": Judgement.UNCLEAR}), (INCLUDE, "", {})),
    ((INCLUDE, "", {"outcomes": MET}), (INCLUDE, "", {"outcomes": NOT_MET})),
    ((EXCLUDE, "", {}), (EXCLUDE, "", {})),
    ((INCLUDE, "", {}), None),
    ((EXCLUDE, "interventions", {}), (INCLUDE, "", {})),
    ((INCLUDE, "", {}), (EXCLUDE, "", {})),
    ((INCLUDE, "", {}), (INCLUDE, "", {})),
    ((INCLUDE, "", {}), (INCLUDE, "", {})),
    ((INCLUDE, "", {}), (INCLUDE, "", {})),
)  # fmt: skip


def ris(titles=TITLES):
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Haverkamp, J\nAU  - Osei-Bonsu, A\nPY  - 2016\n"
        "T2  - Annals of Fictional Mental Health Services\n"
        "AB  - Background: Loneliness after discharge predicts readmission. Methods: Patients "
        "with a psychotic disorder were offered a forum moderated by trained peers and compared "
        "with patients who had received usual aftercare. Results: Sixty-one per cent posted at "
        f"least once.\nDO  - 10.5555/planted.{i}\nER  - \n\n"
        for i, title in enumerate(titles, 1)
    )


WORDS = {
    Element.PARTICIPANTS: ("psychotic disorder",),
    Element.INTERVENTIONS: ("forum", "trained peers"),
    Element.COMPARISONS: ("usual aftercare",),
    Element.OUTCOMES: ("readmission",),
}


def protocol():
    return Protocol(
        title="Digital peer support in serious mental illness",
        criteria=tuple(
            Criterion(
                id=str(e), element=e, highlight=WORDS.get(e, ()), required_at=frozenset(Stage)
            )
            for e in list(Element)[:5]
        ),
        further_reasons=(("no-full-report", "No full report"),),
        maybe=MaybeRule.DISCUSS,
    )


def new_review(folder: Path, titles=TITLES) -> Path:
    """A project and the copies of Maya (a.screener) and Jonas (b.screener)."""
    source = folder / "records.ris"
    source.write_text(ris(titles), encoding="utf-8")
    path = folder / "project.screener"
    with create_project(path, title=protocol().title, protocol=protocol()) as project:
        project.sources.import_file(source, source="PubMed")
        project.consensus.write_copy("Maya Lindqvist", folder / "a.screener")
        project.consensus.write_copy("Jonas Roth", folder / "b.screener")
    return path


def screen(path: Path, decisions, stage=TA, *, close=True):
    """Decide the units of a copy in order; returns their ids."""
    with open_copy(path) as mine:
        ids = mine.screening.to_screen(stage)
        drafts = [
            Draft(unit=unit, verdict=Verdict(verdict), reason=reason, judgements=judgements)
            for unit, (verdict, reason, judgements) in (
                (u, d) for u, d in zip(ids, decisions, strict=False) if d is not None
            )
        ]
        mine.screening.decisions.decide_many(drafts, stage=stage)
        if close:
            mine.screening.close(stage)
        return ids


def settle(project, unit, verdict, *, stage=TA, why="A group of the year before is a comparison"):
    return project.consensus.resolve(
        unit, verdict, step=stage, why=why, by=["Maya Lindqvist", "Jonas Roth"]
    )


def make_screened(folder):
    """A project with nothing merged, and two closed copies beside it."""
    path = new_review(folder)
    screen(folder / "a.screener", [one for one, _ in PLANTED])
    screen(folder / "b.screener", [two for _, two in PLANTED])
    with open_copy(folder / "b.screener") as jonas:
        unit = jonas.screening.to_screen(TA)[0]
        jonas.screening.reopen(TA, "a note was missing")
        jonas.screening.notes.set_note(unit, TA, "No concurrent control.")
        jonas.screening.close(TA)
    return path


def make_merged(folder):
    """The project after the merge: five conflicts, one maybe, one missing, one judgement."""
    path = make_screened(folder)
    with open_project(path) as project:
        project.consensus.merge(folder / "a.screener", folder / "b.screener")
        project.consensus.reveal(3)
    return path


def make_every_kind(folder):
    """As merged, with a re-opened, a twice settled and a self-contradicting unit besides."""
    path = make_merged(folder)
    with open_project(path) as project:
        ids = project.units.ids()
        settle(project, ids[1], Outcome.INCLUDE)  # unit 2 is re-opened below
    _reopen(folder, ids[1])
    _contradict(folder, ids[9])
    other = folder / "project-2.screener"
    shutil.copy(path, other)
    with on_computer(folder / "home-2"), open_project(other) as project:
        settle(project, ids[7], Outcome.EXCLUDE, why="Coaching by staff")
    with on_computer(folder / "home-3"), open_project(path) as project:
        settle(project, ids[7], Outcome.INCLUDE, why="Coaching by peers")
        copies = [folder / f"{name}.screener" for name in ("b", "a", "a-2")]
        project.consensus.merge(other, *copies, project=True)
    return path


def _reopen(folder, unit):
    with open_copy(folder / "b.screener") as jonas:
        jonas.screening.reopen(TA, "read it again")
        jonas.screening.decide(unit, EXCLUDE, stage=TA, reason="interventions")
        jonas.screening.close(TA)


def _contradict(folder, unit):
    """Maya goes on in two copies of her file on two computers, and decides differently."""
    shutil.copy(folder / "a.screener", folder / "a-2.screener")
    for name, verdict in (("a", MAYBE), ("a-2", EXCLUDE)):
        with on_computer(folder / f"home-{name}"), open_copy(folder / f"{name}.screener") as maya:
            maya.screening.reopen(TA, "read it again")
            maya.screening.decide(unit, verdict, stage=TA)
            maya.screening.close(TA)


def make_full_text(folder):
    """Both stages merged: at full text a reason differs, conflicts, and agreement."""
    path = make_merged(folder)
    with open_project(path) as project:
        for found in project.consensus.discrepancies(TA):
            settle(project, found.unit.id, Outcome.INCLUDE)
        project.screening.open(FT)
        for name, file in (("Maya Lindqvist", "a2"), ("Jonas Roth", "b2")):
            project.consensus.write_copy(name, folder / f"{file}.screener")
    screen(folder / "a2.screener", [(EXCLUDE, "outcomes", {}), (INCLUDE, "", {})] * 6, FT)
    second = [(EXCLUDE, "participants", {}), (EXCLUDE, "outcomes", {}), *[(INCLUDE, "", {})] * 9]
    screen(folder / "b2.screener", second, FT)
    with open_project(path) as project:
        project.consensus.merge(folder / "a2.screener", folder / "b2.screener")
    return path


@contextmanager
def on_computer(home):
    """Work on the computer whose settings lie in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(home))
        yield


MAKERS = {
    "screened": make_screened,
    "merged": make_merged,
    "every_kind": make_every_kind,
    "full_text": make_full_text,
}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Make each review once; every test works on a copy of its own."""
    folders = {}

    def make(name):
        if name not in folders:
            folder = tmp_path_factory.mktemp(name)
            with on_computer(tmp_path_factory.mktemp("computer")):
                MAKERS[name](folder)
            folders[name] = folder
        return folders[name]

    return make


def _copied(made, name, folder):
    for file in made(name).glob("*.screener"):
        shutil.copy(file, folder / file.name)
    return folder / "project.screener"


@pytest.fixture
def screened(made, tmp_path):
    """A project with nothing merged, and two closed copies beside it."""
    return _copied(made, "screened", tmp_path)


@pytest.fixture
def merged(made, tmp_path):
    """The project after the merge: five conflicts, one maybe, one missing, one judgement."""
    return _copied(made, "merged", tmp_path)


@pytest.fixture
def every_kind(made, tmp_path):
    """A project with a discrepancy of every kind there is at title and abstract."""
    return _copied(made, "every_kind", tmp_path)


@pytest.fixture
def full_text(made, tmp_path):
    """Both stages merged: at full text a reason differs, conflicts, and agreement."""
    return _copied(made, "full_text", tmp_path)


@pytest.fixture
def answered(copied):
    """A project with a form beside screening: answered with differences, closed and merged."""
    return trial_in(copied(_make_answered))


def _make_answered(folder):
    with merged_trial(folder).open() as project:
        project.consensus.reveal(3)


@pytest.fixture
def session_on(qtbot):
    """Open sessions on projects, closed when the test ends."""
    opened = []

    def on(path):
        opened.append(Session(open_project(path)))
        return opened[-1]

    yield on
    for one in opened:
        one.close()


@pytest.fixture
def show(qtbot):
    """Show a page as the window does: inside something that has room for it.

    Who is present is said when the meeting asks, unless a test does that itself.
    """
    holders = []

    def shown(page, *, begun=True):
        holder = QWidget()
        holder.resize(1280, 800)
        page.setParent(holder)
        page.resize(1072, 772)
        qtbot.addWidget(holder)
        holder.show()
        qtbot.waitExposed(holder)
        holder.activateWindow()
        qtbot.waitUntil(holder.isActiveWindow)
        page.focus_first()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        holders.append(holder)
        for card in holder.findChildren(PresentCard) if begun else ():
            card.accept()
        return page

    return shown


@pytest.fixture
def session(merged, session_on):
    """A session on the project after the merge; a module that is about another one says which."""
    return session_on(merged)


@pytest.fixture
def page(session, show):
    """The page of the meeting on the session, begun."""
    return show(ConsensusPage(session))


@pytest.fixture
def planted_screen():
    """The `screen` function, for tests that make reviews of their own."""
    return screen


@pytest.fixture
def planted_review():
    """The `new_review` function."""
    return new_review


@pytest.fixture
def later_search():
    """Bring two more records into a merged project, decided by Maya in a newer copy only."""

    def add(path):
        source = path.with_name("later.ris")
        source.write_text(
            "".join(
                f"TY  - JOUR\nTI  - A later letter {i}\nDO  - 10.5555/later.{i}\nER  - \n\n"
                for i in (1, 2)
            ),
            encoding="utf-8",
        )
        with open_project(path) as project:
            project.sources.import_file(source, source="Embase")
            project.consensus.write_copy("Maya Lindqvist", path.with_name("a-newer.screener"))
            with open_copy(path.with_name("a-newer.screener")) as maya:
                maya.screening.reopen(TA, "a later search")
            later = [None] * len(TITLES) + [(INCLUDE, "", {})] * 2
            screen(path.with_name("a-newer.screener"), later)
            project.consensus.merge(path.with_name("a-newer.screener"))
        return path

    return add
