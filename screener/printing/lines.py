"""Words broken into lines of a width, as the faces of a PDF page measure them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import font_source_serif_pro
from fontTools.ttLib import TTFont

from screener.printing import document as d
from screener.report import typeface

SANS, SERIF = "Source", "SourceSerif"
POINT = 25.4 / 72
"""A point in millimetres."""
LEAD = 1.32
"""The height of a line, as a share of the size of its letters."""
MARKED = 1.35
"""The room of a sign before its letters, as a share of their size."""
_PARTS = re.compile(r"\n|[ \t\r]+|[^ \t\r\n]+")


class Type(NamedTuple):
    """A face and a size in points."""

    face: str
    size: float

    @property
    def lead(self) -> float:
        """The height of a line in millimetres."""
        return self.size * POINT * LEAD


class Piece(NamedTuple):
    """Letters in one style on a line, `x` millimetres from where the line begins."""

    x: float
    text: str
    strong: bool = False
    mark: str = ""
    link: str = ""


Line = tuple[Piece, ...]


def file(face: str, *, strong: bool) -> str:
    """Give the font file of a face."""
    if face == SANS:
        return typeface.file(strong=strong)
    name = "SourceSerifProSemibold" if strong else "SourceSerifPro"
    return str(font_source_serif_pro.font_files_ttf[name])


@lru_cache
def _advances(face: str, strong: bool) -> dict[int, float]:
    """Give the width of every letter of a face, as a share of its size."""
    with TTFont(file(face, strong=strong)) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


@lru_cache(maxsize=1 << 15)
def _share(text: str, face: str, strong: bool) -> float:
    known = _advances(face, strong)
    return sum(known.get(ord(letter), 0.6) for letter in text)


def width(text: str, type_: Type, *, strong: bool = False) -> float:
    """Measure a text in millimetres."""
    return _share(text, type_.face, strong) * type_.size * POINT


def shown(text: str) -> str:
    """Give a text as a PDF shows it: without what no letter is drawn for anywhere."""
    plain = d.letters(text)
    if plain.isascii():
        return plain
    composed = unicodedata.normalize("NFC", plain)
    return "".join(c for c in composed if unicodedata.category(c) != "Cf")


def broken(said: d.Words, type_: Type, wide: float) -> list[Line]:
    """Break words into lines of a width, at blanks; a word that is wider is broken anywhere."""
    return list(_Lines(type_, wide).of(said))


class _Lines:
    """Lines that are being filled."""

    def __init__(self, type_: Type, wide: float) -> None:
        self._type = type_
        self._wide = wide
        self._line: list[Piece] = []
        self._x = 0.0
        self._blank = False

    def of(self, said: d.Words) -> Iterator[Line]:
        for run in said:
            mark = run.mark
            for part in _PARTS.findall(shown(run.text)) or ([""] if mark else []):
                if part == "\n":
                    yield self._end()
                elif part.strip(" \t\r"):
                    yield from self._put(part, run, mark)
                    mark = ""
                elif self._line:
                    self._blank = True
        yield self._end()

    def _put(self, part: str, run: d.Run, mark: str) -> Iterator[Line]:
        size = self._type.size * POINT
        before = width(" ", self._type, strong=run.strong) if self._blank else 0.0
        room = MARKED * size if mark else 0.0
        need = width(part, self._type, strong=run.strong)
        if self._line and self._x + before + room + need > self._wide:
            yield self._end()
            before = 0.0
        while self._x + before + room + need > self._wide and len(part) > 1:
            fits = self._fits(part, run, self._wide - self._x - before - room)
            self._add(part[:fits], run, before, mark, room)
            yield self._end()
            part, before, mark, room = part[fits:], 0.0, "", 0.0
            need = width(part, self._type, strong=run.strong)
        self._add(part, run, before, mark, room)

    def _fits(self, part: str, run: d.Run, wide: float) -> int:
        """Return how many letters have room, one at least."""
        x = 0.0
        for place, letter in enumerate(part):
            x += width(letter, self._type, strong=run.strong)
            if x > wide:
                return max(place, 1)
        return len(part)

    def _add(self, part: str, run: d.Run, before: float, mark: str, room: float) -> None:
        last = self._line[-1] if self._line else None
        if last and not mark and (last.strong, last.link) == (run.strong, run.link):
            self._line[-1] = last._replace(text=last.text + " " * self._blank + part)
        else:
            self._line.append(Piece(self._x + before, part, run.strong, mark, run.link))
        self._x += before + room + width(part, self._type, strong=run.strong)
        self._blank = False

    def _end(self) -> Line:
        line, self._line, self._x, self._blank = tuple(self._line), [], 0.0, False
        return line
