"""ClinicalTrials.gov: its older XML, one `clinical_study` each, and the studies of its JSON."""

from __future__ import annotations

from collections.abc import Mapping

from screener.model import Fields
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.xml_records import XmlRecord, xml_entries
from screener.sources.names import collective

_PLACE = "ClinicalTrials.gov"


def recognise(content: Content) -> float:
    """Look for the element of a study."""
    return 0.97 if "<clinical_study" in content.sample else 0.0


def read(source: Content) -> Found:
    """Yield the studies of an XML file."""
    return xml_entries(source, frozenset(("clinical_study",)), _fields)


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


FORMAT = Format(
    name="clinicaltrials-xml", label="ClinicalTrials.gov XML", recognise=recognise, read=read
)
