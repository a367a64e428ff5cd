"""The orders in which the databases on Ovid write their sources."""

from __future__ import annotations

import pytest

from screener.sources.formats.ovid_sources import apart

SOURCES = {
    "Journal of Invented Walks June 2015;58(6):688-696":
        ("Journal of Invented Walks", "58", "6", "688-696"),
    "Acta Walks November/December 2010;6:611-613": ("Acta Walks", "6", "", "611-613"),
    "Journal of Invented Studies 12, Winter 2007: 7-14.":
        ("Journal of Invented Studies", "12", "", "7-14"),
    "Studies in Walking 12(3), Oct. 2007: 7-14.": ("Studies in Walking", "12", "3", "7-14"),
    "Journal of Invented Affairs, 2013(1): 3-28.":
        ("Journal of Invented Affairs", "", "1", "3-28"),
    "Walks & Management. 201(2-3):327-334, November 15, 2004.":
        ("Walks & Management", "201", "2-3", "327-334"),
    "Illy, Uta Maria [Editor, Reprint Author], Jung, Vera J. [Editor]. Methods of walks.:371-397,"
    " 2004.": ("Methods of walks", "", "", "371-397"),
    "Behavioural Walks. Vol.43(5), Sep 2015, pp. 623-634.":
        ("Behavioural Walks", "43", "5", "623-634"),
    "Walks. 28 (2) (pp 103-106), 2015. Date of Publication: April 2015.":
        ("Walks", "28", "2", "103-106"),
    "Walks. 28(2):103-6, 2015 Apr 12.": ("Walks", "28", "2", "103-6"),
    "Acta Walkologica. 2009. 92(3): 1-10. 10 ref.": ("Acta Walkologica", "92", "3", "1-10"),
    "Walk Science 2009 Vol.92 No.3 pp.1-10": ("Walk Science", "92", "3", "1-10"),
    "Walk Economics, December 2015, v. 105, iss. 12, pp. 3443-69":
        ("Walk Economics", "105", "12", "3443-69"),
    "Journal of Walking Teachers v43 n5 p623-634 Sep 2015":
        ("Journal of Walking Teachers", "43", "5", "623-634"),
    "Walk Service Journal: Vol 115(5955) 12 May 2005, pp 12-13":
        ("Walk Service Journal", "115", "5955", "12-13"),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_is_taken_apart(source: str) -> None:
    found = apart(source)
    wanted = SOURCES[source]
    names = ("journal", "volume", "issue", "pages")
    assert tuple(found.get(name, "").strip(" .") for name in names) == wanted


def test_what_is_in_no_known_order_is_not_guessed() -> None:
    assert apart("Walks and how to take them") == {}
