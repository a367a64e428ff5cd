"""A reading: what is known of a file before its records are stored."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from screener.model import Cancelled, Entry
from screener.sources.reading import FORMATS, entries, read, read_text

RIS = "TY  - JOUR\nTI  - Title {n}\nER  - \n"


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + RIS.format(n=1).encode()
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    reading = read(path)
    assert reading.digest == hashlib.sha256(content).hexdigest()


def test_a_reading_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.ris"
    path.write_text("".join(RIS.format(n=n) for n in range(50)))
    reading = read(path)
    assert list(reading) == list(reading)
    assert len(list(entries(reading))) == 50
    assert len(reading.preview) == 20
    assert list(islice(reading, 2)) == list(reading.preview[:2])


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "x.ris"
    path.write_text("".join(RIS.format(n=n) for n in range(2000)))

    def stop(done: int, total: int | None, what: str, /) -> None:
        if what == "Reading records":
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read(path, progress=stop))


def test_records_larger_than_a_chunk_keep_their_lines(tmp_path: Path) -> None:
    long = "word " * 250_000
    text = (
        f"TY  - JOUR\nTI  - A\nAB  - {long}\nN1  - {long}\nER  - \n\nTY  - JOUR\nTI  - B\nER  - \n"
    )
    path = tmp_path / "x.ris"
    path.write_text(text)
    first, second = entries(read(path))
    assert (first.line, second.line) == (1, 7)
    assert first.fields.abstract == long.strip()


def test_many_records_without_er_stay_whole(tmp_path: Path) -> None:
    record = "TY  - JOUR\r\nTI  - A title\r\nAB  - " + "text " * 100 + "\r\n"
    path = tmp_path / "x.ris"
    path.write_text(record * 5000, newline="")
    found = list(entries(read(path)))
    assert len(found) == 5000
    assert {entry.fields.title for entry in found} == {"A title"}
    assert found[-1].line == 3 * 4999 + 1


def test_pasted_text_is_recognised() -> None:
    assert read_text("@article{a, title={Pasted}}").format == "bibtex"
    (found,) = read_text("PMID- 1\nTI  - Pasted\n")
    assert isinstance(found, Entry)
    assert found.fields.pmid == "1"


def test_format_names_are_machine_words() -> None:
    assert set(FORMATS) >= {
        "ris", "nbib", "ciw", "enw", "ovid", "refworks", "endnote-xml", "pubmed-xml", "mods",
        "zotero-rdf", "bibtex", "csl-json", "csv", "xlsx", "json",
    }  # fmt: skip
    assert all(name == known.name for name, known in FORMATS.items())


def test_the_columns_of_a_table_can_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Title,Authors,Remarks\nT,A,What it is about\n")
    found = read(path).mapping
    assert found is not None
    assert found.columns == {0: ("title",), 1: ("authors",)}
    changed = replace(found, columns={**found.columns, 2: ("abstract",)})
    (entry,) = entries(read(path, mapping=changed))
    assert entry.fields.abstract == "What it is about"
    assert read_text("PMID- 1\nTI  - T\n").mapping is None
