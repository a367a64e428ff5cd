"""The rows of a sheet as Qt reads them, with what is typed for them and not settled."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt

from ui.consensus.painter import ItemId
from ui.consensus.sheet import Sheet, SheetRow
from ui.widgets.rows import Field, Index, RowsModel

DRAFT = "not settled yet"


class SheetModel(RowsModel[SheetRow]):
    """The rows of a sheet as Qt reads them; headings of sections cannot be chosen.

    `drafts` say what is typed or chosen for rows that are not in focus, and not settled.
    """

    drafts: Mapping[ItemId, str] = MappingProxyType({})

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet."""
        said = f"{sheet.to_settle} to settle" if sheet.to_settle else "all settled"
        reviewers = [_reviewer(place, title) for place, title in enumerate(sheet.columns)]
        self.fields = (
            Field(heading=said, text=_asked, spoken=_spoken),
            *reviewers,
            Field(heading="Agreed", text=_agreed, spoken=self._spoken_agreed),
        )
        self.set_rows(sheet.rows)

    def draft(self, row: SheetRow) -> str:
        """Return what is typed or chosen for a row that is not in focus, or ""."""
        return self.drafts.get(row.at, "") if row.at is not None else ""

    def _spoken_agreed(self, row: SheetRow) -> str:
        draft, said = self.draft(row), ", ".join(filter(None, (row.agreed, row.below)))
        if draft:
            return f"{draft}, {DRAFT}"
        return f"agreed: {said}" if said else "nothing agreed" * bool(row.label)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let questions be chosen and headings not."""
        if not index.isValid() or self.row(index.row()).at is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _reviewer(place: int, title: str) -> Field[SheetRow]:
    def text(row: SheetRow) -> str:
        return row.cells[place].words if place < len(row.cells) else ""

    def spoken(row: SheetRow) -> str:
        cell = row.cells[place] if place < len(row.cells) else None
        return ", ".join(filter(None, (title, cell.words, cell.below))) if cell else ""

    return Field(heading=title, text=text, spoken=spoken)


def _asked(row: SheetRow) -> str:
    return row.label or row.heading


def _spoken(row: SheetRow) -> str:
    return row.spoken


def _agreed(row: SheetRow) -> str:
    return row.agreed
