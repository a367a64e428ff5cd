"""The figures of agreement as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screener.model.gathering import gathered
from screener.model.words import noun

_LABELS = {
    "raw": "raw",
    "share": "share",
    "kappa": "kappa",
    "weighted_kappa": "weighted kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "pabak": "PABAK",
    "ac1": "AC1",
    "krippendorff_alpha": "Krippendorff's alpha",
    "icc": "intraclass correlation",
    "positive_agreement": "positive",
    "negative_agreement": "negative",
}
"""The figures in the order they are printed; an interval stands behind its figure."""


def agreement_lines(document: Mapping[str, Any], needed: int) -> Iterator[str]:
    """Yield the figures of every pair, of three and more together, and what is not counted.

    `needed` is how many reviewers answer each subject. Where there is nothing, a sentence why.
    """
    for pair in document["pairs"]:
        yield " and ".join(pair["reviewers"])
        rows = [("include or exclude", pair["binary"]), ("with maybe", pair["three_way"])]
        for name, figures in (*rows, *pair.get("criteria", {}).items()):
            yield from figure_lines(name, figures)
    if len(document["pairs"]) > 1 and document["overall"]:
        yield "All reviewers together"
        yield from figure_lines("include or exclude", document["overall"])
    if not document["pairs"]:
        yield _why_nothing(needed)
    for why, count in document["not_counted"].items():
        yield f"Not counted: {count} {why}."


def figure_lines(name: str, figures: Mapping[str, Any], *, indent: str = "  ") -> Iterator[str]:
    """Yield every figure of one question, then what is not defined of it with the reason."""
    if not figures["n"]:
        yield f"{indent}{name}: n 0, nothing to count"
        return
    values = [
        f"{label} {figures[key]:.3f}{_interval(figures.get(f'{key}_interval'))}"
        for key, label in _LABELS.items()
        if figures.get(key) is not None
    ]
    n = f"n {figures['n']}"
    yield f"{indent}{name}: {', '.join([n, *values])}"
    if alone := figures.get("answered_by_one"):
        counts = f"{noun(alone, 'counts', 'count')} only for how often a category is used"
        yield f"{indent}  {alone} answered by one reviewer alone: {counts}"
    missing = figures["not_defined"]
    named = (
        (why, key) for key, why in missing.items() if _of(key) not in missing or _of(key) == key
    )
    for why, keys in gathered(named).items():
        yield f"{indent}  {', '.join(map(_label, keys))}: {why}"


def _of(key: str) -> str:
    """Return the figure that an interval is of; a figure is of itself."""
    return key.removesuffix("_interval")


def _label(key: str) -> str:
    label = _LABELS.get(_of(key), _of(key))
    return label if _of(key) == key else f"interval of {label}"


def _interval(found: list[float] | None) -> str:
    return f" ({found[0]:.3f} to {found[1]:.3f})" if found else ""


def _why_nothing(needed: int) -> str:
    if needed < 2:
        return "One reviewer decides each record here, so there is no agreement to compute."
    return (
        "There is no agreement to compute: it takes two reviewers who have closed the stage, with "
        "their decisions merged here."
    )
