from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screener.model import Entry
from screener.sources.reading import read, read_text

EXPORTS = Path(__file__).parents[1] / "exports"


def test_columns_that_a_person_named_count_more_than_the_program_that_wrote_them() -> None:
    path = EXPORTS / "web_of_science_tab.txt"
    mapping = read(path).mapping
    assert mapping is not None
    named = replace(mapping, columns={mapping.headings.index("SO"): ("title",)})
    found = next(item for item in read(path, mapping=named) if isinstance(item, Entry))
    assert found.fields.title == "INVENTED JOURNAL"
    assert found.fields.authors == ()


def test_where_semicolons_join_authors_a_comma_parts_none() -> None:
    rows = '"A","Field, Anna; Hill, Carl"\n"B","Garcia Lopez, Maria Jose"\n'
    found = [item for item in read_text(f"Title,Authors\n{rows}") if isinstance(item, Entry)]
    assert found[1].fields.authors == ("Garcia Lopez, Maria Jose",)


def test_a_semicolon_behind_the_only_author_joins_nobody() -> None:
    rows = '"A","Field, Anna;"\n"B","Anna Field, Carl Hill"\n'
    found = [item for item in read_text(f"Title,Authors\n{rows}") if isinstance(item, Entry)]
    assert found[1].fields.authors == ("Anna Field", "Carl Hill")


def test_a_table_put_together_of_several_may_join_authors_in_several_ways() -> None:
    rows = '"A","Field, Anna; Hill, Carl"\n"B","Field A, Hill C"\n"C","Field, A. and Hill, C."\n'
    rows += '"D","Field, A., Hill, C."\n"E","Field, A., Jr."\n'
    found = [item for item in read_text(f"Title,Authors\n{rows}") if isinstance(item, Entry)]
    assert [entry.fields.authors for entry in found[1:]] == [
        ("Field, A", "Hill, C"),
        ("Field, A.", "Hill, C."),
        ("Field, A.", "Hill, C."),
        ("Field, A., Jr.",),
    ]
