"""What was typed or half done is asked about before it is lost, whichever way a person leaves."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from screener import create_project
from ui.protocol.new_review import NewReviewPage
from ui.widgets.button import Button

NOT_SAVED = "What you typed here is not saved yet"


@pytest.fixture
def opened(person, tmp_path):
    """A new project, open, with the page of the sources."""
    place = tmp_path / "new.screener"
    create_project(place, title="New").close()
    person.open(place)
    person.window.frame.go("sources")
    person.rest()
    return place


def files(folder, count):
    """Write as many files of one record each."""
    found = []
    for number in range(count):
        path = folder / f"search-{number}.ris"
        path.write_text(
            f"TY  - JOUR\nTI  - Peers by post {number}\nDO  - 10.5555/{number}\nER  - \n\n",
            encoding="utf-8",
        )
        found.append(path)
    return found


def half_done(person, tmp_path):
    """Import eleven files and describe five of them."""
    page = person.page
    person.dialogs.answer(*files(tmp_path, 11))
    person.press("Ctrl+I")
    person.wait(page.importing.go_on.isEnabled)
    for number in range(5):
        person.wait(page.importing.form.source.hasFocus)
        page.importing.form.source.clear()
        person.type(f"Library {number}")
        person.press("Enter")
    return page.importing, lambda: page.importing._queue.place == 5


def by_hand(person, tmp_path):
    person.page.add_by_hand()
    view = person.page.by_hand
    view.form.fields["title"].setFocus()
    person.type("Letters from peers")
    return view, lambda: view.form.fields["title"].text() == "Letters from peers"


def pasted(person, tmp_path):
    person.page.add_by_hand()
    view = person.page.by_hand
    person.type("10.5555/9")
    return view, lambda: view.paste.text() == "10.5555/9"


def protocol(person, tmp_path):
    person.window.frame.go("protocol")
    person.page.begin_edit()
    form = person.page.form
    form.title.setFocus()
    person.press("End")
    person.type(" and more")
    return form, lambda: form.title.text() == "New and more"


def criterion(person, tmp_path):
    person.window.frame.go("protocol")
    person.page.begin_edit()
    form = person.page.form
    form.add.setFocus()
    person.press("Space")  # a menu: the elements of PICOS are missing
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(form.kinds, key)
    person.window.activateWindow()  # this platform does not do that by itself
    person.wait(form._criteria[-1]._name.hasFocus)
    person.type("Language")
    return form, lambda: form._criteria[-1].name == "Language"


def give_up(person):
    """Take the one way in which what was typed is lost: the link of the question."""
    bar = person.window.frame.problem
    for _ in range(3):  # another question may stand in its place, and goes first
        if bar.findChild(Button, "give-up") is None or not bar.isVisible():
            person.press("Esc")
    bar.findChild(Button, "give-up").click()
    assert not person.window.frame.page.unsaved()


WORK = [half_done, by_hand, pasted, protocol, criterion]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus
@pytest.mark.parametrize("work", WORK)
def test_nothing_that_was_typed_is_lost_without_a_word(person, opened, tmp_path, work):
    view, there = work(person, tmp_path)
    stage = person.window.frame.current
    other = tmp_path / "other.screener"
    create_project(other, title="Other").close()
    for way in ("Ctrl+O", "Ctrl+W", "Ctrl+Q", "Alt+F4", "Esc"):
        if way == "Ctrl+O":
            person.dialogs.answer(other)
        person.session.overcome()
        if way == "Alt+F4":
            assert not person.window.close()
        else:
            person.press(way)
        assert person.problem().startswith(NOT_SAVED), way
        assert view.isVisible(), way
        assert there(), way
        assert person.project.path == opened, way
    person.press("Ctrl+9", "Ctrl+1", "Ctrl+3")
    person.window.frame.go(stage)
    assert view.isVisible()
    assert there()
    assert person.session.project.path == opened
    give_up(person)


@pytest.mark.parametrize("work", [half_done, by_hand, pasted])
def test_a_click_on_cancel_loses_no_more_than_escape(person, opened, tmp_path, work):
    view, there = work(person, tmp_path)
    view.cancel.click()
    assert person.problem().startswith(NOT_SAVED)
    assert there()
    give_up(person)
    assert not view.isVisible()


@pytest.mark.parametrize("work", [half_done, by_hand, pasted, protocol])
def test_files_that_come_meanwhile_take_no_place_of_what_was_typed(person, opened, tmp_path, work):
    view, there = work(person, tmp_path)
    if work is not protocol:
        person.page.import_files(files(tmp_path, 1))
    person.rest()
    assert view.isVisible()
    assert there()
    give_up(person)


def test_a_number_of_the_report_takes_no_place_of_what_was_typed(person, opened, tmp_path):
    person.project.sources.import_file(*files(tmp_path, 1), source="PubMed")
    (batch,) = person.project.sources.batches()
    view, there = by_hand(person, tmp_path)
    person.window.frame.go("report")
    person.window.frame.go(f"sources:{batch.id}")
    assert person.problem().startswith(NOT_SAVED)
    assert there()
    give_up(person)
    assert not view.isVisible()


def test_the_description_of_a_search_is_asked_about_from_another_page(person, opened, tmp_path):
    person.project.sources.import_file(*files(tmp_path, 1), source="PubMed")
    page = person.page
    person.rest()
    page.overview.detail.edit.click()
    page.editing.form.platform.setFocus()
    person.type("Ovid")
    person.window.frame.go("protocol")
    person.press("Ctrl+W")
    assert person.problem().startswith(NOT_SAVED)
    assert page.editing.form.platform.text() == "Ovid"
    person.press("Esc", "Esc", "Esc")


def test_a_record_by_hand_is_there_again_after_going_back_from_its_source(person, opened, tmp_path):
    view, there = by_hand(person, tmp_path)
    assert view.go_on.key == "Return"
    person.press("Enter")
    assert not view.isVisible()
    person.press("Esc")
    assert view.isVisible()
    assert there()
    person.press("Esc", "Esc")


def test_enter_while_files_are_read_or_stored_cancels_nothing(person, opened, tmp_path):
    page = person.page
    page.import_files(files(tmp_path, 3))
    person.press("Enter", "Enter", "Space", "Enter")
    person.wait(page.importing.go_on.isEnabled)
    assert page.importing.isVisible()
    for number in range(3):
        person.wait(page.importing.form.source.hasFocus)
        person.type(f"Library {number}")
        person.press("Enter")
    person.press("Enter", "Space")
    person.rest()
    assert len(person.project.sources.batches()) == 3


def test_a_new_review_is_asked_about(person):
    person.press("Ctrl+N")
    page = person.window.centralWidget().findChild(NewReviewPage)
    person.type("Peers")
    for way in ("Esc", "Ctrl+Q"):
        person.press(way)
        assert page.problem.isVisible(), way
        page.problem.dismiss()
        page.focus_first()
    assert page.form.title.text() == "Peers"
    page.left.emit()


def test_while_files_are_read_there_is_one_stop_and_no_key_does_anything_else(
    person, opened, tmp_path
):
    gate = Event()
    person.session._executor.submit(gate.wait)
    page = person.page
    page.import_files(files(tmp_path, 3))
    footer = person.window.frame.footer
    person.wait(footer.progress.isVisible)
    stops = [b for b in person.window.findChildren(Button) if b.isVisible() and b.key == "Esc"]
    assert stops == [footer.progress.stop]
    person.press("Enter", "Space", "Tab", "Enter", "Space", "Down")
    assert not page.importing._task.stopping
    person.window.setFocus()
    gate.set()
    person.wait(page.importing.go_on.isEnabled)
    assert page.importing.isVisible()
    assert not footer.progress.isVisible()


def test_stop_stops_and_says_that_nothing_changed(person, opened, tmp_path):
    gate = Event()
    person.session._executor.submit(gate.wait)
    person.page.import_files(files(tmp_path, 3))
    footer = person.window.frame.footer
    person.wait(footer.progress.isVisible)
    footer.progress.stop.click()
    gate.set()
    person.rest()
    assert person.page.empty.isVisible()
    assert person.project.sources.batches() == []
