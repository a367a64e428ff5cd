"""What an archive is made of: tables whose columns are explained, texts, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from screener.printing.manuscript.manuscript import Manuscript
from screener.printing.manuscript.stages import Stages

Row = Sequence[object]


class Review(Stages, Protocol):
    """The stages of an open review, and its report; a `Project` is one."""

    @property
    def manuscript(self) -> Manuscript:
        """The report as a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its place in the archive, what it is, its columns with what each means, its rows.

    A meaning may go on after a tab with the values that the column may hold.
    """

    path: str
    about: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A file that is no table, such as a protocol, a search strategy or a drawing."""

    path: str
    about: str
    content: bytes


Part = Table | Plain
Document = tuple[str, str, Callable[[Review], bytes]]
"""A document for people: its place in the archive, what it is, and what gives its bytes."""


def text(path: str, about: str, words: str) -> Plain:
    """Return a text; its line ends are CRLF, which every program shows."""
    content = "\n".join(words.splitlines()).replace("\n", "\r\n")
    return Plain(path=path, about=about, content=f"{content}\r\n".encode("utf-8", "replace"))


def yes(said: object) -> str:
    """Return what a column says that is yes or nothing."""
    return "yes" if said else ""


def together(several: Iterable[object]) -> str:
    """Return several parts in one cell."""
    return "; ".join(map(str, several))
