"""Fields, the segmented control, figures and differing words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.widgets.diffcell import DiffCell
from ui.widgets.dotplot import DotPlot, DotRow
from ui.widgets.fields import ChoiceEditor, ChoiceField, PlainEditor
from ui.widgets.record import RecordView
from ui.widgets.segmented import Segmented
from ui.widgets.theme import Theme, look_of
from ui.widgets.tokens import SCALES
from ui.widgets.words import Column


def test_an_editor_takes_plain_text_only(qtbot):
    editor = PlainEditor()
    qtbot.addWidget(editor)
    foreign = QMimeData()
    foreign.setHtml("<b>bold</b><img src='x.png'>")
    foreign.setText("bold")
    editor.insertFromMimeData(foreign)
    assert editor.toPlainText() == "bold"


def test_choice_field(qtbot):
    field = ChoiceField("Kind", [("a", "database"), ("b", "register")], chosen="b")
    qtbot.addWidget(field)
    assert field.choice() == "b"
    with qtbot.waitSignal(field.changed, check_params_cb=lambda id_: id_ == "a"):
        field.set_choice("a")


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("count", [2, 3, 10])
def test_every_choice_of_a_list_that_opens_is_seen_whole(qtbot, qapp, scale, count):
    look_of(qapp).set_theme(Theme(scale=scale))
    field = ChoiceField("Kind", [(str(n), f"choice {n}") for n in range(count)])
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)  # its edge is another then
    QTest.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    view = field.edit.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(view.model().index(count - 1, 0))
    assert view.verticalScrollBar().maximum() == 0
    assert last.bottom() <= view.viewport().rect().bottom()
    field.edit.hidePopup()


def test_segmented_moves_with_arrows_and_clicks(qtbot):
    control = Segmented([("0", "record"), ("1", "decisions"), ("2", "names")], name="Show")
    qtbot.addWidget(control)
    control.show()
    with qtbot.waitSignal(control.chosen, check_params_cb=lambda id_: id_ == "1"):
        qtbot.keyClick(control, Qt.Key.Key_Right)
    assert control.accessibleName() == "Show: decisions"
    middle = control.rect().center()
    middle.setX(control.width() - 5)
    with qtbot.waitSignal(control.chosen, check_params_cb=lambda id_: id_ == "2"):
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.assertNotEmitted(control.chosen):
        qtbot.keyClick(control, Qt.Key.Key_Right)
        control.choose("0")
    assert control.current() == "0"


def test_the_plot_is_spoken(qtbot):
    plot = DotPlot("Figures")
    qtbot.addWidget(plot)
    plot.set_rows(
        [
            DotRow(name="Kappa", value=0.8, low=0.7, high=0.9, figure="0.80",
                   interval="0.70 to 0.90"),
            DotRow(name="Outcomes", note="not defined"),
        ]
    )  # fmt: skip
    assert plot.accessibleDescription() == "Kappa 0.80 0.70 to 0.90; Outcomes not defined"


def test_differing_words_are_marked_and_spoken(qtbot):
    cell = DiffCell("😀 Part I, feasibility", [(7, 8)])
    qtbot.addWidget(cell)
    assert cell.accessibleDescription() == "different: I"
    cell.resize(300, 40)
    marked = cell.grab().toImage()
    cell.set_text("😀 Part I, feasibility")
    assert cell.grab().toImage() != marked
    assert cell.accessibleDescription() == ""
    cell.set_text("")
    assert cell.accessibleName() == "none"


def test_text_needs_more_lines_where_it_is_narrow(qtbot):
    cell = DiffCell("many words that do not fit into one line of text")
    qtbot.addWidget(cell)
    assert cell.heightForWidth(120) > cell.heightForWidth(600)
    assert cell.hasHeightForWidth()


def test_a_text_from_right_to_left_stands_at_the_right(qtbot):
    for text, at_right in (("تأثير الدعم", True), ("Peers", False)):
        cell = DiffCell(text)
        qtbot.addWidget(cell)
        layout, _ = cell._laid(400)
        line = layout.lineAt(0).naturalTextRect()
        assert (line.right() > 399, line.left() < 1) == (at_right, not at_right)


@pytest.mark.parametrize("kind", [ChoiceEditor, PlainEditor, RecordView])
def test_the_wheel_does_not_bring_the_keyboard(qtbot, kind):
    """Else the next Tab, or a letter that decides, comes from where nobody pressed anything."""
    window, field = QWidget(), QLineEdit()
    other = kind()
    Column(window).add(field, other)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    target = getattr(other, "viewport", lambda: other)()
    middle = QPointF(target.rect().center())
    QApplication.sendEvent(
        target,
        QWheelEvent(
            middle, QPointF(target.mapToGlobal(target.rect().center())), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
    assert not other.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
    assert field.hasFocus()
