"""Where the dialogs for files begin, and the names that are proposed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from ui.session import files


class Asked:
    """Answers the dialogs, and notes where they began."""

    def __init__(self):
        self.answers = []
        self.begun = []

    def one(self, _parent, _title, begin, *_):
        self.begun.append(Path(begin))
        return str(self.answers.pop(0)), "All files (*)"

    def save(self, _parent, _title, begin, *_):
        self.begun.append(Path(begin))
        return str(self.answers.pop(0)), "CSV (*.csv)"

    def several(self, _parent, _title, begin, *_):
        self.begun.append(Path(begin))
        return [str(path) for path in self.answers.pop(0)], "All files (*)"


@pytest.fixture
def asked(monkeypatch):
    found = Asked()
    monkeypatch.setattr(files, "_last", {})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", found.one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", found.save)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", found.several)
    return found


@pytest.fixture
def folders(tmp_path):
    """The folder of a project, another project's, and one with the files of the searches."""
    found = [tmp_path / name for name in ("project", "other", "searches")]
    for folder in found:
        folder.mkdir()
    return found


def test_a_dialog_begins_beside_the_project_and_then_where_the_person_was(asked, folders):
    project, other, searches = folders
    asked.answers = [[searches / "one.ris"], "", "", []]
    files.ask_several(None, "Import", project, "")
    assert files.ask_open(None, "Load", project) is None
    assert files.ask_save(None, "Save", project / "records.csv") is None
    files.ask_several(None, "Import", other, "")
    assert asked.begun == [project, searches, searches / "records.csv", other]


def test_a_dialog_that_was_left_changes_nothing(asked, folders):
    project, _, _ = folders
    asked.answers = [[], ""]
    files.ask_several(None, "Import", project)
    files.ask_open(None, "Load", project)
    assert asked.begun == [project, project]


def test_a_folder_that_is_gone_gives_way_to_the_one_above(asked, folders):
    project, _, searches = folders
    asked.answers = [searches / "one.toml", "", ""]
    files.ask_open(None, "Load", project)
    searches.rmdir()
    files.ask_open(None, "Load", project)
    files.ask_save(None, "Save", project / "gone" / "deeper" / "a.csv")
    assert asked.begun == [project, searches.parent, project / "a.csv"]


def test_documents_are_a_folder_that_is_there(monkeypatch, tmp_path):
    gone = str(tmp_path / "Documents")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: gone)
    assert files.documents() == tmp_path


def test_a_name_without_ending_is_asked_about_again_where_it_would_replace(asked, tmp_path):
    there = tmp_path / "records.csv"
    there.touch()
    asked.answers = [tmp_path / "records", tmp_path / "new"]
    assert files.ask_save(None, "Save", tmp_path / "x.csv", "CSV (*.csv)") == tmp_path / "new.csv"
    assert asked.begun[1] == there


def test_a_new_file_of_screener_gets_its_ending_and_no_question_about_writing_over(
    monkeypatch, tmp_path
):
    asked = []

    def save(parent, title, begin, kinds, *, options):
        asked.append((Path(begin), kinds, options))
        return str(names.pop(0)), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    names = [tmp_path / "mine", tmp_path / "mine.backup", tmp_path / "A vs. B", ""]
    proposed = tmp_path / "review.screener"
    assert files.ask_new(None, "Save", proposed) == tmp_path / "mine.screener"
    assert files.ask_new(None, "Save", proposed) == tmp_path / "mine.backup"
    assert files.ask_new(None, "Save", proposed) == tmp_path / "A vs. B.screener"
    assert files.ask_new(None, "Save", proposed) is None
    silent = QFileDialog.Option.DontConfirmOverwrite
    assert asked == [(proposed, files.FILTER, silent)] * 4


def test_what_was_saved_last_says_where_the_next_dialog_begins(asked, folders):
    project, other, _ = folders
    asked.answers = [other / "a.csv", ""]
    files.ask_save(None, "Save", project / "a.csv")
    files.ask_open(None, "Load", project)
    assert asked.begun == [project / "a.csv", other]


def test_without_a_folder_to_begin_in_it_is_that_for_documents(asked, monkeypatch, folders):
    documents, other, _ = folders
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    asked.answers = [other / "a.screener", ""]
    assert files.ask_open(None, "Open") == other / "a.screener"
    files.ask_open(None, "Open")
    assert asked.begun == [documents, other]
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "")
    assert files.documents() == Path.home()


def test_the_first_number_at_which_nothing_lies_is_free(tmp_path):
    path = tmp_path / "review.screener"
    assert files.free_place(path) == path
    path.touch()
    assert files.free_place(path) == tmp_path / "review-2.screener"
    (tmp_path / "review-2.screener").touch()
    (tmp_path / "review-4.screener").touch()
    assert files.free_place(path) == tmp_path / "review-3.screener"


def test_a_proposed_name_has_whole_words():
    title = "Peer-led online self-management for people with bipolar disorder: an update"
    name = files.file_name(title)
    assert name == "peer-led-online-self-management-for-people-with-bipolar"
    assert files.file_name("…") == "review"
    assert files.file_name("Con") == "con-review"  # Windows has no file `con`, whatever its ending
    assert files.file_name("x" * 90) == "x" * 60


def test_ctrl_enter_that_led_to_a_dialog_does_not_answer_it(qtbot, tmp_path):
    """Pressed twice in haste it accepted the place that was proposed."""
    asked, proposed = [], tmp_path / "review.screener"

    def answer():
        dialog = QApplication.activeModalWidget()
        field = dialog.findChild(QLineEdit)
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        asked.append(dialog.isVisible())
        dialog.reject()

    def wait():
        QTimer.singleShot(1, answer if QApplication.activeModalWidget() else wait)

    wait()
    assert files.ask_new(None, "Where the project goes", proposed) is None
    assert asked == [True]
