"""What is written for other programs: the rules of their formats, kept without them.

tests/benchmarks/imports/bench_clients.py asks the programs themselves.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from screener.model import RECORD_TYPES, Fields, UserError
from screener.sources.reading import read
from screener.sources.writing import Row, write_to

FULL = Fields(
    type="article", title="A title with one { brace", translated_title="Ein Titel",
    authors=("Smith, John, Jr.", "Hill, Carl, MD", "Team for Sleep and Work"), year=2020,
    date="2020-05", journal="J Inv", journal_abbreviation="JI", volume="1", issue="2",
    pages="3-4", article_number="e5", doi="10.1000/a_b%c#d", pmid="123", pmcid="PMC1234",
    issn="1234-5678", isbn="9783864903113", accession="CN-1", database="Embase",
    registration="NCT01234567", abstract="A.", keywords=("one, two", "a; b"), language="eng",
    url="https://example.org/a_b~c?d=1&e=%20#f", publication_type=("Article", "Review; short"),
    publisher="P",
)  # fmt: skip
# The elements we write, in the order of EndNote's DTD.
DTD = [
    "source-app",
    "rec-number",
    "ref-type",
    "contributors",
    "titles",
    "periodical",
    "pages",
    "volume",
    "number",
    "keywords",
    "dates",
    "publisher",
    "isbn",
    "accession-num",
    "electronic-resource-num",
    "abstract",
    "research-notes",
    "work-type",
    "remote-database-name",
    "language",
    "urls",
    "custom2",
    "custom3",
    "custom4",
    "custom7",
]
CSL = frozenset(
    [
        "id",
        "type",
        "author",
        "title",
        "original-title",
        "container-title",
        "container-title-short",
        "volume",
        "issue",
        "page",
        "number",
        "DOI",
        "PMID",
        "PMCID",
        "ISSN",
        "ISBN",
        "archive_location",
        "source",
        "language",
        "publisher",
        "issued",
        "URL",
        "abstract",
        "keyword",
        "genre",
        "note",
        "custom",
    ]
)


def _written(fields: Fields, name: str, **columns: str) -> str:
    stream = io.BytesIO()
    row = Row(fields=fields, columns=columns)
    write_to(stream, [row], format=name, columns=tuple(columns))
    return stream.getvalue().decode()


def test_csl_json_has_only_what_its_schema_knows() -> None:
    (item,) = json.loads(_written(FULL, "csl-json"))
    assert set(item) <= CSL
    assert all(isinstance(item[name], str) for name in CSL & set(item) - {"author", "issued"})
    assert item["author"][0] == {"family": "Smith", "given": "John", "suffix": "Jr."}


@pytest.mark.parametrize("kind", ["", *RECORD_TYPES])
def test_csl_json_always_has_a_type(kind: str) -> None:
    (item,) = json.loads(_written(Fields(type=kind, title="x"), "csl-json"))
    assert item["type"]


@pytest.mark.parametrize("kind", ["", *RECORD_TYPES])
def test_bibtex_has_only_types_of_classic_bibtex(kind: str) -> None:
    entry = _written(Fields(type=kind, title="x"), "bibtex")
    assert entry[1 : entry.index("{")] in {
        "article", "inproceedings", "book", "incollection", "phdthesis", "techreport",
        "unpublished", "misc",
    }  # fmt: skip


def test_bibtex_as_its_programs_count_braces_and_part_names() -> None:
    text = _written(FULL, "bibtex")
    assert text.count("{") == text.count("}")
    assert not re.search(r"\\[{}]", text)
    assert "Smith, Jr., John and Hill, {Carl, MD} and {Team for Sleep and Work}" in text
    assert f"doi = {{{FULL.doi}}}" in text
    assert f"url = {{{FULL.url}}}" in text


def test_bibtex_keys_are_ascii() -> None:
    text = _written(Fields(title="x", authors=("Müller, Ö",), year=2020), "bibtex")
    assert text.startswith("@misc{Muller2020-1,")


def test_endnote_xml_is_in_the_order_of_its_dtd() -> None:
    (record,) = ET.fromstring(_written(FULL, "endnote-xml", why="x").encode()).iter("record")
    tags = [child.tag for child in record]
    assert tags == DTD


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:{}>{}</rdf:RDF>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RDF.format('bibo="http://purl.org/ontology/bibo/"', "<bibo:Article/>"), "Bibliontology"),
        (RDF.format('f="http://xmlns.com/foaf/0.1/"', "<f:Person/>"), "not read"),
    ],
)
def test_rdf_that_is_not_zoteros_is_called_by_its_name(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=rf"{said}.*Zotero RDF or RIS"):
        list(read(path))
