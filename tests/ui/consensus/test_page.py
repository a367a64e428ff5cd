"""The consensus page as a whole: what it shows first, stages, what other pages change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from tests.screener.conftest import Making
from ui.consensus.page import ConsensusPage
from ui.widgets.words import Words

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def open_full_text(session):
    project = session.project
    for found in project.consensus.discrepancies(TA):
        project.consensus.resolve(
            found.unit.id, "include", step=TA, why="Peers", by=["Maya Lindqvist"]
        )
    project.screening.open(FT)


def test_the_page_begins_with_the_stage_the_review_is_at(full_text, session_on, show):
    page = show(ConsensusPage(session_on(full_text)))
    assert page.step == FT
    assert page.current() is page.meeting
    assert page.meeting.header.steps.isVisible()


def test_both_stages_can_be_shown_when_full_text_is_open(full_text, session_on, show):
    page = show(ConsensusPage(session_on(full_text)))
    page.meeting.header.steps.chosen.emit("title-abstract")
    assert page.meeting.meeting.step == TA
    assert page.meeting.meeting.settled == 8
    page.meeting.header.steps.chosen.emit("full-text")
    assert page.meeting.meeting.step == FT


def test_a_stage_with_nothing_merged_says_so_and_lets_go_back(merged, session_on, show):
    session = session_on(merged)
    open_full_text(session)
    page = show(ConsensusPage(session))
    assert page.step == TA
    page.show_step(FT)
    assert page.current() is page._empty
    assert page._steps.isVisible()
    page._steps.chosen.emit("title-abstract")
    assert page.current() is page.meeting


def test_a_hidden_stage_lets_go_back_to_the_other(
    merged, session_on, show, tmp_path, planted_screen
):
    session = session_on(merged)
    open_full_text(session)
    copy = tmp_path / "maya-2.screener"
    session.project.consensus.write_copy("Maya Lindqvist", copy)
    planted_screen(copy, [("include", "", {})] * 3, FT, close=False)
    session.project.consensus.merge(copy)
    page = show(ConsensusPage(session))
    assert page.step == FT
    assert page.current() is page.hidden
    page.hidden.steps.chosen.emit("title-abstract")
    assert page.current() is page.meeting


def test_a_stage_seen_in_part_shows_that_part_and_counts_the_rest(
    merged, session_on, show, later_search
):
    session = session_on(later_search(merged))
    page = show(ConsensusPage(session))
    assert page.current() is page.meeting
    assert page.meeting.meeting.all == 8
    assert page.meeting.header._strong.text() == "0 of 8 settled, 2 not closed yet"


def test_the_card_of_a_hidden_stage_counts_what_is_hidden(
    tmp_path, session_on, show, planted_review, planted_screen
):
    path = planted_review(tmp_path)
    planted_screen(tmp_path / "a.screener", [("include", "", {})] * 4)
    session = session_on(path)
    session.project.consensus.merge(tmp_path / "a.screener")
    page = show(ConsensusPage(session))
    assert page.current() is page.hidden
    said = [label.text() for label in page.hidden.findChildren(Words) if label.isVisible()]
    assert "12 not closed by everybody, and hidden" in said
    for _ in range(2):
        page.hidden.early.click()
        QTest.keyClicks(page.hidden.why, "no time")
        QTest.keyClick(page.hidden.why, Qt.Key.Key_Escape)
        page.hidden.wait.click()
    assert page.hidden.why.text() == "no timeno time"  # what was typed is not taken away


def test_a_merge_from_elsewhere_ends_the_empty_page(screened, session_on, show):
    session = session_on(screened)
    page = show(ConsensusPage(session))
    assert page.current() is page._empty
    files = [screened.with_name(f"{name}.screener") for name in "ab"]
    session.project.consensus.merge(*files)
    assert page.current() is page.meeting


def test_what_changed_while_it_was_not_shown_is_shown_later(page, merged):
    page.hide()
    with open_copy(merged.with_name("b.screener")) as jonas:
        jonas.screening.reopen(TA, "one was missing")
        unit = jonas.screening.queues.queue(TA)[0]
        jonas.screening.decide(unit, "include", stage=TA)
        jonas.screening.close(TA)
    page.session.project.consensus.merge(merged.with_name("b.screener"))
    assert page.meeting.meeting.all == 8
    page.show()
    assert page.meeting.meeting.all == 7


def test_take_back_and_repeat_from_the_menu(page, qtbot):
    meeting = page.meeting
    unit = meeting.shown()
    for key, text in ((Qt.Key.Key_I, "Peers"), (Qt.Key.Key_Return, "")):
        qtbot.keyClick(QApplication.focusWidget(), key)
        qtbot.keyClicks(QApplication.focusWidget(), text)
    assert meeting.meeting.settled == 1
    page.perform("undo")
    assert (meeting.meeting.settled, meeting.shown()) == (0, unit)
    page.perform("redo")
    assert meeting.meeting.settled == 1
    assert page.session.echo.sentence.startswith("Repeated: Settle, include  ·  “")


def test_take_back_away_from_the_meeting_is_said_by_the_window(page, qtbot):
    session = page.session
    unit = session.project.units.ids()[0]
    session.project.consensus.resolve(unit, "include", step=TA, why="Peers", by=["Maya Lindqvist"])
    page.show_agreement()
    with qtbot.waitSignal(session.echoed) as told:
        page.take_back()
    assert told.args[0].sentence.startswith("Taken back: Settle, include")


def test_choosing_no_file_leaves_the_page_as_it_is(merged, session_on, show):
    page = show(ConsensusPage(session_on(merged), pick=lambda _parent, _folder: []))
    page.merge_files()
    assert page.current() is page.meeting


def test_the_files_are_looked_for_beside_the_project(merged, session_on, show):
    asked = []
    page = show(ConsensusPage(session_on(merged), pick=lambda _parent, at: asked.append(at) or []))
    page.merge_files()
    assert asked == [merged.parent]


def test_search_from_the_menu(page):
    page.perform("find")
    assert page.meeting.search.hasFocus()


@pytest.mark.parametrize("width", [520, 592, 800, 1072, 1400])
def test_the_page_fits_every_width(page, qtbot, width):
    page.resize(width, 532)
    QApplication.processEvents()
    bar = page.meeting.item.bar
    for button in (*map(bar.buttons.get, ("settle-include", "settle-exclude")), bar.settle):
        assert button.width() >= button.sizeHint().width()
        right = button.mapTo(page, button.rect().topRight()).x()
        assert right <= width
    assert page.meeting.list.isVisible() is (width >= 860)


def test_the_page_asks_for_no_more_than_the_smallest_window(page):
    assert page.minimumSizeHint().width() <= 560


def _said(page):
    return [label.text() for label in page.meeting.done.findChildren(Words) if label.isVisible()]


def test_what_nobody_closed_yet_is_said_before_that_all_is_settled(
    merged, session_on, show, later_search
):
    """Else the coordinator goes on to full text while records of a later search wait."""
    session = session_on(later_search(merged))
    for found in session.project.consensus.discrepancies(TA):
        session.project.consensus.resolve(
            found.unit.id, "include", step=TA, why="Peers", by=["Maya Lindqvist"]
        )
    page = show(ConsensusPage(session))
    missing = "2 new records are not screened and closed yet by Jonas Roth."
    assert missing in _said(page)
    assert not any("All is settled" in text for text in _said(page))
    assert page.meeting.done.button.text() == "Go to Reviewers"
    wanted = []
    session.wanted.connect(wanted.append)
    page.meeting.done.button.click()
    assert wanted == ["screening"]
    page.meeting.done.second.click()
    assert session.project.screening.opened(FT)


def test_reports_that_were_opened_since_are_not_said_to_be_assessed(
    full_text, session_on, show, tmp_path
):
    with open_project(full_text) as project:
        Making.fill(project, tmp_path, 1, source="Scopus", mark="later")
        for letter, name in (("m", "Maya Lindqvist"), ("j", "Jonas Roth")):
            project.consensus.write_copy(name, tmp_path / f"{letter}.screener")
            with open_copy(tmp_path / f"{letter}.screener") as mine:
                for unit in mine.screening.stages.since(TA):
                    mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
                mine.screening.close(TA)
            project.consensus.merge(tmp_path / f"{letter}.screener")
    session = session_on(full_text)
    page = show(ConsensusPage(session))
    page.show_step(TA)
    assert "The reports of full text are assessed already." in _said(page)
    page.meeting.done.button.click()
    page.show_step(TA)
    assert not any("assessed already" in text for text in _said(page))
    assert page.meeting.done.button.text() == "Write newer copies…"
