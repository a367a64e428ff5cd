"""Shortening one line of text to the room there is."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_YEAR = re.compile(r"\s(?:1[89]|20)\d\d[a-z]{0,2}$")
"""The end of the name of a study; two of the same authors are told apart by it."""


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """Shorten a text with three dots at its end, but before the year that it ends in."""
    right = Qt.TextElideMode.ElideRight
    year = _YEAR.search(text)
    if year is None or metrics.horizontalAdvance(text) <= width:
        return metrics.elidedText(text, right, width)
    room = width - metrics.horizontalAdvance(year[0])
    names = metrics.elidedText(text[: year.start()], right, room)
    return names + year[0] if len(names) > 1 else metrics.elidedText(text, right, width)
