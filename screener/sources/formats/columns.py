"""Column headings into fields: the alias table of all spreadsheets and JSON lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

# Each field with the headings that mean it, best first; the headings are folded as `fold` does.
ALIASES: Mapping[str, str] = {
    "title": "title|article title|item title|document title|primary title|ti|paper title|titel|"
    "titre|titulo|titolo|study title|scientific title|citation title|record title|"
    "name of publication|publication title en|title primary|brief title|public title|"
    "display name|article name|titel des beitrags|bib title",
    "translated_title": "translated title|original title|title original|foreign title|"
    "original foreign title|title translated|translated article title|vernacular title",
    "authors": "authors|author|author names|first authors|author name|au|creators|"
    "creator|autoren|autor|auteurs|auteur|autores|autori|primary authors|authors primary|"
    "contributors|author list|authorships author display name|autor in|verfasser|"
    "autor herausgeber oder institution|author data",
    "full_authors": "author full names|authors full|authors full names|full author names",
    "group_authors": "group authors|corporate authors|corporate author|collective name",
    "sponsor": "sponsor|lead sponsor|primary sponsor|primary sponsor name|sponsor name|"
    "sponsor collaborators",
    "editors": "editors|editor|secondary authors|authors secondary|book editors|herausgeber",
    "year": "year|publication year|published year|year published|year of publication|py|pub year|"
    "jahr|annee|annee de publication|ano|ano de publicacion|anno|erscheinungsjahr|"
    "jahr ermittelt|date published year|issue year|item year",
    "date": "date|publication date|date published|date of publication|published date|cover date|"
    "pub date|pub date free form|issue date|online date|start date|date registration3|"
    "date registration|date of registration|first posted|date applied|submit date|published|"
    "datum|fecha|early access date|date free form",
    "month": "month|published month|publication month|pub month|monat|mois|mes",
    "day": "day|publication day",
    "journal": "journal|journal title|source title|publication title|pub title|journal name|"
    "journal book|periodical full|secondary title|publication|alternate title3|"
    "journal full title|periodical|zeitschrift|zeitschrift zeitung|zeitschriftentitel|revue|"
    "revista|rivista|titre de la publication|titulo de la publicacion|container title|"
    "publication name|so|jf|book title|proceedings title|source register|t2|"
    "parent title|anthology title|title secondary|primary location source display name|"
    "venue|host publication title|conference name|conference title|conference|meeting name",
    "journal_abbreviation": "journal iso abbreviation|journal abbreviation|periodical abbrev|"
    "abbreviated source title|abbreviated journal title|alternate title2|alternate title1|"
    "iso source abbreviation|journal abbrev|journal short title|iso abbreviation|"
    "j9|ji|j2|abbreviated journal",
    "source": "source",
    "citation": "citation|bibliographic citation",
    "volume": "volume|journal volume|vol|vl|band|tome|volumen|jahrgang|biblio volume|"
    "volume number",
    "issue": "issue|issue number|number|iss|journal issue|issue part|is|no|heft|heftnummer|numero|"
    "nummer|issue no|biblio issue|number issue",
    "pages": "pages|page range|page numbers|pagination|pp|pg|page|seiten|seiten von bis|"
    "paginas|medlinepgn|page info|pagine|journal pages",
    "start_page": "start page|first page|page start|sp|beginning page|begin page|"
    "biblio first page|bp",
    "end_page": "end page|last page|page end|ep|ending page|other pages|biblio last page",
    "article_number": "article number|art no|article no|ar|article id|e location",
    "doi": "doi|item doi|digital object identifier|doi number|di|do|doi link|article doi|doi name|"
    "ids doi|external ids doi|doi url|prism doi|electronic resource number",
    "pmid": "pmid|pubmed id|pubmed|medline pmid|pm|pubmed identifier|pubmed id pmid|ids pmid|"
    "external ids pub med",
    "pmcid": "pmcid|pmc|pubmed central id|ids pmcid|external ids pub med central",
    "issn": "issn|issns|issn print|print issn|sn|eissn|issn electronic|issn isbn|"
    "standard number|isbn issn",
    "isbn": "isbn|isbns|bn|isbn print|print isbn|isbn issn|issn isbn|standard number",
    "accession": "accession number|embase accession id|ut unique wos id|ut unique id|eid|lens id|"
    "an|unique id|accession no|openalex id|nct number|trial id|isrctn|isrctn number|"
    "eudract number|mainid|pui|cochrane id|cochrane review id|publication id|eric number|accn|"
    "ut|uid|s2id|corpus id|paper id|key|cle|"
    "source id|item id|ref id|record id",
    "database": "database|source database|name of database|database provider|db|library catalog|"
    "data source|database name|long db name|db name|sub file database|retrieved from",
    "registration": "registration|nct number|trial id|isrctn|isrctn number|eudract number|"
    "clinical trial numbers|"
    "trial registration|registration number|nct id|mainid|trial registry number",
    "abstract": "abstract|abstract note|ab|notes abstract|summary|brief summary|description|"
    "zusammenfassung|resume|resumen|resumo|riassunto|abstract en|abstracts|n2|abstract text|"
    "original abstract|original non english abstract",
    "keywords": "keywords|author keywords|keyword|manual tags|automatic tags|subjects|subject|kw|"
    "index keywords|mesh terms|mesh|emtree drug index terms major focus|emtree drug index terms|"
    "emtree medical index terms major focus|emtree medical index terms|ieee terms|"
    "schlagworter|schlagworte|mots cles|palabras clave|parole chiave|keywords plus|descriptors|"
    "subject terms|subject headings|identifier keywords|conditions|condition|health condition|"
    "mesh headings|keywords display name|id keywords",
    "language": "language|article language|language of original document|languages|la|sprache|"
    "langue|idioma|lingua",
    "url": "url|urls|article url|link|dimensions url|external url|source urls|study url|"
    "web address|document url|embase link|plink|ur|persistent link|uri|source url|links|"
    "record url|web of science record|full text link|full text url|pdf link|download url",
    "publication_type": "publication type|document type|type of work|doctype|study type|"
    "content type|dt|m3|document types|doc types|pub types|article type|pub type|work type",
    "type": "item type|type of reference|entry type|reference type|record type|type|ty|"
    "document identifier|content type|publication type|document type|doctype|article type|"
    "work type|doc types|pub types|dokumententyp|type d element|tipo de elemento|tipo",
    "publisher": "publisher|book publisher|publisher name|pb|verlag|editeur|editorial",
    "extra": "extra",
}  # fmt: skip
_BY_HEADING: dict[str, list[tuple[int, str]]] = {}
for _field, _headings in ALIASES.items():
    for _rank, _heading in enumerate(_headings.split("|")):
        _BY_HEADING.setdefault(_heading.replace(" ", ""), []).append((_rank, _field))

# Headings that alone say nothing: other tables have them too.
_WEAK = frozenset(("type", "date", "start", "end", "number", "no", "an", "is", "do", "so", "key",
                   "source", "page", "name", "language", "description", "link", "subject", "id",
                   "published", "publication", "condition", "conditions", "url", "summary",
                   "month", "day", "mes", "extra", "conference", "venue", "itemid", "uid",
                   "paperid", "displayname", "tipo", "datum", "links"))  # fmt: skip


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """Return a heading in lower case, without accents, punctuation and doubled spaces."""
    plain = unicodedata.normalize("NFKD", heading)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", plain).split())


@lru_cache(maxsize=4096)
def _meant(heading: str) -> list[tuple[int, str]]:
    # "AccessionNumber", "accession_number" and "Accession number" are one heading.
    return _BY_HEADING.get(fold(heading).replace(" ", ""), [])


def fields_of(heading: str) -> tuple[str, ...]:
    """Return the fields that a heading means; usually one or none."""
    return tuple(field for _, field in _meant(heading))


def rank(heading: str, field: str) -> int:
    """Return how well a heading fits a field, 0 being best."""
    return next((r for r, f in _meant(heading) if f == field), 99)


def score(headings: Iterable[str]) -> float:
    """Return how much a row of cells looks like the headings of a table of references."""
    folded = [fold(text).replace(" ", "") if len(text) < 60 else "" for text in headings]
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


def places(
    headings: Sequence[str], columns: Mapping[int, tuple[str, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field by number, the one with the best heading first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, fields in columns.items():
        for field in fields:
            found.setdefault(field, []).append((rank(headings[number], field), number))
    return {field: tuple(number for _, number in sorted(pairs)) for field, pairs in found.items()}


def values(cells: Sequence[str], places: Mapping[str, tuple[int, ...]]) -> dict[str, list[str]]:
    """Return the cells of one row by field, those that are not empty."""
    width = len(cells)
    return {
        field: found
        for field, numbers in places.items()
        if (found := [text for n in numbers if n < width and (text := cells[n].strip())])
    }
