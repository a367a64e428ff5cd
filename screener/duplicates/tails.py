"""What databases put behind a title: its language, the original title, codes of its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screener.duplicates.kinds import LANGUAGE
from screener.units.folding import fold

_LANGUAGES = rf"(?:{LANGUAGE})(?:[,;/ ]+(?:and\s+)?(?:{LANGUAGE}))*"
_LANGUAGE_TAIL = re.compile(
    rf"(?<=[.?!])\s*(?:(?:article|text|original)\s+)?(?:in\s+)?{_LANGUAGES}[.\s]*$", re.IGNORECASE
)
_ORIGINAL = re.compile(rf"(?<=[.?!])\s*\[?{_LANGUAGES}\]?[.:]?\s+(?=\W*[^\W\d_])", re.IGNORECASE)
_LANGUAGE = re.compile(
    rf"[.?!]\s*\[?(?:(?:article|text|original)\s+)?(?:in\s+)?(?:{LANGUAGE})\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.?!]\s+(?=\W*[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]{3}$")
_BRACKETED = re.compile(r"\s*[(\[](?=[^()\[\]]{12,}[)\]]\W*$)")
_STOPPED = re.compile(r"[.?!][\s\[]")
_NUMBER = re.compile(r"\d|:")
# The divisions of the Australian and New Zealand research classification, which a publisher's
# titles of 2018 and 2019 carry with the codes of their groups.
_DIVISION = (
    r"(?:(?:Mathematical|Physical|Chemical|Earth|Environmental|Biological) Sciences|"
    r"Agricultural and Veterinary Sciences|Information and Computing Sciences|"
    r"Medical and Health Sciences|Built Environment and Design|Psychology and Cognitive Sciences|"
    r"Commerce, Management, Tourism and Services|Studies in Human Society|Law and Legal Studies|"
    r"Studies in Creative Arts and Writing|Language, Communication and Culture|"
    r"History and Archaeology|Philosophy and Religious Studies|"
    r"(?:Engineering|Technology|Education|Economics)(?= \d{4} [A-Z]))"
)
_GROUP = r"(?:\W+(?:0[1-9]|1\d|2[0-2])(?:\d\d){0,2} [A-Z][A-Za-z,&() -]{3,70}?)"
_DIVIDED = re.compile(rf"{_GROUP}*[\s.,;(\[]+(?:0[1-9]|1\d|2[0-2]) {_DIVISION}{_GROUP}*\W*$")
_NAMED_CODES = re.compile(
    r"[\s.;,(\[]+(?:"
    r"JEL(?:[- ](?:classifications?|codes?|class))?[\s:]+[A-Z]\d{1,2}(?:[,;\s]+[A-Z]\d{1,2})*\W*"
    r"|(?:(?:AMS|mathematics) subject classifications?|MSC)\W*(?:(?:19|20)\d\d\W+)?"
    r"\d\d[A-Z-]\d\d\b.*"
    r"|PACS(?: (?:numbers?|codes?|nos?\.?))?\W+\d\d\.\d\d.*"
    r"|UDC\W+\d[\d.:+]*\W*"
    r"|(?<=[.;] )(?:key ?words|subject (?:areas?|categor(?:y|ies)|codes?|classifications?|"
    r"headings?))\s*:.*"
    r")$",
    re.IGNORECASE | re.DOTALL,
)
_CODED = (
    "Science", "Stud", "Engineering", "Technology", "Education", "Economics", "Design", "Services",
    "Culture", "Archaeology", "JEL", "MSC", "subject class", "Subject", "PACS", "UDC", "words:",
    "subject",
)  # fmt: skip
"""What is in every title with codes behind it: looking for that is quick."""
# Small words of the languages that reports are titled in, other than English.
_FOREIGN_WORDS = """
    der die das des dem den und ein eine einer im von zur zum mit bei als auf fur oder nach uber
    le la les du et un une dans chez sur par aux pour avec
    el los las y del en con por para una sobre
    il lo gli della delle dei nel nella di da e per una
    do dos das na no em com uma o os
    och av till hos en og et af ved til het een van voor bij op i z w na oraz
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split()) - {"i", "no", "das", "die", "per", "den", "van", "o"}
_FEW_FOREIGN = 2
_BESIDE_WORDS = """
    i no das die per den van o v s u po pri dlya iz ot za ni wa ga ve ile bir icin az es a ja se
    je om te dan dengan yang
"""
_BESIDE_A_LANGUAGE = _FOREIGN | frozenset(_BESIDE_WORDS.split())
"""Small words that say so only behind the name of a language."""
_ENGLISH_WORDS = """
    a the of and with for from by to among between in on at versus during after using
    study studies trial trials patients version multicentre multicenter results guideline guidelines
    experience consensus survey registry society cohort children adults adolescents population
    women men group project network version validation adaptation translation perspective
    data part report reports review analysis lung cancer task force sample scale school schools
    nurses physicians hospital hospitals health care
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SHORTEST = 12
_AS_LONG = 0.4


def without(title: str) -> str:
    """Take off the name of the language, and codes of the subject, that stand behind a title."""
    if _STOPPED.search(title) and _LANGUAGE.search(title):
        title = _LANGUAGE_TAIL.sub("", title) or title
    if _NUMBER.search(title) and any(mark in title for mark in _CODED):
        title = _NAMED_CODES.sub("", _DIVIDED.sub("", title)) or title
    return title


def parted(title: str) -> tuple[str, ...]:
    """Return title and original title where both stand here one behind the other; else nothing.

    A language may stand between them: ". German Morgendliche Spaziergange"; "German multicentre
    study" is no title in German.
    """
    stopped = _STOPPED.search(title)
    if stopped and _LANGUAGE.search(title):
        found = _ORIGINAL.split(title, maxsplit=1)
        if len(found) == 2 and _as_long(*found) and _named(found[1]):
            return _trimmed(found[0], found[1])
    for head, tail in _two(title, stopped is not None):
        if _as_long(head, tail) and foreign(_words(head)) != foreign(_words(tail)):
            return _trimmed(head, tail)
    return ()


def _two(title: str, stopped: bool) -> Iterator[tuple[str, str]]:
    """Yield what may be two titles: sentences, parted by a stroke, or one of them in brackets."""
    for found in _SENTENCE.finditer(title) if stopped else ():
        head = title[: found.start()]
        if _LETTERS.search(head, max(0, len(head) - 3)):  # no "et al. in"
            yield head, title[found.end() :]
    if " / " in title:
        head, _, tail = title.partition(" / ")
        yield head, tail
    if title.endswith((")", "]")) and (brackets := _BRACKETED.search(title)):
        yield title[: brackets.start()], title[brackets.end() :]


def foreign(words: Sequence[str]) -> bool:
    """Whether a title, folded, is in another language than English, by its small words."""
    own = len(_FOREIGN.intersection(words))
    return own >= _FEW_FOREIGN and own > len(_ENGLISH.intersection(words))


def _named(text: str) -> bool:
    """Whether what stands behind the name of a language may be a title in it."""
    words = _words(text)
    own = sum(word in _BESIDE_A_LANGUAGE for word in words)
    strange = not text.isascii() and any(mark.isalpha() and mark > "\x7f" for mark in text)
    return bool(own or strange) and own + strange > sum(word in _ENGLISH for word in words) - own


def _words(text: str) -> list[str]:
    return fold(text).split()


def _as_long(one: str, other: str) -> bool:
    short, long = sorted((len(one), len(other)))
    return short >= _SHORTEST and short >= _AS_LONG * long


def _trimmed(*parts: str) -> tuple[str, ...]:
    return tuple(part.strip(" .[]()") for part in parts)
