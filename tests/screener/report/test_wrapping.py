"""Words on lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.report.wording import Paragraph, Piece, text
from screener.report.wrapping import piece_width, wrapped

NUMBER = Piece(text="(n = 1,284)", strong=True, link="records_screened")


def lines(paragraphs, wide: float, size: float = 14) -> list[str]:
    return ["".join(p.text for p in row.pieces) for row in wrapped(paragraphs, wide, size)]


def labelled(label: str) -> Paragraph:
    *words, last = label.split()
    bound = (Piece(text=last), Piece(text=" "), NUMBER)
    return Paragraph(words=(*((Piece(text=word),) for word in words), bound))


def test_one_line():
    (row,) = wrapped([labelled("Records screened")], 300, 14)
    assert [piece.text for piece in row.pieces] == ["Records screened ", "(n = 1,284)"]
    assert row.pieces[1] == NUMBER


def test_a_number_is_never_alone_on_a_line():
    assert lines([labelled("Reports sought for retrieval")], 190) == [
        "Reports sought for",
        "retrieval (n = 1,284)",
    ]


def test_a_number_is_alone_where_its_word_fills_the_line():
    broken = lines([labelled("Donaudampfschifffahrtsgesellschaft")], 100)
    assert broken[-1].endswith("(n = 1,284)")
    assert "".join(broken).replace(" (", "(") == "Donaudampfschifffahrtsgesellschaft(n = 1,284)"


def test_names_keep_their_number_and_comma():
    names = Paragraph(
        words=(
            (Piece(text="Web of Science"), Piece(text=" "), Piece(text="388"), Piece(text=",")),
            (Piece(text="CINAHL"), Piece(text=" "), Piece(text="203")),
        )
    )
    assert lines([names], 130) == ["Web of Science 388,", "CINAHL 203"]
    assert lines([names], 80) == ["Web of", "Science 388,", "CINAHL 203"]


def test_space_above_belongs_to_the_first_line():
    rows = list(wrapped([Paragraph(words=text("one two").words, above=6, indent=3)], 30, 14))
    assert [(row.above, row.indent) for row in rows] == [(6, 3), (0, 3)]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=8), st.integers(90, 300))
def test_no_line_is_too_wide_and_no_letter_is_lost(words, wide):
    words = [word for word in words if word.split()]
    paragraph = text(" ".join(words))
    rows = list(wrapped([paragraph, labelled("end")], wide, 14))
    for row in rows:
        assert sum(piece_width(piece, 14) for piece in row.pieces) <= wide + 1e-6
    shown = "".join(piece.text for row in rows for piece in row.pieces)
    whole = " ".join(words) + "end(n = 1,284)"
    assert "".join(shown.split()) == "".join(whole.split())
