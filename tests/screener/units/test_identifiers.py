"""Identifiers out of what databases put into the field."""

from __future__ import annotations

import pytest

from screener.units import identifiers


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.5555/ABC.12", "10.5555/abc.12"),
        ("http://dx.doi.org/10.5555/abc.12", "10.5555/abc.12"),
        ("https://doi.org/10.5555/S0735-1097%2813%2962048-3", "10.5555/s0735-1097(13)62048-3"),
        (
            "S0306-4530(15)00776-3 [pii];10.5555/j.inv.2015.01.001 [doi]",
            "10.5555/j.inv.2015.01.001",
        ),
        ("10.5555/j.inv.2015.01.001[doi]", "10.5555/j.inv.2015.01.001"),
        ("ARTN 32 10.5555/s12888-015-0001-1", "10.5555/s12888-015-0001-1"),
        (
            "10.5555/(SICI)1096-8628(19971031)72:3&lt;329::AID-AJMG15&gt;3.0",
            "10.5555/(sici)1096-8628(19971031)72:3<329::aid-ajmg15>3.0",
        ),
        ("Doi 10.5555/S0924-977x(09)70984-8", "10.5555/s0924-977x(09)70984-8"),
        ("(10.5555/abc).", "10.5555/abc"),
        ("https://library.test/doi/10.5555/abc.pub2/full", "10.5555/abc.pub2"),
        ("https://journal.test/doi/abs/10.5555/abc?query=featured", "10.5555/abc"),
        ("10.5555/(SICI)1097:15<1661>3.0.CO;2-?", "10.5555/(sici)1097:15<1661>3.0.co;2-?"),
        ("10.5555/abstract", "10.5555/abstract"),
        ("", ""),
        ("not given", ""),
        ("10.55/too-short", ""),
    ],
)
def test_doi(text, doi):
    assert identifiers.doi(text) == doi


@pytest.mark.parametrize(
    ("text", "pmid"), [("PMID: 0123456", "123456"), ("123", "123"), ("", ""), ("none", "")]
)
def test_pmid(text, pmid):
    assert identifiers.pmid(text) == pmid


def test_trials():
    text = "Registered as NCT01234567 and isrctn 12345678; also NCT 01234567."
    assert identifiers.trials(text) == {"NCT01234567", "ISRCTN12345678"}
    assert identifiers.trials("ANCT012345678 is no number") == frozenset()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.1002/14651858.cd004250.pub4", "cd004250"),
        ("10.1002/14651858.cd004250", "cd004250"),
        ("cd004250", "cd004250"),
        ("10.5555/cd004250", ""),
        ("244-258", ""),
    ],
)
def test_review(text, number):
    assert identifiers.review(text) == number
