"""The meeting's list as Qt reads it: headings with counts, and the discrepancies under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QObject, Qt

from screener.model import Discrepancy, Protocol
from ui.consensus.meeting import Meeting
from ui.consensus.reveal import Level, elements, signs, verdict_words
from ui.widgets.rows import Field, Index, RowsModel


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
    def words(self) -> str:
        """The title or heading."""
        return self.title or self.heading

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


_FIELDS = (Field(heading="", text=attrgetter("words"), spoken=attrgetter("spoken")),)


class DiscrepancyList(RowsModel[Line]):
    """Headings and discrepancies; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_FIELDS, parent)
        self._headings: dict[str, Line] = {}
        self._rows: dict[str, int] = {}
        self._meeting: Meeting | None = None
        self._shown: tuple[object, ...] = ()
        self.headings: list[int] = []
        """The rows of the headings."""

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the groups of a meeting as its level allows."""
        headings, keys = {}, []
        for group in meeting.groups():
            if group.heading:
                headings[group.heading] = Line(heading=group.heading, count=len(group.items))
                keys.append(group.heading)
            keys += [state.subject for state in group.items]
        changed = meeting.to_list_again()
        shown = (meeting, meeting.level, meeting.protocol.version)
        if self._shown != shown:
            changed = None
        elif changed is not None:
            changed |= {name for name in headings if headings[name] != self._headings.get(name)}
        self._shown, self._meeting, self._headings = shown, meeting, headings
        self._rows = {key: row for row, key in enumerate(keys)}
        self.headings = [self._rows.pop(name) for name in headings]
        self.set_keys(keys, self._read, changed)

    def _read(self, keys: Sequence[str]) -> list[Line]:
        meeting = self._meeting
        if meeting is None:
            return []
        found = meeting.read(key for key in keys if key not in self._headings)
        # What is gone stands empty until the list is shown anew.
        lines = {
            key: line_of(one, meeting.level, meeting.protocol) for key, one in found.items()
        } | self._headings
        return [lines.get(key) or Line(unit=key) for key in keys]

    def unit(self, row: int) -> str:
        """Return the unit of a row without reading it, "" for a heading."""
        key = self.key(row)
        return "" if key in self._headings else key

    def row_of(self, unit: str) -> int:
        """Return the row of a unit, -1 when it is not in the list."""
        return self._rows.get(unit, -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let discrepancies be chosen and headings not."""
        if not index.isValid() or not self.unit(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
