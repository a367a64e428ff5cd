from __future__ import annotations

import pytest

from screener.model import Entry, Fields
from screener.sources.reading import read_text


def _read(text: str) -> Fields:
    return next(item.fields for item in read_text(text) if isinstance(item, Entry))


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Anna B. Field and Jan {van der Berg}", ("Field, Anna B.", "van der Berg, Jan")),
        ("Carl Hill 0001", ("Hill, Carl",)),  # DBLP tells people of one name apart
        ("Field, A. and Invented Group,", ("Field, A.", "Invented Group")),  # EndNote's groups
        ("World Health Organization", ("World Health Organization",)),
        ("{Invented Society, Nowhere} and others", ("Invented Society, Nowhere,",)),
    ],
)
def test_authors(written: str, authors: tuple[str, ...]) -> None:
    assert _read(f"@article{{a, title={{A}}, author={{{written}}}}}").authors == authors


def test_the_note_of_texmed_names_the_record() -> None:
    found = _read(
        "@Article{pmid31000082, Title={A}, Note={[PubMed"
        r" Central:\href{https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7000082}{PMC7000082}]"
        r" [DOI:\href{https://dx.doi.org/10.5555/tm.1}{10.5555/tm.1}]"
        r" [PubMed:\href{https://www.ncbi.nlm.nih.gov/pubmed/31000082}{31000082}]}}"
    )
    assert (found.pmid, found.pmcid, found.doi) == ("31000082", "PMC7000082", "10.5555/tm.1")


def test_an_address_keeps_what_mendeley_puts_in_braces() -> None:
    found = _read(r"@article{a, title={A}, url={https://x.example/a{\_}b{\%}c}}")
    assert found.url == "https://x.example/a_b%c"


@pytest.mark.parametrize(
    ("kind", "said", "type_"),
    [
        ("article", "document_type={Conference Paper}", "conference"),
        ("article", "type={Article; Book Chapter}", "chapter"),
        ("article", "type={Article}", "article"),
        ("misc", "archivePrefix={arXiv}", "preprint"),
        ("inreference", "year={2020}", "chapter"),
    ],
)
def test_what_an_entry_is(kind: str, said: str, type_: str) -> None:
    assert _read(f"@{kind}{{a, title={{A}}, {said}}}").type == type_


def test_formulas_lose_their_marks_and_amounts_do_not() -> None:
    assert _read("@article{a, title={H$_2$O for $5 to $10}}").title == "H2O for $5 to $10"


def test_the_day_is_part_of_the_date() -> None:
    assert _read("@article{a, title={A}, year=2020, month=mar, day=1}").date == "2020-03-01"


@pytest.mark.parametrize("gap", [" ", "\n  "])
def test_an_entry_without_the_comma_behind_its_key_keeps_its_title(gap: str) -> None:
    text = f"@article{{a, title={{A}}}}\n@article{{b{gap}title={{Broken}}, year={{2019}}}}\n"
    _, found = read_text(text)
    assert isinstance(found, Entry)
    assert (found.fields.title, found.fields.year, found.line) == ("Broken", 2019, 2)
    assert found.raw[0] == ("@article", "b")
    (remark,) = found.remarks
    assert "line 2 is broken" in remark


def test_an_entry_without_a_key_is_whole() -> None:
    (found,) = read_text("@article{title={A}, year={2019}}", format="bibtex")
    assert isinstance(found, Entry)
    assert (found.fields.title, found.remarks) == ("A", ())
