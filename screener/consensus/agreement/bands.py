"""The words usual for a kappa, each with the name of who proposed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A word for a figure, and whose word it is. The figure always stands first."""

    word: str
    author: str


def bands(value: float) -> tuple[Band, Band]:
    """Say what a kappa is called by Orwin (quoted by Cochrane) and by Landis and Koch."""
    return (
        Band(word=_orwin(value), author="Orwin 1994, in the Cochrane Handbook"),
        Band(word=_landis_koch(value), author="Landis and Koch 1977"),
    )


def _orwin(value: float) -> str:
    """Below 0.40 Orwin has no word of his own."""
    if value >= 0.75:
        return "excellent"
    if value >= 0.60:
        return "good"
    return "fair" if value >= 0.40 else "below fair"


def _landis_koch(value: float) -> str:
    if value < 0:
        return "poor"
    for top, word in ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial")):
        if value <= top:
            return word
    return "almost perfect"
