"""The list of reports that belong together and are no duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from screener import Project
from screener.duplicates.found import Linked
from screener.model import Unit
from ui.duplicates.groups import link_words
from ui.widgets.tables import Field, RowsModel, RowTable


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLine:
    """One row: how the reports belong together, and their titles."""

    kind: str
    titles: tuple[str, ...]
    numbers: tuple[int, ...]


def _kind(line: LinkedLine) -> str:
    return line.kind[:1].upper() + line.kind[1:]


def _titles(line: LinkedLine) -> str:
    """Write every title once: many linked reports share theirs."""
    return "  ·  ".join(dict.fromkeys(line.titles))


def _numbers(line: LinkedLine) -> str:
    return ", ".join(f"{number:,}" for number in line.numbers)


def _quiet(_: LinkedLine) -> str:
    return "quiet"


class LinkedTable(RowTable):
    """One row for each set of linked reports; Enter opens them side by side."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__("Linked reports", parent)
        self._project = project
        self._linked: tuple[Linked, ...] = ()
        self._rows: RowsModel[LinkedLine] = RowsModel(
            (
                Field(heading="Titles", text=_titles),
                Field(heading="Linked as", text=_kind, colour=_quiet, width=340),
                Field(heading="Records", text=_numbers, right=True, colour=_quiet, width=120),
            ),
            self,
        )
        self.setModel(self._rows)

    def show_linked(self, linked: Sequence[Linked]) -> None:
        """Show these, unless they are shown; titles are read when they come into sight."""
        if tuple(linked) != self._linked:
            self._linked = tuple(linked)
            self._rows.set_keys([str(place) for place in range(len(linked))], self._fetch)

    def _fetch(self, keys: Sequence[str]) -> list[LinkedLine]:
        wanted = [self._linked[int(key)] for key in keys]
        uids = dict.fromkeys(uid for linked in wanted for uid in linked.records)
        known: dict[str, Unit] = {unit.id: unit for unit in self._project.units.load(uids)}
        return [_line(linked, [known[uid] for uid in linked.records]) for linked in wanted]


def _line(linked: Linked, units: Sequence[Unit]) -> LinkedLine:
    ordered = sorted(units, key=lambda unit: unit.number)
    return LinkedLine(
        kind=link_words(linked),
        titles=tuple(unit.fields.title or "no title" for unit in ordered),
        numbers=tuple(unit.number for unit in ordered),
    )
