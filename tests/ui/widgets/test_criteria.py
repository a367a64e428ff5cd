from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener.model import Criterion, Element, ExclusionReason
from ui.widgets.button import Button
from ui.widgets.clamped import ClampedWords
from ui.widgets.criteria import CriteriaPanel, ReasonLines

NAMES = ("participants", "interventions", "comparisons")
CRITERIA = [Criterion(id=n, element=Element(n), include="yes", exclude=f"no {n}") for n in NAMES]
REASONS = [ExclusionReason(id="type", text="Publication type", number=4)]


@pytest.fixture
def panel(qtbot):
    panel = CriteriaPanel()
    qtbot.addWidget(panel)
    panel.set_criteria(CRITERIA, REASONS)
    panel.resize(304, 700)
    panel.show()
    return panel


def test_a_judgement_is_told_and_the_mark_moves_on(panel, qtbot):
    assert panel.marked == "participants"
    with qtbot.waitSignal(
        panel.judged, check_params_cb=lambda c, j: (c, j) == ("participants", "met")
    ):
        panel.judge("met")
    assert panel.marked == "interventions"
    assert panel.judgements() == {"participants": "met"}


def test_the_same_judgement_again_clears_it(panel, qtbot):
    panel.judge("unclear")
    panel.move_mark(-1)
    with qtbot.waitSignal(panel.judged, check_params_cb=lambda c, j: j == ""):
        panel.judge("unclear")
    assert panel.marked == "participants"
    assert panel.judgements() == {}


def test_the_mark_stays_at_both_ends(panel):
    panel.move_mark(-1)
    assert panel.marked == "participants"
    for _ in range(5):
        panel.move_mark(1)
    assert panel.marked == "comparisons"
    panel.reset_mark()
    assert panel.marked == "participants"


def test_only_the_marked_criterion_shows_its_exclude_text_and_keys(panel):
    panel.move_mark(1)
    shown = [row._exclude.isVisible() and row._judging.isVisible() for row in panel._rows]
    assert shown == [False, True, False]


def test_judgements_of_the_next_record_replace_the_former(panel):
    panel.set_judgements({"participants": "met", "comparisons": "not-met"})
    panel.set_judgements({"interventions": "unclear"})
    assert panel.judgements() == {"interventions": "unclear"}
    assert panel._rows[1].accessibleName() == "Interventions, unclear"


def test_numbers_choose_a_reason(panel, qtbot):
    for key, reason in (("2", "interventions"), ("4", "type")):
        button = next(b for b in panel.findChildren(Button) if b.key == key)
        with qtbot.waitSignal(panel.reason_chosen, check_params_cb=lambda r, w=reason: r == w):
            button.click()


def test_a_click_judges_and_marks(panel, qtbot):
    panel.move_mark(1)
    button = next(b for b in panel._rows[1].findChildren(Button) if b.objectName() == "not-met")
    with qtbot.waitSignal(
        panel.judged, check_params_cb=lambda *a: a == ("interventions", "not-met")
    ):
        button.click()
    qtbot.mouseClick(panel._rows[0], Qt.MouseButton.LeftButton)
    assert panel.marked == "participants"


def test_read_only_takes_nothing(panel, qtbot):
    panel.set_read_only(True)
    with qtbot.assertNotEmitted(panel.judged):
        panel.judge("met")
    assert not next(b for b in panel.findChildren(Button) if b.key == "4").isEnabled()


def test_no_criteria_at_all(panel):
    panel.set_criteria([])
    panel.judge("met")
    panel.move_mark(1)
    assert panel.marked == ""


def test_other_keys_are_shown(panel):
    panel.set_keys("Q", "2", "3", "F")
    assert {"Q", "F"} <= {b.key for b in panel.findChildren(Button)}
    assert panel.fold.key == "F"


def test_reason_lines_choose(qtbot):
    lines = ReasonLines()
    qtbot.addWidget(lines)
    lines.set_reasons([ExclusionReason(id="a", text="One", number=1), *REASONS])
    lines.resize(600, 60)
    lines.show()
    with qtbot.waitSignal(lines.chosen, check_params_cb=lambda r: r == "type"):
        lines.findChildren(Button)[1].click()


def test_a_criterion_that_is_not_marked_shows_two_lines(panel, qtbot):
    long = "Adults with a serious mental illness, in groups of many kinds. " * 5
    panel.set_criteria(
        [Criterion(id=n, element=Element(n), include=long) for n in NAMES],
        [],
    )
    texts = [w for w in panel.findChildren(ClampedWords) if w.text() == long]
    qtbot.waitUntil(lambda: texts[0].height() > texts[1].height() > 0)
    assert texts[1].shown().count("\n") == 1
    assert texts[1].shown().endswith("…")
    panel.move_mark(1)
    qtbot.waitUntil(lambda: texts[1].height() > texts[0].height())
    assert " ".join(texts[1].shown().split()) == long.strip()
