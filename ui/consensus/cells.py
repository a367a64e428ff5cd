"""The table of two reviewers' answers; each number opens its records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.consensus.agreement.agreement import PairAgreement
from screener.model.words import counted
from ui.consensus.painter import Table
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Grid, Hairline, Row, Words

_ALWAYS = 3
"""A table of so many categories is shown whole; of more, those that nobody gave tell nothing."""


class NumberCell(Button):
    """A large number that opens its records; on the wash where the reviewers differ."""

    def __init__(self, number: int, spoken: str, *, differs: bool, noun: str = "record") -> None:
        super().__init__(f"{number:,}", kind="link")
        self._differs = differs
        self.setEnabled(number > 0)
        self.set_spoken(f"{counted(number, noun)}, {spoken}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the number in the serif."""
        look = look_of(self)
        wide = QFontMetricsF(look.font("figure")).horizontalAdvance(self.text())
        return QSize(max(look.px(88), round(wide) + look.px(24)), look.px(72))

    def minimumSizeHint(self) -> QSize:
        """Numbers are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash where they differ, then the number."""
        look, painter = look_of(self), QPainter(self)
        if self._differs:
            painter.fillRect(QRectF(self.rect()), look.colour("wash"))
        font = look.font("figure")
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(look.colour("accent" if self._differs and self.isEnabled() else "text"))
        area = QRectF(self.rect()).adjusted(look.px(12), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         self.text())  # fmt: skip


class CellTable(QWidget):
    """A table of agreement; `opened` carries the words of a cell and what is behind it."""

    opened = Signal(str, list)

    def __init__(self, pair: PairAgreement, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[tuple[str, str], NumberCell] = {}
        self._grid = Grid(self, gap=0, row_gap=0)
        self._table = table
        self._behind: dict[QObject, tuple[str, Sequence[str]]] = {}
        self._categories, counts = _given(table, pair.figures(table.measure).table)
        self._heads(pair)
        for at, (row, words) in enumerate(self._categories):
            self._row(pair, at, row, words, counts[at])
        self._sums(counts)

    def _heads(self, pair: PairAgreement) -> None:
        first, second = pair.reviewers
        size = len(self._categories)
        self._grid.addWidget(Words(second, step="label", colour="quiet"), 0, 1, 1, size)
        self._grid.addWidget(Words(first, step="label", colour="quiet"), 1, 0)
        for at, (id_, words) in enumerate(self._categories):
            self._grid.addWidget(self._category(id_, words, lead=12), 1, at + 1)
        self._grid.addWidget(Hairline(), 2, 0, 1, size + 2)
        for at in range(size):
            self._grid.setColumnStretch(at + 1, 2)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(size + 1, 1)
        self._grid.setColumnMinimumWidth(0, look_of(self).px(112))
        self._grid.setRowMinimumHeight(0, look_of(self).px(30))
        self._grid.setRowMinimumHeight(1, look_of(self).px(30))

    def _row(
        self, pair: PairAgreement, at: int, row: str, words: str, counts: Sequence[int]
    ) -> None:
        line, size = 3 + 2 * at, len(self._categories)
        (first, second), cells = pair.reviewers, pair.cells.get(self._table.measure, {})
        self._grid.addWidget(self._category(row, words), line, 0)
        for place, (column, other) in enumerate(self._categories):
            spoken = f"{first} {words}, {second} {other}"
            cell = NumberCell(counts[place], spoken, differs=row != column, noun=self._table.noun)
            cell.clicked.connect(self._on_clicked)
            said = f"both {words}" if row == column else spoken
            self._behind[cell] = said, cells.get((row, column), ())
            self.cells[row, column] = cell
            self._grid.addWidget(cell, line, place + 1)
        self._grid.addWidget(_quiet(sum(counts)), line, size + 1)
        self._grid.addWidget(Hairline(), line + 1, 0, 1, size + 2)

    def _sums(self, table: Sequence[Sequence[int]]) -> None:
        line = 3 + 2 * len(table)
        for at, column in enumerate(zip(*table, strict=True)):
            self._grid.addWidget(_quiet(sum(column)), line, at + 1)
        self._grid.addWidget(_quiet(sum(map(sum, table))), line, len(table) + 1)

    def _category(self, id_: str, words: str, *, lead: int = 0) -> QWidget:
        holder = QWidget()
        line = Row(holder, gap=8, margins=(lead, 4, 0 if lead else 12, 4))
        if self._table.sides:
            line.addWidget(Mark(id_, size=13))
        line.add((Words(words, step="small", wrap=True), 1))
        return holder

    def _on_clicked(self) -> None:
        words, behind = self._behind[self.sender()]
        self.opened.emit(words, list(behind))


def _given(
    table: Table, counts: Sequence[Sequence[int]]
) -> tuple[Sequence[tuple[str, str]], Sequence[Sequence[int]]]:
    """Return the categories to show, and their table: of many only those that somebody gave."""
    size = len(table.categories)
    shown = [at for at in range(size) if any(counts[at]) or any(row[at] for row in counts)]
    if size <= _ALWAYS or not shown:
        return table.categories, counts
    return [table.categories[at] for at in shown], [[counts[a][b] for b in shown] for a in shown]


def _quiet(number: int) -> Words:
    words = Words(f"{number:,}", step="small", colour="quiet")
    words.setContentsMargins(look_of(words).px(12), look_of(words).px(6), 0, 0)
    return words
