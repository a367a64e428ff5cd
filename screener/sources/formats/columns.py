"""Column headings into fields: the alias table of all spreadsheets and JSON lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Each field with the headings that mean it, best first; the headings are folded as `fold` does.
ALIASES: Mapping[str, str] = {
    "title": "title|article title|item title|document title|primary title|ti|paper title|titel|"
    "titre|titulo|study title|scientific title|citation title|record title|name of publication|"
    "publication title en|title primary|brief title|public title",
    "translated_title": "translated title|original title|title original|foreign title",
    "authors": "authors|author|author s|author names|author full names|first authors|author name|"
    "au|creators|creator|autoren|autor|auteurs|auteur|autores|authors full|primary authors|"
    "authors primary|contributors|author list",
    "sponsor": "sponsor|lead sponsor|primary sponsor|sponsor collaborators",
    "editors": "editors|editor|secondary authors",
    "year": "year|publication year|published year|year published|year of publication|py|pub year|"
    "jahr|annee|ano|erscheinungsjahr|date published year|publicationyear|pubyear|issue year",
    "date": "date|publication date|date published|date of publication|published date|cover date|"
    "pub date|online date|start date|date registration|date of registration|date registration3|"
    "first posted|date added to xplore|published",
    "journal": "journal|journal title|source title|publication title|journal name|journal book|"
    "secondary title|publication|alternate title3|journal full title|periodical|zeitschrift|"
    "revue|revista|container title|publication name|so|jf|book title|proceedings title|booktitle|"
    "source register|t2|parent title|journalname",
    "journal_abbreviation": "journal abbreviation|abbreviated source title|"
    "journal iso abbreviation|alternate title2|alternate title1|iso source abbreviation|"
    "j9|ji|j2|abbreviated journal",
    "source": "source",
    "citation": "citation|bibliographic citation",
    "volume": "volume|journal volume|vol|vl|band|tome|volumen",
    "issue": "issue|issue number|number|journal issue|issue part|is|no|heft|numero|nummer|"
    "issue no",
    "pages": "pages|page range|page numbers|pagination|page s|pp|pg|page|seiten|paginas|medlinepgn",
    "start_page": "start page|first page|page start|sp|beginning page|startpage",
    "end_page": "end page|last page|page end|ep|ending page|endpage",
    "article_number": "article number|art no|article no|artno|ar|article id|e location",
    "doi": "doi|item doi|digital object identifier|doi number|di|do|doi link|article doi",
    "pmid": "pmid|pubmed id|pubmed|medline pmid|pubmedid|pm|pubmed identifier|pubmed id pmid",
    "pmcid": "pmcid|pmc|pmc id|pubmed central id",
    "issn": "issn|issns|issn print|print issn|sn|eissn|issn electronic|e issn|issn isbn",
    "isbn": "isbn|isbns|bn|isbn print",
    "accession": "accession number|embase accession id|ut unique wos id|ut unique id|eid|lens id|"
    "an|unique id|accession no|openalex id|nct number|trialid|trial id|mainid|key|source id|"
    "document identifier|ut|s2id|corpus id|refid|ref id|record id|eric number",
    "database": "database|source database|name of database|db|library catalog|data source",
    "registration": "registration|nct number|trialid|trial id|clinical trial numbers|"
    "trial registration|registration number|nct id|mainid",
    "abstract": "abstract|abstract note|ab|notes abstract|summary|brief summary|description|"
    "zusammenfassung|resume|resumen|abstract en|abstracts|n2|abstract text|original abstract",
    "keywords": "keywords|author keywords|keyword|manual tags|automatic tags|subjects|subject|kw|"
    "index keywords|mesh terms|mesh|emtree drug index terms major focus|emtree drug index terms|"
    "emtree medical index terms major focus|emtree medical index terms|ieee terms|"
    "schlagworter|mots cles|palabras clave|keywords plus|descriptors|author key words|"
    "subject terms|subject headings|conditions|condition|mesh headings",
    "language": "language|article language|language of original document|languages|la|sprache|"
    "langue",
    "url": "url|urls|article url|link|pdf link|external url|source urls|study url|web address|"
    "embase link|plink|full text link|fulltexturl|ur|persistent link|uri|articleurl|source url",
    "publication_type": "publication type|document type|type of work|doctype|study type|"
    "content type|dt|m3|document types",
    "type": "type|item type|type of reference|entry type|reference type|ty|record type|work type|"
    "content type|publication type|document type|doctype",
    "publisher": "publisher|book publisher|publisher name|pb|verlag|editeur",
}  # fmt: skip
MANY = frozenset(("keywords", "publication_type", "abstract"))
"""Fields that several columns may fill; of others the first column that is not empty counts."""

_BY_HEADING: dict[str, list[tuple[int, str]]] = {}
for _field, _headings in ALIASES.items():
    for _rank, _heading in enumerate(_headings.split("|")):
        _BY_HEADING.setdefault(_heading, []).append((_rank, _field))

# Headings that alone say nothing: other tables have them too.
_WEAK = frozenset(("type", "date", "start", "end", "number", "no", "an", "is", "do", "so", "key",
                   "source", "page", "name", "language", "description", "link", "subject", "id",
                   "published", "publication", "condition", "conditions", "url",
                   "summary"))  # fmt: skip


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """Return a heading in lower case, without accents, punctuation and doubled spaces."""
    plain = unicodedata.normalize("NFKD", heading)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", plain).split())


def fields_of(heading: str) -> tuple[str, ...]:
    """Return the fields that a heading means; usually one or none."""
    return tuple(field for _, field in _BY_HEADING.get(fold(heading), ()))


def rank(heading: str, field: str) -> int:
    """Return how well a heading fits a field, 0 being best."""
    return next((r for r, f in _BY_HEADING.get(fold(heading), ()) if f == field), 99)


def score(headings: Iterable[str]) -> float:
    """Return how much a row of cells looks like the headings of a table of references."""
    folded = [fold(text) if len(text) < 60 else "" for text in headings]
    known = {f: h for h in folded if h in _BY_HEADING for _, f in _BY_HEADING[h][:1]}
    strong = sum(h not in _WEAK for h in known.values())
    if "title" not in known:
        return 0.5 * strong if strong > 2 else 0.0
    return 2 + strong + 0.25 * (len(known) - strong)


def assign(headings: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Say for each column by number which fields it fills.

    Of two columns for one field the one whose heading fits better comes first; both are kept, so
    that the second can fill in where the first is empty. Equal headings count from left to right.
    """
    return {n: found for n, text in enumerate(headings) if (found := fields_of(text))}


def values(
    cells: list[str], headings: list[str], columns: Mapping[int, tuple[str, ...]]
) -> dict[str, list[str]]:
    """Return the cells of one row by field, best heading first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, fields in columns.items():
        cell = cells[number].strip() if number < len(cells) else ""
        if cell:
            for field in fields:
                found.setdefault(field, []).append((rank(headings[number], field), cell))
    return {
        field: [text for _, text in sorted(pairs, key=lambda pair: pair[0])]
        for field, pairs in found.items()
    }
