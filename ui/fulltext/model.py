"""The reports sought: how they stand in the table, and which of them are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from screener import Project
from screener.fulltext.fulltext import Retrieval, Sought
from screener.model import Fields
from screener.model.searching import folded, words_of
from screener.model.words import counted
from ui.widgets.rows import Field

WORDS = {
    Retrieval.SOUGHT: "sought",
    Retrieval.RETRIEVED: "retrieved",
    Retrieval.NOT_RETRIEVED: "not retrieved",
}
"""How retrieval stands, in words, in the order in which it goes."""
ALL = "all"


def read_again(project: Project, reports: Iterable[Sought], records: Iterable[str]) -> list[Sought]:
    """Return reports in their order, those that some records belong to as they stand now."""
    units = {str(project.units.of_record(record)) for record in records}
    known = {report.unit.id: report for report in reports if report.unit.id not in units}
    known |= {report.unit.id: report for report in project.fulltext.reports(units)}
    return sorted(known.values(), key=lambda report: report.unit.number)


def columns() -> tuple[Field[Sought], ...]:
    """Return the columns of the table."""
    return (
        Field(heading="No.", text=_number, right=True, width=64, colour="quiet"),
        Field(heading="Report", text=lambda report: report.unit.fields.title or "no title"),
        Field(
            heading="Authors, year",
            text=lambda report: who(report.unit.fields),
            width=184,
            colour="quiet",
        ),
        Field(
            heading="Full text",
            text=_state,
            width=264,
            colour=lambda report: "quiet" if report.state is Retrieval.SOUGHT else "text",
        ),
    )


def _number(report: Sought) -> str:
    return f"{report.unit.number:,}"


def _state(report: Sought) -> str:
    return f"{WORDS[report.state]}: {report.why}" if report.why else WORDS[report.state]


def who(fields: Fields) -> str:
    """Write the first author's family name and the year: "Okafor et al. 2017"."""
    first = fields.authors[0].removesuffix(",").split(", ")[0] if fields.authors else ""
    others = " et al." if len(fields.authors) > 1 else ""
    return f"{first}{others} {fields.year or ''}".strip()


def counts(reports: Iterable[Sought]) -> dict[Retrieval, int]:
    """Count the reports in each state."""
    found = Counter(report.state for report in reports)
    return {state: found[state] for state in WORDS}


def chosen(reports: Sequence[Sought], which: str, words: str) -> list[Sought]:
    """Return the reports in a state (or all) that have all of the words that are searched."""
    wanted = words_of(words)
    return [
        report
        for report in reports
        if which in (ALL, report.state) and all(word in _searched(report) for word in wanted)
    ]


def _searched(report: Sought) -> str:
    fields = report.unit.fields
    parts = (
        _number(report), fields.title, " ".join(fields.authors), fields.journal, fields.doi,
        str(fields.year or ""), report.why,
    )  # fmt: skip
    return folded(" ".join(parts))


def phrases(reports: Iterable[Sought]) -> list[str]:
    """Return why other reports were not retrieved, the commonest first."""
    found = Counter(report.why for report in reports if report.why)
    return [why for why, _ in found.most_common()]


def named(reports: Sequence[Sought]) -> str:
    """Name a report by its title, several by their number."""
    if len(reports) > 1:
        return counted(len(reports), "report")
    title = reports[0].unit.fields.title or "no title"
    return f"“{title}”" if len(title) <= _LONG else f"“{title[: _LONG - 1].rstrip()}…”"


def why_not(reports: Sequence[Sought]) -> str:
    """Say what a reason is about."""
    return f"why {named(reports)} {'were' if reports[1:] else 'was'} not retrieved"


_LONG = 60  # characters of a title


def opened_words(count: int, *, more: bool) -> str:
    """Return for how many reports full text is open now; `more`: it was open for some before."""
    return f"Full text is open for {counted(count, 'more report' if more else 'report')}"
