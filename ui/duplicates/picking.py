"""Finding a record by its words, to put it beside another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Record
from screener.model.words import short_names
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.tables import Field, RowsModel, RowTable
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Surface, Words

_MOST_AUTHORS = 3
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """One record to pick: how it is written in the list, and the words it is found by."""

    uid: str
    number: int
    title: str
    byline: str
    words: str


def pick_line(record: Record) -> PickLine:
    """Return how a record stands in the list."""
    fields = record.fields
    parts = (short_names(fields.authors, _MOST_AUTHORS), fields.journal, str(fields.year or ""))
    byline = "  ·  ".join(part for part in parts if part)
    whole = (fields.title, *fields.authors, fields.journal, fields.year, fields.doi, fields.pmid)
    return PickLine(
        uid=record.id,
        number=record.number,
        title=fields.title or "no title",
        byline=byline,
        words=folded(" ".join(str(part or "") for part in whole)),
    )


def folded(text: str) -> str:
    """Return a text without its accents, in small letters."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def found(lines: Sequence[PickLine], words: str) -> list[PickLine]:
    """Return the lines that have all these words, or this number; the number's first.

    A word of figures only is a whole word: 2 is not found in 2014.
    """
    wanted = folded(words).split()
    number = words.strip()
    hits = [
        line
        for line in lines
        if str(line.number) == number or all(_has(line.words, word) for word in wanted)
    ]
    return sorted(hits, key=lambda line: str(line.number) != number)


def _has(words: str, wanted: str) -> bool:
    if not wanted.isdecimal():
        return wanted in words
    return wanted in words and wanted in _FIGURES.findall(words)


def _title(line: PickLine) -> str:
    return line.title


def _byline(line: PickLine) -> str:
    return line.byline


def _number(line: PickLine) -> str:
    return f"{line.number:,}"


def _quiet(_: PickLine) -> str:
    return "quiet"


class PickView(Surface):
    """A search and what it finds; `picked` carries the id of a record, `left` goes back."""

    picked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._lines: tuple[PickLine, ...] = ()
        self._shown: list[PickLine] = []
        self._heading = Words(step="strong")
        self._counted = Words(step="small", colour="quiet")
        self.search = QLineEdit()
        self.search.setAccessibleName("Search the records")
        self.search.setPlaceholderText("title, author, journal, year, DOI or number of the record")
        self.search.setClearButtonEnabled(True)
        self.table = RowTable("Records found")
        self._rows: RowsModel[PickLine] = RowsModel(
            (
                Field(heading="Title", text=_title),
                Field(heading="Authors, journal, year", text=_byline, colour=_quiet, width=360),
                Field(heading="Record", text=_number, right=True, colour=_quiet, width=96),
            ),
            self,
        )
        self.table.setModel(self._rows)
        self.put = Button("Put it beside", key="Return")
        self.leave = Button("Leave it", kind="quiet", key="Esc")
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.table.opened.connect(self._on_opened)
        self.put.clicked.connect(self._on_put)
        self.leave.clicked.connect(self.left)
        follow(self, self._restyle)

    def _lay_out(self) -> None:
        head = Row(gap=12, margins=(tokens.MARGIN, 16, tokens.MARGIN, 8))
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._counted)
        line = Row(gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 0, tokens.MARGIN, 8))
        line.addWidget(self.search, 1)
        table = Column(margins=(20, 0, 20, 0))
        table.addWidget(self.table)
        foot = Row(gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 12, tokens.MARGIN, 16))
        foot.addWidget(self.put)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        column = Column(self, gap=0)
        column.addLayout(head)
        column.addLayout(line)
        column.addLayout(table, 1)
        column.addLayout(foot)

    def show_lines(
        self, lines: Sequence[PickLine], *, beside: str, without: Collection[str]
    ) -> None:
        """Offer records to put beside one of this title ("" for the first), but not `without`."""
        self._lines = tuple(line for line in lines if line.uid not in without)
        self._heading.setText(
            f"Which record belongs beside “{beside}”?" if beside else "Which records? The first:"
        )
        self.search.clear()
        self._search()

    def _search(self) -> None:
        words = self.search.text()
        self._shown = found(self._lines, words)
        self._rows.set_rows(self._shown)
        self.table.choose(0)
        count = len(self._shown)
        self._counted.setText(f"{count:,} record{'s'[: count != 1]}")
        self.put.setEnabled(bool(self._shown))

    def _on_opened(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.picked.emit(self._shown[row].uid)

    def _on_put(self) -> None:
        self._on_opened(self.table.current())

    def _restyle(self) -> None:
        self.search.setFixedHeight(look_of(self).px(tokens.CONTROL))

    def focus_search(self) -> None:
        """Put the keyboard on the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks, arrows move in the list from the search too, Escape leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_put()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.table.choose(self.table.current() + step)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().strip() and event.text().isprintable():
            self.focus_search()
            self.search.setText(self.search.text() + event.text().strip("/"))
