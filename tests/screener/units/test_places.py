"""Pages, volumes, years and journals as databases write them."""

from __future__ import annotations

import pytest

from screener.units import places


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("244-58", "244", "258"),
        ("244-258", "244", "258"),
        ("376 -- 383", "376", "383"),
        ("543--553", "543", "553"),
        ("499–711", "499", "711"),
        ("S29", "s29", "s29"),
        ("S417-29", "s417", "s429"),
        ("e001469", "e1469", "e1469"),
        ("99A", "99a", "99a"),
        ("pp. 12-15", "12", "15"),
        ("Article 6", "6", "6"),
        ("527-32.e1", "527", "532"),
        ("106-11; discussion 112", "106", "111"),
        ("xiii-xv", "xiii", "xv"),
        ("06-Oct", "6", "10"),
        ("10-Jun", "6", "10"),
        ("Nov-23", "11", "23"),
        ("2019-10-06", "6", "10"),
        ("2019-10-06 00:00:00", "6", "10"),
        ("244.0", "244", "244"),
        ("e1-e9", "e1", "e9"),
        ("nan", "", ""),
        ("Suppl-29", "", ""),
        ("t-20", "", ""),
        ("no pagination", "", ""),
        ("", "", ""),
    ],
)
def test_pages(text, first, last):
    found = places.pages(text)
    assert (found.first, found.last) == (first, last)


def test_pages_that_a_spreadsheet_made_are_a_guess():
    assert places.pages("06-Oct").guessed
    assert not places.pages("6-10").guessed


@pytest.mark.parametrize(
    ("text", "kind"),
    [("244-58", "print"), ("a1754", "number"), ("106482", "number"), ("1-12", "counted")],
)
def test_the_kind_of_pages(text, kind):
    assert places.pages(text).kind == kind


def test_every_range_is_kept():
    assert [first for first, _ in places.pages("260-261; 244-58").ranges] == ["260", "244"]


def test_span():
    assert places.pages("244-58").span == 15
    assert places.pages("S29").span == 1
    assert places.pages("H1296-304").span == 9
    assert places.pages("29-S31").span == 0


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        ("383(9922)", "", ("383", "9922")),
        ("88 Suppl 1", "", ("88", "")),
        ("13 (2) (no pagination)", "", ("13", "2")),
        ("13 (2) (no pagination)", "5", ("13", "5")),
        ("Vol. 012", "No. 03", ("12", "3")),
        ("3)", "", ("", "")),
        ("Part A. 17", "", ("17", "")),
        ("Korsakova. Part 2. 117", "", ("117", "")),
        ("", "", ("", "")),
    ],
)
def test_volume_and_issue(volume, issue, expected):
    assert places.volume_and_issue(volume, issue) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("2018", 2018), ("2018.0", 2018), ("2018 Jan 29", 2018), ("c1999", 1999), ("", 0), ("18", 0)],
)
def test_year(text, year):
    assert places.year(text) == year


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J Hosp Infect", "The Journal of Hospital Infection"),
        ("Inv J Psychiatr", "Invented Journal of Psychiatry"),
        ("Obstetrics & Gynecology", "Obstetrics and gynecology."),
        ("Neuro Oncology. Conference: 11th Invented Congress. Turin", "Neuro-Oncology"),
        ("Invented Medicine (Munich, Germany : 1983)", "Invented Medicine"),
        ("Ai zheng = Aizheng = Chinese journal of cancer", "Chinese Journal of Cancer"),
        ("JPEN: Journal of Invented Nutrition", "JPEN"),
        ("BMJ", "British Medical Journal"),
        ("Invented Supplements", "Invented. Conference: 15th International Meeting"),
        (
            "51st Annual Hawaii International Conference on System Sciences (HICSS)",
            "Hawaii International Conference on System Sciences",
        ),
        ("PROCEEDINGS OF THE 5TH EUROPEAN CONFERENCE ON LETTERS", "European Conference on Letters"),
        ("J Natl Cancer Inst", "Journal of the National Cancer Institute"),
    ],
)
def test_one_journal(one, other):
    left, right = places.journal_names(one), places.journal_names(other)
    assert places.same_journal(left, right)
    assert places.same_journal(right, left)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cancer", "Cancer Research"),
        ("Surgery", "Journal of Surgery"),
        ("Journal of Clinical Oncology", "Journal of Clinical Outcomes"),
        ("European Heart Journal", "American Heart Journal"),
        ("Diabetes", "Diabetes Care"),
        (
            "International Conference on Information Systems",
            "International Conference on System Sciences",
        ),
    ],
)
def test_two_journals(one, other):
    left, right = places.journal_names(one), places.journal_names(other)
    assert places.same_journal(left, right) is places.same_journal(right, left) is False


def test_the_beginning_of_a_journal_may_be_the_journal():
    left = places.journal_names("Journal of Unwritten Cohorts")
    right = places.journal_names("Journal of Unwritten Cohorts, Trials & Letters")
    assert places.same_journal(left, right) is places.same_journal(right, left) is None


@pytest.mark.parametrize(
    ("volume", "issue", "number"),
    [
        ("19 Suppl 3", "", "3"),
        ("19 (SUPPL. 3)", "", "3"),
        ("19", "SUPPL.3", "3"),
        ("19", "15 Suppl. 1", "1"),
        ("19", "S2", "2"),
        ("3)", "", "3"),
        ("19", "3", ""),
        ("19 Suppl", "", ""),
    ],
)
def test_the_number_of_a_supplement(volume, issue, number):
    assert places.supplement_number(volume, issue) == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. Conference: 3rd Winter School. Oslo", "J.Conference: 3rd Winter School.", True),
        ("J. Conference: Winter School of Peers", "J.Conference: Winter School. Oslo", True),
        ("J. Conference: 3rd Winter School", "J.Conference: 4th Winter School", False),
        ("J. CONFERENCE: 3RD WINTER SCHOOL", "J.Conference: 4th Winter School", False),
        ("J. Conference: 3rd Winter School", "J.Conference: Summer Days Bari", False),
    ],
)
def test_meetings(one, other, same):
    assert places.same_meeting(places.meeting(one), places.meeting(other)) is same


def test_a_journal_without_a_meeting():
    assert places.meeting("Invented Journal of Psychiatry") == frozenset()


def test_supplement_and_conference():
    assert places.supplement("12 (Supplement 3)", "")
    assert places.supplement("12", "SUPPL. 1")
    assert places.supplement("12", "Meeting Abstracts")
    assert not places.supplement("12", "3")
    assert places.conference("Neuro Oncology. Conference: 11th Congress")
    assert not places.conference("Neuro Oncology")
