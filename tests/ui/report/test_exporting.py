"""The card that asks what is exported: by keys, from the page and from the menu, in a copy too."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from screener.sources.writing import WRITERS, format_of
from ui.report.exporting import FORMATS, ExportCard

K = Qt.Key
TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def screened(review):
    """The project, two copies closed and merged: 2 in conflict, 1 excluded, 3 included."""
    for name, words in {"a": "iiiexx", "b": "iiixex"}.items():
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for unit, word in zip(mine.units.ids(), words, strict=True):
                verdict = Verdict.INCLUDE if word in "ie" else Verdict.EXCLUDE
                mine.screening.decide(unit, verdict, stage=TA)
            mine.screening.close(TA)
    with open_project(review) as project:
        copies = [review.with_name(f"{name}.screener") for name in "ab"]
        project.consensus.merge(*copies)
    return review


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Answer the dialog with the name it proposes, in a folder of the test; note what it asks."""
    found = []

    def answer(_parent, _title, proposed, kinds):
        name = proposed.rpartition("/")[2]
        found.append((name, kinds))
        return str(tmp_path / name), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return found


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def card_of(window):
    return window.findChild(ExportCard)


@pytest.fixture
def opened(window, screened, qtbot):
    """The card over the window, opened with its key."""
    window.open(screened)
    window.frame.go("report")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(QApplication.focusWidget() or window, K.Key_E, control)
    qtbot.waitUntil(lambda: card_of(window) is not None)
    return card_of(window)


def said(window):
    return window.session.echo.sentence if window.session.echo else ""


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_format_that_can_be_written_is_offered():
    assert {format_of(Path(f"records{ending}")) for ending in FORMATS} == set(WRITERS)


def test_enter_exports_all_records(opened, window, asked, qtbot, tmp_path):
    assert opened.said.text() == "6 records."
    assert not opened.stage.isEnabled()
    press(qtbot, K.Key_Return)
    place = tmp_path / "project-records.csv"
    qtbot.waitUntil(lambda: said(window) == f"6 records written to {place}.")
    assert asked == [("project-records.csv", "CSV table (*.csv)")]
    assert len(rows(place)) == 6
    assert card_of(window) is None or not card_of(window).isVisible()


@pytest.mark.parametrize(
    ("steps", "count", "name"),
    [(1, 3, "included"), (2, 1, "excluded"), (3, 2, "pending"), (4, 2, "to-settle")],
)
def test_what_is_chosen_with_the_arrows_is_counted_and_written(
    opened, window, asked, qtbot, tmp_path, steps, count, name
):
    press(qtbot, *[K.Key_Down] * steps)
    assert opened.said.text() == f"{count} record{'s'[: count > 1]}."
    press(qtbot, K.Key_Return)
    place = tmp_path / f"project-{name}-title-abstract.csv"
    qtbot.waitUntil(place.exists)
    qtbot.waitUntil(lambda: "written to" in said(window))
    assert len(rows(place)) == count


def test_another_format_is_chosen(opened, window, asked, qtbot, tmp_path):
    opened.format.edit.setFocus()
    press(qtbot, K.Key_Down, K.Key_Down, K.Key_Return)
    qtbot.waitUntil(lambda: "written to" in said(window))
    assert asked == [("project-records.ris", "RIS (*.ris)")]
    assert (tmp_path / "project-records.ris").read_text(encoding="utf-8").count("ER  -") == 6


def test_the_codebook_is_had_alone(opened, window, asked, qtbot, tmp_path):
    qtbot.mouseClick(opened.codebook, Qt.MouseButton.LeftButton)
    place = tmp_path / "project-codebook.csv"
    qtbot.waitUntil(lambda: said(window) == f"The codebook was written to {place}.")
    assert "record" in [row["column"] for row in rows(place)]


def test_escape_writes_nothing(opened, window, asked, qtbot):
    press(qtbot, K.Key_Escape)
    qtbot.waitUntil(lambda: card_of(window) is None)
    assert asked == []


def test_the_button_of_the_page_opens_it(window, screened, qtbot):
    window.open(screened)
    window.frame.go("report")
    qtbot.mouseClick(window.frame.page.export_button, Qt.MouseButton.LeftButton)
    assert card_of(window).isVisible()


def test_of_a_hidden_stage_only_what_tells_nothing_is_written(window, review, qtbot):
    with open_copy(review.with_name("a.screener")) as mine:
        mine.screening.decide(mine.units.ids()[0], Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"))
    window.open(review)
    window.perform("export")
    card = card_of(window)
    press(qtbot, K.Key_Down)
    assert not card.act.isEnabled()
    assert "still open" in card.said.text()
    press(qtbot, K.Key_Up)
    assert card.act.isEnabled()


def test_a_copy_exports_its_reviewers_own_decisions(window, screened, asked, qtbot, tmp_path):
    window.open(screened.with_name("a.screener"))
    window.perform("export")
    press(qtbot, K.Key_Down)
    assert card_of(window).said.text() == "4 records."
    press(qtbot, K.Key_Return)
    qtbot.waitUntil(lambda: "4 records written" in said(window))
