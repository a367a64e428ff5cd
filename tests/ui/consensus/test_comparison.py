"""The comparison beside the record: what stands where, what is heard, what ← and → take."""

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.consensus.comparison import Compared, Comparison, taken_by
from ui.consensus.history import Settlement
from ui.consensus.item_painter import Cell, Column, ComparedRow
from ui.widgets.marks import Mark

MAYA = Column(title="Maya", value="include", event="of Maya")
JONAS = Column(title="Jonas", value="exclude", event="of Jonas")
IDA = Column(title="Ida", value="exclude", event="of Ida")
SETTLED = Column(title="Settled", value="include", event="of the meeting", settled=True)
NOBODY = Column(title="Olu", value="none")


def row(label, columns, **more):
    cells = [Cell(words=f"{label} {c.title}", spoken=f"{label}: {c.title}") for c in columns]
    return ComparedRow(label=label, cells=cells, **more)


@pytest.fixture
def compare(qtbot):
    """Show columns, each with a decision and what lies behind it."""

    made = []  # what nothing holds is deleted

    def show(*columns, rows=(), **more):
        shown = Comparison()
        made.append(shown)
        qtbot.addWidget(shown)
        shown.resize(600, 700)
        first = row("Decision", columns)
        compared = Compared(noun="decision", columns=columns, rows=[first, *rows], **more)
        shown.show_compared(compared)
        shown.show()
        qtbot.waitExposed(shown)
        return shown

    return show


def at(shown, text):
    QApplication.processEvents()  # words that are wrapped ask for their room anew
    shown.widget().layout().activate()
    (label,) = (one for one in shown.findChildren(QLabel) if one.text() == text)
    return label.mapTo(shown.widget(), label.rect().topLeft())


def heard(shown):
    return {w.accessibleName() for w in shown.findChildren(QWidget)} - {""}


@pytest.mark.parametrize(
    ("columns", "left", "right"),
    [
        ((MAYA, JONAS), "of Maya", "of Jonas"),
        ((MAYA, JONAS, IDA), "of Maya", "of Ida"),
        ((MAYA, NOBODY, JONAS), "of Maya", "of Jonas"),
        ((MAYA, SETTLED), "of Maya", ""),
        ((NOBODY, SETTLED), "", ""),
        ((), "", ""),
    ],
)
def test_the_arrows_take_the_first_and_the_last_that_somebody_recorded(columns, left, right):
    assert (taken_by(columns, "left"), taken_by(columns, "right")) == (left, right)


def test_what_somebody_recorded_can_be_taken_and_nothing_else(compare, qtbot):
    shown = compare(MAYA, IDA, NOBODY, JONAS, SETTLED)
    assert [(b.objectName(), b.key) for b in shown.takes] == [
        ("of Maya", "Left"),
        ("of Ida", ""),
        ("of Jonas", "Right"),
    ]
    names = [b.accessibleName() for b in shown.takes]
    assert [name.startswith("Take the decision of ") for name in names] == [True] * 3
    assert ["key" in name for name in names] == [True, False, True]
    with qtbot.waitSignal(shown.taken) as told:
        shown.takes[1].click()
    assert told.args == ["of Ida"]


def test_each_thing_stands_in_its_column_and_its_row(compare):
    shown = compare(MAYA, JONAS, rows=[row("Reason", (MAYA, JONAS))])
    for title in ("Maya", "Jonas"):
        assert at(shown, f"Decision {title}").x() == at(shown, f"Reason {title}").x()
        assert at(shown, title).y() < at(shown, f"Decision {title}").y()
        assert at(shown, f"Decision {title}").y() < at(shown, f"Reason {title}").y()
    assert at(shown, "Decision").x() < at(shown, "Decision Maya").x()
    assert at(shown, "Decision Maya").x() < at(shown, "Decision Jonas").x()
    assert {"Maya, column", "Maya, Decision: Maya", "Jonas, Reason: Jonas"} <= heard(shown)


def test_a_row_that_stands_apart_has_room_above_it(compare):
    rows = [row("Page", (MAYA,)), row("Reason", (MAYA,))]
    close = compare(MAYA, rows=rows)
    apart = compare(MAYA, rows=[rows[0], row("Reason", (MAYA,), gap=True)])
    assert at(close, "Page Maya") == at(apart, "Page Maya")
    assert at(apart, "Reason Maya").y() >= at(close, "Reason Maya").y() + 8


def test_what_two_meetings_settled_stands_above_with_room_below(compare):
    settled = Settlement(verdict="include", words="Include", who="Maya, 21 May", why="“Read.”")
    without, one = compare(MAYA), compare(MAYA, settlements=[settled])
    two = compare(MAYA, settlements=[settled, settled])
    each = at(two, "Maya").y() - at(one, "Maya").y()
    assert each > 0
    assert at(one, "Maya").y() == at(without, "Maya").y() + each + 8
    assert "Settled: Include, Maya, 21 May, “Read.”" in heard(one)
    tops = [at(one, text).y() for text in ("Include", "Maya, 21 May", "“Read.”")]
    assert tops == sorted(tops)
    marks = one.widget().findChildren(Mark)
    assert len(marks) == 1
    plain = Settlement(verdict="", words="12 weeks")
    assert not compare(MAYA, settlements=[plain]).widget().findChildren(Mark)
    assert "Settled: 12 weeks" in heard(compare(MAYA, settlements=[plain]))


def test_a_warning_stands_first_and_is_heard(compare):
    shown = compare(MAYA, warning="Settle it once more.")
    assert at(shown, "Settle it once more.").y() < at(shown, "Maya").y()
    assert "Settle it once more." in heard(shown)


def test_a_cell_has_its_mark_and_an_empty_one_is_not_there(compare):
    marked = Cell(words="Include", spoken="decision: include", mark="include")
    rows = [ComparedRow(label="Note", cells=[None, marked])]
    shown = compare(MAYA, JONAS, rows=rows)
    assert len(shown.widget().findChildren(Mark)) == 1
    assert at(shown, "Include").x() > at(shown, "Decision Maya").x()
    assert not any("Maya, decision" in name for name in heard(shown))


def test_for_a_projector_words_and_marks_are_larger(compare):
    marked = Cell(words="Include", spoken="decision: include", mark="include")
    rows = [ComparedRow(label="Again", cells=[marked])]
    shown = compare(MAYA, rows=rows)

    def sizes():
        sheet = shown.widget()
        words = {w.text(): QFontInfo(w.font()).pixelSize() for w in sheet.findChildren(QLabel)}
        return words, {m.sizeHint().width() for m in sheet.findChildren(Mark)}

    words, marks = sizes()
    shown.set_large(True)
    assert sizes() == (words, marks), "from the next item on"
    compared = Compared(noun="decision", columns=[MAYA], rows=[row("Decision", [MAYA]), *rows])
    shown.show_compared(compared)
    larger, larger_marks = sizes()
    assert all(larger[text] > size for text, size in words.items()), (words, larger)
    assert min(larger_marks) > max(marks)
