"""What was typed and not saved is there after another page, and asked about on closing."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import open_copy, open_project
from screener.model import Stage
from tests.ui.sources.conftest import embase, pubmed  # noqa: F401 - fixtures

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def importing(window, review, qtbot, embase, pubmed):  # noqa: F811
    """The window at the second of two files that are being imported, the first written about."""
    assert window.open(review)
    window.frame.go("sources")
    page = window.frame.page
    page.import_files([embase, pubmed])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    qtbot.keyClicks(page.importing.form.source, "Embase")
    qtbot.keyClick(page.importing.form.source, KEY.Key_Return)
    assert page.importing.form.source.text() == "PubMed"
    qtbot.keyClicks(page.importing.form.platform, "NLM")
    return page


def test_another_stage_keeps_the_files_that_are_being_imported(window, importing, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_5, CONTROL)
    assert window.frame.current == "consensus"
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_2, CONTROL)
    assert window.frame.page is importing
    assert importing.importing.isVisible()
    assert importing.importing.form.platform.text().startswith("NLM")


@pytest.mark.parametrize("stage", ["sources", "protocol"])
def test_closing_asks_about_the_files_that_are_being_imported(window, importing, qtbot, stage):
    window.frame.go(stage)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_W, CONTROL)
    assert window.frame is not None
    assert window.frame.page is importing
    assert "not saved yet" in window.frame.problem.sentence
    assert importing.importing.form.platform.text().startswith("NLM")


@pytest.mark.parametrize("times", [1, 2])
def test_closing_the_window_while_work_runs_asks_about_what_was_typed(window, review, qtbot, times):
    assert window.open(review)
    window.frame.go("protocol")
    page = window.frame.page
    page.edit.click()
    qtbot.keyClicks(page.form.why, "A reason")

    def endless(_, progress):
        while True:
            progress(0, None, "Working")
            threading.Event().wait(0.001)

    session = window.session
    session.run(endless, writes=True)
    for _ in range(times):
        window.close()
    qtbot.waitUntil(lambda: not session.running)
    assert window.isVisible()
    assert window.session is session
    assert page.form.why.text() == "A reason"
    assert "not saved yet" in window.frame.problem.sentence
    session.run(lambda *_: None, writes=False)
    qtbot.waitUntil(lambda: not session.running)  # it is not closed by work that ends later
    assert window.isVisible()
    window.perform("close-without")


def test_closing_shows_the_item_whose_reason_was_typed(window, review, qtbot):
    """It stands under another filter by now: whoever is asked has to find it."""
    for name, verdict in (("a", "include"), ("b", "exclude")):
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for unit in mine.screening.queues.queue(Stage.TITLE_ABSTRACT):
                mine.screening.decide(unit, verdict, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
    assert window.open(review)
    window.frame.go("consensus")
    meeting = window.frame.page.meeting
    meeting.present.ask_no_more()
    first, second = meeting.meeting.order()[:2]
    meeting.item.bar.because.setText("not settled yet")
    meeting.show_other(1)
    window.frame.go("report")
    assert not window.may_leave(window.close)
    assert window.frame.current == "consensus"
    assert meeting.shown() == first != second
    title = window.session.project.units.get(first.subject).fields.title
    assert f"why “{title}” is settled as it is" in window.session.problem.sentence
