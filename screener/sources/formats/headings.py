"""The words over the columns of tables: which field each heading means, in many languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

# Each field with the headings that mean it, best first; the headings are folded as `fold` does.
ALIASES: dict[str, str] = {
    "title": "title|article title|item title|document title|primary title|ti|paper title|titel|"
    "titre|titulo|titolo|study title|scientific title|citation title|record title|"
    "name of publication|publication title en|title primary|brief title|public title|"
    "display name|article name|titel des beitrags|bib title|"
    "document name|chapter title",
    "translated_title": "translated title|original title|title original|foreign title|"
    "original foreign title|title translated|translated article title|vernacular title|"
    "original non english title|non english title|title in original language",
    "authors": "authors|author|author names|first authors|author name|au|creators|"
    "creator|autoren|autor|auteurs|auteur|autores|autori|primary authors|authors primary|"
    "contributors|author list|authorships author display name|autor in|verfasser|"
    "autor herausgeber oder institution|author data|"
    "authorships raw author name|authors list|author names list|writers|author s",
    "full_authors": "author full names|authors full|authors full names|full author names",
    "group_authors": "group authors|corporate authors|corporate author|collective name",
    "sponsor": "sponsor|lead sponsor|primary sponsor|primary sponsor name|sponsor name|"
    "sponsor collaborators",
    "editors": "editors|editor|secondary authors|authors secondary|book editors|herausgeber|"
    "parent authors|editor names",
    "year": "year|publication year|published year|year published|year of publication|py|pub year|"
    "jahr|annee|annee de publication|ano|ano de publicacion|anno|erscheinungsjahr|"
    "jahr ermittelt|date published year|issue year|item year|"
    "pubyear|publication yr|date year|yr|year pub",
    "date": "date|publication date|date published|date of publication|published date|cover date|"
    "pub date|pub date free form|issue date|online date|start date|date registration3|"
    "date registration|date of registration|first posted|date applied|submit date|published|"
    "datum|fecha|early access date|date free form|"
    "publication date online|publication date print|publicationdate|elec pub date|pubtime",
    "month": "month|published month|publication month|pub month|monat|mois|mes",
    "day": "day|publication day",
    "journal": "journal|journal title|source title|publication title|pub title|journal name|"
    "journal book|periodical full|secondary title|publication|alternate title3|"
    "journal full title|periodical|zeitschrift|zeitschrift zeitung|zeitschriftentitel|revue|"
    "revista|rivista|titre de la publication|titulo de la publicacion|container title|"
    "publication name|so|jf|book title|proceedings title|source register|t2|"
    "parent title|anthology title|title secondary|primary location source display name|"
    "venue|host publication title|conference name|conference title|conference|meeting name|"
    "host venue display name|publication venue name|publication venue|journals|journal names|"
    "source name|journal or source|name of journal|journal publication|"
    "primary location display name",
    "journal_abbreviation": "journal iso abbreviation|journal abbreviation|periodical abbrev|"
    "abbreviated source title|abbreviated journal title|alternate title2|alternate title1|"
    "iso source abbreviation|journal abbrev|journal short title|iso abbreviation|"
    "j9|ji|j2|abbreviated journal",
    "source": "source",
    "citation": "citation|bibliographic citation|"
    "bibliography|full citation|full reference|reference text|formatted citation|"
    "formatted reference|bibliographic reference|citation text|citation in full",
    "volume": "volume|journal volume|vol|vl|band|tome|volumen|jahrgang|biblio volume|"
    "volume number",
    "issue": "issue|issue number|number|iss|journal issue|issue part|is|no|heft|heftnummer|"
    "numero|"
    "nummer|issue no|biblio issue|number issue",
    "pages": "pages|page range|page numbers|pagination|pp|pg|page|seiten|seiten von bis|"
    "paginas|medlinepgn|page info|pagine|journal pages",
    "start_page": "start page|first page|page start|sp|beginning page|begin page|"
    "biblio first page|bp",
    "end_page": "end page|last page|page end|ep|ending page|other pages|biblio last page",
    "article_number": "article number|art no|article no|ar|article id|e location",
    "doi": "doi|item doi|digital object identifier|doi number|di|do|doi link|article doi|"
    "doi name|"
    "ids doi|external ids doi|doi url|prism doi|electronic resource number",
    "pmid": "pmid|pubmed id|pubmed|medline pmid|pm|pubmed identifier|pubmed id pmid|ids pmid|"
    "external ids pub med|"
    "pubmedid|pubmed no|medline id|medline ui",
    "pmcid": "pmcid|pmc|pubmed central id|ids pmcid|external ids pub med central",
    "issn": "issn|issns|issn print|print issn|sn|eissn|issn electronic|issn isbn|"
    "standard number|isbn issn|"
    "primary location source issn l|primary location source issn|issn l|print issn s|issn1",
    "isbn": "isbn|isbns|bn|isbn print|print isbn|isbn issn|issn isbn|standard number",
    "accession": "accession number|embase accession id|ut unique wos id|ut unique id|eid|lens id|"
    "an|unique id|accession no|openalex id|nct number|trial id|isrctn|isrctn number|"
    "eudract number|mainid|pui|cochrane id|cochrane review id|publication id|eric number|accn|"
    "ut|uid|s2id|corpus id|paper id|key|cle|"
    "source id|item id|ref id|record id|"
    "embase id|storeid|store id|pubid|cinahl id|scopus id|wos id",
    "database": "database|source database|name of database|database provider|db|library catalog|"
    "data source|database name|long db name|db name|sub file database|retrieved from",
    "registration": "registration|nct number|trial id|isrctn|isrctn number|eudract number|"
    "clinical trial numbers|"
    "trial registration|registration number|nct id|mainid|trial registry number",
    "abstract": "abstract|abstract note|ab|notes abstract|summary|brief summary|description|"
    "zusammenfassung|resume|resumen|resumo|riassunto|abstract en|abstracts|n2|abstract text|"
    "original abstract|original non english abstract|"
    "abstract in english|english abstract|abstracttext",
    "keywords": "keywords|author keywords|keyword|manual tags|automatic tags|subjects|subject|kw|"
    "index keywords|mesh terms|mesh|emtree drug index terms major focus|emtree drug index terms|"
    "emtree medical index terms major focus|emtree medical index terms|ieee terms|"
    "schlagworter|schlagworte|mots cles|palabras clave|parole chiave|keywords plus|descriptors|"
    "subject terms|subject headings|identifier keywords|conditions|condition|health condition|"
    "mesh headings|keywords display name|id keywords|"
    "inspec controlled terms|inspec non controlled terms|uncontrolled terms|controlled terms|"
    "controlled subject terms|subject term|key words|topics|descriptor",
    "language": "language|article language|language of original document|languages|la|sprache|"
    "langue|idioma|lingua",
    "url": "url|urls|article url|link|dimensions url|external url|source urls|study url|"
    "web address|document url|embase link|plink|ur|persistent link|uri|source url|links|"
    "record url|web of science record|full text link|full text url|pdf link|download url|"
    "landing page url|primary location landing page url|oa url|weblink|web link|hyperlink|"
    "open url link",
    "publication_type": "publication type|document type|type of work|doctype|study type|"
    "content type|dt|m3|document types|doc types|pub types|article type|pub type|work type|"
    "publication types|type of publication|type of document|kind of publication",
    "type": "item type|type of reference|entry type|reference type|record type|type|ty|"
    "document identifier|content type|publication type|document type|doctype|article type|"
    "work type|doc types|pub types|dokumententyp|type d element|tipo de elemento|tipo|"
    "type name|publication types|bibliography type|type of document|type of publication",
    "publisher": "publisher|book publisher|publisher name|pb|verlag|editeur|editorial|"
    "publishers|primary location source host organization name",
    "extra": "extra",
}  # fmt: skip
# The same words as other languages write them; what a language shares with English is above.
_ABROAD: dict[str, str] = {
    "title": "题名|标题|篇名|论文题名|文献题名|論文名|論題|標題|タイトル|論文タイトル|"
    "論文標題|논문명|제목|논문제목|"
    "название|заглавие|название статьи|название публикации|tytuł|baslık|makale baslıgı|"
    "titulos|titulos do artigo|"
    "titulo del articulo|titulo do artigo|titre de l article|titolo dell articolo|naslov|"
    "otsikko|tittel|titler|nazev|titel van het artikel|titel des aufsatzes|titel des artikels",
    "authors": "作者|著者|著者名|저자|저자명|авторы|автор|autorzy|yazarlar|yazar|forfatter|"
    "forfattere|forfattare|tekijat|責任者|第一作者|作者姓名",
    "full_authors": "作者全名",
    "year": "年|年份|出版年|发表年份|発行年|発行年度|발행연도|발행년도|год|год издания|rok|"
    "rok wydania|yıl|"
    "jaar|utgivningsar|publikationsjahr|ano de publicacao|ano publicacao|ano de publicacion",
    "date": "发表时间|出版时间|出版日期|出版年月日|刊行年月|发表日期|дата публикации|"
    "data de publicacao|"
    "fecha de publicacion|date de publication|veroffentlichungsdatum",
    "journal": "来源出版物名称|来源|文献来源|刊名|期刊|期刊名称|雑誌名|刊行物名|収録刊行物|"
    "학술지명|학술지|"
    "журнал|название журнала|источник|czasopismo|dergi|tijdschrift|tidsskrift|periodico|"
    "titulo da fonte|titulo de la fuente|titre de la source|titolo della fonte|titel der quelle|"
    "nombre de la revista|nome da revista|nom de la revue|titre de la revue|"
    "titulo da revista|titulo de la revista|titolo della rivista|fonte|fuente",
    "volume": "卷|卷号|巻|권|том|tom|cilt|巻号",
    "issue": "期|期号|号|号数|호|номер|выпуск|numer|zeszyt|sayı|fascicule|fascicolo|fasciculo",
    "pages": "页码|页|頁|ページ|ページ範囲|페이지|страницы|strony|sayfa|sayfalar|"
    "paginas inicial final",
    "start_page": "起始页码|起始页|開始ページ|시작페이지|pagina inicial|premiere page|"
    "page de debut|"
    "erste seite|pagina iniziale|pagina inicio|seite von",
    "end_page": "结束页码|结束页|終了ページ|끝페이지|pagina final|derniere page|page de fin|"
    "letzte seite|"
    "pagina finale|pagina fin|seite bis",
    "article_number": "论文编号|文献编号|numero de articulo|numero d article|artikelnummer|"
    "numero do artigo",
    "abstract": "摘要|文摘|抄録|要旨|초록|аннотация|реферат|streszczenie|ozet|samenvatting|"
    "sazetak|tiivistelma",
    "keywords": "关键词|关键字|作者关键词|索引关键词|キーワード|키워드|ключевые слова|"
    "słowa kluczowe|"
    "anahtar kelimeler|trefwoorden|palavras chave|palabras clave del autor|mots cles de l auteur|"
    "mots cles auteurs|schlusselworter|stichworter|descriptores|descritores|descripteurs",
    "language": "语言|语种|原始文献语言|言語|언어|язык|jezyk|dil|taal",
    "url": "链接|网址|url 网址|ссылка|enlace|lien|odnosnik",
    "publication_type": "文献类型|tipo de documento|type de document|dokumenttyp|"
    "tipo di documento|"
    "тип публикации",
    "publisher": "出版社|出版者|издательство|wydawnictwo|editora|editore|maison d edition|"
    "uitgever",
    "database": "来源库|来源数据库",
}  # fmt: skip

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


_BY_HEADING: dict[str, dict[str, int]] = {}
for _field, _headings in ALIASES.items():
    _all = f"{_headings}|{_ABROAD[_field]}" if _field in _ABROAD else _headings
    for _rank, _heading in enumerate(_all.split("|")):
        _BY_HEADING.setdefault(fold(_heading).replace(" ", ""), {}).setdefault(_field, _rank)


@lru_cache(maxsize=4096)
def meant(heading: str) -> dict[str, int]:
    """Return the fields that a heading means, usually one or none, with how well, 0 being best."""
    # "AccessionNumber", "accession_number" and "Accession number" are one heading.
    folded = fold(heading)
    found = _BY_HEADING.get(folded.replace(" ", ""), {})
    if not found and not folded.isascii() and (words := _EASTERN.findall(folded)):
        return _BY_HEADING.get(words[-1], {})  # CNKI writes both: Title-题名
    return found


# Words that say title, those of compounds too (Aufsatztitel), and what is named with them and is
# not the record's own.
_SAYS_TITLE = re.compile(
    r"titles?\b|\btit(?:el|res?|ulos?|ol[oi]|ulus)\b|titel\b|题名|标题|篇名|タイトル|제목"
)
_OF_ANOTHER = re.compile(
    r"journal|source|book|series|serie|conf|meeting|proceeding|congres|period|publica|host|contain|"
    r"collect|magazin|parent|second|tertia|issue|volume|zeitschrift|buch|reihe|quelle|revue|revist|rivist|"
    r"abbrev|short|kurz|brief|running|sub|sous|unter|sort|job|query|keyword|word|search|"
    r"screen|includ|exclud|reason|decision|match|length|count|number|url|link|hash|norm|clean|lower|"
    r"type|lang|album|chart|grant|project|dataset|data set|person|author|page|poster|in title|"
    r"fuente|fonte|livre|libro|livro|ouvrage|colec|\bno\b|\bnr\b|\bid\b|\bis\b|\bhas\b|score|similar|"
    r"刊|来源|雑誌|journ|duplic|original|translat|foreign|vernacular|altern|other|"
    r"second|previous|old\b|new\b"
)
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\u1100-\u11ff]{1,12}")
_LONGEST = 6  # words of a heading


@lru_cache(maxsize=4096)
def says_title(heading: str) -> bool:
    """Whether the words of a heading that is not known say title, and of nothing but the record."""
    folded = fold(heading)
    return bool(
        len(folded.split()) <= _LONGEST
        and _SAYS_TITLE.search(folded)
        and not _OF_ANOTHER.search(folded)
    )


def score(headings: Iterable[str]) -> float:
    """Return how much a row of cells looks like the headings of a table of references."""
    cells = [text if len(text) < 60 else "" for text in headings]
    fields = {text: found for text in cells if (found := meant(text))}
    known = {next(iter(found)): text for text, found in fields.items()}
    strong = sum(fold(text).replace(" ", "") not in _WEAK for text in known.values())
    if only_identifiers(dict(enumerate(map(tuple, fields.values()))), cells):
        return 4 + strong
    if "title" not in known and not (strong and any(map(says_title, cells))):
        return 0.5 * strong if strong > 2 else 0.0
    return 2 + strong + 0.25 * (len(known) - strong)


_IDENTIFIERS = frozenset(("doi", "pmid", "pmcid"))


def only_identifiers(columns: dict[int, tuple[str, ...]], headings: Sequence[str]) -> bool:
    """Whether a table is a list of identifiers and has nothing else that could be a title."""
    filled = sum(1 for text in headings if text.strip())
    return filled == len(columns) > 0 and all(
        _IDENTIFIERS.intersection(fields) for fields in columns.values()
    )


def assign(headings: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Say for each column by number which fields it fills.

    Of two columns for one field the one whose heading fits better comes first; both are kept, so
    that the second can fill in where the first is empty. Equal headings count from left to right.

    Where no heading is known to be the title's, one that says so in other words is, if it is alone.
    """
    texts = list(headings)
    found = {n: tuple(fields) for n, text in enumerate(texts) if (fields := meant(text))}
    if not have_title(found):
        said = [n for n, text in enumerate(texts) if n not in found and says_title(text)]
        said = said or [n for n, fields in found.items() if fields == ("translated_title",)]
        if len(said) == 1:
            found[said[0]] = ("title",)
    return dict(sorted(found.items()))


def have_title(columns: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether any column is the title."""
    return any("title" in fields for fields in columns.values())


def places(
    headings: Sequence[str], columns: dict[int, tuple[str, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field by number, the one with the best heading first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, fields in columns.items():
        for field in fields:
            found.setdefault(field, []).append((meant(headings[number]).get(field, 99), number))
    return {field: tuple(number for _, number in sorted(pairs)) for field, pairs in found.items()}


def values(cells: Sequence[str], places: dict[str, tuple[int, ...]]) -> dict[str, list[str]]:
    """Return the cells of one row by field, those that are not empty."""
    width = len(cells)
    return {
        field: found
        for field, numbers in places.items()
        if (found := [text for n in numbers if n < width and (text := cells[n].strip())])
    }
