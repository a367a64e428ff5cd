"""Every page as a screen reader meets it: names, roles and states, and where the keyboard is."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.window import scenes
from ui.widgets.button import Button
from ui.widgets.keycap import key_spoken
from ui.widgets.segmented import Segmented

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
ROLE = QAccessible.Role
PRESSED = {ROLE.Button, ROLE.CheckBox, ROLE.RadioButton, ROLE.ButtonMenu}
FIELDS = QLineEdit | QPlainTextEdit
MANY = 400  # more steps than any page has things to stop at


@pytest.fixture
def walk(window, made, tmp_path, qtbot):
    folder = tmp_path / "review"
    shutil.copytree(made.parent, folder)
    window.resize(1366, 700)
    QAccessible.setActive(True)  # else what Qt remembers of a table is not put right
    yield scenes.Walk(window, folder / made.name, qtbot)
    QAccessible.setActive(False)


def tree(interface):
    """Everything below an object that is not out of sight, itself first."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    for place in range(interface.childCount()):
        yield from tree(interface.child(place))


def wrong(root):
    """What a screen reader could not say, or would say otherwise than it is."""
    for one in tree(QAccessible.queryAccessibleInterface(root)):
        widget, state, role = one.object(), one.state(), one.role()
        name, more = one.text(NAME), one.text(DESCRIPTION)
        what = f"{role.name} {type(widget).__name__} “{name}”"
        if (state.focusable or role in PRESSED) and role is not ROLE.Cell and not name.strip():
            yield "no name", what
        if "<" in more + name:
            yield "markup", what
        if not isinstance(widget, QWidget):
            continue
        held = {
            "no button": isinstance(widget, QAbstractButton) and role not in PRESSED,
            "checked": isinstance(widget, QAbstractButton)
            and bool(state.checked) != widget.isChecked(),
            "its key is not told": isinstance(widget, Button)
            and key_spoken(widget.key) not in name,
            "disabled": bool(state.disabled) == widget.isEnabled(),
            "no field": isinstance(widget, FIELDS)
            and (role is not ROLE.EditableText or bool(state.readOnly) != widget.isReadOnly()),
            "what is taken": isinstance(widget, Segmented) and taken(widget) not in name,
            "a row without a name": role is ROLE.Table and first_row(one) == "",
        }
        yield from ((fault, what) for fault, is_so in held.items() if is_so)


def taken(segmented):
    return dict(segmented._choices)[segmented.current()]


def first_row(table):
    """What is told of the first row of a table, None where it has none."""
    cells = (table.child(place) for place in range(table.childCount()))
    return next((cell.text(NAME).strip() for cell in cells if cell.role() is ROLE.Cell), None)


@pytest.mark.parametrize("file", ["without_file", "project", "copy", "form"])
def test_everything_on_every_page_is_told_as_it_is(walk, file):
    found = {}
    for scene in getattr(walk, file)():
        for fault in wrong(walk.card() or walk.window):
            found.setdefault(fault, scene)
    assert found == {}, "\n".join(map(str, found.items()))


def clickable(root):
    """What can be clicked and is in sight; in a list the keys of the list go to its rows."""
    return {
        w
        for w in root.findChildren(QWidget)
        if isinstance(w, QAbstractButton | Segmented | QLineEdit | QPlainTextEdit)
        and w.isVisible()
        and w.isEnabled()
        and w.focusProxy() is None
        and w.mapTo(w.window(), QPoint(0, 0)).y() >= 0  # else it is in *More* of the header
        and not inside_another(w)
    }


def inside_another(widget):
    """Such as the sign that clears a field."""
    return isinstance(widget.parentWidget(), QLineEdit)


def by_tab(window):
    """What gets the keyboard by Tab, until it has come round, each with what is seen around it.

    One field goes from cell to cell of a table, and is named after each.
    """
    met, named = {}, set()
    for _ in range(MANY):
        focus = QApplication.focusWidget()
        if (focus, focus.accessibleName()) in named:
            return met
        named.add((focus, focus.accessibleName()))
        met.setdefault(focus, picture(window, focus))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come round")


def picture(window, widget):
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6)
    return window.grab(area.intersected(window.rect())).toImage()


@pytest.mark.parametrize("file", ["without_file", "project", "copy", "form"])
def test_tab_reaches_all_that_can_be_clicked_and_shows_where_it_is(walk, file):
    window, found = walk.window, {}
    for scene in getattr(walk, file)():
        root = walk.card() or window.centralWidget()
        if walk.card() is None and window.frame is not None:
            window.frame.focus_page()
        before = QApplication.focusWidget()
        met = by_tab(window)
        for widget in clickable(root) - set(met):
            found.setdefault((scene, "not reached", type(widget).__name__, widget.text()
                              if isinstance(widget, QAbstractButton) else ""), 1)  # fmt: skip
        after = QApplication.focusWidget()
        for widget, seen in met.items():
            if widget is after or not isinstance(widget, QAbstractButton | Segmented | QLineEdit):
                continue
            if picture(window, widget) == seen:
                found.setdefault((scene, "not seen", widget.accessibleName()), 1)
        before.setFocus()
    assert found == {}, "\n".join(map(str, found))


def test_the_record_is_read_and_its_state_told(walk):
    assert walk.window.open(walk.path.with_name("M.screener"))
    page = walk.go("title-abstract")
    record = QAccessible.queryAccessibleInterface(page.reading.record)
    text = record.textInterface()
    words = text.text(0, text.characterCount())
    assert page.model.sheet.unit.title in words
    assert "Most answered." in words
    assert record.state().readOnly


@pytest.fixture
def told(monkeypatch):
    """What a screen reader is told, with how pressing it is."""
    found = []
    send = QAccessible.updateAccessibility

    def hear(event):
        if event.type() is QAccessible.Event.Announcement:
            found.append((event.message(), event.politeness()))
        send(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return found


def test_what_was_saved_is_told_politely_and_what_went_wrong_at_once(walk, qtbot, told):
    how = QAccessible.AnnouncementPoliteness
    assert walk.window.open(walk.path.with_name("M.screener"))
    page = walk.go("title-abstract")
    told.clear()
    qtbot.keyClick(page.reading.record, "i")
    qtbot.waitUntil(lambda: any("Include" in words for words, _ in told))
    assert {pressing for words, pressing in told if "Include" in words} == {how.Polite}
    walk.window.say_problem("The disk is full.")
    assert ("The disk is full.", how.Assertive) in told
