"""The report page on a real project: the diagram's numbers, the records behind, saving."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from ui.report.exporting import export_to
from ui.report.page import ReportPage
from ui.session.session import Session


@pytest.fixture
def merged(review, qtbot):
    """A project with both copies merged: two units in conflict, one excluded, three included."""
    verdicts = {"a": "iiiexx", "b": "iiixex"}
    for name, words in verdicts.items():
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for unit, word in zip(mine.units.ids(), words, strict=True):
                verdict = Verdict.INCLUDE if word in "ie" else Verdict.EXCLUDE
                mine.screening.decide(unit, verdict, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    session = Session(open_project(review))
    session.project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
    yield session
    session.close()


@pytest.fixture
def page(merged, qtbot):
    page = ReportPage(merged)
    qtbot.addWidget(page)
    page.resize(1072, 760)
    with qtbot.waitExposed(page):
        page.show()
    return page


def titles(page):
    return [page.behind.model.row(i).title for i in range(page.behind.model.rowCount())]


def test_every_number_opens_by_keyboard(page, qtbot):
    page.focus_first()
    opened = []
    page.canvas.opened.connect(lambda name, item: opened.append((name, item)))
    for _ in range(page.canvas.count()):
        qtbot.keyClick(page.canvas, Qt.Key.Key_Down)
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
        qtbot.keyClick(page.behind, Qt.Key.Key_Escape)
    assert len(set(opened)) == page.canvas.count() > 5


def test_the_list_holds_the_records_of_the_number(page):
    flow = page.session.project.report.flow()
    page.show_behind("records_screened")
    assert page.behind.model.rowCount() == flow.records_screened == 6
    page.show_behind("records_excluded")
    assert titles(page) == ["Exercise groups for students"]
    page.show_behind("database_specific_results", "PubMed")
    assert page.behind.model.rowCount() == 6


def test_a_number_without_records_does_not_open(page):
    page.focus_first()
    links = [(t.link, t.item) for t in page.canvas._links]
    assert ("database_results", "") in links
    assert ("register_results", "") not in links
    assert links[0][0].startswith("database")


def test_what_happened_and_a_report_tells_stands_below_the_diagram(page):
    session = page.session
    with open_copy(session.project.path.with_name("a.screener")) as mine:
        mine.screening.reopen(Stage.TITLE_ABSTRACT, "a later search")
    session.project.consensus.merge(session.project.path.with_name("a.screener"))
    page.refresh()
    assert "again after closing it: a later search." in page.remarks.text()


def test_a_draft_shows_what_is_open(page, qtbot):
    assert page.session.project.report.flow().draft
    qtbot.mouseClick(page.show_open, Qt.MouseButton.LeftButton)
    # Two conflicts, and three reports that are not retrieved yet.
    assert page.behind.model.rowCount() == 5


def test_it_counts_again_after_a_change(page):
    conflicts = page._counted.flow.pending.title_abstract
    project = page.session.project
    open_ = [d for d in project.consensus.discrepancies(Stage.TITLE_ABSTRACT) if d.state == "open"]
    project.consensus.resolve(
        open_[0].unit.id, "exclude", step=Stage.TITLE_ABSTRACT, why="talked", by=["Maya Lindqvist"]
    )
    assert page._counted.flow.pending.title_abstract == conflicts - 1


def test_saving_writes_the_file_and_says_so(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.session.echoed) as said:
        page.save_to(tmp_path / "flow.svg")
    assert "flow.svg" in said.args[0].sentence
    assert (tmp_path / "flow.svg").read_text(encoding="utf-8").startswith("<")


def test_a_place_that_cannot_be_written_is_a_sentence(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.session.complained) as problem:
        page.save_to(tmp_path / "absent" / "flow.svg")
    assert problem.args[0].sentence.startswith("There is no folder")


def test_the_open_project_is_never_overwritten(page, qtbot):
    before = page.session.project.counts()
    for write in (page.save_to, partial(export_to, page.session)):
        path = page.session.project.path
        with qtbot.waitSignal(page.session.complained) as problem:
            write(path)
        assert path.name in problem.args[0].sentence
    assert (
        "is the project that is open" in problem.args[0].sentence
    )  # the export's, the last of the two
    assert page.session.project.counts() == before
    assert not page.session.project.verify()


def test_the_model_is_sound_and_numbers_have_names(page):
    page.show_behind("records_screened")
    QAbstractItemModelTester(page.behind.model)
    page.show_diagram()
    page.canvas.choose(0)
    assert page.canvas.accessibleName().startswith("Flow diagram, ")
    assert "records" in page.canvas.accessibleDescription().lower()


def test_the_key_of_the_table_saves_the_diagram(page, qtbot, monkeypatch, tmp_path):
    place = tmp_path / "flow.svg"
    monkeypatch.setattr(
        "ui.session.files.QFileDialog.getSaveFileName",
        lambda *_: (str(place), "SVG picture (*.svg)"),
    )
    page.session.keys.remap("save-diagram", "Ctrl+Shift+D")
    page.focus_first()
    qtbot.keyClick(page.canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not place.exists()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.canvas, Qt.Key.Key_D, both)
    assert place.exists()
    assert page.save_button.key == "Ctrl+Shift+D"


def test_what_was_written_offers_no_take_back(page, tmp_path, qtbot):
    project = page.session.project
    project.duplicates.same([r.id for r in project.sources.records()][:2])
    page.save_to(tmp_path / "flow.svg")
    assert page.session.echo.sentence.startswith("The flow diagram was saved")
    assert not page.session.echo.can_take_back
    export_to(page.session, tmp_path / "records.csv")
    qtbot.waitUntil(lambda: "written to" in page.session.echo.sentence)
    assert not page.session.echo.can_take_back
    page.take_back()
    assert project.duplicates.groups(), "nothing is done on this page: it is asked first"
    page.take_back()
    assert not project.duplicates.groups()
    assert not page.session.echo.can_take_back
    page.repeat()
    assert page.session.echo.can_take_back
