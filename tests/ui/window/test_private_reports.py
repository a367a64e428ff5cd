"""What leaves this computer, or lies where others may look, holds no word of a review."""

from __future__ import annotations

import logging
import os
import stat

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy
from screener.model import Criterion, Element, Protocol, Stage, Verdict
from screener.store import computer, temporary
from ui.application import tell, write_log
from ui.widgets.card import Card

WORDS = (
    "Quetzalorama", "Zwirbelstein", "Okavangoh", "Pfifferlingen", "Xylophagus", "Brambleworth",
    "Ystradgyn", "Vexillology", "Grimpelthorpe",
)  # fmt: skip
TITLE, ABSTRACT, AUTHOR, NOTE, JOURNAL, NAME, REVIEW, CRITERION, SOURCE = WORDS
PAGES = ("protocol", "sources", "duplicates", "reviewers", "consensus", "full-text", "report")


@pytest.fixture
def named(tmp_path):
    """A project and a copy in which every text has a word that stands nowhere else."""
    (tmp_path / f"{SOURCE}.ris").write_text(
        f"TY  - JOUR\nTI  - {TITLE} by night\nAU  - {AUTHOR}, N\nT2  - {JOURNAL}\n"
        f"AB  - {ABSTRACT} and more\nPY  - 2001\nER  - \n\n"
        "TY  - JOUR\nTI  - Another\nPY  - 2002\nER  - \n\n"
    )
    asked = Criterion(
        id="asked", element=Element.INTERVENTIONS, include=CRITERION, required_at=frozenset(Stage)
    )
    protocol = Protocol(title=REVIEW, criteria=(asked,))
    with create_project(tmp_path / f"{REVIEW}.screener", title=REVIEW, protocol=protocol) as made:
        made.sources.import_file(tmp_path / f"{SOURCE}.ris", source=SOURCE)
        made.consensus.write_copy(NAME, tmp_path / f"{NAME}.screener")
    with open_copy(tmp_path / f"{NAME}.screener") as mine:
        first = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)[0]
        mine.screening.decide(first, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT, note=NOTE)
    return tmp_path


def crash(window, review):
    """Fail as a page would that stumbles over a record: its words are in the error and around."""
    title = f"{TITLE} {ABSTRACT} {AUTHOR} {NOTE} {NAME} {CRITERION}"
    try:
        try:
            raise KeyError(title, review)
        except KeyError as error:
            raise ValueError(f"cannot show {title} of {SOURCE} in {JOURNAL}") from error
    except ValueError as error:
        tell(window, ValueError, error, error.__traceback__)


def reported(window, qtbot):
    """Return the report as the person sees and copies it."""
    window.problem.acted.emit("report-problem")
    card = next(c for c in window.findChildren(Card) if c.isVisible())
    card._copy.click()
    text = QApplication.clipboard().text()
    assert text == card._text.toPlainText()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    return text


def assert_private(text):
    assert "ValueError" in text
    assert "in crash" in text
    assert [word for word in WORDS if word.lower() in text.lower()] == []


def test_a_crash_on_any_page_of_a_project_reports_no_word_of_the_review(named, window, qtbot):
    assert window.open(named / f"{REVIEW}.screener")
    for page in PAGES:
        window.frame.go(page)
        window.perform("text-usual")
        crash(window, window.frame)
        assert_private(reported(window, qtbot))


def test_a_crash_while_a_record_is_open_reports_no_word_of_it(named, window, qtbot):
    assert window.open(named / f"{NAME}.screener")
    window.perform("include")
    crash(window, window.frame)
    assert_private(reported(window, qtbot))


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders by other means")
def test_nobody_else_reads_logs_backups_notes_or_temporary_files(
    named, window, home, tmp_path, monkeypatch
):
    new = tmp_path / "a-new-home"
    monkeypatch.setenv("SCREENER_HOME", str(new))
    before = list(logging.getLogger().handlers)
    try:
        write_log()
        crash(window, None)
    finally:
        for handler in set(logging.getLogger().handlers) - set(before):
            logging.getLogger().removeHandler(handler)
            handler.close()
    assert mode(new) == mode(new / "log") == 0o700
    assert mode(new / "log" / "screener.log") == 0o600
    assert mode(computer.backup_folder("0" * 32)) == mode(new / "backups") == 0o700
    with temporary.private_folder() as folder:
        assert mode(folder) == 0o700
