"""The cells of one row into a record: lists of authors taken apart, citations read."""

from __future__ import annotations

import re

from screener.sources import identifiers
from screener.sources.drafting import Draft, first
from screener.sources.formats.ris_fields import record_type
from screener.sources.names import collective
from screener.sources.page_numbers import pages

Values = dict[str, list[str]]

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.?[-‐ ]?){1,4}(?:\s*(?:Jr|Sr|II|III)\.?)?$")
_FAMILY_INITIALS = re.compile(r"\s(?:[A-ZÀ-Þ]\.?-?){1,4}(?:\s(?:Jr|Sr|II|III)\.?)?$")
_INITIALS_FIRST = re.compile(r"^[A-ZÀ-Þ]{1,3} [A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)?$")
_RUN_ON = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][\w.'-]{0,30} )")
_EMPTY = re.compile(r"^(?:no [A-Za-z-]{3,40}|n/?a|nan|none|null|-+|\[\]|not available)$", re.I)
_IDS = re.compile(r"\s*\(\d{5,}\)")
# "Endoscopic Ultrasound (2014) 3:3 (152-160)." and "Nature. 2021 Dec 21;1(2):10-11."
_EMBASE_SOURCE = re.compile(
    r"^(?P<journal>.{2,300}?)\s+\((?P<year>\d{4})\)\s*(?P<volume>[\w-]{1,15})?"
    r"(?::(?P<issue>[\w\s./-]{1,30}?))?(?:\s*\((?P<pages>[\w\s./-]{1,30})\))?(?:\.|,|\s|$)"
)
_PUBMED_CITATION = re.compile(
    r"^(?P<journal>[^.]{2,300})\.\s+(?P<date>\d{4}(?:\s\w{3}(?:-\w{3})?)?(?:\s\d{1,2})?);?"
    r"(?P<volume>[\w-]{1,15})?(?:\((?P<issue>[^()]{1,30})\))?(?::(?P<pages>[\w.,\s-]{1,40}?))?\."
)


def draft(found: Values) -> Draft:
    """Return the record that the cells of a row make."""
    found = {name: kept for name, cells in found.items() if (kept := _kept(cells))}

    def one(name: str) -> str:
        return found.get(name, [""])[0]

    parts = _citation(one("source"), one("citation"))
    start = one("start_page")
    kind = _type(one("type"), one("publication_type"), one("registration"))
    return Draft(
        type=kind,
        title=one("title"),
        translated_title=one("translated_title") if one("translated_title") != one("title") else "",
        authors=authors(first(one("authors"), one("editors"))) or [collective(one("sponsor"))],
        year=first(one("year"), one("date"), parts.get("year", ""), parts.get("date", "")),
        date=first(one("date"), parts.get("date", "")),
        journal=first(one("journal"), parts.get("journal", "")),
        journal_abbreviation=one("journal_abbreviation"),
        volume=first(one("volume"), parts.get("volume", "")),
        issue=first(one("issue"), parts.get("issue", "")),
        pages=pages(start, one("end_page")) if start
        else pages(first(one("pages"), parts.get("pages", ""))),
        article_number=one("article_number"),
        doi=first(one("doi"), *(c for c in found.get("url", []) if "doi.org/" in c),
                  *(c for c in found.get("citation", []) if "doi" in c)),
        pmid=one("pmid"),
        pmcid=one("pmcid"),
        issn=one("issn"),
        isbn=one("isbn"),
        accession=_accession(one("accession")),
        database=_database(one("database"), one("source")),
        registration=" ".join((one("registration"), one("accession"))),
        abstracts=found.get("abstract", [])[:1],
        keywords=[word for cell in found.get("keywords", []) for word in items(cell)],
        language=one("language"),
        url=one("url").split("; http")[0],
        publication_type=[w for cell in found.get("publication_type", []) for w in items(cell)],
        publisher=one("publisher"),
    )  # fmt: skip


def _kept(cells: list[str]) -> list[str]:
    kept = (_plain(cell) for cell in cells)
    return [cell for cell in kept if cell and not (len(cell) < 40 and _EMPTY.match(cell))]


def _plain(cell: str) -> str:
    """Undo the ="…" with which EBSCO keeps spreadsheets from changing numbers."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].replace('""', '"')
    return cell


def items(cell: str) -> list[str]:
    """Take a cell with several values apart."""
    if cell[:1] == "[" and cell[-1:] == "]" and (quoted := _QUOTED.findall(cell)):
        return [one or other for one, other in quoted]
    for joint in (";", "|", "\n"):
        if joint in cell:
            return cell.split(joint)
    parts = cell.split(",")
    # Headings such as "Aged, 80 and over" hold a comma; a list of one-word terms does not end so.
    return (
        parts
        if len(parts) > 2 or (len(parts) == 2 and " " not in cell.replace(", ", ","))
        else [cell]
    )


def authors(cell: str) -> list[str]:
    """Take a cell of authors apart, however they are joined."""
    if not cell:
        return []
    cell = _IDS.sub("", cell.strip())
    if cell[:1] == "[" and cell[-1:] == "]" and _QUOTED.search(cell):
        return [one or other for one, other in _QUOTED.findall(cell)]
    for joint in (r";", r"\n", r"\|"):
        if re.search(joint, cell):
            return _several(re.split(rf"\s*{joint}\s*", cell))
    if " and " in cell and ("," in cell or cell.count(" and ") > 1):
        return _several(re.split(r",?\s+and\s+", cell))
    return _comma_list(cell)


def _several(names: list[str]) -> list[str]:
    return [name.rstrip(",") if not re.search(r",.*,$", name) else name for name in names if name]


def _comma_list(cell: str) -> list[str]:
    parts = [part.strip() for part in cell.split(",") if part.strip()]
    if parts and not any(part.endswith(".") for part in parts[:-1]):
        # PubMed ends the list with a full stop; where initials have their own, it stays.
        parts[-1] = parts[-1].removesuffix(".")
    if len(parts) < 2:
        runs = _RUN_ON.split(cell)
        return runs if len(runs) > 1 and all(" " in run for run in runs) else [cell]
    if all(_FAMILY_INITIALS.search(part) for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(_INITIALS.match(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if all(_INITIALS_FIRST.match(part) for part in parts):
        return [re.sub(r"^(\S+) (.*)$", r"\2, \1", part) for part in parts]
    if len(parts) == 2 and not all(" " in part for part in parts):
        return [cell]
    # Most of a list of people have two words; "Family, Given Middle" alone has not.
    spaced = sum(" " in part for part in parts)
    return parts if len(parts) > 2 or spaced == len(parts) else [cell]


def _citation(source: str, citation: str) -> dict[str, str]:
    for text, pattern in ((source, _EMBASE_SOURCE), (citation, _PUBMED_CITATION),
                          (citation, _EMBASE_SOURCE), (source, _PUBMED_CITATION)):  # fmt: skip
        match = pattern.match(text) if text else None
        if match:
            return {name: (value or "").strip() for name, value in match.groupdict().items()}
    # Publish or Perish writes the journal alone under "Source"; Scopus writes its own name there.
    return {"journal": source} if source and source.lower() != "scopus" else {}


_ZOTERO = {
    "journalarticle": "article", "magazinearticle": "article", "conferencepaper": "conference",
    "booksection": "chapter", "preprint": "preprint", "registry-entry": "registry-entry",
}  # fmt: skip


def _type(kind: str, publication: str, registration: str) -> str:
    lowered = kind.strip().lower()
    if lowered in _ZOTERO:
        return _ZOTERO[lowered]
    found = record_type(first(kind, publication))
    if found in ("", "other") and identifiers.registration((registration,)):
        return "registry-entry"
    return found if found != "other" or lowered == "other" else ""


def _database(database: str, source: str) -> str:
    return database or (source if source.lower() == "scopus" else "")


def _accession(text: str) -> str:
    return text
