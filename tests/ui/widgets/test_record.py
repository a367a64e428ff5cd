from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QTextDocument

from ui.widgets.record import RecordText, RecordView
from ui.widgets.theme import Look, Theme

TEXT = RecordText(
    title="Peer support by telephone",
    byline=("Okafor N", "2017"),
    abstract="BACKGROUND: " + "Peers help other people. " * 30 + "METHODS: We asked peers.",
    keywords=("peers",),
)


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    element: str


@pytest.fixture
def view(qtbot, qapp):
    look = Look.install(qapp, Theme(scheme="light"))
    view = RecordView()
    qtbot.addWidget(view)
    view.resize(740, 400)
    view.show()
    yield view
    look.set_theme(Theme(scheme="light"))


def colours(view):
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


HOSTILE = [
    "<img src='file:///etc/passwd'>",
    "<img src=x onerror=alert(1)>",
    "![x](file:///etc/passwd)",
    "<a href='file:///etc/passwd'>open</a>",
    "[link](http://example.invalid)",
    "<script>alert(1)</script>",
    "<link rel='stylesheet' href='file:///nowhere/x.css'>",
    "<style>@import url(file:///nowhere/x.css);</style>",
    "<table><tr><td background='x.png'>cell",
    "<object data='file:///etc/passwd'></object>",
    "<qt><img src=':/qt-project.org/styles/commonstyle/images/x.png'></qt>",
    "<!DOCTYPE html><html><body background='a.png'>",
    "<iframe src='file:///'></iframe>",
    "&lt;b&gt;not bold&lt;/b&gt;",
    "data:image/png;base64,iVBORw0KGgo=",
    "\ufffc\ufffc object replacement",
    "\ufdd0 frame \ufdd1 end \ufdd1",
    "paragraph\u2029separator\u2028line",
    "null\x00bell\x07escape\x1b[31mred",
    "\u202eoverride\u202c <img src=\u202ex>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_foreign_text_is_only_text(view, monkeypatch, payload):
    asked = []
    monkeypatch.setattr(RecordView, "loadResource", lambda self, kind, name: asked.append(name))
    view.show_record(
        RecordText(title=payload, byline=(payload,), quiet=(payload,), abstract=payload,
                   keywords=(payload,))
    )  # fmt: skip
    view.grab()
    assert asked == []
    shown = view.document().toPlainText()
    word = max((part for part in payload.split() if part.isascii() and part.isprintable()),
               key=len, default="")  # fmt: skip
    assert shown.count(word) >= 5
    assert not view.document().begin().charFormat().isAnchor()


def test_nothing_is_loaded(view):
    assert view.loadResource(2, "file:///etc/passwd") is None
    assert not view.openLinks() if hasattr(view, "openLinks") else True
    assert not view.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByMouse


def test_highlights_are_painted_and_not_written(view):
    span = Span(0, 12, "interventions")
    view.show_record(TEXT, title=(span,))
    text = view.document().toHtml()
    assert "#c9590b" in colours(view)
    view.set_highlighted(False)
    assert "#c9590b" not in colours(view)
    assert view.document().toHtml() == text
    assert view.toPlainText().startswith("Peer support by telephone")


def test_only_the_elements_asked_for_are_highlighted(view):
    spans = (Span(0, 4, "participants"), Span(5, 12, "interventions"))
    view.show_record(TEXT, title=spans)
    view.set_elements(frozenset({"participants"}))
    assert "#1b57b0" in colours(view)
    assert "#c9590b" not in colours(view)
    view.set_elements(None)
    assert "#c9590b" in colours(view)


def test_the_next_record_begins_at_its_top(view):
    view.show_record(TEXT)
    view.resize(740, 150)
    assert view.scroll_page(1)
    assert view.verticalScrollBar().value() > 0
    view.show_record(TEXT)
    assert view.verticalScrollBar().value() == 0


def test_keys_scroll_and_letters_are_left_to_the_page(view, qtbot):
    view.show_record(TEXT)
    view.resize(740, 150)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    lower = view.verticalScrollBar().value()
    assert lower > 0
    before = view.toPlainText()
    for key in (Qt.Key.Key_I, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        qtbot.keyClick(view, key)
    assert view.toPlainText() == before
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert view.verticalScrollBar().value() < lower


def test_the_column_stands_still_when_the_scroll_bar_comes_and_goes(view):
    view.resize(1400, 400)
    view.show_record(RecordText(title="Short"))
    assert not view.verticalScrollBar().isVisible()
    short = view.column()
    view.show_record(RecordText(title="Long", abstract="Peers help other people. " * 400))
    assert view.verticalScrollBar().isVisible()
    assert view.column() == short
    assert view.horizontalScrollBar().maximum() == 0


def test_the_column_is_in_the_middle_of_a_wide_page(view, qtbot):
    view.show_record(TEXT)
    with qtbot.waitSignal(view.column_moved):
        view.resize(1200, 400)
    left, width = view.column()
    assert width == 696
    assert abs(left - (1200 - 696) / 2) < 10
    view.resize(740, 400)
    assert view.column()[0] == 0


def test_headings_move_above_where_it_is_narrow(view):
    view.show_record(TEXT)
    tables = len(view.document().rootFrame().childFrames())
    view.resize(420, 400)
    assert tables == 1
    assert view.document().rootFrame().childFrames() == []
    assert "Background" in view.toPlainText()


def test_there_is_no_line_cut_off_at_the_bottom(view):
    view.resize(740, 150)
    view.show_record(TEXT)
    image = view.grab().toImage()
    last = {image.pixelColor(x, image.height() - 1).name() for x in range(0, 700, 3)}
    assert last == {"#fdfcfa"}


def test_selected_words_are_one_line_of_plain_text(view, qtbot):
    view.show_record(TEXT)
    view.selectAll()
    assert view.selected_text().startswith("Peer support by telephone Okafor N · 2017")
    assert not view.createMimeDataFromSelection().hasHtml()


def test_focus_is_told(view, qtbot):
    view.show_record(TEXT)
    qtbot.waitActive(view)
    view.setFocus()
    with qtbot.waitSignal(view.focused, check_params_cb=lambda focused: not focused):
        view.clearFocus()
    with qtbot.waitSignal(view.focused, check_params_cb=bool):
        view.setFocus()
    assert view.accessibleName() == "Record"


def test_a_click_in_a_highlight_selects_nothing_else(view, qtbot):
    view.show_record(TEXT, title=(Span(0, 4, "participants"),))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert view.selected_text() == ""


def test_a_record_that_was_shown_is_not_kept(view, qapp):
    for _ in range(30):
        view.show_record(TEXT)
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(view.findChildren(QTextDocument)) == 1
    assert view.findChildren(QTextDocument)[0] is view.document()
