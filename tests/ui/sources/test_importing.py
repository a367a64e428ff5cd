from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from screener.model import Search, SourceKind, UserError
from ui.widgets.words import Words

KEY = Qt.Key


@pytest.fixture
def read(page, qtbot):
    """Begin to import files and wait until the first is shown."""

    def begin(*paths):
        page.import_files(paths)
        qtbot.waitUntil(page.importing.go_on.isEnabled)

    return begin


def enter(page, qtbot):
    qtbot.keyClick(page.importing.form.source, KEY.Key_Return)


def test_nothing_is_stored_before_enter(page, read, session, qtbot, embase):
    read(embase)
    said = [words.text() for words in page.header.findChildren(Words) if words.isVisible()]
    assert said == ["Import", "embase.ris", "nothing is stored yet"]
    assert page.importing.recognised.previews[0].title.text() == "Peers by telephone"
    assert session.project.sources.batches() == []
    page.importing.form.source.setText("Embase")
    page.importing.form.searched.setText("14 December 2018")
    page.importing.form.claimed.setText("1,003")
    enter(page, qtbot)
    qtbot.waitUntil(lambda: page.overview.isVisible())
    (batch,) = session.project.sources.batches()
    assert batch.search == Search(source="Embase", searched="2018-12-14", claimed=1003)
    assert (batch.parsed, len(batch.skipped)) == (3, 1)
    assert page.overview.table.hasFocus()


def test_escape_leaves_and_nothing_is_stored(page, read, session, qtbot, embase):
    read(embase)
    qtbot.keyClick(page.importing.form.platform, KEY.Key_Escape)
    assert page.empty.isVisible()
    assert session.project.sources.batches() == []


def test_the_source_is_guessed_from_the_file(page, read, pubmed):
    read(pubmed)
    form = page.importing.form
    assert form.source.text() == "PubMed"
    assert form.searched.hasFocus()


def test_a_claimed_number_that_differs_warns_at_once(page, read, qtbot, pubmed):
    read(pubmed)
    qtbot.keyClicks(page.importing.form.claimed, "3")
    assert page.importing.warning.text() == "2 fewer records than PubMed claimed"
    qtbot.keyClick(page.importing.form.claimed, KEY.Key_Backspace)
    assert not page.importing.warning.isVisible()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("searched", "3/4/2019", "no date"),
        ("claimed", "many", "figures"),
        ("claimed", "9" * 5000, "figures"),
        ("source", " ", "which"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence_and_nothing_is_stored(
    page, read, session, heard, qtbot, pubmed, field, text, sentence
):
    read(pubmed)
    getattr(page.importing.form, field).setText(text)
    enter(page, qtbot)
    assert [sentence in problem for problem in heard[0]] == [True]
    assert page.importing.isVisible()
    assert session.project.sources.batches() == []


def test_the_same_file_again_is_recognised(page, read, session, qtbot, pubmed):
    session.project.sources.import_file(pubmed, source="PubMed")
    read(pubmed)
    assert page.importing.warning.text().startswith("This file was imported already")
    assert page.importing.go_on.text() == "Leave it out"
    qtbot.keyClick(page.importing.go_on, KEY.Key_Return)
    assert page.overview.isVisible()
    assert len(session.project.sources.batches()) == 1


def test_several_files_come_one_by_one_then_one_summary(
    page, read, session, heard, qtbot, embase, pubmed, tmp_path
):
    empty = tmp_path / "empty.ris"
    empty.write_text("")
    read(embase, empty, pubmed)
    assert page.importing.summary.title == "2 of 3 files can be imported"
    assert page.importing.go_on.text() == "Go on with 2 files"
    qtbot.keyClick(page.importing.go_on, KEY.Key_Return)
    assert page.importing.go_on.text() == "Next file"
    page.importing.form.source.setText("Embase")
    enter(page, qtbot)
    assert page.importing.form.source.text() == "PubMed"
    assert heard[0] == []
    assert session.project.sources.batches() == []
    assert page.importing.go_on.text() == "Import 2 files, 4 records"
    enter(page, qtbot)
    qtbot.waitUntil(page.importing.summary.isVisible)
    assert page.importing.summary.title == "4 records imported from 2 of 3 files"
    (echo,) = heard[1]
    assert echo.sentence == "Imported 4 records from Embase and PubMed"
    assert session.project.undo_name() == "Import from Embase and PubMed"
    assert [b.search.source for b in session.project.sources.batches()] == ["Embase", "PubMed"]
    qtbot.keyClick(page.importing.go_on, KEY.Key_Return)
    assert page.overview.isVisible()


def test_nothing_is_stored_while_a_file_comes_after(page, read, session, qtbot, pubmed, tmp_path):
    """Files that cannot be read come last: the page before them is the last one."""
    again, foreign = tmp_path / "again.nbib", tmp_path / "paper.pdf"
    again.write_bytes(pubmed.read_bytes())
    foreign.write_bytes(b"%PDF-1.7\n" + bytes(99))
    read(pubmed, again, foreign, tmp_path)
    assert page.importing.summary.title == "1 of 4 files can be imported"
    said = [words.text() for words in page.importing.summary.findChildren(Words)]
    assert "It is the same as a file before it." in said
    qtbot.keyClick(page.importing.go_on, KEY.Key_Return)
    assert page.importing.go_on.text() == "Import 1 record"
    enter(page, qtbot)
    qtbot.waitUntil(page.importing.summary.isVisible)
    assert page.importing.summary.title == "1 record imported from 1 of 4 files"
    assert len(session.project.sources.batches()) == 1


def test_a_last_table_that_is_left_stores_nothing_by_itself(
    page, read, session, qtbot, pubmed, tmp_path
):
    foreign = tmp_path / "list.csv"
    foreign.write_text("Hva;Hvem;Hvor\nPeers;Okafor, N;Here\nA song;Brandt, S;There\n")
    read(pubmed, foreign)
    page.importing.form.platform.setText("Ovid")
    assert page.importing.go_on.text() == "Next file"
    enter(page, qtbot)
    qtbot.keyClick(page.importing.mapping, KEY.Key_Escape)
    assert page.importing.go_on.text() == "Import 1 record"
    assert page.importing.form.platform.text() == "Ovid"
    assert session.project.sources.batches() == []


def test_a_later_round_says_who_needs_a_newer_copy(
    page, read, session, heard, qtbot, pubmed, embase, tmp_path
):
    session.project.sources.import_file(embase, source="Embase")
    for name in ("Maya", "Jonas"):
        session.project.consensus.write_copy(name, tmp_path / f"{name}.screener")
    read(pubmed)
    said = [words.text() for words in page.importing.foot.findChildren(Words)]
    assert said[0].endswith("For Maya and Jonas these records come with a newer copy.")
    enter(page, qtbot)
    qtbot.waitUntil(page.overview.isVisible)
    assert heard[1][0].sentence == (
        "Imported 1 record from PubMed. Find duplicates, then write newer copies for Maya and Jonas"
    )


def test_files_of_which_none_can_be_read_are_listed(page, session, heard, qtbot, tmp_path):
    bad = [tmp_path / f"{name}.ris" for name in "ab"]
    for path in bad:
        path.write_text("")
    page.import_files(bad)
    qtbot.waitUntil(page.importing.summary.isVisible)
    assert page.importing.summary.title == "None of these files can be imported"
    assert not page.importing.cancel.isVisible()
    assert session.project.sources.batches() == []
    qtbot.keyClick(page.importing.go_on, KEY.Key_Return)
    assert page.empty.isVisible()


def test_a_file_that_is_no_reference_file_is_one_sentence(page, session, heard, qtbot, tmp_path):
    foreign = tmp_path / "letter.ris"
    foreign.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.import_files([foreign])
    qtbot.waitUntil(page.empty.isVisible)
    assert len(heard[0]) == 1
    assert heard[0][0].endswith(".")
    session.run(lambda project, progress: None, writes=True)  # the session is free again
    qtbot.waitUntil(lambda: not session.busy)


@pytest.fixture
def gate(session):
    """Long work begins only after `gate.set()`."""
    gate = Event()
    session._executor.submit(gate.wait)
    yield gate
    gate.set()


def test_reading_can_be_stopped(page, session, gate, heard, qtbot, embase, pubmed):
    page.import_files([embase, pubmed])
    qtbot.keyClick(page.importing, KEY.Key_Escape)
    gate.set()
    qtbot.waitUntil(page.empty.isVisible)
    assert not session.running
    assert session.project.sources.batches() == []
    assert heard == ([], [])


def test_storing_that_is_stopped_changes_nothing(page, read, session, heard, qtbot, embase):
    read(embase)
    page.importing.form.source.setText("Embase")
    gate = Event()
    session._executor.submit(gate.wait)
    enter(page, qtbot)
    qtbot.keyClick(page.importing, KEY.Key_Escape)
    gate.set()
    qtbot.waitUntil(page.importing.go_on.isEnabled)  # what was written is shown again
    assert page.importing.isVisible()
    assert session.project.sources.batches() == []
    assert heard == ([], [])


def test_dropped_files_are_imported(page, qtbot, pubmed):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pubmed)), QUrl("https://example.org/x.ris")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(page.importing.go_on.isEnabled)
    assert page.importing.form.source.text() == "PubMed"


def test_the_form_gives_back_what_it_was_given(page):
    form = page.importing.form
    search = Search(
        source="Reference lists",
        kind=SourceKind.CITATION_SEARCHING,
        platform="27 reports",
        searched="2019-06-03",
        strategy="first\nsecond",
        limits="none",
        filters="RCT filter",
        claimed=1200,
    )
    form.set_search(search)
    assert form.search() == search
    form.source.clear()
    with pytest.raises(UserError):
        form.search()


def test_where_there_is_no_room_the_halves_stand_one_below_the_other(page, read, pubmed):
    read(pubmed)
    assert page.importing._page.side_by_side
    page.resize(600, 700)
    assert not page.importing._page.side_by_side
    form, right = page.importing.form, page.importing.recognised
    assert right.mapTo(page, right.rect().topLeft()).y() > form.geometry().bottom()


def test_escape_takes_a_problem_away_before_it_leaves(page, read, qtbot, pubmed):
    read(pubmed)
    page.session.complain("“soon” is no date; write it as 2018-12-14.")
    qtbot.keyClick(page.importing.form.searched, KEY.Key_Escape)
    assert page.session.problem is None
    assert page.importing.isVisible()
    qtbot.keyClick(page.importing.form.searched, KEY.Key_Escape)
    assert not page.importing.isVisible()


def test_the_hint_stands_under_the_fields(page, read, pubmed):
    read(pubmed)
    view = page.importing
    corners = [w.mapTo(page, w.rect().topLeft()).x() for w in (view._hint, view.form.source)]
    assert corners[0] == corners[1]


def test_records_are_seen_as_the_file_gives_them(page, read, embase, qtbot):
    read(embase)
    panel = page.importing.recognised
    assert not panel.raw.isVisible()
    qtbot.keyClick(panel.show_raw, KEY.Key_Space)
    text = panel.raw.toPlainText()
    assert text.startswith("line 1\nTY  JOUR\nTI  Peers by telephone\n")
    assert text.count("TI  ") == 3
    assert not panel.previews[0].isVisible()
    qtbot.keyClick(panel.show_raw, KEY.Key_Space)
    assert panel.previews[0].isVisible()


def test_what_comes_next_is_counted(page, read, embase, tmp_path):
    many = tmp_path / "many.ris"
    many.write_text(2 * embase.read_text() + "TY  - JOUR\nTI  - The last\nER  - \n")
    read(many)
    panel = page.importing.recognised
    assert panel.more.text() == "Next 2"
    panel.more.click()
    assert [p.title.text() for p in panel.previews if p.isVisible()][-1] == "The last"
    assert panel.more.text() == "First 5"


def test_what_was_written_about_files_is_asked_about_before_it_is_dropped(
    page, read, session, qtbot, embase, pubmed, give_up
):
    session.preferences.change(moment=0)
    read(embase, pubmed)
    assert not page.unsaved()
    qtbot.keyClicks(page.importing.form.source, "Embase")
    enter(page, qtbot)
    assert page.importing.form.source.text() == "PubMed"
    for _ in range(3):
        qtbot.keyClick(page.importing.form.platform, KEY.Key_Escape)
        assert page.importing.isVisible()
        assert page.unsaved()
    give_up(session)
    assert page.empty.isVisible()
    assert not page.unsaved()


def test_what_was_written_is_shown_again_when_it_could_not_be_stored(
    page, read, session, heard, qtbot, embase, monkeypatch
):
    def full(*_):
        raise UserError("The disk is full.")

    monkeypatch.setattr("ui.sources.importing.store_all", full)
    read(embase)
    qtbot.keyClicks(page.importing.form.source, "Embase")
    enter(page, qtbot)
    qtbot.waitUntil(lambda: "The disk is full." in heard[0] and page.importing.go_on.isEnabled())
    assert page.importing.isVisible()
    assert page.importing.form.source.text() == "Embase"


def test_what_is_refused_goes_when_it_is_answered(
    page, read, session, heard, qtbot, embase, tmp_path
):
    others = []
    for number in (2, 3):
        path = tmp_path / f"other-{number}.ris"
        path.write_text(f"TY  - JOUR\nTI  - Number {number}\nER  - \n", encoding="utf-8")
        others.append(path)
    read(embase, *others)
    enter(page, qtbot)
    assert session.problem.sentence.startswith("Say which source")
    qtbot.keyClicks(page.importing.form.source, "E")
    assert session.problem is None
    enter(page, qtbot)
    for _ in (2, 3):
        assert page.importing.form.source.text() == ""
        assert session.problem is None
        enter(page, qtbot)
        assert session.problem.sentence.startswith("Say which source")
        page.importing.form.source.setText("A library")  # not typed: it stays until it is read
        enter(page, qtbot)
        assert session.problem is None
    qtbot.waitUntil(page.importing.summary.isVisible)
    assert len(session.project.sources.batches()) == 3


def test_what_others_said_stays_when_a_form_is_right_again(page, read, session, qtbot, embase):
    read(embase)
    enter(page, qtbot)
    session.complain("This folder is shared.", ("work-elsewhere", "Work elsewhere"))
    qtbot.keyClicks(page.importing.form.source, "E")
    assert session.problem.sentence == "This folder is shared."
