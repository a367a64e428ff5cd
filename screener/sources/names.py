"""Authors: "Family, Given" for people, the name as it stands for groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import methodcaller

from screener.sources.people import Name, is_group, may_be_more, people
from screener.sources.plain_text import WHOLE, clean, escape

_INITIALS = r"(?:[A-ZÀ-ÞŁŠŽĆČŚŹŻ]\.?[-‐ ]?){1,4}"
_FAMILY_INITIALS = re.compile(
    rf"(?P<family>\S.*?)\s+(?P<given>{_INITIALS})(?P<junior>\s+(?:Jr|Sr|I{{2,3}}|\d(?:st|nd|rd|th))\.?)?$"
)
_INITIALS_FAMILY = re.compile(
    r"(?P<given>(?:[A-ZÀ-Þ]\.[-‐ ]?)+)\s*(?P<family>[^\W\d_][^,.]*[^\W\d_])$"
)
# "AB Brook": only a list of such names, one with a single initial, is sure to be of people.
_BARE_INITIALS_FAMILY = re.compile(
    r"(?P<given>[A-ZÀ-Þ]{1,3}(?: [A-ZÀ-Þ]{1,2})?) "
    r"(?P<family>(?:[a-zß-ÿ']{1,4} ){0,3}[^\W\d_]{0,30}[a-zß-ÿ][\w'’ -]{0,40})$"
)
_NOTE = re.compile(r"\s*(?:\((?:[^()]*@[^()]*|\d+|ORCID[^()]*)\)|\[[^\[\]]*\])\s*$")


def authors(texts: list[str]) -> tuple[str, ...]:
    """Return a list of authors as `Fields` wants it, each text taken apart by `people`."""
    # Nearly always every author is "Family, Given" with nothing to clean; ask all at once.
    every = "|".join(texts)
    if every.count(",") == len(texts) and all(map(_comma, texts)) and _is_plain(every):
        return tuple(map(str, texts))
    return tuple(filter(None, map(author, _bare_turned(people(texts)))))


def _bare_turned(texts: list[str]) -> list[str]:
    """Turn a list of names such as "J Meadow", which Publish or Perish writes, round."""
    found = []
    for text in texts:
        match = None if isinstance(text, Name) else _BARE_INITIALS_FAMILY.match(text)
        if not match or is_group(text):
            return texts
        found.append(match)
    if not any(len(match["given"]) == 1 for match in found):
        return texts
    return [f"{match['family']}, {match['given']}" for match in found]


_comma = methodcaller("count", ", ")


def _is_plain(every: str) -> bool:
    return (
        "&" not in every
        and "<" not in every
        and "(" not in every
        and "[" not in every
        and ";" not in every
        and "  " not in every
        and " |" not in every
        and "|," not in every
        and "| " not in every
        and " ," not in every
        and every.isprintable()
        and not every.startswith((",", " "))
        and not every.endswith(" ")
        and not may_be_more(every)
    )


# People write more than once, and a group's name takes long to look at.
@lru_cache(maxsize=1 << 14)
def author(text: str) -> str:
    """Return one author as `Fields` wants it, of a clean text; nothing when there is none."""
    name = str(text)  # a `Name` is one only while it is read
    if not name:
        return ""
    if name[-1] == "," or name[-1] == ";":
        name = name.rstrip(";").rstrip()
        if name.endswith(","):
            base = name.rstrip(", ")
            return base + "," if "," in base else base
    if "," in name:
        return _tidy(name)
    return _turned(name)


def literal_authors(names: tuple[str, ...]) -> list[str]:
    """Return how authors of `Fields` are written so that `authors` gives them back unchanged."""
    written = [next(w for w in _ways(name) if authors([w]) == (name,)) for name in names]
    return written if authors(written) == names else [escape(name) + WHOLE for name in names]


def _ways(name: str) -> Iterator[str]:
    text = escape(name)
    yield text
    yield text + ","  # as EndNote writes a group
    yield text + WHOLE


def _tidy(name: str) -> str:
    if name[-1] in ")]":
        name = _NOTE.sub("", name) or name
    family, _, given = name.partition(",")
    return f"{family.rstrip()}, {given.lstrip()}" if family and given.strip() else name.strip(", ")


def _turned(name: str) -> str:
    """Turn "Smith JA" and "J. A. Smith" round; leave groups and what is not plain alone."""
    if (" " not in name and "." not in name) or is_group(name):
        return name
    match = _INITIALS_FAMILY.match(name)
    if not match and not name.split(" ", 1)[0].isupper():
        match = _FAMILY_INITIALS.match(name)
    if not match:
        return name
    junior = match.groupdict().get("junior") or ""
    return f"{match['family'].strip()}, {match['given'].strip()}{junior}"


def person(family: str, given: str, suffix: str = "") -> Name:
    """Return a person whose parts the format keeps apart."""
    family, given, suffix = clean(family), clean(given), clean(suffix)
    if not family:
        return collective(given)
    if not given and not suffix:
        return collective(family)
    return Name(", ".join(part for part in (family, given, suffix) if part))


def collective(name: str) -> Name:
    """Return a group's name, closed by a comma where `authors` would take it for a person's."""
    name = clean(name).rstrip(", ")
    return Name(name + "," if "," in name or _BARE_INITIALS_FAMILY.match(name) else name)
