"""Bytes into text: the one place where encodings, NULs and line ends are dealt with."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import AnyStr, BinaryIO

from screener.model import Progress, UserError, silent
from screener.store import drives, paths

CHUNK = 1 << 20
SAMPLE = 1 << 17
LONGEST_LINE = 8 << 20
"""Bytes; the longest abstract with all its tags is far shorter."""
LARGEST_RECORD = 16 << 20
"""Characters of what one record is made of; more is a file of another kind, or a damaged one."""
LARGEST_WHOLE = 50 << 20
"""Bytes of a file that can only be read as a whole: it takes up to ten times as much memory."""
MIXED = "mixed"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.-]{2,30})|%\s*Encoding:\s*([\w.-]{2,30})""", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file (or pasted text) whose encoding is known; it can be read again and again."""

    name: str
    path: Path | None
    held: bytes = b""
    size: int
    digest: str
    head: bytes
    encoding: str
    bom: int
    nul: bool
    longest_line: int
    sample: str
    stamp: tuple[int, int] = (0, 0)
    indent: int = 0
    remarks: tuple[str, ...] = ()

    def open(self) -> BinaryIO:
        """Open the bytes for reading."""
        if self.path is None:
            return io.BytesIO(self.held)
        try:
            return drives.reading(self.path)
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def lines(self) -> Iterator[str]:
        r"""Yield the lines; only \n, \r\n and \r end one. The line end is kept as \n."""
        self._refuse_long_lines()
        found = self._mixed_lines() if self.encoding == MIXED else self._plain_lines()
        return map(partial(_dedent, self.indent), found) if self.indent else found

    def text(self) -> str:
        """Return the whole text, with line ends as they are in `lines`."""
        if self.size > LARGEST_WHOLE:
            raise UserError(
                f"“{self.name}” is larger than {LARGEST_WHOLE >> 20} MB and can only be read as a"
                " whole; export it in several parts or as RIS."
            )
        return "".join(self.chunks())

    def chunks(self) -> Iterator[str]:
        """Yield the text in pieces of about a megabyte, whatever its lines are."""
        if self.indent:
            yield from self.lines()
        elif self.encoding == MIXED:
            yield from self._mixed_lines()
        else:
            yield from self._plain_chunks()

    def _plain_chunks(self) -> Iterator[str]:
        with self._stream() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk.replace("\0", "") if self.nul else chunk

    def blocks(self, mark: str) -> Iterator[tuple[str, bool]]:
        r"""Yield the text between the places where `mark` stands, and whether it ends at one.

        Line ends are \n. A block that grows beyond a megabyte is handed out at a line end before
        its mark comes, so that memory stays small whatever the file holds.
        """
        self._refuse_long_lines()
        if self.encoding != "utf-8" or self.indent:
            yield from _cut(self.chunks(), mark, "\n")
            return
        # Cutting bytes leaves blocks in plain ASCII, which are quicker to work on, undisturbed.
        for part, ended in _cut(self._byte_chunks(), mark.encode(), b"\n"):
            yield part.decode("utf-8", "replace"), ended

    def refuse_changed(self) -> None:
        """Raise `UserError` when the file is no longer the one that was examined."""
        if self.path is None:
            return
        try:
            now = _stamp(self.path.stat())
        except OSError as error:
            raise _unreadable(self.name, error) from error
        if now != self.stamp:
            raise UserError(f"“{self.name}” changed while it was being read; import it again.")

    def _refuse_long_lines(self) -> None:
        if self.longest_line > LONGEST_LINE:
            raise UserError(
                f"“{self.name}” holds a line of {self.longest_line >> 20} million characters;"
                " no reference file does, so export it again."
            )

    def _byte_chunks(self) -> Iterator[bytes]:
        with self.open() as stream:
            stream.seek(self.bom)
            held = b""
            while chunk := stream.read(CHUNK):
                chunk = held + chunk
                # \r\n may be cut in two by the end of a chunk.
                held = b"\r" if chunk.endswith(b"\r") else b""
                chunk = chunk[: len(chunk) - len(held)]
                if b"\r" in chunk:
                    chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
                yield chunk.replace(b"\0", b"") if self.nul else chunk
            if held:
                yield b"\n"

    def _stream(self) -> io.TextIOWrapper:
        opened = self.open()
        opened.seek(self.bom)
        return io.TextIOWrapper(opened, encoding=self.encoding, errors="replace", newline=None)

    def _plain_lines(self) -> Iterator[str]:
        with self._stream() as stream:
            yield from (line.replace("\0", "") for line in stream) if self.nul else stream

    def _mixed_lines(self) -> Iterator[str]:
        self._refuse_long_lines()
        # Latin-1 keeps every byte, so lines are split before anybody guesses what the bytes mean.
        opened = self.open()
        opened.seek(self.bom)
        with io.TextIOWrapper(opened, encoding="latin-1", newline=None) as stream:
            for line in stream:
                yield decode_line(line.encode("latin-1")).replace("\0", "")


def _cut(chunks: Iterator[AnyStr], mark: AnyStr, newline: AnyStr) -> Iterator[tuple[AnyStr, bool]]:
    rest: AnyStr = mark[:0]
    for chunk in chunks:
        parts = (rest + chunk).split(mark)
        rest = parts.pop()
        for part in parts:
            yield part, True
        if len(rest) > CHUNK and (last := rest.rfind(newline, 0, -len(mark))) > 0:
            yield rest[:last], False
            rest = rest[last + 1 :]
    yield rest, False


def decode_line(line: bytes) -> str:
    """Decode one line of a file that is not UTF-8 throughout."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # The five bytes that Windows-1252 leaves open become replacement characters.
        return line.decode("cp1252", "replace")


def examine(path: Path, progress: Progress = silent) -> Content:
    """Read a file once for its digest, its encoding and the length of its lines."""
    paths.refuse_open(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UserError(f"“{path.name}” is a folder; choose the files inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"“{path.name}” is no regular file; save the export to disk first.")
        with drives.reading(path) as stream:
            content = _examine(path.name, path, b"", stream, found.st_size, progress)
    except OSError as error:
        raise _unreadable(path.name, error) from error
    return replace(content, stamp=_stamp(found))


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def examine_text(text: str) -> Content:
    """Treat pasted text like a file."""
    held = text.encode("utf-8", "replace")
    return _examine("The pasted text", None, held, io.BytesIO(held), len(held), silent)


def _examine(
    name: str, path: Path | None, held: bytes, stream: BinaryIO, total: int, progress: Progress
) -> Content:
    scan = _Scan()
    while chunk := stream.read(CHUNK):
        scan.take(chunk)
        progress(scan.size, total, "Looking at the file")
    encoding, bom, remarks = _encoding(scan)
    if scan.head.startswith(b"PK\x03\x04"):
        remarks = ()  # an archive has no encoding
    head = scan.head
    sample = _sample(head, encoding, bom, whole=scan.size <= len(head))
    indent = _indent(sample)
    return Content(
        name=name, path=path, held=held, size=scan.size, digest=scan.digest.hexdigest(), head=head,
        encoding=encoding, bom=bom, nul=scan.nul, longest_line=scan.longest,
        sample=_dedented(sample, indent), indent=indent, remarks=remarks,
    )  # fmt: skip


def _indent(sample: str) -> int:
    """Return by how many blanks every line is indented, as a text copied out of a page may be."""
    lines = [line for line in sample.split("\n") if line.strip()]
    if len(lines) < _FEW:
        return 0
    return min(len(line) - len(line.lstrip(" ")) for line in lines)


_FEW = 3


def _dedented(text: str, indent: int) -> str:
    """Take the blanks off that every line begins with; a line with fewer keeps what it is."""
    return "\n".join(map(partial(_dedent, indent), text.split("\n"))) if indent else text


def _dedent(indent: int, line: str) -> str:
    return line[indent:] if line[:indent].isspace() else line.lstrip(" ")


class _Scan:
    """What one pass over the bytes finds out."""

    def __init__(self) -> None:
        self.size = 0
        self.head = b""
        self.digest = hashlib.sha256()
        self.nul = False
        self.utf8 = True
        self.longest = 0
        self._run = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")

    def take(self, chunk: bytes) -> None:
        if not self.head:
            self.head = chunk[:SAMPLE]
        self.size += len(chunk)
        self.digest.update(chunk)
        self.nul = self.nul or b"\0" in chunk
        if self.utf8:
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self.utf8 = False
        # Lines shorter than a chunk need no measuring: only runs across chunks can be too long.
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._run = len(chunk) + (self._run if last < 0 else -last)
        self.longest = max(self.longest, self._run)

    def is_utf8(self) -> bool:
        """Whether the whole file is UTF-8, the last character included."""
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return self.utf8


def _encoding(scan: _Scan) -> tuple[str, int, tuple[str, ...]]:
    for bom, name in _BOMS:
        if scan.head.startswith(bom):
            if name == "utf-8" and not scan.is_utf8():
                return MIXED, len(bom), (_MIXED_REMARK,)
            return name, len(bom), ()
    if scan.nul and (wide := _wide(scan.head)):
        return wide, 0, (f"The file has no byte order mark; it was read as {wide.upper()}.",)
    if scan.is_utf8():
        return "utf-8", 0, ()
    declared = _declared(scan.head)
    if declared:
        return declared, 0, (f"The file was read as {declared}, as it says itself.",)
    return MIXED, 0, (_MIXED_REMARK,)


_MIXED_REMARK = (
    "Not every line is UTF-8; those lines were read as Windows-1252, so look at their accents."
)


def _wide(head: bytes) -> str:
    """Recognise UTF-16 by its pattern of zeros; random bytes and stray NULs have none."""
    half = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return ""


def _declared(head: bytes) -> str:
    match = _DECLARED.search(head[:2000])
    if not match:
        return ""
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        found = codecs.lookup(name)
        # Codecs such as base64 or rot13 turn no bytes into text, and UTF-8 was tried already.
        "é".encode(name)
    except (LookupError, UnicodeError):
        return ""
    if found.name in ("utf-8", "ascii") or found.name.startswith(("utf-16", "utf-32", "utf-7")):
        return ""
    return found.name


def _sample(head: bytes, encoding: str, bom: int, *, whole: bool) -> str:
    body = head[bom:]
    if not whole:
        # The cut may go through a character or a line; the part before the last line end is safe.
        # Where a line fills most of it, as in XML without line ends, there is no such part.
        end = max(body.rfind(b"\n"), body.rfind(b"\r"))
        body = body[:end] if end > len(body) // 2 else body
    if encoding == MIXED:
        text = "\n".join(decode_line(line) for line in body.split(b"\n"))
    else:
        text = body.decode(encoding, "replace")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(name: str, error: OSError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"“{name}” is not there any more; choose it again.")
    if isinstance(error, PermissionError):
        return UserError(
            f"“{name}” may not be read; close it in other programs, or try a copy of it."
        )
    return UserError(f"“{name}” could not be read ({error.strerror}); try a copy of it.")
