"""Ovid's own text exports: `<1. >` before each record, then tags or field names in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.model import Entry, Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found, cut, refuse_large
from screener.sources.formats.ovid_sources import apart
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.tagged import TaggedRecord
from screener.sources.page_numbers import pages
from screener.sources.people import starts_with_degree

_NUMBER = re.compile(r"^\ufeff?<\s*\d+\s*\.?\s*>\s*$")
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$", re.S)
_FIRST_TAG = re.compile(r"^\ufeff?VN {1,2}- ")
_NAME = re.compile(r"^[A-Z][A-Za-z&/().' -]{1,60}:?\s*$")
# Field names in words, as the tags that say the same.
_WORDS = {
    "accession number": "AN", "unique identifier": "UI", "author": "AU", "authors": "AU",
    "full author name": "FA", "author full name": "FA", "authors full name": "FA",
    "full author names": "FA", "author name": "FA", "author(s)": "AU", "editor": "ED",
    "institution": "IN",
    "title": "TI", "chapter title": "CT", "book title": "BT", "original title": "OT",
    "translated title": "TI", "source": "SO", "journal title": "JN", "journal": "JN",
    "journal name": "JN", "abstract": "AB", "author keywords": "KW", "keyword": "KW",
    "keywords": "KW", "keyword heading": "KW", "key phrase identifiers": "KW",
    "mesh subject headings": "MH", "subject headings": "MH", "emtree heading": "MH",
    "heading words": "MH", "language": "LG", "document type": "PT", "publication type": "PT",
    "issn": "IS", "issn print": "IS", "issn electronic": "IS", "isbn": "IB", "doi number": "DO",
    "digital object identifier": "DO", "doi": "DO", "pmid": "PM", "pubmed id": "PM",
    "pmid/pubmed id": "PM", "pubmed identifier": "PM", "year of publication": "YR",
    "publication year": "YR", "date of publication": "DP", "publication date": "DP",
    "publisher": "PB", "database": "DB", "volume": "VO", "issue": "IP", "issue/part": "IP",
    "page": "PG", "pages": "PG", "pagination": "PG", "url": "UR",
}  # fmt: skip
_NUMBER_NAMED = re.compile(r"\[(?:doi|pii|pmc|pubmed)\]$")  # MEDLINE's ID holds these
_DATED = re.compile(r"Date of Publication: ([^.]{4,40})")
_ARTICLE = re.compile(r"Article Number: ([\w.-]{1,30}?)\.(?=\s|$)")
_NOTE_IN_TITLE = re.compile(
    r"\.?\s*\[(?:Article|Miscellaneous|Review|Letter|Editorial|Report|Miscellaneous Article|"
    r"Original Article|Abstract|Erratum|Conference Abstract|References)\]\.?\s*$"
)


def recognise(content: Content) -> float:
    """Look for the bracketed numbers or the VN tag with Ovid's name."""
    sample = content.sample
    if re.search(r"^\ufeff?VN {1,2}- Ovid", sample, re.M):
        return 0.97
    numbered = re.search(r"^\ufeff?<\s*\d+\s*\.?\s*>\s*$", sample, re.M)
    return 0.85 if numbered and not re.search(r"^TY  -", sample, re.M) else 0.0


def read(content: Content) -> Found:
    """Yield the records of an Ovid text export."""
    for found in _records(content.lines()):
        if isinstance(found, Skipped):
            yield found
        else:
            fields = _fields(found)
            raw, line = tuple(found.raw), found.line
            yield Entry(fields=fields, raw=raw, line=line, remarks=_remarks(found, fields))


def _remarks(record: TaggedRecord, fields: Fields) -> tuple[str, ...]:
    source = " ".join(record.one("SO", "Source").split())
    if not source or fields.volume or fields.issue or fields.pages or fields.article_number:
        return ()
    return (f"The source “{cut(source, 200)}” could not be taken apart into volume and pages.",)


def _records(lines: Iterator[str]) -> Iterator[TaggedRecord | Skipped]:
    record = _Record(line=1)
    open_ = False
    for number, line in enumerate(lines, 1):
        stripped = line.strip().lstrip("\ufeff")
        numbered = bool(_NUMBER.match(line))
        if numbered or (_FIRST_TAG.match(line) and record.has_version):
            yield from record.finished()
            record = _Record(line=number)
            open_ = True
        open_ = open_ or bool(_FIRST_TAG.match(line))
        if numbered or not stripped:
            continue
        if not open_:
            yield Skipped(
                line=number, text=stripped[:500], why="This text stands before the records."
            )
        elif not record.take(line, stripped):
            yield Skipped(line=number, text=stripped[:500], why="This line belongs to no field.")
    yield from record.finished()


class _Record:
    """One record while its lines come in: the names of its fields, each with its lines."""

    def __init__(self, *, line: int) -> None:
        self._line = line
        self._named: list[tuple[str, list[str]]] = []
        self._size = 0
        self.has_version = False

    def take(self, line: str, stripped: str) -> bool:
        """Take a line; False when it belongs to no field."""
        self._size += len(stripped)
        refuse_large(self._size, self._line)
        match = _TAG.match(line)
        if match:
            self._begin(match[1], match[2].strip())
        elif line[0] not in " \t" and _NAME.match(stripped) and self._may_be_named(stripped):
            self._begin(stripped.rstrip(": "), "")
        elif self._named:
            self._named[-1][1].append(stripped)
        return bool(self._named)

    def finished(self) -> Iterator[TaggedRecord]:
        """Yield the record unless it is empty."""
        if self._named:
            raw = [(name, "\n".join(lines)) for name, lines in self._named]
            yield TaggedRecord(raw=raw, line=self._line)

    def _begin(self, name: str, value: str) -> None:
        self._named.append((name, [value] if value else []))
        self.has_version = self.has_version or (name == "VN" and value != "")

    def _may_be_named(self, stripped: str) -> bool:
        """Whether a line alone may be a field's name: a known one, or in a record of such names."""
        known = not self._named or stripped.rstrip(":").lower() in _WORDS
        return known or not _TAG.match(self._named[-1][0] + "  - ")


def _fields(record: TaggedRecord) -> Fields:
    same = [(_WORDS.get(name.lower(), name), value) for name, value in record.raw]
    known = TaggedRecord(raw=same, line=record.line)
    one, every = known.one, known.all
    source = " ".join(one("SO").split())
    parts = apart(source)
    kinds = [kind for text in every("PT") for kind in re.split(r"[\n;]|\.\s+", text)]
    numbers = [value for value in every("ID") if _NUMBER_NAMED.search(value)]
    dated = _DATED.search(source)
    number = _ARTICLE.search(source)
    database = one("DB")
    return make_fields(
        type=record_type("; ".join(kinds)) if kinds else "article" if parts.get("volume") else "",
        title=_NOTE_IN_TITLE.sub("", first(one("TI"), one("CT"), one("BT"))),
        authors=_authors(known) or _names(every("ED")),
        year=first(one("YR"), one("DP"), parts.get("rest", ""), source[-60:]),
        date=first(one("DP"), dated[1] if dated else ""),
        journal=first(one("JN"), parts.get("journal", "") or source.split(". ", 1)[0].strip(". ")),
        journal_abbreviation=one("JA"),
        volume=first(one("VO", "VI"), parts.get("volume") or ""),
        issue=first(one("IP"), parts.get("issue") or ""),
        pages=pages(first(one("PG"), parts.get("pages", ""))),
        article_number=number[1] if number else "",
        doi=first(one("DO", "DI"), *(v for v in numbers if v.endswith("[doi]"))),
        pmcid=next((v for v in numbers if v.startswith("PMC")), ""),
        pmid=first(one("PM"), one("UI") if "medline" in database.lower() else ""),
        issn=one("IS", "SN", "EI"),
        isbn=one("IB"),
        # PsycInfo: "Peer Reviewed Journal: 2020-12345-001"
        accession=one("AN", "UI").rpartition(": ")[2].rstrip("."),
        database=database,
        abstracts=[" ".join(every("AB"))],
        keywords=[
            w
            for w in _words(every("KW", "KF", "MH", "SH", "ID", "DE"))
            if not _NUMBER_NAMED.search(w)
        ],
        language=one("LG", "LA").rstrip("."),
        url=next((v for v in every("UR", "XL") if v.startswith("http")), ""),
        publication_type=[kind.rstrip(".") for kind in kinds],
        publisher=one("PB"),
    )


def _authors(record: TaggedRecord) -> list[str]:
    """Full names where each author has one."""
    full, short = _names(record.all("FA")), _names(record.all("AU"))
    return full if len(full) >= len(short) else short


def _names(texts: list[str]) -> list[str]:
    """Return the names without what stands behind them in brackets: "[Author; E-mail: ...]"."""
    named = (_ROLE.sub("", text) for text in texts)
    names = [name.strip() for text in named for name in _apart(text)]
    return [_FULL_WORD.sub("", name) for name in names]


_ROLE = re.compile(r"(?<=\S)\s*\[[^\]]*\]")
_FULL_WORD = re.compile(r"(?<=[^\W\d_][a-zß-ÿ]{2})\.$|(?<=[a-zß-ÿ]{2})\.$")


def _apart(text: str) -> list[str]:
    """Take names apart: by semicolons, lines, or the full stops of older exports."""
    if ";" in text or "\n" in text:
        return re.split(r"[;\n]", text)
    parts = _FULL_STOP.split(text)
    if (
        len(parts) < 2
        or any(map(starts_with_degree, parts))
        or not all(_LISTED.fullmatch(part) for part in parts)
    ):
        return [text]
    return [part.rstrip(". ") for part in parts]


# "Field AB. Hill C." and "Field, Anna B. Hill, Carl."
_FULL_STOP = re.compile(
    r"\.\s+(?=[^.,;]{1,60},)|(?<=[A-Z])\.\s+(?=[^.,;]{1,60}\s[A-Z]{1,4}\.?(?:\s|$))"
)
_LISTED = re.compile(r"[^.,;]{1,60}(?:\s(?:[A-Z]\.?-?){1,4}|,[^.,;]{1,60}(?:\.[^,;]{1,20})?)\.?")


def _words(texts: list[str]) -> list[str]:
    parts = (re.split(r";|\n|(?<=\w{3})\.\s+", text) for text in texts)
    return [word.strip().rstrip(".") for words in parts for word in words]


FORMAT = Format(name="ovid", label="Ovid text", recognise=recognise, read=read)
