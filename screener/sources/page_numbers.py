"""Pages: one text for what exports write in one, two or three tags."""

from __future__ import annotations

import re

_NONE = re.compile(
    r"^(?:no\.?\s*(?:pagination)?\s*specified|no pagination.*|no|specified|"
    r"n\.?\s?p\.?(?:ag)?\.?|n/a|na|none|null|-+)$",
    re.I,
)
_LEADING = re.compile(r"^(?:pp?|pages?|s)\.?\s*:?\s*(?=[\dA-Za-z]*\d)", re.I)
_DASHES = re.compile(r"\s*[-‐‑‒–—−]+\s*")


def pages(start: str, end: str = "") -> str:
    """Return "379-423" out of start and end, or of one text that holds both."""
    if not (start.isdecimal() and end.isdecimal()):
        start, end = _part(start), _part(end)
    if not start or not end or end == start:
        return start or end
    if "-" in start:
        return start
    if end.startswith(f"{start}-"):
        return end
    return f"{start}-{end}"


def _part(text: str) -> str:
    text = text.strip().strip(".,;:")
    if not text or _NONE.match(text):
        return ""
    if text[0].isdigit() and text.isalnum():
        return text
    text = _LEADING.sub("", text) if text[:1] in "pPsS" and not text[1:2].isdigit() else text
    return _DASHES.sub("-", text)


_ARTICLE = re.compile(r"[A-Za-z]{0,3}\d{1,8}$")


def is_article_number(text: str) -> bool:
    """Whether a publisher's number of an item looks like what is cited in place of pages."""
    return bool(_ARTICLE.match(text))
