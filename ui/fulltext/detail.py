"""What helps to find a report: who wrote it, where it appeared, its identifiers, what is linked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.fulltext.fulltext import Sought
from screener.fulltext.linked import LinkedReport
from screener.model import Fields, Unit
from screener.model.words import short_names
from ui.session.keys import ActionButton, Keys
from ui.session.linked import linked_line
from ui.widgets import tokens
from ui.widgets.scroll import FittingScroll
from ui.widgets.words import Column, ElidedWords, Row, Surface, Words

_MOST = 4
"""Lines that are shown; the key goes to the others too."""


class LinkedLines(QWidget):
    """Says what is linked to a report; nothing of it is seen where nothing is."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.go = ActionButton("Linked reports", "linked-report", keys)
        self.go.set_low()
        self.lines = [ElidedWords(step="small", colour="quiet") for _ in range(_MOST)]
        self.more = Words(step="small", colour="quiet")
        Row(self, gap=tokens.GAP_OUT).add(
            (self.go, Qt.AlignmentFlag.AlignTop), (Column(gap=2).add(*self.lines, self.more), 1)
        )

    def show_linked(self, linked: Sequence[LinkedReport]) -> None:
        """Show these, the first of them where they are many."""
        self.setVisible(bool(linked))
        for place, words in enumerate(self.lines):
            words.setText(linked_line(linked[place]) if place < len(linked) else "")
            words.setVisible(place < len(linked))
        hidden = len(linked) - len(self.lines)
        self.more.setText(f"and {hidden:,} more")
        self.more.setVisible(hidden > 0)


_GAP = "  ·  "
_MOST_AUTHORS = 6


class ReportDetail(Surface):
    """Title and lines of the chosen report; can be marked and copied."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent, lined=True)
        self._title = Words(step="name", wrap=True, selectable=True)
        self._byline = Words(step="small", wrap=True, selectable=True)
        self._numbers = Words(step="small", colour="quiet", wrap=True, selectable=True)
        self._standing = Words(step="small", wrap=True, selectable=True)
        self.linked = LinkedLines(keys)
        inside = Column(gap=6, margins=(tokens.MARGIN, 16, tokens.MARGIN, 16)).add(
            self._standing, self._title, self._byline, self._numbers, self.linked
        )
        Column(self, gap=0).add(FittingScroll(inside.boxed()))

    def show_report(self, report: Sought | None, linked: Sequence[LinkedReport] = ()) -> None:
        """Show a report and what is linked to it; None hides the detail."""
        self.setVisible(report is not None)
        if report is not None:
            self._show(report.unit, "")
            self.linked.show_linked(linked)

    def show_several(self, reports: Sequence[Sought]) -> None:
        """Say how many reports are chosen, and which, in place of one."""
        self.setVisible(True)
        self._standing.show_text("")
        self._title.setText(f"{len(reports):,} reports are chosen")
        self._byline.setText("What is said now is said of all of them.")
        self._numbers.setText(_GAP.join(f"{report.unit.number:,}" for report in reports))
        self.linked.show_linked(())

    def show_other(self, linked: LinkedReport, report: Sought) -> None:
        """Show a linked record whose report is not sought, in the place of the report."""
        this = f"{linked.unit.number:,}, linked to {report.unit.number:,}"
        self._show(linked.unit, f"{this}: {linked.words}  ·  {linked.standing}")

    def _show(self, unit: Unit, standing: str) -> None:
        self._standing.show_text(standing)
        self._title.setText(unit.fields.title or "no title")
        self._byline.setText(_byline(unit.fields))
        sources = ", ".join(dict.fromkeys(s.source for s in unit.sources))
        self._numbers.setText(_numbers(unit.fields, sources))


def _byline(fields: Fields) -> str:
    authors = short_names(fields.authors, _MOST_AUTHORS)
    volume = f"{fields.volume}({fields.issue})" if fields.issue else fields.volume
    place = ": ".join(part for part in (volume, fields.pages or fields.article_number) if part)
    parts = (authors, fields.journal, str(fields.year or ""), place)
    return _GAP.join(part for part in parts if part)


def _numbers(fields: Fields, sources: str) -> str:
    named = (
        ("DOI ", fields.doi), ("PMID ", fields.pmid), ("PMCID ", fields.pmcid),
        ("", fields.registration), ("", fields.url), ("found in ", sources),
    )  # fmt: skip
    return _GAP.join(f"{name}{value}" for name, value in named if value)
