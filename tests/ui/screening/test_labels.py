"""Labels of the reviewer's own: written with a key, shown quietly, a queue of their own."""

import pytest
from PySide6.QtCore import Qt

from screener.screening.screening import Queue
from ui.screening.labels import split

KEY = Qt.Key


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("pilot", ["pilot"]),
        (" to  discuss , pilot,, pilot", ["to discuss", "pilot"]),
        (" , ", []),
    ],
)
def test_commas_part_labels(text, labels):
    assert split(text) == labels


def labels_of(page, unit=""):
    labels = page.session.project.screening.notes.labels()
    return [name for name, units in labels.items() if (unit or page.model.sheet.unit.id) in units]


def test_labels_are_written_shown_and_taken_away(page, press, qtbot):
    area = page.reading.labels
    press("t")
    assert area.field.hasFocus()
    qtbot.keyClicks(area.field, "pilot, i exclude 2")
    press(KEY.Key_Return)
    assert labels_of(page) == ["pilot", "i exclude 2"]
    assert page.model.decided == 0
    assert page.reading.record.hasFocus()
    assert area._line.text() == "Labels: pilot, i exclude 2"
    assert page.session.echo.sentence.startswith("Labels: pilot, i exclude 2: “Peer support")
    press("j")
    assert area.isHidden()
    press("t")
    assert area._known.text() == "Given so far: pilot, i exclude 2"
    press(KEY.Key_Escape, "k")
    assert area.isVisible()
    press("t", *[KEY.Key_Backspace] * 60, KEY.Key_Return)
    assert labels_of(page) == []
    assert area.isHidden()


def test_escape_keeps_what_was_typed_as_it_does_a_note(page, press, qtbot):
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    press(KEY.Key_Escape)
    assert labels_of(page) == ["pilot"]
    assert page.reading.record.hasFocus()
    press("t", KEY.Key_Escape)
    assert labels_of(page) == ["pilot"]


def test_what_was_written_is_kept_when_a_button_decides(page, press, qtbot):
    unit = page.model.sheet.unit.id
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    qtbot.mouseClick(page.reading.decisions.buttons["include"], Qt.MouseButton.LeftButton)
    assert labels_of(page, unit) == ["pilot"]
    assert page.model.decided == 1


def test_labels_are_a_queue(page, press, qtbot):
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    press(KEY.Key_Return)
    page._on_queue_chosen(Queue.LABEL, "pilot")
    assert page.header.queue.text() == "Label: pilot 1"


def test_labels_are_taken_back_and_repeated_by_their_name(page, press, qtbot):
    chord = Qt.KeyboardModifier.ControlModifier
    area, unit = page.reading.labels, page.model.sheet.unit.id
    press("t")
    qtbot.keyClicks(area.field, "pilot")
    press(KEY.Key_Return)
    assert page.session.echo.can_take_back
    press("i", "t")  # another record, labelled after a decision
    qtbot.keyClicks(area.field, "pilot, later")
    press(KEY.Key_Return)
    press(KEY.Key_Z, modifiers=chord)
    assert page.session.echo.sentence.startswith("Taken back: Labels  ·  “")
    assert labels_of(page) == []
    assert area.isHidden()
    press(KEY.Key_Z, modifiers=chord)
    assert (page.model.decided, page.model.sheet.unit.id) == (0, unit)
    assert labels_of(page) == ["pilot"], "the decision was what was done before"
    press(KEY.Key_Z, modifiers=chord)
    assert labels_of(page) == []
    assert area.isHidden()
    press(KEY.Key_Y, modifiers=chord)
    assert labels_of(page) == ["pilot"]
    assert area._line.text() == "Labels: pilot"


def test_labels_taken_away_come_back(page, press, qtbot):
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    press(KEY.Key_Return, "t", *[KEY.Key_Backspace] * 5, KEY.Key_Return)
    assert labels_of(page) == []
    press(KEY.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.session.echo.sentence.startswith("Taken back: Take the labels away")
    assert labels_of(page) == ["pilot"]
    assert page.reading.labels._line.text() == "Labels: pilot"
