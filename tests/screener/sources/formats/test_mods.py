from __future__ import annotations

import pytest

from screener.model import Entry, Fields
from screener.sources.reading import read_text


def _read(inside: str) -> Fields:
    text = f"<mods><titleInfo><title>A</title></titleInfo>{inside}</mods>"
    return next(item.fields for item in read_text(text) if isinstance(item, Entry))


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ("<namePart>Field, Anna,</namePart>", "Field, Anna"),
        ("<namePart>Hill, Carl.</namePart>", "Hill, Carl"),
        ("<namePart>Field, A. B.</namePart>", "Field, A. B."),
        (("<namePart type='family'>Field</namePart><namePart type='given'>Anna</namePart>"
         "<namePart type='given'>B.</namePart>"), "Field, Anna B."),
        (("<namePart type='family'>Field</namePart><namePart type='given'>A.</namePart>"
         "<namePart type='termsOfAddress'>Jr.</namePart>"), "Field, A., Jr."),
    ],
)  # fmt: skip
def test_names(parts: str, name: str) -> None:
    assert _read(f"<name type='personal'>{parts}</name>").authors == (name,)


@pytest.mark.parametrize(
    ("inside", "type_"),
    [
        ("<originInfo><issuance>monographic</issuance></originInfo>", "book"),
        (("<relatedItem type='host'><titleInfo><title>P</title></titleInfo>"
         "<genre>conference publication</genre></relatedItem>"), "conference"),
        (("<relatedItem type='host'><titleInfo><title>B</title></titleInfo>"
         "<genre>book</genre></relatedItem>"), "chapter"),
        ("<genre>Ph.D. thesis</genre>", "thesis"),
    ],
)  # fmt: skip
def test_what_a_record_is(inside: str, type_: str) -> None:
    assert _read(inside).type == type_


def test_a_host_that_is_not_called_one() -> None:
    host = "<relatedItem><titleInfo><title>Invented Journal</title></titleInfo></relatedItem>"
    assert _read(host).journal == "Invented Journal"
