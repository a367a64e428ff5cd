"""Texts of one format that hold the marks of another: what begins first is what the file is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from screener.model import Entry, Skipped
from screener.sources.reading import read_text

NUMBERS = range(1, 8)
MARKS = {
    "bibtex": '@article{smith2010, title="X", year=2010}',
    "bibtex at the margin": "\n@article{smith2010,\n title = X,\n year = 2010\n}\n",
    "ris": "\nTY  - JOUR\nTI  - Inner\nER  - \n",
    "a lonely tag": "\nTY  - \n",
    "medline": "\nPMID- 1234567\nOWN - NLM\nTI  - Inner\n",
    "web of science": "\nFN Clarivate\nPT J\nAU Smith\nTI Inner\nER\n",
    "endnote tags": "\n%0 Journal Article\n%T Inner\n%A Smith\n",
    "refworks": "\nRT Journal Article\nSR Electronic\nT1 Inner\nA1 Smith\n",
    "cochrane": "\nRecord #1 of 2\nID: CN-1\nTI: Inner\n",
    "ovid": "\n<1>\nUnique Identifier\n  123\nTitle\n  Inner\n",
    "table": "\nTitle,Authors,Year,Abstract,DOI,Journal\nInner,A,2010,x,y,z\n",
    "json": '\n[{"title": "x", "DOI": "y", "container-title": "z"}]\n',
    "endnote xml": "<xml><records><record><titles/></record></records></xml>",
    "pubmed xml": "<PubmedArticle><PMID>1</PMID></PubmedArticle>",
    "mods": "<mods ><titleInfo/></mods>",
    "register": "<clinical_study><id_info/></clinical_study>",
    "platform": "<Trials_downloaded_from_ICTRP><Trial/></Trials_downloaded_from_ICTRP>",
    "rdf": "<rdf:RDF xmlns:z='http://www.zotero.org/namespaces/export#'>",
    "pdf": "%PDF-1.4",
}


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _below(text: str) -> str:
    return text.replace("\n", "\n      ")


def _every(record: Callable[[int, str], str], mark: str, joint: str = "") -> str:
    return joint.join(record(n, mark if n == 3 else "x") for n in NUMBERS)


def _json(mark: str) -> str:
    return json.dumps(
        [{"title": f"T{n}", "abstract": f"A {mark if n == 3 else 'x'}"} for n in NUMBERS]
    )


WRITTEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "comma": ("csv", lambda mark: "Title,Authors,Year,Abstract\n" + _every(
        lambda n, m: f'"T{n}","Smith, A",2010,"A {m} z"\n', _quoted(mark))),
    "few headings": ("csv", lambda mark: "Title,Notes\n" + _every(
        lambda n, m: f'T{n},"A {m} z"\n', _quoted(mark))),
    "tab": ("csv", lambda mark: "Title\tAuthors\tYear\tAbstract\n" + _every(
        lambda n, m: f'T{n}\tSmith, A\t2010\t"A {m} z"\n', _quoted(mark))),
    "medline": ("nbib", lambda mark: _every(
        lambda n, m: f"PMID- 10{n}\nOWN - NLM\nTI  - T{n}\nAB  - A {m} z\n\n", _below(mark))),
    "bibtex": ("bibtex", lambda mark: _every(
        lambda n, m: f"@article{{k{n},\n title = {{T{n}}},\n abstract = {{A {m} z}}\n}}\n",
        mark if "{" not in mark else "x")),
    "endnote xml": ("endnote-xml", lambda mark: "<xml><records>" + _every(
        lambda n, m: f"<record><titles><title>T{n}</title></titles><abstract>A {m} z</abstract>"
        "</record>\n", _escaped(mark)) + "</records></xml>"),
    "pubmed xml": ("pubmed-xml", lambda mark: "<PubmedArticleSet>" + _every(
        lambda n, m: f"<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>T{n}"
        f"</ArticleTitle><Abstract><AbstractText>A {m} z</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle>\n", _escaped(mark)) + "</PubmedArticleSet>"),
    "json": ("json", _json),
}  # fmt: skip
IN_A_LINE = {
    "ris": ("ris", lambda n, m: f"TY  - JOUR\nTI  - T{n}\nAB  - A {m} z\nER  - \n\n"),
    "enw": ("enw", lambda n, m: f"%0 Journal Article\n%T T{n}\n%X A {m} z\n\n"),
    "refworks": ("refworks", lambda n, m: f"RT Journal Article\nA1 S\nT1 T{n}\nAB A {m} z\n\n"),
    "cochrane": ("cochrane", lambda n, m: f"Record #{n} of 7\nID: {n}\nTI: T{n}\nAB: A {m}\n\n"),
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_mark_in_an_abstract_changes_nothing(written: str, mark: str) -> None:
    name, text = WRITTEN[written]
    reading = read_text(text(MARKS[mark]))
    found = list(reading)
    assert (reading.format, len(found)) == (name, len(NUMBERS)), found
    assert all(isinstance(one, Entry) for one in found)


@pytest.mark.parametrize("mark", [name for name, text in MARKS.items() if "\n" not in text])
@pytest.mark.parametrize("written", IN_A_LINE)
def test_a_mark_on_the_line_of_a_tag_changes_nothing(written: str, mark: str) -> None:
    name, record = IN_A_LINE[written]
    reading = read_text(_every(record, MARKS[mark]))
    assert (reading.format, len(list(reading))) == (name, len(NUMBERS))


def _records(name: str, count: int) -> str:
    if name == "csv":
        rows = (f'"T{n}","Smith, A",2010,"A"\n' for n in range(count))
        return "".join(("Title,Authors,Year,Abstract\n", *rows))
    one = {
        "ris": "TY  - JOUR\nTI  - T{n}\nER  - \n\n",
        "nbib": "PMID- 10{n}\nOWN - NLM\nTI  - T{n}\nAB  - A\n\n",
        "bibtex": "@article{{k{n},\n title = {{T{n}}},\n year = {{2010}}\n}}\n",
    }[name]
    return "".join(one.format(n=n) for n in range(count))


@pytest.mark.parametrize(
    ("first", "second"),
    [("bibtex", "ris"), ("bibtex", "nbib"), ("nbib", "ris"), ("csv", "bibtex"), ("csv", "ris"),
     ("ris", "nbib"), ("ris", "bibtex")],
)  # fmt: skip
def test_records_of_a_second_format_are_said_with_both_numbers(first: str, second: str) -> None:
    text = _records(first, 5)
    found = list(read_text(text + _records(second, 7)))
    read = sum(isinstance(one, Entry) for one in found)
    last = found[-1]
    assert isinstance(last, Skipped)
    assert last.why.startswith("7 lines look like the beginning of a ")
    assert f" {read} records were read as " in last.why
    assert last.line == text.count("\n") + 1


@pytest.mark.parametrize("name", ["ris", "nbib", "bibtex", "csv"])
def test_nothing_is_said_of_a_file_that_was_read_whole(name: str) -> None:
    assert all(isinstance(one, Entry) for one in read_text(_records(name, 30)))
