"""The WHO trial registry platform (ICTRP): its XML, and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from screener.model import Fields
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.columns import fold
from screener.sources.formats.format import Format, Found
from screener.sources.formats.xml_records import xml_entries
from screener.sources.names import collective


def recognise(content: Content) -> float:
    """Look for the platform's root element."""
    return 0.97 if "<Trials_downloaded_from_ICTRP" in content.sample else 0.0


def read(source: Content) -> Found:
    """Yield the trials."""
    return xml_entries(source, frozenset(("Trial",)), lambda found: _fields(found.raw))


def is_header(headings: Iterable[str]) -> bool:
    """Whether a table has the platform's names for its headings."""
    return {"trialid", "public title", "date registration3"} <= set(map(fold, headings))


def from_cells(headings: Sequence[str], cells: Sequence[str]) -> Fields:
    """Return the trial of a row under such a header."""
    return _fields(zip(headings, cells, strict=False))


def _fields(values: Iterable[tuple[str, str]]) -> Fields:
    # The names are written with and without underscores, and not always in the same case.
    found = {fold(name): " ".join(value.split()) for name, value in values}

    def text(name: str) -> str:
        return found.get(name, "")

    contact = f"{text('contact lastname')}, {text('contact firstname')}".strip(", ")
    title = text("scientific title")
    return make_fields(
        type="registry-entry",
        title=first(title, text("public title")),
        translated_title=text("public title") if title else "",
        authors=[contact] if contact else [collective(text("primary sponsor"))],
        year=first(text("date registration3"), text("date registration")),
        date=text("date registration3"),
        journal=text("source register"),
        accession=text("trialid"),
        database="WHO ICTRP",
        registration=text("trialid"),
        abstracts=[
            f"{name}: {value}" for name in _PARTS if (value := _BREAK.sub(" ", text(name.lower())))
        ],
        keywords=_BREAK.sub(";", text("condition")).split(";"),
        url=first(text("web address"), text("url")),
        publication_type=[text("study type")],
    )


_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
_PARTS = (
    "Condition", "Intervention", "Study type", "Study design", "Inclusion criteria",
    "Exclusion criteria", "Primary outcome", "Secondary outcome",
)  # fmt: skip


FORMAT = Format(name="ictrp-xml", label="ICTRP XML", recognise=recognise, read=read)
