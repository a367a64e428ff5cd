"""Tagged text other than RIS: the loop that MEDLINE, Web of Science, ENW and the others share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from screener.model import Entry, Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.formats.format import cut, refuse_large

Raw = list[tuple[str, str]]
Begins = Callable[[str, Raw, bool], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedRecord:
    """One record's tags in order and the line where it begins."""

    raw: Raw
    line: int

    def one(self, *tags: str) -> str:
        """Return the first value of the first of `tags` that has one."""
        return next((v for tag in tags for t, v in self.raw if t == tag and v), "")

    def all(self, *tags: str) -> list[str]:
        """Return every value of `tags`, in the order of the file."""
        return [v for t, v in self.raw if t in tags and v]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a tagged format is written.

    `tag` matches a line with the groups tag and value; `begins` says whether a tag starts a record
    (given the tags so far and whether a blank line came before); `ends` are tags that close one;
    `around` are tags outside records; in `lists` a continuation line is a further value.
    """

    tag: re.Pattern[str]
    begins: Begins
    ends: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


def entries(
    found: Iterable[TaggedRecord | Skipped], fields: Callable[[TaggedRecord], Fields]
) -> Iterator[Entry | Skipped]:
    """Yield a record for each of the tagged ones, as `fields` understands it."""
    for one in found:
        if isinstance(one, Skipped):
            yield one
        else:
            yield Entry(fields=fields(one), raw=tuple(one.raw), line=one.line)


def reader(
    shape: Shape, fields: Callable[[TaggedRecord], Fields]
) -> Callable[[Content], Iterator[Entry | Skipped]]:
    """Return a `read` for a format of this shape."""

    def read(content: Content) -> Iterator[Entry | Skipped]:
        return entries(records(content.lines(), shape), fields)

    return read


def begins_with(tag: str) -> Begins:
    """Return a `begins` for a format in which one tag begins every record."""
    return lambda name, raw, blank: name == tag


def records(lines: Iterable[str], shape: Shape) -> Iterator[TaggedRecord | Skipped]:
    """Cut the lines of a tagged file into records."""
    reader = _Reader(shape)
    for number, line in enumerate(lines, 1):
        yield from reader.take(number, line)
    yield from reader.finish()


class _Reader:
    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._raw: Raw = []
        self._more: list[str] = []
        self._line = 0
        self._size = 0
        self._blank = True

    def take(self, number: int, line: str) -> Iterator[TaggedRecord | Skipped]:
        stripped = line.strip().lstrip("\ufeff")
        if not stripped:
            self._blank = True
            return
        if self._raw:
            self._size += len(stripped)
            refuse_large(self._size, self._line)
        match = self._shape.tag.match(line.lstrip("\ufeff"))
        if match:
            yield from self._tag(number, match[1], (match[2] or "").strip())
        else:
            yield from self._continue(number, line, stripped)
        self._blank = False

    def _tag(self, number: int, tag: str, value: str) -> Iterator[TaggedRecord | Skipped]:
        shape = self._shape
        self._join()
        if tag in shape.ends:
            yield from self.finish()
        elif tag in shape.around:
            return
        else:
            if not self._raw or shape.begins(tag, self._raw, self._blank):
                yield from self.finish()
                self._line = number
                self._size = len(value)
            self._raw.append((tag, value))

    def _continue(self, number: int, line: str, stripped: str) -> Iterator[Skipped]:
        if not self._raw or (self._blank and line[0] not in " \t"):
            if len(stripped) > 2 or not stripped.strip(".-=").isdigit():
                yield Skipped(
                    line=number, text=cut(stripped), why="This line belongs to no record."
                )
        elif self._raw[-1][0] in self._shape.lists:
            self._raw.append((self._raw[-1][0], stripped))
        else:
            self._more.append(stripped)

    def _join(self) -> None:
        if self._more:
            tag, value = self._raw[-1]
            self._raw[-1] = (tag, " ".join((value, *self._more)).strip())
            self._more.clear()

    def finish(self) -> Iterator[TaggedRecord]:
        self._join()
        if self._raw:
            yield TaggedRecord(raw=self._raw, line=self._line)
        self._raw = []
