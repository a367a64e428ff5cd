"""Merged projects with planted discrepancies of every kind, made through the core."""

from __future__ import annotations

import shutil
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
        for unit, planted in zip(ids, decisions, strict=False):
            if planted is not None:
                verdict, reason, judgements = planted
                mine.screening.decide(
                    unit, verdict, stage=stage, reason=reason, judgements=judgements
                )
        if close:
            mine.screening.close(stage)
        return ids


def settle(project, unit, verdict, *, stage=TA, why="A group of the year before is a comparison"):
    return project.consensus.resolve(
        unit, verdict, stage=stage, why=why, by=["Maya Lindqvist", "Jonas Roth"]
    )


@pytest.fixture
def screened(tmp_path):
    """A project with nothing merged, and two closed copies beside it."""
    path = new_review(tmp_path)
    screen(tmp_path / "a.screener", [one for one, _ in PLANTED])
    screen(tmp_path / "b.screener", [two for _, two in PLANTED])
    with open_copy(tmp_path / "b.screener") as jonas:
        unit = jonas.screening.to_screen(TA)[0]
        jonas.screening.reopen(TA, "a note was missing")
        jonas.screening.set_note(unit, TA, "No concurrent control.")
        jonas.screening.close(TA)
    return path


@pytest.fixture
def merged(screened):
    """The project after the merge: five conflicts, one maybe, one missing, one judgement."""
    with open_project(screened) as project:
        project.consensus.merge(screened.with_name("a.screener"), screened.with_name("b.screener"))
    return screened


@pytest.fixture
def every_kind(merged, tmp_path, monkeypatch):
    """As `merged`, with a re-opened, a twice settled and a self-contradicting unit besides."""
    with open_project(merged) as project:
        ids = project.units.ids()
        settle(project, ids[1], Outcome.INCLUDE)  # unit 2 is re-opened below
    _reopen(tmp_path, ids[1])
    _contradict(tmp_path, ids[9], monkeypatch)
    other = tmp_path / "project-2.screener"
    shutil.copy(merged, other)
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "home-2"))
    with open_project(other) as project:
        settle(project, ids[7], Outcome.EXCLUDE, why="Coaching by staff")
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "home-3"))
    with open_project(merged) as project:
        settle(project, ids[7], Outcome.INCLUDE, why="Coaching by peers")
        project.consensus.merge(
            other,
            tmp_path / "b.screener",
            tmp_path / "a.screener",
            tmp_path / "a-2.screener",
        )
    return merged


def _reopen(folder, unit):
    with open_copy(folder / "b.screener") as jonas:
        jonas.screening.reopen(TA, "read it again")
        jonas.screening.decide(unit, EXCLUDE, stage=TA, reason="interventions")
        jonas.screening.close(TA)


def _contradict(folder, unit, monkeypatch):
    """Maya goes on in two copies of her file on two computers, and decides differently."""
    shutil.copy(folder / "a.screener", folder / "a-2.screener")
    for name, verdict in (("a.screener", MAYBE), ("a-2.screener", EXCLUDE)):
        monkeypatch.setenv("SCREENER_HOME", str(folder / f"home of {name}"))
        with open_copy(folder / name) as maya:
            maya.screening.reopen(TA, "read it again")
            maya.screening.decide(unit, verdict, stage=TA)
            maya.screening.close(TA)


@pytest.fixture
def full_text(merged, tmp_path):
    """Both stages merged: at full text a reason differs, a conflict, and agreement."""
    with open_project(merged) as project:
        for found in project.consensus.discrepancies(TA):
            settle(project, found.unit.id, Outcome.INCLUDE)
        project.screening.open(FT)
        for name, file in (("Maya Lindqvist", "a2"), ("Jonas Roth", "b2")):
            project.consensus.write_copy(name, tmp_path / f"{file}.screener")
    screen(tmp_path / "a2.screener", [(EXCLUDE, "outcomes", {}), (INCLUDE, "", {})] * 6, FT)
    second = [(EXCLUDE, "participants", {}), (EXCLUDE, "outcomes", {}), *[(INCLUDE, "", {})] * 9]
    screen(tmp_path / "b2.screener", second, FT)
    with open_project(merged) as project:
        project.consensus.merge(tmp_path / "a2.screener", tmp_path / "b2.screener")
    return merged


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
    """Show a page as the window does: inside something that has room for it."""
    holders = []

    def shown(page):
        holder = QWidget()
        holder.resize(1280, 800)
        page.setParent(holder)
        page.resize(1072, 772)
        qtbot.addWidget(holder)
        holder.show()
        qtbot.waitExposed(holder)
        holder.activateWindow()
        qtbot.waitUntil(holder.isActiveWindow)
        page.focus_page()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        holders.append(holder)
        return page

    return shown


@pytest.fixture
def planted_screen():
    """The `screen` function, for tests that make reviews of their own."""
    return screen


@pytest.fixture
def planted_review():
    """The `new_review` function."""
    return new_review
