"""The meeting's list as Qt reads it: headings with counts, and the discrepancies under them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from screener.model import State
from ui.consensus.meeting import Meeting
from ui.consensus.painter import ItemId, Line, id_of
from ui.consensus.reveal import Level

Index = QModelIndex | QPersistentModelIndex
_AT_ONCE = 60  # rows read together: more than a screen shows


class DiscrepancyList(QAbstractListModel):
    """Headings and discrepancies; headings cannot be chosen.

    A row is read when it is painted or spoken, with those after it, so that a list of thousands
    opens at once.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Line | State] = []
        self._rows: dict[ItemId, int] = {}
        self._meeting: Meeting | None = None
        self._level = Level.EVERYTHING
        self._version = 0

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the groups of a meeting as its level allows."""
        entries: list[Line | State] = []
        for group in meeting.groups():
            if group.heading:
                spoken = f"{group.heading}, {len(group.items)}"
                line = Line(heading=group.heading, count=len(group.items), spoken=spoken)
                entries.append(line)
            entries += group.items
        version = meeting.protocol.version
        same = self._meeting is meeting and self._level is meeting.level
        if same and self._version == version and entries == self._entries:
            return
        self.beginResetModel()
        self._meeting, self._level, self._version = meeting, meeting.level, version
        self._entries = entries
        self._rows = {id_of(e): row for row, e in enumerate(entries) if isinstance(e, State)}
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return the line of a row, with the discrepancy in it read."""
        entry, meeting = self._entries[row], self._meeting
        if isinstance(entry, Line):
            return entry
        at = id_of(entry)
        assert meeting is not None
        found = meeting.kept(at)
        if found is None:
            near = self._entries[row : row + _AT_ONCE]
            found = meeting.read([id_of(e) for e in near if isinstance(e, State)]).get(at)
        if found is None:  # it is gone, and the list is about to be shown anew
            return Line(at=at)
        return meeting.painter.line(found, self._level)

    def item(self, row: int) -> ItemId | None:
        """Return the item of a row without reading it, None for a heading."""
        entry = self._entries[row]
        return id_of(entry) if isinstance(entry, State) else None

    def has_marks(self, row: int) -> bool:
        """Say whether a row shows more than a title: no heading, and at level 0 only questions."""
        named = self._meeting is not None and self._meeting.painter.names_items
        shows = named or self._level is not Level.RECORD
        return shows and isinstance(self._entries[row], State)

    def row_of(self, at: ItemId | None) -> int:
        """Return the row of an item, -1 when it is not in the list."""
        return -1 if at is None else self._rows.get(at, -1)

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
        if not index.isValid() or self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
