"""The mouse wheel scrolls and never chooses: over every control of every page and card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from screener import create_project
from ui.protocol.new_review import NewReviewPage
from ui.widgets.card import Card
from ui.widgets.chooser import Chooser
from ui.widgets.segmented import Segmented
from ui.window.stages import COORDINATOR, COPY

NOTCH = 120  # of a wheel, as Qt counts


@pytest.fixture
def opened(person, example, tmp_path):
    """Open a copy of one file of the example."""

    def open_(name):
        place = tmp_path / name
        place.write_bytes((example / name).read_bytes())
        person.open(place)
        return place

    return open_


def chosen(widget):
    """Return what a control has chosen, None for what chooses nothing."""
    match widget:
        case QComboBox():
            return widget.currentIndex()
        case Chooser() | Segmented():
            return widget.current()
        case QScrollBar():
            return None
        case QAbstractSlider():
            return widget.value()
        case QAbstractSpinBox() | QLineEdit():
            return widget.text()
        case QAbstractItemView():
            return widget.currentIndex().row()
    return None


def state(window):
    """Return every control of the window that is shown, with what it has chosen."""
    found = {w: chosen(w) for w in window.findChildren(QWidget) if w.isVisible()}
    return {w: value for w, value in found.items() if value is not None}


def turn(widget, by):
    """Turn the wheel over the middle of a widget."""
    target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
    middle = QPointF(target.rect().center())
    on_screen = QPointF(target.mapToGlobal(target.rect().center()))
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        target,
        QWheelEvent(
            middle, on_screen, QPoint(), QPoint(0, by), buttons, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def check_wheel(person):
    """Turn the wheel over every control, also with the keyboard on it; return how many."""
    heard = []
    session = person.session
    if session is not None:
        session.changed.connect(heard.append)
    before = state(person.window)
    for widget in before:
        for focused in (False, True):
            if focused:
                widget.setFocus(Qt.FocusReason.TabFocusReason)
            for by in (-NOTCH, -NOTCH, NOTCH):
                turn(widget, by)
                assert chosen(widget) == before[widget], (widget, widget.accessibleName())
    assert state(person.window) == before
    assert heard == []
    return sum(not isinstance(w, QAbstractItemView | QLineEdit) for w in before)


@pytest.mark.parametrize("stage", COORDINATOR)
def test_the_wheel_changes_nothing_on_a_page_of_the_project(person, opened, stage):
    opened("merged.screener")
    person.window.frame.go(stage)
    person.rest()
    check_wheel(person)


@pytest.mark.parametrize("stage", COPY)
def test_the_wheel_changes_nothing_on_a_page_of_a_copy(person, opened, stage):
    opened("reviewer-a.screener")
    person.window.frame.go(stage)
    person.rest()
    check_wheel(person)


def test_the_wheel_changes_nothing_in_a_form_of_the_protocol(person, opened):
    person.press("Ctrl+N")
    page = person.window.centralWidget().findChild(NewReviewPage)
    assert page.isVisible()
    assert check_wheel(person) > 5
    page.left.emit()
    opened("merged.screener")
    person.window.frame.go("protocol")
    person.page.begin_edit()
    assert check_wheel(person) > 5


def test_the_wheel_changes_nothing_while_files_come_in(person, example, opened, tmp_path):
    opened("merged.screener")
    person.window.frame.go("sources")
    person.rest()
    page = person.page
    page.overview.detail.edit.click()
    assert check_wheel(person) == 1
    person.press("Esc")
    page.add_by_hand()
    check_wheel(person)
    person.press("Esc")
    table = tmp_path / "list.csv"
    table.write_text("Title,Authors,Date\nPeers by post,Okafor N,2018\n", encoding="utf-8")
    page.import_files([table])
    person.wait(page.importing.go_on.isEnabled)
    assert check_wheel(person) == 1
    page.importing.recognised.columns.click()
    person.wait(page.importing.mapping.isVisible)
    assert check_wheel(person) == 3


def test_the_wheel_changes_nothing_among_duplicates(person, tmp_path):
    place = tmp_path / "twice.screener"
    found = tmp_path / "found.ris"
    found.write_text(
        "".join(f"TY  - JOUR\nTI  - Peers by post\nPY  - 201{n}\nER  - \n\n" for n in range(3)),
        encoding="utf-8",
    )
    with create_project(place, title="Twice") as review:
        review.sources.import_file(found, source="PubMed")
    person.open(place)
    person.window.frame.go("duplicates")
    person.rest()
    page = person.page
    check_wheel(person)
    page.choose_settings()
    assert check_wheel(person) > 0
    person.press("Esc")
    page.join_by_hand()
    check_wheel(person)
    person.press("Esc")
    person.rest()


@pytest.mark.parametrize(
    ("file", "actions"),
    [
        ("merged.screener", ("all-keys", "change-keys", "add-reviewer", "backups", "about")),
        ("reviewer-a.screener", ("send", "take-decisions")),
    ],
)
def test_the_wheel_changes_nothing_on_a_card(person, opened, file, actions):
    opened(file)
    for action in actions:
        person.window.perform(action)
        card = person.card()
        assert isinstance(card, Card), action
        check_wheel(person)
        card.close_card()
