"""Signs in titles: written in many ways by databases, and some of them tell reports apart."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[<>\u2264\u2265+]|[-\u2212\u2013]\W")
_SIGNS = (
    ("<", re.compile(r"[<\u2264]")),
    (">", re.compile(r"[>\u2265]")),
    ("+", re.compile(r"\w\(?\+(?!\w)")),
    ("-", re.compile(r"\w(?:[-\u2212\u2013](?![\w])|\([-\u2212\u2013]\))")),
)
_OR_EQUAL = r"[- ]or[- ]equal(?:[- ]to)?\b|\s*or\s*=|="
# One way to write down each sign; what folding drops afterwards is written in no way at all. Before
# each stands what is in every title that it may change: looking for that is quick.
_WRITTEN = (
    (("\u2122", "\u00ae", "\u2120", "\u00a9", "TM"),
     re.compile(r"[\u2122\u00ae\u2120\u00a9]|(?<=[a-z]{3})TM\b"), ""),
    # "Walker (R)" has a mark; "(R)-ketamine" and "ketamine (R)" are no brands
    (("(R)", "(TM)", "(SM)"), re.compile(r"(?<=\w\w)\((?:R|TM|SM)\)(?![-\w])"), ""),
    (("(R)", "(TM)", "(SM)"), re.compile(r"(\b[A-Z][\w-]+) \((?:R|TM|SM)\)(?![-\w])"), r"\1"),
    ((">", "than", "THAN", "Than"),
     re.compile(rf"\bgreater[- ]than(?:{_OR_EQUAL})?|>(?:{_OR_EQUAL})", re.I), " \u2265 "),
    (("<", "than", "THAN", "Than"),
     re.compile(rf"\bless[- ]than(?:{_OR_EQUAL})?|<(?:{_OR_EQUAL})", re.I), " \u2264 "),
    (("minus", "MINUS", "Minus"), re.compile(r"\bplus[- /]*(?:or[- ]*)?minus\b", re.I), " \u00b1 "),
    (("ercent", "er cent", "ERCENT", "ER CENT"), re.compile(r"\bper ?cent\b", re.I), " % "),
    (("\u00b0", "\u00ba", "\u02da", "deg", "DEG", "Deg", "(o)"),
     re.compile(r"(?:[\u00b0\u00ba\u02da]|\b[Dd](?:eg|EG)(?:rees?|REES?|\.)?|\(o\))\s*(?=[CF]\b)"),
     " "),
    # "Fran?ais": a letter the program had not
    (("?",), re.compile(r"(?<=[^\W\d_])\?(?=[a-z])"), ""),
    (tuple("0123456789"), re.compile(r"(\d)\s*[xX\u00d7*]\s*(?=\d)"), "\\1 \u00d7 "),
    # a power is a number of its own: 10(6), not 106
    (("\u2070", "\u00b9", "\u00b2", "\u00b3", *"\u2074\u2075\u2076\u2077\u2078\u2079"),
     re.compile(r"(?<=\d)(?=[\u2070\u00b9\u00b2\u00b3\u2074-\u2079])"), " "),
)  # fmt: skip
_ASCII = tuple(
    (tuple(mark for mark in marks if mark.isascii()), looks, sign)
    for marks, looks, sign in _WRITTEN
)
_POWER = re.compile(r"(?<=\d)<sup>\s*(?=\d)", re.I)


def powers(text: str) -> str:
    """Part a power that typesetting marks from its number, before the marks are dropped."""
    return _POWER.sub(" ", text) if "<sup>" in text else text


def written(text: str) -> str:
    """Write signs in one way: "(greater than or equal to)" is a sign, and "(R)" is nothing."""
    for marks, looks, sign in _ASCII if text.isascii() else _WRITTEN:
        for mark in marks:
            if mark in text:
                text = looks.sub(sign, text)
                break
    return text


def signs(text: str) -> str:
    """Return the signs that turn a report into another one and that folding takes away."""
    if not _SIGN.search(text):
        return ""
    return "".join(sign * len(looks.findall(text)) for sign, looks in _SIGNS)


def opposed(one: str, other: str) -> bool:
    """Whether a sign of one title is its opposite in the other: > 65 years, < 65 years."""
    if one == other:
        return False
    return any(
        one.count(sign) > other.count(sign) and one.count(against) < other.count(against)
        for sign, against in ("<>", "><", "+-", "-+")
    )
