"""The table of two reviewers' decisions; each number opens its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.consensus.agreement.agreement import PairAgreement
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Grid, Hairline, Row, Words

CATEGORIES = ("include", "maybe", "exclude")
MAYBE_IS_INCLUDE = {"include": ("include", "maybe"), "exclude": ("exclude",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRecords:
    """The records behind one number: what both decided, and their units."""

    words: str
    units: tuple[str, ...]


def records_of(pair: PairAgreement, row: str, column: str, *, maybe: bool) -> CellRecords:
    """Return the records of a cell; without `maybe` as a category it counts as include."""
    first, second = pair.reviewers
    rows = (row,) if maybe else MAYBE_IS_INCLUDE[row]
    columns = (column,) if maybe else MAYBE_IS_INCLUDE[column]
    units = [u for r in rows for c in columns for u in pair.cells["three_way"].get((r, c), ())]
    words = f"both {row}" if row == column else f"{first} {row}, {second} {column}"
    return CellRecords(words=words, units=tuple(units))


class NumberCell(Button):
    """A large number that opens its records; on the wash where the reviewers differ."""

    def __init__(self, number: int, spoken: str, *, differs: bool) -> None:
        super().__init__(f"{number:,}", kind="link")
        self._differs = differs
        self.setEnabled(number > 0)
        self.set_spoken(f"{number:,} records, {spoken}")
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
    """The 2×2 table (3×3 with maybe); `opened` carries the cell as row and column words."""

    opened = Signal(str, str)

    def __init__(self, pair: PairAgreement, *, maybe: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[tuple[str, str], NumberCell] = {}
        self._grid = Grid(self, gap=0, row_gap=0)
        figures = pair.figures("three_way" if maybe else "binary")
        self._words: Sequence[str] = CATEGORIES if maybe else tuple(MAYBE_IS_INCLUDE)
        self._heads(pair)
        for at, row in enumerate(self._words):
            self._row(pair, at, row, figures.table[at])
        self._sums(figures.table)

    def _heads(self, pair: PairAgreement) -> None:
        first, second = pair.reviewers
        size = len(self._words)
        self._grid.addWidget(Words(second, step="label", colour="quiet"), 0, 1, 1, size)
        self._grid.addWidget(Words(first, step="label", colour="quiet"), 1, 0)
        for at, word in enumerate(self._words):
            self._grid.addWidget(_marked(word, lead=12), 1, at + 1)
        self._grid.addWidget(Hairline(), 2, 0, 1, size + 2)
        for at in range(size):
            self._grid.setColumnStretch(at + 1, 2)
        self._grid.setColumnStretch(size + 1, 1)
        self._grid.setColumnMinimumWidth(0, look_of(self).px(112))
        self._grid.setRowMinimumHeight(0, look_of(self).px(30))
        self._grid.setRowMinimumHeight(1, look_of(self).px(30))

    def _row(self, pair: PairAgreement, at: int, row: str, counts: Sequence[int]) -> None:
        line = 3 + 2 * at
        self._grid.addWidget(_marked(row), line, 0)
        for place, column in enumerate(self._words):
            spoken = f"{pair.reviewers[0]} {row}, {pair.reviewers[1]} {column}"
            cell = NumberCell(counts[place], spoken, differs=row != column)
            cell.setProperty("cell", f"{row} {column}")
            cell.clicked.connect(self._on_clicked)
            self.cells[row, column] = cell
            self._grid.addWidget(cell, line, place + 1)
        self._grid.addWidget(_quiet(sum(counts)), line, len(self._words) + 1)
        self._grid.addWidget(Hairline(), line + 1, 0, 1, len(self._words) + 2)

    def _sums(self, table: Sequence[Sequence[int]]) -> None:
        line = 3 + 2 * len(self._words)
        for at, column in enumerate(zip(*table, strict=True)):
            self._grid.addWidget(_quiet(sum(column)), line, at + 1)
        self._grid.addWidget(_quiet(sum(map(sum, table))), line, len(self._words) + 1)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            row, column = str(sender.property("cell")).split()
            self.opened.emit(row, column)


def _marked(word: str, *, lead: int = 0) -> QWidget:
    holder = QWidget()
    Row(holder, gap=8, margins=(lead, 0, 0, 0)).add(
        Mark(word, size=13), (Words(word, step="small"), 1)
    )
    return holder


def _quiet(number: int) -> Words:
    words = Words(f"{number:,}", step="small", colour="quiet")
    words.setContentsMargins(look_of(words).px(12), look_of(words).px(6), 0, 0)
    return words
