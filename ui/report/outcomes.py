"""Tables and plots of the studies: a list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model.words import listed
from screener.project import Project
from screener.report.drawing import Drawing
from screener.studies.tables import Sheet
from ui.report import shown
from ui.report.canvas import EMPTY, Canvas
from ui.report.shown import Item
from ui.session import files
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.chooser import Chooser
from ui.widgets.rows import Field, RowsModel
from ui.widgets.scroll import ScrollArea
from ui.widgets.tables import RowTable
from ui.widgets.theme import Sized
from ui.widgets.words import Column, Hairline, Row, Words, stacked

Cells = Sequence[str]
_LEFT = 232
_LONGEST = 40
"""Letters of a form's title above the list; the menu has all of them."""
_LETTER, _SIDES = 8, 28
_NARROWEST, _WIDEST = 72, 320
_LOOKED_AT = 60
"""Rows whose words say how wide a column is."""


class Outcomes(QWidget):
    """Shows one table or plot at a time; `chose` says that it is another one.

    `forms` chooses whether those of the studies are listed, or those of a form.
    """

    chose = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read: Item | None = None
        self.items: RowsModel[Item] = RowsModel(
            [Field(heading="Table or plot", text=lambda item: item.words)], self
        )
        self.forms = Chooser(name="Of")
        self.several = False
        """Whether there is a form beside the studies to choose."""
        self.list = RowTable("Tables and plots", finds=True)
        self.list.setModel(self.items)
        self.hidden = Words("", step="small", colour="quiet", wrap=True)
        self.table = RowTable("Table", finds=True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setHorizontalScrollMode(RowTable.ScrollMode.ScrollPerPixel)
        self.rows: RowsModel[Cells] = RowsModel([], self)
        self.canvas = Canvas("Plot", scrolls=True)
        sheet = Column(gap=0, margins=(16, 0, 16, 16)).add(self.canvas, 1)
        self._plot = ScrollArea(sheet.boxed())
        self._stack = stacked(self.table, self._plot)
        left = Column(gap=8, margins=(tokens.GAP_OUT, 0, 0, 12))
        which = Row(gap=0, margins=(12, 8, 8, 0)).add(self.forms, 1)
        left.add(which, (self.list, 1), self.hidden)
        side = left.boxed()
        Sized(side, width=_LEFT)
        Row(self, gap=0).add(side, Hairline(vertical=True), (self._stack, 1))
        self.forms.chosen.connect(self._on_form)
        self.list.row_changed.connect(self._on_row)
        self.list.opened.connect(self._on_opened)

    # --- what is shown -------------------------------------------------------------------------

    def chosen(self) -> Item | None:
        """Return what is shown, or is being read."""
        place = self.list.current()
        return self.items.row(place) if 0 <= place < self.items.rowCount() else None

    def refresh(self) -> None:
        """Read what there is, and what is shown, again; it stays chosen where it still is."""
        before, project = self.chosen(), self._session.project
        forms = shown.forms(project)
        self.several = len(forms) > 1
        self.forms.setVisible(self.several)
        self.forms.set_choices([(id_, _short(words)) for id_, words in forms])
        found = shown.items(project, self.forms.current())
        self.items.set_rows(found)
        waiting = shown.hidden(project)
        some = "is" if len(waiting) == 1 else "are"
        self.hidden.show_text(f"{listed(waiting)} {some} hidden until closed." if waiting else "")
        self._read = None
        self.list.choose(found.index(before) if before in found else 0)
        self._on_row(self.list.current())

    def choose(self, words: str, form: str = "") -> None:
        """Show the table or plot of that name."""
        self.forms.choose(form)
        self.refresh()
        names = [self.items.row(place).words for place in range(self.items.rowCount())]
        self.list.choose(names.index(words))
        self._on_row(self.list.current())

    def _on_form(self, _: str) -> None:
        self.refresh()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def _on_row(self, _: int) -> None:
        item = self.chosen()
        if item is None or item == self._read:
            return
        self._read = item
        self._clear()
        if item.is_plot:
            self._session.look(partial(_drawing, item), partial(self._show_drawing, item))
        else:
            self._session.look(partial(_sheet, item), partial(self._show_sheet, item))
        self.chose.emit()

    def _on_opened(self, _: int) -> None:
        """Enter goes over to what is shown."""
        shown_now = self._stack.currentWidget()
        (self.table if shown_now is self.table else self.canvas).setFocus()

    def _clear(self) -> None:
        """Take away what was shown: it never stands under the name of what cannot be read."""
        self.rows.set_rows([])
        self.table.setAccessibleName("Table")
        self.canvas.set_drawing(EMPTY, _opens_nothing)

    def _show_drawing(self, item: Item, drawn: Drawing) -> None:
        if item == self._read:
            self.canvas.setAccessibleName(drawn.title)
            self.canvas.set_drawing(drawn, _opens_nothing)
            self._stack.setCurrentWidget(self._plot)
            self._plot.verticalScrollBar().setValue(0)

    def _show_sheet(self, item: Item, sheet: Sheet) -> None:
        if item == self._read:
            former, self.rows = self.rows, RowsModel(_fields(sheet), self)
            self.rows.set_rows(sheet.rows)
            self.table.setModel(self.rows)
            self.table.setAccessibleName(item.words)
            former.deleteLater()
            self._stack.setCurrentWidget(self.table)
            if sheet.rows:
                self.table.choose(0)

    # --- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where, and save what is shown."""
        item = self.chosen()
        if item is None:
            return
        proposed = self._session.project.path.with_name(item.file_name)
        path = files.ask_save(self, f"Save: {item.words}", proposed, item.kinds)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save what is shown to a file."""
        item = self.chosen()
        if item is not None:
            self._session.look(
                partial(_save, item, path),
                lambda _: self._session.say(f"{item.words}: saved as {path.name}."),
            )


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _drawing(item: Item, project: Project) -> Drawing:
    return shown.drawing(project, item)


def _sheet(item: Item, project: Project) -> Sheet:
    return shown.to_show(project, item)


def _save(item: Item, path: Path, project: Project) -> bool:
    shown.save(project, item, path)
    return True


def _opens_nothing(link: str, item: str) -> bool:
    del link, item
    return False


def _fields(sheet: Sheet) -> list[Field[Cells]]:
    """Return a column for each of the sheet, as wide as its words; figures stand at the right."""
    return [_field(sheet, place, head) for place, head in enumerate(sheet.heads)]


def _field(sheet: Sheet, place: int, head: str) -> Field[Cells]:
    some = [row[place] for row in sheet.rows[:_LOOKED_AT]]
    longest = max((len(text) for text in (head, *some)), default=0)
    figures = any(some) and all(not text or _is_number(text) for text in some)
    return Field(
        heading=head,
        text=lambda row: row[place],
        right=figures,
        strong=place == 0,
        width=min(_WIDEST, max(_NARROWEST, longest * _LETTER + _SIDES)),
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()
