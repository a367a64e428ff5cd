"""RIS tags into fields: which tag holds what, in all dialects, is said here and nowhere else."""

from __future__ import annotations

import re
from functools import lru_cache

from screener.model import Fields
from screener.sources import dates, identifiers
from screener.sources.drafting import abstract, keywords
from screener.sources.frozen import quick
from screener.sources.names import authors
from screener.sources.page_numbers import pages
from screener.sources.plain_text import NOTHING, WHOLE, clean
from screener.sources.writers.writer import OWN_NOTE

Raw = list[tuple[str, str]]
Got = dict[str, list[str]]

TYPES = {
    "JOUR": "article", "EJOUR": "article", "JFULL": "article", "MGZN": "article",
    "NEWS": "article", "INPR": "article", "ABST": "article", "SER": "article",
    "CONF": "conference", "CPAPER": "conference", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "chapter", "DICT": "chapter",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "report", "UNPB": "preprint",
    "DBASE": "registry-entry", "ELEC": "webpage", "BLOG": "webpage", "ICOMM": "webpage",
    "WEB": "webpage", "PAT": "patent", "DATA": "dataset", "AGGR": "dataset", "GEN": "",
}  # fmt: skip
_WORDS = (
    ("journal", "article"), ("article", "article"), ("review", "article"),
    ("proceeding", "conference"), ("conference", "conference"), ("chapter", "chapter"),
    ("section", "chapter"), ("book", "book"), ("thesis", "thesis"), ("dissertation", "thesis"),
    ("report", "report"),
    ("preprint", "preprint"),
    ("web", "webpage"), ("patent", "patent"), ("trial regist", "registry-entry"),
    ("dataset", "dataset"),
)  # fmt: skip
_made = quick(Fields)
_WHOLE = ("book", "thesis", "report", "webpage", "patent", "dataset")


def fields(raw: Raw) -> Fields:
    """Return what the tags of one record say."""
    got = _grouped(raw)
    kind = record_type(raw[0][1] if raw[0][0] == "TY" else _one(got, "TY"))
    journal, short = _journal(got, kind)
    issn, isbn = _serial(got)
    return _made(
        kind,  # type
        _title(got, kind),  # title
        _first(got, "TT"),  # translated_title
        _authors(raw, got),  # authors
        _year(got),  # year
        _date(got),  # date
        journal,  # journal
        short,  # journal_abbreviation
        _not_zero(_text(got, "VL", "VO")),  # volume
        _not_zero(_text(got, "IS", "CP", "IP"))
        if "IS" in got or kind == "article"
        else "",  # issue
        _not_zero(_pages(got)),  # pages
        _article_number(got) if "C7" in got or "AR" in got else "",  # article_number
        _doi(got),  # doi
        _pmid(got),  # pmid
        _pmcid(got),  # pmcid
        issn,  # issn
        isbn,  # isbn
        _accession(got),  # accession
        _first(got, "DB"),  # database
        _registration(got),  # registration
        _abstract(got),  # abstract
        _keywords(got),  # keywords
        _first(got, "LA"),  # language
        _url(got),  # url
        _publication_type(got) if "M3" in got or "PT" in got else (),  # publication_type
        _text(got, "PB", "PU"),  # publisher
    )


_TITLES = frozenset(("TI", "T1", "CT"))


def _grouped(raw: Raw) -> Got:
    got: Got = {}
    for tag, value in raw:
        if value and (value not in NOTHING or tag in _TITLES):
            if tag in got:
                got[tag].append(value)
            else:
                got[tag] = [value]
    return got


@lru_cache(maxsize=256)
def record_type(text: str) -> str:
    """Return the type that a RIS code, or words instead of one, stand for."""
    code = text.strip().upper()
    if code in TYPES:
        return TYPES[code]
    lowered = code.lower()
    return next((kind for word, kind in _WORDS if word in lowered), "other" if code else "")


def _one(got: Got, *tags: str) -> str:
    for tag in tags:
        if tag in got:
            return got[tag][0]
    return ""


def _text(got: Got, *tags: str) -> str:
    for tag in tags:
        if tag in got:
            text = got[tag][0]
            if text.isalnum() or (text := clean(text)):
                return text
    return ""


def _not_zero(text: str) -> str:
    """Return a number; programs write 0 where they have none."""
    return text if text.strip("0-") else ""


_known = lru_cache(maxsize=1 << 12)(clean)
"""`clean` for what comes back from record to record: journals, databases, languages."""


def _first(got: Got, tag: str) -> str:
    return _known(got[tag][0]) if tag in got else ""


def _abstract(got: Got) -> str:
    return (abstract(got["AB"]) if "AB" in got else "") or (
        abstract(got["N2"]) if "N2" in got else ""
    )


def _title(got: Got, kind: str) -> str:
    found = _text(got, "TI", "T1", "CT")
    if found:
        return found
    if kind in _WHOLE:
        return _text(got, "BT", "T2", "ST")
    # A record whose only title is that of the book or journal is better shown by it than by none.
    return _text(got, "ST", "BT", "T2", "T3") if kind != "article" else _text(got, "ST")


def _authors(raw: Raw, got: Got) -> tuple[str, ...]:
    tags = ("AU", "A1") if "AU" in got or "A1" in got else ("ED", "A2", "A3")
    if "AU" in got and ("A1" not in got or got["A1"] == got["AU"]):
        names = got["AU"]  # nearly always; only where both are used does their order matter
    else:
        names = [value for tag, value in raw if tag in tags and value]
    return authors(names)


_YEARS = ("PY", "Y1", "YR", "DA", "PD", "C6")


def _year(got: Got) -> int | None:
    for tag in _YEARS:
        for value in got.get(tag, ()):
            found = dates.year(value)
            if found:
                return found
    return None


def _date(got: Got) -> str:
    for tag in ("DA", "Y1", "PY", "PD"):
        for value in got.get(tag, ()):
            found = dates.date(value)
            if not found and tag != "PY" and "PY" in got and not dates.year(value):
                found = dates.date(f"{value} {got['PY'][0][:4]}")
            if found:
                return found
    return ""


_FULL = ("JF", "T2", "JO", "JA", "J1", "J2", "J9", "JI", "BT")
_SHORT = ("J2", "JI", "JA", "J1", "J9", "JO")


def _journal(got: Got, kind: str) -> tuple[str, str]:
    """Return title and abbreviation of the journal, the proceedings or the book it is part of."""
    if kind in _WHOLE:
        full = _text(got, "JF", "JO", "T2", "T3") if kind != "book" else _text(got, "JF", "JO")
    elif kind in ("chapter", "conference"):
        full = _text(got, "T2", "BT", "JF", "JO", "C3", "T3")
    else:
        full = _text(got, *_FULL) or _text(got, "T3")
    short = _text(got, *_SHORT)
    return full, short if short.casefold() != full.casefold() else ""


def _pages(got: Got) -> str:
    start, end = _one(got, "SP"), _one(got, "EP", "LP")
    if start.isdecimal() and end.isdecimal():
        return f"{start}-{end}" if start != end else start
    if not end and start[:1].isdigit() and start.replace("-", "").isalnum():
        return start
    if start == "No" and end == "Specified":
        return ""
    start = clean(start) or _text(got, "PG") or ("" if "C7" in got else _text(got, "AR"))
    return pages(start, clean(end))


def _article_number(got: Got) -> str:
    number = _text(got, "C7", "AR")
    # Registries write other things there.
    return number if not number.startswith("PMC") and _DIGIT.search(number) else ""


_DIGIT = re.compile(r"\d")


def _registration(got: Got) -> str:
    for tag in ("AN", "ID", "U3"):
        if tag in got:
            found = identifiers.registration(got[tag])
            if found:
                return found
    if "C3" in got and got["C3"][0].startswith(("CTgov", "ICTRP")):  # CENTRAL
        return identifiers.registration(got["C3"])
    address = _one(got, "UR")
    return identifiers.registration((address,)) if "trial" in address else ""


_DOI_TAGS = ("DO", "DI", "DOI", "L3", "M3", "AN", "ID", "C1", "C2", "M1", "U1", "U3")
_LINK_TAGS = ("UR", "L2", "LK", "L1", "N1")
_NAMED_DOI = re.compile(r"^\W*(?:\w+\s*[:=]\s*)?doi\b|^10\.|doi\.org/10\.|\bdoi:\s*10\.", re.I)


def _doi(got: Got) -> str:
    for tag in _DOI_TAGS:
        for value in got.get(tag, ()):
            if "10." in value and (tag[0] == "D" or _NAMED_DOI.search(value)):
                found = identifiers.doi(value)
                if found:
                    return found
    for tag in _LINK_TAGS:
        for value in got.get(tag, ()):
            if "10." in value and _is_address_of_doi(tag, value):
                found = identifiers.doi_of_url(value)
                if found:
                    return found
    return ""


def _is_address_of_doi(tag: str, value: str) -> bool:
    if tag == "N1":
        named = len(value) < 300 and _NAMED_DOI.search(value)
        return bool(named) and not OWN_NOTE.match(value)
    return "doi" in value.lower() or "/10." in value


def _pmid(got: Got) -> str:
    for tag in ("PMID", "PM"):
        if tag in got and (found := identifiers.pmid(got[tag][0])):
            return found
    for tag in ("C5", "C2"):
        if tag in got:
            value = got[tag][0]
            if value.isdigit() and 4 <= len(value) <= 8:
                return identifiers.pmid(value)
    values = [value for tag in _MAY_NAME_PMID if tag in got for value in got[tag]]
    if values and _hints_at_pmid("|".join(values)):
        for value in values:
            if not _hints_at_pmid(value) or OWN_NOTE.match(value):
                continue
            if found := identifiers.pmid_named(value):
                return found
    return _pmid_as_accession(got) if "DB" in got or "DP" in got else ""


_MAY_NAME_PMID = ("U1", "C3", "C2", "UR", "AN", "N1", "ID")
# The last three are EBSCO's names of it.
_MEDLINE = re.compile(r"pubmed|medline|\bnlm\b|^pmc$|\b(?:cmedm|mdc|mnh)\b", re.I)


def _hints_at_pmid(value: str) -> bool:
    # Plain searches, because notes can be long and this is asked of every record.
    lowered = value.lower()
    return "pmid" in lowered or "med" in lowered or "mdl-" in lowered


@lru_cache(maxsize=256)
def _is_medline(place: str) -> bool:
    return bool(_MEDLINE.search(place)) and "embase" not in place.lower()


def _pmid_as_accession(got: Got) -> str:
    """In MEDLINE the accession number is the PMID."""
    if not _is_medline(" ".join((*got.get("DB", ()), *got.get("DP", ())))):
        return ""
    for tag in ("AN", "ID", "UI"):
        # ProQuest writes its own number before the database's.
        value = _one(got, tag).rpartition(";")[2].strip()
        if value.isdigit() and 5 <= len(value) <= 8:
            return identifiers.pmid(value)
    return ""


def _pmcid(got: Got) -> str:
    for tag in ("PMCID", "C2", "AN", "U2", "UR", "L2", "ID"):
        if tag in got:
            for value in got[tag]:
                if "PMC" in value and (found := identifiers.pmcid(value)):
                    return found
    return ""


def _serial(got: Got) -> tuple[str, str]:
    values = got.get("SN", ())
    if len(values) == 1 and identifiers.is_issn(values[0]):
        return values[0], ""
    issn = isbn = ""
    for value in (*got.get("SN", ()), *got.get("ISSN", ()), *got.get("ISBN", ())):
        issn = issn or identifiers.issn(value)
        isbn = isbn or identifiers.isbn(value)
    return issn, isbn


def _publication_type(got: Got) -> tuple[str, ...]:
    return _kinds((*got.get("M3", ()), *got.get("PT", ())))


@lru_cache(maxsize=256)
def _kinds(values: tuple[str, ...]) -> tuple[str, ...]:
    return keywords(value for value in values if not identifiers.doi(value))


_ACCESSION = re.compile(r"Accession Number: ([\w.-]{2,39}\w)")
_EMBASE = re.compile(r"^L\d{6,12}$")


def _accession(got: Got) -> str:
    found = _text(got, "AN", "UT")
    if found:
        return found
    named = _ACCESSION.match(got["N1"][0]) if "N1" in got else None
    if named:
        return named[1]
    embase = next((v for v in got.get("U2", ()) if _EMBASE.match(v)), "")
    return embase or (_text(got, "ID") if "T1" in got or "DB" in got else "")


def _keywords(got: Got) -> tuple[str, ...]:
    words = got.get("KW", [])
    for tag in ("DE", "MH", "KP"):
        if tag in got:
            words = [*words, *got[tag]]
    if len(words) == 1 and not words[0].endswith(WHOLE):
        words = words[0].replace("；", ";").split(";")
    return keywords(words)


def _url(got: Got) -> str:
    for tag in ("UR", "L2", "LK", "L1"):
        for value in got.get(tag, ()):
            if value.startswith(("http", "//", "www.", "ftp")):
                return value.split("; http", 1)[0].split(";http", 1)[0].split("  ", 1)[0]
    return ""
