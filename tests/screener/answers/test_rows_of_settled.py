"""What is settled names a row where a question has rows, and none where it has none."""

import pytest

from screener import open_project
from tests.screener.answers.trial import ID, merged_trial

WHY = ("--why", "read together", "--by", "Maya", "--by", "Jonas", "--stage", ID)


@pytest.fixture
def project(tmp_path, home):
    return merged_trial(tmp_path).project


def agreed(project):
    with open_project(project, write=False) as review:
        return [one for several in review.consensus.agreed(ID).values() for one in several]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("setting", "home", "--row", "Nobody’s"), "Setting is asked for no row"),
        (("dose", "3 weeks"), "Dose is asked for strand"),
    ],
)
def test_a_row_that_is_too_much_or_lacks_is_refused(project, making, words, said):
    done = making.cli("resolve", project, "1", *words, *WHY)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert not agreed(project)


def test_a_table_is_read_by_the_same_rule(project, making, tmp_path):
    table = tmp_path / "settled.csv"
    table.write_text(
        "study,field,row,value,why,by\n1,setting,Telephone,home,read,Maya\n", encoding="utf-8"
    )
    done = making.cli("resolve", project, "--from", table, "--stage", ID)
    assert (done.returncode, "line 2: Setting is asked for no row" in done.stderr) == (1, True)


def test_why_and_what_is_quoted_turn_no_direction_of_writing(project, making):
    more = ("--why", "we\u202e read", "--quote", "\u2067as it is", "--by", "Maya", "--stage", ID)
    more += ("--overturn",)
    assert making.cli("resolve", project, "1", "setting", "a \u202ehome", *more).returncode == 0
    (one,) = agreed(project)
    assert (one.value, one.why, one.details.quote) == ("a home", "we read", "as it is")


def test_no_zero_below_zero_is_agreed(project, making):
    words = ("resolve", project, *WHY, "--row", "Telephone", "--", "1", "dose", "-0 weeks")
    done = making.cli(*words)
    assert done.returncode == 0, done.stderr
    (one,) = agreed(project)
    assert one.value == "0"
