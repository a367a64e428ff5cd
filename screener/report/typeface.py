"""The face of the diagram, Source Sans, and how wide a text is in it."""

from __future__ import annotations

import unicodedata
from functools import cache

import font_source_sans_pro
from fontTools.ttLib import TTFont
from PIL import ImageFont

FAMILY = "Source Sans 3, Source Sans Pro, Carlito, Calibri, Helvetica Neue, Arial, sans-serif"
CAPITAL = 0.66
"""The height of a capital letter, as a share of the size."""

_EM = 1000


def file(*, strong: bool) -> str:
    """Give the font file of the text (regular) or of what stands out (semibold)."""
    name = "SourceSansProSemibold" if strong else "SourceSansPro"
    return str(font_source_sans_pro.font_files_ttf[name])


def width(text: str, size: float, *, strong: bool) -> float:
    """Measure `text`, the same on every computer: exact advances, no kerning, no hinting."""
    # Letters of East Asia are not in the face; what stands in for them is one em wide.
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    others = "".join(c for c in text if unicodedata.east_asian_width(c) not in "WF")
    return (wide * _EM + _measure(strong=strong).getlength(others)) * size / _EM


def missing(text: str) -> str:
    """Give the letters of `text` the face does not have, each once."""
    return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in _covered()))


@cache
def _covered() -> frozenset[int]:
    with TTFont(file(strong=False)) as regular, TTFont(file(strong=True)) as semibold:
        return frozenset(regular.getBestCmap()) & frozenset(semibold.getBestCmap())


@cache
def _measure(*, strong: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file(strong=strong), _EM, layout_engine=ImageFont.Layout.BASIC)
