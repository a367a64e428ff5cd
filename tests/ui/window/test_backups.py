"""The card Backups: with an open file, with one that does not open, and with none."""

import shutil
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from screener import open_project
from screener.model import Stage, Verdict
from ui.session import files
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Words
from ui.window.backups import when

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def backed_up(review):
    """The project and Maya's copy, with one decision, each with a backup."""
    with open_project(review) as project:
        project.backup()
    with open_project(review.with_name("a.screener")) as mine:
        (unit, *_) = mine.screening.queues.queue(TA)
        mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.backup()
    return review


def card(window):
    return next(c for c in window.findChildren(Card) if c.isVisible())


def texts(widget):
    return [w.text() for w in widget.findChildren(Words) if w.isVisible()]


def buttons(widget, words):
    return [b for b in widget.findChildren(Button) if b.isVisible() and b.text() == words]


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def spoil(path):
    text = path.read_bytes()
    at = text.rindex(b'"title":"') + 12
    path.write_bytes(text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :])


def test_each_row_says_of_which_file_it_is_and_how_much_is_in_it(backed_up, window):
    assert window.open(backed_up.with_name("a.screener"))
    window.perform("backups")
    said = texts(card(window))
    mine = next(n for n, text in enumerate(said) if text.endswith("·   Maya Lindqvist's copy"))
    assert said[mine + 1].startswith("6 records, 1 decision   ·   ")
    heading = said.index("Other files of the review “Digital peer support”")
    project = next(n for n, text in enumerate(said) if text.endswith("·   the project"))
    assert mine < heading < project
    card(window).close_card()


@pytest.mark.parametrize(("opened", "all_"), [("a.screener", False), ("project.screener", True)])
def test_another_reviewers_decisions_are_no_click_away_while_one_screens(
    backed_up, window, opened, all_
):
    with open_project(backed_up.with_name("b.screener")) as other:
        (unit, *_) = other.screening.queues.queue(TA)
        other.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
        other.backup()
    assert window.open(backed_up.with_name(opened))
    listed = window.session.project.backups()
    own = [one for one in listed if one.own]
    assert 0 < len(own) < len(listed)
    window.perform("backups")
    for words in ("Look into it", "Restore as…"):
        assert len(buttons(card(window), words)) == len(listed if all_ else own)
    card(window).close_card()


def test_a_backup_is_looked_into_and_nothing_can_be_changed_in_it(backed_up, window, qtbot):
    copy = backed_up.with_name("a.screener")
    assert window.open(copy)
    recent = window.recent.files
    window.perform("backups")
    before = window.session.project.backups()[0]
    text = before.path.read_bytes()
    press(qtbot, buttons(card(window), "Look into it")[0])
    project = window.session.project
    assert project.path == before.path
    assert project.to_read
    assert not project.writable
    assert not window.frame.page.can_act
    assert window.frame.problem.sentence.startswith("This file was opened to be read")
    assert window.frame.current == TA, "nobody is asked to begin screening"
    assert any("Opened to be read" in words for words in texts(window.frame.rail))
    title = window.windowTitle()
    assert title.startswith(f"Backup of {when(before.made)} (to be read) — {project.title}")
    window.frame.go(TA)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_I)
    assert project.screening.progress(TA).decided == 1
    window.perform("backups")
    assert not buttons(card(window), "Make one now")
    assert buttons(card(window), "Restore as…")
    card(window).close_card()
    window.close_review()
    assert before.path.read_bytes() == text
    assert [r.path for r in window.recent.files] == [r.path for r in recent]
    assert window.open(copy)
    assert window.session.project.writable
    assert "to be read" not in window.windowTitle()


@pytest.mark.parametrize("with_a_file_open", [False, True])
def test_a_damaged_file_leads_to_its_backups(
    backed_up, window, qtbot, monkeypatch, with_a_file_open
):
    copy = backed_up.with_name("a.screener")
    spoil(copy)
    if with_a_file_open:
        assert window.open(backed_up)
    assert not window.open(copy)
    bar = window.frame.problem if with_a_file_open else window.problem
    assert "a.screener is damaged" in bar.sentence
    press(qtbot, *buttons(bar, "Backups…"))
    found = card(window)
    qtbot.waitUntil(lambda: bool(buttons(found, "Restore as…")))
    assert any(
        text.startswith("For a.screener, which could not be opened.") for text in texts(found)
    )
    first = next(text for text in texts(found) if "   ·   " in text)
    assert first.endswith("Maya Lindqvist's copy"), "its own come first"
    place = copy.with_name("a-restored-maya-lindqvist.screener")
    monkeypatch.setattr(files, "ask_new", lambda _parent, _title, proposed: proposed)
    press(qtbot, buttons(found, "Restore as…")[0])
    qtbot.waitUntil(lambda: bool(buttons(found, "Open the restored file")))
    assert "Maya Lindqvist's copy, 6 records, 1 decision" in found.said.text()
    press(qtbot, *buttons(found, "Open the restored file"))
    assert window.session.project.path == place
    assert window.session.project.screening.progress(TA).decided == 1
    assert window.session.project.writable
    assert not window.problem.isVisible()


def test_a_file_of_which_nothing_is_left_leads_to_all_backups(backed_up, window, qtbot):
    backed_up.write_bytes(bytes(5_000))
    assert not window.open(backed_up)
    press(qtbot, *buttons(window.problem, "Backups…"))
    found = card(window)
    qtbot.waitUntil(lambda: len(buttons(found, "Restore as…")) >= 2)
    assert "Files of the review “Digital peer support”" in texts(found)
    found.close_card()


def test_the_list_is_there_when_no_file_is_open(backed_up, window, qtbot, monkeypatch):
    shutil.rmtree(backed_up.parent, ignore_errors=True)  # the files are lost, the backups are not
    entry = window.menus.entry("backups")
    assert entry.isEnabled()
    entry.trigger()
    found = card(window)
    qtbot.waitUntil(lambda: bool(buttons(found, "Look into it")))
    assert not buttons(found, "Make one now")
    asked = []
    monkeypatch.setattr(files, "ask_new", lambda _parent, _title, proposed: asked.append(proposed))
    own = [text for text in texts(found) if text.endswith((" copy", " project"))]
    for button in buttons(found, "Restore as…"):
        press(qtbot, button)
    names = {"copy": "-maya-lindqvist", "project": ""}
    assert asked == [
        files.documents() / f"digital-peer-support-restored{names[text.split()[-1]]}.screener"
        for text in own
    ]
    press(qtbot, buttons(found, "Look into it")[0])
    assert window.session.project.to_read


def test_a_backup_that_is_opened_like_any_file_is_only_read(backed_up, window):
    with open_project(backed_up, write=False) as project:
        (backup, *_) = project.backups()
    before = backup.path.read_bytes()
    assert window.open(backup.path)
    assert window.session.project.to_read
    assert not window.session.project.writable
    window.close_review()
    assert backup.path.read_bytes() == before
    assert not window.recent.files


def test_of_a_file_that_is_none_of_ours_no_backups_are_offered(window, tmp_path):
    other = tmp_path / "thesis.docx"
    other.write_bytes(bytes(5_000))
    assert not window.open(other)
    assert not buttons(window.problem, "Backups…")


def test_the_card_that_reads_beside_the_window_is_as_high_as_its_rows(backed_up, window, qtbot):
    window.resize(1366, 768)
    for _ in range(2):
        decide_and_back_up(backed_up.with_name("a.screener"))
    window.perform("backups")
    shown = card(window)
    qtbot.waitUntil(lambda: len(buttons(shown, "Restore as…")) == 4)
    qtbot.waitUntil(lambda: shown._scroll.verticalScrollBar().maximum() == 0)
    assert all(b.visibleRegion().boundingRect() == b.rect() for b in buttons(shown, "Restore as…"))
    shown.close_card()


def decide_and_back_up(path):
    with open_project(path) as mine:
        (unit, *_) = mine.screening.queues.queue(TA)
        mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.backup()


def test_from_the_start_page_a_backup_goes_back_to_the_folder_it_came_from(
    backed_up, window, qtbot, dialog
):
    (backed_up.parent / "mine").mkdir()
    place = backed_up.with_name("a.screener").rename(backed_up.parent / "mine" / "a.screener")
    decide_and_back_up(place)
    window.perform("backups")
    found = card(window)
    qtbot.waitUntil(lambda: bool(buttons(found, "Restore as…")))
    own = [text for text in texts(found) if text.endswith(("copy", "the project"))]
    dialog.answer = ""
    press(qtbot, buttons(found, "Restore as…")[own.index(own[0])])
    assert "Maya Lindqvist" in own[0]
    assert dialog.asked == [str(place.with_name("a-restored-maya-lindqvist.screener"))]
    found.close_card()


def test_where_a_file_is_there_it_is_refused_and_not_asked_about(backed_up, window, qtbot, dialog):
    assert window.open(backed_up)
    window.perform("backups")
    found = card(window)
    dialog.answer = str(backed_up.with_name("b.screener"))
    before = backed_up.with_name("b.screener").read_bytes()
    press(qtbot, buttons(found, "Restore as…")[0])
    qtbot.waitUntil(lambda: "is there already" in found.said.text())
    assert dialog.options == [QFileDialog.Option.DontConfirmOverwrite]
    assert backed_up.with_name("b.screener").read_bytes() == before
    found.close_card()


@pytest.fixture
def dialog(monkeypatch):
    """The dialog for a new file, which answers at once."""

    found = SimpleNamespace(answer="", asked=[], options=[])

    def ask(_parent, _title, proposed, _kinds, *, options):
        found.asked.append(proposed)
        found.options.append(options)
        return found.answer, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return found


def test_an_empty_file_says_so_and_leads_to_the_backups(backed_up, window, qtbot):
    backed_up.write_bytes(b"")
    assert not window.open(backed_up)
    assert "is empty, there is nothing in it" in window.problem.sentence
    press(qtbot, *buttons(window.problem, "Backups…"))
    found = card(window)
    qtbot.waitUntil(lambda: bool(buttons(found, "Restore as…")))
    found.close_card()
