"""Every button of the consensus page leads where its words say; what is dropped is taken once."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.model import Stage
from ui.consensus.page import ConsensusPage

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def picked():
    """What the file dialog gives next."""
    return []


@pytest.fixture
def on(session_on, show, picked):
    """Show the page of a project."""
    return lambda path: show(ConsensusPage(session_on(path), pick=lambda *_: list(picked)))


@pytest.fixture
def files(screened):
    return [screened.with_name(f"{name}.screener") for name in "ab"]


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def checked(qtbot, page):
    qtbot.waitUntil(lambda: not page.merge.busy)


def titles(page):
    return [column.title for column in page.merge.columns]


# --- merging -------------------------------------------------------------------------------------


def test_other_files_take_the_place_of_those_that_are_shown(on, screened, files, picked, qtbot):
    page = on(screened)
    page.check_files(files[:1])
    checked(qtbot, page)
    picked[:] = files[1:]
    click(page.merge.choose)
    checked(qtbot, page)
    assert titles(page) == ["Jonas Roth"]
    picked.clear()
    click(page.merge.choose)
    assert not page.merge.busy
    assert titles(page) == ["Jonas Roth"]


def test_back_leaves_the_report(on, screened, files, qtbot):
    page = on(screened)
    page.check_files(files)
    checked(qtbot, page)
    click(page.merge.back)
    assert page.current() is page._empty


def test_the_merge_button_merges(on, screened, files, qtbot):
    page = on(screened)
    page.check_files(files)
    checked(qtbot, page)
    with qtbot.waitSignal(page.merge.merged):
        click(page.merge.button)
    assert page.current() is page.meeting
    assert page.merge.columns == []


def test_while_files_are_read_nothing_can_be_pressed(on, screened, files, qtbot):
    page = on(screened)
    merge = page.merge
    assert not merge.button.isEnabled()
    assert not merge.save.isEnabled()
    page.check_files(files)
    for button in (merge.button, merge.choose, merge.save):
        assert not button.isEnabled()
    checked(qtbot, page)
    for button in (merge.button, merge.choose, merge.save):
        assert button.isEnabled()


@pytest.mark.parametrize("work", ["check", "merge"])
def test_files_are_read_as_work_that_can_be_stopped(on, screened, files, qtbot, work):
    page = on(screened)
    session = page.session
    if work == "merge":
        page.check_files(files)
        checked(qtbot, page)
    before = screened.read_bytes()
    stopped = []
    session.task_started.connect(lambda task: task.stop())
    session.task_started.connect(lambda task: task.cancelled.connect(lambda: stopped.append(work)))
    if work == "merge":
        page.merge.merge()
    else:
        page.check_files(files)
    checked(qtbot, page)
    assert stopped == [work]
    assert page.current() is page.merge
    assert screened.read_bytes() == before


@pytest.mark.parametrize("part", ["page", "merge"])
def test_what_is_dropped_is_taken_as_proposed(on, screened, files, qtbot, part):
    page = on(screened)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(f)) for f in files])
    event = QDropEvent(
        QPointF(page.rect().center()),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    (page if part == "page" else page.merge).dropEvent(event)
    assert event.isAccepted()
    checked(qtbot, page)
    assert titles(page) == ["Maya Lindqvist", "Jonas Roth"]


def test_what_lies_beside_the_project_is_checked_when_that_is_wanted(on, screened, qtbot):
    page = on(screened)
    double = screened.with_name("project (1).screener")
    double.write_bytes(screened.read_bytes())
    with open_project(double) as project:
        project.consensus.add_person("Ida Berg")
    assert page.session.project.doubles() == [double]
    page.show_at("merge-doubles")
    checked(qtbot, page)
    assert [column.path for column in page.merge.columns] == [double]


# --- a stage that is hidden ----------------------------------------------------------------------


@pytest.fixture
def hidden(on, tmp_path, planted_review, planted_screen, picked):
    path = planted_review(tmp_path)
    planted_screen(tmp_path / "a.screener", [("include", "", {})] * 4)
    page = on(path)
    page.session.project.consensus.merge(tmp_path / "a.screener")
    assert page.current() is page.hidden
    return page


def test_more_files_can_be_merged_into_a_hidden_stage(hidden, picked, tmp_path, qtbot):
    assert hidden.hidden.merge.hasFocus()
    picked[:] = [tmp_path / "b.screener"]
    click(hidden.hidden.merge)
    checked(qtbot, hidden)
    assert hidden.current() is hidden.merge
    assert titles(hidden) == ["Jonas Roth"]


def test_who_waits_opens_nothing_early_and_may_ask_again(hidden):
    card = hidden.hidden
    assert not card.sure.isVisible()
    click(card.early)
    assert card.sure.isVisible()
    click(card.wait)
    assert not card.sure.isVisible()
    assert not hidden.session.project.consensus.visible(TA)
    click(card.early)
    hidden.show_meeting()
    assert not card.sure.isVisible(), "what is asked is asked anew"


# --- meeting and agreement -----------------------------------------------------------------------


def test_the_header_of_the_meeting_leads_to_agreement_search_and_files(on, merged, picked, qtbot):
    page = on(merged)
    header = page.meeting.header
    click(header.search)
    assert page.meeting.search.hasFocus()
    click(header.agreement)
    assert page.current() is page.agreement
    click(page.agreement.back)
    assert page.current() is page.meeting
    picked[:] = [merged.with_name("a.screener")]
    click(header.merge)
    checked(qtbot, page)
    assert page.current() is page.merge


def test_the_header_shows_the_keys_that_are_in_force(on, merged):
    page = on(merged)
    header, keys = page.meeting.header, page.session.keys
    assert (header.agreement.key, header.search.key) == (
        keys.first("agreement"),
        keys.first("find-item"),
    )
    keys.remap("agreement", "Z")
    keys.remap("find-item", "Y")
    page.take_keys()
    assert (header.agreement.key, header.search.key) == ("Z", "Y")


def test_the_tables_of_agreement_are_chosen_by_their_control(on, merged):
    page = on(merged)
    page.show_agreement()
    agreement = page.agreement
    assert len(agreement.table.cells) == 4
    agreement.segments.setFocus()
    QTest.keyClick(agreement.segments, Qt.Key.Key_Right)
    assert len(agreement.table.cells) == 9
    QTest.keyClick(agreement.segments, Qt.Key.Key_Left)
    assert len(agreement.table.cells) == 4


def test_from_the_records_behind_a_number_one_goes_back_step_by_step(on, merged):
    page = on(merged)
    page.show_agreement()
    page.agreement.table.cells["include", "exclude"].click()
    click(page.records.back)
    assert page.current() is page.agreement
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.current() is page.meeting


def test_what_changed_while_agreement_was_shown_is_in_the_meeting_afterwards(on, merged):
    page = on(merged)
    page.show_agreement()
    consensus = page.session.project.consensus
    unit = page.session.project.units.ids()[0]
    consensus.resolve(unit, "include", step=TA, why="Peers", by=["Maya Lindqvist"])
    assert page.meeting.meeting.settled == 0
    click(page.agreement.back)
    assert page.meeting.meeting.settled == 1


def test_all_steps_that_are_open_are_offered_and_the_one_shown_is_marked(on, full_text):
    page = on(full_text)
    chooser = page.meeting.header.steps
    assert chooser._choices == {str(TA): TA.words, str(FT): FT.words}
    assert chooser.current() == FT
    assert chooser.text() == FT.words


def test_one_step_alone_is_not_offered(on, merged):
    assert not on(merged).meeting.header.steps.isVisible()


def test_what_is_chosen_stays_chosen_while_agreement_is_looked_at(on, merged):
    page = on(merged)
    click(page.meeting.item.bar.buttons["settle-include"])
    chosen = page.meeting.item.choice
    page.show_agreement()
    click(page.agreement.back)
    assert page.current() is page.meeting
    assert page.meeting.item.choice == chosen is not None
