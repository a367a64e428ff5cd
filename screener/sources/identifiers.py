"""DOI, PMID, PMCID, ISSN, ISBN and registration numbers, wherever a database hides them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

_DOI = re.compile(r"(?<![\d.])10\.\d{3,9}(?:\.\d+)*/[^\s\"|\\^`{}]+")
_BARE_DOI = re.compile(r"10\.\d{4,9}/[-\w./:]*\w$", re.A)
_DOI_AT_END = ".,;:'\"’”"
_NOTE_AT_END = re.compile(r"\s*\[(?:doi|pii)\]?.*", re.I | re.S)
# A second identifier, the parameters of an address, or what a program put behind a semicolon.
_ANOTHER = re.compile(r"[;,](?=10\.\d{3,9}/|doi:|https?:|[\w-]+=)|[;,]$", re.I)
_TAG = re.compile(r"</?[a-z]{1,10}\s*/?>", re.I)
_CLOSERS = {")": "(", "]": "[", ">": "<"}
_QUERY = re.compile(r"\?[\w.-]+=|[?#&]$|#[A-Za-z][\w-]*$|&[\w.-]+=", re.A)
_ADDRESS = re.compile(r"https?:|www\.|(?:^|[/\s])(?:\w+\.)+\w{2,12}/\S*$", re.I)
_VIEW = re.compile(
    r"(?:/(?:abstract|full|fulltext|full-text|full/html|pdf|pdfdirect|epdf|epub|epub2|reader|summary|meta|html|references|"
    r"references|suppl_file|metrics|tables)(?:/\S*)?|(?:v\d{1,2})?(?:\.(?:full|abstract|short|full-text|article-\w+))+(?:\.pdf)?|"
    r"(?<=\d)v\d{1,2}|\.(?:pdf|html?))$",
    re.I,
)
_PMID = re.compile(r"(?<!\d)[1-9]\d{0,7}(?!\d)")
_PMID_NAMED = re.compile(
    r"(?:pubmed(?:\s*id)?|pmid|medline)\s*[:=#]?\s*(?:NLM)?([1-9]\d{3,7})(?!\d)|"
    r"(?<!\d)([1-9]\d{0,7})\s*\[pmid\]|(?:pubmed\.ncbi\.nlm\.nih\.gov|"
    r"ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|europepmc\.org/(?:article|abstract)/med)/"
    r"(?:\?term=)?([1-9]\d{3,7})(?!\d)|"
    # MEDLINE in the Virtual Health Library, and on Ovid
    r"\bmdl-([1-9]\d{3,7})(?!\d)|"
    r"ovidweb\.cgi\?\S{0,200}\bD=(?:med|prem|ppez|pmnm)[^&\s]{0,20}&\S{0,200}?\bAN=([1-9]\d{4,7})(?!\d)",
    re.I,
)
_PMCID = re.compile(r"(?<![A-Za-z])PMC\s?(\d{3,9})(?!\d)", re.I)
_ISSN = re.compile(r"(?<![\dXx-])(?:E?ISSN-)?(\d{4})[-‐–]?(\d{3}[\dXx])(?![\dXx-])")
_PLAIN_ISSN = re.compile(r"\d{4}-\d{3}[\dX]\Z", re.A)
_ISBN = re.compile(r"(?<![\dXx])(?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dXx](?![\dXx])")
_REGISTRATION = re.compile(
    r"(?<![A-Za-z0-9])(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}p?|EUCTR\d{4}-\d{6}-\d{2}(?:-[A-Z]{2})?|"
    r"ChiCTR[-A-Za-z]*\d{8,10}|CTRI/\d{4}/\d{2,3}/\d{4,6}|DRKS\d{8}|JPRN-\w{6,20}|jRCTs?\d{8,12}|"
    r"UMIN\d{9}|KCT\d{7}|IRCT\d{10,20}(?:N\d+)?|NTR\d{2,5}|NL-?OMON\d{3,6}|PACTR\d{15,16}|"
    r"RBR-[0-9a-z]{6,8}|TCTR\d{11}|SLCTR/\d{4}/\d{3}|CRD\d{11})(?![A-Za-z0-9])"
)


def doi(text: str) -> str:
    """Return the first DOI in `text`, bare and in lower case, or nothing.

    The suffix of a DOI may hold any sign (ISO 26324, 3.2.2); what stands around it is told by its
    shape: brackets that were opened before it, a second identifier, the tail of a link.
    """
    if _BARE_DOI.match(text):
        return text.lower()
    if "10." not in text and "10%2" not in text:
        return ""
    if "&" in text:
        text = html.unescape(text)
    for _ in range(2):  # links of library proxies are written in this way twice
        if _ESCAPE.search(text):
            text = unquote(text)
    match = _DOI.search(text)
    if not match:
        return ""
    found = _NOTE_AT_END.sub("", _TAG.split(match[0])[0])
    found = _ended(_ANOTHER.split(found)[0])
    if _QUERY.search(found):
        found = _ended(_QUERY.split(found)[0])
    if _ADDRESS.search(text[: match.start()]):
        found = _ended(_VIEW.sub("", found))
    return found.lower() if not found.endswith("/") else ""


_ESCAPE = re.compile(r"%(?:2[0-9A-F]|3[A-F]|5[BD])", re.I)


def _ended(found: str) -> str:
    """Take off the signs of the sentence, and what closes brackets that were not opened in it."""
    while found and (found[-1] in _DOI_AT_END or _is_one_too_many(found, found[-1])):
        found = found[:-1]
    return found


def _is_one_too_many(text: str, bracket: str) -> bool:
    partner = _CLOSERS.get(bracket) or _CLOSED.get(bracket)
    return bool(partner) and text.count(bracket) > text.count(partner or "")


_CLOSED = {opener: closer for closer, opener in _CLOSERS.items()}


def doi_of_url(url: str) -> str:
    """Return the DOI that is part of a web address."""
    found = doi(url)
    # CENTRAL's pages have DOIs of their own, which are not those of the reports they are about.
    return "" if found.startswith("10.1002/central/") else _VIEW.sub("", found)


def doi_named(text: str) -> str:
    """Return a DOI that a note calls one: doi: 10.1, doi.org/10.1, or nothing but the DOI."""
    return doi_of_url(text) if _NAMED_DOI.search(text) else ""


_NAMED_DOI = re.compile(r"^\W*10\.\d{3,9}/\S+\W*$|doi\.org/10\.|\bdoi\b[\s:=\]}]{1,4}10\.", re.I)


def pmid(text: str) -> str:
    """Return the PMID of a tag that holds one: digits only, or nothing."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        text = text.lstrip("0")
        return text if 1 <= len(text) <= 8 else ""
    if "pmc" in text.lower():
        return pmid_named(text)
    match = _PMID.search(text)
    # Embase and Ovid write the number and then its address: "31234567 (http://...)".
    return match[0] if match and len(text) < 40 else pmid_named(text)


def pmid_named(text: str) -> str:
    """Return a PMID that the text calls by its name (PMID: 123, pubmed.ncbi.nlm.nih.gov/123)."""
    match = _PMID_NAMED.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def pmcid(text: str) -> str:
    """Return the first PMCID in `text`, as PMC and digits, or nothing."""
    match = _PMCID.search(text)
    return f"PMC{match[1]}" if match else ""


def is_issn(text: str) -> bool:
    """Whether `text` is an ISSN as `issn` gives it."""
    return bool(_PLAIN_ISSN.match(text))


def issn(text: str) -> str:
    """Return the first ISSN in `text` as 1234-567X, or nothing."""
    match = _ISSN.search(text)
    return f"{match[1]}-{match[2].upper()}" if match else ""


def isbn(text: str) -> str:
    """Return the first ISBN in `text` without hyphens, or nothing; an ISSN beside it is none."""
    match = _ISBN.search(_ISSN.sub(" ", text))
    return re.sub(r"[-\s]", "", match[0]).upper() if match else ""


def registration(texts: Iterable[str]) -> str:
    """Return the first trial registration number in `texts`, or nothing."""
    for text in texts:
        match = _REGISTRATION.search(text)
        if match:
            return match[1]
    return ""
