"""A list of the form as a table: typed into like a spreadsheet, pasted from one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

K = Qt.Key


@pytest.fixture
def table(person):
    """The empty table of arms, in focus."""
    person.ctrl(K.Key_Down)
    assert person.at == "The next arm"
    return person


@pytest.fixture
def filled(table):
    """A table of two arms, with the number of the first one in focus."""
    table.type("Monday group")
    table.tab()
    table.type("7")
    table.tab(2)
    table.type("Thursday group")
    table.press(K.Key_Up)
    table.press(K.Key_Right)
    assert table.at == "Number, Monday group"
    return table


def paste(person, text):
    QGuiApplication.clipboard().setText(text)
    person.ctrl(K.Key_V)


def test_a_name_that_is_typed_is_a_row_and_tab_goes_through_its_cells(table):
    table.type("Monday group")
    table.tab()
    assert table.rows() == ["Monday group"]
    assert table.at == "Number, Monday group"
    table.type("7")
    table.tab()
    table.type("a")
    table.tab()
    assert table.at == "The next arm"
    row = "monday-group"
    assert table.answers() == {("arm-n", row): "7", ("arm-kind", row): "active"}


def test_enter_adds_one_row_after_the_other(table):
    for name in ("Monday group", "Thursday group"):
        table.type(name)
        table.press(K.Key_Return)
    assert table.rows() == ["Monday group", "Thursday group"]
    assert table.at == "The next arm"


def test_arrows_move_and_save(filled):
    filled.type("8")
    filled.press(K.Key_Down)
    assert filled.at == "Number, Thursday group"
    assert filled.answers() == {("arm-n", "monday-group"): "8"}
    filled.press(K.Key_Left)
    assert filled.at == "Arm, Thursday group"


def test_arrows_stay_in_text_that_is_being_typed(filled):
    filled.type("18")
    filled.press(K.Key_Left)
    filled.type("0")
    filled.tab()
    assert filled.answers() == {("arm-n", "monday-group"): "108"}


def test_a_special_value_has_its_key_and_its_words(filled):
    filled.press(K.Key_F2)
    filled.press(K.Key_Down)
    filled.type("not applicable")
    filled.tab()
    assert filled.answers() == {
        ("arm-n", "monday-group"): "not-reported",
        ("arm-n", "thursday-group"): "not-applicable",
    }


def test_what_does_not_parse_stays_in_its_cell(filled):
    filled.type("some")
    filled.tab()
    filled.back()
    assert filled.focus.text() == "some"
    assert filled.answers() == {("arm-n", "monday-group"): "7"}


def test_a_row_is_renamed_and_removed_by_its_name(filled):
    filled.press(K.Key_Left)
    filled.type("Tuesday group")
    filled.tab()
    assert filled.rows() == ["Tuesday group", "Thursday group"]
    assert filled.answers() == {("arm-n", "monday-group"): "7"}
    filled.press(K.Key_Left)
    filled.press(K.Key_Down)
    filled.press(K.Key_Delete)
    filled.tab()
    assert filled.rows() == ["Tuesday group"]  # nothing was answered in the other


def test_cells_are_pasted_as_one_action(table):
    paste(table, "Monday group\t7\tactive\nThursday group\tnot reported\nWaiting list\t\t2\n")
    assert table.rows() == ["Monday group", "Thursday group", "Waiting list"]
    assert table.answers() == {
        ("arm-n", "monday-group"): "7",
        ("arm-kind", "monday-group"): "active",
        ("arm-n", "thursday-group"): "not-reported",
        ("arm-kind", "waiting-list"): "waiting",
    }
    assert table.echo.startswith("Groups pasted")
    table.ctrl(K.Key_Z)
    assert table.rows() == []
    assert table.answers() == {}


def test_of_cells_that_are_half_wrong_none_is_pasted(table):
    paste(table, "Monday group\t7\nThursday group\tmany\n")
    assert table.rows() == []
    assert table.answers() == {}
    assert "line 2" in table.page.view.current._warn.text()


def test_a_column_is_pasted_from_the_cell_in_focus_down(filled):
    paste(filled, "9\n11")
    assert filled.answers() == {
        ("arm-n", "monday-group"): "9",
        ("arm-n", "thursday-group"): "11",
    }


def test_a_cell_is_clicked(filled, qtbot):
    block = filled.page.view.current
    filled.tab(10)
    assert filled.page.view.current is not block
    filled.page.view.ensureWidgetVisible(block)
    area = block.grid.area_of((1, 1)).center().toPoint()
    qtbot.mouseClick(block.grid, Qt.MouseButton.LeftButton, pos=area)
    assert filled.at == "Number, Thursday group"


def test_the_words_of_the_next_row_do_not_peep_out_from_under_the_field(filled):
    """They are painted in its row, and are wider than the field that is there while it is typed."""
    grid = filled.page.view._blocks[6].grid

    def colours():
        area, image = grid.area_of((2, 0)), QImage(grid.size(), QImage.Format.Format_RGB32)
        image.fill(0)
        grid.render(image, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawWindowBackground)
        row = range(int(area.top()) + 4, int(area.bottom()) - 4)
        return {image.pixel(x, y) for x in range(int(area.left()), image.width()) for y in row}

    assert len(colours()) > 1, "where the next row is not in focus its words are there"
    filled.to("The next arm")
    assert len(colours()) == 1


def test_a_column_goes_to_the_rows_that_are_seen_whatever_others_are_called(filled):
    """A row that was renamed keeps its id, and another may be called as that one was."""
    model, block = filled.page.model, filled.page.view.current
    assert model.rename_row("arms", model.rows("arms")[0].id, "Usual care") == ""
    assert model.add_row("arms", "Monday group") == ""
    block.show_saved()
    paste(filled, "9\n11")
    first, second, _ = (row.id for row in model.rows("arms"))
    assert filled.answers() == {("arm-n", first): "9", ("arm-n", second): "11"}


@pytest.mark.parametrize(
    "text",
    ["Monday group\nThursday group\nWaiting list\n", "Monday group\t7\nThursday group\nFriday\n"],
)
def test_names_are_pasted_as_one_action(table, text):
    before = table.window.session.project.counts()[1]
    paste(table, text)
    assert len(table.rows()) == 3
    assert table.window.session.project.counts()[1] > before
    assert table.echo.startswith("Groups pasted")
    table.ctrl(K.Key_Z)
    assert table.rows() == []
    assert table.answers() == {}
    table.ctrl(K.Key_Y)
    assert len(table.rows()) == 3


def test_of_names_of_which_one_is_refused_none_is_pasted(table):
    paste(table, "Monday group\n" + "x" * 501 + "\n")
    assert table.rows() == []
    assert table.page.view.current._warn.text()


REMOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_key_that_removes_a_row_decides(filled):
    """A bounce of it removes no second row; on purpose it does, and the bar names both."""
    filled.window._preferences.change(moment=150)
    now = [filled.page.dispatch.clock() + 1]
    filled.page.dispatch.clock = lambda: now[0]
    filled.press(K.Key_Delete, modifier=REMOVE)
    now[0] += 0.1
    filled.press(K.Key_Delete, modifier=REMOVE)
    assert filled.rows() == ["Thursday group"]
    assert "came too soon" in filled.echo
    now[0] += 0.5
    filled.press(K.Key_Delete, modifier=REMOVE)
    assert filled.rows() == []
    assert filled.echo.startswith("Thursday group removed after Monday group, ")


def test_only_rows_that_went_one_after_the_other_are_named_together(filled):
    filled.press(K.Key_Delete, modifier=REMOVE)
    filled.type("9")
    filled.tab()
    filled.press(K.Key_Delete, modifier=REMOVE)
    assert filled.echo.startswith("Thursday group removed, ")


@pytest.fixture
def twelve(table):
    """A table with one arm, whose number is none."""
    table.type("Monday group")
    table.tab()
    table.type("twelve")
    table.tab()
    assert table.page.model.wrong_cells() == [("arm-n", "monday-group")]
    return table


def test_a_row_that_comes_back_is_not_removed_by_the_next_tab(twelve):
    """Whatever the keyboard was on is what is saved: not the row that took its place."""
    twelve.press(K.Key_Delete, modifier=REMOVE)
    assert twelve.at == "The next arm"
    twelve.ctrl(K.Key_Z)
    assert twelve.rows() == ["Monday group"]
    assert twelve.at == "Number, Monday group"
    twelve.tab()
    twelve.back(2)
    twelve.tab()
    assert twelve.rows() == ["Monday group"]


def test_a_name_that_is_being_typed_stays_the_next_row_s_when_a_row_comes_back(twelve):
    twelve.press(K.Key_Delete, modifier=REMOVE)
    twelve.type("Waiting")
    twelve.page.session.project.undo()
    twelve.qtbot.waitUntil(lambda: twelve.rows() == ["Monday group"])
    assert (twelve.at, twelve.focus.text()) == ("The next arm", "Waiting")
    twelve.tab()
    assert twelve.rows() == ["Monday group", "Waiting"]


def test_what_was_typed_in_a_row_goes_with_it_and_comes_back_with_it(twelve):
    model = twelve.page.model
    twelve.press(K.Key_Delete, modifier=REMOVE)
    assert model.wrong_cells() == []
    assert not model.answering.typed(model.current)
    assert ("arm-n", "monday-group") not in model.open_cells()
    twelve.ctrl(K.Key_Z)
    assert model.wrong_cells() == [("arm-n", "monday-group")]
    assert twelve.focus.text() == "twelve"
    assert list(model.answering.typed(model.current)) == [("arm-n", "monday-group")]


def test_what_was_typed_in_a_row_is_not_in_another_of_its_name(twelve):
    twelve.press(K.Key_Delete, modifier=REMOVE)
    twelve.type("Monday group")
    twelve.tab()
    assert twelve.at == "Number, Monday group"
    assert twelve.focus.text() == ""
    assert twelve.page.model.wrong_cells() == []


def test_a_ghost_of_an_earlier_file_is_no_answer_to_mend(twelve):
    """What was kept for a row that is gone is not counted when the file is opened."""
    model = twelve.page.model
    kept = {("arm-n", "gone-group"): {"text": "ten"}}
    model.answering.keep_typed(model.studies[1].id, kept)
    model.drafts._typed.pop(model.studies[1].id)
    model.read()
    assert model.lines()[1].unread == 0


def test_esc_gives_up_a_name_that_was_refused(filled):
    filled.press(K.Key_Down, K.Key_Down)
    filled.press(K.Key_Left)
    assert filled.at == "The next arm"
    filled.type("Monday group")
    filled.tab()
    assert filled.at == "The next arm"
    filled.press(K.Key_Escape)
    filled.type("X")
    filled.tab()
    assert filled.rows() == ["Monday group", "Thursday group", "X"]


def test_esc_gives_up_another_name_of_a_row_that_was_refused(filled):
    filled.press(K.Key_Left)
    filled.type("Thursday group")
    filled.tab()
    assert filled.at == "Arm, Monday group"
    filled.press(K.Key_Escape)
    assert filled.focus.text() == filled.focus.selectedText() == "Monday group"
    filled.tab()
    assert filled.rows() == ["Monday group", "Thursday group"]


def test_what_is_typed_into_a_narrow_cell_is_seen_whole(filled):
    filled.press(K.Key_F2)
    editor = filled.focus
    assert editor.text() == "not reported"
    words = editor.fontMetrics().horizontalAdvance("not reported")
    assert editor.width() >= words + 2 * 10 + 2 * 2  # its padding, and what Qt keeps free
    assert filled.page.view.current.grid.rect().contains(editor.geometry())
