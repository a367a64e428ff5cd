"""JSON: CSL-JSON, the lists that `screener convert` writes, and what other programs answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from screener.model import Entry, Fields, Skipped, UserError
from screener.sources.decoding import LARGEST_WHOLE, Content
from screener.sources.drafting import unlisted
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found, cut
from screener.sources.formats.headings import assign, places, score, values
from screener.sources.formats.registers import is_study, study
from screener.sources.formats.row_fields import authors, of_row
from screener.sources.names import collective, person
from screener.sources.page_numbers import pages
from screener.sources.writers.csl_json import UNKNOWN
from screener.sources.writers.csv_table import from_object, is_own_object

Item = dict[str, object]

TYPES = {
    "article-journal": "article", "article": "preprint", "article-magazine": "article",
    "article-newspaper": "article", "paper-conference": "conference", "book": "book",
    "chapter": "chapter", "entry-encyclopedia": "chapter", "thesis": "thesis", "report": "report",
    "webpage": "webpage", "post-weblog": "webpage", "post": "webpage", "patent": "patent",
    "dataset": "dataset", "entry": "registry-entry", "document": "other", "manuscript": "other",
    "journal-article": "article", "proceedings-article": "conference", "posted-content": "preprint",
    "book-chapter": "chapter", "monograph": "book", "dissertation": "thesis",
}  # fmt: skip

_OBJECT = re.compile(r'[\ufeff\s]*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')


def recognise(content: Content) -> float:
    """Look for a JSON list or object with names that references have."""
    start = content.sample.lstrip("\ufeff \t\r\n")[:1]
    if start not in ("[", "{"):
        return 0.0
    names = set(re.findall(r'"([A-Za-z][\w -]{1,40})"\s*:', content.sample))
    if start == "{" and not re.search(r'^[\ufeff\s]*\{\s*(?:"|\}|$)', content.sample):
        return 0.0
    known = names & {"title", "DOI", "doi", "authors", "author", "issued", "protocolSection"}
    return 0.95 if known else 0.7 if _OBJECT.match(content.sample) else 0.5


def recognise_csl(content: Content) -> float:
    """Look for the names that only CSL-JSON has, in JSON."""
    marks = r'"(?:date-parts|container-title|family|article-journal)"'
    return 0.97 if recognise(content) and re.search(marks, content.sample) else 0.0


def read(content: Content) -> Found:
    """Yield the items of a JSON file; the line is the number of the item."""
    for number, item in enumerate(_items(content), 1):
        if not isinstance(item, dict):
            yield Skipped(line=number, text=cut(str(item), 200), why="This item is no record.")
            continue
        if item.get("itemType") in ("attachment", "note", "annotation"):
            continue  # Zotero's, which belong to a record beside them
        fields = _fields(item)
        if fields is None:
            text = cut(json.dumps(item, ensure_ascii=False), 200)
            yield Skipped(
                line=number, text=text, why="This item has no title, author or identifier."
            )
        else:
            raw = tuple((name, _plain(value)) for name, value in item.items())
            yield Entry(fields=fields, raw=raw, line=number)


def _items(content: Content) -> Iterator[object]:
    if content.size > LARGEST_WHOLE and _is_one_a_line(content.sample):
        texts = (line.strip().removesuffix(",") for line in content.lines())
        yield from (_line(text) for text in texts if text not in ("", "[", "]"))
        return
    text = content.text().lstrip("\ufeff")
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise UserError(
            f"“{content.name}” is nested far too deeply for a list of references; it was not read."
        ) from error
    except ValueError as error:
        if _is_lines(text):
            yield from map(_line, filter(str.strip, text.split("\n")))
            return
        raise UserError(f"“{content.name}” {_wrong(error)}; export it again.") from error
    yield from _listed(document)


def _wrong(error: ValueError) -> str:
    """Return in our words what is wrong with a text that is no JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f"is no valid JSON (line {error.lineno:,}, character {error.colno:,})"
    return "has a number that is far too long"  # Python reads none of thousands of digits


def _is_one_a_line(sample: str) -> bool:
    """Whether each line is an object: JSON lines, or a list as Screener writes it."""
    lines = [line.strip().removesuffix(",") for line in sample.lstrip("\ufeff \n").split("\n", 3)]
    first = lines[1:2] if lines[0] == "[" else lines[:2]
    return bool(first) and all(isinstance(_line(text), dict) for text in first)


def _is_lines(text: str) -> bool:
    """Whether the first line is an object of its own."""
    return isinstance(_line(text.lstrip().split("\n", 1)[0]), dict)


def _line(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found


def _listed(document: object) -> list[object]:
    """Return the list of items, however programs wrap it."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    if not _TITLES & set(document):
        for name in _AROUND:
            inside = document.get(name)
            if isinstance(inside, list) or (isinstance(inside, dict) and not _TITLES & set(inside)):
                return _listed(inside)
        if document and all(isinstance(value, dict) for value in document.values()):
            return list(document.values())  # items under their keys
    return [document]


_AROUND = ("items", "records", "studies", "references", "data", "results", "message", "works")
_TITLES = frozenset(("title", "Title", "DOI", "doi", "protocolSection"))


def _fields(item: Item) -> Fields | None:
    if is_study(item):
        return study(item)
    if is_own_object(item):
        return from_object(item)
    message = item.get("message")
    if isinstance(message, dict) and "title" in message:
        item = message
    if isinstance(item.get("creators"), list):
        return _row(_zotero(item))
    if isinstance(item.get("author"), list) or "issued" in item or "container-title" in item:
        return _csl(item)
    flat = dict(_flat(item))
    if score(flat) < 1 and "title" not in {name.lower() for name in flat}:
        return None
    return _row(flat)


def _zotero(item: Item) -> Item:
    """Return an item of Zotero's own JSON with its people and tags as other programs write them."""
    creators = [one for one in _list(item["creators"]) if isinstance(one, dict)]
    authors = [one for one in creators if one.get("creatorType") == "author"] or creators
    tags = [one.get("tag") for one in _list(item.get("tags")) if isinstance(one, dict)]
    return {**item, "authors": _names(authors), "keywords": tags}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _flat(item: Item, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value under the names that lead to it; `journal: {volume: 5}` is one."""
    for name, value in item.items():
        yield path + name, value
        if name == "abstract_inverted_index" and isinstance(value, dict):
            yield "abstract", _in_order(value)
        elif isinstance(value, dict) and path.count(".") < _DEEPEST:
            yield from _flat(value, f"{path}{name}.")
        elif isinstance(value, list) and path.count(".") < _DEEPEST:
            parts: dict[str, list[object]] = {}
            for one in value:
                for inside, found in _flat(one, f"{path}{name}.") if isinstance(one, dict) else ():
                    parts.setdefault(inside, []).append(found)
            yield from parts.items()


_DEEPEST = 4


def _in_order(places: dict[str, object]) -> str:
    """Return a text that OpenAlex gives as the places of each word."""
    words = [(at, word) for word, found in places.items() for at in _list(found)]
    return " ".join(word for _, word in sorted(pair for pair in words if isinstance(pair[0], int)))


def _row(item: Item) -> Fields:
    names = list(item)
    return of_row(values([_plain(value) for value in item.values()], places(names, assign(names))))


def _csl(item: Item) -> Fields:
    def text(*names: str) -> str:
        return next((found for name in names if (found := _plain(item.get(name)))), "")

    date = _date(item.get("issued")) or text("published-print", "published-online", "year")
    return make_fields(
        type=_type(item),
        title=_titled(item),
        translated_title=text("translated-title", "original-title"),
        authors=_names(item.get("author")) or _names(item.get("editor")) or authors(text("author")),
        year=date,
        date=date,
        journal=text("container-title", "publication-title"),
        journal_abbreviation=text(
            "container-title-short", "journalAbbreviation", "short-container-title"
        ),
        volume=text("volume"),
        issue=text("issue"),
        pages=pages(text("page", "page-first")),
        article_number=text("number", "article-number"),
        doi=text("DOI", "doi"),
        pmid=first(text("PMID"), _noted(text("note"), "PMID")),
        pmcid=first(text("PMCID"), _noted(text("note"), "PMCID")),
        issn=text("ISSN"),
        isbn=text("ISBN"),
        accession=text("accession", "call-number", "archive_location"),
        database=text("source", "archive"),
        registration=first(text("registration"), _noted(text("note"), "registration")),
        abstracts=[text("abstract")],
        keywords=_words(item.get("keyword") or item.get("keywords") or item.get("subject")),
        language=text("language"),
        url=text("URL", "url"),
        publication_type=_words(item.get("genre")),
        publisher=text("publisher"),
        notes=[text("note", "annote", "extra")],
    )


def _type(item: Item) -> str:
    given, custom = _plain(item.get("type")), item.get("custom")
    if isinstance(custom, dict) and custom.get("type") == UNKNOWN:
        return ""
    return TYPES.get(given.lower(), "other" if given else "")


def _titled(item: Item) -> str:
    """Return the title with its subtitle; Crossref gives both as lists and may repeat itself."""
    main, rest = (_first(item.get(name)) for name in ("title", "subtitle"))
    said = rest.casefold() in main.casefold()
    return f"{main.rstrip(' :')}: {rest}" if main and not said else main


def _first(value: object) -> str:
    return _plain(value[0]) if isinstance(value, list) and value else _plain(value)


def _names(value: object) -> list[str]:
    names = []
    for one in value if isinstance(value, list) else []:
        if isinstance(one, str):
            names.append(one)
        elif isinstance(one, dict):
            part = {key: _plain(text) for key, text in one.items()}
            family = " ".join(
                part[n] for n in ("non-dropping-particle", "family") if part.get(n)
            ) or part.get("lastName", "")
            given = " ".join(part[n] for n in ("given", "dropping-particle") if part.get(n))
            whole = part.get("literal") or part.get("name", "")
            names.append(person(family, given or part.get("firstName", ""), part.get("suffix", ""))
                         if family else collective(whole or given))  # fmt: skip
    return names


def _date(value: object) -> str:
    if isinstance(value, list) and value:  # older programs
        nested = isinstance(value[0], (dict, list))
        return _date(value[0]) if nested else _date({"date-parts": value})
    if isinstance(value, dict):
        parts = value.get("date-parts")
        while isinstance(parts, list) and parts and isinstance(parts[0], list):
            parts = parts[0]
        if isinstance(parts, list) and parts and parts[0]:
            return "-".join(str(part).zfill(2) for part in parts[:3] if part)
        return _plain(value.get("raw") or value.get("literal") or value.get("year"))
    return _plain(value)


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        return [_plain(word) for word in value]
    text = _plain(value)
    return unlisted(text) if ";" in text else text.split(",")


def _noted(note: str, name: str) -> str:
    match = re.search(rf"(?:^|\n|;)\s*{name}:\s*(\S+)", note, re.I)
    return match[1] if match else ""


def _plain(value: object) -> str:
    """Return any JSON value as text; a list becomes what a cell with several values would hold."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "; ".join(_plain(part).replace(";", "&#59;") for part in value)
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("display_name") or value.get("value"))
    return str(value)


CSL = Format(name="csl-json", label="CSL-JSON", recognise=recognise_csl, read=read, wider=recognise)
"""What Zotero, Mendeley, Crossref and Pandoc write."""
FORMAT = Format(name="json", label="JSON", recognise=recognise, read=read)
