"""The meeting's list as Qt reads it: headings with counts, and the discrepancies under them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from screener.model import Discrepancy, Protocol, State
from ui.consensus.meeting import Meeting
from ui.consensus.reveal import Level, elements, signs, verdict_words

Index = QModelIndex | QPersistentModelIndex
_AT_ONCE = 60  # rows read together: more than a screen shows


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
        outcome = found.consensus[0].value
    return Line(
        unit=str(found.unit.id),
        title=found.unit.title,
        signs=signs(found, level),
        elements=elements(found, level, protocol),
        outcome=outcome,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What is known of a row before anything of it is read."""

    state: State | None = None
    heading: str = ""
    count: int = 0


class DiscrepancyList(QAbstractListModel):
    """Headings and discrepancies; headings cannot be chosen.

    A row is read when it is painted or spoken, with those after it, so that a list of thousands
    opens at once.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[_Entry] = []
        self._rows: dict[str, int] = {}
        self._meeting: Meeting | None = None
        self._level = Level.EVERYTHING
        self._version = 0

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the groups of a meeting as its level allows."""
        entries: list[_Entry] = []
        for group in meeting.groups():
            if group.heading:
                entries.append(_Entry(heading=group.heading, count=len(group.items)))
            entries += [_Entry(state=state) for state in group.items]
        version = meeting.protocol.version
        same = self._meeting is meeting and self._level is meeting.level
        if same and self._version == version and entries == self._entries:
            return
        self.beginResetModel()
        self._meeting, self._level, self._version = meeting, meeting.level, version
        self._entries = entries
        self._rows = {e.state.subject: row for row, e in enumerate(entries) if e.state}
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return the line of a row, with the discrepancy in it read."""
        entry, meeting = self._entries[row], self._meeting
        if entry.state is None or meeting is None:
            return Line(heading=entry.heading, count=entry.count)
        unit = entry.state.subject
        found = meeting.kept(unit)
        if found is None:
            near = self._entries[row : row + _AT_ONCE]
            found = meeting.read([e.state.subject for e in near if e.state]).get(unit)
        if found is None:  # it is gone, and the list is about to be shown anew
            return Line(unit=unit)
        return line_of(found, self._level, meeting.protocol)

    def unit(self, row: int) -> str:
        """Return the unit of a row without reading it, "" for a heading."""
        state = self._entries[row].state
        return state.subject if state else ""

    def has_marks(self, row: int) -> bool:
        """Say whether a row shows more than a title: everything but a heading, above level 0."""
        return self._entries[row].state is not None and self._level is not Level.RECORD

    def row_of(self, unit: str) -> int:
        """Return the row of a unit, -1 when it is not in the list."""
        return self._rows.get(unit, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count headings and discrepancies."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the title or heading; to a screen reader the whole line."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title or line.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let discrepancies be chosen and headings not."""
        if not index.isValid() or not self.unit(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
