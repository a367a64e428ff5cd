"""RIS in the dialects of all databases: text into records and their tags.

The tags and the list tags are rispy's; its line rules are not used, because they lose the last
record without ER, start records at any line that begins with TY and know no line numbers. Records
written as they should be, which most are, are cut in one go; everything else goes line by line
through `_Splitter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

from screener.model import Entry, Skipped
from screener.sources.decoding import Content
from screener.sources.formats.format import Format, Found, cut, refuse_large
from screener.sources.formats.ris_fields import TYPES, fields
from screener.sources.frozen import quick

Raw = list[tuple[str, str]]
Outside = list[tuple[int, str]]
Piece = tuple[Raw, int, bool] | Skipped

# What databases write beyond rispy's table.
_MORE_TAGS = (
    "A5 AF AI AR AV BT CC CL CP CT C9 DI ED J1 J9 JI KP L3 LK LP MH N3 NL NT OT PA PD PG PI PM PP "
    "PT PU RD SC SE SF SU T4 TS U1 U2 U3 U4 U5 UT VO WE WP XT Y3 YR"
)
_TAGS = frozenset((*TAG_KEY_MAPPING, *_MORE_TAGS.split())) - {"UK"}
# An untagged line after one of these is a further item (EndNote), after any other its next line.
_LISTS = frozenset((
    *LIST_TYPE_TAGS, "A5", "ED", "AD", "DB", "DE", "M1", "SN", "U1", "C3", "L1", "L2",
))  # fmt: skip
_PEOPLE = frozenset(("AU", "A1", "A2", "A3", "A4", "A5", "ED"))
# What may be a name on a line of its own: "van der Berg, Jan", "Smith JA".
_PERSON = re.compile(
    r"(?:[^\W\d_][\w.'’-]{0,39} ){0,3}[^\W\d_][\w.'’-]{0,39}"
    r"(?:, (?![a-z])[\w.'’-]{1,40}(?: [\w.'’-]{1,40}){0,3}| [A-Z]{1,3})[.,;]?$"
)
_TITLED = frozenset(("TI  -", "T1  -"))
_TEXTS = frozenset(("AB", "N2", "N1", "U3"))
_LOOSE = re.compile(
    r"\s{0,4}(PMID|PMCID|DOI|ISSN|ISBN|[A-Z][A-Z0-9])\s{0,3}[-–](?:\s+(.*)|)$", re.S
)
_START = re.compile(r"^\ufeff?[ \t]{0,4}TY {0,3}[-–] {0,3}[A-Za-z]{0,20}[^\S\n]*", re.M)
_STRICT_START = re.compile(r"^\ufeff?TY  -", re.M)
# Where a tag begins; what else may be one (`KW - word`, `PMID  - 1`) is odd.
_NEXT_TAG = re.compile(r"\n([A-Z][A-Z0-9])  - ?")
_ODD = re.compile(
    r"\n[ \t]{0,4}(?:PMID|PMCID|DOI|ISSN|ISBN|[A-Z][A-Z0-9](?!  -))[ \t]{0,3}[-–](?:\s|$)"
)
_NEXT_ITEM = re.compile(r"\n(?![ \t])")
_ENVELOPE = re.compile(
    r"^(?:<?\d+\.?\s*>?|Record #?\d+ of \d+.*|(?:Provider|Database|Content)\s*:.*|NL  - .*|"
    r"Link to the .{3,40}Full Text.*|ER|-+|\x1a|EF)$",
    re.I,
)
_NO_END = ("The end of the record (ER) is missing; it was closed.",)
_END = "\nER  -"
_MANY = 10_000  # lines outside records that wait to be reported together
_entry = quick(Entry)


def recognise(content: Content) -> float:
    """Look for the line that begins every record."""
    starts = _START.findall(content.sample)
    if not starts:
        return 0.0
    others = len(re.findall(r"^[A-Z][A-Z0-9] {0,3}[-–](?: |$)", content.sample, re.M))
    return 0.95 if _STRICT_START.search(content.sample) else (0.8 if others > len(starts) else 0.5)


def read(content: Content) -> Found:
    """Yield the records of a RIS file."""
    loose = not _STRICT_START.search(content.sample)
    for piece in _pieces(content.blocks(_END), _Splitter(loose=loose)):
        if isinstance(piece, Skipped):
            yield piece
        else:
            raw, line, ended = piece
            # A type alone is a record, however little it says; a line of other words is none.
            if any(value for _, value in raw[1:]) or " " not in raw[0][1]:
                remarks = () if ended else _NO_END
                yield _entry(fields(raw), tuple(raw), line, remarks)
            else:
                yield Skipped(
                    line=line, text=cut(raw[0][1]), why="This is no record: it has no tags."
                )


def _pieces(blocks: Iterator[tuple[str, bool]], splitter: _Splitter) -> Iterator[Piece]:
    """Cut the text at the ends of records; whole plain records need no look at their lines."""
    number = 1
    for block, ended in blocks:
        ends = block.count("\n")
        plain = _plain(block, number, ends) if ended and not splitter.is_open else None
        if plain is not None and not splitter.outside:
            yield plain
        else:
            yield from splitter.take(block, number)
            if ended:
                yield from splitter.end(number + ends + 1)
        # What follows ER on its line is the beginning of the next block.
        number += ends + 1
    yield from splitter.finish()


def _plain(block: str, number: int, ends: int) -> Piece | None:
    """Return the record of a block that is TY and its tags, nothing else.

    `number` is that of its first line, `ends` how many line ends it has.
    """
    start = block.find("TY  -")
    if start < 0 or block[:start].strip(" \n\ufeff"):
        return None
    if start:
        before = block.count("\n", 0, start)
        number, ends = number + before, ends - before
        block = block[start:]
    cuts = _NEXT_TAG.split(block)
    tags, values = cuts[1::2], cuts[2::2]
    if "TY" in tags or not _TAGS.issuperset(tags):
        return None
    kind = cuts[0][5:]
    raw: Raw = [("TY", kind.strip()), *zip(tags, map(str.strip, values), strict=True)]
    if len(tags) == ends:
        return raw, number, True
    return (raw, number, True) if "\n" not in kind and _continued(raw, values) else None


def _continued(raw: Raw, values: list[str]) -> bool:
    """Join the further lines of a value, or make them further values where the tag is a list.

    False means that one of the lines may be a tag in a shape that needs a closer look.
    """
    for place in [place for place, value in enumerate(values, 1) if "\n" in value][::-1]:
        tag, value = raw[place][0], values[place - 1]
        if "-" in value and _ODD.search(value):
            return False
        if tag in _LISTS:
            if tag in _PEOPLE and not all(_PERSON.match(line) for line in _further(value)):
                return False
            # Indented, it is the rest of the line above; at the margin, EndNote's next item.
            if "\n " in value or "\n\t" in value:
                parts = [_one_line(part) for part in _NEXT_ITEM.split(value)]
            else:
                parts = [part.strip() for part in value.split("\n")]
            raw[place : place + 1] = [(tag, part) for part in parts if part]
        else:
            raw[place] = (tag, _one_line(value))
    return True


def _further(value: str) -> list[str]:
    """Return the lines of a value behind the first that stand at the margin."""
    lines = value.split("\n")[1:]
    return [line.strip() for line in lines if line.strip() and line[0] not in " \t"]


def _one_line(value: str) -> str:
    if "\n" not in value:
        return value.strip()
    if "\n " not in value and "\n\t" not in value and "\n\n" not in value:
        return value.replace("\n", " ").strip()
    return " ".join([text for line in value.split("\n") if (text := line.strip())])


class _Splitter:
    """Cuts lines into records, whatever they look like."""

    def __init__(self, *, loose: bool) -> None:
        self._loose = loose
        self._tags = set(_TAGS)
        self._raw: Raw = []
        self._more: list[str] = []
        self._line = 0
        self._size = 0
        self._stray: Outside = []
        self.is_open = False
        self.outside: Outside = []

    def take(self, block: str, number: int) -> Iterator[Piece]:
        """Take the lines of `block`, the first of which is line `number`."""
        begun = self._line
        for line in block.split("\n"):
            stripped = line.strip()
            if stripped:
                pair = self._usual(line) or self._unusual(line)
                if pair is None:
                    self._untagged(line, stripped, number)
                elif pair[0] == "TY":
                    yield from self._start(pair, number)
                elif pair[0] == "ER":
                    yield from self.end(number)
                else:
                    self._tagged(pair, number, stripped)
            number += 1
        self._size = (self._size if self._line == begun else 0) + len(block)
        if self.is_open:
            refuse_large(self._size, self._line)
        elif len(self.outside) > _MANY:
            yield from self._skipped()

    def end(self, number: int) -> Iterator[Piece]:
        """Take the line that ends a record."""
        if self.is_open:
            yield from self._record(ended=True)
        elif not self.outside:
            return
        elif any(text[:5] in _TITLED for _, text in self.outside[self._first_tagged() :]):
            yield from self._open([], number)
            yield from self._record(ended=True)
        elif number > self.outside[-1][0] + 2:
            yield from self._skipped()

    def finish(self) -> Iterator[Piece]:
        """Hand out what the end of the file left open."""
        if self.is_open:
            yield from self._record(ended=False)
        yield from self._skipped()

    def _start(self, pair: tuple[str, str], number: int) -> Iterator[Piece]:
        if self.is_open:
            yield from self._record(ended=False)
        yield from self._open([pair], number)

    def _open(self, pairs: Raw, number: int) -> Iterator[Piece]:
        """Open a record; tags that stand before its type, as R's packages write them, are its."""
        start = self._first_tagged()
        before = self.outside[start:]
        del self.outside[start:]
        yield from self._skipped()
        self._raw = []
        self._line = before[0][0] if before else number
        self.is_open = True
        for _, text in before:
            if pair := self._usual(text):
                self._join()
                self._raw.append(pair)
            else:
                self._more.append(text)
        self._join()
        self._raw += pairs

    def _first_tagged(self) -> int:
        """Return where the lines begin that belong together at the end of those outside."""
        start, last = len(self.outside), 0
        for place, (number, text) in enumerate(self.outside):
            follows = start < len(self.outside) and number <= last + 1
            if _ENVELOPE.match(text) or (not follows and self._usual(text) is None):
                start = len(self.outside)
            elif not follows:
                start = place
            last = number
        return start

    def _record(self, *, ended: bool) -> Iterator[Piece]:
        self._join()
        self.is_open = False
        yield self._raw, self._line, ended
        for number, text in self._stray:
            yield Skipped(
                line=number, text=cut(text), why="This line has no tag and is no author's name."
            )
        self._stray = []

    def _tagged(self, pair: tuple[str, str], number: int, stripped: str) -> None:
        if self.is_open:
            self._join()
            self._raw.append(pair)
        else:
            self.outside.append((number, stripped))

    def _untagged(self, line: str, stripped: str, number: int) -> None:
        if not self.is_open:
            self.outside.append((number, stripped.strip("\ufeff")))
        elif self._raw[-1][0] in _LISTS and line[0] not in " \t":
            if self._raw[-1][0] in _PEOPLE and not _PERSON.match(stripped):
                self._stray.append((number, stripped))
                return
            self._join()
            self._raw.append((self._raw[-1][0], stripped))
        else:
            self._more.append(stripped)

    def _join(self) -> None:
        if self._more:
            tag, value = self._raw[-1]
            self._raw[-1] = (tag, " ".join((value, *self._more)).strip())
            self._more.clear()

    def _usual(self, line: str) -> tuple[str, str] | None:
        if line[2:5] != "  -":
            return None
        tag = line[:2]
        if tag not in self._tags:
            plausible = tag.isascii() and tag.isalnum() and tag.isupper() and tag[0].isalpha()
            if not plausible or line[5:6].strip() or self._is_in_a_text():
                return None
            self._tags.add(tag)
        return tag, line[5:].strip()

    def _is_in_a_text(self) -> bool:
        """Whether a line continues an abstract, where "OR  - 1.5" is no tag."""
        return self.is_open and self._raw[-1][0] in _TEXTS

    def _unusual(self, line: str) -> tuple[str, str] | None:
        """Return tag and value of a line whose spaces are not the usual ones."""
        line = line.lstrip("\ufeff")
        match = _LOOSE.match(line) if "-" in line[:12] or "–" in line[:12] else None
        if not match:
            return None
        tag, value = match[1], (match[2] or "").strip()
        if tag in ("TY", "ER"):
            # In a line of text they are followed by something else.
            alone = value in TYPES if tag == "TY" else not value
            usual = alone or self._loose or line.startswith((f"{tag}  -", f" {tag}  -"))
            return (tag, value) if usual else None
        if not self.is_open or (len(tag) == 2 and tag not in self._tags):
            return None
        if not self._loose and (line[0] in " \t" or self._raw[-1][0] in _TEXTS):
            return None
        return tag, value

    def _skipped(self) -> Iterator[Skipped]:
        """Yield one `Skipped` for each run of lines that databases do not put around records."""
        run: Outside = []
        for number, text in self.outside:
            if _ENVELOPE.match(text):
                continue
            if run and number > run[-1][0] + 2:
                yield _run(run)
                run = []
            run.append((number, text))
        if run:
            yield _run(run)
        self.outside = []


def _run(lines: Outside) -> Skipped:
    text = "\n".join(text for _, text in lines)
    return Skipped(line=lines[0][0], text=cut(text), why="This text stands outside the records.")


FORMAT = Format(
    name="ris",
    label="RIS",
    recognise=recognise,
    read=read,
    begins="TY  - ",
)
