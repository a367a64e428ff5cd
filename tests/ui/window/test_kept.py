"""What is typed while the open file is taken away: never shown as saved, and taken along."""

import re
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.model import Stage
from ui.widgets.button import Button

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def on_copy(window, review, qtbot):
    """The window on Maya's copy, at its first record."""
    window.resize(1366, 768)
    assert window.open(review.with_name("a.screener"))
    window.frame.go(TA)
    return window


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def take_away(window):
    """Move the open file into another folder; return where it lies now."""
    path = window.session.project.path
    elsewhere = path.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    return path.rename(elsewhere / path.name)


def wait_kept(window, qtbot):
    """Wait until all the file held is kept, and return where."""
    qtbot.waitUntil(lambda: window.session.project.kept is not None and not window.session.busy)
    return window.session.project.kept


def write_note(window, qtbot, text):
    press(qtbot, KEY.Key_N)
    qtbot.keyClicks(window.frame.page.reading.note.field, text)


def links(window):
    return [button.objectName() for button in buttons(window)]


def buttons(window):
    QApplication.processEvents()  # a new button is shown with what stands around it
    found = window.frame.problem.findChildren(Button)
    return [button for button in found if button.isVisible() and button.objectName()]


def follow(window, qtbot, link):
    qtbot.waitUntil(lambda: link in links(window))
    (button,) = [button for button in buttons(window) if button.objectName() == link]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_note_that_could_not_be_saved_is_shown_so_and_taken_along(on_copy, qtbot):
    page, unit = on_copy.frame.page, on_copy.frame.page.model.sheet.unit.id
    write_note(on_copy, qtbot, "Ask the authors")
    take_away(on_copy)
    press(qtbot, KEY.Key_Escape)
    assert links(on_copy) == ["open-kept"]
    assert page.reading.note._line.text() == "Note, not saved: Ask the authors"
    assert page.kept_only_here()
    kept = on_copy.session.project.kept
    follow(on_copy, qtbot, "open-kept")
    assert on_copy.session.project.path == kept
    assert on_copy.session.project.screening.notes.note(unit, TA) == "Ask the authors"
    assert on_copy.frame.page.reading.note._line.text() == "Note: Ask the authors"
    assert not on_copy.frame.page.kept_only_here()


def test_judgements_that_could_not_be_saved_are_taken_along(on_copy, qtbot):
    model = on_copy.frame.page.model
    unit, first = model.sheet.unit.id, model.protocol.criteria[0].id
    take_away(on_copy)
    on_copy.perform("not-met")
    model.keep_begun()
    assert on_copy.frame.page.kept_only_here()
    model.step(1)
    model.step(-1)
    assert model.sheet.judgements
    follow(on_copy, qtbot, "open-kept")
    assert list(on_copy.session.project.screening.notes.draft(unit, TA)) == [first]


def test_closing_asks_about_a_note_that_could_not_be_saved(on_copy, qtbot):
    write_note(on_copy, qtbot, "Ask the authors")
    take_away(on_copy)
    press(qtbot, KEY.Key_Escape)
    press(qtbot, KEY.Key_W, CONTROL)
    assert on_copy.frame is not None
    assert links(on_copy) == ["open-kept", "close-without"]
    follow(on_copy, qtbot, "open-kept")
    assert on_copy.recent.files[0].path == str(on_copy.session.project.path)
    notes = on_copy.session.project.screening.notes
    assert notes.note(on_copy.frame.page.model.sheet.unit.id, TA) == "Ask the authors"


def test_a_note_that_waits_for_other_work_is_saved_after_it(on_copy, qtbot):
    session, page = on_copy.session, on_copy.frame.page
    unit = page.model.sheet.unit.id
    write_note(on_copy, qtbot, "Ask the authors")
    may_end = Event()
    session.start(lambda project, progress: may_end.wait(), lambda _: None, writes=True)
    page.reading.note.leave()
    assert page.reading.note._line.text() == "Note, not saved: Ask the authors"
    may_end.set()
    qtbot.waitUntil(lambda: page.reading.note._line.text() == "Note: Ask the authors")
    assert session.project.screening.notes.note(unit, TA) == "Ask the authors"


def test_what_is_not_taken_along_does_not_bar_the_way_to_what_was_kept(window, review, qtbot):
    assert window.open(review)
    window.frame.go("protocol")
    window.frame.page.begin_edit()
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    assert window.frame.page.unsaved()
    take_away(window)
    window.perform("close")
    kept = wait_kept(window, qtbot)
    follow(window, qtbot, "open-kept")
    qtbot.waitUntil(lambda: links(window) == ["open-kept-without", "close-without"])
    follow(window, qtbot, "open-kept-without")
    assert window.session.project.path == kept
    assert window.recent.files[0].path == str(kept)


def test_a_reason_for_a_report_is_taken_along(window, review, qtbot, tmp_path):
    for name in ("a.screener", "b.screener"):
        with open_project(review.with_name(name)) as copy:
            for unit in copy.screening.queues.queue(TA):
                copy.screening.decide(unit, "include", stage=TA)
            copy.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        project.screening.open(Stage.FULL_TEXT)
    assert window.open(review)
    window.frame.go("full-text")
    page = window.frame.page
    unit = page.chosen().unit.id
    press(qtbot, KEY.Key_N)
    qtbot.keyClicks(QApplication.focusWidget(), "No library has it")
    take_away(window)
    window.activateWindow()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    follow(window, qtbot, "open-kept")
    assert window.frame.page.typed() == {unit: "No library has it"}


SENTENCE = "was moved or removed while it was open"


def test_what_is_refused_after_the_file_was_taken_away_is_never_refused_in_silence(on_copy, qtbot):
    press(qtbot, KEY.Key_I)
    assert on_copy.frame.footer.echo.take_back.isVisible()
    decided = on_copy.frame.page.model.decided
    take_away(on_copy)
    press(qtbot, KEY.Key_I)
    said = []
    on_copy.session.complained.connect(lambda problem: said.append(problem.sentence))
    for key in (KEY.Key_Escape, KEY.Key_Escape):
        press(qtbot, key)
        assert SENTENCE in on_copy.frame.problem.sentence
        assert links(on_copy) == ["open-kept"]
    for key in (KEY.Key_I, KEY.Key_E, KEY.Key_M, KEY.Key_N, KEY.Key_A, KEY.Key_Backspace):
        said.clear()
        press(qtbot, key)
        assert len(said) == 1, key
        assert SENTENCE in said[0]
    assert not on_copy.frame.page.reading.decisions.buttons["include"].isEnabled()
    assert not on_copy.frame.footer.echo.take_back.isVisible()
    assert not on_copy.menus.entry("undo").isEnabled()
    assert on_copy.frame.page.model.decided == decided
    for stage in ("protocol", "full-text"):
        on_copy.frame.go(stage)
        assert SENTENCE in on_copy.frame.problem.sentence
        assert links(on_copy) == ["open-kept"]
    said.clear()
    on_copy.perform("take-in")
    assert len(said) == 1


def test_esc_still_leaves_what_is_shown_after_the_file_was_taken_away(on_copy, qtbot):
    take_away(on_copy)
    press(qtbot, KEY.Key_I)
    press(qtbot, KEY.Key_Slash)
    press(qtbot, KEY.Key_Escape)
    assert on_copy.frame.page.reading.record.hasFocus()
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert on_copy.frame.page.reading.detailed
    press(qtbot, KEY.Key_Escape)
    assert not on_copy.frame.page.reading.detailed


def test_the_project_too_says_it_again(window, review, qtbot):
    assert window.open(review)
    take_away(window)
    window.perform("close")
    wait_kept(window, qtbot)
    window.frame.go("sources")
    press(qtbot, KEY.Key_Escape)
    assert SENTENCE in window.frame.problem.sentence
    said = []
    window.session.complained.connect(lambda problem: said.append(problem.sentence))
    for action in ("add-reviewer", "merge", "undo"):
        window.perform(action)
    assert len(said) == 3
    window.frame.go("protocol")
    assert not any(button.isEnabled() for button in (window.frame.page.edit,))


def test_who_looks_into_a_backup_is_told_again_that_nothing_can_be_changed(on_copy, qtbot):
    press(qtbot, KEY.Key_I)
    backup = on_copy.session.project.backup()
    assert on_copy.open(backup)
    assert not on_copy.frame.footer.echo.take_back.isVisible()
    press(qtbot, KEY.Key_Escape)
    assert not on_copy.frame.problem.isVisible()
    press(qtbot, KEY.Key_E)
    assert "opened to be read" in on_copy.frame.problem.sentence


def test_a_file_that_was_kept_twice_has_one_number_and_leaves_no_journal(on_copy, qtbot):
    first = on_copy.session.project.path
    names = []
    for _ in range(3):
        press(qtbot, KEY.Key_I)
        take_away(on_copy)
        press(qtbot, KEY.Key_I)
        names.append(on_copy.session.project.kept.name)
        follow(on_copy, qtbot, "open-kept")
        assert names[-1] in on_copy.windowTitle()
        assert on_copy.session.project.writable
    assert all(re.fullmatch(r"a kept \d{4}-\d\d-\d\d( \d+)?\.screener", name) for name in names)
    on_copy.close_review()
    assert not list(first.parent.glob("*-journal"))


def test_what_was_kept_and_removed_too_is_kept_again_when_it_is_opened(on_copy, qtbot):
    press(qtbot, KEY.Key_I)
    take_away(on_copy)
    press(qtbot, KEY.Key_E)
    on_copy.session.project.kept.unlink()
    follow(on_copy, qtbot, "open-kept")
    assert on_copy.session.project.writable
    assert on_copy.session.project.screening.progress(TA).decided == 1


def test_coming_back_to_the_window_finds_that_what_was_kept_is_another_file(on_copy, qtbot):
    press(qtbot, KEY.Key_I)
    take_away(on_copy)
    press(qtbot, KEY.Key_E)
    first = on_copy.session.project.kept
    first.write_bytes(first.with_name("b.screener").read_bytes())
    on_copy.activateWindow()
    QApplication.sendEvent(on_copy, QEvent(QEvent.Type.ActivationChange))
    qtbot.waitUntil(lambda: on_copy.session.project.kept not in (None, first))
    second = on_copy.session.project.kept
    qtbot.waitUntil(lambda: str(second) in on_copy.frame.problem.sentence)
    press(qtbot, KEY.Key_E)
    assert str(second) in on_copy.frame.problem.sentence
    follow(on_copy, qtbot, "open-kept")
    assert on_copy.session.project.path == second
    assert on_copy.session.project.screening.progress(TA).decided == 1


def test_what_was_kept_is_among_the_recent_files_and_open_begins_beside_it(
    on_copy, qtbot, monkeypatch
):
    path = on_copy.session.project.path
    take_away(on_copy)
    press(qtbot, KEY.Key_I)
    kept = on_copy.session.project.kept
    press(qtbot, KEY.Key_W, CONTROL)
    assert on_copy.frame is None
    assert [recent.path for recent in on_copy.recent.files] == [str(kept), str(path)]
    asked = []
    monkeypatch.setattr(
        "ui.session.files.QFileDialog.getOpenFileName",
        lambda _parent, _title, near, _kinds: (asked.append(near), ("", ""))[1],
    )
    on_copy.perform("open")
    assert asked == [str(kept.parent)]


def test_a_file_that_could_not_be_kept_may_be_closed_all_the_same(on_copy, qtbot):
    path = on_copy.session.project.path
    on_copy.session.project._file.guard.watch.whole = False  # too much for the memory
    path.write_bytes(path.with_name("b.screener").read_bytes())
    press(qtbot, KEY.Key_I)
    qtbot.waitUntil(lambda: "could not be kept" in on_copy.frame.problem.sentence)
    for _ in range(2):
        press(qtbot, KEY.Key_W, CONTROL)
        qtbot.waitUntil(lambda: links(on_copy) == ["close-without"])
        assert on_copy.frame is not None
    follow(on_copy, qtbot, "close-without")
    assert on_copy.frame is None
