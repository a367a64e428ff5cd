"""The list as Qt reads it."""

import pytest
from PySide6.QtCore import Qt

from screener import open_project
from screener.consensus.reveal import Level
from screener.model import Outcome, Stage
from ui.consensus.meeting import Filter, Meeting
from ui.consensus.model import DiscrepancyList
from ui.consensus.painter import Choice


@pytest.fixture
def meeting(every_kind):
    with open_project(every_kind) as project:
        yield Meeting(project, Stage.TITLE_ABSTRACT)


@pytest.fixture
def model(meeting, qapp):
    shown = DiscrepancyList()
    shown.show_meeting(meeting)
    return shown


def test_qt_reads_it_without_complaint(model, qtmodeltester):
    qtmodeltester.check(model)


def test_headings_have_counts_and_cannot_be_chosen(model):
    lines = [model.row(row) for row in range(model.rowCount())]
    headings = {line.heading: line.count for line in lines if line.at is None}
    assert headings["Conflict"] == 3
    for row, line in enumerate(lines):
        enabled = bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled)
        assert enabled is (line.at is not None)


def test_a_line_speaks_title_decisions_and_dispute(meeting, model):
    row = model.row_of(meeting.order()[3])
    spoken = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Moderated online forum with trained peers after discharge; include and exclude; "
        "Comparisons"
    )
    assert model.row_of(None) == -1


def test_a_settled_line_says_its_outcome(meeting):
    at = meeting.order()[3]
    meeting.settle(at, Choice(value=Outcome.INCLUDE), "needs full text")
    meeting.refresh([at.subject])
    meeting.filter = Filter.SETTLED
    model = DiscrepancyList()
    model.show_meeting(meeting)
    assert model.row(1).spoken.endswith("settled: include")
    meeting.reveal(Level.RECORD)
    model.show_meeting(meeting)
    assert (model.row(0).at, model.row(0).below) == (at, "")


def test_a_long_list_is_read_where_it_is_looked_at(tmp_path, planted_review, planted_screen, qapp):
    path = planted_review(tmp_path, [f"Letters from peers {n}" for n in range(1, 201)])
    for name, verdict in (("a", "include"), ("b", "exclude")):
        planted_screen(tmp_path / f"{name}.screener", [(verdict, "", {})] * 200)
    with open_project(path) as project:
        project.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        meeting = Meeting(project, Stage.TITLE_ABSTRACT)
        model = DiscrepancyList()
        model.show_meeting(meeting)
        order = meeting.order()
        assert model.rowCount() == 201
        assert not model._known
        assert model.row(100).title == "Letters from peers 100"
        assert len(model._known) <= 64
        assert model.item(100) == order[99]


def test_the_same_list_again_is_no_reset(meeting, model, qtbot):
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_meeting(meeting)
