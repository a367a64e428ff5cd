"""RIS in the dialects of all databases: lines into tags.

The tags and the list tags are rispy's; its line rules are not used, because they lose the last
record without ER, start records at any line that begins with TY and know no line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

from screener.model import Entry, Skipped
from screener.sources.decoding import Content
from screener.sources.formats.format import Format, Found, cut
from screener.sources.formats.ris_fields import fields

Raw = list[tuple[str, str]]

# What databases write beyond rispy's table.
_MORE_TAGS = (
    "A5 AI AR AV BT CC CL CP CT C9 DI ED J1 J9 JI KP L3 LK MH N3 NL NT OT PA PD PG PI PM PP PT "
    "PU RD SC SU T4 TS U1 U2 U3 U4 U5 UT VO WE WP XT Y3 YR"
)
_TAGS = {tag: tag for tag in (*TAG_KEY_MAPPING, *_MORE_TAGS.split()) if tag != "UK"}
# An untagged line after one of these is a further item (EndNote), after any other its next line.
_LISTS = frozenset(
    (*LIST_TYPE_TAGS, "A5", "ED", "AD", "DB", "DE", "M1", "SN", "U1", "C3", "L1", "L2")
)
_TEXTS = frozenset(("AB", "N2", "N1", "U3"))
_LOOSE = re.compile(
    r"\s{0,4}(PMID|PMCID|DOI|ISSN|ISBN|[A-Z][A-Z0-9])\s{0,3}[-–](?:\s+(.*)|)$", re.S
)
_START = re.compile(r"^\ufeff?[ \t]{0,4}TY {0,3}[-–] {0,3}[A-Za-z]{0,20}[^\S\n]*", re.M)
_STRICT_START = re.compile(r"^\ufeff?TY  -", re.M)
_TWO_TAGS = re.compile(r"\s+(U[1-5]|C[1-8]|N1|ER)  - ")
_ENVELOPE = re.compile(
    r"^(?:<?\d+\.?\s*>?|Record #?\d+ of \d+.*|(?:Provider|Database|Content)\s*:.*|NL  - .*|"
    r"Link to the .{3,40}Full Text.*|ER|-+|\x1a|EF)$",
    re.I,
)


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
    for raw, line, ended in _Splitter(loose=loose).records(content.lines()):
        if raw is None:
            yield from _skipped(ended)
            continue
        remarks = () if ended else ("The end of the record (ER) is missing; it was closed.",)
        yield Entry(fields=fields(raw), raw=tuple(raw), line=line, remarks=remarks)


Outside = list[tuple[int, str]]
Piece = tuple[Raw, int, bool] | tuple[None, int, Outside]


class _Splitter:
    """Cuts lines into records; what lies between records is handed on beside them."""

    def __init__(self, *, loose: bool) -> None:
        self._loose = loose
        self._tags = dict(_TAGS)

    def records(self, lines: Iterator[str]) -> Iterator[Piece]:
        raw: Raw = []
        more: list[str] = []
        outside: Outside = []
        started = 0  # the line of TY; 0 outside records
        known = self._tags.get
        for number, line in enumerate(lines, 1):
            if line[2:5] == "  -" and (tag := known(line[:2]) or self._new(line)):
                value = line[5:].strip()
            elif (stripped := line.strip()) and (pair := self._pair(line, raw, started)):
                tag, value = pair
            elif not stripped:
                continue
            elif not started:
                outside.append((number, stripped))
                continue
            else:
                if raw[-1][0] in _LISTS and line[0] not in " \t":
                    _join(raw, more)
                    raw.append((raw[-1][0], stripped))
                else:
                    more.append(stripped)
                continue
            if more:
                _join(raw, more)
            if started and tag not in ("ER", "TY"):
                raw.append((tag, value))
                continue
            if tag == "TY" or tag == "ER":
                if started:
                    yield raw, started, tag == "ER"
                elif tag == "TY" and outside:
                    yield None, 0, outside
                    outside = []
                started = number if tag == "TY" else 0
                raw = [(tag, value)] if started else []
            else:
                outside.append((number, line.strip()))
        if started:
            _join(raw, more)
            yield raw, started, False
        if outside:
            yield None, 0, outside

    def _new(self, line: str) -> str | None:
        """Return a tag that nobody listed, if it looks like one."""
        tag = line[:2]
        if (
            tag.isascii()
            and tag.isupper()
            and tag[0].isalpha()
            and tag.isalnum()
            and line[5:6] in " \n"
        ):
            self._tags[tag] = tag
            return tag
        return None

    def _pair(self, line: str, raw: Raw, started: int) -> tuple[str, str] | None:
        """Return tag and value of a line whose spaces are not the usual ones."""
        if line[0] == "\ufeff":
            line = line[1:]
        if "-" not in line[:12] and "–" not in line[:12]:
            return None
        match = _LOOSE.match(line)
        if not match:
            return None
        tag = match[1]
        if tag == "TY" or tag == "ER":
            usual = self._loose or line.startswith(("TY  -", "ER  -"))
            return (tag, (match[2] or "").strip()) if usual else None
        if not started or (len(tag) == 2 and tag not in self._tags):
            return None
        if not self._loose and (line[0] in " \t" or raw[-1][0] in _TEXTS):
            return None
        return tag, (match[2] or "").strip()


def _join(raw: Raw, more: list[str]) -> None:
    if more:
        tag, value = raw[-1]
        raw[-1] = (tag, " ".join((value, *more)).strip())
        more.clear()


def _skipped(lines: Outside) -> Iterator[Skipped]:
    """Yield one `Skipped` for each run of lines that is not what databases put around records."""
    run: Outside = []
    for number, text in lines:
        if _ENVELOPE.match(text):
            continue
        if run and number > run[-1][0] + 2:
            yield _run(run)
            run = []
        run.append((number, text))
    if run:
        yield _run(run)


def _run(lines: Outside) -> Skipped:
    text = "\n".join(text for _, text in lines)
    return Skipped(line=lines[0][0], text=cut(text), why="This text stands outside the records.")


FORMAT = Format(name="ris", label="RIS", recognise=recognise, read=read)
