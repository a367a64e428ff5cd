"""Titles: their variants, and whether they tell records apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from screener.duplicates.folding import compact, fold, readable
from screener.duplicates.kinds import kind_of_plain, without_kind, without_notes

_TWO_TITLES = re.compile(r"^(.{12,}?)\s*\[([^\[\]]{12,})\]\s*\.?$")
_LEAST_LETTERS = 3
_FEW_WORDS = 3
_FEW_LETTERS = 20
_GENERIC_WORDS = """
    abstract abstracts advertisement announcement announcements answer appendix authors awards
    biography board book books briefs calendar call column comment comments commentary committee
    communications conclusion congress contents contributors correction corrections
    correspondence cover critique current dear debate diary digest discussion editor editorial
    editorials editors epilogue erratum essay events field foreword forum front from guest
    guidelines highlights in index information interview introduction introductory invited issue
    issues journal keynote letter letters list literature matter meeting meetings memoriam
    message minutes miscellaneous miscellany news newsletter note notes notice notices
    obituaries obituary of on opinion other overview papers perspective perspectives plenary
    point poster posters preface preliminary president presidential presentations press prize
    proceedings prologue program programme publications question questions reader readers
    references remarks reply report reports response review reviewer reviewers reviews scope
    section selected senior session sessions special speakers summaries summary supplement
    symposium table thank thanks the this to topics tribute update updates viewpoint volume
    welcome with words year a an and by for s
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


@dataclass(frozen=True, slots=True)
class Title:
    """One way to write a record's title: folded with spaces, and without."""

    words: str
    letters: str


def variants(title: str, translated: str = "") -> tuple[Title, ...]:
    """Every title the record may be known by, the one as given first; none if it has no letters."""
    text = without_notes(readable(title))
    texts = [text]
    if "<ORIGINAL>" in text:
        texts += text.split("<ORIGINAL>")
    elif both := _TWO_TITLES.match(text):
        texts += [both[1], both[2]]
    elif " = " in text:
        texts += [part for part in text.split(" = ") if len(part) > 12]
    if "ß" in text:
        texts.append(text.replace("ß", " beta "))  # "Aß42" is no German
    if kind_of_plain(text):
        texts.append(without_kind(text))
    if translated:
        texts.append(without_notes(readable(translated)))
    found: dict[str, Title] = {}
    for one in texts:
        words = fold(one)
        letters = compact(words)
        if _has_letters(letters) and not one.startswith("#"):
            found.setdefault(letters, Title(words, letters))
    return tuple(found.values())


def _has_letters(text: str) -> bool:
    start = text[:_LEAST_LETTERS]
    if len(start) == _LEAST_LETTERS and start.isalpha():
        return True
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS


def generic(title: Title) -> bool:
    """Whether many documents could carry this title: short, or of words such as "editorial"."""
    if not title.letters.isascii():
        return len(title.letters) < 12
    return _telling(title) < _FEW_WORDS or len(title.letters) < _FEW_LETTERS


def empty(title: Title) -> bool:
    """Whether no word of the title tells what it is about: "Editorial", "Guest editorial"."""
    return title.letters.isascii() and not _telling(title)


def _telling(title: Title) -> int:
    return sum(word not in _GENERIC and not word.isdigit() for word in title.words.split())
