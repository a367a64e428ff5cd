"""Titles: what databases add to them, their variants, their kind and their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from screener.duplicates.folding import compact, fold, readable

_LANGUAGE = (
    r"afrikaans|arabic|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|estonian|"
    r"finnish|flemish|french|georgian|german|greek|hebrew|hungarian|icelandic|italian|japanese|"
    r"korean|latvian|lithuanian|macedonian|norwegian|persian|polish|portuguese|romanian|russian|"
    r"serbian|serbo-croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|"
    r"vietnamese"
)
# Notes at the end of a title that say something about the record and are not part of the title.
_NOTES = re.compile(
    r"[\s.]*(?:"
    r"[\[(](?:"
    r"\d+\s+ref(?:erence)?s?|see comments?|comments?|review|meta-?analysis|abstract|letter|"
    r"editorial|corrected|structured abstract|provisional abstract|brief record|"
    r"abstract\s+(?:no|number)\b[^\])]*|"
    r"(?:erratum|corrigendum|retraction|comment|update|summary|reprint|original report|"
    r"republished|corrected and republished|retracted and republished|published erratum|"
    r"expression of concern)\s+(?:appears?|in|on|for|from|of)\b[^\]]*|"
    r"summary for patients[^\]]*|"
    rf"(?:article\s+in\s+|in\s+)?(?:{_LANGUAGE})(?:[,;/ ]+(?:and\s+)?(?:{_LANGUAGE}))*"
    r")[.\s]*[\])]"
    # CINAHL glues where the article first appeared: ". N Engl J Med. 2009 Jan 29;36"
    r"|\.\s+(?:[A-Z][\w&-]*\.?\s+){1,8}(?:19|20)\d\d(?:\s[A-Z][a-z]{2})?[^;]{0,8};.{0,20}"
    r")[\s.]*$",
    re.IGNORECASE,
)
# Notes that go on to the end, brackets within them included or lost.
_LONG_NOTES = re.compile(
    r"[\s.]*(?:"
    r"[\[(]\s*(?:published\s+)?(?:erratum|corrigendum|retraction|expression of concern|comment|"
    r"corrected and republished|retracted and republished|republished|reprint|update|"
    r"original report)\s+(?:appears?|in|on|from|of)\s"
    r"|\.\.\.\s*(?:includ(?:es|ing)|with)\s+(?:discussion|comment|commentary|reply|author)"
    r").*$",
    re.IGNORECASE | re.DOTALL,
)
_TWO_TITLES = re.compile(r"^(.{12,}?)\s*\[([^\[\]]{12,})\]\s*\.?$")

# What a document is about another document, from the first words of its title.
_HEADS = {
    "retraction": r"retract(?:ion|ed)|withdrawn|withdrawal",
    "correction": (
        r"errat(?:um|a)|corrigend(?:um|a)|corrections?|addend(?:um|a)|publisher(?:'?s)? "
        r"(?:correction|note|erratum)|author(?:'?s)? correction|expression of concern|"
        r"editorial expression of concern"
    ),
    "reply": (
        r"repl(?:y|ies)|(?:the\s+)?authors?'?\s+(?:reply|response)|in reply|response|rejoinder|"
        r"re(?=\s*:)"
    ),
    "comment": r"comments?|commentary|invited commentary|discussion|editorial comment",
    "letter": r"letters?(?: to the editors?)?",
}
_HEAD = re.compile(
    r"^\W*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _HEADS.items())
    + r")(?:\s*[:.\-\u2013\u2014\]]|\s+(?:to|on|for|of|from|notice|by)\b|\W*$)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[:.\-\u2013\u2014\[(]\s*(?:"
    r"(?P<correction>errat(?:um|a)|corrigend(?:um|a)|correction)|(?P<retraction>retraction)|"
    r"(?P<reply>(?:the\s+)?(?:authors?'?s?'?\s+)?(?:reply|response|rejoinder))|"
    r"(?P<comment>comments?|commentary)"
    # Web of Science marks corrections with the place of the article: "(vol 12, pg 34, 2005)"
    r")[\s.\])]*|\((?P<place>vol(?:ume)?\.? \w+,? (?:pg?|pages?|art\w*)\.? [^()]{1,40})\)?)\s*$",
    re.IGNORECASE,
)

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


def kind_of(title: str) -> str:
    """Name what the document is by its title: "correction", "reply"; empty for a report.

    "[Erratum appears in ...]" is no such word: it is a note on the article itself.
    """
    title = _NOTES.sub("", _LONG_NOTES.sub("", readable(title)))
    for pattern in (_HEAD, _TAIL):
        found = pattern.search(title)
        if found:
            kind = found.lastgroup or ""
            return "correction" if kind == "place" else kind
    return ""


def variants(title: str, translated: str = "") -> tuple[Title, ...]:
    """Every title the record may be known by, the one as given first; none if it has no letters."""
    text = _without_notes(readable(title))
    texts = [text]
    both = _TWO_TITLES.match(text)
    if "<ORIGINAL>" in text:
        texts += text.split("<ORIGINAL>")
    elif both:
        texts += [both[1], both[2]]
    elif " = " in text:
        texts += [part for part in text.split(" = ") if len(part) > 12]
    if "ß" in text:
        texts.append(text.replace("ß", " beta "))  # "Aß42" is no German
    if kind_of(title):
        texts.append(_TAIL.sub("", _HEAD.sub("", text)))
    if translated:
        texts.append(_without_notes(readable(translated)))
    found: dict[str, Title] = {}
    for one in texts:
        words = fold(one)
        letters = compact(words)
        if sum(letter.isalpha() for letter in letters) >= 3 and not one.startswith("#"):
            found.setdefault(letters, Title(words, letters))
    return tuple(found.values())


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


def _without_notes(text: str) -> str:
    """Take off notes at the end, one after the other, and brackets around the whole title."""
    text = _LONG_NOTES.sub("", text.strip().strip('"')) or text
    while True:
        shorter = _NOTES.sub("", text)
        if shorter == text or not shorter:
            break
        text = shorter
    if text.startswith("[") and text.rstrip(". ").endswith("]") and text.count("[") == 1:
        text = text.rstrip(". ")[1:-1]
    return text
