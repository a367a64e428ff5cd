"""Starting: which words go to the command line, what is read, what an error of ours does."""

import base64
import logging
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from screener import open_project
from screener.model import UserError
from tests.screener.answers.trial import ID, new_trial
from tests.screener.consensus.planting import canonical, plant
from ui.__main__ import main
from ui.application import build, in_another_window, open_first, tell, write_log
from ui.session.preferences import PreferencesFile
from ui.widgets.card import Card
from ui.window.claim import Claim
from ui.window.room import fits


@pytest.fixture
def window(qtbot, qapp):
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(
    ("width", "height", "whole"),
    [
        (1920, 1080, True),
        (1280, 848, True),
        (1366, 768, False),
        (1280, 800, False),
        (1024, 900, False),
    ],
)
def test_the_usual_size_is_taken_only_where_the_whole_window_can_be_seen(width, height, whole):
    assert fits(QSize(width, height)) is whole


def test_on_a_small_screen_the_first_window_fills_it(qtbot, qapp):
    window = build(qapp)
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert not fits(screen), "the offscreen platform has a small screen"
    window.show_at_first()
    assert window.isMaximized()
    assert window.height() <= screen.height()
    window.showNormal()
    assert window.width() <= screen.width(), "also where nothing makes a window as large as that"
    assert window.height() <= screen.height()


def test_a_window_that_was_left_on_a_larger_screen_is_kept_within_this_one(qtbot, qapp):
    left = QWidget()
    qtbot.addWidget(left)
    left.setGeometry(300, 200, 1900, 1000)
    saved = bytearray(left.saveGeometry().data())
    saved[46:50] = (1920).to_bytes(4, "big")  # how wide the screen was, in Qt's format
    PreferencesFile().change(geometry=base64.b64encode(saved).decode("ascii"))
    window = build(qapp)
    qtbot.addWidget(window)
    window.show_at_first()
    free = window.screen().availableSize()
    assert window.isMaximized()
    assert (window.width(), window.height()) <= (free.width(), free.height())


def test_a_window_that_was_left_smaller_is_not_made_large_again(qtbot, qapp):
    left = QWidget()
    qtbot.addWidget(left)
    left.resize(820, 600)
    geometry = bytes(left.saveGeometry().toBase64().data()).decode("ascii")
    PreferencesFile().change(geometry=geometry)
    window = build(qapp)
    qtbot.addWidget(window)
    window.show_at_first()
    assert window.isVisible()
    assert not window.isMaximized()


def boom(words):
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


def loaded(code):
    """The modules of a fresh interpreter after `code`."""
    code += "\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_command_word_goes_to_the_command_line_without_qt():
    code = "from ui.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert not {m for m in loaded(code) if m.startswith("PySide6")}


def test_an_unknown_command_is_refused_by_the_command_line(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["fly-to-the-moon"])
    assert ended.value.code != 0
    assert "fly-to-the-moon" in capsys.readouterr().err


def test_the_start_page_reads_neither_the_core_nor_a_page():
    names = loaded("import ui.application")
    for slow in ("screener.project", "sqlite_utils", "rapidfuzz", "fpdf", "PIL", "openpyxl"):
        assert slow not in names
    for page in ("sources", "duplicates", "screening", "consensus", "fulltext", "report"):
        assert f"ui.{page}.page" not in names


def test_an_error_of_ours_keeps_the_window_and_offers_a_report(window, qtbot, caplog):
    window.perform("text-usual")
    error = boom("the words of a record")
    tell(window, ValueError, error, error.__traceback__)
    assert window.problem.isVisible()
    assert "inside Screener" in window.problem.sentence
    window.problem.acted.emit("report-problem")
    card = next(c for c in window.findChildren(Card) if c.isVisible())
    text = card._text.toPlainText()
    assert "ValueError" in text
    assert "in boom" in text
    assert "text-usual" in text
    assert "the words of a record" not in text
    card._copy.click()
    assert QApplication.clipboard().text() == text
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_the_log_is_kept_in_the_users_folder(home):
    logger = logging.getLogger()
    before = list(logger.handlers)
    try:
        write_log()
        logging.getLogger("ui.test").error("something for the log")
    finally:
        for handler in logger.handlers[:]:
            if handler not in before:
                logger.removeHandler(handler)
                handler.close()
    assert "something for the log" in (home / "log" / "screener.log").read_text(encoding="utf-8")


def test_a_user_error_while_opening_is_no_crash(window, tmp_path):
    assert not window.open(tmp_path / "nothing.screener")
    assert "There is no file" in window.problem.sentence
    assert isinstance(UserError("x"), Exception)


def test_a_file_that_a_window_has_is_not_opened_twice(review, qtbot):
    assert not in_another_window(review)
    first = Claim(review)
    assert first.take()
    with qtbot.waitSignal(first.raised):
        assert in_another_window(review)
    first.give_up()
    assert not in_another_window(review)


def test_a_window_comes_forward_also_when_the_note_cannot_go_at_once(review, qtbot, monkeypatch):
    """On Windows the other window may still have it open."""
    unlink, refused = Path.unlink, []

    def held(path, **how):
        if path.suffix == ".raise" and path.exists() and len(refused) < 2:
            refused.append(path)
            raise PermissionError(13, "Access is denied", str(path))
        unlink(path, **how)

    first = Claim(review)
    assert first.take()
    monkeypatch.setattr(Path, "unlink", held)
    with qtbot.waitSignal(first.raised):
        assert in_another_window(review)
    assert len(refused) == 2
    assert not refused[0].exists()
    first.give_up()


def test_a_file_that_is_not_there_is_in_no_window(tmp_path, qapp):
    assert not in_another_window(tmp_path / "nothing.screener")


SHOWING = """
import sys, threading
from PySide6.QtWidgets import QApplication
from ui.application import build, read_code
from ui.window.stages import pages_of

application = QApplication(sys.argv[:1])
window = build(application)
reading = threading.Thread(target=read_code)
reading.start()
reading.join()
window.show()
for name in sys.argv[1:]:
    assert window.open(name)
    read = set(sys.modules)
    for stage in pages_of(window.session):
        window.frame.go(stage)
        application.processEvents()
        assert window.frame.current == stage
    print(*(name for name in set(sys.modules) - read if name.startswith(("ui.", "screener."))))
    window.close_review()
"""


def test_no_page_waits_for_code_when_it_is_first_shown(review):
    files = [str(review), str(review.with_name("a.screener"))]
    done = subprocess.run(
        [sys.executable, "-c", SHOWING, *files], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
    assert done.stdout.count("\n") == len(files)


def test_a_file_that_cannot_be_shown_leaves_the_window_which_says_so(window, tmp_path):
    """An entry of a program that knew less: a form is named that nothing can be read of."""
    made = new_trial(tmp_path)
    copy = made.copies["Maya"]
    with closing(sqlite3.connect(copy)) as db:
        (digest,) = db.execute("SELECT lower(hex(digest)) FROM form_version").fetchone()
    body = canonical({"id": "other", "version": 1, "digest": digest})
    plant(copy, "form", body, log="project", step=ID)
    with open_project(copy, write=False) as review:
        subjects = [made.uid(review, 1)]
    plant(copy, "open", canonical({"subjects": subjects}), log="project", step="other")
    open_first(window, copy)
    assert window.isVisible()
    assert window.session is None
    assert window.problem.isVisible()
    assert "there is no stage “other”" in window.problem.sentence
    assert not in_another_window(copy)
    open_first(window, made.project)
    assert window.session is not None
    assert not window.problem.isVisible()
