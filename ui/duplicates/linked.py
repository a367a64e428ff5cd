"""The list of reports that belong together and are no duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from screener import Project
from screener.duplicates.found import Linked
from ui.duplicates.groups import LINK_WORDS
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLine:
    """One row: the titles, how the reports belong together, and their numbers."""

    titles: str
    kind: str
    numbers: str


_FIELDS: tuple[Field[LinkedLine], ...] = (
    Field(heading="Titles", text=attrgetter("titles")),
    Field(heading="Linked as", text=attrgetter("kind"), colour=lambda _: "quiet", width=340),
    Field(
        heading="Records",
        text=attrgetter("numbers"),
        right=True,
        colour=lambda _: "quiet",
        width=120,
    ),
)


class LinkedTable(RowTable):
    """One row for each set of linked reports; Enter opens them side by side."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__("Linked reports", parent)
        self._project = project
        self._linked: tuple[Linked, ...] = ()
        self._rows: RowsModel[LinkedLine] = RowsModel(_FIELDS, self)
        self.setModel(self._rows)

    def show_linked(self, linked: Sequence[Linked]) -> None:
        """Show these, unless they are shown; titles are read when they come into sight."""
        if tuple(linked) != self._linked:
            self._linked = tuple(linked)
            self._rows.set_keys([str(place) for place in range(len(linked))], self._fetch)

    def _fetch(self, keys: Sequence[str]) -> list[LinkedLine]:
        wanted = [self._linked[int(key)] for key in keys]
        uids = dict.fromkeys(uid for linked in wanted for uid in linked.records)
        known = {str(unit.id): unit for unit in self._project.units.load(uids)}
        found = []
        for linked in wanted:
            units = sorted((known[uid] for uid in linked.records), key=lambda unit: unit.number)
            words = LINK_WORDS[linked.kind]
            # Every title is written once: many linked reports share theirs.
            titles = dict.fromkeys(unit.fields.title or "no title" for unit in units)
            found.append(
                LinkedLine(
                    titles="  ·  ".join(titles),
                    kind=f"{words[:1].upper()}{words[1:]}",
                    numbers=", ".join(f"{unit.number:,}" for unit in units),
                )
            )
        return found
