"""The order of one's own and the parts of a queue."""

import sys

import pytest

from screener import open_copy, open_project
from screener.model import Stage
from screener.screening.orders import OrderBy, Ordering
from screener.screening.screening import Queue

TA = Stage.TITLE_ABSTRACT

RECORDS = """TY  - JOUR
TI  - Émile and the letters
AU  - Zander, Q
PY  - 2011
T2  - Journal of Pears
DO  - 10.5555/o.1
AB  - Words.
ER  -

TY  - JOUR
TI  - zebra crossings
AU  - Åkesson, B
PY  - 2019
T2  - annals of apples
AB  - Words.
ER  -

TY  - JOUR
TI  - "Eager" readers
AU  - Meyer, T
T2  - Berries
DO  - 10.5555/o.3
ER  -

"""


@pytest.fixture
def mine(tmp_path, making):
    """Maya's copy of three records of two sources, of which the second is found in both."""
    path = making.review(tmp_path, records=0, reviewers=())
    (tmp_path / "one.ris").write_text(RECORDS.replace("\nER  -\n", "\nER  - \n"), encoding="utf-8")
    with open_project(path) as review:
        review.sources.import_file(tmp_path / "one.ris", source="PubMed")
        making.fill(review, tmp_path, 1, source="Embase", mark="later")
        review.consensus.write_copy("Maya", tmp_path / "a.screener")
    with open_copy(tmp_path / "a.screener") as copy:
        yield copy


def numbers(mine, by, seed=""):
    queues = mine.screening.queues
    queues.set_order(by, seed)
    number = dict(mine.units.all_numbers())
    return [number[unit] for unit in queues.in_order(queues.queue(TA, Queue.ALL))]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (OrderBy.IMPORTED, [1, 2, 3, 4]),
        (OrderBy.TITLE, [4, 3, 1, 2]),
        (OrderBy.AUTHOR, [2, 4, 3, 1]),
        (OrderBy.SOURCE, [4, 1, 2, 3]),
    ],
)
def test_an_order_looks_at_letters_only(mine, by, expected):
    assert numbers(mine, by) == expected


def test_what_says_nothing_comes_last_and_years_from_the_newest(mine):
    found = numbers(mine, OrderBy.YEAR)
    assert found[-1] == 3
    assert found.index(2) < found.index(1)
    assert numbers(mine, OrderBy.JOURNAL)[0] == 2


def test_a_random_order_is_the_same_again_and_stays_when_records_come(mine, tmp_path, making):
    first = numbers(mine, OrderBy.RANDOM, "7")
    orders = [numbers(mine, OrderBy.RANDOM, str(seed)) for seed in range(9)]
    assert any(order != first for order in orders)
    numbers(mine, OrderBy.TITLE)
    assert mine.screening.queues.ordering == Ordering(by=OrderBy.TITLE, seed="8")
    assert numbers(mine, OrderBy.RANDOM, "7") == first
    with open_project(tmp_path / "p.screener") as review:
        making.fill(review, tmp_path, 5, source="Scopus", mark="much later")
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    mine.consensus.merge(tmp_path / "newer.screener")
    more = numbers(mine, OrderBy.RANDOM, "7")
    assert [n for n in more if n <= 4] == first
    assert len(more) == 9


def test_a_new_copy_begins_in_a_random_order_and_a_newer_one_has_it_again(mine, tmp_path):
    ordering = mine.screening.queues.ordering
    assert (ordering.by, bool(ordering.seed)) == (OrderBy.RANDOM, True)
    with open_project(tmp_path / "p.screener") as review:
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
        review.consensus.write_copy("Jonas", tmp_path / "b.screener")
    with open_copy(tmp_path / "newer.screener") as newer:
        assert newer.screening.queues.ordering == ordering
    with open_copy(tmp_path / "b.screener") as other:
        assert other.screening.queues.ordering.seed != ordering.seed


def test_an_order_writes_no_event_and_scripts_go_by_number(mine):
    before = mine.counts()
    assert numbers(mine, OrderBy.TITLE) == [4, 3, 1, 2]
    assert mine.counts() == before
    number = dict(mine.units.all_numbers())
    assert [number[unit] for unit in mine.screening.queues.queue(TA)] == [1, 2, 3, 4]
    assert [unit.number for unit in mine.screening.pending(TA)] == [1, 2, 3, 4]


def parts(mine, which):
    number = dict(mine.units.all_numbers())
    return {
        part.words: sorted(number[unit] for unit in part.units)
        for part in mine.screening.queues.parts(TA, which)
    }


def queue(mine, which, part=""):
    number = dict(mine.units.all_numbers())
    return [number[unit] for unit in mine.screening.queues.queue(TA, which, "", part)]


def test_parts_are_offered_where_there_is_anything_in_them(mine, making):
    assert parts(mine, Queue.CRITERION) == parts(mine, Queue.REASON) == {}
    assert parts(mine, Queue.SOURCE) == {"Embase": [4], "PubMed": [1, 2, 3]}
    judged = {"participants": "not-met"}
    making.decide(mine, 1, "exclude", reason="participants", judgements=judged)
    making.decide(mine, 2, "exclude")
    making.decide(mine, 3, "include", judgements={"participants": "met", "study-design": "unclear"})
    assert parts(mine, Queue.CRITERION) == {
        "Participants: met": [3],
        "Participants: not met": [1],
        "Study design: unclear": [3],
    }
    assert parts(mine, Queue.REASON) == {"1 Participants": [1], "Without a reason": [2]}
    years = parts(mine, Queue.YEAR)
    assert years["2011"] == [1]
    assert years["Without a year"] == [3]
    assert next(iter(years)) == max(list(years)[:-1])
    assert queue(mine, Queue.SOURCE, "Embase") == [4]
    assert queue(mine, Queue.CRITERION, "participants=met") == [3]
    assert queue(mine, Queue.REASON, "none") == [2]
    assert queue(mine, Queue.YEAR, "0") == [3]
    assert queue(mine, Queue.YEAR, "1066") == []


def test_no_doi_and_a_record_that_changed_after_the_decision(mine, tmp_path, making):
    assert 2 in queue(mine, Queue.NO_DOI)
    assert not {1, 3} & {*queue(mine, Queue.NO_DOI)}
    making.decide(mine, 1, "include")
    making.decide(mine, 2, "include")
    with open_project(tmp_path / "p.screener") as review:
        uid = review.units.find("2")
        review.sources.correct(uid, {"doi": "10.5555/found.2"})
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    assert queue(mine, Queue.CORRECTED) == []
    mine.consensus.merge(tmp_path / "newer.screener")
    assert queue(mine, Queue.CORRECTED) == [2]
    assert 2 not in queue(mine, Queue.NO_DOI)
    making.decide(mine, 2, "include")
    assert queue(mine, Queue.CORRECTED) == []


def test_the_last_decisions_come_the_newest_first(mine, making):
    for number in (3, 1, 2, 3):
        making.decide(mine, number, "include")
    assert queue(mine, Queue.LAST) == [3, 2, 1]
    making.decide(mine, 3, "none")
    assert queue(mine, Queue.LAST) == [2, 1]


def labels_of(mine, unit):
    return [label for label, units in mine.screening.notes.labels().items() if unit in units]


def test_labels_are_given_taken_and_found(mine):
    notes = mine.screening.notes
    one, two = mine.screening.to_screen(TA)[:2]
    notes.set_labels(one, ["to discuss", "pilot"])
    notes.set_labels(two, ["pilot"])
    assert labels_of(mine, one) == ["to discuss", "pilot"]
    assert parts(mine, Queue.LABEL) == {"pilot": [1, 2], "to discuss": [1]}
    notes.set_labels(one, [])
    assert parts(mine, Queue.LABEL) == {"pilot": [2]}
    assert list(notes.labels()) == ["pilot"]
    assert labels_of(mine, one) == []


def test_the_order_of_a_copy_is_made_with_all_that_is_long(mine):
    """The worker makes it while the first page is shown; screening begins at once."""
    mine.screening.queues.set_order(OrderBy.RANDOM)
    units, hashed = mine.units.ids(), []
    mine.derive()
    sys.setprofile(lambda _frame, what, f: hashed.append(f) if what == "c_call" else None)
    mine.screening.queues.in_order(units)
    sys.setprofile(None)
    assert "digest" not in {one.__name__ for one in hashed}
    assert "sorted" in {one.__name__ for one in hashed}
