"""The PDF file, taken apart with plain Python."""

from __future__ import annotations

import re
import zlib

import pytest

from screener.report.diagram import diagram
from screener.report.pdf import pdf

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def streams(content: bytes) -> list[bytes]:
    found = []
    for packed in STREAM.findall(content):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def letters(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>\n", cmap.split(b"beginbfchar")[1])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def texts(content: bytes) -> list[str]:
    """The strings of the page, in order, read with the map of the font each is set in."""
    parts = streams(content)
    fonts = [letters(part) for part in parts if b"beginbfchar" in part]
    (page,) = [part for part in parts if b" Tj" in part]
    found, font = [], 0
    for name, string in re.findall(rb"/F(\d) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", page, re.DOTALL):
        if name:
            font = int(name) - 1
            continue
        plain = re.sub(rb"\\(.)", lambda m: {b"r": b"\r", b"n": b"\n"}.get(m[1], m[1]), string)
        codes = [int.from_bytes(plain[i : i + 2], "big") for i in range(0, len(plain), 2)]
        found.append("".join(fonts[font][code] for code in codes))
    return found


@pytest.mark.parametrize("name", ["finished", "draft", "databases_only"])
def test_the_page_says_what_the_drawing_says(name, request):
    drawing = diagram(request.getfixturevalue(name))
    wanted = [shape.text for shape in drawing.shapes if hasattr(shape, "text")]
    assert texts(pdf(drawing)) == wanted


def test_one_page_of_the_size_of_the_drawing(draft):
    drawing = diagram(draft)
    content = pdf(drawing)
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert [float(side) for side in box] == [drawing.width * 0.75, drawing.height * 0.75]
    assert len(re.findall(rb"/Type /Page\b", content)) == 1


def test_the_face_is_in_the_file(draft):
    content = pdf(diagram(draft))
    names = {name.split(b"+")[-1] for name in re.findall(rb"/FontName /(\S+)", content)}
    assert len(names) == 2
    assert content.count(b"/FontFile2") == 2
    assert len(content) < 60_000


def test_title_and_no_time_of_its_own(draft):
    content = pdf(diagram(draft))
    assert rb"/Title (PRISMA 2020 flow diagram \(DRAFT\))" in content
    assert b"/CreationDate (D:20000101000000Z)" in content
    assert b"/ModDate" not in content
