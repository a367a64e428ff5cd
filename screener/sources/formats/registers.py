"""Study registers: ClinicalTrials.gov, and the WHO's platform of trial registries (ICTRP).

Of ClinicalTrials.gov its older XML is read, one `clinical_study` each, and the studies of its JSON;
of the platform its XML, and the rows of its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from screener.model import Fields
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, marked
from screener.sources.formats.headings import fold
from screener.sources.formats.xml_records import XmlRecord, xml_reader
from screener.sources.names import collective

_PLACE = "ClinicalTrials.gov"


def _fields(record: XmlRecord) -> Fields:
    text, texts = record.text, record.texts
    number = text("id_info/nct_id")
    return _made(
        number=number,
        title=text("official_title", "brief_title"),
        sponsor=text("sponsors/lead_sponsor/agency"),
        date=text("start_date", "study_first_posted", "study_first_submitted"),
        summary=text("brief_summary/textblock", "brief_summary"),
        keywords=[*texts("condition"), *texts("keyword")],
        kind=text("study_type"),
    )


def is_study(item: Mapping[str, object]) -> bool:
    """Whether an object of a JSON file is a study."""
    return isinstance(item.get("protocolSection"), dict)


def study(item: Mapping[str, object]) -> Fields:
    """Return what a study of the JSON says."""

    def at(*path: str) -> object:
        found: object = item["protocolSection"]
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def text(*path: str) -> str:
        found = at(*path)
        return found if isinstance(found, str) else ""

    def several(*path: str) -> list[str]:
        found = at(*path)
        return [str(word) for word in found] if isinstance(found, list) else []

    status = "statusModule"
    return _made(
        number=text("identificationModule", "nctId"),
        title=first(text("identificationModule", "officialTitle"),
                    text("identificationModule", "briefTitle")),
        sponsor=text("sponsorCollaboratorsModule", "leadSponsor", "name"),
        date=first(text(status, "startDateStruct", "date"),
                   text(status, "studyFirstPostDateStruct", "date"),
                   text(status, "studyFirstSubmitDate")),
        summary=text("descriptionModule", "briefSummary"),
        keywords=[*several("conditionsModule", "conditions"),
                  *several("conditionsModule", "keywords")],
        kind=text("designModule", "studyType"),
    )  # fmt: skip


def _made(
    *, number: str, title: str, sponsor: str, date: str, summary: str, keywords: list[str],
    kind: str,
) -> Fields:  # fmt: skip
    return make_fields(
        type="registry-entry",
        title=title,
        authors=[collective(sponsor)],
        year=date,
        date=date,
        accession=number,
        database=_PLACE,
        registration=number,
        abstracts=[summary],
        keywords=keywords,
        url=f"https://clinicaltrials.gov/study/{number}" if number else "",
        publication_type=[kind],
    )


CLINICALTRIALS = Format(
    name="clinicaltrials-xml",
    label="ClinicalTrials.gov XML",
    recognise=marked("<clinical_study", 0.97),
    read=xml_reader("clinical_study", fields=_fields),
)


def is_ictrp_header(headings: Iterable[str]) -> bool:
    """Whether a table has the platform's names for its headings."""
    return {"trialid", "public title", "date registration3"} <= set(map(fold, headings))


def ictrp_from_cells(headings: Sequence[str], cells: Sequence[str]) -> Fields:
    """Return the trial of a row under such a header."""
    return _trial(zip(headings, cells, strict=False))


def _trial(values: Iterable[tuple[str, str]]) -> Fields:
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


ICTRP = Format(
    name="ictrp-xml",
    label="ICTRP XML",
    recognise=marked("<Trials_downloaded_from_ICTRP", 0.97),
    read=xml_reader("Trial", fields=lambda found: _trial(found.raw)),
)
