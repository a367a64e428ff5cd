"""A line that is cut: the year that tells two studies apart stays."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.widgets.eliding import elided
from ui.widgets.rail import Rail, StageLine


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("García Márquez et al. 2017", "… 2017"),
        ("García Márquez et al. 2017b", "… 2017b"),
        ("A title that ends in no year at all", "…"),
    ],
)
def test_the_year_of_a_study_is_not_cut(qapp, text, tail):
    metrics = QFontMetrics(QFont())
    width = metrics.horizontalAdvance("García Márquez 2017b")
    shown = elided(metrics, text, width)
    assert shown.endswith(tail)
    assert shown.startswith(text[:4])
    assert metrics.horizontalAdvance(shown) <= width
    assert elided(metrics, text, 1000) == text
    assert metrics.horizontalAdvance(elided(metrics, text, 12)) <= 12


def test_the_whole_name_of_a_stage_that_is_cut_is_shown_to_who_waits_over_it(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    long = "Mixed Methods Appraisal Tool (MMAT 2018)"
    rail.set_stages([StageLine(id="a", name="Report"), StageLine(id="b", name=long)])
    rail.resize(208, 400)
    rail.show()
    stages = rail._list
    found = []
    for row in range(2):
        at = stages.visualRect(stages.model().index(row, 0)).center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, stages.viewport().mapToGlobal(at))
        QApplication.sendEvent(stages.viewport(), event)
        found.append(QToolTip.text())
    QToolTip.hideText()
    assert "Report" not in found[0]
    assert long in found[1]
