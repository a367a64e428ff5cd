"""A whole source in the journal's column: "PLoS ONE.7 (2) (no pagination) 2012.Article ..."."""

from __future__ import annotations

import re
from typing import NamedTuple

_JOURNAL = r"^(?P<journal>[^\d;:]{2,200}?|.{2,200}?(?<=\D))"
_VOLUME = r"(?P<volume>[A-Za-z]{0,2}\d{1,4}[A-Za-z]?(?:\s?\(?Suppl\.?(?:ement)?\s?\d{0,3}\)?)?)"
_ISSUE = r"\((?P<issue>[^()]{1,40})\)"
_PAGES = (
    r"(?P<pages>[A-Za-z]{0,3}\d{1,9}[A-Za-z]?(?:\s?[-\u2013]\s?[A-Za-z]{0,3}\d{1,9}[A-Za-z]?)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_STYLES = tuple(
    re.compile(style, re.IGNORECASE | re.DOTALL)
    for style in (
        # Embase: Journal.12 (3) (pp 244-258) 2018
        (
            rf"{_JOURNAL}[.,]\s*(?:vol\.?\s*)?{_VOLUME}\s*{_ISSUE}\s*"
            rf"\((?:pp?\.?\s*{_PAGES}|no pagination)[^()]*\)(?:[.,\s]*{_YEAR})?"
        ),
        # MEDLINE by Ovid: Journal. 12(3):244-58, 2018 Mar
        rf"{_JOURNAL}[.,]?\s+{_VOLUME}\s?(?:{_ISSUE})?\s?:\s?{_PAGES}(?:[,;.\s(]+{_YEAR})?",
        # PubMed: Journal. 2018 Mar 3;12(3):244-58
        (
            rf"{_JOURNAL}[.,]?\s+{_YEAR}[^;:\d]{{0,12}}\d{{0,2}}\s?;\s?{_VOLUME}\s?(?:{_ISSUE})?"
            rf"(?:\s?:\s?{_PAGES})?"
        ),
        # Journal, vol. 12, no. 3, pp. 244-258, 2018
        (
            rf"{_JOURNAL}[.,]?\s+vol(?:ume)?\.?\s?{_VOLUME}"
            rf"(?:[,;]?\s*(?:no|nr|iss|issue|number)\.?\s?(?P<issue>\w{{1,10}}))?"
            rf"(?:[,;]?\s*(?:pp?|pages?)\.?\s?{_PAGES})?(?:[,;.\s(]+{_YEAR})?"
        ),
        # Journal, 12(3), 244-258
        rf"{_JOURNAL},\s*{_VOLUME}\s?(?:{_ISSUE})?,\s*{_PAGES}(?:[,;.\s(]+{_YEAR})?\W*$",
        # Journal 12 (2018) 244-258
        rf"{_JOURNAL}[.,]?\s+{_VOLUME}\s?\({_YEAR}\)[,:]?\s?{_PAGES}\W*$",
    )
)
_ARTICLE = re.compile(r"\bArticle (?:Number|No\.?|ID):?\s*(?P<pages>[A-Za-z]{0,3}\d{2,12})", re.I)
_DIGIT = re.compile(r"\d")
_LIKELY = re.compile(r"\d\s?[(:;,]|;\s?\d|\bvol|\bArticle N", re.I)


class Source(NamedTuple):
    """What a source says; empty where it does not."""

    journal: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""


def taken_apart(text: str) -> Source | None:
    """Return what a journal's column holds beside the journal; None if it is a journal alone."""
    if not _DIGIT.search(text) or not _LIKELY.search(text):
        return None
    found = next(filter(None, (style.match(text) for style in _STYLES)), None)
    if not found:
        return None
    said = {name: value or "" for name, value in found.groupdict().items()}
    article = _ARTICLE.search(text, found.start("volume"))
    if article and not said.get("pages"):
        said["pages"] = article["pages"]
    said["journal"] = said["journal"].strip(" .,;:")
    return Source(**said)
