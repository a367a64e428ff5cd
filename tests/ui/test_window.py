"""The window on real files: opening, moving between stages, undo, closing while work runs."""

import sqlite3
import threading
from contextlib import suppress

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from screener import open_copy
from screener.model import Changes, ErrorKind, Kind, Stage, UserError, Verdict
from screener.store import paths
from ui.application import build, in_another_window
from ui.session.actions import ACTIONS, Where
from ui.session.page import Page
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.criteria import CriterionRow
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.window.claim import Claim
from ui.window.stages import COORDINATOR, COPY


@pytest.fixture
def on_project(window, review):
    """The window on the coordinator's project."""
    assert window.open(review)
    return window


@pytest.fixture
def on_copy(window, review):
    """The window on Maya's copy."""
    assert window.open(review.with_name("a.screener"))
    return window


def stages(window):
    model = window.frame.rail._model
    return {model.row(i).id: model.row(i).words for i in range(model.rowCount())}


def card(window):
    return next(c for c in window.findChildren(Card) if c.isVisible())


# --- opening ------------------------------------------------------------------------------------


def test_the_project_shows_the_coordinators_stages(on_project):
    assert list(stages(on_project)) == list(COORDINATOR)
    assert stages(on_project)["sources"] == "1 search"
    assert stages(on_project)["screening"] == "2 reviewers"
    assert on_project.frame.current == "protocol"


def test_a_copy_shows_three_stages_and_says_that_it_holds_nobody_elses(on_copy):
    assert list(stages(on_copy)) == list(COPY)
    assert stages(on_copy)["full-text"] == "opens after the meeting"
    assert "Nobody else’s" in on_copy.frame.rail._foot.text()


def test_a_copy_begins_with_before_you_begin_once(window, review, qtbot):
    copy = review.with_name("a.screener")
    window.open(copy)
    assert window.frame.current == ""
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.frame.current == "title-abstract"
    window.close_review()
    window.open(copy)
    assert window.frame.current == "title-abstract"
    window.perform("before")
    assert window.frame.current == ""


def test_the_record_has_the_keys_also_when_the_window_came_late(qtbot, qapp, review):
    with open_copy(review.with_name("a.screener")) as copy:
        unit = copy.screening.queues.queue(Stage.TITLE_ABSTRACT)[0]
        copy.screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
    window = build(qapp)
    qtbot.addWidget(window)
    window.open(review.with_name("a.screener"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_I)
    assert window.session.project.screening.progress(Stage.TITLE_ABSTRACT).decided == 2
    window.close_review()


def test_only_the_page_that_is_shown_is_made(on_project):
    assert set(on_project.frame._pages) == {"protocol"}
    on_project.frame.go("sources")
    assert set(on_project.frame._pages) == {"protocol", "sources"}


def test_only_the_views_of_a_page_that_were_shown_are_made(on_project):
    frame = on_project.frame
    frame.go("sources")
    later = {"importing", "records", "record", "editing", "by_hand", "proposals"}
    assert not later & vars(frame.page).keys()
    frame.page.add_by_hand()
    assert later & vars(frame.page).keys() == {"by_hand"}
    assert frame.page.by_hand.isAncestorOf(frame.page.last_in_order())
    assert frame.page.last_in_order().nextInFocusChain() is frame.footer.echo.take_back
    frame.go("consensus")
    assert not {"merge", "agreement", "records"} & vars(frame.page).keys()


def test_a_file_that_is_no_project_is_refused_with_a_sentence(window, tmp_path):
    place = tmp_path / "text.screener"
    place.write_text("only text", encoding="utf-8")
    assert not window.open(place)
    assert window.problem.isVisible()
    assert "text.screener" in window.problem.sentence
    assert window.frame is None


def test_a_dropped_file_opens(window, review):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(review))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none
    )
    window.dropEvent(event)
    assert window.session.project.path == review


def test_another_file_takes_the_place_of_the_first(on_project, review):
    on_project.open(review.with_name("b.screener"))
    assert on_project.session.project.reviewer == "Jonas Roth"
    assert on_project._stack.count() == 2


def test_a_file_in_another_window_is_not_opened_and_that_window_is_asked_forward(
    window, review, qtbot
):
    first = Claim(review)
    assert first.take()
    with qtbot.waitSignal(first.raised):
        assert not window.open(review)
    assert "another window" in window.problem.sentence
    first.give_up()
    assert window.open(review)


def test_a_folder_of_the_program_that_cannot_be_used_is_said(window, review, home):
    (home / "windows").write_text("in the way")
    assert not in_another_window(review)
    assert not window.open(review)
    assert f"own folder {home / 'windows'} cannot be used" in window.problem.sentence
    (home / "windows").unlink()
    claim = Claim(review)
    (home / "windows").rmdir()
    with pytest.raises(UserError, match="cannot be used"):
        claim.take()
    assert window.open(review)


def test_a_link_that_leads_round_is_no_fault_of_the_program(window, review):
    review.with_name("round.screener").symlink_to("round.screener")
    assert not window.open(review.with_name("round.screener"))
    assert "round.screener" in window.problem.sentence


def test_a_file_that_failed_to_open_for_no_known_reason_is_free_again(window, review, monkeypatch):
    def refuse(*_, **__):
        raise sqlite3.OperationalError("invalid uri authority: server")

    with monkeypatch.context() as patch:
        patch.setattr("sqlite3.connect", refuse)
        with pytest.raises(sqlite3.OperationalError):
            window.open(review)
    other = Claim(review)
    assert other.take()
    other.give_up()
    assert window.open(review)


def test_a_file_that_cannot_be_read_any_more_is_closed_all_the_same(on_project, review):
    project = on_project.session.project
    project._file.connection.execute("CREATE TEMP TABLE event (x)")
    project.protocol._on_changed(Changes(action="", kinds=frozenset(Kind)))  # to be read anew
    with suppress(sqlite3.Error):
        on_project.close_review()
    assert on_project.session is None
    assert not paths.is_open(review)
    assert on_project.open(review)


# --- the start page remembers -------------------------------------------------------------------


def test_the_start_page_lists_project_and_copy_once_with_both_doors(on_project, review):
    on_project.open(review.with_name("a.screener"))
    on_project.close_review()
    (row,) = on_project.start._rows
    assert [d.text() for d in row._doors] == ["Screen", "Review"]
    row._doors[0].click()
    assert on_project.session.project.is_copy
    on_project.perform("review")
    assert not on_project.session.project.is_copy
    on_project.perform("screen")
    assert on_project.session.project.is_copy


# --- keys and menus -----------------------------------------------------------------------------


def test_ctrl_and_a_number_goes_to_a_stage(on_project, qtbot):
    qtbot.keyClick(on_project, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert on_project.frame.current == "sources"
    qtbot.keyClick(on_project, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert on_project.frame.current == "report"


def test_every_window_key_of_the_table_is_on_an_entry(window):
    for action in ACTIONS:
        if action.where is Where.WINDOW:
            keys = [k.toString() for k in window.menus.entry(action.id).shortcuts()]
            assert keys == list(action.keys)


def test_a_copy_has_a_record_menu_without_the_coordinators_actions(on_copy):
    assert on_copy.menus._menus["Review"].title() == "Record"
    assert on_copy.menus.entry("take-in").isVisible()
    assert not on_copy.menus.entry("add-reviewer").isVisible()


def test_without_a_file_only_what_needs_none_can_be_chosen(window):
    offered = {a.id for a in ACTIONS if a.menu and window.menus.entry(a.id).isEnabled()}
    assert offered == {
        *("new", "open", "example", "make-project", "backups", "quit"),
        *("cut-text", "copy-text", "paste-text", "select-text"),
        *("scheme-system", "scheme-light", "scheme-dark", "scheme-next"),
        *("scheme-contrast-light", "scheme-contrast-dark"),
        *("text-larger", "text-smaller", "text-usual", "face-serif", "face-sans", "full-screen"),
        *("all-keys", "change-keys", "report-problem", "about"),
    }


@pytest.mark.parametrize("kind", ["project", "copy"])
def test_each_file_has_the_entries_of_its_kind_alone(window, review, kind):
    window.open(review if kind == "project" else review.with_name("a.screener"))
    here = {a.id for a in ACTIONS if a.menu and window.menus.entry(a.id).isVisible()}
    alone = {
        "project": {"add-reviewer", "merge", "screen", "write-report", "archive"},
        "copy": {"take-in", "take-decisions", "send", "review", "before"},
    }
    assert here & set().union(*alone.values()) == alone[kind]
    assert here >= {a.id for a in ACTIONS if a.menu} - set().union(*alone.values())


def test_f6_goes_from_the_page_to_the_rail_and_back(on_project, qtbot):
    frame = on_project.frame
    assert frame.stack.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(on_project, Qt.Key.Key_F6)
    assert frame.rail.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(on_project, Qt.Key.Key_F6)
    assert frame.stack.isAncestorOf(QApplication.focusWidget())


def test_f6_reaches_the_problem_and_esc_goes_from_it_to_the_page(on_project, qtbot):
    frame = on_project.frame
    frame.session.complain("The disk is full.", ("save-copy", "Save a copy elsewhere…"))
    frame.focus_page()
    page = QApplication.focusWidget()
    QApplication.processEvents()
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert QApplication.focusWidget().objectName() == "save-copy"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert frame.rail.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not frame.problem.isVisible()
    assert QApplication.focusWidget() is page


def test_the_rail_folds_and_stays_folded(window, review):
    window.resize(1280, 800)
    window.open(review)
    assert window.frame.rail.isVisible()
    window.perform("rail")
    assert not window.frame.rail.isVisible()
    assert window.frame.chooser.isVisible()
    window.close_review()
    window.open(review)
    assert not window.frame.rail.isVisible()


def test_under_900_the_rail_is_a_chooser_of_stages(on_project):
    on_project.resize(860, 600)
    assert not on_project.frame.rail.isVisible()
    assert on_project.frame.chooser.isVisible()
    on_project.resize(1280, 800)
    assert on_project.frame.rail.isVisible()


def test_undo_and_redo_go_through_the_project(on_project):
    project = on_project.session.project
    uids = [r.id for r in project.sources.records()][:2]
    project.duplicates.same(uids)
    name = project.undo_name()
    on_project.menus._menus["Edit"].aboutToShow.emit()
    assert name in on_project.menus.entry("undo").text()
    on_project.perform("undo")
    assert project.duplicates.groups(), "it was not done on this page: asked first"
    on_project.perform("undo")
    assert not project.duplicates.groups()
    assert "Taken back" in on_project.frame.footer.echo.sentence
    on_project.menus._menus["Edit"].aboutToShow.emit()
    assert name in on_project.menus.entry("redo").text()
    on_project.perform("redo")
    assert len(project.duplicates.groups()) == 1


def test_the_rail_follows_what_changed(on_project, qtbot):
    project = on_project.session.project
    uids = [r.id for r in project.sources.records()][:2]
    project.duplicates.same(uids)
    qtbot.waitUntil(lambda: stages(on_project)["duplicates"] == "1 group joined")


def test_all_keys_shows_the_preset_in_force_and_the_key_that_opened_it_closes_it(on_copy, qtbot):
    on_copy.perform("all-keys")
    found = card(on_copy)
    found._presets._presets.setFocus()
    qtbot.keyClick(found._presets._presets, Qt.Key.Key_Right)
    qtbot.keyClick(found._presets._presets, Qt.Key.Key_Right)
    assert on_copy._keys.first("include") == "R"
    qtbot.keyClick(found, Qt.Key.Key_Tab)
    assert found.isVisible()
    qtbot.keyClick(found, Qt.Key.Key_X)
    assert found.isVisible()
    qtbot.keyClicks(found, "?")
    assert not found.isVisible()


def test_change_keys_refuses_a_clash_with_a_sentence(window):
    window.perform("change-keys")
    found = card(window)
    found.give("note", "I")
    assert "already" in found.said.text()
    assert window._keys.of("note") == ("N",)
    found.give("note", "Y")
    assert window._keys.of("note") == ("Y",)
    found.close_card()


def test_view_changes_are_seen_and_kept(window):
    before = window.start.palette().color(window.start.backgroundRole()).name()
    window.perform("scheme-dark" if before > "#888888" else "scheme-light")
    after = window.start.palette().color(window.start.backgroundRole()).name()
    assert before != after
    window.perform("text-larger")
    assert window._preferences.current.scale == 112
    for _ in range(9):
        window.perform("text-larger")
    assert window._preferences.current.scale == 200
    window.perform("text-usual")
    window.perform("scheme-system")


# --- problems and long actions ------------------------------------------------------------------


def test_a_problem_stands_under_the_header_and_escape_dismisses_it(on_project, qtbot):
    on_project.say_problem("The disk is full; make room and do it again.")
    bar = on_project.frame.problem
    page = on_project.frame.page
    assert bar.isVisible()
    assert page.layout().indexOf(bar) == 1
    qtbot.keyClick(on_project, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_problem_stands_under_the_header_of_the_view_that_is_shown(on_project, qtbot):
    on_project.frame.go("consensus")
    page = on_project.frame.page
    on_project.say_problem("The disk is full; make room and do it again.")
    bar = on_project.frame.problem
    for view in (page.merge, page.meeting, page.merge):
        page._put(view)
        header = next(h for h in view.findChildren(PageHeader) if h.isVisible())
        qtbot.waitUntil(lambda at=header: bar.parent() is at.parent() and bar.y() == at.height())


def test_a_refusal_goes_when_something_was_done_since(on_project):
    bar = on_project.frame.problem
    on_project.say_problem("Say which source these records come from, such as PubMed.")
    on_project.session.say("Imported 36 records")
    assert not bar.isVisible()
    assert not bar.sentence


def test_a_problem_that_asks_for_an_action_stays(on_project):
    bar = on_project.frame.problem
    full = UserError("The disk is full; make room and do it again.", kind=ErrorKind.FULL)
    on_project.session.complain(full)
    on_project.session.say("Exported 12 records")
    assert bar.isVisible()
    assert "disk is full" in bar.sentence


def test_closing_reads_nothing_after_it(on_project):
    frame = on_project.frame
    frame.session.everything_changed("test")
    on_project.close_review()
    assert not frame._soon.isActive()
    assert not frame._late.isActive()


def test_a_problem_goes_with_the_page(on_project):
    on_project.say_problem("The disk is full; make room and do it again.")
    on_project.frame.go("screening")
    assert not on_project.frame.problem.isVisible()
    on_project.say_problem("The disk is full; make room and do it again.")
    assert on_project.frame.problem.isVisible()


def test_checking_the_file_says_how_it_ended(on_project, qtbot):
    on_project.perform("verify")
    echo = on_project.frame.footer.echo
    qtbot.waitUntil(lambda: "This file is whole: 6 records" in echo.sentence)


def test_nothing_is_decided_while_the_file_is_checked(on_copy, qtbot):
    session = on_copy.session
    (unit, *_) = session.project.screening.queues.queue(Stage.TITLE_ABSTRACT)

    def decide():
        session.project.screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)

    on_copy.perform("verify")
    assert session.attempt(decide) is None
    assert "Wait until the work" in session.problem.sentence
    qtbot.waitUntil(lambda: not session.running)
    assert session.attempt(decide) is not None


def test_a_copy_is_saved_and_the_file_stays_open(on_project, tmp_path, qtbot):
    place = tmp_path / "saved.screener"
    on_project.review_actions.save_copy(place)
    qtbot.waitUntil(lambda: "saved.screener" in on_project.frame.footer.echo.sentence)
    assert place.stat().st_size > 10_000
    assert on_project.session.project.writable


def test_saving_a_copy_over_the_open_file_is_refused(on_project, review, qtbot):
    before = review.stat().st_size
    on_project.review_actions.save_copy(review)
    qtbot.waitUntil(lambda: on_project.frame.problem.isVisible())
    assert "the project that is open" in on_project.frame.problem.sentence
    assert review.stat().st_size == before


def test_a_long_action_shows_progress_and_escape_stops_it(on_project, qtbot):
    go_on = threading.Event()

    def work(project, progress):
        for done in range(1_000_000):
            progress(done, 1_000_000, "Counting sheep")
            go_on.wait(0.001)

    with qtbot.waitSignal(on_project.session.task_started) as started:
        task = on_project.session.run(work, writes=True)
    assert started.args == [task]
    frame = on_project.frame
    qtbot.waitUntil(lambda: frame.footer.progress.isVisible())
    assert not on_project.menus.entry("undo").isEnabled()
    with qtbot.waitSignal(task.cancelled):
        qtbot.keyClick(on_project, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not frame.footer.progress.isVisible())


def test_closing_waits_for_the_work_that_runs(on_project, qtbot):
    began, ended = threading.Event(), threading.Event()

    def work(project, progress):
        began.set()
        try:
            while True:
                progress(0, None, "Working")
                threading.Event().wait(0.001)
        finally:
            ended.set()

    task = on_project.session.run(work, writes=True)
    qtbot.waitUntil(began.is_set)
    on_project.close()
    assert on_project.isVisible()
    with qtbot.waitSignal(task.cancelled):
        pass
    qtbot.waitUntil(lambda: not on_project.isVisible())
    assert ended.is_set()
    assert on_project.frame is None


def test_what_stands_around_the_page_waits_for_no_work_that_writes(on_project, qtbot):
    session, stop, asked = on_project.session, threading.Event(), []
    task = session.run(lambda _project, _progress: stop.wait(), writes=True)
    session.project._file.connection.set_trace_callback(asked.append)
    on_project.menus.edit_opened.emit()
    on_project.frame.refresh_rail()
    session.project._file.connection.set_trace_callback(None)
    stop.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert asked == []


def test_leaving_while_work_writes_is_refused(on_project, review, qtbot):
    stop = threading.Event()
    task = on_project.session.run(lambda _project, _progress: stop.wait(), writes=True)
    on_project.perform("close")
    assert on_project.frame is not None
    assert "Wait until the work" in on_project.frame.problem.sentence
    assert not on_project.open(review.with_name("a.screener"))
    stop.set()
    with qtbot.waitSignal(task.ended):
        pass


def test_a_backup_beside_the_work_is_made_and_gives_way(on_project, qtbot):
    session = on_project.session
    before = len(session.project.backups())
    on_project._keeping.back_up()
    task = session.run(lambda _project, _progress: 7, writes=False)
    with qtbot.waitSignal(task.done) as done:
        pass
    assert done.args == [7]
    on_project._keeping.back_up()
    qtbot.waitUntil(lambda: not session.running)
    assert len(session.project.backups()) == before + 1


# --- copies -------------------------------------------------------------------------------------


def test_a_reviewer_is_added_and_the_copy_can_be_opened(on_project, tmp_path, qtbot):
    on_project.perform("add-reviewer")
    found = card(on_project)
    found._name.setText("Ines Halloran")
    assert "project-ines-halloran.screener" in found._goes_to.text()
    found.write()
    qtbot.waitUntil(lambda: found._mine.isVisible())
    found._mine.click()
    assert on_project.session.project.reviewer == "Ines Halloran"


def test_a_newer_copy_begins_where_something_is_to_be_chosen(on_project, tmp_path, qtbot):
    name = on_project.session.project.consensus.reviewers()[0].name
    on_project.review_actions.add_reviewer(name)
    found = card(on_project)
    assert QApplication.focusWidget() is found._goes_to
    place = tmp_path / "next.screener"
    qtbot.keyClicks(found._goes_to, str(place))
    assert found._name.text() == name
    qtbot.keyClick(found._goes_to, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: found._mine.isVisible())
    assert place.exists()
    assert len(on_project.session.project.consensus.reviewers()) == 2
    found.close_card()


def test_a_newer_copy_is_taken_in(on_copy, review, tmp_path, qtbot):
    from screener import open_project

    (tmp_path / "more.ris").write_text(
        "TY  - JOUR\nTI  - A record of a later search\nAU  - Late, R\nPY  - 2020\nER  - \n",
        encoding="utf-8",
    )
    newer = tmp_path / "newer.screener"
    with open_project(review) as project:
        project.sources.import_file(tmp_path / "more.ris", source="Later")
        project.consensus.write_copy("Maya Lindqvist", newer)
    on_copy.review_actions.take_in(newer)
    qtbot.waitUntil(lambda: stages(on_copy)["title-abstract"] == "7 records")


def test_the_wrong_file_is_not_taken_in(on_copy, review, qtbot):
    on_copy.review_actions.take_in(review.with_name("b.screener"))
    qtbot.waitUntil(lambda: on_copy.frame.problem.isVisible())
    assert on_copy.session.project.counts()[0] == 6


def test_decisions_are_saved_as_a_file_to_send(on_copy, tmp_path, qtbot):
    screening = on_copy.session.project.screening
    for unit in screening.queues.queue(Stage.TITLE_ABSTRACT):
        screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
    code = screening.close(Stage.TITLE_ABSTRACT)
    on_copy.perform("send")
    found = card(on_copy)
    found._code.click()
    assert code in QApplication.clipboard().text()
    place = tmp_path / "to-send.screener"
    found.write(place)
    qtbot.waitUntil(lambda: "Saved as" in found.said.text())
    with open_copy(place) as sent:
        assert sent.screening.stages.code(Stage.TITLE_ABSTRACT) == code
    found.close_card()


def test_enter_saves_the_file_to_send_once(on_copy, tmp_path, qtbot, monkeypatch):
    asked = []
    place = tmp_path / "to-send.screener"
    monkeypatch.setattr("ui.session.files.ask_new", lambda *_: asked.append(1) or place)
    on_copy.perform("send")
    found = card(on_copy)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Saved as" in found.said.text())
    assert place.exists()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not found.isVisible()
    assert asked == [1]


def test_a_backup_is_listed_and_restored_as_a_new_file(on_project, tmp_path, qtbot):
    on_project.perform("backups")
    found = card(on_project)
    found.back_up()
    qtbot.waitUntil(lambda: "verified" in found.said.text())
    backup = on_project.session.project.backups()[0]
    place = tmp_path / "restored.screener"
    found.restore_as(backup.path, place)
    qtbot.waitUntil(lambda: found._open.isVisible())
    found._open.click()
    assert on_project.session.project.path == place


def test_a_card_keeps_the_focus_and_gives_it_back(on_project, qtbot):
    before = QApplication.focusWidget()
    on_project.perform("add-reviewer")
    found = card(on_project)
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert found.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not found.isVisible()
    assert QApplication.focusWidget() is before


def test_keys_of_the_window_do_not_act_under_a_card(on_project, qtbot):
    on_project.perform("add-reviewer")
    found = card(on_project)
    for key in (Qt.Key.Key_2, Qt.Key.Key_Z):
        qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    assert on_project.frame.current == "protocol"
    assert found.isVisible()
    found.close_card()


def test_cards_go_with_the_review_they_are_about(on_project):
    on_project.perform("backups")
    found = card(on_project)
    on_project.close_review()
    assert not found.isVisible()


# --- what was typed is not lost -------------------------------------------------------------------


def test_an_edited_protocol_keeps_the_window_open(on_project, qtbot):
    page = on_project.frame.page
    page.edit.click()
    page.form.title.setText("Another title")
    on_project.frame.go("sources")
    on_project.perform("close")
    assert on_project.frame is not None
    assert on_project.frame.current == "protocol"
    assert "not saved yet" in on_project.frame.problem.sentence
    assert not on_project.close()
    page.give_up.click()
    page.give_up.click()  # the question stands until its link is taken
    on_project.frame.problem.findChild(Button, "give-up").click()
    on_project.close()
    qtbot.waitUntil(lambda: not on_project.isVisible())


def test_a_new_review_is_created_and_opened(window, tmp_path):
    window.perform("new")
    page = window._stack.currentWidget()
    page.form.title.setText("Sleep and psychosis")
    page.create_at(tmp_path / "sleep.screener")
    assert window.session.project.title == "Sleep and psychosis"
    assert window.frame.current == "sources"
    assert window.recent.files[0].state == "no records yet"


def test_a_new_review_that_was_begun_is_not_lost_to_another_file(window, review):
    window.perform("new")
    page = window._stack.currentWidget()
    page.form.title.setText("Sleep and psychosis")
    assert not window.open(review)
    assert "would be lost" in page.problem.sentence
    page.problem.acted.emit("left")
    assert window.open(review)


def test_a_file_that_cannot_be_opened_leaves_the_present_one_open(on_project, tmp_path):
    (tmp_path / "bad.screener").write_bytes(b"nothing")
    assert not on_project.open(tmp_path / "bad.screener")
    assert on_project.session.project.writable
    assert on_project.frame.problem.isVisible()


# --- pages tell the window ------------------------------------------------------------------------


def test_a_page_goes_to_another_stage_with_wants(on_project):
    on_project.frame.go("screening")
    on_project.frame.page.session.wanted.emit("sources")
    assert on_project.frame.current == "sources"


class Large(Page):
    """A page that is wanted alone, until it is not."""

    wanted = True

    @property
    def alone(self):
        return self.wanted


def test_the_projector_hides_all_but_the_page(on_project):
    on_project.resize(1280, 800)
    frame = on_project.frame
    large = Large(on_project.session)
    frame.show_page(large)
    assert not frame.rail.isVisible()
    assert not on_project.menuBar().isVisible()
    large.wanted = False
    large.dressed.emit()
    assert frame.rail.isVisible()
    assert on_project.menuBar().isVisible()


def test_full_text_in_a_copy_says_what_comes_first(on_copy):
    on_copy.frame.go("full-text")
    assert "Full text opens after the meeting" in on_copy.frame.page.nothing.accessibleName()
    assert not on_copy.frame.footer.isVisible()


def test_an_error_in_a_long_action_offers_the_report(on_project, qtbot):
    def work(_project, _progress):
        raise ZeroDivisionError

    task = on_project.session.run(work, writes=True)
    with qtbot.waitSignal(task.ended):
        pass
    assert "inside Screener" in on_project.frame.problem.sentence
    on_project.frame.problem.acted.emit("report-problem")
    found = card(on_project)
    assert "ZeroDivisionError" in found._text.toPlainText()
    found.close_card()


def test_ctrl_z_in_a_field_takes_back_typing_not_the_review(on_project, qtbot):
    project = on_project.session.project
    project.duplicates.same([r.id for r in project.sources.records()][:2])
    on_project.frame.page.edit.click()
    field = on_project.frame.page.form.why
    qtbot.keyClicks(field, "Shorter")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert len(project.duplicates.groups()) == 1
    on_project.frame.page.end_edit()


def test_larger_text_folds_the_rail_without_a_resize(on_project):
    on_project.resize(1280, 800)
    assert on_project.frame.rail.isVisible()
    for _ in range(5):
        on_project.perform("text-larger")
    assert not on_project.frame.rail.isVisible()
    on_project.perform("text-usual")
    assert on_project.frame.rail.isVisible()


def test_a_changed_key_stands_on_every_cap(on_project):
    on_project._keys.remap("new", "Ctrl+Shift+M")
    on_project._keys.remap("all-keys", "F9")
    assert on_project.start.new.key == "Ctrl+Shift+M"
    assert on_project.frame.footer.echo.all_keys.key == "F9"
    shown = [k.toString() for k in on_project.menus.entry("new").shortcuts()]
    assert shown == ["Ctrl+Shift+M"]


def test_a_click_beside_the_record_and_esc_bring_the_keyboard_back_to_it(on_copy, qtbot):
    on_copy.resize(1280, 800)
    on_copy.frame.go("title-abstract")
    page = on_copy.frame.page
    record = page.reading.record
    fold = next(b for b in page.panel.findChildren(Button) if b.isVisible())
    for place in (page.panel.findChildren(CriterionRow)[1], fold):
        qtbot.mouseClick(place, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is record)
    qtbot.mouseClick(page.header, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is record)
    page.reading.decisions.note.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is record
    on_copy.frame.rail.focus_stages()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is record


def test_what_is_chosen_on_a_page_stays_in_sight_when_it_is_shown_again(on_project, qtbot):
    on_project.frame.go("duplicates")
    page = on_project.frame.page
    qtbot.waitUntil(lambda: not on_project.session.running)
    page.choose_settings()
    on_project.frame.go("sources")
    project = on_project.session.project
    project.duplicates.same([r.id for r in project.sources.records()][:2])
    on_project.frame.go("duplicates")
    assert page.stale
    assert page.views.currentWidget() is page.choice
    assert not [w for w in page.children() if isinstance(w, EmptyPage)]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.stale
