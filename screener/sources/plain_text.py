"""Text as a reader would wish: entities decoded once, markup gone, "<18 y" and "P < 0.05" kept."""

from __future__ import annotations

import html.entities
import re

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
# A tag is a known name with attributes that look like attributes; "<a and b>" is none.
_REST = r"(?:\s+[\w:-]{1,40}(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?"
_TAG = re.compile(rf"<(?:/\s*{_NAMES}\s*|{_NAMES}{_REST})>", re.I)
_ESCAPED_TAG = re.compile(rf"&lt;(/\s*{_NAMES}\s*|{_NAMES}(?:\s[^&<>]{{0,200}})?/?)&gt;", re.I)
_BLOCK = re.compile(
    r"</?\s*(?:jats:|xhtml:)?(?:p|br|div|li|ul|ol|tr|td|th|table|h[1-6]|sec|section|title|hr|dd|dt|dl|"
    r"blockquote|label)\b",
    re.I,
)

# Control characters mean nothing to a reader, and XML cannot hold them; white ones are spaces.
_CONTROLS = dict.fromkeys((*range(9), *range(14, 28), *range(127, 133), *range(134, 160))) | {
    0xFEFF: None, 0xFFFE: None, 0xFFFF: None, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
}  # fmt: skip

_ASCII_CONTROLS = bytes((*range(32), 127))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


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
        text = _TAG.sub(_gap, text)
    if "&" in text:
        if "&lt;" in text:
            text = _ESCAPED_TAG.sub(lambda m: _gap_for("<" + m[1]), text)
        text = _ENTITY.sub(_character, text)
    return text


def _without_comments(text: str) -> str:
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join((*parts, text[position:]))


def _gap(match: re.Match[str]) -> str:
    return _gap_for(match[0])


def _gap_for(tag: str) -> str:
    return " " if _BLOCK.match(tag) else ""


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


def escape(text: str) -> str:
    """Return what `clean` turns back into `text`; usually the text itself."""
    text = " ".join(text.translate(_CONTROLS).split())
    if ("&" in text or "<" in text) and clean(text) != text:
        return text.replace("&", "&amp;").replace("<", "&#60;")
    return text
