"""Lines that begin a record, in a whole file: as many are there as records are read from it.

A file may hold texts of two formats, one behind the other, and some formats pass over what stands
between their records. So what was read is compared with what was there, and a difference is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from screener.model import Entry, Skipped
from screener.sources.decoding import Content
from screener.sources.formats.format import Format, cut
from screener.sources.formats.known import FORMATS

_BEGINS = {name: re.compile(one.begins) for name, one in FORMATS.items() if one.begins}
_PLAIN = {name: "\n" + re.split(r"[\\\[(]", one.begins)[0] for name, one in FORMATS.items()}
_AT_MARGIN = {name: re.compile("\n" + one.pattern) for name, one in _BEGINS.items()}


class Beginnings:
    """What of a file begins a record by its looks, and how much of that was read."""

    def __init__(self, content: Content, read_as: Format) -> None:
        self._content = content
        self._format = read_as
        self._there = _counted(content)
        self._foreign = self._there.keys() - {read_as.name}
        self._inside: Counter[str] = Counter()
        self._entries = 0
        self._skipped = 0

    def take(self, found: Entry | Skipped) -> None:
        """Note one thing that was read."""
        if isinstance(found, Skipped):
            self._skipped += 1
            return
        self._entries += 1
        # What an abstract quotes is no record that was lost.
        for name in self._foreign:
            # A cell that begins so is such a line that was read as a row.
            begins = _BEGINS[name]
            self._inside[name] += sum(
                len(begins.findall(value)) for _, value in found.raw if not begins.match(value)
            )

    def unread(self) -> Iterator[Skipped]:
        """Yield for each format of which more is there than was read what a person should know."""
        for name, there in self._there.items():
            own = self._entries if name == self._format.name else 0
            if there > own + self._inside[name] + self._skipped:
                line, text = self._first(name)
                yield Skipped(
                    line=line, text=cut(text), why=f"{there} lines look like the beginning of a"
                    f" {FORMATS[name].label} record, and {self._entries} records were read as"
                    f" {self._format.label}; save each kind in a file of its own.",
                )  # fmt: skip

    def _first(self, name: str) -> tuple[int, str]:
        before = 0
        for text in _parts(self._content):
            if match := _AT_MARGIN[name].search(text):
                end = text.find("\n", match.end())
                line = text[match.start() + 1 : end if end >= 0 else len(text)]
                return before + text.count("\n", 0, match.start()) + 1, line
            before += text.count("\n") - 1
        return 0, ""


def _counted(content: Content) -> dict[str, int]:
    if not content.sample or content.head.startswith(b"PK\x03\x04"):
        return {}
    found: Counter[str] = Counter()
    for text in _parts(content):
        for name, pattern in _AT_MARGIN.items():
            if _PLAIN[name] in text:  # much quicker than the pattern, and most are not there
                found[name] += len(pattern.findall(text))
    return {name: count for name, count in found.items() if count}


def _parts(content: Content) -> Iterator[str]:
    """Yield the text in large parts, each with a line end before its first line and whole lines."""
    rest = ""  # a mark at the beginning of the file is left out by `chunks` or by the encoding
    for chunk in content.chunks():
        text = rest + chunk
        last = text.rfind("\n")
        if last < 0:
            rest = text
            continue
        yield "\n" + text[:last]
        rest = text[last + 1 :]
    yield "\n" + rest
