"""Proposing a correction while screening: by keys, on a card; the record stays as it is."""

from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy, open_project
from screener.model import Stage, Verdict
from ui.screening.proposing import ProposeCard
from ui.session.actions import BY_ID, writes
from ui.session.session import Session
from ui.widgets.card import BOUNCE

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ABSTRACT = "Adults were asked twice.\nMost of them answered."


def card(page):
    return next((c for c in page.window().findChildren(ProposeCard) if c.isVisible()), None)


def proposed(page):
    found = page.session.project.sources.proposals.open()
    return [(p.number, p.field, p.value, "".join(p.why)) for p in found]


def text(page):
    return page.reading.record.toPlainText()


@pytest.fixture
def sessions(qtbot):
    """Open sessions, closed after the pages on them are hidden."""
    made = []

    def open_(path, *, write=True):
        made.append(Session(open_project(path, write=write)))
        return made[-1]

    yield open_
    for session in made:
        session.close()


@pytest.fixture
def opened(page, press, qtbot):
    """Open the card with its key."""

    def open_():
        press("g")
        qtbot.waitUntil(lambda: card(page) is not None)
        return card(page)

    return open_


@pytest.fixture
def gone(page, qtbot):
    """Wait until the card is gone."""
    return lambda: qtbot.waitUntil(lambda: card(page) is None)


def fill(qtbot, field, words):
    qtbot.keyClick(field, KEY.Key_A, CONTROL)
    qtbot.keyClicks(field, words)


def test_a_field_is_proposed_by_keys_alone(page, press, opened, gone, qtbot):
    before = page.model.sheet.unit
    shown = opened()
    assert shown.value.hasFocus()
    assert shown.field.choice() == "title"
    assert shown.value.toPlainText() == before.title
    qtbot.keyClicks(shown.value, "Peers by post")
    press(KEY.Key_Tab)
    assert shown.why.hasFocus()
    qtbot.keyClicks(shown.why, "the PDF")
    press(KEY.Key_Return)
    gone()
    assert proposed(page) == [(1, "title", "Peers by post", "the PDF")]
    assert page.model.sheet.unit == before
    assert page.session.project.units.get("1") == before
    assert "You proposed: title “Peers by post”. G changes it or takes it back." in text(page)
    assert page.session.echo.sentence == f"Proposed: title: “{before.title}”"
    assert page.reading.record.hasFocus()
    assert page.model.decided == 0


def test_control_enter_in_the_text_proposes_it_and_undo_names_it(page, press, opened, gone, qtbot):
    shown = opened()
    fill(qtbot, shown.value, "Peers by post")
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    gone()
    assert page.session.project.undo_name() == "Propose a correction (title)"
    press(KEY.Key_Backspace)
    assert proposed(page) == []
    assert "You proposed" not in text(page)
    assert "Taken back: Propose a correction (title)" in page.session.echo.sentence


def test_one_that_stands_is_shown_again_changed_and_taken_back(page, press, opened, gone, qtbot):
    page.session.project.sources.proposals.propose("1", "year", "2004", "page 1")
    page.model.reload()
    shown = opened()
    assert (shown.field.choice(), shown.value.toPlainText()) == ("year", "2004")
    assert shown.why.text() == "page 1"
    assert shown.now.text() == "Now: 2017. Without words here the proposal is taken back."
    fill(qtbot, shown.value, "2005")
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    gone()
    assert proposed(page) == [(1, "year", "2005", "page 1")]
    shown = opened()
    assert shown.propose.text() == "Propose"
    press(KEY.Key_Delete)
    assert shown.propose.text() == "Take the proposal back"
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    gone()
    assert proposed(page) == []
    assert "You proposed" not in text(page)
    assert page.session.project.undo_name() == "Take a proposal back (year)"


def test_where_nothing_is_proposed_nothing_is_taken_back(page, press, opened, qtbot):
    before, shown = page.session.project.counts(), opened()
    press(KEY.Key_Delete)
    assert shown.propose.text() == "Propose"
    qtbot.mouseClick(shown.propose, Qt.MouseButton.LeftButton)
    assert card(page) is shown
    assert shown.said.text()
    assert page.session.project.counts() == before


def test_what_is_refused_is_said_on_the_card(page, opened, qtbot):
    before, shown = page.session.project.counts(), opened()
    shown.field.set_choice("year")
    assert shown.value.toPlainText() == "2017"
    for words in ("two", "2017"):
        fill(qtbot, shown.value, words)
        qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
        assert card(page) is shown
        assert shown.said.text()
    assert page.session.project.counts() == before


def test_words_typed_for_the_wrong_field_stay(page, opened, gone, qtbot):
    shown = opened()
    fill(qtbot, shown.value, "Annals of Peers")
    qtbot.keyClick(shown.field.edit, KEY.Key_J)
    assert shown.field.choice() == "journal"
    assert shown.value.toPlainText() == "Annals of Peers"
    assert shown.now.text() == "Now: Journal of Invented Psychiatry"
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    gone()
    assert proposed(page) == [(1, "journal", "Annals of Peers", "")]


def test_escape_gives_up_only_what_is_said_twice(page, press, opened, gone, qtbot):
    opened()
    press(KEY.Key_Escape)
    gone()
    shown = opened()
    qtbot.keyClicks(shown.why, "the PDF")
    press(KEY.Key_Escape)
    assert card(page) is shown
    qtbot.keyClicks(shown.why, "!")
    press(KEY.Key_Escape)
    assert card(page) is shown, "what was typed since was not given up"
    later = monotonic() + BOUNCE  # an Esc at once is a bounce of the first
    shown.clock = lambda: later
    press(KEY.Key_Escape)
    gone()
    assert proposed(page) == []
    assert page.reading.record.hasFocus()


def test_a_missing_abstract_is_offered_and_lines_are_kept(tmp_path, sessions, make_page, qtbot):
    (tmp_path / "r.ris").write_text("TY  - JOUR\nTI  - Peers\nER  - \n\n", encoding="utf-8")
    with create_project(tmp_path / "p.screener", title="Peers") as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
    session = sessions(tmp_path / "a.screener")
    page = make_page(session)
    assert "G proposes one." in text(page)
    qtbot.keyClick(page.reading.record, "g")
    shown = card(page)
    assert shown.field.choice() == "abstract"
    QApplication.clipboard().setText(ABSTRACT)
    qtbot.keyClick(shown.value, KEY.Key_V, CONTROL)
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    assert proposed(page) == [(1, "abstract", ABSTRACT, "")]
    assert "proposes one" not in text(page)
    assert ".”." not in text(page)
    assert "You proposed: abstract “Adults were asked twice. Most of them answered”." in text(page)
    assert page.model.sheet.fields.abstract == ""


def test_markup_in_what_is_proposed_is_plain_text(page, opened, gone, qtbot):
    shown = opened()
    fill(qtbot, shown.value, "<b>Peers</b> & <img src=x>")
    qtbot.keyClick(shown.value, KEY.Key_Return, CONTROL)
    gone()
    assert "title “<b>Peers</b> & <img src=x>”" in text(page)


def test_it_is_proposed_at_full_text_and_shown_at_both_stages(review, sessions, make_page, qtbot):
    for letter in "ab":
        with open_copy(review.with_name(f"{letter}.screener")) as mine:
            mine.screening.decide(mine.units.find("1"), Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
            for number in range(2, 7):
                mine.screening.decide(
                    mine.units.find(str(number)), Verdict.EXCLUDE, stage=Stage.TITLE_ABSTRACT,
                    reason="participants",
                )  # fmt: skip
            mine.screening.close(Stage.TITLE_ABSTRACT)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        project.screening.open(Stage.FULL_TEXT)
        project.fulltext.set_retrieval(project.units.find("1"), "retrieved")
        project.consensus.write_copy("Maya Lindqvist", review.with_name("newer.screener"))
    session = sessions(review.with_name("newer.screener"))
    page = make_page(session, Stage.FULL_TEXT)
    qtbot.keyClick(page.reading.record, "g")
    fill(qtbot, card(page).value, "Peers by post")
    qtbot.keyClick(card(page).value, KEY.Key_Return, CONTROL)
    assert "You proposed: title “Peers by post”" in text(page)
    first = make_page(session)
    first.model.look()
    assert "You proposed: title “Peers by post”" in text(first)
    qtbot.keyClick(first.reading.record, "g")
    qtbot.waitUntil(lambda: card(first) is not None)


def test_a_file_opened_to_be_read_takes_none(review, sessions, make_page, qtbot):
    session = sessions(review.with_name("a.screener"), write=False)
    page = make_page(session)
    qtbot.keyClick(page.reading.record, "g")
    assert card(page) is None
    assert writes("propose")


def test_its_key_stands_under_what_is_written():
    assert (BY_ID["propose"].group, BY_ID["propose"].keys) == ("Write", ("G",))
