"""Where records begin and end when a file is not written as it should be."""

from __future__ import annotations

from screener.model import Entry
from screener.sources.reading import read_text


def _titles(text: str) -> list[str]:
    return [found.fields.title for found in read_text(text) if isinstance(found, Entry)]


def test_records_with_fewer_spaces_stand_among_usual_ones() -> None:
    text = (
        "TY  - JOUR\nTI  - First\nER  - \n\nTY - JOUR\nTI - Second\nAU - Vale, B\nER -\n"
        "TY - CHAP\nTI - Third\nER -\nTY  - JOUR\nTI  - Fourth\nER  - \n"
    )
    assert _titles(text) == ["First", "Second", "Third", "Fourth"]


def test_a_line_of_an_abstract_that_looks_like_a_beginning_is_none() -> None:
    text = "TY  - JOUR\nTI  - First\nAB  - The code\nTY - was given\nER - then too\nER  - \n"
    (entry,) = read_text(text)
    assert isinstance(entry, Entry)
    assert entry.fields.abstract == "The code TY - was given ER - then too"
