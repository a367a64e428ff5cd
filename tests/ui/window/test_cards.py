"""Every card asks once about what was typed on it, or keeps it; an unchanged one closes at once."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit

import ui
from screener.answers import shipped
from screener.printing.prints import ToSettle
from ui.answers.finding import FindField
from ui.consensus.attendance import Attendance
from ui.consensus.paper import SettleTableCard
from ui.consensus.present import PresentCard
from ui.forms.preview import Preview
from ui.reviewers.cards import CodesCard, LeaveCard, RenameCard
from ui.session.choice_card import Act, Choice, ChoiceCard
from ui.session.line_card import LineCard
from ui.studies.cards import NameCard
from ui.studies.opening import OpenFormCard
from ui.widgets import card as cards
from ui.widgets.card import Card, cards_over
from ui.widgets.fields import SearchField

K = Qt.Key
NOTHING = Act(lambda: None, "")


def member(window):
    return window.session.project.team.members()[0]


def shows(window, action):
    window.perform(action)


def name(window):
    NameCard(window.session, "Name of it", "A", window, lambda _: NOTHING).open()


def choice(window, *, new=""):
    ChoiceCard(
        window.session, "One", "Take it", window, [Choice("a", "A", "")], lambda _: NOTHING, new=new
    ).open()


def find_field(window):
    preview = Preview(window.session, window)
    preview._model.show_form(shipped.shipped("mqrs"))
    FindField(preview._model, preview.view, window).open()


def present(window):
    attendance = Attendance(window.session.project)
    card = PresentCard(window.session, attendance, window)
    card.open()
    QTest.mouseClick(card.another, Qt.MouseButton.LeftButton)


def settle(window):
    found = ToSettle(wanted=[], told=[])
    SettleTableCard(
        window.session, window.session.project.path, "title-abstract", found, window
    ).open()


def at_record(window, action):
    window.frame.go("title-abstract")
    QApplication.processEvents()
    assert window.frame.page.perform(action)


PROJECT, COPY = "project", "a"
CARDS = {
    "AboutCard": (PROJECT, lambda w: shows(w, "about")),
    "AllKeysCard": (PROJECT, lambda w: shows(w, "all-keys")),
    "BackupsCard": (PROJECT, lambda w: shows(w, "backups")),
    "ChangeKeysCard": (PROJECT, lambda w: shows(w, "change-keys")),
    "ChoiceCard": (PROJECT, lambda w: choice(w, new="new")),
    "CodesCard": (PROJECT, lambda w: CodesCard(member(w), w).open()),
    "ExportCard": (PROJECT, lambda w: shows(w, "export")),
    "FindField": (COPY, find_field),
    "LeaveCard": (PROJECT, lambda w: LeaveCard(w.session, member(w), w).open()),
    "LostProjectCard": (PROJECT, lambda w: shows(w, "make-project")),
    "NameCard": (PROJECT, name),
    "OpenFormCard": (PROJECT, lambda w: OpenFormCard(w.session, [], "", w).open()),
    "OwnWordsCard": (COPY, lambda w: at_record(w, "own-words")),
    "PresentCard": (PROJECT, present),
    "ProposeCard": (COPY, lambda w: at_record(w, "propose")),
    "RenameCard": (PROJECT, lambda w: RenameCard(w.session, member(w), w).open()),
    "ReportCard": (PROJECT, lambda w: shows(w, "report-problem")),
    "SendCard": (COPY, lambda w: shows(w, "send")),
    "SettleTableCard": (PROJECT, settle),
    "TakeDecisionsCard": (COPY, lambda w: shows(w, "take-decisions")),
    "WriteCopyCard": (PROJECT, lambda w: shows(w, "add-reviewer")),
}  # fmt: skip
"""Each card: in which file, and how it is opened. A new one has its line here."""
KEEPS = {"OwnWordsCard", "ChangeKeysCard", "FindField"}
"""What is typed on these is kept as it is typed, or only looks for something."""


def every_card(of=Card):
    for one in of.__subclasses__():
        yield one
        yield from every_card(one)


def test_every_card_has_its_line_here():
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {one.__name__ for one in every_card() if one.__module__.startswith("ui.")}
    assert ours - {LineCard.__name__} == CARDS.keys()


def typed_into(card):
    """The fields of a card that letters are typed into."""
    fields = card.findChildren(QLineEdit) + card.findChildren(QPlainTextEdit)
    return [
        one for one in fields
        if one.isVisible() and one.isEnabled() and not one.isReadOnly()
        and not isinstance(one, SearchField)
    ]  # fmt: skip


@pytest.fixture
def opened(window, review, monkeypatch):
    """Open a card of that name; no Esc comes too soon."""
    monkeypatch.setattr(cards, "BOUNCE", 0)
    window._preferences.change(moment=0)

    def open_card(name):
        file, opens = CARDS[name]
        path = review.with_name(f"{file}.screener")
        if window.session is None or window.session.project.path != path:
            assert window.open(path)
        opens(window)
        (card,) = cards_over(window)
        assert type(card).__name__ == name
        return card

    return open_card


def escape():
    QTest.keyClick(QApplication.focusWidget(), K.Key_Escape)


@pytest.mark.parametrize("name", CARDS)
def test_esc_closes_an_unchanged_card_and_asks_once_about_what_was_typed(opened, window, name):
    count = len(typed_into(opened(name)))
    escape()
    assert not cards_over(window)
    for place in range(min(count, 1) if name in KEEPS else count):
        card = opened(name)
        field = typed_into(card)[place]
        field.setFocus()
        QTest.keyClicks(field, "zz")
        escape()
        if name in KEEPS:
            assert not cards_over(window)
            continue
        assert cards_over(window) == [card]
        assert "Esc again gives it up" in card.said.text()
        assert card.said.isVisible()
        QTest.keyClicks(field, "z")  # and is asked anew about what came since
        escape()
        assert cards_over(window) == [card]
        escape()
        assert not cards_over(window)


def test_what_was_typed_and_taken_away_again_is_nothing(opened, window):
    card = opened("RenameCard")
    QTest.keyClicks(card.line, "x")
    QTest.keyClick(card.line, K.Key_Backspace)
    QTest.keyClicks(card.line, member(window).reviewer.name)
    escape()
    assert not cards_over(window)


def test_own_words_are_kept_by_esc(opened, window):
    card = opened("OwnWordsCard")
    QTest.keyClicks(QApplication.focusWidget(), "peer navigator")
    escape()
    card = opened("OwnWordsCard")
    assert "peer navigator" in [one.text() for one in card.fields.values()]
    escape()


def test_a_bounce_of_esc_and_a_held_one_give_nothing_up(opened, window, monkeypatch):
    card = opened("LeaveCard")
    monkeypatch.setattr(cards, "BOUNCE", 0.4)
    now = [10.0]
    card.clock = lambda: now[0]
    QTest.keyClicks(card.line, "She moves")
    for passed in (0, 0.1, 0.2):
        now[0] += passed
        escape()
        assert cards_over(window) == [card]
    now[0] += 0.5
    escape()
    assert not cards_over(window)


def test_the_window_is_not_closed_over_what_is_typed_on_a_card(opened, window):
    card = opened("LeaveCard")
    QTest.keyClicks(card.line, "She moves")
    window.close()
    assert window.isVisible()
    assert "gives it up" in card.said.text()
    assert card.line.text() == "She moves"
    escape()
    assert not cards_over(window)


def test_the_button_asks_as_esc_does(opened, window):
    card = opened("LostProjectCard")
    QTest.keyClicks(card._why, "Stolen")
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert cards_over(window) == [card]
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert not cards_over(window)


# --- making a project from copies -----------------------------------------------------------------


def test_who_leaves_making_a_project_comes_back_to_where_they_were(opened, window, review):
    assert window.open(review)
    window.frame.go("report")
    opened("LostProjectCard")
    escape()
    assert window.session is not None
    assert window.session.project.path == review
    assert window.frame.current == "report"
    window.close_review()
    window.perform("make-project")
    escape()
    assert window.start.isVisible()
    window.perform("new")
    window.perform("make-project")
    escape()
    assert not window.start.isVisible()


def test_a_project_that_was_made_is_opened_and_nothing_else(
    opened, window, review, monkeypatch, qtbot
):
    card = opened("LostProjectCard")
    chosen = [str(review.with_name(f"{letter}.screener")) for letter in "ab"]
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", staticmethod(lambda *_, **__: (chosen, ""))
    )
    QTest.mouseClick(card._add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(card._why, "Stolen")
    QTest.mouseClick(card._make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session is not None)
    assert window.session.project.path not in (review, *chosen)
    assert not cards_over(window)
