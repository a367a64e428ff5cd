"""BibTeX and BibLaTeX: entries into records."""

from __future__ import annotations

import re

from screener.model import Entry, Fields, Skipped
from screener.sources import dates
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.bibtex_entries import BibEntry, entries
from screener.sources.formats.format import Format, Found
from screener.sources.formats.ris_fields import record_type
from screener.sources.latex import decode
from screener.sources.names import collective, person
from screener.sources.origins import database_of
from screener.sources.page_numbers import pages
from screener.sources.people import SUFFIX, Name, is_group, people
from screener.sources.writers.writer import OWN_NOTE

TYPES = {
    "article": "article", "inproceedings": "conference", "conference": "conference",
    "proceedings": "book", "book": "book", "mvbook": "book", "collection": "book",
    "booklet": "book", "inbook": "chapter", "incollection": "chapter", "inreference": "chapter",
    "bookinbook": "chapter", "reference": "book", "periodical": "article", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "patent": "patent",
    "dataset": "dataset", "unpublished": "preprint", "manual": "report", "misc": "",
}  # fmt: skip
_ENTRY = re.compile(r"@[ \t]{0,4}(\w{3,20})[ \t\n]{0,4}[{(][^,=\n{}@]{0,200},")
_VERBATIM = re.compile(r"\\([_%&#~{}])")
_BRACED = re.compile(r"(?<!\\)\{(\\?[^{}\\])\}")  # Mendeley's {\_}
_KEYWORD = re.compile(r"(?:\{[^{}]*\}|[^;])+")  # a semicolon in braces is no joint
_GROUP = re.compile(r"\{(?!\\\W)(?:[^{}]|\{[^{}]*\})*\}")  # not {\"O}
_HOMONYM = re.compile(r" \d{4}$")  # DBLP's "Carl Hill 0001"
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "la",
        "le",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "ter",
        "ten",
        "zu",
        "zur",
        "af",
        "av",
    ]
)
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_OWN = ("accession", "database", "registration", "translated_title", "article_number")


def recognise(content: Content) -> float:
    """Look for an entry."""
    found = [m[1].lower() for m in _ENTRY.finditer(content.sample)]
    if any(kind in TYPES or kind in ("set", "xdata", "string") for kind in found):
        return 0.9
    return 0.5 if found and re.search(r"^\s*\w+\s*=\s*[{\"]", content.sample, re.M) else 0.0


def read(content: Content) -> Found:
    """Yield the entries of a BibTeX file as records."""
    for found in entries(content.chunks()):
        if isinstance(found, Skipped):
            yield found
        elif found.kind not in ("set", "xdata"):
            raw = (("@" + found.kind, found.key), *found.values)
            remarks = (found.remark,) if found.remark else ()
            yield Entry(fields=_fields(found), raw=raw, line=found.line, remarks=remarks)


def _fields(entry: BibEntry) -> Fields:
    def text(*names: str) -> str:
        return decode(entry.one(*names))

    kind = TYPES.get(entry.kind, "other")
    # Own exports note decisions there, which name no identifiers of the record.
    said = ("note", "annote", "annotation", "addendum", "howpublished")
    notes = (entry.one(name) for name in said if not OWN_NOTE.match(text(name)))
    note = re.sub(r"[{}]", " ", " | ".join(filter(None, notes)))
    documents = text("document_type", "type").split(";")
    links = [verbatim(entry.one(name)) for name in ("url", "ee", "link")]
    archive = (entry.one("archiveprefix") + entry.one("eprinttype")).lower()
    return make_fields(
        type=entry.one("record_type") or _kind(kind, archive, documents),
        title=_title(entry),
        translated_title=text("translated_title"),
        authors=authors(entry.one("author")) or authors(entry.one("editor"))
        or authors(entry.one("organization", "institution")),
        year=first(text("year"), text("date")),
        date=_date(entry),
        journal=text("journal", "journaltitle", "journal-full", "booktitle", "maintitle"),
        journal_abbreviation=text("shortjournal", "journal-iso", "abbrev_source_title"),
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=pages(text("pages", "page").replace("–", "-")),
        article_number=text("article_number", "article-number", "eid", "articleno", "art_number"),
        doi=first(verbatim(entry.one("doi")), *(link for link in links if "doi.org" in link)),
        pmid=first(text("pmid", "pubmed_id", "pubmed-id", "pubmedid"),
                   text("eprint") if archive == "pubmed" else ""),
        pmcid=text("pmcid"),
        issn=text("issn", "eissn"),
        isbn=text("isbn"),
        accession=text("accession", "unique-id", "accession_number"),
        database=first(text("database"), database_of(text("unique-id")), text("source")),
        registration=text("registration"),
        abstracts=[text("abstract")],
        keywords=_keywords(entry),
        language=text("language", "langid"),
        url=verbatim(entry.one("url")).split(" ")[0],
        publication_type=text("publication_type").split(";") + documents,
        publisher=text("publisher", "school", "institution"),
        notes=[note],
    )  # fmt: skip


def _kind(kind: str, archive: str, documents: list[str]) -> str:
    if kind in ("", "other") and archive in ("arxiv", "medrxiv"):
        return "preprint"
    if kind in ("", "other", "article"):
        # Scopus and Web of Science call nearly everything an article and say here what it is.
        said = (record_type(document) for document in documents)
        return next((more for more in said if more not in ("", "other", "article")), kind)
    return kind


def _title(entry: BibEntry) -> str:
    main, rest = decode(entry.one("title")), decode(entry.one("subtitle"))
    return f"{main}: {rest}" if main and rest else main or decode(entry.one("booktitle"))


def _date(entry: BibEntry) -> str:
    if entry.one("date"):
        return decode(entry.one("date"))
    year, month, day = (decode(entry.one(name)) for name in ("year", "month", "day"))
    return dates.joined(year, month, day) if month else ""


def verbatim(text: str) -> str:
    """Return an address or identifier: only the escapes are undone."""
    plain = _BRACED.sub(r"\1", " ".join(text.split()))
    return _VERBATIM.sub(r"\1", plain).replace("{}", "").strip("{} ")


def _keywords(entry: BibEntry) -> list[str]:
    found: list[str] = []
    for name in ("keywords", "author_keywords", "keyword", "keywords-plus", "mesh"):
        text = entry.one(name)
        # BibTeX has no rule; a semicolon, where there is one, is the joint, else the comma.
        found += _KEYWORD.findall(text) if ";" in text else text.split(",")
    return [decode(word) for word in found]


def authors(text: str) -> list[str]:
    """Take an author field apart; what stands in braces of its own is one name, a group's."""
    return [name for part in _names(text) for name in _author(part)]


def _names(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    text = " ".join(text.split())
    for sign in re.finditer(r"\\[{}]|[{}]| and ", text, re.I):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
        elif depth <= 0 and sign[0][0] != "\\":
            parts.append(text[start : sign.start()])
            start = sign.end()
    return [*parts, text[start:]]


def _author(text: str) -> list[str]:
    text = text.strip().lstrip(", ")
    if _GROUP.fullmatch(text):
        return [collective(decode(text))]
    found = people([decode(text)])
    if len(found) != 1:
        return found  # nobody, or a list without "and"
    name = found[0]
    if text.endswith(",") and (name.endswith(",") or "," not in name):  # EndNote's groups
        return [collective(name)]
    if "," in name:
        return [_with_comma([part.strip() for part in name.split(",")])]
    if is_group(name):
        return [Name(name)]
    words = _HOMONYM.sub("", name).split()
    if len(words) < 2 or re.fullmatch(r"(?:[A-Z]\.?-?){1,4}", words[-1]):
        # "Wilson L.N." is turned by the general rule for names without a comma.
        return [name]
    return [_first_last(words)]


def _with_comma(parts: list[str]) -> str:
    if len(parts) > 2 and (SUFFIX.fullmatch(parts[1]) or parts[1].lower() in _SUFFIXES):
        return person(parts[0], " ".join(parts[2:]), parts[1])
    return person(parts[0], ", ".join(part for part in parts[1:] if part))


def _first_last(words: list[str]) -> str:
    """Turn "Ludwig van Beethoven" into "van Beethoven, Ludwig"."""
    suffix = words.pop() if words[-1].lower() in _SUFFIXES and len(words) > 2 else ""
    at = next(
        (n for n, w in enumerate(words[1:-1], 1) if w.lower() in _PARTICLES and w.islower()), -1
    )
    at = at if at > 0 else len(words) - 1
    return person(" ".join(words[at:]), " ".join(words[:at]), suffix)


FORMAT = Format(
    name="bibtex",
    label="BibTeX",
    recognise=recognise,
    read=read,
    begins=r"@(?!(?i:comment|string|preamble|set|xdata)\b)\w{3,20}[ \t]*[{(][^,=\n{}@]{0,200},",
)
