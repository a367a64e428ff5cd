"""DOI, PMID and trial registration numbers, wherever a database hides them."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
# what a link adds behind the DOI
_LINKED = re.compile(r"^([^/]+/.+?)(?:/(?:full|abstract|e?pdf|meta|html|fulltext))?(?:\?\w+=.*)?$")
_REVIEW = re.compile(r"10\.1002/14651858\.((?:cd|mr|ed)\d+)|^((?:cd|mr)\d{6})$")
# ISSN, year and volume, and behind them what names the article in it
_OF_AN_ISSUE = re.compile(r"(?:\(sici\)|/)\d{4}-\d{3}[\dx]\((?:\d{4,8}|\d{4}/\d{2,4})\)", re.I)
_ITEM = re.compile(r"[<\[{][^<>\[\]{}]*[>\]}]|;2(?:-\w)?$", re.I)
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))
_PMID = re.compile(r"\d{1,9}")
_TRIAL = re.compile(
    r"\b(NCT\s?\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}|ChiCTR[-\w]*\d{8,10}|DRKS\s?\d{8}|"
    r"CTRI/\d{4}/\d{2,3}/\d{6}|JPRN-\w+\d+|UMIN\s?\d{9}|EUCTR\s?\d{4}-\d{6}-\d{2}|"
    r"NL\d{4,5}|NTR\s?\d{3,5}|KCT\s?\d{7}|IRCT\s?\d{10,18}N?\d*|PACTR\s?\d{15,16})\b",
    re.IGNORECASE,
)


def doi(text: str) -> str:
    """Return the bare DOI in lower case, out of whatever stands there; empty if there is none."""
    if "10." not in text:
        return ""
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    found = _DOI.search(text.replace("<", "\ufe64").replace(">", "\ufe65"))
    if not found:
        return ""
    bare = found[0].replace("\ufe64", "<").replace("\ufe65", ">").lower()
    bare = re.sub(r"\[(?:doi|pii)\].*$", "", bare)
    bare = _LINKED.sub(r"\1", bare)
    return _unclosed(bare.rstrip(".,;:'\"/"))


def _unclosed(text: str) -> str:
    """Drop closing brackets that the surrounding sentence left behind."""
    for opening, closing in ("()", "[]", "{}"):
        while text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1]
    return text


def whole(bare: str) -> bool:
    """Whether a DOI is complete, as far as can be seen: one that was cut is no proof of anything.

    Its brackets close. What is built of the ISSN, year and volume of a journal (SICI) names the
    page too, and ends with "CO;2-" and a check digit or so; cut at a bracket all articles of a
    volume have it.
    """
    for opening, closing in _BRACKETS:
        if bare.count(opening) != bare.count(closing):
            return False
    if "(" not in bare:
        return True
    built = _OF_AN_ISSUE.search(bare)
    return not built or bool(_ITEM.search(bare, built.end()))


def review(doi_or_page: str) -> str:
    """Return the number of a Cochrane review without its version; empty for everything else."""
    found = _REVIEW.search(doi_or_page)
    return (found[1] or found[2]) if found else ""


def pmid(text: str) -> str:
    """Return the digits of a PubMed number, without leading zeros; empty if there are none."""
    found = _PMID.search(text)
    return found[0].lstrip("0") if found else ""


def trials(text: str) -> frozenset[str]:
    """Registration numbers of trials named in a text."""
    return frozenset(re.sub(r"\s", "", found).upper() for found in _TRIAL.findall(text))
