"""BibTeX into entries: a reader that carries on behind a broken brace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screener.model import Skipped
from screener.sources.formats.format import Multiplied, cut, refuse_large

_START = re.compile(r"@[ \t]*([A-Za-z]{2,40})[ \t\n]*([{(])")
_LINE_START = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]{2,40})[ \t\n]*([{(])", re.M)
_BRACES = re.compile(r"\\[{}\\]|[{}]")
_NAME = re.compile(r"[\s,]*([^\s=,{}\"#%]+(?:[ \t]+[^\s=,{}\"#%]+){0,3})\s*=\s*")
_LENIENT = re.compile(r"(?:^|,)\s*([A-Za-z][\w:-]{1,40})\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#]+")
# A brace before a comma closes no entry: the text inside has one brace too many.
_GOES_ON = re.compile(r"[ \t]*,[ \t]*[^\s@]")
_KEY = re.compile(r"\s*([^\s=,]+)\s+[A-Za-z][\w-]*\s*=")
_PART = 1 << 20
_TIMES = 20
_MONTHS = {
    m: m.capitalize()
    for m in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BibEntry:
    """One entry: its type and key, its fields in order (names in lower case, values undecoded)."""

    kind: str
    key: str
    values: tuple[tuple[str, str], ...]
    line: int
    remark: str = ""

    def one(self, *names: str) -> str:
        """Return the first value of the first of `names` that has one."""
        return next((v for name in names for n, v in self.values if n == name and v), "")


class _Macros:
    """The abbreviations of a file, whose texts may be made of one another."""

    def __init__(self) -> None:
        self._texts = dict(_MONTHS)
        self._multiplied = Multiplied("The abbreviations (@string) of this file stand", _TIMES)

    def define(self, body: str) -> None:
        self._texts.update((name.lower(), text) for name, text in _values(body, self)[0])

    def read(self, text: str) -> None:
        """Note what the file holds."""
        self._multiplied.count(len(text), 0)

    def of(self, name: str) -> str:
        """Return what a name stands for: itself when it is none of them."""
        text = self._texts.get(name.lower())
        if text is None:
            return name
        self._multiplied.count(0, len(text))
        return text


def entries(chunks: Iterable[str]) -> Iterator[BibEntry | Skipped]:
    """Yield every entry; macros are filled in, comments and preambles passed over."""
    macros = _Macros()
    line = 1
    for text in _parts(chunks):
        macros.read(text)
        yield from _entries(text, line, macros)
        line += text.count("\n")


def _parts(chunks: Iterable[str]) -> Iterator[str]:
    """Cut the text before lines that begin an entry, so that no large file is held as a whole."""
    held: list[str] = []
    size, line = 0, 1
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size < _PART:
            continue
        text = "".join(held)
        last = max((match.start() for match in _LINE_START.finditer(text)), default=0)
        if last:
            yield text[:last]
            line += text.count("\n", 0, last)
        held, size = [text[last:]], len(text) - last
        refuse_large(size, line)
    yield "".join(held)


def _entries(text: str, line: int, macros: _Macros) -> Iterator[BibEntry | Skipped]:
    following = _Following(text)
    position = counted = 0
    while match := _START.search(text, position):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        kind = match[1].lower()
        end, whole = _end(text, match.end(), match[2], following.after(match.end()))
        body = text[match.end() : end]
        position = end + 1 if whole else end
        if kind in ("comment", "preamble"):
            continue
        if kind == "string":
            macros.define(body)
        else:
            yield _entry(kind, body, macros, line, whole=whole)


class _Following:
    """Where the next line begins an entry; each stretch of the text is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start: int | None = -1

    def after(self, position: int) -> int | None:
        if self._start is not None and self._start < position:
            found = _LINE_START.search(self._text, position)
            self._start = found.start() if found else None
        return self._start


def _end(text: str, start: int, opening: str, following: int | None) -> tuple[int, bool]:
    """Find where an entry ends, and whether by its own brace rather than the next entry."""
    limit = len(text) if following is None else following
    depth = 1 if opening == "{" else 0
    for brace in _BRACES.finditer(text, start):
        if brace.start() >= limit and depth > 0:
            return limit, False
        if brace[0] == "{":
            depth += 1
        elif brace[0] == "}":
            depth -= 1
            if depth == 0 and opening == "{":
                if _GOES_ON.match(text, brace.end()):
                    break
                return brace.start(), True
        if depth == 0 and opening == "(":
            close = text.find(")", brace.end())
            following_brace = _BRACES.search(text, brace.end())
            if close >= 0 and (following_brace is None or close < following_brace.start()):
                return close, True
    return limit, False


def _entry(kind: str, body: str, macros: _Macros, line: int, *, whole: bool) -> BibEntry | Skipped:
    key, _, rest = body.partition(",")
    unparted = None
    if "=" in key:
        # Without its comma, the key would be read as a part of the first field's name.
        unparted = _KEY.match(body)
        key, rest = (unparted[1], body[unparted.end(1) :]) if unparted else ("", body)
    found, clean = _values(rest, macros)
    clean = clean and unparted is None
    if not whole or not clean:
        lenient = _lenient(rest)
        if len(lenient) > len(found):
            found = lenient
    if not found and kind not in ("set", "xdata"):
        return Skipped(line=line, text=cut(body), why="This BibTeX entry has no fields.")
    broken = f"The entry at line {line} is broken (a brace or a comma is missing); check it."
    return BibEntry(
        kind=kind, key=key.strip(), values=tuple(found), line=line,
        remark="" if whole and clean else broken,
    )  # fmt: skip


def _values(body: str, macros: _Macros) -> tuple[list[tuple[str, str]], bool]:
    """Return the fields, and whether nothing was left over that is none."""
    found: list[tuple[str, str]] = []
    position = 0
    while match := _NAME.match(body, position):
        value, position = _value(body, match.end(), macros)
        found.append((match[1].strip().lower(), value))
    return found, not body[position:].strip(" \t\r\n,%")


def _value(body: str, position: int, macros: _Macros) -> tuple[str, int]:
    parts = []
    while position < len(body):
        if body[position] in '{"':
            end = _closing(body, position)
            parts.append(body[position + 1 : end])
            position = end + 1
        elif match := _BARE.match(body, position):
            parts.append(macros.of(match[0]))
            position = match.end()
        else:
            break
        joint = re.compile(r"\s*#\s*").match(body, position)
        if not joint:
            break
        position = joint.end()
    return "".join(parts), position


def _closing(body: str, start: int) -> int:
    """Return where the value that opens at `start` closes; the end of the text if it does not."""
    if body[start] == "{":
        depth = 0
        for brace in _BRACES.finditer(body, start):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if depth == 0:
                return brace.start()
        return len(body)
    depth = 0
    for sign in re.compile(r"\\.|[{}\"]", re.S).finditer(body, start + 1):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == '"' and depth <= 0:
            return sign.start()
    return len(body)


def _lenient(body: str) -> list[tuple[str, str]]:
    """Cut at every `, name =`, whatever the braces say."""
    marks = list(_LENIENT.finditer(body))
    if not marks:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return [
        (mark[1].lower(), body[mark.end() : end].strip().strip('{}", \n'))
        for mark, end in zip(marks, ends, strict=True)
    ]
