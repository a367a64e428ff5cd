"""Citations as they are printed, in the styles of Vancouver, APA and their relatives.

A citation is found apart from both ends: the numbers of volume and pages, then the authors; what
is between them is the title and the journal. A person looks at it before it is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from screener.model import Fields
from screener.sources import dates, identifiers
from screener.sources.fields import make_fields
from screener.sources.page_numbers import pages
from screener.sources.people import Name, people

_NUMBERED = re.compile(r"^\s{0,8}(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s{1,8}", re.M)
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
_PAGES = r"(?P<pages>[A-Za-z]{0,3}\d\w{0,12}(?:\s?[-\u2010-\u2015]\s?\w{1,10})?)"
_NUMBER = r"[\w-]{0,10}\d[\w-]{0,8}(?:\s?Suppl\.?\s?\d{0,3})?"

# What is not part of any style: identifiers, addresses, when it was looked up.
_ASIDE = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s{0,2})10\.\S+|\bPMC?ID:?\s{0,2}(?:PMC)?\d+|"
    r"(?:Available (?:from|at)|Retrieved (?:\w+ \d+, \d+, )?from):?\s{0,2}\S*|https?://\S+|"
    r"\bEpub \d{4}[^.]{0,20}\.|\[(?:Internet|online)\]|\b(?:Accessed|Cited) [^.\]]{4,30}[.\]]",
    re.I,
)
_VANCOUVER = re.compile(
    rf"[.,]?\s(?P<date>{_YEAR}(?:\s[A-Z][a-z]{{2,8}}\.?(?:-[A-Z][a-z]{{2,8}})?)?(?:\s\d{{1,2}})?)"
    rf"\s?;\s?(?P<volume>{_NUMBER})?\s?(?:\((?P<issue>[^()]{{1,20}})\))?\s?(?::\s?{_PAGES})?"
)
_APA = re.compile(rf"[\s,.]\(?{_YEAR}(?:,\s[A-Z][^)]{{2,20}})?(?:\)[.,:]?|\.)\s")
_APA_TAIL = re.compile(
    rf",\s(?:vol\.?\s)?(?P<volume>{_NUMBER})\s?(?:\((?P<issue>[^()]{{1,20}})\))?"
    rf"(?:[,:]\s?(?:pp?\.\s?|Article\s)?{_PAGES})?[.,\s]*$",
    re.I,
)
_QUOTED = re.compile(r"[,.]?\s[\"“](?P<title>[^\"”]{8,600})[\"”],?\s")
_HARVARD_TITLE = re.compile(r"[‘'](.{8,600}?)[.,]?[’'][.,]?\s(?=[A-Z])")
_YEAR_BEFORE_PAGES = re.compile(
    rf"[\s,](?P<volume>{_NUMBER})\s?\({_YEAR}\)[,:]?\s?{_PAGES}?[.\s]*$"
)
_QUOTED_TAIL = re.compile(
    rf",?\s(?:vol\.\s?)?(?P<volume>{_NUMBER})(?:(?:,\s?no\.\s?|\.)(?P<issue>\d{{1,4}}))?"
    rf"(?:\s?\({_YEAR}\))?(?:[,:]\s?(?:pp?\.\s?)?{_PAGES})?",
    re.I,
)
_INITIALS_FIRST = re.compile(r"^(?:[A-Z]\.?[-\s]?){1,3}\s?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?$")
_FAMILY_INITIALS = re.compile(r"^(?P<family>\D{2,40}?)\s(?P<initials>[A-Z]{1,3})$")
_ONE = re.compile(r"^[^,;&]{2,40},\s?(?:[A-Z]\.?[\s-]?){1,4}$")
_SENTENCE = re.compile(r"(?<=[^\W_]|[)\]?!\"”])(?:\.|(?<=[?!]))\s+")
_ET_AL = re.compile(r",?\s{0,2}(?:and\s)?\bet\s?al\b\.?", re.I)
_AND = re.compile(r",?\s(?:&|and|und|et|y)\s")
_LONGEST = 4_000
_WORDS = 5  # of a name, at most


@dataclass(slots=True, kw_only=True)
class _Parts:
    """A citation taken apart, in raw text."""

    authors: str = ""
    title: str = ""
    journal: str = ""
    numbers: dict[str, str | None]


def separate(text: str) -> list[str]:
    """Take a list of citations apart: numbered, parted by blank lines, or one in each line."""
    if len(_NUMBERED.findall(text)) > 1:
        found = _NUMBERED.split(text)
    elif re.search(r"\S\s{0,8}\n\s{0,8}\n\s{0,8}\S", text):
        found = re.split(r"\n\s*\n", text)
    else:
        lines = [line for line in text.splitlines() if line.strip()]
        found = lines if all(_stands_alone(line) for line in lines) else [text]
    return [one for part in found if (one := " ".join(part.split()))]


def _stands_alone(line: str) -> bool:
    told = line.strip()
    return bool(_is_identifier(told) or (len(told) > 40 and re.search(_YEAR, told)))


def _is_identifier(told: str) -> bool:
    doi = identifiers.doi(told)
    return bool(
        (doi and len(told) < len(doi) + 24)
        or re.fullmatch(r"(?:PMID:?\s?)?\d{5,8}", told, re.I)
        or re.fullmatch(r"(?:PMCID:?\s?)?PMC\d{4,9}", told, re.I)
    )


def read(text: str) -> Fields:
    """Return what can be told of one citation."""
    whole = _NUMBERED.sub("", " ".join(text.split()), count=1)
    told = " ".join(_ASIDE.sub(" ", whole[:_LONGEST]).split()).strip()
    found = (_identifier(whole) or _vancouver(told) or _quoted(told) or _elsevier(told)
             or _apa(told) or _plain(told))  # fmt: skip
    numbers = {name: value or "" for name, value in found.numbers.items()}
    return make_fields(
        doi=identifiers.doi(whole),
        pmid=whole if whole.isdecimal() else identifiers.pmid_named(whole),
        pmcid=identifiers.pmcid(whole),
        authors=_authors(found.authors),
        title=found.title.strip(' .,"“”'),
        journal=found.journal.strip(" .,;:("),
        year=numbers.get("year", ""),
        date=numbers.get("date", ""),
        volume=numbers.get("volume", ""),
        issue=numbers.get("issue", ""),
        pages=pages(numbers.get("pages", "")),
    )


# --- styles -------------------------------------------------------------------------------


def _identifier(told: str) -> _Parts | None:
    """Read a DOI, a PMID or a PMCID alone, which says nothing else."""
    return _Parts(numbers={}) if _is_identifier(told) else None


def _vancouver(told: str) -> _Parts | None:
    """Smith J, Doe AB. Title. J Abbrev. 2019 Mar;12(3):45-50."""
    anchor = _VANCOUVER.search(told)
    if anchor is None:
        return None
    parts = _sentences(told[: anchor.start()])
    if len(parts) < 2:
        return None
    journal = [parts.pop()]
    while len(parts) > 2 and re.fullmatch(r"[A-Z]\w{0,5}", parts[-1]):
        journal.insert(0, parts.pop())  # J. Clin. Psychol. has a stop after every word
    numbers = anchor.groupdict()
    if len(parts) < 2 and not _looks_like_people(parts[0]):
        return _Parts(title=parts[0], journal=_joined(journal), numbers=numbers)
    if len(parts) < 2:
        return _Parts(authors=parts[0], title=journal[-1], numbers=numbers)
    return _Parts(
        authors=parts[0], title=_joined(parts[1:]), journal=_joined(journal), numbers=numbers
    )


def _apa(told: str) -> _Parts | None:
    """Smith, J., & Doe, A. (2019). Title. Journal, 12(3), 45-50; Harvard: Smith, J., 2019. ..."""
    anchor = _APA.search(told)
    if anchor is None or not _looks_like_people(told[: anchor.start() + 1]):
        return None
    authors, rest = told[: anchor.start() + 1].rstrip(" ,("), told[anchor.end() :]
    numbers: dict[str, str | None] = {"year": anchor["year"]}
    tail = _APA_TAIL.search(rest)
    if tail is not None:
        numbers |= tail.groupdict()
        rest = rest[: tail.start()]
    quoted = _HARVARD_TITLE.match(rest)
    parts = [quoted[1], rest[quoted.end() :]] if quoted else _sentences(rest)
    if len(parts) < 2:
        return _Parts(authors=authors, title="".join(parts), numbers=numbers)
    return _Parts(authors=authors, title=_joined(parts[:-1]), journal=parts[-1], numbers=numbers)


def _quoted(told: str) -> _Parts | None:
    """Smith, John, and Jane Doe. “Title.” Journal 12, no. 3 (2019): 45-50."""
    title = _QUOTED.search(told)
    if title is None:
        return None
    rest = " " + told[title.end() :]
    year = re.search(_YEAR, rest)
    numbers: dict[str, str | None] = {"year": year["year"] if year else None}
    tail = _QUOTED_TAIL.search(rest)
    if tail is not None:
        numbers |= {name: value for name, value in tail.groupdict().items() if value}
        rest = rest[: tail.start()]
    return _Parts(
        authors=told[: title.start()], title=title["title"], journal=rest, numbers=numbers
    )


def _elsevier(told: str) -> _Parts | None:
    """J. Smith, A. Doe, Title, J. Abbrev. 12 (2019) 45-50."""
    anchor = _YEAR_BEFORE_PAGES.search(told)
    if anchor is None:
        return None
    parts = told[: anchor.start()].split(", ")
    count = next((n for n, one in enumerate(parts) if not _INITIALS_FIRST.match(one)), len(parts))
    if not count or len(parts) - count < 2:
        return None
    names = ["{1}, {0}".format(*one.rsplit(" ", 1)) for one in parts[:count]]
    return _Parts(
        authors="; ".join(names),
        title=", ".join(parts[count:-1]),
        journal=parts[-1],
        numbers=anchor.groupdict(),
    )


def _plain(told: str) -> _Parts:
    """Take the first sentence for the authors where it looks like names, the next for the title."""
    parts = [part for part in _sentences(told) if not re.fullmatch(rf"\W*{_YEAR}\W*", part)]
    authors = parts.pop(0) if len(parts) > 1 and _looks_like_people(parts[0]) else ""
    journal = re.split(r"[,;:]?\s*\(?\d", parts[1])[0] if len(parts) > 1 else ""
    year = dates.year(told)
    return _Parts(
        authors=re.sub(rf"\s*\(?{_YEAR}\)?.*", "", authors),
        title=parts[0] if parts else "",
        journal=journal,
        numbers={"year": str(year or "")},
    )


def _sentences(text: str) -> list[str]:
    return [part for part in (one.strip(" .") for one in _SENTENCE.split(text)) if part]


def _joined(parts: list[str]) -> str:
    """Put sentences together again, each with the stop it had."""
    return " ".join(part if part.endswith(("?", "!")) else f"{part}." for part in parts)


# --- authors ------------------------------------------------------------------------------


def _looks_like_people(text: str) -> bool:
    """Whether a text may be names: few words between commas, no colon, no number."""
    chunks = re.split(r"[,;&]|\band\b", text)
    if re.search(r"[:\d]", text) or any(len(chunk.split()) > _WORDS for chunk in chunks):
        return False
    return len(chunks) > 1 or bool(
        re.search(r"\bet al\b|\b[A-Z]\.", text) or _FAMILY_INITIALS.match(text)
    )


def _authors(text: str) -> list[str]:
    """Part the authors of a citation, whichever way round their names are."""
    told = _ET_AL.sub("", text).replace("...", "").replace("…", "").strip(" ,;(")
    told = told if re.search(r"\b[A-Z]$", told) is None or "." not in told else f"{told}."
    if not told:
        return []
    if ";" in told:
        return [name.strip() for name in told.split(";")]
    names = [told] if _ONE.match(told) else _several(told)
    return [_family_first(name) for name in names if name.strip(" .,")]


def _several(told: str) -> list[str]:
    with_and = _AND.split(told)
    if len(with_and) > 1 and not re.search(r",\s*(?:[A-Z]\.?[\s-]?){1,3}$", with_and[-1]):
        last = with_and[-1].strip()
        before = ", ".join(with_and[:-1])
        if " " in last and not _FAMILY_INITIALS.match(last) and not _INITIALS_FIRST.match(last):
            # John Doe is last: the first is Smith, John, and any others are as the last.
            first, *others = _chicago(before)
            return [first, *others, last]
        told = f"{before}, {last}"
    else:
        told = ", ".join(with_and)
    return [Name(name) for name in people([re.sub(r",\s*,", ",", told)], full_names=True)]


def _chicago(before: str) -> list[str]:
    family, _, rest = before.partition(", ")
    given, *others = rest.split(", ") if rest else [""]
    return [f"{family}, {given}" if given else family, *others]


def _family_first(name: str) -> str:
    told = name.strip(" ,")
    short = _FAMILY_INITIALS.match(told.replace(".", "")) if "," not in told else None
    if short:
        return f"{short['family']}, {short['initials']}"
    if "," not in told and " " in told:
        given, family = told.rsplit(" ", 1)
        return f"{family}, {given}"
    return told
