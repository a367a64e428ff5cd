"""What databases add to a title, and what a title says about the kind of document."""

from __future__ import annotations

import re

from screener.units.folding import readable

LANGUAGE = (
    r"afrikaans|arabic|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|estonian|"
    r"finnish|flemish|french|georgian|german|greek|hebrew|hungarian|icelandic|italian|japanese|"
    r"korean|latvian|lithuanian|macedonian|norwegian|persian|polish|portuguese|romanian|russian|"
    r"serbian|serbo-croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|"
    r"vietnamese"
)
"""The languages that databases name behind a title, for a regular expression."""
# Notes at the end of a title that say something about the record and are not part of the title.
_NOTES = re.compile(
    r"[\s.]*(?:"
    r"[\[(](?:"
    r"\d+\s+ref(?:erence)?s?|see comments?|comments?|review|meta-?analysis|abstract|letter|"
    r"editorial|corrected|multiple letters(?:[)\]]\s*[\[(]\d{1,2})?|"
    r"structured abstract|provisional abstract|brief record|"
    r"abstract\s+(?:no|number)\b[^\])]*|"
    r"(?:erratum|corrigendum|retraction|comment|update|summary|reprint|original report|"
    r"republished|corrected and republished|retracted and republished|published erratum|"
    r"expression of concern)\s+(?:appears?|in|on|for|from|of)\b[^\]]*|"
    r"summary for patients[^\]]*|"
    rf"(?:article\s+in\s+|in\s+)?(?:{LANGUAGE})(?:[,;/ ]+(?:and\s+)?(?:{LANGUAGE}))*"
    r")[.\s]*[\])]"
    # CINAHL glues where the article first appeared: ". N Engl J Med. 2009 Jan 29;36"
    r"|\.\s+(?:[A-Z][\w&-]*\.?\s+){1,8}(?:19|20)\d\d(?:\s[A-Z][a-z]{2})?[^;]{0,8};.{0,20}"
    r")[\s.]*$",
    re.IGNORECASE,
)
_NOTE_MARKS = ("[", "(", ";", "...")
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
_PART = r"\s*[:\]]|\.\s|\s+[-\u2013\u2014]\s|\u2014|\W*$"
# The first words of a title, and what may follow them: "Correction of scoliosis" and
# "Response-guided therapy" are reports.
_HEADS = {
    "retraction": (
        rf"(?:retract(?:ion|ed)|withdrawn|withdrawal)(?:{_PART}|\s+(?:notice|note|statement)\b"
        r"|\s+(?:article\b|of\s*[:'\"\u2018\u201c]|to\s*[:'\"\u2018\u201c]))"
    ),
    "correction": (
        r"(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|(?:editorial )?expression of concern)"
        rf"(?:{_PART}|\s+(?:to|on|for|of|in|regarding)\b)"
        r"|(?:publisher(?:'?s)?'?\s+|author(?:'?s)?'?\s+)?(?:corrections?|note)"
        rf"(?:{_PART}|\s+(?:to|for)\b)"
    ),
    "reply": (
        rf"(?:in\s+)?repl(?:y|ies)(?:{_PART}|\s+(?:to|by|from)\b)|rejoinder(?:{_PART}|\s+to\b)"
        r"|(?:the\s+)?authors?'?s?'?\s+(?:reply|response)\b|re\s*:"
        rf"|responses?(?:{_PART}|\s+to\s+(?:the\s+)?(?:editor|letter|comment|dr|prof|authors?)\b)"
    ),
    "comment": rf"(?:invited\s+|editorial\s+)?comment(?:s|ary)?(?:{_PART}|\s+(?:on|to)\b)",
    "letter": rf"letters?(?:\s+to\s+the\s+editors?)?(?:{_PART})",
}
_HEAD = re.compile(
    r"^\W*(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _HEADS.items()) + ")",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[:.\-\u2013\u2014\[(]\s*(?:"
    r"(?P<correction>errat(?:um|a)|corrigend(?:um|a)|correction)|(?P<retraction>retraction)|"
    r"(?P<reply>(?:the\s+)?(?:authors?'?s?'?\s+)?(?:reply|response|rejoinder))|"
    r"(?P<comment>comments?|commentary)"
    # Web of Science marks corrections with the place of the article: "(vol 12, pg 34, 2005)"
    r")[\s.\])]*|(?P<place>\(vol(?:ume)?\.? \w+,? (?:pg?|pages?|art\w*)\.? [^()]{1,40}"
    # Embase: "(New England Journal of Medicine (2009) 360 (542-544))"
    r"|\([^()]{4,80}\((?:19|20)\d\d\)[^()]{1,20}\([^()]{1,30}\)[^()]{0,40})\)?)\s*$",
    re.IGNORECASE,
)
_LONGEST_TAIL = 200


def kind_of(title: str) -> str:
    """Name what the document is by its title: "correction", "reply"; empty for a report.

    "[Erratum appears in ...]" is no such word: it is a note on the article itself.
    """
    return kind_of_plain(without_notes(readable(title)))


def kind_of_plain(title: str) -> str:
    """Do the same for a title whose notes have been taken off."""
    found = _HEAD.match(title) or _TAIL.search(title, max(0, len(title) - _LONGEST_TAIL))
    if not found:
        return ""
    kind = found.lastgroup or ""
    return "correction" if kind == "place" else kind


def without_kind(title: str) -> str:
    """Take off the words that say what a document is: what is left is the report's title."""
    return _TAIL.sub("", _HEAD.sub("", title))


def without_notes(title: str) -> str:
    """Take off notes at the end, one after the other, and brackets around the whole title."""
    title = title.strip().strip('"')
    if any(mark in title for mark in _NOTE_MARKS):
        title = _LONG_NOTES.sub("", title) or title
        shorter = _NOTES.sub("", title)
        while shorter and shorter != title:
            title, shorter = shorter, _NOTES.sub("", shorter)
    if title.startswith("[") and title.rstrip(". ").endswith("]") and title.count("[") == 1:
        title = title.rstrip(". ")[1:-1]
    return title
