"""Text in lines of a width, for what paints its own words."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QTextLayout, QTextOption

_ENDS = ("\r\n", "\r", "\u2028", "\u2029")


def lines_of(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """Return plain text in lines no wider than `width`; a word that is too long goes on below."""
    return _lines(text, font.toString(), max(1, round(width)))


@lru_cache(maxsize=4096)
def _lines(text: str, font: str, width: int) -> tuple[str, ...]:
    described = QFont()
    described.fromString(font)
    for end in _ENDS:
        text = text.replace(end, "\n")
    return tuple(line for part in text.split("\n") for line in _wrapped(part, described, width))


def _wrapped(text: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(text, font)
    layout.setTextOption(_option())
    layout.beginLayout()
    ends = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    return [text[start:end].rstrip() for start, end in ends] or [""]


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
