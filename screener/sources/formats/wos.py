"""The tagged format of Web of Science (.ciw, "plain text"), BIOSIS and Zoological Record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from screener.model import Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.tagged import Shape, TaggedRecord, begins_with, entries, records
from screener.sources.names import collective
from screener.sources.origins import database_of
from screener.sources.page_numbers import pages

_TAG = re.compile(r"([A-Z][A-Z0-9])(?:[ \t](.*)|\s*)$", re.S)
_TYPES = (
    ("proceedings", "conference"), ("meeting", "conference"), ("book chapter", "chapter"),
    ("book review", "article"), ("patent", "patent"), ("data", "dataset"), ("thesis", "thesis"),
    ("dissertation", "thesis"), ("preprint", "preprint"), ("article", "article"),
    ("review", "article"), ("letter", "article"), ("editorial", "article"), ("book", "book"),
)  # fmt: skip
_PUBLICATION = {"J": "article", "B": "book", "S": "article", "P": "patent", "C": "conference"}
_OTHERS = re.compile(r"^(?:AU|TI|SO|PY|UT|ER)(?: |$)", re.M)
_NOTE = re.compile(r"\s*\[[^\[\]]*\]")
# The title and the abstract in the language of the country (KCI, CSCD, RSCI; SciELO has two).
_TITLES = ("FT", "Z1", "X1", "Y1")
_ABSTRACTS = ("AB", "Z4", "X4", "Y4")
_KEYWORDS = ("DE", "ID", "MH", "KW", "Z5", "X5", "Y5")


def recognise(content: Content) -> float:
    """Look for PT and a letter, which begins every record."""
    if re.search(r"^\ufeff?PT [A-Z][a-z]{0,10}[ \t]*$", content.sample, re.M):
        return 0.9 if _OTHERS.search(content.sample) else 0.4
    return 0.4 if re.search(r"^\ufeff?FN .{3,80}\n+VR \d", content.sample) else 0.0


def read(content: Content) -> Found:
    """Yield the records of a tagged Web of Science file."""
    shape = Shape(
        tag=_TAG, begins=begins_with("PT"), ends=frozenset(("ER",)),
        around=frozenset(("FN", "VR", "EF")),
        lists=frozenset(("AU", "AF", "BA", "BF", "CA", "GP", "BE", "CR", "ED")),
    )  # fmt: skip
    found = records(content.lines(), shape)
    wanted = (r for r in found if isinstance(r, Skipped) or len(r.raw) > 1 or r.raw[0][1])
    return entries(wanted, _fields)


def is_header(headings: Iterable[str]) -> bool:
    """Whether a table has these tags for its headings, as the tab-delimited export has."""
    return {"AU", "TI", "SO", "PY"} <= set(headings)


def from_cells(headings: Sequence[str], cells: Sequence[str]) -> Fields:
    """Return the record of a row under such a header."""
    raw = [pair for pair in zip(headings, cells, strict=False) if pair[1]]
    return _fields(TaggedRecord(raw=raw, line=0))


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    kinds = every("DT")
    accession = one("UT", "AN")
    return make_fields(
        type=_type(kinds, one("PT")),
        title=one("TI", "BT", *_TITLES),
        translated_title=one(*_TITLES) if one("TI") else "",
        authors=_authors(record),
        year=one("PY") or f"{one('PD')} {one('EY', 'EA')}",
        date=f"{one('PD')} {one('PY')}" if one("PD") else "",
        journal=one("SO", "JN", "J9", "JI", "SE"),
        journal_abbreviation=one("JI", "J9"),
        volume=one("VL"),
        issue=one("IS"),
        pages=pages(first(one("BP", "PS"), one("PG") if "-" in one("PG") else ""), one("EP")),
        article_number=one("AR"),
        doi=one("DI", "D2"),
        pmid=one("PM", "PMID"),
        issn=one("SN", "EI"),
        isbn=one("BN"),
        accession=accession,
        database=database_of(accession),
        abstracts=[one(*_ABSTRACTS)],
        keywords=[w for text in every(*_KEYWORDS) for w in text.split(";")],
        language=one("LA"),
        url=one("UR"),
        publication_type=[kind for text in kinds for kind in text.split(";")],
        publisher=one("PU"),
    )  # fmt: skip


def _type(kinds: list[str], publication: str) -> str:
    lowered = "; ".join(kinds).lower()
    found = next((kind for word, kind in _TYPES if word in lowered), "")
    return found or _PUBLICATION.get(publication[:1], "")


def _authors(record: TaggedRecord) -> list[str]:
    """Full names where each author has one; groups follow. GP sponsors a meeting."""
    full, short = _names(record, "AF", "BF"), _names(record, "AU", "BA")
    people = full if full and len(full) >= len(short) else short
    groups = _names(record, "CA")
    found = [*people, *map(collective, groups)]
    return found or _names(record, "BE", "ED")


def _names(record: TaggedRecord, *tags: str) -> list[str]:
    texts = (_NOTE.sub("", text) for text in record.all(*tags))
    return [found for text in texts for name in text.split(";") if (found := name.strip())]


FORMAT = Format(
    name="ciw",
    label="Web of Science tagged text",
    recognise=recognise,
    read=read,
    begins=r"PT [A-Z]\b",
)
