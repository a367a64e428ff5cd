"""Where a report appeared: journal, volume, issue, pages, year."""

from __future__ import annotations

import re

import msgspec

from screener.units.folding import fold, readable

_MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE_PAGES = re.compile(
    rf"^\s*(?:(\d{{1,2}})-({_MONTHS})|({_MONTHS})-(\d{{2}})|(?:19|20)\d\d-(\d\d)-(\d\d)\b.*)\s*$",
    re.IGNORECASE,
)
# what is left of "S417-S429" or "quiz 314-20" when its beginning was cut off
_CUT_PAGES = re.compile(r"^\s*[a-z]+\s*-\s*\d+\s*$", re.IGNORECASE)
_ROMAN_PAGES = re.compile(r"^\s*([ivxlc]+)\s*(?:-+\s*([ivxlc]+))?\s*$", re.IGNORECASE)
_PAGE = r"([a-z]{0,10}[. ]?)(\d{1,9})([a-z]{0,3})"
_RANGE = re.compile(
    rf"(?<![\w.]){_PAGE}(?:\.e?\d+)?(?:\s*(?:-+|\u2013|\u2014|to|/)\s*{_PAGE})?(?![\w])",
    re.IGNORECASE,
)
_PART = re.compile(r"\bpart\s+\w+\W+(?=.*\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SUPPLEMENT = re.compile(r"suppl?(?:ement(?:ary)?)?|\bs\d|abstracts?|astracts", re.IGNORECASE)
_CONFERENCE = re.compile(
    r"\bconference\b|\bcongress\b|\bannual (?:scientific )?(?:meeting|session)|\bsymposium\b|"
    r"\bmeeting abstracts?\b|"
    # "Proceedings of the Royal Society" is a journal
    r"\bproceedings of the (?:\d|first|second|third|\w+th\b|\w*\s?annual|international workshop)",
    re.IGNORECASE,
)
# Embase glues the meeting to the journal: "Neuro Oncology. Conference: 11th Congress of ..."
_MEETING = re.compile(r"\.\s*Conference\b|(?:\.\s*|\s)(?i:conference):")
_SUPPLEMENT_NUMBER = re.compile(
    r"suppl?(?:ement(?:ary)?)?[. ]*(?:no\.? *)?(\d+)|\bs(\d{1,2})\b", re.IGNORECASE
)
_CUT_SUPPLEMENT = re.compile(r"^\s*(\d+)\s*\)")
_MEETING_NAME = re.compile(
    r"\b(?:conference|congress|symposium|convention|workshop|meeting|proceedings)\b", re.IGNORECASE
)
# what changes from one year's meeting to the next, and what a name is dressed with
_DRESSING = re.compile(
    r"^(?:\d+|\d*(?:st|nd|rd|th)|[12]\d{3}|proceedings|proc|annual|joint|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty|thirty|forty|ieee|acm)$"
)
ARTICLE_NUMBER = 5
"""Digits from which a page is more likely the number of an article."""
_SERIES = 3
_BEGINNING = 2
_SHORTENED = 3
_MEETING_SHARED = 0.5
_STOP_WORDS = """
    a an and de der des die di du et for fur in la le les of on the und to official
    electronic resource online print supplement supplements suppl
    voor van het een den fuer pour para por i y e og och w na
"""
_STOP = frozenset(_STOP_WORDS.split())
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COUNTRY = re.compile(r"\b(?:united states of america|u s a)\b")
_VOWELS = frozenset("aeiou")


class Pages(msgspec.Struct, frozen=True, array_like=True):
    """First and last pages as text ("s29", "e1469"); `ranges` holds every range given.

    `guessed` pages may be wrong; that they differ from others means nothing.
    """

    first: str
    last: str
    ranges: tuple[tuple[str, str], ...]
    guessed: bool = False

    @property
    def span(self) -> int:
        """How many pages the first range covers; 0 where that is not known."""
        first, last = (page.lstrip(_LETTERS) for page in (self.first, self.last))
        one_letter = self.first.removesuffix(first) == self.last.removesuffix(last)
        if one_letter and first.isdigit() and last.isdigit():
            return int(last) - int(first) + 1
        return 0

    @property
    def kind(self) -> str:
        """Whether they are pages in print, a number of the article, or counted from 1."""
        if self.first == "1":
            return "counted"
        return "print" if self.first.isdigit() and len(self.first) < ARTICLE_NUMBER else "number"


NO_PAGES = Pages("", "", ())


def pages(text: str) -> Pages:
    """Read page ranges: 244-58 is 244-258, e001469 is e1469; "06-Oct" is a guess."""
    if not text:
        return NO_PAGES
    roman = _ROMAN_PAGES.match(text)
    if roman:
        first, last = roman[1].lower(), (roman[2] or roman[1]).lower()
        return Pages(first, last, ((first, last),))
    date = _DATE_PAGES.match(text)
    if date:
        return _undated(date)
    if _CUT_PAGES.match(text):
        return NO_PAGES
    found = [pair for pair in map(_expanded, _RANGE.finditer(readable(text))) if pair[0]]
    return Pages(found[0][0], found[0][1], tuple(found)) if found else NO_PAGES


def _undated(date: re.Match[str]) -> Pages:
    """Undo what a spreadsheet made of "6-10" or "10-6": "06-Oct", "10-Jun" or "2019-10-06".

    Of 10 and 6 it may have been either that came first, and 10-6 is short for 10-16. `first` and
    `last` are the numbers that are written there.
    """
    name = date[2] or date[3]
    month = _MONTHS.split("|").index(name.lower()) + 1 if name else int(date[5])
    low, high = sorted((month, int(date[1] or date[4] or date[6])))
    ranges = [(str(low), str(high))]
    shortened = str(high)[: -len(str(low))] + str(low)
    if len(shortened) == len(str(high)) > len(str(low)):
        longer = int(shortened) if int(shortened) > high else int(shortened) + 10 ** len(str(low))
        ranges.append((str(high), str(longer)))
    return Pages(str(low), str(high), tuple(ranges), guessed=True)


def _expanded(found: re.Match[str]) -> tuple[str, str]:
    letter, number, after, last_letter, last, last_after = found.groups()
    letter = _letter(letter)
    number = number.lstrip("0")
    if not number:
        return "", ""
    first = letter + number + after.lower()
    if last is None:
        return first, first
    last = last.lstrip("0") or "0"
    if len(last) < len(number):
        last = number[: len(number) - len(last)] + last
    return first, (_letter(last_letter) or letter) + last + (last_after or "").lower()


def _letter(text: str | None) -> str:
    """Return the letter of a page such as S29; words such as "p." or "Article" are none."""
    text = (text or "").strip(". ").lower()
    return (
        "" if text in {"p", "pp", "pg", "page", "pages", "article", "art", "artn", "no"} else text
    )


def number(text: str) -> str:
    """Return the number of a volume or issue without what was glued to it."""
    found = re.search(r"\d+", _PART.sub("", text))
    return found[0].lstrip("0") if found else ""


def volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """Return volume and issue, also out of "383(9922)" or "13 (2) (no pagination)"."""
    glued = re.match(r"\D{0,12}(\d+)\s*\W*\s*\((\d+)[^)]*\)", volume)
    if glued and not issue:
        return glued[1].lstrip("0"), glued[2].lstrip("0")
    # "3)" is what is left of "21 (Supplement 3)": the volume is not known
    own = "" if re.match(r"\s*\d+\s*\)", volume) else number(volume)
    return own, number(issue)


def year(text: str) -> int:
    """Return the year, 0 if none is given."""
    found = _YEAR.search(text)
    return int(found[0]) if found else 0


def supplement(volume: str, issue: str) -> bool:
    """Whether volume or issue name a supplement or a collection of abstracts."""
    return bool(_SUPPLEMENT.search(volume) or _SUPPLEMENT.search(issue))


def supplement_number(volume: str, issue: str) -> str:
    """Return the number of a supplement; "1)" is what is left of "36 (Supplement 1)"."""
    for text in (issue, volume):
        found = _SUPPLEMENT_NUMBER.search(text) or _CUT_SUPPLEMENT.match(text)
        if found:
            return next(number for number in found.groups() if number).lstrip("0")
    return ""


def meeting(journal: str) -> frozenset[str]:
    """Return the telling words of the meeting that is glued to a journal; none if there is none."""
    parts = _MEETING.split(readable(journal), maxsplit=1)
    words = fold(parts[1]).split() if len(parts) > 1 else []
    return frozenset(word for word in words if word not in _STOP)


def same_meeting(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two meetings are one: databases cut the name or add the town."""
    numbers = [{word for word in words if word[0].isdigit()} for words in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    return len(one & other) >= _MEETING_SHARED * min(len(one), len(other))


def conference(journal: str) -> bool:
    """Whether the journal field names a meeting."""
    return bool(_CONFERENCE.search(journal))


def journal_names(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the telling words of every name in a journal field, cut at "=", ":", brackets."""
    text = _MEETING.split(readable(text), maxsplit=1)[0] or text
    names: dict[tuple[str, ...], None] = {}
    for whole in text.split("="):
        for part in (whole, *re.split(r"[:(\[]|\.\s", whole)):
            folded = fold(part.replace(".", " "))
            if "u s a" in folded or "united states" in folded:
                folded = _COUNTRY.sub("usa", folded)
            words = tuple(word for word in folded.split() if word not in _STOP)
            if words:
                names.setdefault(words)
    return tuple(names)


def same_journal(
    one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]
) -> bool | None:
    """Whether two journal fields have a name in common, abbreviations by their first letters.

    Where one is the beginning of the other, as "Journal of Trauma" is of "Journal of Trauma,
    Injury, Infection", they may be one journal or two.
    """
    if any(_same_name(a, b) for a in one for b in other):
        return True
    may_be = any(_begins(a, b) for a in one[:1] for b in other[:1]) or any(
        _shortens(a, b) for a in one for b in other
    )
    return None if may_be else False


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _BEGINNING and all(map(_abbreviates, short, long))


def _shortens(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other without some of its words: "Proc Biol Sci", "Proc R Soc B Biol Sci".

    Three words and more, beginning and end among them, so that it is no accident.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTENED or not (
        _abbreviates(short[0], long[0]) and _abbreviates(short[-1], long[-1])
    ):
        return False
    words = iter(long)
    return all(any(_abbreviates(word, whole) for whole in words) for word in short)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    if _same_meeting(one, other):
        return True
    if len(one) == len(other):
        return all(_abbreviates(a, b) for a, b in zip(one, other, strict=True))
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(short[0]) >= 3 and _initials(short[0], long)


def _same_meeting(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two proceedings are one series: "51st Annual Hawaii ..." and "Hawaii ..."."""
    if not (_MEETING_NAME.search(" ".join(one)) and _MEETING_NAME.search(" ".join(other))):
        return False
    left, right = ({word for word in name if not _DRESSING.match(word)} for name in (one, other))
    return min(len(left), len(right)) >= _SERIES and (left <= right or right <= left)


def _abbreviates(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    # "natl" for national, "dtsch" for deutsche: the first letters, or no vowel, and in order
    if len(short) < 3 or not (
        short[:2] == long[:2] or (short[0] == long[0] and _VOWELS.isdisjoint(short))
    ):
        return False
    letters = iter(long)
    return all(mark in letters for mark in short)


def _initials(short: str, long: tuple[str, ...]) -> bool:
    initials = "".join(word[0] for word in long)
    known = short == initials or (len(short) > _SHORTENED and initials.startswith(short))
    return known or short == "".join(long)
