"""In a copy, full text says what is linked to a report and where it stands; L goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy, open_project
from screener.model import Protocol, Stage, Verdict
from ui.session.session import Session

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial"
RECORDS = (
    (TITLE, "Invented Journal of Psychiatry"),
    (TITLE, "medRxiv"),
    (f"Erratum: {TITLE}", "Invented Journal of Psychiatry"),
    ("Tidal mills of the southern coast", "Unwritten Mills"),
)
WANTED = {"Maya": (1, 2, 4), "Jonas": (1, 2, 3, 4)}


@pytest.fixture
def review(tmp_path):
    """A project with a report, its preprint and an erratum, on which the two reviewers differ."""
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Brandvik, Maren\nPY  - 2018\nT2  - {journal}\n"
        f"SP  - {n}\nER  - \n\n"
        for n, (title, journal) in enumerate(RECORDS, 1)
    )
    (tmp_path / "r.ris").write_text(text, encoding="utf-8")
    path = tmp_path / "project.screener"
    with create_project(path, title="Peers", protocol=Protocol(title="Peers")) as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        for name in WANTED:
            project.consensus.write_copy(name, tmp_path / f"{name}.screener")
    for name, wanted in WANTED.items():
        with open_copy(tmp_path / f"{name}.screener") as mine:
            for unit in list(mine.screening.pending(TA)):
                verdict = Verdict.INCLUDE if unit.number in wanted else Verdict.EXCLUDE
                mine.screening.decide(unit.id, verdict, stage=TA)
            mine.screening.close(TA)
    with open_project(path) as project:
        project.consensus.merge(*(tmp_path / f"{name}.screener" for name in WANTED))
        project.screening.open(FT)
        project.consensus.write_copy("Maya", tmp_path / "newer.screener")
    return path


@pytest.fixture
def page(review, make_page, qtbot):
    """The page of full text in Maya's newer copy, once it is known what is linked."""
    session = Session(open_copy(review.with_name("newer.screener")))
    page = make_page(session, FT)
    qtbot.waitUntil(lambda: "goes there" in text(page))
    yield page
    page.hide()
    session.close()


def text(page):
    return page.reading.record.document().toPlainText()


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def number(page):
    return page.model.sheet.unit.number


def test_the_quiet_lines_tell_what_is_linked_and_only_ones_own_decisions(page):
    assert number(page) == 1
    title, erratum = (f"{title[:39].rstrip()}…" for title in (TITLE, f"Erratum: {TITLE}"))
    own = "you excluded it at title and abstract"
    assert [line for line in text(page).splitlines() if "Linked:" in line or "goes" in line] == [
        f"Linked: a preprint of it  ·  2  ·  2018  ·  its full text: sought  ·  {title}",
        f"Linked: a correction of it  ·  3  ·  2018  ·  {own}  ·  {erratum}",
        "L goes there.",
    ]


def test_l_goes_round_the_linked_records(page, qtbot):
    press(qtbot, Qt.Key.Key_L)
    assert (number(page), page.reading.detailed) == (2, False)
    press(qtbot, Qt.Key.Key_L)
    assert (number(page), page.reading.detailed) == (2, True)
    shown = page.reading.details.toPlainText()
    assert shown.startswith("Linked to record 2: a correction of it")
    assert "you excluded it at title and abstract" in shown
    assert f"Erratum: {TITLE}" in shown
    press(qtbot, Qt.Key.Key_L)
    assert (number(page), page.reading.detailed) == (1, False)


def test_no_other_letter_acts_in_place_of_the_record(page, qtbot):
    press(qtbot, Qt.Key.Key_L)
    press(qtbot, Qt.Key.Key_L)
    press(qtbot, Qt.Key.Key_I)
    assert page.model.session.project.screening.decision(page.model.sheet.unit.id, FT) is None
    press(qtbot, Qt.Key.Key_Escape)
    assert (number(page), page.reading.detailed) == (2, False)
    press(qtbot, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: number(page) == 4)


def test_a_report_without_links_says_nothing_and_l_stays(page, qtbot):
    page.model.go_to("4")
    assert "Linked" not in text(page)
    press(qtbot, Qt.Key.Key_L)
    assert (number(page), page.reading.detailed) == (4, False)


def test_at_title_and_abstract_nothing_is_linked(review, make_page, qtbot):
    session = Session(open_copy(review.with_name("newer.screener")))
    page = make_page(session, TA)
    page.model.look()
    press(qtbot, Qt.Key.Key_L)
    assert (number(page), page.reading.detailed) == (1, False)
    assert "Linked" not in text(page)
    assert not session.running
    page.hide()
    session.close()
