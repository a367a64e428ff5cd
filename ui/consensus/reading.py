"""The agreement figures as rows and in plain words, figure first, band second."""

from __future__ import annotations

from collections.abc import Sequence

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.figures import FEW, Band, Figures, Interval, bands
from screener.consensus.agreement.intraclass import Intraclass
from screener.consensus.agreement.weighted import WeightedKappa
from screener.model.words import counted
from ui.consensus.painter import Part, Table
from ui.widgets.dotplot import DotRow

_KAPPA = "Kappa, which takes chance away,"
NOBODY_JUDGED = "not defined: nothing was judged by both"


def rounded(value: float) -> str:
    """Write a figure with two places, and a real minus sign."""
    return f"{value:.2f}".replace("-", "−") if round(value, 2) else "0.00"


def between(interval: Interval | None) -> str:
    """Write an interval: "0.74 to 0.85"."""
    return "" if interval is None else f"{rounded(interval[0])} to {rounded(interval[1])}"


def _row(
    name: str,
    value: float | None,
    interval: Interval | None,
    note: str,
    *,
    marked: bool = False,
    element: str = "",
) -> DotRow:
    return DotRow(
        name=name,
        value=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        figure="" if value is None else rounded(value),
        interval=between(interval) if value is not None else "",
        note=note if value is None else "",
        marked=marked,
        element=element,
    )


def figure_rows(
    figures: Figures, table: Table, weighted: WeightedKappa | None = None
) -> list[DotRow]:
    """Return the figures of a table; kappa is marked because it is the one quoted.

    Of an order or of scores that is the `weighted` one.
    """
    why = figures.not_defined.get
    rows = [
        _row("Raw agreement", figures.raw, figures.raw_interval, why("raw", "")),
        *([_weighted_row("Weighted kappa", weighted, marked=True)] if weighted else []),
        _row(
            "Cohen’s kappa",
            figures.kappa,
            figures.kappa_interval,
            why("kappa", ""),
            marked=weighted is None,
        ),
        _row("Gwet’s AC1", figures.ac1, figures.ac1_interval, why("ac1", "")),
        _row("PABAK", figures.pabak, figures.pabak_interval, why("pabak", "")),
    ]
    for side, word in zip(("positive", "negative"), table.sides or (), strict=False):
        value = figures.positive_agreement if side == "positive" else figures.negative_agreement
        name = f"Agreement on {word}"
        rows.append(_row(name, value, None, why(f"{side}_agreement", "")))
    return rows


def _weighted_row(
    name: str, weighted: WeightedKappa, *, marked: bool = False, element: str = ""
) -> DotRow:
    why = weighted.not_defined.get("kappa", "")
    return _row(name, weighted.kappa, weighted.kappa_interval, why, marked=marked, element=element)


def total_row(found: Intraclass) -> DotRow:
    """Return the intraclass correlation of the reviewers' totals."""
    return _row("Total (ICC)", found.icc, found.icc_interval, found.not_defined.get("icc", ""))


def _kappa_of(pair: PairAgreement, measure: str) -> float | None:
    """Return the kappa of a measure: the weighted one of an order or of scores."""
    weighted = pair.measured[measure].weighted
    return weighted.kappa if weighted else pair.figures(measure).kappa


def part_rows(pair: PairAgreement, parts: Sequence[Part]) -> list[DotRow]:
    """Return the kappa of each part, where both answered; the lowest is marked.

    Of an order or of scores it is the weighted one.
    A part without a scale has the share of answers that are the same.
    """
    lowest = lowest_part(pair, parts)
    rows = []
    for part in parts:
        if part.measure in pair.alike:
            alike = pair.alike[part.measure]
            note = f"the same in {alike.same:,} of {alike.n:,}" if alike.n else NOBODY_JUDGED
            rows.append(_row(part.name, None, None, note))
            continue
        figures, weighted = pair.figures(part.measure), pair.measured[part.measure].weighted
        if weighted is not None and weighted.n:
            marked = part is lowest
            rows.append(_weighted_row(part.name, weighted, marked=marked, element=part.element))
            continue
        rows.append(
            _row(
                part.name,
                figures.kappa,
                figures.kappa_interval,
                figures.not_defined.get("kappa", "") if figures.n else NOBODY_JUDGED,
                marked=part is lowest,
                element=part.element,
            )
        )
    return rows


def lowest_part(pair: PairAgreement, parts: Sequence[Part]) -> Part | None:
    """Return the part with the lowest kappa, None where none is defined or all are 1."""
    known = [
        (kappa, part.measure, part)
        for part in parts
        if part.measure in pair.measured
        and (kappa := _kappa_of(pair, part.measure)) is not None
        and kappa < 1
    ]
    return min(known)[-1] if known else None


def few_words(figures: Figures, noun: str = "record") -> str:
    """Return the warning under few records (or what the `noun` says), "" where there are enough."""
    if not figures.few:
        return ""
    return f"Only {counted(figures.n, noun)}: with fewer than {FEW} the intervals are unreliable."


def reading(
    figures: Figures, table: Table, did: str = "decided", weighted: WeightedKappa | None = None
) -> str:
    """Say in plain words what the figures are: the figure first, the band second.

    `did` is what the reviewers did. Of an order or of scores kappa is the `weighted` one.
    """
    if not figures.n or figures.raw is None:
        return f"No {table.noun} was {did} by both reviewers, so there is nothing to compare."
    records = counted(figures.n, table.noun)
    said = [f"The two reviewers {did} the same on {_percent(figures.raw)} of the {records}."]
    name = "Weighted kappa, for which near is better than far," if weighted else _KAPPA
    one = weighted or figures
    if one.kappa is None:
        why = one.not_defined.get("kappa", "not defined")
        said.append(f"Kappa is {why}.")
    else:
        said.append(_kappa_words(name, one.kappa, one.kappa_interval))
    if table.sides and figures.positive_agreement is not None:
        said.append(
            f"On the records to {table.sides[0]}, the few that matter most, their agreement is "
            f"{rounded(figures.positive_agreement)}."
        )
    return " ".join([*said, table.note]).strip()


def _kappa_words(name: str, kappa: float, interval: Interval | None) -> str:
    within = f" ({between(interval)})" if interval else ""
    named = ", ".join(_band_words(band) for band in bands(kappa))
    return f"{name} is {rounded(kappa)}{within}: {named}."


def _band_words(band: Band) -> str:
    return f"“{band.word}” in the words of {band.author}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
