"""The columns of a group and its fields, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screener.model import Fields
from screener.units.filled import filled_from

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One column: a record, or a group that is joined already and stands for its records."""

    uid: str
    number: int
    fields: Fields
    found_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of all columns. `differs` says whether differing words are marked."""

    label: str
    texts: tuple[str, ...]
    step: str = "body"
    differs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A line of the page: its label, the names of the fields it shows, what it says of them.

    A rare one stands there only where somebody gave it; a line of `words` only where they differ.
    """

    label: str
    names: tuple[str, ...]
    text: Callable[[Fields], str]
    step: str = "body"
    rare: bool = False
    words: bool = False


def lines(columns: Sequence[Shown]) -> list[Line]:
    """Return the fields of the columns, one a line; rare ones only where somebody gave them."""
    found = []
    for field in _FIELDS:
        texts = tuple(field.text(column.fields) for column in columns)
        if not field.rare or (any(texts) and not (field.words and len(set(texts)) == 1)):
            found.append(Line(label=field.label, texts=texts, step=field.step))
    where = tuple(f"{c.found_in}, record {c.number:,}".lstrip(", ") for c in columns)
    found.append(Line(label="Found in", texts=where, step="small", differs=False))
    return found


def given_by(columns: Sequence[Shown], kept: int) -> dict[str, int]:
    """Return which column fills a line that is empty in the shown one, by the line's label."""
    places = {column.uid: place for place, column in enumerate(columns)}
    group = {column.uid: (column.number, column.fields) for column in columns}
    givers = filled_from(columns[kept].uid, group)
    found = {}
    for field in _FIELDS:
        giver = next((givers[name] for name in field.names if name in givers), "")
        if giver and not field.text(columns[kept].fields):
            found[field.label] = places[giver]
    return found


def _place(fields: Fields) -> str:
    issue = f"({fields.issue})" if fields.issue else ""
    pages = fields.pages or fields.article_number
    volume = f"{fields.volume}{issue}"
    return f"{volume}: {pages}" if volume and pages else volume or pages


_PLACE = ("volume", "issue", "pages", "article_number")
_FIELDS = (
    _Field(label="Title", names=("title",), text=lambda f: f.title, step="abstract"),
    _Field(
        label="Translated title", names=("translated_title",), text=lambda f: f.translated_title,
        rare=True,
    ),
    _Field(label="Authors", names=("authors",), text=lambda f: "; ".join(f.authors)),
    _Field(label="Journal", names=("journal",), text=lambda f: f.journal),
    _Field(label="Year", names=("year",), text=lambda f: str(f.year or "")),
    _Field(label="Volume, pages", names=_PLACE, text=_place),
    _Field(label="DOI", names=("doi",), text=lambda f: f.doi),
    _Field(label="PMID", names=("pmid",), text=lambda f: f.pmid, rare=True),
    _Field(
        label="Registration", names=("registration",), text=lambda f: f.registration, rare=True
    ),
    _Field(label="Type", names=("type",), text=lambda f: f.type, rare=True, words=True),
    _Field(
        label="Language", names=("language",), text=lambda f: f.language, rare=True, words=True
    ),
    _Field(label="Abstract", names=("abstract",), text=lambda f: f.abstract, step="note"),
    _Field(
        label="Keywords", names=("keywords",), text=lambda f: "; ".join(f.keywords), step="small",
        rare=True,
    ),
)  # fmt: skip
