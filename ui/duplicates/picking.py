"""Looking for records by their words, to put them side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener import Project
from screener.model import Progress, Record, silent
from screener.model.searching import folded, words_of
from screener.model.words import counted, short_names
from screener.units.texts import Texts
from ui.duplicates.groups import Side, shortened
from ui.duplicates.lists import Lists
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import Sized
from ui.widgets.words import Column, Row, Surface, Words

_MOST_AUTHORS = 3
_AT_ONCE = 1_000
"""So many records are read while the page waits."""
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """One record to pick, as it is written in the list."""

    number: int
    title: str
    byline: str


def pick_line(record: Record) -> PickLine:
    """Return how a record stands in the list."""
    fields = record.fields
    parts = (short_names(fields.authors, _MOST_AUTHORS), fields.journal, str(fields.year or ""))
    byline = "  ·  ".join(part for part in parts if part)
    return PickLine(number=record.number, title=fields.title or "no title", byline=byline)


def text_of(record: Record) -> str:
    """Return what a record is found by: its number, its words, and the figures among them."""
    fields = record.fields
    whole = (fields.title, *fields.authors, fields.journal, fields.year, fields.doi, fields.pmid)
    words = folded(" ".join(str(part or "") for part in whole))
    figures = map(_figure, dict.fromkeys(_FIGURES.findall(words)))
    return f"{_number(str(record.number))}{words}{''.join(figures)}"


def _number(words: str) -> str:
    return f"\v{words}\v"  # a sign that no text has, so that nothing else looks like a number


def _figure(words: str) -> str:
    return f"\t{words}\t"


def found(texts: Texts, words: str) -> list[str]:
    """Return the records that have all these words, or this number; the number's first.

    A word of figures only is a whole word: 2 is not found in 2014.
    """
    wanted = [_figure(word) if word.isdecimal() else word for word in words_of(words)]
    numbered = texts.holding([_number(words.strip())])
    return [*dict.fromkeys((*numbered, *texts.holding(wanted)))]


_FIELDS: tuple[Field[PickLine], ...] = (
    Field(heading="Title", text=attrgetter("title")),
    Field(
        heading="Authors, journal, year",
        text=attrgetter("byline"),
        colour="quiet",
        width=360,
    ),
    Field(
        heading="Record",
        text=lambda line: f"{line.number:,}",
        right=True,
        colour="quiet",
        width=96,
    ),
)


class PickView(Surface):
    """A search and what it finds.

    `began`: it is to be shown; `picked`: two or more are side by side; `left`: neither.
    """

    began = Signal()
    picked = Signal()
    left = Signal()

    def __init__(self, session: Session, lists: Lists, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._lists = lists
        self._known: Texts | None = None
        self._texts = Texts()
        self._without: Collection[str] = ()
        self._picked: list[str] = []
        self._beside = ""
        self._heading = Words(step="strong")
        self._counted = Words(step="small", colour="quiet")
        hint = "title, author, journal, year, DOI or number of the record"
        self.search = QLineEdit(placeholderText=hint, clearButtonEnabled=True)
        self.search.setAccessibleName("Search the records")
        self.table = RowTable("Records found")
        self._rows: RowsModel[PickLine] = RowsModel(_FIELDS, self)
        self.table.setModel(self._rows)
        self.put = Button("Put it beside", key="Return", does=self._on_put)
        self.leave = Button("Leave it", kind="quiet", key="Esc", does=self.left)
        side = tokens.MARGIN
        Column(self, gap=0).add(
            Row(gap=12, margins=(side, 16, side, 8)).add(self._heading, 1, self._counted),
            Row(gap=tokens.GAP_OUT, margins=(side, 0, side, 8)).add((self.search, 1)),
            (Column(margins=(20, 0, 20, 0)).add(self.table), 1),
            Row(gap=tokens.GAP_OUT, margins=(side, 12, side, 16)).add(self.put, self.leave, 1),
        )
        self.search.textChanged.connect(self._search)
        self.table.opened.connect(self._on_opened)
        Sized(self.search, height=tokens.CONTROL)

    def forget(self) -> None:
        """Forget the records: they are others now."""
        self._known = None

    def begin(self, side: Side | None) -> None:
        """Look for a record to put beside a group, or without one for the first."""
        self._picked = list(side.uids) if side is not None else []
        self._beside = side.title() if side is not None else ""
        if self._known is None and not self._begin_reading():
            return
        self._ask()  # at once: what is typed while records are read would act on the page

    def _begin_reading(self) -> bool:
        """Read what records are found by, many of them beside the window; says whether it may."""
        session = self._session
        if session.project.sources.count() <= _AT_ONCE:
            read = session.attempt(lambda: _read(session.project, silent))
            if read is not None:
                self._on_read(read.value)
            return read is not None
        self._texts = Texts()
        task = session.start(_read, self._on_read, writes=False)
        if task is not None:
            task.cancelled.connect(self.left)
        return task is not None

    def _on_read(self, texts: Texts) -> None:
        self._known = self._texts = texts
        self._rows.set_keys((), self._lines)  # what is read of them may be another now
        self._search()

    def _lines(self, uids: Sequence[str]) -> list[PickLine]:
        return [pick_line(record) for record in self._session.project.sources.some(uids)]

    def _ask(self) -> None:
        """Offer the records that are not picked already, nor joined to one that is."""
        self._without = self._lists.records_of(self._picked)
        beside = self._beside
        self._heading.setText(
            f"Which record belongs beside “{beside}”?" if beside else "Which records? The first:"
        )
        self.search.clear()
        self._search()
        self.began.emit()

    def _search(self) -> None:
        hits = found(self._texts, self.search.text())
        self._rows.set_keys([uid for uid in hits if uid not in self._without], self._lines, ())
        self.table.choose(0)
        count = self._rows.rowCount()
        self._counted.setText(counted(count, "record"))
        self.put.setEnabled(count > 0)

    def _on_opened(self, row: int) -> None:
        if not 0 <= row < self._rows.rowCount():
            return
        self._picked.append(self._rows.key(row))
        if len(self._picked) < 2:
            self._beside = shortened(self._rows.row(row).title)
            self._ask()
        else:
            self._lists.pick(self._picked)
            self.picked.emit()

    def _on_put(self) -> None:
        self._on_opened(self.table.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks, arrows move in the list from the search too; Escape is the page's."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_put()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            super().keyPressEvent(event)  # the page's
        elif event.text().strip() and event.text().isprintable():
            self.search.setFocus()
            self.search.setText(self.search.text() + event.text().strip("/"))


def _read(project: Project, progress: Progress) -> Texts:
    """Read what every record that is present is found by."""
    present = {uid for uid, _ in project.units.imported()}

    def told() -> Iterator[tuple[str, str]]:
        for done, record in enumerate(project.sources.records()):
            if done % 500 == 0:
                progress(done, len(present), "Reading the records")
            if record.id in present:
                yield record.id, text_of(record)

    return Texts(told())
