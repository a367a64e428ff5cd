"""Decisions made elsewhere are looked at in a card, then recorded as one action."""

import sys
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.model import Stage
from ui.application import build
from ui.screening.elsewhere_decisions import TakeDecisionsCard
from ui.widgets.card import Card

TA = Stage.TITLE_ABSTRACT
KEY = Qt.Key


@pytest.fixture
def window(qtbot, qapp, review, monkeypatch):
    """The window on Maya's copy of six records."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.open(review.with_name("a.screener"))
    yield window
    if window.session is not None:
        window.session.stop()
    window.close_review()


@pytest.fixture
def card(window):
    """The card, open."""
    window.perform("take-decisions")
    (found,) = [c for c in window.findChildren(Card) if c.isVisible()]
    assert isinstance(found, TakeDecisionsCard)
    return found


@pytest.fixture
def read(card, qtbot):
    """Read a file in the card and wait until it is shown."""

    def reading(path):
        card.read(path)
        qtbot.waitUntil(lambda: card._task is None)
        return card

    return reading


@pytest.fixture
def rayyan(tmp_path):
    """Write an export of Rayyan: (number, {name: word}) for each record."""

    def written(*records):
        path = tmp_path / "rayyan.ris"
        path.write_text(
            "".join(
                f"TY  - JOUR\nTI  - Number {number}\nDO  - 10.5555/ui.{number}\nN1  - "
                "RAYYAN-INCLUSION: {"
                + ", ".join(f'"{name}"=>"{word}"' for name, word in words.items())
                + "}\nER  - \n\n"
                for number, words in records
            ),
            encoding="utf-8",
        )
        return path

    return written


def decided(window):
    project, screening = window.session.project, window.session.project.screening
    units = project.units.load(screening.to_screen(TA))
    return {u.number: str(d.verdict) for u in units if (d := screening.decision(u.id, TA))}


def test_what_a_file_holds_is_seen_before_anything_is_recorded(window, read, rayyan):
    maya = "Maya Lindqvist"
    card = read(rayyan((1, {maya: "Included"}), (2, {maya: "Excluded"}), (9, {maya: "Maybe"})))
    assert card.said.text() == "2 decisions from Rayyan to record: 1 include, 1 exclude."
    assert "Matched with records here: 2 by DOI." in card._remarks.text()
    assert card.left_alone.toPlainText() == (
        "Left alone, matches no record here, or more than one (1)\nline 13: maybe, Number 9"
    )
    assert card.take.hasFocus()
    assert decided(window) == {}


def test_recorded_decisions_are_taken_back_as_one(window, read, rayyan, qtbot):
    maya = "Maya Lindqvist"
    card = read(rayyan((1, {maya: "Included"}), (2, {maya: "Excluded"})))
    qtbot.keyClick(card.take, KEY.Key_Return)
    qtbot.waitUntil(lambda: card._taken is not None and card._task is None)
    assert decided(window) == {1: "include", 2: "exclude"}
    assert window.frame.footer.echo.sentence == "2 decisions taken from Rayyan"
    assert card.close_button.hasFocus()
    qtbot.keyClick(card, KEY.Key_Escape)
    window.perform("undo")
    assert decided(window) == {}


def test_of_several_people_one_is_chosen(window, read, rayyan, qtbot):
    card = read(rayyan((1, {"Emily": "Included", "Sam": "Excluded"}), (2, {"Emily": "Maybe"})))
    assert "none of Maya Lindqvist" in card.said.text()
    assert not card.take.isVisible()
    words = [card.whose.edit.itemText(n) for n in range(card.whose.edit.count())]
    assert words == ["choose whose", "Emily (2)", "Sam (1)"]
    qtbot.keyClick(card.whose.edit, KEY.Key_Down)
    qtbot.waitUntil(lambda: card._task is None)
    assert card.whose.choice() == "Emily"
    assert card.take.text() == "Record 2 decisions"


def test_what_is_decided_otherwise_stays_or_is_replaced(window, read, rayyan, qtbot):
    screening = window.session.project.screening
    first = screening.to_screen(TA)[0]
    screening.decide(first, "include", stage=TA)
    card = read(rayyan((1, {"Maya Lindqvist": "Excluded"})))
    assert card.said.text() == "Nothing in it is new here."
    assert "Left alone, decided otherwise here (1)" in card.left_alone.toPlainText()
    qtbot.keyClick(card.differing.edit, KEY.Key_Down)
    qtbot.waitUntil(lambda: card._task is None)
    assert card.said.text().endswith("1 exclude; 1 replace what is decided here.")
    qtbot.keyClick(card, KEY.Key_Return)
    qtbot.waitUntil(lambda: card._taken is not None)
    assert decided(window) == {1: "exclude"}


def test_a_list_without_decisions_is_asked_about(window, read, tmp_path, qtbot):
    plain = tmp_path / "included.ris"
    plain.write_text("TY  - JOUR\nTI  - One\nDO  - 10.5555/ui.1\nER  - \n", encoding="utf-8")
    card = read(plain)
    assert "holds no decisions" in card.said.text()
    qtbot.keyClick(card.verdict.edit, KEY.Key_Down)
    qtbot.waitUntil(lambda: card._task is None)
    assert card.said.text() == "1 decision to record: 1 include."


def test_what_is_no_export_is_one_sentence(window, read, tmp_path):
    foreign = tmp_path / "picture.ris"
    foreign.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    card = read(foreign)
    assert card.said.text().count(". ") == 0
    assert card.said.text().endswith(".")
    assert not card.take.isVisible()


def test_the_rows_left_alone_are_saved(window, read, rayyan, tmp_path):
    card = read(rayyan((9, {"Maya Lindqvist": "Maybe"})))
    card.write_left(tmp_path / "left.csv", card._looked.proposal.taken)
    assert "Number 9" in (tmp_path / "left.csv").read_text(encoding="utf-8-sig")
    assert card.said.text() == "The list was saved as left.csv."


def test_closing_stops_what_runs(window, card, rayyan, qtbot):
    gate = Event()
    window.session._executor.submit(gate.wait)
    card.read(rayyan((1, {"Maya Lindqvist": "Included"})))
    qtbot.keyClick(card, KEY.Key_Escape)
    gate.set()
    qtbot.waitUntil(lambda: not window.session.running)
    assert decided(window) == {}


def test_a_closed_stage_takes_nothing(window, qtbot):
    screening = window.session.project.screening
    for unit in screening.to_screen(TA):
        screening.decide(unit, "include", stage=TA)
    screening.close(TA)
    window.perform("take-decisions")
    (card,) = [c for c in window.findChildren(Card) if c.isVisible()]
    assert "closed" in card.said.text()
    assert not card.choose.isEnabled()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
