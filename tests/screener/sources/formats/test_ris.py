"""Where records begin and end when a file is not written as it should be."""

from __future__ import annotations

from screener.model import Entry, Skipped
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


def test_an_untagged_line_behind_an_author_is_reported_unless_it_is_a_name() -> None:
    text = (
        "TY  - JOUR\nTI  - First\nAU  - Field, Anna\nvan der Berg, Jan C.\nVale BD\n"
        "Downloaded from somewhere on Monday\nKW  - hope\nloneliness\nER  - \n"
        "TY  - JOUR\nTI  - Second\nER  - \n"
    )
    first, stray, second = read_text(text)
    assert isinstance(first, Entry)
    assert first.fields.authors == ("Field, Anna", "van der Berg, Jan C.", "Vale, BD")
    assert first.fields.keywords == ("hope", "loneliness")
    assert isinstance(stray, Skipped)
    assert (stray.line, stray.text) == (6, "Downloaded from somewhere on Monday")
    assert isinstance(second, Entry)
    assert second.line == 10


def test_other_words_between_a_type_and_an_end_are_reported_and_no_record() -> None:
    text = "TY  - JOUR\nTI  - One\nER  - \n\nTY  - \nwhat is this\nER  - \n\nTY  - GEN\nER  - \n"
    first, other, bare = read_text(text)
    assert isinstance(first, Entry)
    assert isinstance(other, Skipped)
    assert (other.line, other.text) == (5, "what is this")
    assert isinstance(bare, Entry)


def test_a_name_that_goes_on_in_an_indented_line_is_one() -> None:
    text = "TY  - JOUR\nTI  - A\nAU  - The Invented Group\n  of Somewhere, Elsewhere,\nER  - \n"
    (found,) = read_text(text)
    assert isinstance(found, Entry)
    assert found.fields.authors == ("The Invented Group of Somewhere, Elsewhere,",)


def test_tags_before_the_type_belong_to_the_record() -> None:
    text = (
        "DB  - McK\nTI  - One\nAB  - Words of\nan abstract.\nTY  - JOUR\nPY  - 2006\nER  - \n\n"
        "TI  - Two\nTY  - JOUR\nER  - \nTI  - Three\nAU  - Alba, A.\nER  - \n"
    )
    found = list(read_text(text))
    assert [(f.fields.title, f.fields.abstract, f.fields.type) for f in found] == [
        ("One", "Words of an abstract.", "article"), ("Two", "", "article"), ("Three", "", ""),
    ]  # fmt: skip
    assert found[0].raw[0] == ("DB", "McK")


def test_what_a_database_puts_before_a_record_is_not_its() -> None:
    text = (
        "Provider: X\nDatabase: Y\nSome search line\nTI: not a tag\n\nTY  - JOUR\nTI  - A\nER  - \n"
    )
    found = list(read_text(text))
    assert [f.fields.title for f in found if isinstance(f, Entry)] == ["A"]
    assert [f.line for f in found if isinstance(f, Skipped)] == [3]


def test_a_line_of_an_abstract_that_looks_like_an_unknown_tag_stays_in_it() -> None:
    text = (
        "TY  - JOUR\nTI  - A\nAB  - Risk was\nOR  - 1.5 (1.1 to 2)\nhigher.\nPY  - 2020\nER  - \n"
    )
    (entry,) = read_text(text)
    assert entry.fields.abstract == "Risk was OR - 1.5 (1.1 to 2) higher."
    assert entry.fields.year == 2020


def test_what_programs_write_for_nothing_is_nothing() -> None:
    text = "TY  - JOUR\nTI  - NA\nAB  - NA\nVL  - null\nIS  - 0\nSP  - -\nDO  - n/a\nER  - \n"
    fields = next(iter(read_text(text))).fields
    assert fields.title == "NA"
    assert (fields.abstract, fields.volume, fields.issue, fields.pages, fields.doi) == ("",) * 5
