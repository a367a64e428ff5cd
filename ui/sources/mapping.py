"""What each column of a table holds: asked when the headings do not say it, or on demand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Progress, UserError
from screener.model.words import counted
from screener.sources.formats.columns import settled
from screener.sources.parsed import Parsed
from screener.sources.reading import Mapping
from screener.sources.sources import parse_file
from screener.sources.tables import Table, with_headings, without_headings
from ui.session.session import Session
from ui.session.task import Task
from ui.sources import columns
from ui.sources.fields import KindEditor
from ui.sources.recognised import RecognisedPanel
from ui.sources.view import NARROW, Foot, View, turn
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import Sized, look_of
from ui.widgets.tick import Tick
from ui.widgets.words import Column, ElidedWords, Hairline, Row, Words, announce

_FOOT = "The next file with these headings is read the same way."
_NONE = "No record can be made of these columns."
_NO_TITLE = (
    "No column is known to be the title: this may be no table of records. Say what the columns "
    "hold, or leave the file out."
)
_BARE = "There are no headings: the first row is a record"
_FIELD = 180
_MARGINS = (tokens.MARGIN, 24, tokens.MARGIN, 16)


class ColumnLine(QWidget):
    """One column: its heading over its first values, and which field it is."""

    changed = Signal(int)

    def __init__(
        self, number: int, heading: str, values: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number = number
        self.heading = ElidedWords(heading, step="strong")
        self.values = ElidedWords(values, step="small", colour="quiet")
        self.field = KindEditor(heading)
        self.field.setAccessibleDescription(f"First values: {values}")
        self.heading.setBuddy(self.field)
        Row(self, gap=tokens.GAP_OUT).add(
            (Column(gap=2).add(self.heading, self.values), 1), self.field
        )
        self.field.activated.connect(self._on_activated)
        Sized(self.field, width=_FIELD)

    def offer(self, usual: tuple[str, ...]) -> None:
        """Offer every field, and the several that this column usually fills at once."""
        choices: list[tuple[str, ...]] = [(), *((field,) for field in columns.FIELDS)]
        if usual not in choices:
            choices.insert(1, usual)
        for fields in choices:
            self.field.addItem(columns.words(fields), fields)

    def fields(self) -> tuple[str, ...]:
        """Return the fields that are chosen."""
        return tuple(self.field.currentData() or ())

    def show_fields(self, fields: tuple[str, ...]) -> None:
        """Show what the column is; says nothing."""
        for place in range(self.field.count()):
            if tuple(self.field.itemData(place)) == fields:
                self.field.setCurrentIndex(place)
                return
        self.field.addItem(columns.words(fields), fields)
        self.field.setCurrentIndex(self.field.count() - 1)

    def _on_activated(self) -> None:
        self.changed.emit(self._number)


class MappingView(View):
    """The columns at the left, what is read with them at the right.

    `used` carries what was read by the columns as they stand; `left` changes nothing.
    """

    used = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path: Path | None = None
        self._table: Table | None = None
        self._usual: Mapping | None = None
        self._wanted: Mapping | None = None
        self._found: Parsed | None = None
        self._known: Mapping | None = None
        self._chosen: dict[int, tuple[str, ...]] = {}
        self._task: Task[Parsed | str] | None = None
        self._again = self._using = self._leaving = self._doubtful = self._turned = False
        self.lines: list[ColumnLine] = []
        self.warning = Words(step="strong", colour="warn", wrap=True)
        self.remarks = Words(step="small", colour="warn", wrap=True)
        self.recognised = RecognisedPanel()
        self.back = Button("Back", key="Esc")
        self.use = Button("Use these columns", kind="filled", key="Return", does=self.take)
        self.bare = Tick(_BARE)
        self.bare.clicked.connect(self._on_bare)
        self._foot = Foot(_FOOT, (self.back, self.use))
        self._columns = ScrollArea()
        right = QWidget()
        Column(right, gap=12, margins=_MARGINS).add(
            self.warning, self.remarks, self.recognised, 1
        )  # fmt: skip
        self._between = Hairline()
        self._row = Row(gap=0).add((self._columns, 1), self._between, (ScrollArea(right), 1))
        Column(self, gap=0).add((self._row, 1), self._foot)

    # --- what the import asks for ---------------------------------------------------------

    def begin(self, path: Path, read: columns.FileRead, *, known: bool) -> None:
        """Show the columns of a table as they were read, the keyboard on the first.

        `known` says that the file is wanted: its columns were good enough to be read. One in which
        no column is the title may be no table of records, and is not taken with Enter alone.
        """
        table = read.table
        if table is None:
            return
        self._path, self._table, self._found = path, table, read.parsed
        self._usual = self._wanted = self._known = (
            read.parsed.mapping if read.parsed else None
        ) or table.mapping
        self._chosen = {}
        self._again = self._using = self._leaving = self._turned = False
        self._doubtful = not known and not columns.have_title(self._wanted.columns)
        self.back.setText("Back" if known else "Leave this file out")
        self._fill(table)
        said = read.sentence if columns.make_records(self._wanted.columns) else _NONE
        self._show(said or (_NO_TITLE if self._doubtful else ""))
        self.lines[0].field.setFocus()

    def dress(self, header: PageHeader, name: str) -> None:
        """Say in the header whose columns these are."""
        header.dress("Columns", name, right="nothing is stored yet")

    def _fill(self, table: Table) -> None:
        self.lines = []
        self.bare.setChecked(table.mapping.bare)
        self._foot.set_sentence("" if table.mapping.bare else _FOOT)
        for number in range(len(table.mapping.headings)):
            heading = columns.heading(table.mapping, number)
            line = ColumnLine(number, heading, columns.first_values(table, number))
            line.offer(table.mapping.columns.get(number, ()))
            line.changed.connect(self._on_changed)
            self.lines.append(line)
        inner = QWidget()
        Column(inner, gap=14, margins=_MARGINS).add(
            Words("What each column holds", step="strong"),
            Words(_lead(table.mapping), step="small", colour="quiet", wrap=True),
            self.bare, *self.lines, 1,
        )  # fmt: skip
        self._columns.setWidget(inner)
        self._show_columns()

    def _show_columns(self) -> None:
        shown, usual = self._wanted, self._usual
        if shown is None or usual is None:
            return
        for number, line in enumerate(self.lines):
            line.show_fields(shown.columns.get(number, ()))
        headings = [columns.heading(shown, number) for number in range(len(self.lines))]
        said = columns.remarks(headings, usual.columns, shown.columns)
        self.remarks.show_text(said)
        if said:
            announce(self, said)

    def _show(self, sentence: str) -> None:
        self.warning.show_text(sentence)
        self.recognised.setVisible(self._found is not None)
        self.use.setEnabled(self._found is not None)
        self.use.set_key("" if self._doubtful else "Return")
        if self._found is not None:
            self.recognised.show_parsed(self._found)

    @property
    def is_changed(self) -> bool:
        """Whether columns were chosen that are not used yet."""
        return (bool(self._chosen) or self._turned) and not self._leaving

    # --- changing -------------------------------------------------------------------------

    def _on_changed(self, number: int) -> None:
        usual = self._usual
        if usual is None:
            return
        self._doubtful = False
        fields = self.lines[number].fields()
        self._chosen.pop(number, None)
        if fields != usual.columns.get(number, ()):
            self._chosen[number] = fields
        self._wanted = replace(usual, columns=settled(usual.columns, self._chosen), sure=True)
        self._show_columns()
        self._read_again()

    def _on_bare(self) -> None:
        """Read the first row as a record, or as the headings; what was chosen is for neither."""
        if self._table is None:
            return
        bare = self.bare.isChecked()
        self._table = without_headings(self._table) if bare else with_headings(self._table)
        self._usual = self._wanted = self._table.mapping
        self._chosen, self._turned = {}, not self._turned
        self._doubtful = not columns.have_title(self._wanted.columns)
        self._fill(self._table)
        self.bare.setFocus()
        self._read_again()

    def _read_again(self) -> None:
        path, wanted = self._path, self._wanted
        if self._task is not None:
            self._again = True
            self._task.stop()
            return
        if path is None or wanted is None:
            return

        def read(_: Project, progress: Progress) -> Parsed | str:
            try:
                return parse_file(path, mapping=wanted, progress=progress)
            except UserError as error:  # these columns make no record; others may
                return str(error) if columns.make_records(wanted.columns) else _NONE

        self._task = self._session.start(
            read, lambda found: self._on_read(wanted, found), writes=False
        )
        if self._task is not None:
            self._task.ended.connect(self._on_ended)

    def _on_read(self, wanted: Mapping, found: Parsed | str) -> None:
        if self._leaving or wanted is not self._wanted:
            return
        self._known = wanted
        self._found = found if isinstance(found, Parsed) else None
        self._show("" if isinstance(found, Parsed) else found)
        if self._found is not None:
            announce(self, f"{counted(len(self._found.entries), 'record')} read")

    def _on_ended(self) -> None:
        """Go on, now that the session is free for the next task."""
        self._task = None
        again, self._again = self._again, False
        using, self._using = self._using, False
        if self._leaving:
            self._leaving = False
            self.left.emit()
        elif again:
            self._using = using
            self._read_again()
        elif using:
            self._use()

    # --- ending ---------------------------------------------------------------------------

    def accept(self) -> None:
        """Use the columns as they stand; what may be no table has to be looked at first."""
        if self._doubtful:
            announce(self, _NO_TITLE)
            self.lines[0].field.setFocus()
        else:
            self.take()

    def take(self) -> None:
        """Use the columns as they stand, once they are read."""
        if self._task is not None:
            self._using = True
        elif self._known is self._wanted:
            self._use()
        else:  # reading was stopped
            self._using = True
            self._read_again()

    def _use(self) -> None:
        found, table, wanted = self._found, self._table, self._wanted
        if found is None or table is None or wanted is None or self._known is not wanted:
            return
        self._chosen, self._turned = {}, False
        columns.remember(self._session.preferences, table.mapping, wanted)
        self.used.emit(found)

    def leave(self) -> None:
        """Go back, once what runs has stopped."""
        if self._task is None:
            self.left.emit()
        else:
            self._leaving = True
            self._task.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is read below the columns where there is no room beside them."""
        wide = self.width() >= look_of(self).px(NARROW)
        self._between.setVisible(not wide)
        turn(self._row, wide=wide)
        super().resizeEvent(event)


def _lead(mapping: Mapping) -> str:
    if mapping.bare:
        return "This table has no headings. Say at least which column is the title."
    if mapping.sure:
        return "The headings say it; change what is not right."
    if mapping.columns:
        return "The headings do not say all of it. Change what is not right."
    return "No heading is one that is known. Say at least which column is the title."
