"""DOI, PMID, PMCID, ISSN, ISBN and registration numbers, wherever a database hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

_DOI = re.compile(r"(?<![\d.])10\.\d{3,9}(?:\.\d+)*/[^\s\"<>\]\[{}|\\^`]+")
_SICI = re.compile(r"10\.\d{4,9}/[^\s<>\"]{0,20}\(sici\)[^\s\"]{5,80}", re.I)
_BARE_DOI = re.compile(r"10\.\d{4,9}/[-\w./:]*\w$", re.A)
_DOI_AT_END = ".,;:'\"’”"
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
    """Return the first DOI in `text`, bare and in lower case, or nothing."""
    if _BARE_DOI.match(text):
        return text.lower()
    if "10." not in text:
        return ""
    if "%2" in text or "%3" in text:
        text = unquote(text)
    match = _sici(text) or _DOI.search(text)
    if not match:
        return ""
    found = match[0].rstrip(_DOI_AT_END)
    # A closing bracket belongs to the DOI only if it was opened in it.
    while found.endswith(")") and found.count("(") < found.count(")"):
        found = found[:-1].rstrip(_DOI_AT_END)
    return found.lower() if not found.endswith("/") else ""


def _sici(text: str) -> re.Match[str] | None:
    """Match an old Wiley DOI, which has angle brackets inside."""
    if "(sici)" not in text.lower():
        return None
    return _SICI.search(text.replace("&lt;", "<").replace("&gt;", ">"))


def doi_of_url(url: str) -> str:
    """Return the DOI that is part of a web address, without what publishers put after it."""
    found = doi(url)
    # CENTRAL's pages have DOIs of their own, which are not those of the reports they are about.
    if not found or found.startswith("10.1002/central/"):
        return ""
    found = re.split(r"[?&#]", found, maxsplit=1)[0]
    return re.sub(r"/(?:abstract|full|fulltext|pdf|epdf|summary|meta|html)$", "", found)


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
