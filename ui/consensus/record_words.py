"""A unit as the record view shows it."""

from __future__ import annotations

from screener.model import Unit
from screener.model.words import short_names
from ui.widgets.record import RecordText


def record_text(unit: Unit) -> RecordText:
    """Return title, byline, abstract and keywords, the byline as when it was screened."""
    f = unit.fields
    authors = short_names(f.authors, len(f.authors))
    byline = (authors, f.journal, str(f.year) if f.year else f.date)
    return RecordText(
        title=f.title,
        byline=tuple(part for part in byline if part),
        abstract=f.abstract,
        keywords=f.keywords,
    )
