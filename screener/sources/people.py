"""Several people in one text: how every format's author fields are taken apart.

A text is taken apart from the surest joint to the least sure: quotes of a list that a script
wrote, then semicolons and lines, then "and" and "&", then commas. What is no person (a degree, the
number of an affiliation, "et al.") is taken off before commas are looked at. A text that may be one
name stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from screener.sources.plain_text import WHOLE, clean

_SPECIAL = r"(?:[Jj][Rr]|[Ss][Rr]|II|III|IV|2nd|3rd)\.?"
SUFFIX = re.compile(rf"\s*{_SPECIAL}$")
_INITIAL = r"[A-ZÀ-ÞĀ-Ž](?:h|r|u|hr|w)?\.?"
_INITIALS = re.compile(rf"(?:{_INITIAL}[-‐ ]?){{1,4}}(?:\s*{_SPECIAL})?$")
_FAMILY_INITIALS = re.compile(rf"[^\W\d_].*\s(?:[A-ZÀ-ÞĀ-Ž]\.?[-‐ ]?){{1,4}}(?:\s{_SPECIAL})?$")
_INITIALS_FAMILY = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž]{1,3} |(?:[A-ZÀ-ÞĀ-Ž]\.[-‐ ]?){1,4})"
    r"((?:[a-zß-ÿ']{1,4} ){0,3}[A-ZÀ-ÞĀ-Ž][\w'’-]+(?: [A-ZÀ-ÞĀ-Ž][\w'’-]+)?)$"
)
_TURNED = re.compile(
    r"([A-ZÀ-Þ]{1,3}) ((?:[a-z]{1,4} ){0,3}[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)$"
)
_GROUP = re.compile(
    r"\b(?:group|groups|team|study|studies|consortium|committee|network|collaborat\w+|society|"
    r"association|institute|institut|university|universit\w+|department|ministry|organi[sz]ation|"
    r"investigators|trial|trialists|council|agency|foundation|federation|initiative|program|"
    r"programme|project|center|centre|hospital|college|board|commission|office|service|services|"
    r"corporation|company|inc|ltd|gmbh|academy|alliance|force|panel|working|party|for|of|the|and)\b",
    re.I,
)
_NOBODY = re.compile(
    r"\W*(?:et\.? ?al\.?|(?:and |& )?(?:others|coworkers|colleagues)|u\. ?a\.|"
    r"n/?a|nan|none|null|nil|anonymous author)?\W*$",
    re.I,
)
_TAIL = re.compile(
    r"[\s,;]+(?:and\s+|&\s*)?(?:et\.? ?al\.?|(?:and|&) others)\W*$|…\W*$|\s*\.\.\.\W*$", re.I
)

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'(?!\w)|\"((?:[^\"\\]|\\.)*)\"")
_NAMED = re.compile(
    r"""['"](?:name|full_?name|display_?name|author)['"]\s*:\s*"""
    r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""",
    re.I,
)
_SCRIPTED = re.compile(r"(?:c|list|array|tuple|set)?\s*[\[({]\s*[\[({'\"].*[\])}]$", re.S | re.I)
_STRONG = re.compile(r"\s*(?:;|；|[\r\n]+|\||//|\s/\s|、)\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff·\s，,]+$")
_AND = re.compile(r"(?:,?\s+(?:and|und)\s+|,?\s*(?<!\w&)\s&\s+)(?:(?=\S))", re.I)
_LEADING_AND = re.compile(r"\A(?:and|&)\s+(?=\S)", re.I)
_ENDS_A_SENTENCE = re.compile(r"[a-zß-ÿ]{4}\.$")
_RUN_ON = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][\w.'-]{0,30} )")
_IDS = re.compile(r"\s*\(\d{5,}\)")

# Letters that may be initials too, "Stumpf, MPH" and "Higgins, Julian PT", are a degree only where
# a whole name stands before them, behind a comma.
_SURE_DEGREE = (
    r"(?:Ph\.?\s?D|D\.?\s?Phil|MSc|BSc|Dr\.?P\.?H|Sc\.?D|Ed\.?D|Psy\.?D|Pharm\.?D|MBBS|MBChB|"
    r"MB\s?BS|LCSW|MHSc|MEd|MStat|MPhil|FRCP\w*|FRCS\w*|FRACP|FACSM|FACP|FACS|FAHA|FAAN|FAAP|FAPA|"
    r"FRANZCP|CPRP|Dipl\.-?\w+)"
)
_ATTACHED_DEGREE = rf"(?:{_SURE_DEGREE}|MD|M\.D|MPH)"
_DEGREE = (
    rf"(?:{_ATTACHED_DEGREE}|M[ASN]|B[AS]|DO|M\.[AS]|B\.[AS]|M\.P\.H|MBA|DDS|DMD|DVM|RN|R\.N|MSW|MHS|MHA|"
    r"RD|PT|OT|CNS|NP|PA|JD)"
)
_DEGREES = re.compile(rf"(?:{_DEGREE}\.?(?:\([^()]{{1,20}}\))?(?:\s+|$|(?=[;,/])[;,/]\s*))+$")
_SURE_DEGREES = re.compile(rf"(?:{_SURE_DEGREE}\.?(?:\s+|$))+$")
_FIRST_DEGREE = re.compile(rf"{_DEGREE}\b(?!\.?\s+[A-Z][a-z])")
_LAST_DEGREE = re.compile(rf"(?P<before>.*\S)(?:\s+|,\s*)(?:{_ATTACHED_DEGREE})\.?$", re.S)
_NUMBERED = re.compile(r"\s*\(\s*\d{1,2}(?:\s*,\s*\d{1,2})*\s*\)")
_SIGNS = "*†‡§¶#¹²³⁰⁴-⁹"
_MARK = re.compile(rf"(?<=[\w.\s)])(?:\s*[{_SIGNS}]+|\s?\d{{1,2}}[a-z]?|\s*\(\s*\d{{1,2}}\s*\))+$")
_NO_NAME = re.compile(
    rf"[\d\s.*{_SIGNS}]*$|\d{{4}}\??\s?-\s?(?:\d{{4}})?\.?$"
)  # or the years of a life
# Every alternative begins with one of few signs, which the search looks for alone.
_SOMETHING_ELSE = re.compile(
    rf"[\d{_SIGNS}]|[ .,]{_DEGREE}\b|[ ,](?:and|And|AND|und|others|et) | (?:others|al)\b"
)


class Name(str):
    """A name that is one, whatever it holds: the format keeps names or their parts apart."""

    __slots__ = ()


def is_group(name: str) -> bool:
    """Whether the name holds a word that groups have and people have not."""
    return bool(_GROUP.search(name))


def may_be_more(names: str) -> bool:
    """Whether names hold anything but people, written as "Family, Given"."""
    return bool(_SOMETHING_ELSE.search(names))


def starts_with_degree(text: str) -> bool:
    """Whether a text begins with what stands behind a person: "MD, MPH"."""
    return bool(_FIRST_DEGREE.match(text))


def people(texts: Iterable[str], *, full_names: bool = False) -> list[str]:
    """Return the names in these texts, each by itself and clean, as `names.author` reads them.

    `full_names` says that "Anna Field, Carl Hill" is two people, as in a cell of a table; in a tag
    it is taken for one, because "Garcia Lopez, Maria Jose" is. What is a `Name` is left alone.
    """
    return [name for text in texts for name in _of_text(text, full_names=full_names)]


def _of_text(text: str, *, full_names: bool) -> list[str]:
    if isinstance(text, Name) or text.endswith(WHOLE):
        return [text if isinstance(text, Name) else Name(clean(text))]
    text = _IDS.sub("", "\n".join(map(clean, text.splitlines()))).strip()
    if _SCRIPTED.match(text):
        quoted = _NAMED.findall(text) or _QUOTED.findall(text)
        if quoted:
            return [found for one, other in quoted for found in people([one or other])]
    parts = [part for part in _STRONG.split(text) if part]
    if len(parts) == 1 and "，" in text and _CHINESE.match(text):
        parts = re.split(r"\s*[，,]\s*", text)
    # A list with joints of its own says that a comma is none between two people.
    full_names = full_names and len(parts) == 1
    return [name for part in parts for name in _of_part(part, full_names=full_names)]


def _of_part(text: str, *, full_names: bool) -> list[str]:
    """Return the people in a text whose joints are "and", "&" and commas."""
    text = _LEADING_AND.sub("", _TAIL.sub("", text))
    if _NOBODY.match(text) or _SURE_DEGREES.match(text):
        return []
    found: list[str] = []
    pieces = [_without_marks(piece) for piece in _AND.split(text)]
    if len(pieces) > 1 and not _are_people(pieces) and not _starts_a_list(pieces):
        pieces = [_without_marks(text)]
    if len(pieces) > 1:  # "Anna Field, Carl Hill and Tom Moor" has its families last
        full_names = not any("," in piece for piece in pieces[1:])
    for number, piece in enumerate(pieces):
        names = _of_list(piece, full_names=full_names)
        if number and found and is_group(found[-1]) and not _is_person(names[0] if names else ""):
            found[-1] = f"{found[-1]} and {piece}"
            continue
        found += names
    return [name for name in found if not _NOBODY.match(name)]


def _without_marks(text: str) -> str:
    """Take off what stands behind people: degrees, numbers of affiliations, footnote signs."""
    if not may_be_more(text) or is_group(text):
        return text
    parts = [_MARK.sub("", part.strip()) for part in _NUMBERED.sub("", text).split(",")]
    parts = [part for n, part in enumerate(parts) if n == 0 or not _is_no_name(part)]
    kept = parts[:1]
    for part in parts[1:]:
        # "Smith, MD" has two initials, "Smith, John, MD" a degree.
        whole = " " in kept[-1] or (len(kept) == 2 and len(parts) == 3)
        if not (whole and _DEGREES.match(part)):
            kept.append(part)
    given = len(kept) == 2 and not _FAMILY_INITIALS.match(kept[0])
    return ", ".join(
        _without_degree(part, is_given=given and n == 1) for n, part in enumerate(kept)
    )


def _is_no_name(part: str) -> bool:
    return bool(part) and bool(_SURE_DEGREES.match(part) or _NO_NAME.match(part))


def _without_degree(part: str, *, is_given: bool) -> str:
    """Take off what "Smith JA MD", "Anna Smith MD" and the given name "Anna MD" end in."""
    while match := _LAST_DEGREE.match(part):
        before = match["before"].rstrip(", ")
        sure = re.fullmatch(rf"{_SURE_DEGREE}\.?", part[match.end("before") :].strip(" ,"))
        # "Smith MD" has two initials.
        if not sure and not is_given and not re.search(r"\S\s\S", before):
            break
        if not sure and not re.search(r"[a-zß-ÿ]{2}|[A-Z]\.?$", before):
            break
        part = before
    return part


def _are_people(pieces: list[str]) -> bool:
    """Whether "and" stands between people: each has a comma or two words and is no group's part."""
    if is_group(pieces[0]) and not _is_person(pieces[0]):
        return any(_has_initials(piece) for piece in pieces[1:])
    return all(_is_person(piece) or " " in piece or is_group(piece) for piece in pieces)


def _starts_a_list(pieces: list[str]) -> bool:
    """Whether a list of several people comes before the "and"."""
    return len(_of_list(pieces[0], full_names=True)) > 1


def _has_initials(piece: str) -> bool:
    given = piece.rpartition(",")[2].strip() if "," in piece else ""
    return bool(_INITIALS.match(given) if given else _is_person(piece))


def _is_person(piece: str) -> bool:
    if "," in piece:
        return not is_group(piece)
    return bool(_FAMILY_INITIALS.match(piece) or _INITIALS_FAMILY.match(piece))


def _of_list(text: str, *, full_names: bool) -> list[str]:
    """Return the people in a text whose joints, if it has any, are commas."""
    tail = text.endswith(",")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        runs = _RUN_ON.split(text)
        run_on = full_names and len(runs) > 1 and all(" " in run for run in runs)
        return runs if run_on else ([f"{parts[0]},"] if parts and tail else parts)
    if _ENDS_A_SENTENCE.search(parts[-1]) or all(map(_FAMILY_INITIALS.match, parts)):
        # PubMed ends the list with a full stop; where initials have their own, it stays.
        ended = any(part.endswith(".") for part in parts[:-1])
        parts[-1] = parts[-1] if ended else parts[-1].removesuffix(".")
    persons = [_INITIALS.match(part) or _FAMILY_INITIALS.match(part) for part in parts]
    if is_group(text) and not any(persons):
        return [text] if tail or not full_names or len(parts) == 2 else parts
    if len(parts) > 2 and is_group(parts[-1]) and not persons[-1]:
        return [*_of_list(", ".join(parts[:-1]), full_names=full_names), parts[-1]]
    parts = _with_suffixes(parts)
    if len(parts) < 2 or all(_FAMILY_INITIALS.match(part) or is_group(part) for part in parts):
        return parts
    if all(_TURNED.match(part) for part in parts):
        return [_TURNED.sub(r"\2, \1", part) for part in parts]
    if pairs := _pairs(parts):
        return pairs
    if all(_INITIALS_FAMILY.match(part) for part in parts):
        return parts
    spaced = sum(" " in part for part in parts)
    if len(parts) > 2 and spaced > 1:
        return parts
    return parts if full_names and len(parts) == spaced else [", ".join(parts)]


def _with_suffixes(parts: list[str]) -> list[str]:
    """Put "Jr." back behind the person it stands after."""
    found: list[str] = []
    for part in parts:
        if found and re.fullmatch(_SPECIAL, part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    if len(found) == 2 and "," in found[0]:
        family, suffix = found[0].split(", ", 1)  # "Smith, Jr., John"
        return [f"{family}, {found[1]}, {suffix}"]
    if len(found) == 2 and "," in found[1]:
        return [", ".join(found)]  # "Smith, John, Jr."
    return found


def _pairs(parts: list[str]) -> list[str]:
    """Take "Field, A., Hill, C." and "Field, Anna, Hill, Carl" apart, where it is sure."""
    if len(parts) % 2:
        return []
    families, given = parts[::2], parts[1::2]
    initials = [bool(_INITIALS.match(part.split(", ")[0])) for part in given]
    single = all(" " not in family for family in families)
    if all(initials) or (single and len(parts) > 2):
        return [f"{one}, {other}" for one, other in zip(families, given, strict=True)]
    return []
