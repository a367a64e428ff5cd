"""The list as Qt reads it."""

import pytest
from PySide6.QtCore import Qt

from screener import open_project
from screener.model import Stage
from ui.consensus.meeting import Filter, Meeting
from ui.consensus.model import DiscrepancyList
from ui.consensus.reveal import Level


@pytest.fixture
def meeting(every_kind):
    with open_project(every_kind) as project:
        yield Meeting(project, Stage.TITLE_ABSTRACT)


@pytest.fixture
def model(meeting, qapp):
    shown = DiscrepancyList()
    shown.show_groups(meeting.groups(), meeting.level, meeting.protocol)
    return shown


def test_qt_reads_it_without_complaint(model, qtmodeltester):
    qtmodeltester.check(model)


def test_headings_have_counts_and_cannot_be_chosen(model):
    lines = [model.line(row) for row in range(model.rowCount())]
    headings = {line.heading: line.count for line in lines if not line.unit}
    assert headings["Conflict"] == 3
    for row, line in enumerate(lines):
        enabled = bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsEnabled)
        assert enabled is bool(line.unit)


def test_a_line_speaks_title_decisions_and_dispute(meeting, model):
    row = model.row_of(meeting.order()[3])
    spoken = model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Moderated online forum with trained peers after discharge; include and exclude; "
        "Comparisons"
    )
    assert model.row_of("unknown") == -1


def test_a_settled_line_says_its_outcome(meeting):
    unit = meeting.order()[3]
    meeting.settle(unit, meeting.needs_full_text(), "needs full text")
    meeting.refresh([unit])
    meeting.filter = Filter.SETTLED
    model = DiscrepancyList()
    model.show_groups(meeting.groups(), Level.EVERYTHING, meeting.protocol)
    assert model.line(1).spoken.endswith("settled: include")
    model.show_groups(meeting.groups(), Level.RECORD, meeting.protocol)
    assert model.line(1).outcome == ""


def test_the_same_list_again_is_no_reset(meeting, model, qtbot):
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_groups(meeting.groups(), meeting.level, meeting.protocol)
