"""Where things are on the pages: no item is torn, nothing lies over anything, nothing is cut."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from lxml import etree

from screener.model import UserError
from screener.printing import document as d
from screener.printing.lines import SANS, SERIF, Type, broken, width
from screener.printing.writing import encoded
from tests.screener.printing.reading import Rule, pdf_places, pieces

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOT, LEFT, RIGHT = 13 / 25.4 * 72, 20 / 25.4 * 72, 190 / 25.4 * 72


def item(number, *, lines=1, heads=("Maya", "Jonas"), title=""):
    """An item whose note has about so many lines."""
    note = " ".join([f"begin-{number}", *["word"] * (6 * lines), f"end-{number}"])
    return d.Item(
        number=str(number),
        title=title or f"A title {number}",
        byline="Okonedo C · 2016 · record 7",
        heads=heads,
        rows=(
            d.Cells(label="Decision", cells=tuple(d.words(f"said {n}") for n in range(len(heads)))),
            d.Said(label="Notes", words=d.words(note), serif=True),
            d.Ticks(label="Outcome", boxes=("include", "exclude")),
            d.Pen(label="Why"),
        ),
    )


def document(*blocks, review="A review", details="Protocol version 1"):
    running = d.Running(review=review, what="Agenda", details=details)
    return d.Document(title="Consensus meeting", running=running, blocks=blocks)


def group(*items):
    return d.Group(heading="Conflicts", items=items)


def pages_by_item(content):
    """The pages on which each item has anything: its title, its labels, its note."""
    found, now = {}, ""
    for piece in pieces(content):
        if title := re.fullmatch(r"A title (\d+)", piece.text):
            now = title[1]
        labels = ("Decision", "Notes", "Outcome", "Why", "include")
        if piece.text in labels or re.search(rf"A title {now}$|(begin|end)-{now}\b", piece.text):
            found.setdefault(int(now), set()).add(piece.page)
    return found


def test_no_item_is_torn_by_a_page_of_a_pdf():
    lines = [1, 7, 3, 12, 2, 20, 5, 9, 1, 15, 4, 30, 6, 25, 2, 11]
    content = encoded(document(group(*(item(n, lines=k) for n, k in enumerate(lines)))), ".pdf")
    assert max(piece.page for piece in pieces(content)) > 4
    found = pages_by_item(content)
    assert [len(found[number]) for number in range(len(lines))] == [1] * len(lines)


def test_two_items_of_the_usual_length_stand_on_a_page():
    content = encoded(document(group(*(item(n, lines=5) for n in range(6)))), ".pdf")
    assert max(piece.page for piece in pieces(content)) <= 3


def test_an_item_longer_than_a_page_goes_on_and_says_so():
    content = encoded(document(group(item(1), item(2, lines=220), item(3))), ".pdf")
    found = pieces(content)
    told = "".join(piece.text for piece in found)
    assert told.count("word") == 6 * 222
    assert any(piece.text == "2, continued" for piece in found)
    assert [len(pages_by_item(content)[n]) for n in (1, 2, 3)] == [1, 2, 1]
    assert all(piece.y > FOOT - 1 for piece in found)


def test_the_heading_of_a_group_is_never_alone():
    blocks = [group(item(n, lines=28)) for n in range(5)]
    found = pieces(encoded(document(*blocks), ".pdf"))
    for place, piece in enumerate(found):
        if piece.text == "Conflicts":
            assert found[place + 1].page == piece.page


LONG = "unbreakable" * 40
HOSTILE = (
    "=1+1",
    "<script>alert(1)</script> & </w:t>",
    "control \x00\x07\x1b signs\r\nand lines\tand tabs",
    "turned \u202ethgir ot tfel\u202c and \u2067isolated\u2069",
    "x" * 5000,
    "note " * 1000,
    LONG,
    "soft\u00adhyphen zero\u200bwidth joi\u200dner",
    "e\u0301 composed",
)


@pytest.mark.parametrize("count", [2, 3, 8])
def test_whatever_texts_hold_nothing_is_cut_and_nothing_lies_over_anything(count):
    names = tuple(f"{'N' * 76} {n:03}" for n in range(count))
    cells = tuple(d.words(HOSTILE[n % len(HOSTILE)]) for n in range(count))
    rows = (
        d.Cells(label="Decision", cells=cells, below="a phrase of several words"),
        d.Dispute(label=LONG[:200], rows=(d.Cells(label="", cells=cells),)),
        *(d.Said(label=f"Label {n}", words=d.words(text)) for n, text in enumerate(HOSTILE)),
        d.Ticks(label="Reason", boxes=tuple(HOSTILE[i][:200] for i in (0, 1, 6)), columns=3),
        d.Pen(label="Why"),
    )
    one = d.Item(number="1", title="T" * 500, byline="by " * 200, heads=names, rows=rows)
    there = d.Present(names=names, others=names, date="30 November 2026")
    whole = document(there, group(one, one), review="R " * 250, details="code " * 200)
    found = pieces(encoded(whole, ".pdf"))
    assert all(FOOT - 1 < piece.y < 297 / 25.4 * 72 for piece in found)
    assert all(piece.x >= LEFT - 0.1 for piece in found)
    told = "".join(piece.text for piece in found)
    assert told.count("x") >= 10_000
    assert "".join(LONG) in re.sub(r"\s", "", told) or told.count("unbreakable") > 40
    for ending in (".docx", ".html"):
        content = encoded(whole, ending)
        assert content
    text = encoded(whole, ".html").decode()
    assert "<script" not in text
    assert "\u202e" not in text


def test_lines_are_no_wider_than_their_room():
    for type_ in (Type(SANS, 10.5), Type(SERIF, 12.5)):
        for text in HOSTILE:
            for line in broken(
                d.words(d.Run(text, mark="met"), d.Run(text, strong=True)), type_, 40
            ):
                last = line[-1] if line else None
                if last is not None:
                    room = type_.size * 25.4 / 72 * 1.35 if last.mark else 0
                    end = last.x + room + width(last.text, type_, strong=last.strong)
                    assert end <= 40.01, line


def test_rows_of_an_item_do_not_overlap():
    """Of two pieces at one left edge the lower one begins a line below the other."""
    content = encoded(document(group(item(1, lines=6), item(2, lines=3))), ".pdf")
    by_place = {}
    for piece in pieces(content):
        by_place.setdefault((piece.page, round(piece.x)), []).append(piece.y)
    for ys in by_place.values():
        assert all(b - a > 7 for a, b in pairwise(sorted(set(ys))))


def test_lines_to_write_on_reach_the_right_margin():
    rules = [
        one
        for one in pdf_places(encoded(document(group(item(1))), ".pdf"))
        if isinstance(one, Rule)
    ]
    pens = [one for one in rules if one.x > LEFT + 100 and abs(one.end - RIGHT) < 0.5]
    assert len(pens) == 2
    assert abs(pens[0].y - pens[1].y) == pytest.approx(8 / 25.4 * 72, abs=0.2)


def paragraphs(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_every_paragraph_of_an_item_keeps_with_the_next_in_a_word_file():
    body = paragraphs(encoded(document(group(item(1), item(2))), ".docx")).find(f"{W}body")
    parts = list(body)
    start = next(i for i, p in enumerate(parts) if "".join(p.itertext()).startswith("1A title 1"))
    end = next(i for i, p in enumerate(parts) if "".join(p.itertext()).startswith("2A title 2"))
    inside = [p for part in parts[start:end] for p in part.iter(f"{W}p")]
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in inside]
    assert len(kept) > 8
    assert kept == [True] * (len(kept) - 1) + [False]
    for row in parts[start + 2].iter(f"{W}tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_an_item_of_a_web_page_is_not_broken():
    text = encoded(document(group(item(1))), ".html").decode()
    assert re.search(r"\.item \{ break-inside: avoid", text)
    assert '<article class="item">' in text


def test_letters_the_face_does_not_have_are_named_with_what_to_do():
    with pytest.raises(UserError, match=r"save it as \.docx or \.html"):
        encoded(document(group(item(1, title="数字同伴支持"))), ".pdf")
    assert (
        "数字同伴支持" in encoded(document(group(item(1, title="数字同伴支持"))), ".html").decode()
    )
