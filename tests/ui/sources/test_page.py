from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from screener import create_project, merge_into, open_project
from screener.model import NO_TAGS
from ui.session.session import Session
from ui.sources.page import SourcesPage
from ui.sources.record import RecordView

KEY = Qt.Key


@pytest.fixture
def filled(page, session, embase, pubmed):
    """The page of a project with two searches."""
    session.project.sources.import_file(embase, source="Embase", claimed=4, strategy="peers")
    session.project.sources.import_file(pubmed, source="PubMed")
    page.overview.table.choose(0)
    page.overview.table.setFocus()
    return page


def texts(widget):
    return [label.text() for label in widget.findChildren(type(widget.ask._sentence))]


def test_an_empty_project_says_what_belongs_here(page):
    assert page.empty.isVisible()
    assert page.empty.button.text() == "Import…"


def test_imports_appear_as_they_are_committed(filled):
    assert filled.overview.isVisible()
    assert len(filled.overview.batches) == 2
    assert "2 searches, 4 records" in texts(filled)


def test_the_detail_says_what_does_not_add_up(filled):
    detail = filled.overview.detail
    shown = [w.text() for w in detail.findChildren(type(detail._warning)) if w.isVisible()]
    assert "1 fewer record than Embase claimed" in shown
    assert any("line 17" in text for text in shown)
    detail.show_lines.click()
    assert "This line belongs to no record." in detail.skipped.toPlainText()
    assert detail.skipped.isVisible()
    filled.overview.table.choose(1)
    assert not detail.skipped.isVisible()


def test_delete_asks_once_and_why_is_kept(filled, session, heard, qtbot):
    qtbot.keyClick(filled.overview.table, KEY.Key_Delete)
    assert filled.ask.isVisible()
    assert filled.ask.answer.hasFocus()
    qtbot.keyClicks(filled.ask.answer, "wrong file")
    qtbot.keyClick(filled.ask.answer, KEY.Key_Return)
    assert not filled.ask.isVisible()
    first = session.project.sources.batches()[0]
    assert first.withdrawn == "wrong file"
    assert session.project.sources.count() == 1
    assert [echo.sentence for echo in heard[1]] == ["Taken back: the import from Embase"]
    assert heard[1][0].can_take_back
    assert session.project.undo_name() == "Take back the import from Embase"
    assert filled.overview.detail.put_back.isVisible()
    filled.overview.detail.put_back.click()
    assert session.project.sources.count() == 4


def test_taking_back_without_why_is_a_sentence(filled, session, heard, qtbot):
    qtbot.keyClick(filled.overview.table, KEY.Key_Delete)
    qtbot.keyClick(filled.ask.answer, KEY.Key_Return)
    assert len(heard[0]) == 1
    qtbot.keyClick(filled.ask.answer, KEY.Key_Escape)
    assert session.problem is None
    assert filled.ask.isVisible()
    qtbot.keyClick(filled.ask.answer, KEY.Key_Escape)
    assert not filled.ask.isVisible()
    assert session.project.sources.count() == 4
    assert filled.overview.table.hasFocus()


def test_an_edit_changes_what_is_said_and_no_record(filled, session, qtbot):
    filled.overview.detail.edit.click()
    filled.editing.form.claimed.setText("3")
    qtbot.keyClick(filled.editing.form.claimed, KEY.Key_Return)
    assert filled.overview.isVisible()
    embase = next(b for b in session.project.sources.batches() if b.search.source == "Embase")
    assert embase.search.claimed == 3
    assert embase.search.strategy == "peers"
    assert filled.overview.chosen().id == embase.id


def test_enter_shows_the_records_and_enter_one_of_them(filled, qtbot):
    qtbot.keyClick(filled.overview.table, KEY.Key_Return)
    assert filled.records.list.hasFocus()
    assert filled.records.model.rowCount() == 3
    qtbot.keyClick(filled.records.list, KEY.Key_Slash)
    assert filled.records.search.hasFocus()
    qtbot.keyClicks(filled.records.search, "video")
    assert filled.records.model.rowCount() == 1
    assert filled.records.search.hasFocus()
    qtbot.keyClick(filled.records.search, KEY.Key_Return)
    qtbot.keyClick(filled.records.list, KEY.Key_Return)
    assert filled.record.isVisible()
    assert "Peers by video" in texts(filled)
    assert "TI" in texts(filled)
    qtbot.keyClick(filled.record, KEY.Key_Escape)
    qtbot.keyClick(filled.records.list, KEY.Key_Escape)
    assert filled.overview.isVisible()


def test_a_record_that_came_from_a_copy_says_that_its_tags_are_elsewhere(tmp_path, embase, qtbot):
    with create_project(tmp_path / "first.screener", title="First") as review:
        review.sources.import_file(embase, source="Embase")
        review.consensus.write_copy("Ana", tmp_path / "ana.screener")
    merge_into(tmp_path / "made.screener", tmp_path / "ana.screener")
    session = Session(open_project(tmp_path / "made.screener"))
    view = RecordView(session)
    qtbot.addWidget(view)
    view.show_record(session.project.sources.find("1"))
    shown = [label.text() for label in view.findChildren(QLabel)]
    session.close()
    assert "Peers by telephone" in shown
    assert NO_TAGS in shown
    assert "TI" not in shown


def test_a_record_of_megabytes_is_shown_by_its_beginning(page, session, qtbot, tmp_path):
    huge = tmp_path / "huge.ris"
    notes = "".join(f"N1  - note {n}\n" for n in range(400))
    huge.write_text(f"TY  - JOUR\nTI  - Huge\nAB  - {'word ' * 100_000}\n{notes}ER  - \n")
    page.import_files([huge])
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    page.importing.recognised.show_raw.click()
    assert len(page.importing.recognised.raw.toPlainText()) < 20_000
    page.importing.leave()
    session.project.sources.import_file(huge, source="Embase")
    page.show_at(session.project.sources.batches()[0].id)
    qtbot.keyClick(page.records.list, KEY.Key_Return)
    assert max(map(len, texts(page))) < 10_100
    assert any(text.startswith("and ") and text.endswith(" more") for text in texts(page))


def test_a_correction_stands_beside_what_the_source_gave(filled, session, qtbot):
    record = next(session.project.sources.records())
    filled.show_at(record.batch)
    qtbot.keyClick(filled.records.list, KEY.Key_Return)
    qtbot.keyClick(filled.record, KEY.Key_E)
    filled.record.form.fields["year"].setText("2018")
    qtbot.keyClick(filled.record.form.fields["year"], KEY.Key_Return)
    corrected = session.project.sources.record(record.id)
    assert corrected.fields.year == 2018
    assert corrected.corrected == {"year"}
    assert "the source gave: 2017" in texts(filled)
    qtbot.keyClick(filled.record, KEY.Key_Escape)
    assert "2018" in filled.records.model.row(0).words


def test_very_many_records_are_read_beside_the_page_and_can_be_stopped(
    page, session, qtbot, tmp_path
):
    many = tmp_path / "many.ris"
    many.write_text("".join(f"TY  - JOUR\nTI  - Number {n}\nER  - \n" for n in range(2_001)))
    batch = session.project.sources.import_file(many, source="PubMed")
    gate = Event()
    session._executor.submit(gate.wait)
    page.show_at(batch.id)
    assert (page.records.isVisible(), page.records.model.rowCount()) == (True, 0)
    session.stop()
    gate.set()
    qtbot.waitUntil(page.overview.isVisible)
    page.show_at(batch.id)
    qtbot.waitUntil(lambda: page.records.model.rowCount() == 2_001)
    assert page.records.list.row() == 0


def test_a_correction_that_cannot_be_meant_stays_open(filled, session, heard, qtbot):
    record = next(session.project.sources.records())
    filled.show_at(record.batch)
    qtbot.keyClick(filled.records.list, KEY.Key_Return)
    qtbot.keyClick(filled.record, KEY.Key_E)
    filled.record.form.fields["year"].setText("soon")
    qtbot.keyClick(filled.record.form.fields["year"], KEY.Key_Return)
    assert len(heard[0]) == 1
    assert filled.record.correcting
    qtbot.keyClick(filled.record.form.fields["year"], KEY.Key_Escape)
    assert session.project.sources.record(record.id).corrected == frozenset()


def test_a_record_by_hand_goes_through_the_same_form(page, session, qtbot):
    page.add_by_hand()
    page.by_hand.paste.setPlainText("10.5555/by.hand")
    qtbot.keyClick(page.by_hand.paste, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.by_hand.form.fields["title"].setPlainText("Found on a website")
    qtbot.keyClick(page.by_hand.form.fields["year"], KEY.Key_Return)
    assert page.importing.isVisible()
    page.importing.form.source.setText("Hearing Voices Network")
    qtbot.keyClick(page.importing.form.source, KEY.Key_Return)
    qtbot.waitUntil(page.overview.isVisible)
    (batch,) = session.project.sources.batches()
    assert (batch.search.source, batch.search.kind, batch.parsed) == (
        "Hearing Voices Network", "website", 1,
    )  # fmt: skip
    (record,) = session.project.sources.records()
    assert (record.fields.title, record.fields.doi) == ("Found on a website", "10.5555/by.hand")
    tags = session.project.sources.source_tags(record.id)
    assert tags == (("pasted", "10.5555/by.hand"),)


def test_several_pasted_records_go_on_at_once(page, qtbot):
    page.add_by_hand()
    page.by_hand.paste.setPlainText("TY  - JOUR\nTI  - A\nER  - \n\nTY  - JOUR\nTI  - B\nER  - \n")
    page.by_hand.read.click()
    assert page.importing.isVisible()
    assert page.importing.go_on.text() == "Import 2 records"


def test_while_something_is_written_nothing_can_be_changed(filled, session, qtbot):
    detail = filled.overview.detail
    task = session.run(lambda project, progress: None, writes=True)
    assert not filled.import_button.isEnabled()
    assert not detail.edit.isEnabled()
    assert detail.records.isEnabled()
    qtbot.keyClick(filled.overview.table, KEY.Key_Delete)
    assert not filled.ask.isVisible()
    with qtbot.waitSignal(task.ended):
        pass
    assert filled.import_button.isEnabled()
    assert detail.edit.isEnabled()


def test_the_first_child_is_the_header(page):
    assert page.layout().itemAt(0).widget() is page.header


def test_a_file_open_for_reading_only_offers_no_change(tmp_path, qtbot, pubmed):
    with create_project(tmp_path / "read.screener", title="Read") as project:
        project.sources.import_file(pubmed, source="PubMed")
    reading = Session(open_project(tmp_path / "read.screener", write=False))
    page = SourcesPage(reading)
    qtbot.addWidget(page)
    page.show()
    assert not page.import_button.isEnabled()
    assert not page.overview.detail.edit.isEnabled()
    page.import_files([pubmed])
    assert page._stack.currentWidget() is page.overview
    reading.close()


def bottom(widget, page):
    return widget.mapTo(page, widget.rect().bottomLeft()).y()


def describe(session, strategy):
    first = session.project.sources.batches()[0]
    search = replace(first.search, strategy=strategy, limits="1946 to 2018", filters="RCT filter")
    session.project.sources.describe(first.id, search)


def test_the_detail_is_as_high_as_the_longest_search_needs(filled, session, qtbot):
    detail = filled.overview.detail
    short = detail.height()
    describe(session, "peer* OR support*\n" * 9)
    assert detail.height() > short
    qtbot.waitUntil(lambda: bottom(detail._filters, filled) < filled.height())
    assert detail._scroll.verticalScrollBar().maximum() == 0
    high = detail.height()
    filled.overview.table.choose(1)  # a search without a strategy
    assert detail.height() == high


def test_a_strategy_without_room_ends_with_a_whole_line(filled, session, qtbot):
    describe(session, "peer* OR support*\n" * 200)
    detail, table = filled.overview.detail, filled.overview.table
    bar, line = detail._scroll.verticalScrollBar(), detail._strategy.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bottom(detail, filled) < filled.height())
    assert detail._scroll.viewport().height() % line == 0
    assert bottom(detail._filters, filled) < bottom(detail, filled)
    rows = sum(table.rowHeight(row) for row in range(2))
    assert table.viewport().height() >= rows


def test_the_searches_are_sorted_found_by_typing_and_copied(page, session, qtbot, embase, pubmed):
    session.project.sources.import_file(embase, source="Embase")
    session.project.sources.import_file(pubmed, source="CINAHL")
    table = page.overview.table
    table.choose(0)
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.overview.chosen().search.source == "Embase"
    qtbot.keyClick(table, KEY.Key_Up)
    assert page.overview.chosen().search.source == "CINAHL"
    qtbot.keyClicks(table, "em")
    assert page.overview.chosen().search.source == "Embase"
    qtbot.keyClick(table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("Embase\tdatabase")
