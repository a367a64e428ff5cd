"""A unit as the record view shows it."""

from __future__ import annotations

from screener.model import Unit
from screener.model.words import byline
from ui.widgets.record import RecordText


def record_text(unit: Unit) -> RecordText:
    """Return title, byline, abstract and keywords, the byline as when it was screened."""
    f = unit.fields
    return RecordText(
        title=f.title,
        byline=byline(f),
        abstract=f.abstract,
        keywords=f.keywords,
    )
