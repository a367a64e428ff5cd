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
    assert page.session.echo.sentence.startswith("Labels: pilot, i exclude 2  ·  “Peer support")
    press("j")
    assert area.isHidden()
    press("t")
    assert area._known.text() == "Given so far: pilot, i exclude 2"
    press(KEY.Key_Escape, "k")
    assert area.isVisible()
    press("t", *[KEY.Key_Backspace] * 60, KEY.Key_Return)
    assert labels_of(page) == []
    assert area.isHidden()


def test_escape_leaves_them_as_they_were(page, press, qtbot):
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    press(KEY.Key_Escape)
    assert labels_of(page) == []
    assert page.reading.record.hasFocus()


def test_what_was_written_is_kept_when_a_button_decides(page, press, qtbot):
    unit = page.model.sheet.unit.id
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    qtbot.mouseClick(page.reading.decisions.buttons["include"], Qt.MouseButton.LeftButton)
    assert labels_of(page, unit) == ["pilot"]
    assert page.model.decided == 1


def test_labels_are_a_queue_and_nobody_elses_business(page, press, qtbot):
    before = page.session.project.counts()
    press("t")
    qtbot.keyClicks(page.reading.labels.field, "pilot")
    press(KEY.Key_Return)
    assert page.session.project.counts() == before, "no event says them"
    page._on_queue_chosen(Queue.LABEL, "pilot")
    assert page.header.queue.text() == "Label: pilot 1"
