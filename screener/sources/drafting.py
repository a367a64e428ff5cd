"""Abstracts and keywords: the choices that every format makes alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from screener.sources.plain_text import clean, escape

_COPYRIGHT = re.compile(
    r"^\W*(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|&copy;|\[?copyright\s+(?:of|©|\(c\)|19|20)|"
    r"all rights reserved|published by\b.{0,60}$)",
    re.I,
)
_RIGHTS = re.compile(r"Copyright of .{3,200} is the property of .{3,900}$", re.S)


def abstract(texts: Iterable[str]) -> str:
    """Join the parts of an abstract; copyright notices and repetitions are dropped."""
    kept: list[str] = []
    for text in texts:
        # The notices are looked for in the text as it came; see `guarded`.
        if len(text) < 1500 and _COPYRIGHT.match(text):
            continue
        if "is the property of" in text:
            text = _without_rights(text)
        part = clean(text)
        if not part:
            continue
        if kept and any(part[:200] == other[:200] for other in kept):
            continue
        kept.append(part)
    return kept[0] if len(kept) == 1 else " ".join(kept)


def _without_rights(text: str) -> str:
    """Cut off EBSCO's notice, which begins at the first "Copyright of" that it can begin at."""
    found = _RIGHTS.search(text)
    if not found:
        return text
    return text[: found.start()].removesuffix("(").rstrip()


def guarded(text: str) -> str:
    """Return how an abstract is written so that `abstract` gives it back unchanged."""
    written = escape(text)
    if abstract([written]) == text:
        return written
    # `escape` takes the white space off its text's ends, but what follows a sign may begin with it.
    written = f"&#{ord(text[0])};" + escape("_" + text[1:])[1:]
    return written.replace("is the property of", "&#105;s the property of")


def escaped_keyword(word: str) -> str:
    """Return how a keyword is written so that `keywords` gives it back unchanged."""
    return escape("*" + word if word.startswith("*") else word)


# Only what `escape` writes, so that "R&D; x" is taken apart.
_ENTITY = r"&(?:#\w{1,7}|amp|lt|gt|quot|nbsp);"
_JOINT = re.compile(rf"({_ENTITY})|;")
_LISTED = re.compile(rf"(?:{_ENTITY}|[^;])+")
_UNFINISHED = re.compile(r"&(?=(?:#\w{0,7}|amp|lt|gt|quot|nbsp)$)")


def listed(words: Iterable[str]) -> str:
    """Return keywords as one text, which `unlisted` and `keywords` take apart again."""
    texts = [
        _JOINT.sub(
            lambda found: found[1] or "&#59;", _UNFINISHED.sub("&amp;", escaped_keyword(word))
        )
        for word in words
    ]
    # A semicolon at the end of a single one says that its commas are no joints.
    return "; ".join(texts) + (";" if len(texts) == 1 and "," in texts[0] else "")


def unlisted(text: str) -> list[str]:
    """Take a text apart at its semicolons, but for those that end an entity."""
    return _LISTED.findall(text)


def keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Clean keywords; each is kept once, in its first place."""
    found = dict.fromkeys(map(_keyword, texts))
    if "" in found:
        del found[""]
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _keyword(text: str) -> str:
    # Databases repeat their terms from record to record, so most need not be cleaned again.
    return clean(text).removeprefix("*").lstrip()
