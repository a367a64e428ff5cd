"""Text as a reader would wish: entities decoded once, markup gone, "<18 y" and "P < 0.05" kept."""

from __future__ import annotations

import html.entities
import re
from functools import cache

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
WHOLE = "&#32;"
"""A space at the end of a value, written out: the value is one, whatever joints it may hold."""

_NAMES = (
    r"(?:(?:jats|mml|m|ce|sb|xhtml|html)\d?:[a-z]{1,20}|a|abbr|abstract|b|big|bdi|blockquote|body|br|cite|"
    r"center|code|dd|dfn|div|dl|dt|em|emphasis|font|h[1-6]|hr|html|i|img|inf|ital|italic|label|li|"
    r"list|math|mi|mn|mo|mover|mrow|mspace|mstyle|msub|msubsup|msup|mtext|mfrac|monospace|munder|"
    r"nobr|ol|p|pre|q|s|sc|scp|script|sec|section|semantics|small|span|strike|strong|style|sub|"
    r"sup|table|tbody|td|th|title|tr|tt|u|ul|underline|var|wbr)"
)
# Attributes have values: "<i and q>" has none, and what has none is no tag.
_ATTRIBUTES = r"(?:\s+[\w:-]{{1,40}}\s*=\s*(?:{quote}[^\"<>]*?{quote}|'[^'<>]*'{bare}))*"
_BARE = r"|[^\s\"'<>=&]+"


@cache
def _tag(opening: str, closing: str, quote: str) -> re.Pattern[str]:
    """Return the pattern of a tag; made when a text first needs it, because that takes long."""
    attributes = _ATTRIBUTES.format(quote=quote, bare=_BARE)
    return re.compile(
        rf"{opening}(?:(?P<end>/)\s*(?P<ended>{_NAMES})\s*|"
        rf"(?P<name>{_NAMES})(?P<attributes>{attributes})\s*(?P<whole>/?)\s*){closing}",
        re.I,
    )


_TAG = ("<", ">", '\\"')
_ESCAPED_TAG = ("&lt;", "&gt;", '(?:\\"|&quot;)')
# What may stand without its end: what never has one, what HTML lets do without, and names with a
# prefix, which no text has by chance.
_ALONE = re.compile(
    r"(?:br|dd|dt|hr|img|li|p|td|th|tr|wbr|(?:jats|mml|ce|sb|xhtml|html)\d?:[a-z]+)$", re.I
)
_LOOSE_VALUE = re.compile(r"=\s*[^\s\"'&]")
_BLOCK = re.compile(
    r"(?:jats:|xhtml:)?(?:p|br|div|li|ul|ol|tr|td|th|table|h[1-6]|sec|section|title|hr|dd|dt|dl|"
    r"blockquote|label)$",
    re.I,
)

# Control characters mean nothing to a reader, and XML cannot hold them; white ones are spaces.
_CONTROLS = dict.fromkeys((*range(9), *range(14, 28), *range(127, 133), *range(134, 160))) | {
    0xFEFF: None, 0xFFFE: None, 0xFFFF: None, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
}  # fmt: skip

_ASCII_CONTROLS = bytes((*range(32), 127))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


NOTHING = frozenset((
    "NA", "N/A", "n/a", "N/a", "NaN", "nan", "NAN", "<NA>", "#N/A", "None", "NONE", "none",
    "null", "NULL", "Null", "nil", "NIL", "-", "--", "---", "–", "—", ".", "..", "?", "[]", "{}",
    "()", "\\N",
))  # fmt: skip
"""What a program writes as a whole value where it has none."""


def clean(text: str) -> str:
    """Return `text` on one line, without markup, entities decoded once."""
    if "&" in text or "<" in text:
        text = _without_markup(text)
    if "  " in text or not (text.isprintable() if len(text) < 200 else _is_printable(text)):
        if _CONTROL.search(text):
            text = text.translate(_CONTROLS)
        return " ".join(text.split())
    return text.strip()


def _is_printable(text: str) -> bool:
    # Twice as quick as isprintable() for abstracts, which are most of a file.
    if text.isascii():
        return len(text.encode().translate(None, _ASCII_CONTROLS)) == len(text)
    return text.isprintable()


def _without_markup(text: str) -> str:
    if "<!--" in text:
        text = _without_comments(text)
    if "<" in text:
        text = _without_tags(text, _tag(*_TAG))
    if "&" in text:
        if "&lt;" in text:
            text = _without_tags(text, _tag(*_ESCAPED_TAG))
        text = _ENTITY.sub(_character, text)
    return text


def _without_comments(text: str) -> str:
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join((*parts, text[position:]))


def _without_tags(text: str, pattern: re.Pattern[str]) -> str:
    """Take out tags; one that is opened and never closed is text, as in "if a<b>c"."""
    found = list(pattern.finditer(text))
    closed = {tag["ended"].lower(): tag.start() for tag in found if tag["end"]}
    parts, position = [], 0
    for tag in found:
        if tag["end"] or closed.get(tag["name"].lower(), -1) > tag.start() or _stands_alone(tag):
            block = _BLOCK.match(tag["ended"] or tag["name"])
            parts += [text[position : tag.start()], " " if block else ""]
            position = tag.end()
    return "".join((*parts, text[position:]))


def _stands_alone(tag: re.Match[str]) -> bool:
    alone = tag["whole"] or _ALONE.match(tag["name"])
    return bool(alone) and not _LOOSE_VALUE.search(tag["attributes"])


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name[0] != "#":
        return html.entities.html5.get(name + ";", match[0])
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if number in _WINDOWS:
        return _WINDOWS[number]
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return match[0]
    found = chr(number)
    return found if found.isprintable() else " "


# Old exports write Windows-1252 positions as numeric entities: &#146; is an apostrophe.
_WINDOWS = {n: bytes((n,)).decode("cp1252", "replace") for n in range(0x80, 0xA0)}


def one_line(text: str) -> str:
    """Return `text` on one line, with single spaces and without control characters."""
    return " ".join(text.translate(_CONTROLS).split())


def escape(text: str) -> str:
    """Return what `clean` turns back into `text`; usually the text itself."""
    text = one_line(text)
    if text in NOTHING:
        return f"&#{ord(text[0])};{text[1:]}"
    if ("&" in text or "<" in text) and clean(text) != text:
        return text.replace("&", "&amp;").replace("<", "&#60;")
    return text
