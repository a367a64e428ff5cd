"""XML read element by element: entity declarations refused, small faults of exporters mended."""

from __future__ import annotations

import html.entities
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import errors

from screener.model import Entry, Fields, Skipped, UserError
from screener.sources.decoding import Content
from screener.sources.formats.format import refuse_large

DEEPEST = 200
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,30});)?")
_JUNK_BEHIND = errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlRecord:
    """The element of one record, names without namespaces, and the line where it begins."""

    element: Element
    line: int

    def text(self, *paths: str) -> str:
        """Return the text of the first of `paths` that has one."""
        return next((text for path in paths for text in self.texts(path)), "")

    def texts(self, path: str) -> list[str]:
        """Return the texts of all elements at `path` that have one."""
        found = (content(element) for element in self.element.iterfind(path))
        return [text for text in found if text]

    @property
    def raw(self) -> tuple[tuple[str, str], ...]:
        """Every text with the path that leads to it, in the order of the file."""
        return tuple(_leaves(self.element))


def content(element: Element | None) -> str:
    """Return all the text inside an element, stripped; styles within a word do not cut it."""
    return "".join(element.itertext()).strip() if element is not None else ""


def xml_records(source: Content, tags: frozenset[str]) -> Iterator[XmlRecord | Skipped]:
    """Yield the elements named `tags`, and where the file breaks off, what that means."""
    # Imported here: only XML needs it, and starting the program should not wait for it.
    from defusedxml import DefusedXmlException

    document = _Document(tags, line=0)
    try:
        for piece in _pieces(_mended(source.chunks())):
            # What is downloaded in batches is often one document after another in one file.
            while piece := document.feed(piece):
                yield from document.target.drain()
                document = _Document(tags, line=document.line, empty=document.empty)
            yield from document.target.drain()
        document.parser.close()
        yield from document.target.drain()
    except DefusedXmlException as error:
        raise UserError(
            f"“{source.name}” declares entities, which no reference file needs; it was not read."
        ) from error
    except ParseError as error:
        yield from document.target.drain()
        line = error.position[0] + document.began
        yield Skipped(
            line=line, text=document.target.unfinished(),
            why=f"The XML is cut off or damaged at line {line}, column {error.position[1] + 1};"
            " what stands before was read, what follows was not.",
        )  # fmt: skip


def xml_entries(
    source: Content, tags: frozenset[str], fields: Callable[[XmlRecord], Fields]
) -> Iterator[Entry | Skipped]:
    """Yield a record for each element named `tags`, as `fields` understands it."""
    for found in xml_records(source, tags):
        if isinstance(found, Skipped):
            yield found
        elif raw := found.raw:
            yield Entry(fields=fields(found), raw=raw, line=found.line)
        else:
            yield Skipped(line=found.line, text="", why="This record is empty.")


def xml_reader(
    *tags: str, fields: Callable[[XmlRecord], Fields]
) -> Callable[[Content], Iterator[Entry | Skipped]]:
    """Return a `read` for a format whose records are the elements named `tags`."""
    return partial(xml_entries, tags=frozenset(tags), fields=fields)


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the text small, because what stands behind a document is parsed once more."""
    for chunk in chunks:
        yield from (chunk[at : at + _PIECE] for at in range(0, len(chunk), _PIECE))


_PIECE = 1 << 15
_LONGEST_TAG = 2 << 20  # the parser keeps and reads again what does not end
_ELEMENT = 64  # characters that an element weighs beside its text
_EMPTY_ONES = 100


class _Document:
    """One XML document, fed in pieces; `line` is where the next one begins.

    `empty` counts the documents without a record so far: a file of nothing but elements of
    another kind is not read to its end.
    """

    def __init__(self, tags: frozenset[str], *, line: int, empty: int = 0) -> None:
        from defusedxml.ElementTree import DefusedXMLParser

        self.began = self.line = line
        self.target = _Target(tags, line)
        self.parser = DefusedXMLParser(target=self.target, encoding="utf-8")
        self.target.expat = self.parser.parser
        self._fed = 0
        self.empty = empty

    def feed(self, chunk: bytes) -> bytes:
        """Parse a piece and return what stands behind the end of the document."""
        try:
            self.parser.feed(chunk)
        except ParseError as error:
            rest = self.parser.parser.ErrorByteIndex - self._fed
            self.empty += not self.target.has_found
            if error.code != _JUNK_BEHIND or not 0 <= rest < len(chunk) or self.empty > _EMPTY_ONES:
                raise
            self.line = self.began + error.position[0] - 1
            return chunk[rest:]
        self._fed += len(chunk)
        if self._fed - self.parser.parser.CurrentByteIndex > _LONGEST_TAG:
            line = self.began + self.parser.parser.CurrentLineNumber
            raise UserError(
                f"In line {line} is a comment or a tag of more than {_LONGEST_TAG >> 20} million"
                " characters, which no reference file has; export it again."
            )
        return b""


class _Target:
    """Builds the wanted elements and nothing else, so that memory does not grow with the file."""

    def __init__(self, tags: frozenset[str], before: int) -> None:
        self._tags = tags
        self._before = before
        self._found: deque[XmlRecord] = deque()
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._level = 0
        self._line = 0
        self._size = 0
        self.has_found = False
        self.expat: object = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UserError("This XML is nested far too deeply for a reference file.")
        local = tag.rpartition("}")[2]
        if self._builder is None:
            if local not in self._tags:
                return
            self._builder = TreeBuilder()
            self._level = self._depth
            self._size = 0
            self._line = self._before + int(getattr(self.expat, "CurrentLineNumber", 0))
        self._grow(_ELEMENT)
        self._builder.start(local, {key.rpartition("}")[2]: v for key, v in attributes.items()})

    def end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(tag.rpartition("}")[2])
            if self._depth == self._level:
                self._found.append(XmlRecord(element=self._builder.close(), line=self._line))
                self._builder = None
                self.has_found = True
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)
            self._grow(len(text))

    def _grow(self, size: int) -> None:
        self._size += size
        refuse_large(self._size, self._line)

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""

    def drain(self) -> Iterator[XmlRecord]:
        while self._found:
            yield self._found.popleft()

    def unfinished(self) -> str:
        """Say whether the damage lies inside a record."""
        return f"(the record that begins at line {self._line})" if self._builder else ""


def _mended(chunks: Iterator[str]) -> Iterator[bytes]:
    """Drop what XML forbids, and turn HTML's entities and bare ampersands into XML's."""
    rest = ""
    for chunk in chunks:
        text = rest + chunk
        cut = text.rfind("&", max(len(text) - 40, 0))
        rest = "" if cut < 0 else text[cut:]
        yield _mend(text if cut < 0 else text[:cut])
    if rest:
        yield _mend(rest)


def _mend(text: str) -> bytes:
    text = _ILLEGAL.sub("", text)
    if "&" in text:
        text = _AMPERSAND.sub(_entity, text)
    return text.encode("utf-8")


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        if name in _XML_NAMES:
            return match[0]
        known = html.entities.html5.get(name + ";")
        return known if known and known not in "<&" else f"&amp;{name};"
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        legal = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
        return match[0] if legal or 0x10000 <= number <= 0x10FFFF else ""
    return "&amp;"


def _leaves(element: Element, path: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        name = f"{path}/{child.tag}" if path else str(child.tag)
        if len(child) and not any((grandchild.tail or "").strip() for grandchild in child):
            if (child.text or "").strip():
                yield name, (child.text or "").strip()
            yield from _leaves(child, name)
        elif text := content(child):
            yield name, text
