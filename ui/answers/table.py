"""A list of the form as a small table: typed into like a spreadsheet, and pasted from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from screener.answers.form import FormList
from screener.answers.sheet import ListedRow
from screener.model import AnswerState, Question, special_values
from screener.model.words import a
from ui.answers.given import (
    SPECIAL_KEYS,
    Given,
    choices,
    is_chosen,
    read_cell,
    shown,
    typed_text,
)
from ui.answers.model import FormModel
from ui.answers.option import digit
from ui.answers.place import PlaceFields
from ui.widgets.keycap import key_words
from ui.widgets.lists import paint_hairline, paint_words
from ui.widgets.theme import Look, follow, look_of
from ui.widgets.words import Column, Words

ROW, LEAST = 32, 92
"""The height of a row, and the least width of a column of answers."""
EDGE, END = 28, 20
_RIGHT = ("integer", "decimal")
_WRAP = Qt.TextFlag.TextWordWrap
Spot = tuple[int, int]
"""A cell by its row and column; the row after the last one is the next row to be typed."""


class Grid(QWidget):
    """Paints the table; the cell in focus is a field that lies over it."""

    pressed = Signal(int, int)

    def __init__(self, block: TableBlock) -> None:
        super().__init__(block)
        self._block = block
        self.first = 0
        """The first column of answers that is shown, where there is no room for all."""
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def _edges(self) -> list[tuple[int, float, float]]:
        """Return the columns that are shown, each with its left and right edge."""
        look, block = look_of(self), self._block
        keys, rest = block.key_columns, len(block.headings) - block.key_columns
        left, right = look.px(EDGE), self.width() - look.px(END)
        least, wanted = look.px(LEAST), look.px(LEAST + 60)
        room = max(right - left - keys * wanted, least)
        fits = min(rest, max(1, int(room // least)))
        self.first = min(self.first, max(0, rest - fits))
        spot = block.spot[1] - keys
        if block.opened_now and spot >= 0:
            self.first = min(max(self.first, spot - fits + 1), spot)
        key_width = (right - left - fits * least) / keys if rest else (right - left) / keys
        found, at = [], float(left)
        for column in range(keys):
            found.append((column, at, at + key_width))
            at += key_width
        for column in range(keys + self.first, keys + self.first + min(fits, rest)):
            found.append((column, at, at + least))
            at += least
        return found

    def hidden_columns(self) -> int:
        """Return for how many columns there is no room."""
        return len(self._block.headings) - len(self._edges())

    def _head(self, look: Look) -> int:
        metrics = QFontMetricsF(look.font("label"))
        heights = [
            metrics.boundingRect(
                QRectF(0, 0, right - left - look.px(8), 1000), _WRAP, self._block.headings[column]
            ).height()
            for column, left, right in self._edges()
        ]
        return round(max(heights, default=0)) + look.px(12)

    def area_of(self, spot: Spot) -> QRectF:
        """Return where a cell lies."""
        look = look_of(self)
        top = self._head(look) + spot[0] * look.px(ROW)
        for column, left, right in self._edges():
            if column == spot[1]:
                return QRectF(left, top, right - left, look.px(ROW))
        return QRectF()

    def sizeHint(self) -> QSize:
        """Be as high as the rows, and the next one where there may be one."""
        look = look_of(self)
        rows = len(self._block.lines) + (1 if self._block.grows else 0)
        rows += 1 if not rows else 0
        return QSize(look.px(240), self._head(look) + rows * look.px(ROW) + look.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, cells and hairlines."""
        look, painter, block = look_of(self), QPainter(self), self._block
        head, edges = self._head(look), self._edges()
        for column, left, right in edges:
            painter.setFont(look.font("label"))
            painter.setPen(look.colour("quiet"))
            area = QRectF(left, look.px(4), right - left - look.px(8), head - look.px(8))
            side = block.side(column) | Qt.AlignmentFlag.AlignBottom
            painter.drawText(area, int(side | _WRAP), block.headings[column])
        left, right = look.px(EDGE), self.width() - look.px(END)
        paint_hairline(painter, QRectF(left, 0, right - left, head), look)
        for row in range(len(block.lines)):
            for column, *_ in edges:
                words, colour = block.cell_words((row, column))
                area = self.area_of((row, column)).adjusted(0, 0, -look.px(8), 0)
                paint_words(painter, look, area, words, colour=colour, side=block.side(column))
            line = self.area_of((row, 0))
            line.setRight(right)
            paint_hairline(painter, line, look)
        if block.grows or not block.lines:
            area = self.area_of((len(block.lines), 0))
            area.setRight(right)
            paint_words(painter, look, area, block.next_words(), colour="quiet")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell that is pressed."""
        look = look_of(self)
        row = int((event.position().y() - self._head(look)) // look.px(ROW))
        column = next((c for c, _, r in self._edges() if event.position().x() < r), 0)
        self.pressed.emit(max(0, row), column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field over its cell."""
        super().resizeEvent(event)
        self._block.lay_editor()


class TableBlock(QWidget):
    """The rows of a list, or of one list within another, with the questions asked for each."""

    opened = Signal()
    said_wrong = Signal(str)

    def __init__(
        self,
        lists: Sequence[FormList],
        questions: Sequence[Question],
        model: FormModel,
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
        self.grid = Grid(self)
        self.grid.pressed.connect(self._on_pressed)
        self.editor = QLineEdit(self.grid)
        self.editor.hide()
        self.editor.installEventFilter(self)
        self._about = Words(step="strong", wrap=True)
        self._help = Words(step="small", colour="quiet", wrap=True)
        self._warn = Words(step="small", colour="warn", wrap=True)
        self._more = Words(step="small", colour="quiet", wrap=True)
        self.place = PlaceFields(f"the {lists[-1].row}")
        self._below = (
            Column(gap=4, margins=(EDGE, 6, END, 8))
            .add(self._more, self._about, self._help, self._warn, self.place)
            .boxed()
        )
        Column(self, gap=0).add(self.grid, self._below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show_below()

    # --- what there is ---------------------------------------------------------------------------

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
        return (words, "text") if words else ("to answer" if question.required else "–", "quiet")

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
        if question not in names or row not in ids:
            return None
        return ids.index(row), names.index(question) + self.key_columns

    def can_enter(self) -> bool:
        """Whether there is a cell to type into."""
        return self.grows or bool(self.lines and self.questions)

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
                special = self._given.state != AnswerState.VALUE
                plain = is_chosen(question) or special
                words = shown(question, self._given) if plain else ""
                text = words or typed_text(question, self._given)
        self.editor.setText(text)
        self.editor.setReadOnly(question is None and not self.grows)
        self.editor.selectAll()
        self.place.show_given(self._given)
        self.place.setVisible(self._given.located or bool(self._given.note))
        self.lay_editor()
        self._show_below()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def lay_editor(self) -> None:
        """Put the field over its cell."""
        if self.opened_now:
            px = look_of(self).px
            area = self.grid.area_of(self.spot).adjusted(-px(10), 0, 0, 0)
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
        name = "" if new else ", ".join(one.key for one in self.lines[self.spot[0]])
        heading = self.headings[self.spot[1]] if self.headings else ""
        about = f"{heading}, {name}" if name else f"The next {self._lists[-1].row}"
        self._about.setText(about)
        self.editor.setAccessibleName(about)
        self._help.show_text(self._help_words(question) if question else "")
        wrong = ""
        if question is not None and not new:
            wrong = self._model.wrong(question.id, self._row_id(self.spot[0]))
        self._warn.show_text(wrong)

    def _help_words(self, question: Question) -> str:
        parts = [question.help] if question.help else []
        if is_chosen(question):
            offered = choices(question, self._given)
            numbered = ((digit(one.number), one.words) for one in offered)
            parts.append(", ".join(f"{key} {words}".strip() for key, words in numbered))
        else:
            usual, *others = question.units or ("",)
            if usual:
                more = f"; or type {' or '.join(others)} after it" if others else ""
                parts.append(f"in {usual}{more}")
            keys = self._model.session.keys
            for action, state in SPECIAL_KEYS.items():
                if state in special_values(question):
                    parts.append(f"{key_words(keys.first(action))} {state.words}")
        return "; ".join(parts)

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
            self.grid.update()
        elif self.grows:
            self._save_key(self.editor.text().strip())

    def given(self) -> Given:
        """Return what stands in the cell."""
        question = self.question_at(self.spot)
        text = self.editor.text()
        plain = question is not None and (is_chosen(question) or self._given.state != "value")
        before = shown(question, self._given) if question is not None and plain else ""
        if question is None or (before and text == before):
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
        if wrong:
            self.said_wrong.emit(wrong)

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
        if "\t" not in text and "\n" not in text.strip("\r\n"):
            return False
        lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
        row, column = self.spot
        cells: list[tuple[int, str, Question | None, Given]] = []
        wrong = ""
        for number, line in enumerate(lines):
            at = row + number
            named = column == 0 and self.grows
            key = line[0].strip() if named else self._key_of(at)
            if not key:
                wrong = (
                    f"Line {number + 1} has no {self._lists[-1].row} to go to; paste it at the "
                    "first column."
                )
                break
            values = line[1:] if named else line
            for place, value in enumerate(values, max(column, self.key_columns)):
                question = self.question_at((0, place))
                if question is not None and value.strip():
                    cells.append((number + 1, key, question, read_cell(question, value, Given())))
            if named and not any(key == one[1] for one in cells):
                cells.append((number + 1, key, None, Given()))
        wrong = wrong or self._paste(cells)
        self._go(self.spot)
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

    def _key_of(self, row: int) -> str:
        return "/".join(one.id for one in self.lines[row]) if row < len(self.lines) else ""

    # --- the keyboard ----------------------------------------------------------------------------

    def _on_pressed(self, row: int, column: int) -> None:
        if not self.opened_now:
            self.spot = (row, column)
            self.opened.emit()
        if self.opened_now:
            self._move((row, column))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a spreadsheet before the field does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste(QGuiApplication.clipboard().text())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        row, column = self.spot
        key, keys = event.key(), Qt.Key
        text, at = self.editor.text(), self.editor.cursorPosition()
        whole = self.editor.selectedText() == text
        if key in (keys.Key_Return, keys.Key_Enter, keys.Key_Down):
            self._move((row + 1, column))
        elif key == keys.Key_Up:
            self._move((row - 1, column))
        elif key == keys.Key_Left and (whole or at == 0) and column > 0:
            self._move((row, column - 1))
        elif key == keys.Key_Right and (whole or at == len(text)) and row < len(self.lines):
            self._move((row, min(column + 1, len(self.headings) - 1)))
        else:
            return False
        return True
