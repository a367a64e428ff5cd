"""Labelled controls of the editor: each says what it holds, and is filled without saying so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.fields import PlainEditor
from ui.widgets.theme import Sized
from ui.widgets.tick import Tick
from ui.widgets.words import Column, Grid, Row, Words
from ui.widgets.wrapped import Wrapped

Put = Callable[[str], None]
SCORE = 72


class TextLine(QWidget):
    """A line, or a few, below its label; `typed` carries what a person typed."""

    typed = Signal(str)

    def __init__(self, label: str, *, lines: int = 1, hint: str = "") -> None:
        super().__init__()
        self.edit: QLineEdit | PlainEditor = PlainEditor(lines=lines) if lines > 1 else QLineEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(label)
        self._filling = False
        self._warn = Words(step="small", colour="warn", wrap=True)
        self._warn.hide()
        words = Words(label, step="small", colour="quiet")
        words.setBuddy(self.edit)
        Column(self, gap=4).add(words, self.edit, self._warn)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_typed)

    def text(self) -> str:
        """Return what stands there."""
        edit = self.edit
        return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()

    def fill(self, text: str, wrong: str = "") -> None:
        """Show a text, with what is wrong with it; what stands there already is left alone."""
        self._filling = True
        if text != self.text():
            edit = self.edit
            if isinstance(edit, QLineEdit):
                edit.setText(text)
            else:
                edit.setPlainText(text)
        self._filling = False
        self._warn.show_text(wrong)

    def _on_typed(self) -> None:
        if not self._filling:
            self.typed.emit(self.text())


class Ticks(QWidget):
    """Several things to tick below a label; `ticked` carries the ids of those that are."""

    ticked = Signal(list)

    def __init__(self, label: str) -> None:
        super().__init__()
        self._ticks: dict[str, Tick] = {}
        self._words = Words(label, step="small", colour="quiet")
        self._row = Wrapped(gap=20, row_gap=4)
        Column(self, gap=4).add(self._words, self._row)

    def fill(self, offered: Sequence[tuple[str, str]], on: Sequence[str]) -> None:
        """Offer these, as (id, words), and tick those that are on."""
        if [(id_, tick.text()) for id_, tick in self._ticks.items()] != [*offered]:
            self._ticks = {id_: Tick(words) for id_, words in offered}
            for tick in self._ticks.values():
                tick.clicked.connect(self._on_clicked)
            self._row.set_widgets(list(self._ticks.values()))
        for id_, tick in self._ticks.items():
            tick.setChecked(id_ in on)

    def tick(self, id_: str) -> Tick:
        """Return the tick of an id."""
        return self._ticks[id_]

    def _on_clicked(self) -> None:
        self.ticked.emit([id_ for id_, tick in self._ticks.items() if tick.isChecked()])


class OptionRow(QWidget):
    """One option: its words, its score, and while it has the keyboard what can be done with it."""

    def __init__(self, number: int, *, scored: bool) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.words.setAccessibleName(f"Option {number}")
        self.score = QLineEdit()
        self.score.setAccessibleName(f"Score of option {number}")
        self.score.setPlaceholderText("score")
        if not scored:
            self.score.hide()
        Sized(self.score, width=SCORE)
        self.earlier = Button("Earlier", kind="quiet")
        self.later = Button("Later", kind="quiet")
        self.remove = Button("Remove", kind="quiet")
        for button in (self.earlier, self.later, self.remove):
            button.set_low()
        self._id = Words(step="small", colour="quiet")
        self.warn = Words(step="small", colour="warn", wrap=True)
        self.acts = Row(gap=16).add(self._id, 1, self.earlier, self.later, self.remove).boxed()
        self.acts.hide()
        Column(self, gap=2).add(Row(gap=8).add((self.words, 1), self.score), self.warn, self.acts)

    def say(self, id_: str, *, kept: bool, retired: bool) -> None:
        """Say what it is known by, and whether it is offered."""
        self._id.setText(f"{id_}, retired" if retired else id_)
        self.remove.setText(("Offer again" if retired else "Retire") if kept else "Remove")


class OptionRows(QWidget):
    """The options of a field, one a row; Enter in the last one adds another.

    `typed` carries the number of a row, "text" or "score", and what was typed.
    """

    typed = Signal(int, str, str)
    moved = Signal(int, int)
    removed = Signal(int)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OptionRow] = []
        self._filling = False
        self._column = Column(gap=6)
        self.add = Button("Add an option", kind="link", does=self.added)
        Column(self, gap=6).add(
            Words("Options", step="small", colour="quiet"),
            self._column,
            (self.add, Qt.AlignmentFlag.AlignLeft),
        )

    def lay(self, count: int, *, scored: bool) -> None:
        """Have so many rows."""
        if len(self.rows) == count and all(r.score.isHidden() != scored for r in self.rows):
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [OptionRow(number, scored=scored) for number in range(1, count + 1)]
        for number, row in enumerate(self.rows):
            self._column.addWidget(row)
            self._connect(number, row)

    def _connect(self, number: int, row: OptionRow) -> None:
        row.words.textChanged.connect(lambda text: self._say(number, "text", text))
        row.score.textChanged.connect(lambda text: self._say(number, "score", text))
        row.words.returnPressed.connect(lambda: self._on_return(number))
        row.earlier.clicked.connect(lambda: self.moved.emit(number, -1))
        row.later.clicked.connect(lambda: self.moved.emit(number, 1))
        row.remove.clicked.connect(lambda: self.removed.emit(number))
        for widget in (row.words, row.score, row.earlier, row.later, row.remove):
            widget.installEventFilter(self)
            widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab comes by the editor's order

    def fill(self, number: int, text: str, score: str, wrong: str) -> None:
        """Show an option."""
        row, self._filling = self.rows[number], True
        for edit, value in ((row.words, text), (row.score, score)):
            if edit.text() != value:
                edit.setText(value)
        row.warn.show_text(wrong)
        row.earlier.setEnabled(number > 0)
        row.later.setEnabled(number < len(self.rows) - 1)
        self._filling = False

    def focus(self, number: int) -> None:
        """Put the keyboard on an option."""
        if 0 <= number < len(self.rows):
            self.rows[number].words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, number: int, part: str, text: str) -> None:
        if not self._filling:
            self.typed.emit(number, part, text)

    def _on_return(self, number: int) -> None:
        if number + 1 == len(self.rows):
            self.added.emit()
        else:
            self.focus(number + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what can be done with the option that has the keyboard."""
        if event.type() is QEvent.Type.FocusIn:
            for row in self.rows:
                row.acts.setVisible(isinstance(watched, QWidget) and row.isAncestorOf(watched))
        return super().eventFilter(watched, event)


def number_or_wrong(text: str) -> tuple[Decimal | None, str]:
    """Return the number that was typed, and what is wrong where it is none."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return None, ""
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    return (found, "") if found.is_finite() else (None, f"“{text.strip()}” is no number.")


def pairs(*rows: tuple[QWidget, QWidget]) -> Grid:
    """Return controls two beside each other."""
    grid = Grid(gap=tokens.GAP_OUT, row_gap=12)
    for one, other in rows:
        grid.add_row((one, Qt.AlignmentFlag.AlignTop), (other, Qt.AlignmentFlag.AlignTop))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab comes to within a widget, in the order of its layouts."""
    if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of(layout)
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from stops(child)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops_of(inner)
        elif widget is not None:
            yield from stops(widget)
