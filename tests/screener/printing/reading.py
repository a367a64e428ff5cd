"""Documents read back with plain Python: the letters of a file, and where a PDF has them."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from typing import NamedTuple

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TEXT = re.compile(
    rb"/F(\d+) [\d.]+ Tf|BT ([\d.]+) ([\d.]+) Td|\(((?:\\.|[^\\)])*)\) Tj"
    rb"|([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S",
    re.DOTALL,
)
_FREED = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class Piece(NamedTuple):
    """Letters at a place of a page, in points from its lower left corner."""

    page: int
    x: float
    y: float
    text: str


class Rule(NamedTuple):
    """A level line of a page."""

    page: int
    x: float
    y: float
    end: float


def _streams(content: bytes) -> list[bytes]:
    found = []
    for packed in _STREAM.findall(content):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def _letters(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>\n", cmap.split(b"beginbfchar")[1])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def pdf_places(content: bytes) -> list[Piece | Rule]:
    """What stands on the pages of a PDF, in the order it was drawn."""
    parts = _streams(content)
    maps = [_letters(part) for part in parts if b"beginbfchar" in part]
    pages = [part for part in parts if b" Td" in part]
    found: list[Piece | Rule] = []
    for number, page in enumerate(pages, 1):
        font, x, y = 0, 0.0, 0.0
        for name, left, low, string, x1, y1, x2, y2 in _TEXT.findall(page):
            if name:
                font = int(name) - 1
            elif left:
                x, y = float(left), float(low)
            elif x1:
                if abs(float(y1) - float(y2)) < 0.01:
                    found.append(Rule(number, float(x1), float(y1), float(x2)))
            else:
                raw = re.sub(
                    rb"\\(.)", lambda m: _FREED.get(m[1], m[1]), string, flags=re.DOTALL
                ).decode("utf-16-be")
                found.append(Piece(number, x, y, "".join(maps[font].get(ord(c), "?") for c in raw)))
    return found


def pieces(content: bytes) -> list[Piece]:
    """The letters of a PDF."""
    return [one for one in pdf_places(content) if isinstance(one, Piece)]


def words(path) -> str:
    """Every letter a document holds, wherever in the file; blanks are single."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        text = " ".join(piece.text for piece in pieces(content))
    elif path.suffix == ".html":
        text = html.unescape(re.sub("<[^>]*>", " ", content.decode("utf-8")))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        text = html.unescape(re.sub("<[^>]*>", " ", "\n".join(parts)))
    return " ".join(text.replace("\u00a0", " ").split())
