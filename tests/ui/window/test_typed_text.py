"""What was typed and not saved is there after another page, and asked about on closing."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from screener import open_copy, open_project
from screener.model import Stage
from tests.ui.sources.conftest import embase, pubmed  # noqa: F401 - fixtures
from ui.protocol.new_review import NewReviewPage
from ui.widgets.button import Button

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


@pytest.mark.parametrize("stage", ["protocol", "sources"])
def test_esc_dismisses_the_bar_and_its_link_gives_up_what_was_typed(window, review, qtbot, stage):
    assert window.open(review)
    window.session.preferences.change(moment=0)
    window.frame.go(stage)
    page = window.frame.page
    if stage == "protocol":
        page.edit.click()
    else:
        page.add_by_hand()
    QApplication.processEvents()
    qtbot.keyClicks(QApplication.focusWidget(), "half typed")
    assert page.unsaved()
    bar = window.frame.problem
    for shown in (True, False, True, False, True):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
        assert bar.isVisible() is shown
        assert page.unsaved()
    QApplication.processEvents()
    link = bar.findChild(Button, "give-up")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert page.unsaved() == ""


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
    assert not window.may_leave(window.close_review)
    assert window.frame.current == "consensus"
    assert meeting.shown() == first != second
    title = window.session.project.units.get(first.subject).fields.title
    assert f"a reason for “{title}”, which is not settled yet" in window.session.problem.sentence


@pytest.fixture
def chosen(monkeypatch):
    """Let the system's dialog choose a file."""

    def choose(path):
        monkeypatch.setattr(
            QFileDialog, "getOpenFileName", staticmethod(lambda *_, **__: (str(path), ""))
        )

    return choose


def close_without(window, qtbot):
    QApplication.processEvents()  # the link is shown with what stands around it
    link = window.frame.problem.findChild(Button, "close-without")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


@pytest.fixture
def typing(window, review, qtbot):
    """The window with the reason of a protocol's version typed and not saved."""
    assert window.open(review)
    window.frame.go("protocol")
    window.frame.page.edit.click()
    qtbot.keyClicks(window.frame.page.form.why, "A reason")
    return window


def test_the_file_that_was_chosen_is_opened_when_what_was_typed_is_given_up(
    typing, review, chosen, qtbot
):
    chosen(review.with_name("a.screener"))
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_O, CONTROL)
    assert typing.session.project.path == review
    close_without(typing, qtbot)
    assert typing.session.project.path == review.with_name("a.screener")


def test_who_stays_goes_nowhere_later(typing, review, chosen, qtbot):
    chosen(review.with_name("a.screener"))
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_O, CONTROL)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_W, CONTROL)
    close_without(typing, qtbot)
    assert typing.frame is None


def test_the_window_is_closed_when_what_was_typed_is_given_up(typing, qtbot):
    typing.close()
    assert typing.isVisible()
    close_without(typing, qtbot)
    qtbot.waitUntil(lambda: not typing.isVisible())


def test_a_new_review_that_is_given_up_for_a_file_gives_way_to_it(window, review, chosen, qtbot):
    chosen(review)
    qtbot.keyClick(window.start, KEY.Key_N, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Peer support")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_O, CONTROL)
    assert window.frame is None
    link = window.findChild(NewReviewPage).findChild(Button, "left")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.session.project.path == review


def test_a_new_review_begins_when_what_was_typed_is_given_up(typing, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_N, CONTROL)
    close_without(typing, qtbot)
    assert typing.findChild(NewReviewPage).isVisible()
