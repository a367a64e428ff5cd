"""Column headings into fields, and how a table is read: its header, and what each column fills."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

# Each field with the headings that mean it, best first; the headings are folded as `fold` does.
ALIASES: dict[str, str] = {
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
_BY_HEADING: dict[str, dict[str, int]] = {}
for _field, _headings in ALIASES.items():
    for _rank, _heading in enumerate(_headings.split("|")):
        _BY_HEADING.setdefault(_heading.replace(" ", ""), {}).setdefault(_field, _rank)

SEARCHED = 60
"""The rows at the beginning among which the header is looked for."""
IN_WORKBOOK = ""
"""The delimiter of a workbook's sheet, which has none."""

_LEAST = 2  # points of a row of known headings
_SURE = 4
_MOST = 0.8  # of the rows have as many cells as the header
SEVERAL = frozenset(("keywords", "publication_type"))
"""Fields that several columns may fill together when a person says so."""

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
def _meant(heading: str) -> dict[str, int]:
    """Return the fields that a heading means, usually one or none, with how well, 0 being best."""
    # "AccessionNumber", "accession_number" and "Accession number" are one heading.
    return _BY_HEADING.get(fold(heading).replace(" ", ""), {})


def score(headings: Iterable[str]) -> float:
    """Return how much a row of cells looks like the headings of a table of references."""
    folded = [fold(text).replace(" ", "") if len(text) < 60 else "" for text in headings]
    known = {f: h for h in folded if h in _BY_HEADING for f in list(_BY_HEADING[h])[:1]}
    strong = sum(h not in _WEAK for h in known.values())
    if "title" not in known:
        return 0.5 * strong if strong > 2 else 0.0
    return 2 + strong + 0.25 * (len(known) - strong)


def assign(headings: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Say for each column by number which fields it fills.

    Of two columns for one field the one whose heading fits better comes first; both are kept, so
    that the second can fill in where the first is empty. Equal headings count from left to right.
    """
    return {n: tuple(found) for n, text in enumerate(headings) if (found := _meant(text))}


def places(
    headings: Sequence[str], columns: dict[int, tuple[str, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field by number, the one with the best heading first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, fields in columns.items():
        for field in fields:
            found.setdefault(field, []).append((_meant(headings[number]).get(field, 99), number))
    return {field: tuple(number for _, number in sorted(pairs)) for field, pairs in found.items()}


def values(cells: Sequence[str], places: dict[str, tuple[int, ...]]) -> dict[str, list[str]]:
    """Return the cells of one row by field, those that are not empty."""
    width = len(cells)
    return {
        field: found
        for field, numbers in places.items()
        if (found := [text for n in numbers if n < width and (text := cells[n].strip())])
    }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a table is read; the person may change `columns` where the program is not sure.

    `headings` are the cells of the header, `columns` says for each column by number which fields
    it fills; `header` is the number of rows before the first record (the header is the last).
    """

    delimiter: str
    header: int
    headings: tuple[str, ...]
    columns: dict[int, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    sure: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """The first rows of a sheet, or of a text parted in one of several ways."""

    delimiter: str
    rows: Sequence[Sequence[str]]


def headings(row: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of a header as they are compared and shown."""
    return tuple(cell.strip().lstrip("\ufeff") for cell in row)


def known(tables: Iterable[FirstRows]) -> Mapping | None:
    """Return the header of known headings that says most; None where there is none."""
    best: tuple[float, Mapping] | None = None
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            points = score(row)
            if not points or not _may_be_header(table, row, points):
                continue
            named = headings(row)
            found = Mapping(
                delimiter=table.delimiter, header=number, headings=named,
                columns=assign(named), sure=points >= _SURE,
            )  # fmt: skip
            if best is None or _is_better(found, points, best[1], best[0]):
                best = points, found
    return best[1] if best else None


def _is_better(found: Mapping, points: float, than: Mapping, others: float) -> bool:
    """Whether a header fits better than another; of two sure ones the one that comes first.

    A text may hold a row of headings inside a cell; the sheets of a workbook have each their own.
    """
    if found.sure and than.sure and IN_WORKBOOK not in (found.delimiter, than.delimiter):
        return (found.header, -points) < (than.header, -others)
    return points > others


def _may_be_header(table: FirstRows, row: Sequence[str], points: float) -> bool:
    """Ask more of a sheet: a workbook has sheets that hold no references."""
    return points >= _LEAST if table.delimiter == IN_WORKBOOK else len(row) > 1


def guessed(tables: Iterable[FirstRows]) -> Mapping | None:
    """Take the first of many rows with equally many cells for the header; a person looks at it."""
    best: tuple[float, Mapping] | None = None
    for table in tables:
        found = _by_shape(table)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _by_shape(table: FirstRows) -> tuple[float, Mapping] | None:
    rows, delimiter = table.rows, table.delimiter
    usual = Counter(len(row) for row in rows).most_common(1)
    width, count = usual[0] if usual else (0, 0)
    in_workbook = delimiter == IN_WORKBOOK
    header = next((n for n, row in enumerate(rows, 1) if _is_as_wide(row, width, delimiter)), 0)
    if not header or width < (3 if delimiter == "," else 2) or count < (1 if in_workbook else 2):
        return None
    below = rows[header - 1 :]
    if in_workbook:  # empty cells at the end of a row are not stored
        width = len(rows[header - 1])
        count = sum(0 < len(row) <= width for row in below)
    share = count / len(below)
    if len(below) < 2 or share < _MOST:
        return None
    named = headings(rows[header - 1])
    found = Mapping(
        delimiter=delimiter, header=header, headings=named, columns=_assigned(named), sure=False
    )
    return share * width, found  # names and sentences hold commas, but not so many


def _is_as_wide(row: Sequence[str], width: int, delimiter: str) -> bool:
    return len(row) >= width if delimiter == IN_WORKBOOK else len(row) == width


def _assigned(named: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Say which columns are known; in a language of its own two letters may be any word."""
    return {n: fields for n, fields in assign(named).items() if len(named[n]) > 2}


def settled(
    usual: dict[int, tuple[str, ...]], chosen: dict[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """Return the columns as chosen; a chosen field is taken from the columns nobody touched."""
    taken = {field for fields in chosen.values() for field in fields} - SEVERAL
    untouched = {
        column: tuple(field for field in fields if field not in taken)
        for column, fields in usual.items()
        if column not in chosen
    }
    return {n: fields for n, fields in sorted({**untouched, **chosen}.items()) if fields}
