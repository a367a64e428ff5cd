"""The WHO trial registry platform's XML (ICTRP)."""

from __future__ import annotations

from screener.model import Entry, Skipped
from screener.sources.decoding import Content
from screener.sources.drafting import Draft, first
from screener.sources.formats.format import Format, Found
from screener.sources.formats.xml_records import XmlRecord, xml_records


def recognise(content: Content) -> float:
    """Look for the platform's root element."""
    return 0.97 if "<Trials_downloaded_from_ICTRP" in content.sample else 0.0


def read(source: Content) -> Found:
    """Yield the trials."""
    for found in xml_records(source, frozenset(("Trial",))):
        if isinstance(found, Skipped):
            yield found
        else:
            yield Entry(fields=_draft(found).fields(), raw=found.raw, line=found.line)


def _draft(record: XmlRecord) -> Draft:
    text = record.text
    contact = f"{text('Contact_Lastname')}, {text('Contact_Firstname')}".strip(", ")
    sponsor = text("Primary_sponsor", "Primary_Sponsor")
    registered = first(text("Date_registration3"), text("Date_registration"))
    return Draft(
        type="registry-entry",
        title=first(text("Scientific_title"), text("Public_title")),
        translated_title=text("Public_title") if text("Scientific_title") else "",
        authors=[contact] if contact else [sponsor + "," if "," in sponsor else sponsor],
        year=registered,
        date=registered,
        journal=text("Source_Register"),
        accession=text("TrialID"),
        database="WHO ICTRP",
        registration=text("TrialID"),
        abstracts=[
            f"{name}: {value}"
            for name, tag in _PARTS
            if (value := " ".join(text(tag).replace("<br>", " ").split()))
        ],
        keywords=text("Condition").replace("<br>", ";").split(";"),
        url=text("web_address", "url"),
        publication_type=[text("Study_type")],
    )


_PARTS = (
    ("Condition", "Condition"), ("Intervention", "Intervention"), ("Study type", "Study_type"),
    ("Study design", "Study_design"), ("Inclusion criteria", "Inclusion_Criteria"),
    ("Exclusion criteria", "Exclusion_Criteria"), ("Primary outcome", "Primary_outcome"),
    ("Secondary outcome", "Secondary_outcome"),
)  # fmt: skip


FORMAT = Format(name="ictrp-xml", label="ICTRP XML", recognise=recognise, read=read)
