"""The searches and their records as Qt reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QObject

from screener.model import Batch, Record
from screener.units.texts import Texts
from ui.sources import wording
from ui.widgets.rows import Field, RowsModel


def search_columns() -> tuple[Field[Batch], ...]:
    """Return the columns of the table of searches; what does not add up is in warn."""
    return (
        Field(heading="Source", text=_source, strong=True, colour=_plain),
        Field(heading="Kind", text=_kind, colour=_quiet),
        Field(heading="Platform", text=_platform, colour=_quiet),
        Field(heading="Searched", text=_searched, width=120, colour=_quiet),
        Field(heading="Claimed", text=_claimed, right=True, width=88, colour=_plain),
        Field(heading="Read", text=_read, right=True, width=104, colour=_read_colour),
        Field(heading="Not read", text=_not_read, right=True, width=88, colour=_not_read_colour),
    )


def _source(batch: Batch) -> str:
    return batch.search.source


def _kind(batch: Batch) -> str:
    return wording.KINDS[batch.search.kind]


def _platform(batch: Batch) -> str:
    return batch.search.platform


def _searched(batch: Batch) -> str:
    return wording.day(batch.search.searched, short=True)


def _claimed(batch: Batch) -> str:
    return "–" if batch.search.claimed is None else f"{batch.search.claimed:,}"


def _read(batch: Batch) -> str:
    return "taken back" if batch.withdrawn else f"{batch.parsed:,}"


def _not_read(batch: Batch) -> str:
    return f"{len(batch.skipped):,}" if batch.skipped else "–"


def _quiet(_: Batch) -> str:
    return "quiet"


def _plain(batch: Batch) -> str:
    return "quiet" if batch.withdrawn else "text"


def _read_colour(batch: Batch) -> str:
    differs = batch.search.claimed not in (None, batch.parsed)
    return "warn" if differs and not batch.withdrawn else _plain(batch)


def _not_read_colour(batch: Batch) -> str:
    return "warn" if batch.skipped and not batch.withdrawn else _plain(batch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record in a list: its id, its number, its title, and a quiet line."""

    id: str
    number: int
    title: str
    words: str


def line_of(record: Record) -> Line:
    """Return how a record stands in a list."""
    return Line(
        id=record.id,
        number=record.number,
        title=record.fields.title or "no title",
        words=wording.byline(record.fields) or "nothing else is known",
    )


_LINE = (
    Field(
        heading="",
        text=attrgetter("title"),
        spoken=lambda line: f"Record {line.number}: {line.title}; {line.words}",
    ),
)


class RecordsModel(RowsModel[Line]):
    """The records of one import: a title and a quiet line each, read when they are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_LINE, parent)
        self._texts = Texts()
        self._read: Callable[[Sequence[str]], Sequence[Line]] = lambda _: ()

    def show_records(
        self, texts: Texts, read: Callable[[Sequence[str]], Sequence[Line]], words: str = ""
    ) -> None:
        """Show the records whose text (`text_of`) has all these words; `read` gives their lines."""
        self._texts, self._read = texts, read
        self.set_keys(self._found(words), read)

    def search(self, words: str) -> None:
        """Show only the records whose text has all these words."""
        self.set_keys(self._found(words), self._read, ())

    def _found(self, words: str) -> list[str]:
        return self._texts.holding(words.casefold().split())


def text_of(record: Record) -> str:
    """Return what a record of an import is found by."""
    line = line_of(record)
    return f"{line.number} {line.title} {line.words}".casefold()
