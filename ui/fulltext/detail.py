"""What helps to find a report: who wrote it, where it appeared, its identifiers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screener.fulltext.fulltext import Sought
from screener.model import Fields
from ui.widgets import tokens
from ui.widgets.authors import short_names
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Surface, Words

_GAP = "  ·  "
_MOST_AUTHORS = 6


class ReportDetail(Surface):
    """Title and lines of the chosen report; can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self._title = Words(step="name", wrap=True)
        self._byline = Words(step="small", wrap=True)
        self._numbers = Words(step="small", colour="quiet", wrap=True)
        column = Column(self, gap=6, margins=(tokens.MARGIN, 16, tokens.MARGIN, 16))
        for words in (self._title, self._byline, self._numbers):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)

    def show_report(self, report: Sought | None) -> None:
        """Show a report; None hides the detail."""
        self.setVisible(report is not None)
        if report is None:
            return
        fields = report.unit.fields
        self._title.setText(fields.title or "no title")
        self._byline.setText(_byline(fields))
        sources = ", ".join(dict.fromkeys(s.source for s in report.unit.sources))
        self._numbers.setText(_numbers(fields, sources))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), look_of(self).colour("line"))


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
