"""Captions stay with what they name: no caption or heading line is alone at the foot of a page."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from screener.printing import document as d
from screener.printing.writing import encoded
from screener.report.drawing import Drawing
from tests.screener.printing.reading import pieces

TALL = " ".join(["word"] * 400)
"""The first line of a table that takes a quarter of a page."""


def document(*blocks):
    running = d.Running(review="A review", what="Report")
    return d.Document(title="A report", running=running, blocks=blocks)


def table(*, first="short"):
    return d.table("THECAPTION", ("THEHEAD", "Other"), [(f"FIRSTROW {first}", "x"), ("next", "y")])


def filled(lines, *blocks):
    """So many lines of text, and then the blocks."""
    above = tuple(d.Paragraph(words=d.words(f"Line {n}.")) for n in range(lines))
    return encoded(document(*above, *blocks), ".pdf")


def page_of(content, word):
    return next(piece.page for piece in pieces(content) if word in piece.text)


@pytest.mark.parametrize("first", ["short", TALL], ids=["short", "tall"])
def test_a_caption_and_the_headings_over_it_are_on_the_page_of_the_first_line(first):
    parted = set()
    for lines in range(1, 40, 3):
        blocks = (
            d.Heading(text="THEPART"),
            d.Heading(text="THESECTION", level=2),
            table(first=first),
        )
        content = filled(lines, *blocks)
        pages = [page_of(content, w) for w in ("THEPART", "THESECTION", "THECAPTION", "FIRSTROW")]
        assert len(set(pages)) == 1, lines
        parted |= set(pages)
    assert parted == {1, 2}, "the table was tried at the foot of a page and after it"


def picture(share=1.0):
    drawn = Drawing(width=640, height=480, shapes=(), title="T", description="D")
    return d.Picture(drawing=drawn, caption="THECAPTION", share=share)


def test_a_picture_shrinks_a_little_rather_than_leave_a_page_half_empty():
    """It goes to the next page only where less than three quarters of its height are left."""
    high = 127.5  # of 170 mm of width
    for lines in range(10, 40, 3):
        content = filled(lines, picture())
        place = [one for one in pieces(content) if one.page == 1 and one.text.startswith("Line")]
        left = min(one.y for one in place) / 72 * 25.4 - 13
        if left < 0.75 * high or left > 0.75 * high + 20:
            assert (page_of(content, "THECAPTION") == 1) == (left > high * 0.75), lines


def word(*blocks):
    return docx.Document(BytesIO(encoded(document(*blocks), ".docx")))


def test_in_word_a_caption_keeps_with_its_table_and_that_with_its_first_line():
    file = word(table())
    caption = next(p for p in file.paragraphs if p.text == "THECAPTION")
    assert caption.paragraph_format.keep_with_next
    head, first = file.tables[0].rows[:2]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in head.cells)
    assert not any(cell.paragraphs[0].paragraph_format.keep_with_next for cell in first.cells)


def test_in_word_a_picture_keeps_with_its_caption_and_takes_its_share():
    file = word(picture(0.5))
    place = next(n for n, p in enumerate(file.paragraphs) if p.text == "THECAPTION")
    assert file.paragraphs[place - 1].paragraph_format.keep_with_next
    assert file.inline_shapes[0].width.mm == pytest.approx(85, abs=0.5)
    assert "w:br" not in file.element.xml, "no page is broken by hand"
