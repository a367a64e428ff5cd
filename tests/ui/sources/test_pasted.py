from __future__ import annotations

import pytest

from screener.model import UserError
from ui.sources import pasted

CITATION = (
    "Okafor N, Brandt S. Peer support by smartphone: a pilot. Journal of Invented Psychiatry "
    "2017;3(2):10-20. doi:10.5555/inv.2017.3"
)


def test_a_printed_citation_gives_what_can_be_told():
    (entry,) = pasted.entries(CITATION)
    fields = entry.fields
    assert fields.authors == ("Okafor, N", "Brandt, S")
    assert fields.title == "Peer support by smartphone: a pilot"
    assert (fields.journal, fields.year) == ("Journal of Invented Psychiatry", 2017)
    assert (fields.volume, fields.issue, fields.pages) == ("3", "2", "10-20")
    assert fields.doi == "10.5555/inv.2017.3"
    assert entry.raw == (("pasted", CITATION),)


@pytest.mark.parametrize("text", ["10.5555/Inv.2017.3", "https://doi.org/10.5555/inv.2017.3"])
def test_a_doi_alone_gives_nothing_but_the_doi(text):
    (entry,) = pasted.entries(text)
    assert entry.fields.doi == "10.5555/inv.2017.3"
    assert (entry.fields.title, entry.fields.year) == ("", None)


def test_a_reference_list_gives_a_record_for_each_citation():
    found = pasted.entries(f"1. {CITATION}\n\n2. {CITATION.replace('a pilot', 'a trial')}\n")
    assert [e.fields.title.rpartition(" ")[2] for e in found] == ["pilot", "trial"]


def test_ris_and_bibtex_are_read_as_such():
    ris = "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n"
    assert [e.fields.title for e in pasted.entries(ris)] == ["One", "Two"]
    bibtex = "@article{a, title={Three}, author={Okafor, Ngozi}, year={2017}}"
    assert [e.fields.title for e in pasted.entries(bibtex)] == ["Three"]


def test_nothing_pasted_is_said_so():
    with pytest.raises(UserError, match="Paste"):
        pasted.entries("  \n")


def test_a_record_written_by_hand_needs_a_title():
    with pytest.raises(UserError, match="title"):
        pasted.entry({"title": "", "year": "2017"})
    found = pasted.entry({"title": "One", "authors": "Okafor, N; Brandt, S", "doi": "doi:10.5/X1"})
    assert found.fields.authors == ("Okafor, N", "Brandt, S")


def test_the_same_record_by_hand_is_the_same_file():
    one, other = pasted.entry({"title": "One"}), pasted.entry({"title": "Other"})
    parsed = [pasted.by_hand((e,), name="one record") for e in (one, one, other)]
    assert parsed[0].digest == parsed[1].digest != parsed[2].digest
