"""A list of the form as a small table: typed into like a spreadsheet, and pasted from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.answers.form import FormList
from screener.model import AnswerState, Question, special_values
from screener.model.words import a
from ui.answers.field import PAUSE
from ui.answers.given import Given, help_words, is_table, read_cell, shown, typed_text
from ui.answers.grid import EDGE, END, CellEditor, Spot, TableGrid
from ui.answers.pasting import Pasted, PastedCell, cells_of
from ui.answers.place import PlaceFields
from ui.answers.shown import ShownForm
from ui.answers.table_rows import TableRows
from ui.widgets.keycap import key_words
from ui.widgets.lists import paint_chosen
from ui.widgets.words import Column, Words


class TableBlock(TableRows):
    """The rows of a list, or of one list within another, with the questions asked for each."""

    opened = Signal()

    def __init__(
        self,
        lists: Sequence[FormList],
        questions: Sequence[Question],
        model: ShownForm,
        parent: QWidget,
    ) -> None:
        super().__init__(lists, questions, model, parent)
        self._pointed = False
        self._given = Given()
        self.name_refused = False
        """Whether what stands in the field is the name of a row that was refused."""
        self._refused: dict[str, tuple[str, str]] = {}
        """By study the name of a next row that was refused, and why."""
        self._of: str | None = None
        """The row whose cell is typed into, "" for the next one, None while rows are written."""
        self.grid = TableGrid(self, self)
        self.grid.pressed.connect(self._on_pressed)
        self.grid.resized.connect(self.lay_editor)
        self.editor = CellEditor(self.grid, self.paste, self.stays)
        self.editor.hide()
        self.editor.moved.connect(self._on_moved)
        self.editor.textEdited.connect(self._on_edited)
        self.editor.textChanged.connect(self.lay_editor)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_begun)
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

    def show_saved(self) -> None:
        """Show the rows and what is saved of them."""
        self.read_rows()
        here = self._follow_row()
        self.grid.updateGeometry()
        self.grid.update()
        if self.opened_now and not here:
            self._show_cell()
        else:
            self.lay_editor()
            self._show_below()

    def _follow_row(self) -> bool:
        """Stay in the row that is typed into, wherever it lies now; False where it is gone.

        What was typed into one row must not be saved into another that took its place.
        """
        rows = [self.row_id(at) for at in range(len(self.lines))]
        row, column = self.spot
        if self.opened_now and self._of in rows:
            row = rows.index(self._of)
        elif self.opened_now and self._of == "":
            row = len(rows)
        self.spot = self._within((row, column))
        return not self._of or self._of in rows

    # --- in focus --------------------------------------------------------------------------------

    def enter(self, *, at_end: bool = False) -> None:
        """Come into focus: where it was pointed to, else at the first cell to be answered.

        A name that stands there is not gone to by itself: what is typed would take its place.
        """
        self.opened_now = True
        if at_end:
            last = len(self.lines) - 1
            self.spot = (len(self.lines), 0) if self.grows else (last, len(self.headings) - 1)
        elif not self._pointed:
            self.spot = self.first_open()
        elif not self.grows and self.spot[1] < self.key_columns:
            self.spot = (self.spot[0], self.key_columns)
        self._pointed = False
        self._go(self.spot)

    def leave(self) -> None:
        """Be quiet again."""
        self.opened_now, self._of = False, None
        self._pause.stop()
        self.editor.hide()
        self._show_below()

    def point(self, spot: Spot) -> None:
        """Have a cell in focus, at once or when the table comes into focus."""
        if self.opened_now:
            self._move(spot)
        else:
            self.spot, self._pointed = spot, True

    def can_enter(self) -> bool:
        """Whether there is a cell to type into."""
        return self.grows or bool(self.lines and self.questions)

    def remind(self, sentence: str) -> None:
        """Say beside the cell what is asked of it."""
        self._warn.show_text(sentence)

    def reset(self) -> bool:
        """Give up what was typed since the cell came into focus; says whether anything was."""
        question, row = self.question_at(self.spot), self.spot[0]
        if question is None or row >= len(self.lines):
            return False
        before = self._model.given(question.id, self.row_id(row))
        changed = self.place.added_to(self.given()) != before
        if changed:
            self._go(self.spot)
            self._keep_begun()
        return changed

    def _on_edited(self) -> None:
        """Take a warning away once it is mended; keep what is typed, after a pause."""
        self._pause.start()
        question = self.question_at(self.spot)
        if question is None or not self._model.refusal(question, self.given()):
            self._warn.show_text("")

    def _keep_begun(self) -> None:
        question, cell = self.question_at(self.spot), self.cell()
        if self.opened_now and question is not None and cell is not None:
            self._model.begin(question, self.place.added_to(self.given()), cell[1])

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
            if not self.save():
                return True
            added = self.spot[0] < len(self.lines)
            if added and width > 1:
                self._go((self.spot[0], 1))
            return added and width > 1
        if column >= width:  # names that stand there are gone back to, not on to
            row, column = row + 1, self.key_columns if self.questions else first
        elif column < first:
            row, column = row - 1, width - 1
        if not 0 <= row < len(self.lines) + (1 if self.grows else 0):
            return False
        self._move((row, column))
        return True

    def _move(self, spot: Spot) -> None:
        """Save the cell and go to another one."""
        rows = len(self.lines)
        if not self.save():
            return
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
        self._show_cell()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cell(self) -> None:
        """Show in the field what stands in the cell in focus."""
        self._keep_row()
        self.name_refused = False
        question = self.question_at(self.spot)
        self._given = Given()
        text, refused = self._refused.get(self._model.current, ("", ""))
        if self.spot[0] < len(self.lines):
            refused = ""
            if question is None:
                text = self.lines[self.spot[0]][self.spot[1]].key
            else:
                self._given = self._model.given(question.id, self.row_id(self.spot[0]))
                text = typed_text(question, self._given)
        self.editor.setText(text)
        self.editor.setReadOnly(question is None and not self.grows)
        self.editor.selectAll()
        self.place.show_given(self._given)
        self.place.setVisible(self._given.placed)
        self.lay_editor()
        self._show_below()
        if refused:
            self.name_refused = True
            self._warn.show_text(refused)

    def _keep_row(self) -> None:
        """Note which row is typed into."""
        row = self.spot[0]
        self._of = self.row_id(row) if row < len(self.lines) else ""

    def lay_editor(self) -> None:
        """Put the field over its cell."""
        if self.opened_now:
            self.editor.cover(self.grid.area_of(self.spot), self.side(self.spot[1]))
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
            wrong = self._model.wrong(question.id, self.row_id(self.spot[0]))
        self._warn.show_text(wrong)

    # --- saving ----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the cell; False where a name was refused, which is said below the table."""
        self._pause.stop()
        if not self.opened_now:
            return True
        question, row = self.question_at(self.spot), self.spot[0]
        if question is not None and row < len(self.lines):
            given = self.place.added_to(self.given())
            self._model.put(question, given, self.row_id(row))
            self._show_below()
        elif self.grows:
            return self._save_key(self.editor.text().strip())
        return True

    def stays(self) -> bool:
        """Save the cell; say whether what stands there is no answer."""
        question = self.question_at(self.spot) if self.spot[0] < len(self.lines) else None
        wrong = question and self._model.refusal(question, self.place.added_to(self.given()))
        return bool(wrong and self.save())

    def given(self) -> Given:
        """Return what stands in the cell."""
        question, text = self.question_at(self.spot), self.editor.text()
        if question is None or text == typed_text(question, self._given):
            return self._given
        return read_cell(question, text, self._given)

    def _save_key(self, key: str) -> bool:
        """Add a row, name it otherwise, or remove it where its name was taken away."""
        list_, row = self._lists[0], self.spot[0]
        here = self.lines[row][0] if row < len(self.lines) else None
        wrong = ""
        if here is None:
            self._of = None  # the place that is typed into becomes the new row's
            wrong = self._model.add_row(list_.id, key) if key else ""
            self._refused.pop(self._model.current, None)
            if wrong:
                self._refused[self._model.current] = key, wrong
        elif not key and self._model.holds(list_.id, here.id):
            self.editor.setText(here.key)
            keys = key_words(self._model.session.keys.first("remove-row"))
            wrong = f"{here.key} has answers; {keys} removes the {list_.row} with them."
        elif not key:
            wrong = self._model.remove_row(list_.id, here)
        elif key != here.key:
            wrong = self._model.rename_row(list_.id, here.id, key)
        self._keep_row()
        self.name_refused = bool(wrong)
        self._warn.show_text(wrong)
        return not wrong

    def give_up_name(self) -> None:
        """Give up a name that was refused: what stood there stands there again."""
        self._refused.pop(self._model.current, None)
        self._go(self.spot)

    def remove_row(self) -> None:
        """Remove the row in focus with its answers; where it is named elsewhere, say so."""
        if self.spot[0] >= len(self.lines):
            return
        if not self.grows:
            row = self._lists[-1].row
            self._warn.show_text(f"Remove {a(row)} where it is named, in {self._lists[-1].title}.")
            return
        if self.question_at(self.spot) is not None:
            self.save()  # it goes with the row, and comes back with it
        self._pause.stop()
        wrong = self._model.remove_row(self._lists[0].id, self.lines[self.spot[0]][0])
        self._go(self.spot)
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
        pasted = cells_of(text, self._pasted(row, column))
        wrong = pasted.wrong or self._paste(pasted.cells, named=pasted.named)
        self._go((row if wrong else row + pasted.lines, column))
        self._warn.show_text(wrong)
        return True

    def _pasted(self, row: int, column: int) -> Pasted:
        return Pasted(
            rows=[self.row_id(at) for at in range(row, self.count)],
            questions=self.questions[max(column - self.key_columns, 0) :],
            named=column == 0 and self.grows,
            row_words=self._lists[-1].row,
        )

    def _paste(self, cells: Sequence[PastedCell], *, named: bool) -> str:
        list_ = self._lists[-1]
        sections = {one.id: one.title for one in self._model.form.sections}
        what = sections.get(self.section(), list_.title)
        return self._model.paste(list_.id, cells, what, named=named) if cells else ""

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
