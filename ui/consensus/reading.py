"""The agreement figures as rows and in plain words, figure first, band second; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.figures import FEW, Band, Figures, Interval, bands
from screener.model import Protocol
from screener.model.words import counted

NOBODY_JUDGED = "not defined: no record was judged by both"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure with its interval, both written out; without a value `note` says why."""

    name: str
    value: float | None
    interval: Interval | None
    figure: str
    between: str
    note: str = ""
    marked: bool = False
    element: str = ""
    criterion: str = ""


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
    criterion: str = "",
) -> FigureRow:
    return FigureRow(
        name=name,
        value=value,
        interval=interval,
        figure="" if value is None else rounded(value),
        between=between(interval) if value is not None else "",
        note=note if value is None else "",
        marked=marked,
        element=element,
        criterion=criterion,
    )


def figure_rows(figures: Figures) -> list[FigureRow]:
    """Return the figures of a table; kappa is marked because it is the one quoted."""
    why = figures.not_defined.get
    rows = [
        _row("Raw agreement", figures.raw, figures.raw_interval, why("raw", "")),
        _row("Cohen’s kappa", figures.kappa, figures.kappa_interval, why("kappa", ""), marked=True),
        _row("Gwet’s AC1", figures.ac1, figures.ac1_interval, why("ac1", "")),
        _row("PABAK", figures.pabak, figures.pabak_interval, why("pabak", "")),
    ]
    for side, word in (("positive", "include"), ("negative", "exclude")):
        value = figures.positive_agreement if side == "positive" else figures.negative_agreement
        name = f"Agreement on {word}"
        rows.append(_row(name, value, None, why(f"{side}_agreement", "")))
    return rows


def criterion_rows(pair: PairAgreement, protocol: Protocol) -> list[FigureRow]:
    """Return kappa by criterion, where both judged; the lowest is marked."""
    lowest = lowest_criterion(pair)
    rows = []
    for id_, figures in pair.group("criteria").items():
        criterion = protocol.criterion(id_)
        if criterion is not None:
            rows.append(
                _row(
                    criterion.name,
                    figures.kappa,
                    figures.kappa_interval,
                    figures.not_defined.get("kappa", "") if figures.n else NOBODY_JUDGED,
                    marked=id_ == lowest,
                    element=str(criterion.element),
                    criterion=id_,
                )
            )
    return rows


def lowest_criterion(pair: PairAgreement) -> str:
    """Return the criterion with the lowest kappa, "" where none is defined or all are 1."""
    known = [(f.kappa, id_) for id_, f in pair.group("criteria").items() if f.kappa is not None]
    value, id_ = min(known, default=(1.0, ""))
    return id_ if value < 1 else ""


def few_words(figures: Figures) -> str:
    """Return the warning under few records, "" where there are enough."""
    if not figures.few:
        return ""
    return (
        f"Only {counted(figures.n, 'record')}: with fewer than {FEW} the intervals are unreliable."
    )


def reading(figures: Figures, *, maybe: bool) -> str:
    """Say in plain words what the figures are: the figure first, the band second."""
    if not figures.n or figures.raw is None:
        return "No record was decided by both reviewers, so there is nothing to compare."
    records = counted(figures.n, "record")
    said = [f"The two reviewers decided the same on {_percent(figures.raw)} of the {records}."]
    if figures.kappa is None:
        why = figures.not_defined.get("kappa", "not defined")
        said.append(f"Kappa is {why}.")
    else:
        said.append(_kappa_words(figures))
    if figures.positive_agreement is not None:
        said.append(
            "On the records to include, the few that matter most, their agreement is "
            f"{rounded(figures.positive_agreement)}."
        )
    said.append("Maybe is a category of its own." if maybe else "Maybe counts as include.")
    return " ".join(said)


def _kappa_words(figures: Figures) -> str:
    assert figures.kappa is not None
    interval = f" ({between(figures.kappa_interval)})" if figures.kappa_interval else ""
    named = ", ".join(_band_words(band) for band in bands(figures.kappa))
    return f"Kappa, which takes chance away, is {rounded(figures.kappa)}{interval}: {named}."


def _band_words(band: Band) -> str:
    return f"“{band.word}” in the words of {band.author}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
