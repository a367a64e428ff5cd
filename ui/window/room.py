"""How large the window is, and whether a screen has room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize

SMALLEST = (800, 560)
USUAL = (1280, 800)
TITLE_BAR = 48
"""Pixels that the system adds above a window, which are not known before it is shown."""


def fits(available: QSize) -> bool:
    """Say whether a window of the usual size can be seen whole on so much of a screen."""
    return available.width() >= USUAL[0] and available.height() >= USUAL[1] + TITLE_BAR
