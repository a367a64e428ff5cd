from __future__ import annotations

import pytest

from screener.model import Entry
from screener.sources.reading import read_text


def _read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = [item.fields for item in read_text(text) if isinstance(item, Entry)]
    return [(fields.title, fields.authors) for fields in found]


@pytest.mark.parametrize("second", ['"B";Hill C;2021', 'B;"Hill C";2021', "B;Hill C;2021"])
def test_an_unclosed_quote_swallows_no_row_up_to_the_next_quote(second: str) -> None:
    text = f'Title;Authors;Year\n"A;Field A;2020\n{second}\n"C";Moor E;2022\n'
    assert _read(text) == [("A", ("Field, A",)), ("B", ("Hill, C",)), ("C", ("Moor, E",))]


def test_a_quote_closed_in_the_next_cell_swallows_no_cell() -> None:
    text = 'Title,Authors\n"A,"Field A\nB,Hill C\n'
    assert _read(text) == [("A", ("Field, A",)), ("B", ("Hill, C",))]


def test_a_cell_of_several_lines_stays_whole_whatever_quotes_it_holds() -> None:
    text = 'Title,Authors,Abstract\n"A","Field A","one, two\nthree ""four"", five\n"\nB,Hill C,x\n'
    assert _read(text) == [("A", ("Field, A",)), ("B", ("Hill, C",))]


def test_quotes_behind_a_backslash_are_part_of_the_text() -> None:
    text = 'Title,Authors\n"A \\"quoted\\" title","Field, A."\n"B, too","Hill, C."\n'
    assert _read(text) == [('A "quoted" title', ("Field, A.",)), ("B, too", ("Hill, C.",))]


def test_a_backslash_stays_where_quotes_are_doubled() -> None:
    text = 'Title,Authors\n"A ""quoted"" \\beta\\","Field, A."\n'
    assert _read(text) == [('A "quoted" \\beta\\', ("Field, A.",))]


def test_a_quote_may_stand_behind_a_space() -> None:
    assert _read('Title, Authors, Year\nA, "Field, A.", 2020\n') == [("A", ("Field, A.",))]


def test_the_line_that_names_the_delimiter_is_no_header() -> None:
    text = 'sep=;\r\n"Title";"Authors";"Year"\r\n"A; b";"Field, A.; Hill, C.";2020\r\n'
    assert _read(text) == [("A; b", ("Field, A.", "Hill, C."))]


def test_a_last_row_that_is_cut_off_is_read_and_remarked() -> None:
    (whole, cut) = read_text('Title,Authors,Abstract\nA,Field A,x\nB,Hill C,"one, two')
    assert isinstance(whole, Entry)
    assert isinstance(cut, Entry)
    assert (whole.remarks, cut.fields.abstract) == ((), "one, two")
    assert cut.remarks
