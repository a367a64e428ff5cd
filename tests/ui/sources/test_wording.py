from __future__ import annotations

import pytest

from screener.model import Fields
from ui.sources import wording


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14 December 2018", "2018-12-14"),
        ("Dec 14, 2018", "2018-12-14"),
        ("2018-12-14", "2018-12-14"),
        ("14.12.2018", "2018-12-14"),
        ("3.4.2019", "2019-04-03"),
        ("12/14/2018", "2018-12-14"),
        ("", ""),
    ],
)
def test_a_date_is_understood_however_it_is_written(written, iso):
    assert wording.iso_day(written) == iso


@pytest.mark.parametrize("written", ["3/4/2019", "December 2018", "soon", "31.02.2019"])
def test_a_date_that_is_none_or_could_be_two_stays_as_it_was_written(written):
    assert wording.iso_day(written) == written


def test_a_day_is_written_in_words():
    assert wording.day("2018-12-04") == "4 December 2018"
    assert wording.day("2018-12-04", short=True) == "4 Dec 2018"
    assert wording.day("") == ""


@pytest.mark.parametrize(
    ("claimed", "read", "words"),
    [
        (612, 609, "3 fewer records than Embase claimed"),
        (2, 3, "1 more record than Embase claimed"),
        (3, 3, ""),
        (None, 3, ""),
        (0, 1, "1 more record than Embase claimed"),
    ],
)
def test_a_mismatch_is_said_in_words(claimed, read, words):
    assert wording.mismatch("Embase", claimed, read) == words


def test_lines_that_were_not_read_are_named_but_not_all_of_them():
    assert wording.unread([7]).endswith("at line 7.")
    assert wording.unread([7, 4180]).endswith("at lines 7 and 4,180.")
    assert wording.unread([1, 2, 3, 4, 5]).endswith("at lines 1, 2, 3 and 2 more.")
    assert wording.unread([]) == ""


def test_people_are_family_name_and_initials():
    def people(*authors):
        return wording.byline(Fields(authors=authors))

    assert people("Okafor, Ngozi", "Haverkamp, Jan-Piet") == "Okafor N, Haverkamp JP"
    assert people("World Health Organization") == "World Health Organization"
    assert people("Peers, Inc.,") == "Peers, Inc."
    assert people(*("A, B",) * 4) == "A B, A B, A B, A B"
    assert people(*("A, B",) * 5).endswith("et al.")


def test_a_record_that_says_little_is_still_described():
    assert wording.recognised(Fields(title="Only a title")) == "no abstract"
    assert wording.byline(Fields(title="Only a title")) == ""
