"""Identifiers, wherever they stand and whatever stands around them."""

from __future__ import annotations

import pytest

from screener.sources import identifiers

DOIS = [
    (
        "10.5555/0010-5422(2007)109[97:SAAWAA]2.0.CO;2",
        "10.5555/0010-5422(2007)109[97:saawaa]2.0.co;2",
    ),
    ("https://www.example.com/doi/full/10.9999/abc.1?src=recsys", "10.9999/abc.1"),
    ("<10.1234/x>", "10.1234/x"),
    ("(10.1234/x)", "10.1234/x"),
    ("doi:10.1234/x.", "10.1234/x"),
    (
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    ),
    (
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16&lt;1661::AID-SIM968&gt;3.0.CO;2-2",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    ),
    (
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    ),
    ("S0306-4530(15)00776-3 [pii];10.1016/j.x.2015.1 [doi]", "10.1016/j.x.2015.1"),
    ("10.1016/j.x.2015.1[doi]", "10.1016/j.x.2015.1"),
    ("ARTN 32 10.1186/s1-2", "10.1186/s1-2"),
    ("10.1016/S0140-6736(05)71146-6", "10.1016/s0140-6736(05)71146-6"),
    ("10.1234/a;10.1234/b", "10.1234/a"),
    ("10.1234/a; 10.1234/b", "10.1234/a"),
    ("10.1234/a;jsessionid=ABC", "10.1234/a"),
    ("https://onlinelibrary.wiley.com/doi/abs/10.1002/abc.123?casa_token=x:y", "10.1002/abc.123"),
    ("https://link.springer.com/article/10.1007/s001-1#Sec2", "10.1007/s001-1"),
    (
        "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
        "10.1101/2020.01.01.123456",
    ),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1", "10.1101/2020.01.01.123456"),
    ("https://journals.sagepub.com/doi/pdf/10.1177/123456", "10.1177/123456"),
    ("https://pubs.acs.org/doi/10.1021/ja1/abstract", "10.1021/ja1"),
    ("10.1002/14651858.CD001.pub2.", "10.1002/14651858.cd001.pub2"),
    ("{10.1234/x}", "10.1234/x"),
    ("10.1234/x]", "10.1234/x"),
    ("[10.1234/x]", "10.1234/x"),
    ('<a href="https://doi.org/10.1234/x">10.1234/x</a>', "10.1234/x"),
    ("10.1234/x</a>", "10.1234/x"),
    ("10.1234/x%2Fy", "10.1234/x/y"),
    ("http%3A%2F%2Fdx.doi.org%2F10.1234%2Fx", "10.1234/x"),
    ("http://proxy.org/login?url=https%253A%252F%252Fdoi.org%252F10.1234%252Fx", "10.1234/x"),
    ("10.1234/ab%cd", "10.1234/ab%cd"),
    ("10.1234/x, 10.1234/y", "10.1234/x"),
    ("10.3897/BDJ.4.e7720", "10.3897/bdj.4.e7720"),
    ("https://www.frontiersin.org/articles/10.3389/fpsyt.2020.1/full", "10.3389/fpsyt.2020.1"),
    (
        "10.1175/1520-0493(1996)124<2846:CFAMFU>2.0.CO;2",
        "10.1175/1520-0493(1996)124<2846:cfamfu>2.0.co;2",
    ),
    (
        "10.1641/0006-3568(2004)054[0755:ANWM]2.0.CO;2",
        "10.1641/0006-3568(2004)054[0755:anwm]2.0.co;2",
    ),
    (
        "10.1890/0012-9658(2006)87[2445:FFSAE]2.0.CO;2; accessed",
        "10.1890/0012-9658(2006)87[2445:ffsae]2.0.co;2",
    ),
    ("doi:10.1016/j.a.2010.01.001 (accessed 2010)", "10.1016/j.a.2010.01.001"),
    ("DOI 10.1234/x", "10.1234/x"),
    ("no doi", ""),
    ("10.5/x", ""),
    ("10.1234/x&rft=1", "10.1234/x"),
    ("https://x.org/?id=10.1234/x&y=2", "10.1234/x"),
    ('10.1234/x"', "10.1234/x"),
    ("10.1234/", ""),
    ("https://doi.org/10.1234/a?b", "10.1234/a?b"),
]


@pytest.mark.parametrize(("text", "doi"), DOIS)
def test_a_doi_is_whole_and_nothing_else(text: str, doi: str) -> None:
    assert identifiers.doi(text) == doi


@pytest.mark.parametrize("doi", sorted({doi for _, doi in DOIS if doi}))
def test_a_doi_that_was_read_is_read_again(doi: str) -> None:
    assert identifiers.doi(doi) == doi
