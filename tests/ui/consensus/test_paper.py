"""Agenda and minutes from the header of the meeting, and a table that was filled in."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from screener.model import Stage
from ui.consensus.settle_table import SettleTableCard
from ui.widgets.words import Words

TA = Stage.TITLE_ABSTRACT
_ACTIONS = ("Agenda…", "Minutes…", "From a table…", "Agreement", "Merge files…", "Search")


@pytest.fixture
def answer(monkeypatch):
    """Answer the next file dialog; keeps what it was asked."""
    asked = []

    def say(path):
        def dialog(parent, title, place, kinds="", **more):
            asked.append((title, place, kinds))
            return str(path or ""), kinds.partition(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", dialog)
        return asked

    return say


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def ended(session, qtbot):
    qtbot.waitUntil(lambda: not session.running)


@pytest.mark.parametrize(
    ("key", "name", "ending", "words"),
    [
        (Qt.Key.Key_D, "agenda", "pdf", "Agenda: 8 items to settle, written to agenda.pdf"),
        (Qt.Key.Key_M, "minutes", "docx", "Minutes: 0 items settled, written to minutes.docx"),
    ],
)
def test_a_key_asks_where_and_writes_beside_the_project(
    page, session, merged, qtbot, answer, key, name, ending, words
):
    out = merged.with_name(f"{name}.{ending}")
    asked = answer(out)
    press(qtbot, key)
    ended(session, qtbot)
    assert out.stat().st_size > 1000
    ((title, place, kinds),) = asked
    assert title.lower() == name
    assert place == str(merged.with_name(f"project-{name}-title-abstract.pdf"))
    assert "(*.docx)" in kinds
    assert session.echo.sentence == words
    assert session.problem is None


def test_the_buttons_do_the_same_and_have_names(page, session, merged, qtbot, answer):
    out = merged.with_name("x.html")
    answer(out)
    header = page.meeting.header
    for button in (header.agenda, header.minutes, header.table):
        assert button.accessibleName()
    qtbot.mouseClick(header.agenda, Qt.MouseButton.LeftButton)
    ended(session, qtbot)
    assert out.exists()


def test_a_table_has_its_button_on_a_small_screen_and_its_line_where_there_is_no_room(
    page, session, merged, qtbot, answer
):
    """A window of 1366 pixels leaves about 1158 to the page."""
    asked = answer(None)
    header = page.meeting.header
    page.resize(1158, 700)
    qtbot.waitUntil(lambda: header.width() == 1158)
    assert not [button.text() for button in header._folded]
    qtbot.mouseClick(header.table, Qt.MouseButton.LeftButton)
    assert [title for title, *_ in asked] == ["Settle from a table"]
    page.resize(700, 700)
    qtbot.waitUntil(lambda: header.width() == 700)
    lines = {entry.text(): entry for entry in header.folded_menu().actions()}
    assert list(lines) == [name for name in _ACTIONS if name in lines], "in the order of the header"
    assert {"From a table…", "Merge files…"} <= set(lines)
    lines["From a table…"].trigger()
    assert len(asked) == 2
    # How far the meeting is stays in sight: it stands nowhere else.
    shown = [words.text() for words in header.findChildren(Words) if words.isVisible()]
    assert "0 of 8 settled" in shown


def test_the_agenda_shows_as_much_as_the_page(page, session, merged, qtbot, answer):
    out = merged.with_name("x.html")
    answer(out)
    for level, shown in ((3, "Maya Lindqvist"), (1, "One reviewer")):
        page.meeting._on_level(level)
        press(qtbot, Qt.Key.Key_D)
        ended(session, qtbot)
        assert f'<th scope="col">{shown}</th>' in out.read_text(encoding="utf-8")


def test_nothing_is_written_where_no_place_was_chosen(page, session, merged, qtbot, answer):
    answer(None)
    press(qtbot, Qt.Key.Key_D)
    assert session.echo is None
    assert not list(merged.parent.glob("*.pdf"))


def test_what_the_format_cannot_show_is_a_problem(page, session, merged, qtbot, answer):
    project = session.project
    record = project.sources.find("1")
    project.sources.correct(record, {"title": "数字同伴支持"})
    out = merged.with_name("agenda.pdf")
    answer(out)
    press(qtbot, Qt.Key.Key_D)
    ended(session, qtbot)
    assert "letters that PDF cannot show here" in session.problem.sentence
    assert "save it as .docx" in session.problem.sentence
    assert not out.exists()


@pytest.fixture
def filled(session, tmp_path):
    """The agenda as a workbook with two rows typed into."""
    path = tmp_path / "agenda.xlsx"
    session.project.printing.write_agenda(path, TA)
    book = load_workbook(path)
    sheet = book["Agenda"]
    heads = [cell.value for cell in sheet[1]]
    said = {"verdict": "include", "why": "read again", "by": "Maya Lindqvist; Jonas Roth"}
    for row in (2, 3):
        for column, text in said.items():
            sheet.cell(row, heads.index(column) + 1).value = text
    book.save(path)
    return path


def card(page):
    return next(iter(page.window().findChildren(SettleTableCard)), None)


def test_a_table_is_shown_first_then_settled_as_one_action(page, session, filled, qtbot, answer):
    answer(filled)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: card(page) is not None)
    ended(session, qtbot)
    shown = card(page)
    assert shown.rows.rowCount() == 2
    assert shown.rows.row(0).agreed == "include"
    assert shown.rows.row(0).item.startswith("3  Peer navigators")
    assert not session.project.consensus.agreed(TA)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.project.consensus.agreed(TA)) == 2)
    ended(session, qtbot)
    assert session.echo.sentence == "2 items settled from agenda.xlsx"
    assert session.echo.can_take_back
    qtbot.waitUntil(lambda: page.meeting.meeting.settled == 2)
    session.project.undo()
    assert not session.project.consensus.agreed(TA)


def test_escape_leaves_everything_as_it_was(page, session, filled, qtbot, answer):
    answer(filled)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: card(page) is not None)
    ended(session, qtbot)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: card(page) is None)
    assert not session.project.consensus.agreed(TA)


def test_what_is_wrong_in_a_table_is_a_problem_with_its_line(page, session, filled, qtbot, answer):
    book = load_workbook(filled)
    sheet = book["Agenda"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(3, heads.index("by") + 1).value = "Nobody"
    book.save(filled)
    answer(filled)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: session.problem is not None)
    assert "line 3" in session.problem.sentence
    assert card(page) is None


@pytest.fixture
def overturning(session, filled):
    """Another agreement on the first of the two rows stands already."""
    session.project.consensus.resolve(
        session.project.units.find("3"), "exclude", step=TA, why="at first", by=["Maya Lindqvist"],
        reason="participants",
    )  # fmt: skip
    return filled


def test_what_a_table_overturns_is_shown_and_confirmed(page, session, overturning, qtbot, answer):
    answer(overturning)
    page.meeting._on_level(1)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: card(page) is not None)
    ended(session, qtbot)
    shown = card(page)
    heads = [one.heading for one in shown.rows.fields]
    assert heads == ["Item", "Agreed", "Overturns", "Why", "By"]
    first = shown.rows.row(0)
    assert (first.item[:1], first.agreed, first.overturns) == ("3", "include", "exclude")
    assert first.why == "read again"
    qtbot.waitUntil(shown.overturn.hasFocus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "What was agreed in 1 row is overturned" in shown.said.text()
    assert len(session.project.consensus.agreed(TA)) == 1
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.project.consensus.agreed(TA)) == 2)
    ended(session, qtbot)
    (now,) = session.project.consensus.agreed(TA)[session.project.units.find("3")]
    assert (now.value, now.why) == ("include", "read again")
    assert session.project.consensus.context.told(TA).overturned == 1


def test_nothing_is_asked_where_nothing_is_overturned(page, session, filled, qtbot, answer):
    answer(filled)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: card(page) is not None)
    assert not card(page).overturn.isVisible()
    assert "Overturns" not in [one.heading for one in card(page).rows.fields]


def test_what_is_not_shown_at_this_level_is_not_told_by_a_table(
    page, session, overturning, qtbot, answer
):
    answer(overturning)
    page.meeting._on_level(0)
    press(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: session.problem is not None)
    assert "not shown at this level" in session.problem.sentence
    assert "exclude" not in session.problem.sentence
    assert card(page) is None


def test_the_same_table_again_is_said_and_asks_nothing(page, session, filled, qtbot, answer):
    answer(filled)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_F)
        ended(session, qtbot)
        qtbot.waitUntil(lambda: card(page) is not None or session.echo is not None)
        if card(page) is not None:
            press(qtbot, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: len(session.project.consensus.agreed(TA)) == 2)
            ended(session, qtbot)
            qtbot.waitUntil(lambda: card(page) is None)
    assert card(page) is None
    assert session.echo.sentence == (
        "Nothing in agenda.xlsx is new: 2 rows were settled so before; they are not recorded twice"
    )
