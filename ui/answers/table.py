"""A list of the form as a small table: typed into like a spreadsheet, and pasted from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.answers.form import FormList
from screener.answers.sheet import ListedRow
from screener.model import AnswerState, Question, special_values
from screener.model.words import a
from ui.answers.given import (
    Given,
    help_words,
    is_table,
    lines_of,
    read_cell,
    shown,
    typed_text,
)
from ui.answers.grid import EDGE, END, CellEditor, Spot, TableGrid
from ui.answers.place import PlaceFields
from ui.answers.shown import ShownForm
from ui.widgets.lists import paint_chosen
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Words

_RIGHT = ("integer", "decimal")


class TableBlock(QWidget):
    """The rows of a list, or of one list within another, with the questions asked for each."""

    opened = Signal()

    def __init__(
        self,
        lists: Sequence[FormList],
        questions: Sequence[Question],
        model: ShownForm,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lists, self._every, self._model = lists, questions, model
        self.questions = list(questions)
        self.lines: list[tuple[ListedRow, ...]] = []
        self.headings = self._headings()
        self.spot: Spot = (0, 0)
        self.opened_now = False
        self._given = Given()
        self.grid = TableGrid(self, self)
        self.grid.pressed.connect(self._on_pressed)
        self.grid.resized.connect(self.lay_editor)
        self.editor = CellEditor(self.grid, self.paste)
        self.editor.hide()
        self.editor.moved.connect(self._on_moved)
        self._about = Words(step="strong", wrap=True)
        self._help = Words(step="small", colour="quiet", wrap=True)
        self._warn = Words(step="small", colour="warn", wrap=True)
        self._more = Words(step="small", colour="quiet", wrap=True)
        self.place = PlaceFields(f"the {lists[-1].row}", typed=True)
        self._below = (
            Column(gap=4, margins=(EDGE, 6, END, 8))
            .add(self._more, self._about, self._help, self._warn, self.place)
            .boxed()
        )
        Column(self, gap=0).add(self.grid, self._below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show_below()

    # --- what there is ---------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    @property
    def focused(self) -> Spot | None:
        """The cell in focus, None where the table is quiet."""
        return self.spot if self.opened_now else None

    @property
    def key_columns(self) -> int:
        """How many columns name the row."""
        return len(self._lists)

    @property
    def grows(self) -> bool:
        """Whether rows can be added here."""
        return len(self._lists) == 1 and self._model.can_answer

    def section(self) -> str:
        """Return the section it is in."""
        return self._every[0].section if self._every else ""

    def asked(self) -> bool:
        """Whether anything of it is asked now."""
        return not self._every or any(self._model.sheet.asks(one) for one in self._every)

    def show_saved(self) -> None:
        """Show the rows and what is saved of them."""
        self.questions = [one for one in self._every if self._model.sheet.asks(one)]
        self.lines = list(product(*(self._model.rows(one.id) for one in self._lists)))
        self.headings = self._headings()
        self.spot = self._within(self.spot)
        self.grid.updateGeometry()
        self.grid.update()
        if self.opened_now:
            self.lay_editor()
        self._show_below()

    def _headings(self) -> list[str]:
        names = [one.key or one.row.capitalize() for one in self._lists]
        return [*names, *(one.words for one in self.questions)]

    def next_words(self) -> str:
        """Return what stands in the place of the next row."""
        row = self._lists[-1].row
        if len(self._lists) > 1:
            return "" if self.lines else f"Asked for {a(row)} of {a(self._lists[0].row)}"
        return f"type or paste the next {row} here" if self.grows else ""

    def _row_id(self, row: int) -> str:
        return "/".join(one.id for one in self.lines[row])

    def question_at(self, spot: Spot) -> Question | None:
        """Return the question of a cell, None for the name of a row."""
        place = spot[1] - self.key_columns
        return self.questions[place] if 0 <= place < len(self.questions) else None

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Return where the words of a column stand: numbers at the right."""
        question = self.question_at((0, column))
        numbers = question is not None and question.type in _RIGHT
        return Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft

    def cell_words(self, spot: Spot) -> tuple[str, str]:
        """Return what a cell says, and in which colour."""
        question = self.question_at(spot)
        if question is None:
            return self.lines[spot[0]][spot[1]].key, "text"
        row = self._row_id(spot[0])
        given, wrong = self._model.given(question.id, row), self._model.wrong(question.id, row)
        if wrong:
            return given.text, "warn"
        words = shown(question, given)
        if words:
            return words, "text"
        if not self._model.sheet.asks(question, row):
            return "", "quiet"
        return "to answer" if question.required else "–", "quiet"

    # --- in focus --------------------------------------------------------------------------------

    def enter(self, *, at_end: bool = False) -> None:
        """Come into focus, at the first cell that can be typed into, or the last."""
        self.opened_now = True
        if at_end:
            last = len(self.lines) - 1
            self.spot = (len(self.lines), 0) if self.grows else (last, len(self.headings) - 1)
        elif not self.grows and self.spot[1] < self.key_columns:
            self.spot = (self.spot[0], self.key_columns)
        self._go(self.spot)

    def leave(self) -> None:
        """Be quiet again."""
        self.opened_now = False
        self.editor.hide()
        self._show_below()

    def spot_of(self, question: str, row: str) -> Spot | None:
        """Return the cell of a question in a row, None where it is not in this table."""
        ids = [self._row_id(n) for n in range(len(self.lines))]
        names = [one.id for one in self.questions]
        if question not in names:
            return None
        if row not in ids:  # it was taken back too
            return len(self.lines), 0
        return ids.index(row), names.index(question) + self.key_columns

    def point(self, spot: Spot) -> None:
        """Have a cell in focus, at once or when the table comes into focus."""
        if self.opened_now:
            self._move(spot)
        else:
            self.spot = spot

    def can_enter(self) -> bool:
        """Whether there is a cell to type into."""
        return self.grows or bool(self.lines and self.questions)

    def reset(self) -> bool:
        """Give up what stands in the cell and is not saved; says whether there was anything."""
        question, row = self.question_at(self.spot), self.spot[0]
        if question is None or row >= len(self.lines):
            return False
        saved = self._model.saved(question.id, self._row_id(row))
        changed = self.place.added_to(self.given()) != saved
        if changed:
            self._model.put(question, saved, self._row_id(row))
            self._go(self.spot)
        return changed

    def stops(self) -> list[QWidget]:
        """Return what Tab comes to."""
        return [self.editor, *(self.place.stops() if not self.place.isHidden() else [])]

    def step(self, *, forward: bool) -> bool:
        """Go to the next cell, or the one before; says whether there is one."""
        row, column = self.spot
        width = len(self.headings)
        first = 0 if self.grows else self.key_columns
        column += 1 if forward else -1
        if row >= len(self.lines) and forward:
            self.save()
            added = self.spot[0] < len(self.lines)
            if added and width > 1:
                self._go((self.spot[0], 1))
            return added and width > 1
        if column >= width:
            row, column = row + 1, first
        elif column < first:
            row, column = row - 1, width - 1
        if not 0 <= row < len(self.lines) + (1 if self.grows else 0):
            return False
        self._move((row, column))
        return True

    def _move(self, spot: Spot) -> None:
        """Save the cell and go to another one."""
        rows = len(self.lines)
        self.save()
        if len(self.lines) < rows and spot[0] > self.spot[0]:
            spot = (spot[0] - 1, spot[1])  # a row above it was removed
        self._go(spot)

    def _within(self, spot: Spot) -> Spot:
        rows = len(self.lines) + (1 if self.grows else 0)
        row = min(max(spot[0], 0), max(rows - 1, 0))
        column = min(max(spot[1], 0), max(len(self.headings) - 1, 0))
        return (row, 0) if row >= len(self.lines) and self.grows else (row, column)

    def _go(self, spot: Spot) -> None:
        self.spot = self._within(spot)
        question = self.question_at(self.spot)
        self._given = Given()
        text = ""
        if self.spot[0] < len(self.lines):
            if question is None:
                text = self.lines[self.spot[0]][self.spot[1]].key
            else:
                self._given = self._model.given(question.id, self._row_id(self.spot[0]))
                text = typed_text(question, self._given)
        self.editor.setText(text)
        self.editor.setReadOnly(question is None and not self.grows)
        self.editor.selectAll()
        self.place.show_given(self._given)
        self.place.setVisible(self._given.placed)
        self.lay_editor()
        self._show_below()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def lay_editor(self) -> None:
        """Put the field over its cell."""
        if self.opened_now:
            px = look_of(self).px
            area = self.grid.area_of(self.spot).adjusted(-px(10), 0, px(10), 0)
            self.editor.setGeometry(area.toRect())
            self.editor.setAlignment(self.side(self.spot[1]))
            self.editor.show()
            self.grid.update()

    def _show_below(self) -> None:
        question = self.question_at(self.spot) if self.opened_now else None
        self._below.setVisible(self.opened_now)
        hidden = self.grid.hidden_columns() if self.opened_now else 0
        self._more.show_text(f"{hidden} more to the side: Tab goes there" if hidden else "")
        if not self.opened_now:
            return
        new = self.spot[0] >= len(self.lines)
        about = f"The next {self._lists[-1].row}"
        if not new:
            name = ", ".join(one.key for one in self.lines[self.spot[0]])
            about = f"{self.headings[self.spot[1]]}, {name}"
        self._about.setText(about)
        self.editor.setAccessibleName(about)
        keys, wrong = self._model.session.keys, ""
        self._help.show_text(help_words(question, self._given, keys) if question else "")
        if question is not None and not new:
            wrong = self._model.wrong(question.id, self._row_id(self.spot[0]))
        self._warn.show_text(wrong)

    # --- saving ----------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the cell; what is wrong with it is said below the table."""
        if not self.opened_now:
            return
        question, row = self.question_at(self.spot), self.spot[0]
        if question is not None and row < len(self.lines):
            given = self.place.added_to(self.given())
            self._model.put(question, given, self._row_id(row))
            self._show_below()
        elif self.grows:
            self._save_key(self.editor.text().strip())

    def given(self) -> Given:
        """Return what stands in the cell."""
        question, text = self.question_at(self.spot), self.editor.text()
        if question is None or text == typed_text(question, self._given):
            return self._given
        return read_cell(question, text, self._given)

    def _save_key(self, key: str) -> None:
        """Add a row, name it otherwise, or remove it where its name was taken away."""
        list_, row = self._lists[0].id, self.spot[0]
        wrong = ""
        if row >= len(self.lines):
            wrong = self._model.add_row(list_, key) if key else ""
        elif not key:
            wrong = self._model.remove_row(list_, self.lines[row][0])
        elif key != self.lines[row][0].key:
            wrong = self._model.rename_row(list_, self.lines[row][0].id, key)
        self._warn.show_text(wrong)

    def give_special(self, state: AnswerState) -> None:
        """Answer the cell with a special value."""
        question = self.question_at(self.spot)
        if question is None or state not in special_values(question):
            return
        self._given = replace(self._given, text="", unit="", state=str(state))
        self.editor.setText(shown(question, self._given))
        self.editor.selectAll()

    def show_place(self, *, note: bool = False) -> None:
        """Open page, quote and note of the cell, and go there."""
        if self.question_at(self.spot) is not None:
            self.place.show()
            field = self.place.note if note else self.place.page
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- pasting ---------------------------------------------------------------------------------

    def paste(self, text: str) -> bool:
        """Take lines of cells from the cell in focus on; says whether the text is such."""
        if not is_table(text):
            return False
        row, column = self.spot
        named = column == 0 and self.grows
        lines = lines_of(text)
        cells: list[tuple[int, str, Question | None, Given]] = []
        wrong = ""
        for number, line in enumerate(lines, 1):
            at = row + number - 1
            key = line[0].strip() if named else self._row_id(at) if at < self.count else ""
            if not key:
                row_words = self._lists[-1].row
                wrong = f"Line {number} has no {row_words} to go to; paste it at the first column."
                break
            values = line[1:] if named else line
            for place, value in enumerate(values, max(column, self.key_columns)):
                question = self.question_at((0, place))
                if question is not None and value.strip():
                    cells.append((number, key, question, read_cell(question, value, Given())))
            if named and not any(key == one[1] for one in cells):
                cells.append((number, key, None, Given()))
        wrong = wrong or self._paste(cells)
        self._go((row if wrong else row + len(lines), column))
        self._warn.show_text(wrong)
        return True

    def _paste(self, cells: Sequence[tuple[int, str, Question | None, Given]]) -> str:
        answers = [(line, key, q, given) for line, key, q, given in cells if q is not None]
        wrong = self._model.paste(self._lists[-1].id, answers) if answers else ""
        known = {one.key for one in self._model.rows(self._lists[-1].id)}
        for _, key, question, _ in cells:
            if question is None and not wrong and key not in known:
                wrong = self._model.add_row(self._lists[-1].id, key)
        return wrong

    # --- gestures --------------------------------------------------------------------------------

    def _on_moved(self, down: int, right: int) -> None:
        row, column = self.spot
        if right < 0 or row < len(self.lines) or down:
            self._move((row + down, column + right))

    def _on_pressed(self, row: int, column: int) -> None:
        if not self.opened_now:
            self.opened.emit()
        self.point((row, column))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash and the accent bar while it is in focus."""
        if self.opened_now:
            paint_chosen(QPainter(self), QRectF(self.rect()), self)
