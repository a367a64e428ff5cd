"""What a document is made of, whatever its format: headings, paragraphs, tables, pictures, items.

Every text is plain: a writer of a format escapes it. What a reader may follow is a `link`, and only
the places that `is_linked` allows become one. A document looks the same in every format as far as
the format can: black on white, no colour that says anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from screener.model.words import unturned
from screener.report.drawing import Drawing

LINKED = ("doi.org", "pubmed.ncbi.nlm.nih.gov", "www.crd.york.ac.uk")
"""The hosts a document may link to: DOI, PubMed, PROSPERO."""


def is_linked(address: str) -> bool:
    """Say whether a document may link to this address: `https` and one of the hosts `LINKED`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc in LINKED


def letters(text: str) -> str:
    """Give a text without the signs that no XML may hold; tabs and line ends stay.

    What turns the direction of writing is left out too: it would turn what stands beside the text.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unturned(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not _is_forbidden(ord(c))))


def _is_forbidden(code: int) -> bool:
    # Control signs of Latin-1, halves of pairs, and what Unicode keeps free (XML 1.0, 2.2).
    return 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one style: `strong` stands out, `quiet` stands back, `link` may be followed.

    `mark` names a sign that stands before the letters and says the same as they do (`SIGNS`).
    """

    text: str
    strong: bool = False
    quiet: bool = False
    link: str = ""
    mark: str = ""


SIGNS = {
    "include": "\u25cf",
    "maybe": "\u25d0",
    "exclude": "\u2298",
    "met": "\u2713",
    "not-met": "\u2715",
    "unclear": "?",
}
"""The signs of verdicts and judgements, as letters; a PDF draws them."""
BOX, TICKED = "\u2610", "\u2612"
"""A box to tick, and one that is ticked, as letters; a PDF draws them."""

Words: TypeAlias = tuple[Run, ...]
"""A line or paragraph: runs one behind the other, with the blanks between them in their texts."""


def words(*parts: str | Run) -> Words:
    """Give words of texts and runs."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part)


def plain(said: Words) -> str:
    """Give the letters of words without their style."""
    return "".join(run.text for run in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is a part of the document, 2 and 3 lie below it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `small` is a footnote or a remark; `code` keeps line ends, in equal letters."""

    words: Words
    small: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of paragraphs, each with a dot before it."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose heading line is repeated on every page; no line of it is torn by a page.

    `caption` stands over it and is its name as a sheet of a workbook. `figures` are the columns set
    to the right; `widths` are shares of the width, in the order of the columns, or equal.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    figures: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    name: str = ""  # of its sheet in a workbook, where the caption is too long for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing, never torn from its caption; its description is read to who cannot see it.

    `share` is how much of the width it takes at most: a chart has letters enough in less.
    """

    drawing: Drawing
    caption: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


# --- items of a meeting ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A row of an item with a cell for each reviewer; `serif` is for what reviewers wrote.

    `below` stands small under the label; `write` makes the last cell a line to write on by hand.
    """

    label: str
    cells: tuple[Words, ...]
    serif: bool = False
    below: str = ""
    write: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row of an item with one text over all columns, such as the wording of the protocol."""

    label: str
    words: Words
    serif: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """A row of boxes to tick, each with its words; `ticked` are those that are."""

    label: str
    boxes: tuple[str, ...]
    ticked: frozenset[int] = frozenset()
    columns: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Lines to write on by hand."""

    label: str
    lines: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Rows with a bar at their left: here the reviewers differ; `label` names what about."""

    label: str
    rows: tuple[Cells | Said, ...]


Row: TypeAlias = Cells | Said | Ticks | Pen | Dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a meeting, never torn by the end of a page where it fits on one.

    `heads` are the words over the cells of its rows, one for each reviewer.
    """

    number: str
    title: str
    byline: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items under one heading over a thick rule, repeated with "continued" on its next pages."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The line of who is present: boxes with names, room for one more, and a date."""

    names: tuple[str, ...]
    ticked: frozenset[int] = frozenset()
    others: tuple[str, ...] = ()
    date: str = ""


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Picture | PageBreak | Group | Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The head of every page: two lines, each with a left and a right end.

    The page and the number of pages stand at the right of the second line.
    """

    review: str
    what: str
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    `draft` says what is open and is printed under the title; a document that has it is stamped
    DRAFT. `language` is that of its own words ("en-GB", "en-US").
    """

    title: str
    running: Running
    blocks: tuple[Block, ...]
    subtitle: str = ""
    draft: str = ""
    language: str = "en-GB"


def texts(part: object) -> Iterator[str]:
    """Give every text of a document or a part of it, but those of its drawings."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part) and not isinstance(part, Drawing):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def tables(document: Document) -> tuple[Table, ...]:
    """Give the tables of a document in their order."""
    return tuple(block for block in document.blocks if isinstance(block, Table))


def table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Words]],
    *,
    figures: Sequence[int] = (),
    widths: Sequence[float] = (),
    name: str = "",
) -> Table:
    """Make a table of texts and words; every row has as many cells as there are headings."""
    filled = tuple(
        tuple(words(cell) if isinstance(cell, str) else cell for cell in row) for row in rows
    )
    if any(len(row) != len(heads) for row in filled):
        raise ValueError(f"a row of “{caption}” has not as many cells as headings")
    return Table(
        caption=caption,
        heads=tuple(heads),
        rows=filled,
        figures=frozenset(figures),
        widths=tuple(widths),
        name=name,
    )
