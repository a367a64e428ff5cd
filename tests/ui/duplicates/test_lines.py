from __future__ import annotations

import pytest

from screener.model import Fields
from ui.duplicates.groups import Shown, given_by, lines

ONE = Fields(title="Peers", authors=("Dunne, Sean",), year=2014, volume="11", issue="2", pages="1")


def column(uid, fields=ONE, found_in="PubMed"):
    return Shown(uid=uid, number=int(uid), fields=fields, found_in=found_in)


def test_a_field_nobody_gave_is_left_out_unless_it_always_stands_there():
    labels = [line.label for line in lines([column("1"), column("2")])]
    assert labels == [
        "Title", "Authors", "Journal", "Year", "Volume, pages", "DOI", "Abstract", "Found in",
    ]  # fmt: skip


def test_the_type_stands_there_only_where_it_differs():
    article, letter = Fields(type="article"), Fields(type="other")
    same = lines([column("1", article), column("2", article)])
    other = lines([column("1", article), column("2", letter)])
    assert "Type" not in [line.label for line in same]
    assert next(line for line in other if line.label == "Type").texts == ("article", "other")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (ONE, "11(2): 1"),
        (Fields(volume="11"), "11"),
        (Fields(pages="5-9"), "5-9"),
        (Fields(volume="3", article_number="e12"), "3: e12"),
        (Fields(), ""),
    ],
)
def test_volume_and_pages_are_one_line(fields, words):
    found = lines([column("1", fields)])
    assert next(line for line in found if line.label == "Volume, pages").texts == (words,)


def test_where_it_was_found_is_never_marked_as_different():
    (last,) = [x for x in lines([column("1"), column("2")]) if x.label == "Found in"]
    assert last.texts == ("PubMed, record 1", "PubMed, record 2")
    assert not last.differs


LONG = Fields(title="Peers", abstract="Forty adults were offered letters.", journal="Care")


def test_what_the_shown_record_lacks_is_said_to_come_from_the_most_complete_other():
    short = Fields(title="Peers", journal="Letters", doi="10.5555/a")
    bare = Fields(title="Peers")
    columns = [column("1", bare), column("2", short), column("3", LONG)]
    assert given_by(columns, 0) == {"Abstract": 2, "Journal": 2, "DOI": 1}
    assert given_by(columns, 2) == {"DOI": 1}


def test_nothing_is_given_where_nobody_has_it():
    assert given_by([column("1"), column("2")], 0) == {}
