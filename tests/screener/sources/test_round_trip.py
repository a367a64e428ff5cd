"""What is written in any format and read again is the same."""

from __future__ import annotations

import io
import os
import string
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.model import RECORD_TYPES, Entry, Fields
from screener.sources.decoding import examine_text
from screener.sources.formats.known import FORMATS
from screener.sources.reading import read
from screener.sources.writing import WRITERS, Row, write_to

# SCREENER_ROUND_TRIPS=4000 makes about 10,000 records for each format; without it, few.
EXAMPLES = int(os.environ.get("SCREENER_ROUND_TRIPS", "0"))

# Texts as a cleaned record holds them: one line, single spaces, no control characters; but with
# everything that formats take for their own: tags, entities, braces, quotes, formulas, joints.
_letters = st.sampled_from(
    string.ascii_letters
    + string.digits
    + "äßøñçłÅœ–“”’…µβ→；心理健康рд"
    + " " * 30
    + "<>&;,.:|%$#_{}\\~^\"'`=+-@*()[]/?!"
)
_pieces = st.sampled_from(
    ["<18 y", "P < 0.05", "&amp;", "&lt;i&gt;", "<i>x</i>", "TY  - JOUR", "ER  - ", "a; b",
     "x and y", "--", "``", "''", "=1+1", "'=1", "@sum", "\\'e", "{x}", "10.5%",
     "Copyright 2019", "→ Copyright 2019", "N1  - z"]
)  # fmt: skip


def _clean(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


_text = st.lists(_letters | _pieces, max_size=30).map(_clean)
_some = st.lists(_letters | _pieces, min_size=1, max_size=12).map(lambda p: "x" + _clean(p))
_word = st.text(string.ascii_letters + "äéßł", min_size=2, max_size=10)
_person = st.tuples(_word, _word).map(lambda n: f"{n[0].title()}, {n[1].title()}")
_group = st.lists(_word, min_size=1, max_size=4).map(lambda w: "The " + " ".join(w))
_group_comma = st.tuples(_word, _word).map(lambda n: f"Ministry of {n[0]}, {n[1]},")
# A list of these alone would read as people's initials and families.
_initials = st.sampled_from(["UK Biobank", "J Meadow", "EU Kids", "WHO Europe"])
_SICI = "10.1002/(sici)1097-0258(19980115)17:1<1::aid-sim779>3.0.co;2-x"
_year = st.integers(1900, 2027)
_kind = st.text(string.ascii_letters, min_size=1, max_size=8).map("Type {}".format)
_short = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8)
_number = _short.filter(lambda text: text.strip("0"))  # a zero says that there is none


@st.composite
def _fields(draw: st.DrawFn) -> Fields:
    year = draw(st.none() | _year)
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, 28))
    dates = ["", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"] if year else [""]
    journal = draw(st.just("") | _some)
    people = draw(st.sampled_from((_person | _group | _group_comma, _initials)))
    return Fields(
        type=draw(st.sampled_from(("", *RECORD_TYPES))),
        title=draw(_some),
        translated_title=draw(st.just("") | _some),
        authors=tuple(draw(st.lists(people, max_size=4, unique=True))),
        year=year,
        date=draw(st.sampled_from(dates)),
        journal=journal,
        journal_abbreviation=draw(st.just("") | _short.map("Abbr {}".format)) if journal else "",
        volume=draw(st.just("") | _number),
        issue=draw(st.just("") | _number),
        pages=draw(st.sampled_from(["", "1-10", "e12", "S3-S9", "123", "iv-x"])),
        article_number=draw(st.sampled_from(["", "e1001", "5"])),
        doi=draw(st.sampled_from(["", "10.1000/abc.1", _SICI])),
        pmid=draw(st.just("") | st.integers(1, 99_999_999).map(str)),
        pmcid=draw(st.just("") | st.integers(1000, 9_999_999).map(lambda n: f"PMC{n}")),
        issn=draw(st.sampled_from(["", "1234-5678", "0000-006X"])),
        isbn=draw(st.sampled_from(["", "9783864903113", "080442957X"])),
        accession=draw(st.sampled_from(["", "WOS:000223334444221", "CN-00778158", "L12345678"])),
        database=draw(st.sampled_from(["", "Embase", "APA PsycInfo"])),
        registration=draw(st.sampled_from(["", "NCT01234567", "ISRCTN12345678"])),
        abstract=draw(_text),
        keywords=tuple(draw(st.lists(_some, max_size=4, unique=True))),
        language=draw(st.sampled_from(["", "English", "eng"])),
        url=draw(st.sampled_from(["", "https://example.org/a_b?c=1&d=%20;x#y"])),
        publication_type=tuple(draw(st.lists(_kind, max_size=2, unique=True))),
        publisher=draw(st.just("") | _some),
    )  # fmt: skip


def _again(records: Sequence[Fields | Row], name: str, columns: Sequence[str] = ()) -> list[Fields]:
    stream = io.BytesIO()
    write_to(stream, records, format=name, columns=columns)
    if name == "xlsx":
        return _workbook(stream.getvalue())
    content = examine_text(stream.getvalue().decode("utf-8-sig"))
    found = FORMATS[name].read(content)
    return [entry.fields for entry in found if isinstance(entry, Entry)]


def _workbook(content: bytes) -> list[Fields]:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        path.write_bytes(content)
        return [entry.fields for entry in read(path) if isinstance(entry, Entry)]


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "xlsx"])
@settings(max_examples=EXAMPLES or 60, deadline=None)
@given(records=st.lists(_fields(), min_size=1, max_size=4))
def test_what_is_written_is_read_again(name: str, records: list[Fields]) -> None:
    assert _again(records, name) == records


@settings(max_examples=EXAMPLES or 15, deadline=None)
@given(records=st.lists(_fields(), min_size=1, max_size=4))
def test_a_workbook_is_read_again(records: list[Fields]) -> None:
    assert _again(records, "xlsx") == records


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("abstract", ["< Copyright 2019", "Copyright laws <18 y", "is & (c) 2019"])
def test_an_abstract_that_looks_like_a_notice_is_kept(name: str, abstract: str) -> None:
    records = [Fields(title="x", abstract=abstract)]
    assert _again(records, name) == records


@pytest.mark.parametrize("name", WRITERS)
def test_white_space_in_our_own_json_goes_as_in_every_format(name: str) -> None:
    spaced = Fields(
        title="One\nof two", authors=("Field,\tAnna",), journal=" J  A ", abstract="A.\n\nB <i>",
        keywords=(" lead", "lead", "\n"), url=" https://example.org/a ",
    )  # fmt: skip
    (once,) = _again([spaced], "json")
    assert once == Fields(
        title="One of two", authors=("Field, Anna",), journal="J A", abstract="A. B <i>",
        keywords=("lead",), url="https://example.org/a",
    )  # fmt: skip
    assert _again([once], name) == [once]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("authors", [("UK Biobank", "J Meadow"), ("J Meadow",), ("国；家",)])
def test_authors_that_look_like_others_are_kept(name: str, authors: tuple[str, ...]) -> None:
    records = [Fields(title="x", authors=authors)]
    assert _again(records, name) == records


@pytest.mark.parametrize("name", WRITERS)
def test_decisions_beside_a_record_say_nothing_of_the_record(name: str) -> None:
    fields = Fields(type="article", title="x", abstract="y", year=2019)
    columns = {
        "record": "12",
        "found in": "PubMed; Embase",
        "Title and abstract: status": "Included",
        "Full text: A": "Excluded; =1+1; see doi:10.5555/a.1 and PMID: 12345678, NCT01234567",
        "Full text: B": "https://doi.org/10.5555/b.1; Accession Number: 140000001",
    }
    assert _again([Row(fields=fields, columns=columns)], name, tuple(columns)) == [fields]
