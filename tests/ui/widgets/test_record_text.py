from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from ui.widgets.record_text import RecordText, plain, write_record
from ui.widgets.theme import look_of

ABSTRACT = (
    "BACKGROUND: Peers 😀 help. They do.\nMETHODS: دعم الأقران schizophrenia\nRESULTS: Some peers."
)


def written(text, narrow=False):
    document = QTextDocument()
    return document, write_record(document, text, look_of(document), narrow=narrow)


def read(document, start, end):
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize("narrow", [True, False])
def test_every_character_is_found_where_it_was_written(qapp, narrow):
    document, places = written(RecordText(title="A 😀 title", abstract=ABSTRACT), narrow)
    for word in ("Peers", "help", "دعم", "schizophrenia", "Some peers"):
        start = ABSTRACT.index(word)
        found = list(places.places("abstract", start, start + len(word)))
        assert [read(document, *place) for place in found] == [word]
    assert [read(document, *p) for p in places.places("title", 4, 9)] == ["title"]


def test_a_stretch_over_two_parts_is_found_in_both(qapp):
    document, places = written(RecordText(title="T", abstract=ABSTRACT))
    start = ABSTRACT.index("They")
    end = ABSTRACT.index("دعم") + 3
    assert [read(document, *p) for p in places.places("abstract", start, end)] == [
        "They do.",
        "دعم",
    ]


def test_headings_keywords_and_a_missing_abstract(qapp):
    document, _ = written(RecordText(title="T", byline=("A", "B"), keywords=("k", "l")))
    assert document.toPlainText().splitlines() == ["T", "A   ·   B", "No abstract.", "k   ·   l"]


def test_right_to_left_paragraphs_begin_at_the_right(qapp):
    document, places = written(RecordText(title="T", abstract=ABSTRACT), narrow=True)
    where = next(places.places("abstract", ABSTRACT.index("دعم"), ABSTRACT.index("دعم") + 1))[0]
    assert document.findBlock(where).textDirection().name == "RightToLeft"
    assert document.findBlock(0).textDirection().name == "LeftToRight"


@given(st.text(max_size=80))
def test_plain_keeps_the_length_and_no_structure(text):
    kept = plain(text)
    assert len(kept) == len(text)
    assert not set(kept) & set("\u2029\u2028\ufffc\ufdd0\x00\r")
