"""Titles: their variants, and whether they tell records apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from screener.duplicates import tails
from screener.duplicates.kinds import kind_of_plain, without_kind, without_notes
from screener.duplicates.signs import powers, signs, written
from screener.units.folding import compact, fold, readable

_TWO_TITLES = re.compile(r"^(.{12,}?)\s*\[([^\[\]]{12,})\]\s*\.?$")
_BRACKETED = re.compile(r"[\s\"]*\[[^\[\]]{20}")  # no "[18F]"
_TRANSLATION = 0.5
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
_AND = ((" and ", " "), (" und ", " "), (" et ", " "), (" versus ", " vs "))


class Title(msgspec.Struct, frozen=True, array_like=True):
    """One way to write a record's title: folded with spaces; without, and without "and" and "&".

    `signs` are those that turn a report into another one and that folding takes away: every "<"
    and ">", and every "+" and "-" behind a name ("CD4+").
    """

    words: str
    letters: str
    signs: str = ""


NO_TITLE = Title("", "")


def variants(title: str, translated: str = "") -> tuple[Title, ...]:
    """Every title the record may be known by, the one as given first; none if it has no letters."""
    text = plain(title)
    return of_plain(text, kind_of_plain(text), translated)


def of_plain(text: str, kind: str, translated: str = "") -> tuple[Title, ...]:
    """Return the same of a title that `plain` gave; `kind` is the document's by that title."""
    texts = [text]
    if "<ORIGINAL>" in text:
        texts += text.split("<ORIGINAL>")
    elif (both := _TWO_TITLES.match(text)) and _as_long(both[1], both[2]):
        texts += [both[1], both[2]]
    elif " = " in text:
        texts += [part for part in text.split(" = ") if len(part) > 12]
    else:
        texts += tails.parted(text)
    if "ß" in text:
        texts.append(text.replace("ß", " beta "))  # "Aß42" is no German
    if kind:
        texts.append(without_kind(text))
    if translated:
        texts.append(plain(translated))
    found: dict[str, Title] = {}
    for one in texts:
        words = fold(one)
        letters = compact(_one_and(words))
        made = Title(words, letters, signs(one))
        # "[poster presentation]" behind a title is no second title
        if _has_letters(letters) and not one.startswith("#") and not (found and generic(made)):
            found.setdefault(letters, made)
    return tuple(found.values())


def _one_and(words: str) -> str:
    """Write "and" as "&", which folding drops, and "vs" in one way."""
    for one, other in _AND:
        if one in words:
            words = words.replace(one, other)
    return words


def plain(title: str) -> str:
    """Take off what databases put behind a title, and write its signs in one way."""
    return written(tails.without(without_notes(readable(powers(title)))))


def _as_long(one: str, other: str) -> bool:
    """Whether one could be the other's translation: "[part 2: adults]" behind a title is not."""
    short, long = sorted((len(one), len(other)))
    return short >= _TRANSLATION * long


def _has_letters(text: str) -> bool:
    start = text[:_LEAST_LETTERS]
    if len(start) == _LEAST_LETTERS and start.isalpha():
        return True
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS


def translated(title: str, known: Sequence[Title]) -> bool:
    """Whether a title was translated, as MEDLINE marks with brackets, or is not in English."""
    return bool(_BRACKETED.match(title)) or any(tails.foreign(one.words.split()) for one in known)


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
