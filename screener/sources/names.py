"""Authors: "Family, Given" for people, the name as it stands for groups."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import methodcaller

from screener.sources.plain_text import clean

_INITIALS = r"(?:[A-ZÀ-ÞŁŠŽĆČŚŹŻ]\.?[-‐ ]?){1,4}"
_FAMILY_INITIALS = re.compile(
    rf"(?P<family>\S.*?)\s+(?P<given>{_INITIALS})(?P<junior>\s+(?:Jr|Sr|I{{2,3}}|\d(?:st|nd|rd|th))\.?)?$"
)
_INITIALS_FAMILY = re.compile(
    r"(?P<given>(?:[A-ZÀ-Þ]\.[-‐ ]?)+)\s*(?P<family>[^\W\d_][^,.]*[^\W\d_])$"
)
_GROUP = re.compile(
    r"\b(?:group|groups|team|study|studies|consortium|committee|network|collaborat\w+|society|"
    r"association|institute|institut|university|universit\w+|department|ministry|organi[sz]ation|"
    r"investigators|trial|trialists|council|agency|foundation|federation|initiative|program|"
    r"programme|project|center|centre|hospital|college|board|commission|office|service|services|"
    r"corporation|company|inc|ltd|gmbh|academy|alliance|force|panel|working|party|for|of|the|and)\b",
    re.I,
)
# "AB Brook": only a list of such names, one with a single initial, is sure to be of people.
_BARE_INITIALS_FAMILY = re.compile(
    r"(?P<given>[A-ZÀ-Þ]{1,3}(?: [A-ZÀ-Þ]{1,2})?) "
    r"(?P<family>(?:[a-zß-ÿ']{1,4} ){0,3}[^\W\d_]{0,30}[a-zß-ÿ][\w'’ -]{0,40})$"
)
_NOTE = re.compile(r"\s*(?:\((?:[^()]*@[^()]*|\d+|ORCID[^()]*)\)|\[[^\[\]]*\])\s*$")


def authors(texts: list[str]) -> tuple[str, ...]:
    """Return a list of authors as `Fields` wants it."""
    # Nearly always every author is "Family, Given" with nothing to clean; ask all at once.
    every = "|".join(texts)
    if every.count(",") == len(texts) and all(map(_comma, texts)) and _is_plain(every):
        return tuple(texts)
    return tuple(filter(None, map(author, _bare_turned(texts))))


def _bare_turned(texts: list[str]) -> list[str]:
    """Turn a list of names such as "J Meadow", which Publish or Perish writes, round."""
    found = []
    for text in texts:
        match = _BARE_INITIALS_FAMILY.match(text)
        if not match or _GROUP.search(text):
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
    )


# People write more than once, and a group's name takes long to look at.
@lru_cache(maxsize=1 << 14)
def author(text: str) -> str:
    """Return one author as `Fields` wants it; nothing when there is none."""
    name = clean(text)
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
    written = [name if author(name) == name else name + "," for name in names]
    if authors(written) == names:
        return written
    return [name if "," in name else name + "," for name in written]


def _tidy(name: str) -> str:
    if name[-1] in ")]":
        name = _NOTE.sub("", name) or name
    family, _, given = name.partition(",")
    return f"{family.rstrip()}, {given.lstrip()}" if family and given.strip() else name.strip(", ")


def _turned(name: str) -> str:
    """Turn "Smith JA" and "J. A. Smith" round; leave groups and what is not plain alone."""
    if (" " not in name and "." not in name) or _GROUP.search(name):
        return name
    match = _INITIALS_FAMILY.match(name)
    if not match and not name.split(" ", 1)[0].isupper():
        match = _FAMILY_INITIALS.match(name)
    if not match:
        return name
    junior = match.groupdict().get("junior") or ""
    return f"{match['family'].strip()}, {match['given'].strip()}{junior}"


_JOINTS = re.compile(r"\s*;\s*|[\r\n]+|\s+and\s+(?=[^,;]{1,60},)")


def several(texts: list[str]) -> list[str]:
    """Take apart what some programs write into one field: "Field, Anna; Hill, Carl"."""
    return _JOINTS.split(texts[0]) if len(texts) == 1 and not texts[0].endswith(",") else texts


def is_group(name: str) -> bool:
    """Whether the name holds a word that groups have and people have not."""
    return bool(_GROUP.search(name))


def person(family: str, given: str, suffix: str = "") -> str:
    """Return a person whose parts the format keeps apart."""
    family, given, suffix = clean(family), clean(given), clean(suffix)
    if not family:
        return collective(given)
    if not given and not suffix:
        return collective(family)
    return ", ".join(part for part in (family, given, suffix) if part)


def collective(name: str) -> str:
    """Return a group's name, closed by a comma where `authors` would take it for a person's."""
    name = clean(name).rstrip(", ")
    return name + "," if "," in name or _BARE_INITIALS_FAMILY.match(name) else name
