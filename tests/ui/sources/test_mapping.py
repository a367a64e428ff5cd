from __future__ import annotations

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from ui.sources.mapping import ColumnLine

KEY = Qt.Key
FOREIGN = (
    "Overskrift;Hvem;Sammendrag\n"
    "Peers by post;Okafor, N;Invented words.\n"
    "Peers by telephone;Brandt, S;\n"
)
KNOWN = "Title,Authors,Abstract,Comment\nPeers by post,Okafor N,Invented words.,Peers by letter\n"


@pytest.fixture
def write(tmp_path):
    def written(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def asked(page, qtbot, write):
    """Import a table whose columns must be named; returns the view that asks."""

    def begin(text=FOREIGN):
        page.import_files([write(text)])
        qtbot.waitUntil(page.importing.mapping.isVisible)
        return page.importing.mapping

    return begin


@pytest.fixture
def choose(qtbot):
    """Choose the field of a column with the arrows, and wait until the file is read again."""

    def chosen(view, number, words, *, records=True):
        field = view.lines[number].field
        field.setFocus()
        qtbot.keyClick(field, KEY.Key_Home)
        for _ in range(field.findText(words)):
            qtbot.keyClick(field, KEY.Key_Down)
        assert field.currentText() == words
        qtbot.waitUntil(lambda: view._task is None)
        assert view.use.isEnabled() is records

    return chosen


def shown(view):
    return [line.field.currentText() for line in view.lines]


def said(view):
    return [preview.title.text() for preview in view.recognised.previews if preview.isVisible()]


def test_headings_nobody_knows_are_asked_for(page, asked, choose, heard, qtbot, session):
    view = asked()
    assert [line.heading.text() for line in view.lines] == ["Overskrift", "Hvem", "Sammendrag"]
    assert view.lines[0].values.text() == "Peers by post  ·  Peers by telephone"
    assert shown(view) == ["nothing"] * 3
    assert view.lines[0].field.hasFocus()
    assert not page.importing.foot.isVisible()
    choose(view, 2, "keywords", records=False)
    choose(view, 2, "abstract")
    choose(view, 0, "title")
    assert said(view) == ["Peers by post", "Peers by telephone"]
    qtbot.keyClick(view.lines[0].field, KEY.Key_Return)
    assert page.importing.form.isVisible()
    page.importing.form.source.setText("A library")
    qtbot.keyClick(page.importing.form.source, KEY.Key_Return)
    qtbot.waitUntil(page.overview.isVisible)
    records = list(session.project.sources.records())
    assert [r.fields.title for r in records] == ["Peers by post", "Peers by telephone"]
    assert records[0].fields.abstract == "Invented words."
    assert heard[0] == []


def test_a_table_of_which_little_is_known_is_read_and_asked_about(
    page, asked, choose, qtbot, session, give_up
):
    view = asked(FOREIGN.replace("Hvem", "Abstract"))
    assert shown(view) == ["nothing", "abstract", "nothing"]
    assert said(view) == ["no title", "no title"]
    choose(view, 2, "abstract")
    assert shown(view) == ["nothing", "nothing", "abstract"]
    qtbot.keyClick(view, KEY.Key_Escape)
    give_up(session)
    assert page.empty.isVisible()
    assert session.project.sources.batches() == []


PROGRAM = """import random, csv
names = ["Abernathy", "Quill"]
w = csv.writer(f); w.writerow(["Title", "Authors", "Year", "Journal", "DOI"])
for name in names: w.writerow([name, name, 2020, "Trials", "10.5555/ex"])
"""


def test_what_looks_like_no_table_of_records_is_not_taken_with_enter(
    page, qtbot, write, session, pubmed
):
    page.import_files([write(PROGRAM, "make.py")])
    view = page.importing.mapping
    qtbot.waitUntil(view.isVisible)
    assert view.warning.text().startswith("No column is known to be the title")
    assert view.back.text() == "Leave this file out"
    for _ in range(2):
        qtbot.keyClick(view.lines[0].field, KEY.Key_Return)
    assert view.isVisible()
    qtbot.keyClick(view, KEY.Key_Escape)
    assert page.empty.isVisible()
    assert session.project.sources.batches() == []
    page.import_files([write(PROGRAM, "make.py")])
    qtbot.waitUntil(view.isVisible)
    qtbot.mouseClick(view.use, Qt.MouseButton.LeftButton)
    assert page.importing.form.isVisible()


def test_a_table_without_headings_keeps_its_first_record(page, asked, choose, qtbot, session):
    view = asked("Peers by post;Okafor, N;2019\nPeers by telephone;Brandt, S;2020\n")
    assert view.bare.isChecked()
    assert [line.heading.text() for line in view.lines] == ["column 1", "column 2", "column 3"]
    choose(view, 0, "title")
    assert said(view) == ["Peers by post", "Peers by telephone"]
    qtbot.keyClick(view, KEY.Key_Return)
    assert page.importing.form.isVisible()
    assert session.preferences.current.tables == {}, "no heading tells the next file"


def test_the_first_row_is_said_to_be_a_record_and_again_to_be_headings(asked, choose, qtbot):
    view = asked()
    assert not view.bare.isChecked()
    view.bare.setFocus()
    qtbot.keyClick(view.bare, KEY.Key_Space)
    qtbot.waitUntil(lambda: view._task is None)
    assert view.bare.hasFocus()
    assert view.is_changed
    choose(view, 0, "title")
    assert said(view) == ["Overskrift", "Peers by post", "Peers by telephone"]
    qtbot.mouseClick(view.bare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view._task is None)
    assert [line.heading.text() for line in view.lines] == ["Overskrift", "Hvem", "Sammendrag"]
    choose(view, 0, "title")
    assert said(view) == ["Peers by post", "Peers by telephone"]


def test_a_table_with_much_known_and_no_title_is_asked_about(page, asked, choose, qtbot):
    text = "Authors,Study,Year,Journal,DOI,Abstract,Volume,Issue,Pages\n"
    view = asked(text + "Okafor N,Peers by post,2019,J,10.5555/a,Words,1,2,3-4\n")
    assert view.warning.text().startswith("No column is known to be the title")
    choose(view, 1, "title")
    assert said(view) == ["Peers by post"]
    qtbot.keyClick(view, KEY.Key_Return)
    assert page.importing.form.isVisible()


def test_another_file_can_be_chosen_in_the_place_of_an_unwanted_one(
    page, qtbot, write, session, pubmed, monkeypatch
):
    page.import_files([write(KNOWN)])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    chosen = []
    monkeypatch.setattr("ui.session.files.ask_several", lambda *_: chosen.append(1) or [pubmed])
    page.perform("import")
    qtbot.waitUntil(lambda: page.importing._queue.files[0].name == "pubmed.nbib")
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    page.importing.form.source.setFocus()
    qtbot.keyClicks(page.importing.form.source, "a")
    page.perform("import")
    assert len(chosen) == 1, "what was typed is asked about first"


def test_a_workbook_is_asked_about_like_a_text_and_remembered(page, asked, choose, qtbot, tmp_path):
    view = asked()
    choose(view, 0, "title")
    qtbot.keyClick(view, KEY.Key_Return)
    qtbot.keyClick(page.importing.form.source, KEY.Key_Escape)
    book = Workbook()
    for line in FOREIGN.splitlines():
        book.active.append(line.split(";"))
    book.save(tmp_path / "list.xlsx")
    page.import_files([tmp_path / "list.xlsx"])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    assert page.importing.recognised.previews[0].title.text() == "Peers by post"
    page.importing.recognised.columns.click()
    assert view.lines[0].values.text() == "Peers by post  ·  Peers by telephone"
    assert shown(view) == ["title", "nothing", "nothing"]
    choose(view, 1, "authors")
    qtbot.keyClick(view, KEY.Key_Return)
    assert page.importing.recognised._parsed.entries[1].fields.authors == ("Brandt, S",)


def test_the_next_file_with_these_headings_is_read_without_asking(
    page, asked, choose, qtbot, session, write
):
    view = asked()
    choose(view, 0, "title")
    qtbot.keyClick(view, KEY.Key_Return)
    qtbot.keyClick(page.importing.form.source, KEY.Key_Escape)
    again = write("From the library\n" + FOREIGN + "Peers by video;Marsh, D;\n", "again.csv")
    page.import_files([again])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    assert not view.isVisible()
    assert len(page.importing.recognised._parsed.entries) == 3
    page.importing.recognised.columns.click()
    assert shown(view) == ["title", "nothing", "nothing"]


def test_known_headings_ask_nothing_and_can_be_changed(page, choose, qtbot, write, session):
    page.import_files([write(KNOWN)])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    view = page.importing.mapping
    assert not view.isVisible()
    page.importing.form.platform.setText("a spreadsheet")
    qtbot.keyClick(page.importing.recognised.columns, KEY.Key_Space)
    assert shown(view) == ["title", "authors", "abstract", "nothing"]
    choose(view, 3, "title")
    assert shown(view) == ["nothing", "authors", "abstract", "title"]
    assert said(view) == ["Peers by letter"]
    qtbot.keyClick(view, KEY.Key_Return)
    assert page.importing.recognised.previews[0].title.text() == "Peers by letter"
    assert page.importing.form.platform.text() == "a spreadsheet"
    (kept,) = session.preferences.current.tables.values()
    assert kept == {"1": ("authors",), "2": ("abstract",), "3": ("title",)}


def test_escape_goes_back_to_what_was_read(page, choose, qtbot, write, session, give_up):
    page.import_files([write(KNOWN)])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    page.importing.recognised.columns.click()
    choose(page.importing.mapping, 3, "title")
    qtbot.keyClick(page.importing.mapping, KEY.Key_Escape)
    assert page.importing.mapping.isVisible()
    give_up(session)
    assert page.importing.recognised.isVisible()
    assert page.importing.recognised.previews[0].title.text() == "Peers by post"
    assert session.preferences.current.tables == {}


def test_escape_leaves_a_file_of_which_nothing_is_read(page, asked, qtbot, session):
    qtbot.keyClick(asked(), KEY.Key_Escape)
    assert page.empty.isVisible()
    assert session.project.sources.batches() == []


def test_enter_waits_for_what_is_being_read(page, asked, qtbot):
    view = asked()
    qtbot.keyClicks(view.lines[0].field, "title")
    qtbot.keyClick(view, KEY.Key_Return)
    qtbot.waitUntil(page.importing.form.isVisible)
    assert len(page.importing.recognised._parsed.entries) == 2


def test_without_columns_that_make_a_record_enter_does_nothing(asked, choose, qtbot):
    view = asked()
    qtbot.keyClick(view, KEY.Key_Return)
    assert view.isVisible()
    choose(view, 0, "title")
    choose(view, 0, "nothing", records=False)
    assert view.warning.text() == "No record can be made of these columns."


def test_a_file_without_columns_offers_none(page, qtbot, embase):
    page.import_files([embase])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    assert not page.importing.recognised.columns.isVisible()


def test_several_fields_of_one_column_are_one_choice(qtbot):
    line = ColumnLine(0, "NCT Number", "NCT00000001")
    qtbot.addWidget(line)
    line.offer(("accession", "registration"))
    line.show_fields(("accession", "registration"))
    assert line.field.currentText() == "number in the database and trial registration"
    assert line.fields() == ("accession", "registration")


def test_the_page_says_when_columns_share_a_field_or_one_became_empty(page, choose, qtbot, write):
    page.import_files([write(KNOWN)])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    page.importing.recognised.columns.click()
    view = page.importing.mapping
    assert not view.remarks.isVisible()
    choose(view, 3, "title")
    assert view.remarks.isVisible()
    assert view.remarks.text() == "“Title” is nothing now."
    choose(view, 1, "title")
    assert "“Authors” and “Comment” have one field, title" in view.remarks.text()
    assert "No column is the authors any more; it was “Authors”." in view.remarks.text()
    choose(view, 1, "authors")
    choose(view, 3, "nothing")
    assert view.remarks.text() == ""
    choose(view, 2, "nothing")
    assert view.remarks.text() == "No column is the abstract any more; it was “Abstract”."
