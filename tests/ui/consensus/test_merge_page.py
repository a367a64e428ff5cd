"""The merge window: what the checks say, what is merged, and that nothing else changes."""

import hashlib
import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from screener import create_project, merge_into, open_copy, open_project
from screener.consensus.merging.findings import Result
from screener.model import Outcome, Stage, Verdict
from tests.screener.consensus.planting import jonas_leaves, one_reviewer_is_enough
from ui.consensus.admission import CHECK_WORDS, checks
from ui.consensus.page import ConsensusPage

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def files(screened):
    return [screened.with_name("a.screener"), screened.with_name("b.screener")]


@pytest.fixture
def session(screened, session_on):
    return session_on(screened)


@pytest.fixture
def picked():
    """What the file dialog gives next."""
    return []


@pytest.fixture
def page(session, show, picked):
    return show(ConsensusPage(session, pick=lambda _parent, _folder: list(picked)))


def checked(qtbot, page):
    qtbot.waitUntil(lambda: not page.merge.busy)


def shown(page):
    labels = page.merge.table.findChildren(QLabel)
    return " | ".join(w.text() for w in labels if w.isVisibleTo(page))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def enter(qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_before_anything_is_merged_the_page_says_what_belongs_here(page, picked, files, qtbot):
    assert page.current() is page._empty
    assert page.empty.button.hasFocus()
    picked[:] = files
    enter(qtbot)
    checked(qtbot, page)
    assert page.current() is page.merge
    assert [c.title for c in page.merge.columns] == ["Maya Lindqvist", "Jonas Roth"]


def test_the_report_shows_every_check_and_changes_nothing(page, session, files, qtbot):
    before = [digest(f) for f in [*files, session.project.path]]
    page.check_files(files)
    checked(qtbot, page)
    text = shown(page)
    for part in ("Maya Lindqvist", "a.screener", "This review.", "12 of 12 records",
                 "Version 1, the same as here.", "12 decided, none missing", "closed,",
                 "11 decided, 1 closed undecided; what lacks a decision"):  # fmt: skip
        assert part in text
    assert page.merge.foot.text() == "Both files can be merged."
    assert page.merge.button.text() == "Merge two files"
    assert [digest(f) for f in [*files, session.project.path]] == before


def test_each_cell_of_the_report_is_heard_with_its_file_its_check_and_what_was_found(
    page, files, tmp_path, qtbot
):
    (tmp_path / "notes.screener").write_text("hello", encoding="utf-8")
    page.check_files([files[0], tmp_path / "notes.screener"])
    checked(qtbot, page)
    heard = [w.accessibleName() for w in page.merge.table.findChildren(QWidget)]
    for column in page.merge.columns:
        for check in checks(page.merge.columns):
            found = " ".join(one.message for one in column.of(check)) or "nothing"
            assert f"{column.title}, {CHECK_WORDS[check]}: {found}" in heard


def test_only_what_needs_a_person_is_in_the_colour_of_a_warning(page, files, tmp_path, qtbot):
    (tmp_path / "notes.screener").write_text("hello", encoding="utf-8")
    page.check_files([files[0], tmp_path / "notes.screener"])
    checked(qtbot, page)
    said = {w.text(): w.foregroundRole() for w in page.merge.table.findChildren(QLabel)}
    for column in page.merge.columns:
        for check in checks(page.merge.columns):
            for one in column.of(check):
                warned = said[one.message] == QPalette.ColorRole.BrightText
                assert warned == (one.result is not Result.OK)


def test_enter_merges_and_the_meeting_begins(page, session, files, qtbot):
    inputs = [digest(f) for f in files]
    page.check_files(files)
    checked(qtbot, page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.current() is page.meeting
    assert page.meeting.meeting.all == 8
    assert page.session.echo.sentence.startswith("Merged a.screener and b.screener: ")
    assert [digest(f) for f in files] == inputs
    assert session.project.backups()


def test_merging_again_brings_nothing_and_leaves_the_file_as_it_is(page, session, files, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    before = digest(session.project.path)
    page.check_files(files)
    checked(qtbot, page)
    assert "Nothing new: everything in it is here already." in shown(page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.session.echo.sentence.startswith("Nothing new")
    assert digest(session.project.path) == before


def test_a_refused_file_takes_its_column_and_only_the_others_are_merged(
    page, session, files, tmp_path, picked, qtbot
):
    foreign = tmp_path / "foreign.screener"
    create_project(foreign, title="Sleep in shift workers").close()
    page.check_files([files[0], foreign])
    checked(qtbot, page)
    assert "belongs to another project: “Sleep in shift workers”, 0 records" in shown(page)
    assert page.merge.foot.text() == "Only a.screener can be merged."
    assert page.merge.button.text() == "Merge a.screener"
    (step,) = page.merge.table.steps
    assert step.text() == "Choose another file…"
    picked[:] = [files[1]]
    step.click()
    checked(qtbot, page)
    assert page.merge.foot.text() == "Both files can be merged."


def test_only_admitted_files_are_merged(page, session, files, tmp_path, qtbot):
    (tmp_path / "notes.screener").write_text("hello", encoding="utf-8")
    page.check_files([*files, tmp_path / "notes.screener"])
    checked(qtbot, page)
    assert page.merge.button.text() == "Merge two files"
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.meeting.meeting.all == 8


def test_nothing_to_merge_keeps_enter_quiet(page, session, tmp_path, qtbot):
    (tmp_path / "notes.screener").write_text("hello", encoding="utf-8")
    before = digest(session.project.path)
    page.check_files([tmp_path / "notes.screener"])
    checked(qtbot, page)
    assert page.merge.foot.text() == "No file can be merged yet."
    assert not page.merge.button.isEnabled()
    enter(qtbot)
    assert not page.merge.busy
    assert digest(session.project.path) == before


def test_a_damaged_file_offers_what_is_whole(page, files, qtbot):
    whole = bytearray(files[0].read_bytes())
    at = whole.rfind(b'"verdict":"exclude"},"kind":')  # of an entry, not of what is kept of it
    whole[at : at + 19] = b'"verdict":"include"'
    files[0].write_bytes(bytes(whole))
    page.check_files(files)
    checked(qtbot, page)
    steps = [s for s in page.merge.table.steps if s.text() == "Take in what is whole"]
    assert len(steps) == 1
    steps[0].click()
    checked(qtbot, page)
    assert "only entries that are whole are taken in" in shown(page)
    assert page.merge.foot.text() == "Both files can be merged."
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    # What follows the damaged entry, and so the close, is not whole: the stage stays open.
    assert page.current() is page.hidden


def test_changes_of_a_newer_project_are_listed_and_taken_in_where_that_is_meant(
    page, session, screened, tmp_path, qtbot
):
    newer = tmp_path / "newer.screener"
    session.project.backup(newer)
    with open_project(newer) as project:
        project.protocol.add_criterion("setting", include="Anywhere")
        project.consensus.write_copy("Maya Lindqvist", tmp_path / "a-newer.screener")
    page.check_files([tmp_path / "a-newer.screener"])
    checked(qtbot, page)
    assert "protocol version 2" in shown(page)
    assert page.merge.foot.text() == "No file can be merged yet."
    (step,) = page.merge.table.steps
    assert step.text() == "Take in these changes"
    step.click()
    checked(qtbot, page)
    assert "Brings 1 newer change to the review: protocol version 2." in shown(page)
    assert session.project.protocol.current.version == 1
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert session.project.protocol.current.version == 2


def test_what_one_copy_alone_says_is_asked_on_the_page_and_only_once(
    page, session, screened, tmp_path, qtbot, session_on, show
):
    """A file made by merging: the copy that says that somebody left, and the older ones."""
    a, b = tmp_path / "a-new.screener", tmp_path / "b-new.screener"
    session.project.consensus.write_copy("Maya Lindqvist", a)
    session.project.consensus.write_copy("Jonas Roth", b)
    session.close()
    with open_copy(a) as mine:
        for unit in mine.units.ids():
            mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)
    with open_copy(b) as mine:
        mine.screening.decide(mine.units.ids()[0], Verdict.EXCLUDE, stage=TA)
    older = shutil.copy(a, tmp_path / "a-older.screener")
    one_reviewer_is_enough(a)
    jonas_leaves(a, "Jonas Roth")
    made = tmp_path / "made.screener"
    merge_into(made, a)
    again = show(ConsensusPage(session_on(made), pick=lambda *_: []))
    again.check_files([b])
    checked(qtbot, again)
    enter(qtbot)
    qtbot.waitUntil(lambda: bool(again.merge.table.steps) and not again.merge.busy)
    assert "would be shown before it is closed" in shown(again)
    assert again.session.problem is None
    (step,) = again.merge.table.steps
    assert step.text() == "Take in these changes"
    step.click()
    checked(qtbot, again)
    for files in ([b], [older]):
        if again.current() is not again.merge:
            again.check_files(files)
            checked(qtbot, again)
        with qtbot.waitSignal(again.merge.merged):
            again.merge.merge()


def test_where_both_were_changed_the_decisions_may_come_in_alone(page, session, tmp_path, qtbot):
    other = tmp_path / "other.screener"
    session.project.backup(other)
    with open_project(other) as project:
        project.protocol.add_criterion("setting", include="Anywhere")
        project.consensus.write_copy("Maya Lindqvist", tmp_path / "a-other.screener")
    session.project.protocol.add_criterion("language", include="Any")
    page.check_files([tmp_path / "a-other.screener"])
    checked(qtbot, page)
    (step,) = page.merge.table.steps
    assert step.text() == "Take in the decisions only"
    step.click()
    checked(qtbot, page)
    assert page.merge.columns[0].refused is None


def test_the_same_file_twice_says_so(page, files, qtbot):
    page.check_files([files[0], files[0]])
    checked(qtbot, page)
    assert "chosen twice; once is enough" in shown(page)


def test_dropped_files_add_columns(page, files, qtbot):
    page.check_files(files[:1])
    checked(qtbot, page)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files[1]))])
    args = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enters = QDragEnterEvent(page.rect().center(), *args)
    page.merge.dragEnterEvent(enters)
    assert enters.isAccepted()
    page.merge.dropEvent(QDropEvent(QPointF(page.rect().center()), *args))
    checked(qtbot, page)
    assert len(page.merge.columns) == 2


def test_dropped_text_is_not_taken(page):
    mime = QMimeData()
    mime.setText("not a file")
    args = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enters = QDragEnterEvent(page.rect().center(), *args)
    enters.ignore()
    page.dragEnterEvent(enters)
    assert not enters.isAccepted()


def test_files_dropped_on_the_empty_page_open_the_report(page, files, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(f)) for f in files])
    args = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    page.dropEvent(QDropEvent(QPointF(page.rect().center()), *args))
    checked(qtbot, page)
    assert page.current() is page.merge
    assert len(page.merge.columns) == 2


def test_the_report_is_saved_as_plain_text(page, files, tmp_path, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    page.merge._place = lambda _parent, _name: tmp_path / "report.txt"
    page.merge.save.click()
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "Merge report: Digital peer support in serious mental illness" in text
    assert "Maya Lindqvist" in text
    assert "remark   Title and abstract: 11 decided, 1 closed undecided; what lacks" in text
    assert text.endswith("Both files can be merged.\n")


def test_a_report_that_cannot_be_saved_says_so(page, session, files, tmp_path, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    page.merge._place = lambda _parent, _name: tmp_path / "no such folder" / "report.txt"
    with qtbot.waitSignal(session.complained) as told:
        page.merge.save.click()
    assert told.args[0].sentence.startswith("There is no folder")


def test_a_report_is_not_saved_over_a_reviewers_file(page, session, files, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    before = digest(files[0])
    page.merge._place = lambda _parent, _name: files[0]
    with qtbot.waitSignal(session.complained) as told:
        page.merge.save.click()
    assert "is a Screener file and is not written over" in told.args[0].sentence
    assert digest(files[0]) == before


def test_a_merge_that_is_stopped_is_whole_or_nothing(page, session, files, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    before = digest(session.project.path)
    page.merge.merge()
    qtbot.keyClick(page.merge, Qt.Key.Key_Escape)
    checked(qtbot, page)
    merged = page.current() is page.meeting and page.meeting.meeting.all == 8
    assert merged or digest(session.project.path) == before


def test_escape_leaves_the_report(page, files, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.current() is page._empty


def test_an_open_stage_shows_numbers_only_until_it_is_opened_early(
    tmp_path, planted_review, planted_screen, session_on, show, qtbot
):
    path = planted_review(tmp_path)
    planted_screen(tmp_path / "a.screener", [("include", "", {})] * 5, close=False)
    planted_screen(tmp_path / "b.screener", [("exclude", "", {})] * 12)
    session = session_on(path)
    page = show(ConsensusPage(session))
    page.check_files([tmp_path / "a.screener", tmp_path / "b.screener"])
    checked(qtbot, page)
    assert "Title and abstract is not closed: only numbers are shown until it is." in shown(page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.current() is page.hidden
    said = " | ".join(w.text() for w in page.hidden.findChildren(QLabel))
    assert "5 | 7 | not closed" in said
    assert "include" not in said
    page.hidden.early.click()
    assert not session.project.consensus.visible(TA)
    assert page.hidden.wait.hasFocus()
    page.hidden.why.setFocus()
    qtbot.keyClicks(page.hidden.why, "the meeting is tomorrow")
    qtbot.mouseClick(page.hidden.sure, Qt.MouseButton.LeftButton)
    (said,) = session.project.report.remarks()
    assert said.endswith("closed it: the meeting is tomorrow.")
    assert session.project.consensus.visible(TA)
    assert page.current() is page.meeting
    assert page.meeting.meeting.all == 5


def test_what_was_visible_stays_so_when_a_reviewer_reopens(page, session, files, qtbot):
    page.check_files(files)
    checked(qtbot, page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    with open_copy(files[1]) as jonas:
        jonas.screening.reopen(TA, "read it again")
        unit = jonas.screening.to_screen(TA)[0]
        jonas.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    page.check_files(files)
    checked(qtbot, page)
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.current() is page.meeting


def test_a_copy_of_the_project_brings_its_settled_items(page, session, files, tmp_path, qtbot):
    session.project.consensus.merge(*files)
    unit = session.project.units.ids()[0]
    other = tmp_path / "other.screener"
    shutil.copy(session.project.path, other)
    with open_project(other) as project:
        project.consensus.resolve(
            unit, Outcome.INCLUDE, step=TA, why="Peers", by=["Maya Lindqvist"]
        )
    page.check_files([other])
    checked(qtbot, page)
    (step,) = page.merge.table.steps
    assert step.text() == "Take in this project"
    step.click()
    checked(qtbot, page)
    assert page.merge.columns[0].title == "Coordinator’s project"
    with qtbot.waitSignal(page.merge.merged):
        enter(qtbot)
    assert page.meeting.meeting.settled == 1
