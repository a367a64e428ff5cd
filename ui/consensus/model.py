"""The meeting's list as Qt reads it: headings with counts, and the discrepancies under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from screener.model import Discrepancy, Protocol
from ui.consensus.meeting import Group
from ui.consensus.reveal import Level, elements, signs, verdict_words

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list: a heading with its count, or a discrepancy as the level shows it."""

    unit: str = ""
    heading: str = ""
    count: int = 0
    title: str = ""
    signs: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    outcome: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        if not self.unit:
            return f"{self.heading}, {self.count}"
        marks = " and ".join(verdict_words(s) for s in self.signs)
        settled = f"settled: {verdict_words(self.outcome)}" if self.outcome else ""
        parts = (self.title, marks, ", ".join(self.elements), settled)
        return "; ".join(p for p in parts if p)


def line_of(found: Discrepancy, level: Level, protocol: Protocol) -> Line:
    """Return a discrepancy as a row, with nothing in it that the level hides."""
    outcome = ""
    if found.state != "open" and found.consensus and level is not Level.RECORD:
        outcome = str(found.consensus[0].verdict)
    return Line(
        unit=str(found.unit.id),
        title=found.unit.fields.title or "No title",
        signs=signs(found, level),
        elements=elements(found, level, protocol),
        outcome=outcome,
    )


class DiscrepancyList(QAbstractListModel):
    """Headings and discrepancies; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._rows: dict[str, int] = {}
        self._made: dict[str, tuple[Discrepancy, Level, Protocol, Line]] = {}

    def show_groups(self, groups: Sequence[Group], level: Level, protocol: Protocol) -> None:
        """Show these groups as the level allows."""
        lines: list[Line] = []
        for group in groups:
            if group.heading:
                lines.append(Line(heading=group.heading, count=len(group.items)))
            lines += [self._line_of(found, level, protocol) for found in group.items]
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self._rows = {line.unit: row for row, line in enumerate(lines) if line.unit}
        self.endResetModel()

    def _line_of(self, found: Discrepancy, level: Level, protocol: Protocol) -> Line:
        """Return a line, the one made before where nothing of it changed."""
        unit = str(found.unit.id)
        made = self._made.get(unit)
        if made is None or made[0] is not found or made[1] != level or made[2] is not protocol:
            made = (found, level, protocol, line_of(found, level, protocol))
            self._made[unit] = made
        return made[3]

    def line(self, row: int) -> Line:
        """Return the line of a row."""
        return self._lines[row]

    def row_of(self, unit: str) -> int:
        """Return the row of a unit, -1 when it is not in the list."""
        return self._rows.get(unit, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count headings and discrepancies."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the title or heading; to a screen reader the whole line."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title or line.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let discrepancies be chosen and headings not."""
        if not index.isValid() or not self._lines[index.row()].unit:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
