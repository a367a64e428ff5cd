"""The meeting's list as Qt reads it: headings with counts, and the discrepancies under them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QObject, Qt

from ui.consensus.meeting import Meeting
from ui.consensus.painter import ItemId, Line
from ui.widgets.rows import Field, Index, RowsModel

_FIELD: Field[Line] = Field(
    heading="", text=lambda line: line.title or line.heading, spoken=lambda line: line.spoken
)


class DiscrepancyList(RowsModel[Line]):
    """Headings and discrepancies; headings cannot be chosen.

    The key of a row is a heading, or the item that is in dispute.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((_FIELD,), parent)
        self._headings: dict[str, Line] = {}
        self._rows: dict[Hashable, int] = {}
        self._meeting: Meeting | None = None
        self._shown: tuple[object, ...] = ()
        self.headings: list[int] = []
        """The rows of the headings."""

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the groups of a meeting as its level allows."""
        headings: dict[str, Line] = {}
        keys: list[str | ItemId] = []
        for group in meeting.groups():
            if group.heading:
                said = f"{group.heading}, {len(group.items)}"
                line = Line(heading=group.heading, count=len(group.items), spoken=said)
                headings[group.heading] = line
                keys.append(group.heading)
            keys += group.items
        again = meeting.to_list_again()
        changed: set[str | ItemId] | None = None
        shown = (meeting, meeting.level, meeting.protocol.version)
        if self._shown == shown and again is not None:
            changed = {name for name in headings if headings[name] != self._headings.get(name)}
            changed |= again
        self._shown, self._meeting, self._headings = shown, meeting, headings
        self._rows = {key: row for row, key in enumerate(keys)}
        self.headings = [self._rows.pop(name) for name in headings]
        self.set_keys(keys, self._read, changed)

    def _read(self, keys: Sequence[str | ItemId]) -> list[Line]:
        if self._meeting is None:
            return []
        read = iter(self._meeting.lines([key for key in keys if isinstance(key, ItemId)]))
        return [
            self._headings.get(key, Line(heading=key)) if isinstance(key, str) else next(read)
            for key in keys
        ]

    def item(self, row: int) -> ItemId | None:
        """Return the item of a row without reading it, None for a heading."""
        key = self._keys[row]
        return key if isinstance(key, ItemId) else None

    def row_of(self, at: ItemId | None) -> int:
        """Return the row of an item, -1 when it is not in the list."""
        return -1 if at is None else self._rows.get(at, -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let discrepancies be chosen and headings not."""
        if not index.isValid() or self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
