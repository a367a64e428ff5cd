"""What was typed on any page when the file is taken away is there in the file that holds it now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.answers.conftest import copy, made_forms
from tests.ui.consensus.conftest import answered
from tests.ui.person import Person
from ui.answers.page import FormPage
from ui.consensus.present import PresentCard
from ui.session.page import Page
from ui.widgets.button import Button
from ui.window import stages

__all__ = ["answered", "copy", "made_forms"]

K = Qt.Key
SAID = "What you typed was taken along into this file"
TAKEN_ALONG = {
    "ConsensusPage": "test_what_was_chosen_and_why_is_taken_along_into_the_meeting",
    "FormPage": "test_the_last_typed_text_of_a_field_is_taken_along",
    "FullTextPage": "test_kept.test_a_reason_for_a_report_is_taken_along",
    "FullTextScreeningPage": "as the other page of screening",
    "TitleAbstractPage": "test_kept.test_judgements_that_could_not_be_saved_are_taken_along",
}
"""The pages whose typed words are taken along, and the test that shows it."""
ASKED_ABOUT = {"DuplicatesPage", "FormsPage", "ProtocolPage", "SourcesPage"}
"""The pages that say that it is not taken along, before the other file is opened."""


class AtFile(Person):
    """Somebody whose file is taken away, and who opens the one that holds all of it."""

    @property
    def bar(self):
        return self.window.frame.problem

    def take_away(self):
        path = self.window.session.project.path
        (path.parent / "elsewhere").mkdir(exist_ok=True)
        path.rename(path.parent / "elsewhere" / path.name)

    def follow(self, link):
        """Press a link of the banner as soon as it is there."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.bar.findChild(Button, link) is not None)
        self.qtbot.mouseClick(self.bar.findChild(Button, link), Qt.MouseButton.LeftButton)

    def write(self, text):
        QTest.keyClicks(self.focus, text)


# --- every page ----------------------------------------------------------------------------------


def test_every_page_that_holds_what_was_typed_takes_it_along_or_says_that_it_does_not():
    def has(page, *names):
        return any(getattr(page, name) is not getattr(Page, name) for name in names)

    loads = [*stages.COORDINATOR.values(), *stages.COPY.values()]
    pages = [*(load() for load in loads), FormPage]
    holds = {one for one in pages if has(one, "unsaved", "kept_only_here")}
    takes = {one for one in pages if has(one, "typed", "take_typed")}
    names = {one.__name__ for one in holds - takes}
    assert names == ASKED_ABOUT
    assert {one.__name__ for one in takes} == set(TAKEN_ALONG)
    assert all(has(one, "typed") and has(one, "take_typed") for one in takes)


# --- a form --------------------------------------------------------------------------------------


@pytest.fixture
def person(window, copy, qtbot):
    """Somebody at the page of the extraction form."""
    return AtFile.at_page(window, qtbot, copy, "extraction", "Country", height=720)


def country(person):
    model = person.page.model
    at = person.window.session.project.forms.answering("extraction")
    return {one.question: one.value for one in at.answers(model.studies[0].id)}.get("country")


@pytest.mark.parametrize("leaves", [True, False])
@pytest.mark.parametrize("paused", [True, False])
def test_the_last_typed_text_of_a_field_is_taken_along(person, qtbot, paused, leaves):
    person.write("OLDER TEXT")
    page = person.page
    page.view.current._keep_begun()  # the pause is over
    person.take_away()
    person.ctrl(K.Key_A)
    person.write("NEWEST TEXT")
    if paused:
        page.view.current._keep_begun()
        assert person.window.session.project.kept is not None
    if leaves:
        person.press(K.Key_Tab)
    else:
        person.window.perform("close")
    assert page.kept_only_here()
    person.follow("open-kept")
    assert person.page is not page
    assert country(person) == "NEWEST TEXT"
    assert person.page.model.given("country").text == "NEWEST TEXT"
    assert not person.page.kept_only_here()
    assert person.echo == SAID


def test_what_was_emptied_does_not_come_back(person):
    person.write("OLDER TEXT")
    page = person.page
    page.view.current._keep_begun()
    person.take_away()
    person.ctrl(K.Key_A)
    person.press(K.Key_Delete, K.Key_Tab)
    assert page.kept_only_here()
    person.follow("open-kept")
    assert country(person) is None
    assert person.page.model.given("country").text == ""


def test_what_is_no_answer_is_taken_along_as_it_was_typed(person):
    for _ in range(2):
        person.press(K.Key_Tab)
    assert person.at.startswith("Enrolled")
    person.write("about 5")
    person.page.view.current._keep_begun()
    person.take_away()
    person.ctrl(K.Key_A)
    person.write("about 7")
    person.press(K.Key_Tab)
    person.follow("open-kept")
    assert person.page.model.given("enrolled").text == "about 7"
    assert person.page.model.wrong("enrolled")


# --- the meeting ---------------------------------------------------------------------------------


def begin(person):
    """Say who is there, where it is asked."""
    for card in person.window.findChildren(PresentCard):
        if card.isVisible():
            card.accept()
    person.page.meeting.focus_page()
    QApplication.processEvents()


@pytest.mark.parametrize("begun", [True, False])
def test_what_was_chosen_and_why_is_taken_along_into_the_meeting(window, answered, qtbot, begun):
    window._preferences.change(moment=0)
    assert window.open(answered.project)
    window.resize(1366, 768)
    window.frame.go("consensus")
    person = AtFile(window, qtbot)
    meeting = person.page.meeting
    begin(person)
    panel = meeting.panels.sheet
    places = [one.at for one in panel.view.items() if one.label == "Rigour"]
    panel.point(places[0])
    person.press(K.Key_Left)
    chosen = panel.choice
    assert chosen is not None
    panel.bar.because.setFocus()
    person.write("LONG REASON OF THE MEETING")
    person.take_away()
    person.press(K.Key_Return)
    person.follow("open-kept")
    meeting = person.page.meeting
    if begun:
        begin(person)
    panel = meeting.panels.now
    assert panel.at == places[0]
    assert panel.bar.because.text() == "LONG REASON OF THE MEETING"
    assert panel.choice == chosen
    assert person.echo == SAID
    if begun:
        panel.settle()
        project = window.session.project
        (found,) = project.consensus.agreed("third-step")[places[0].subject]
        assert found.why == "LONG REASON OF THE MEETING"
