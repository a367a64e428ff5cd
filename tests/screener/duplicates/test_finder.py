"""The finder as a whole: groups, questions, links, and what must not change the result."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.duplicates.comparison import compare
from screener.duplicates.finder import find
from screener.duplicates.prepared import prepare
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, STANDARD, VERSION, Settings
from screener.duplicates.verdict import Judge
from screener.model import Cancelled, UserError
from screener.units.candidate import Candidate, kept

# A few values per field, near enough to each other for every rule to have work.
TITLES = (
    "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial",
    "Peer-led text mesaging for adults with bipolar disorder in remote clinics: a trial",
    "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial, part 2",
    "Peer-led text messaging for adolescents with bipolar disorder in remote clinics: a trial",
    "Erratum: Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial",
    "[Letters of peers to adults with bipolar disorder in far clinics]",
    "Editorial",
    "",
)
AUTHORS = ("Brandvik, Maren; Oyelaran, Tunde", "Brandvik M.Oyelaran T.", "Zdunek, Olga", "")
JOURNALS = (
    "Invented Journal of Psychiatry",
    "Inv J Psychiatr",
    "Annals of Invention. Conference: 3rd Winter School",
    "Invented Journal of Psychiatry.Conference: 12th Summer Days",
    "",
)
PEERS = """Adults in remote districts seldom meet others with their diagnosis; peers wrote to them
weekly for half a year, and the groups differed by three points in the end."""
NURSES = """Nurses in two mountain valleys judged a telephone rota at night; it was welcomed where
sleep was protected, and dropped within weeks elsewhere without notice."""
TEXTS = (PEERS, NURSES, "")
FIELDS = {
    "title": st.sampled_from(TITLES),
    "authors": st.sampled_from(AUTHORS),
    "year": st.sampled_from(("2017", "2018", "2021", "")),
    "journal": st.sampled_from(JOURNALS),
    "volume": st.sampled_from(("12", "12(3)", "12 Suppl 3", "13", "1)", "3)", "")),
    "issue": st.sampled_from(("3", "4", "Suppl 1", "")),
    "pages": st.sampled_from(("244-58", "244-258", "S12", "1-15", "e10442", "")),
    "doi": st.sampled_from(("10.5555/a", "https://doi.org/10.5555/A", "10.5555/b", "")),
    "pmid": st.sampled_from(("31000001", "31000002", "", "")),
    "abstract": st.sampled_from(TEXTS),
}
# Records of one report, each changed in a few fields: unlike enough to differ, like enough to meet.
BASE = {
    "title": TITLES[0],
    "authors": AUTHORS[0],
    "year": "2018",
    "journal": JOURNALS[0],
    "volume": "12",
    "issue": "3",
    "pages": "244-258",
    "abstract": PEERS,
}
CHANGES = st.lists(
    st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), FIELDS[name])),
    max_size=4,
)
RECORDS = st.lists(CHANGES, min_size=2, max_size=7).map(
    lambda rows: [
        Candidate(id=f"r{number}", **{**BASE, **dict(row)}) for number, row in enumerate(rows)
    ]
)
STRANGER = Candidate(
    id="stranger",
    title="Tidal mills of the southern coast and the people who repaired them",
    authors="Quist, Halvor",
    year="1987",
    journal="Mills and Men",
    volume="401",
    pages="7001-7020",
    doi="10.5555/mills",
)


def answers(found):
    """What a person sees of a result, without the order of equals."""
    return (found.certain, found.ask, found.linked, found.rules)


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    assert answers(find(records)) == answers(find(shuffled))


@given(RECORDS)
def test_an_unrelated_record_changes_nothing(records):
    assert answers(find(records)) == answers(find([STRANGER, *records]))


@given(RECORDS)
def test_a_vetoed_pair_is_never_in_one_group(records):
    judge = Judge(STANDARD)
    ready = {record.id: prepare(record) for record in records}
    for group in find(records).certain:
        for one, other in combinations(group.records, 2):
            assert not judge.contradicted(ready[one], ready[other])


@given(RECORDS, st.data())
def test_different_answers_are_kept(records, data):
    ids = [record.id for record in records]
    said = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
    found = find(records, different=[said])
    group_of = {one: group.kept for group in found.certain for one in group.records}
    for one, other in combinations(said, 2):
        assert group_of.get(one, one) != group_of.get(other, other)
    for question in found.ask:
        assert len(set(question.records) & set(said)) < 2


@given(RECORDS, st.data())
def test_groups_there_are_stay_whole(records, data):
    ids = [record.id for record in records]
    joined = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
    found = find(records, together=[joined])
    for group in found.certain:
        assert set(joined) <= set(group.records) or not set(joined) & set(group.records)
    for question in found.ask:
        asked = {pair.one for pair in question.pairs} | {pair.other for pair in question.pairs}
        assert len(asked & set(joined)) < 2


@given(RECORDS)
def test_what_is_joined_is_not_found_again(records):
    first = find(records)
    again = find(records, together=[group.records for group in first.certain])
    assert again.certain == ()
    assert {pair for question in again.ask for pair in question.pairs} == {
        pair for question in first.ask for pair in question.pairs
    }


@given(RECORDS)
def test_counts_and_questions_fit(records):
    found = find(records)
    assert sum(found.rules.values()) == sum(len(group.records) - 1 for group in found.certain)
    group_of = {one: group.kept for group in found.certain for one in group.records}
    for question in found.ask:
        groups = {group_of.get(one, one) for one in question.records}
        assert len(question.pairs) == len(groups) - 1
        joined = {frozenset((pair.one, pair.other)) for pair in question.pairs}
        assert len(joined) == len(question.pairs)
        assert {group_of.get(one, one) for pair in joined for one in pair} == groups
        assert question.why
    assert [question.doubt for question in found.ask] == sorted(q.doubt for q in found.ask)


@given(RECORDS)
def test_asking_about_everything_merges_nothing(records):
    found = find(records, settings=ASK_EVERYTHING)
    assert found.certain == ()
    assert found.rules == {}
    shown = {one for question in found.ask for one in question.records}
    assert shown >= {one for group in find(records).certain for one in group.records}


@given(RECORDS)
def test_a_pair_is_judged_alike_from_both_sides(records):
    judge = Judge(STANDARD)
    for one, other in combinations([prepare(record) for record in records], 2):
        left, right = compare(one, other), compare(other, one)
        assert (left is None) == (right is None)
        if left is not None and right is not None:
            assert judge.verdict(left) == judge.verdict(right)


def test_a_group_of_three_sources(record):
    found = find(
        [
            record("embase", doi="", pages="244-58"),
            record("pubmed", pmid="31000001", journal="Inv J Psychiatr"),
            record("central", abstract="", doi=""),
        ]
    )
    (group,) = found.certain
    assert group.records == ("pubmed", "embase", "central")
    assert group.kept == "pubmed"
    assert set(group.rules) <= {"same-place"}
    assert found.rules == {"same-place": 2}
    assert found.ask == ()
    assert found.settings == STANDARD
    assert found.version == VERSION


def test_no_chain_over_a_veto(record):
    # the middle record has no number in its title and stands at no page: it fits both parts
    title = "Letters from peers in lonely valleys, written on long winter evenings"
    place = {"doi": "", "pages": "", "abstract": ""}
    records = [
        record("first", title=title, doi="10.5555/one", pages="10-19", abstract=""),
        record("middle", title=title, **place),
        record("second", title=title, doi="10.5555/two", pages="501-509", abstract=""),
    ]
    found = find(records)
    assert [set(group.records) for group in found.certain] in (
        [{"first", "middle"}],
        [{"second", "middle"}],
    )
    assert all({"first", "second"} - set(group.records) for group in found.certain)
    (question,) = found.ask
    assert [pair.rule for pair in question.pairs] == ["chain"]
    assert question.why.endswith("other records of the two groups contradict each other")


def test_the_surest_pair_is_joined_first(record):
    # "b" fits both; with "z" it shares the DOI, with "a" only journal and volume
    records = [
        record("a", doi="", pages="10-19", pmid="31000001"),
        record("b", pages=""),
        record("z", pages="501-509", abstract="", pmid="31000002"),
    ]
    (group,) = find(records).certain
    assert set(group.records) == {"b", "z"}


def test_a_question_shows_the_whole_group(record):
    records = [
        record("a"),
        record("b"),
        record("c", doi="", abstract="", title=record().title.replace("adults", "adolescents"),
               pages="244", issue="")
    ]  # fmt: skip
    (question,) = find(records).ask
    assert set(question.records) == {"a", "b", "c"}
    assert [(pair.one, pair.other, pair.rule) for pair in question.pairs] == [("c", "a", "title")]
    assert "but a word of the title is another one" in question.why


def with_twins(record, *who):
    """Reports of which one word differs, each with a twin that has no place and no abstract."""
    gone = {"volume": "", "issue": "", "pages": "", "doi": "", "year": "", "abstract": ""}
    for number, word in enumerate(who):
        title = f"Village choirs against complex depression among {word}"
        place = {"pages": f"{number + 2}01-{number + 2}19", "doi": f"10.5555/choirs.{number}"}
        yield record(f"full-{word}", title=title, abstract="", **place)
        yield record(f"twin-{word}", **{**gone, "title": title})


def test_equal_titles_are_asked_about_and_not_the_neighbours(record):
    who = ("lamplighters", "ropemakers", "beekeepers", "ferrymen")
    found = find(list(with_twins(record, *who)))
    asked = [[(pair.one, pair.other) for pair in question.pairs] for question in found.ask]
    assert sorted(asked) == [[(f"twin-{one}", f"full-{one}")] for one in sorted(who)]


def test_a_question_of_many_begins_with_the_likeliest(record):
    # the ferrymen have no twin: whether they are others is asked where their title comes nearest
    *twins, ferrymen, _ = with_twins(record, "lamplighters", "ropemakers", "ferrymen")
    records = [*twins, replace(ferrymen, pages="", volume="", doi="")]
    pairs = [(pair.one, pair.other) for question in find(records).ask for pair in question.pairs]
    assert {("twin-lamplighters", "full-lamplighters"), ("twin-ropemakers", "full-ropemakers")} < {
        *pairs
    }
    assert any("full-ferrymen" in pair for pair in pairs)


def test_records_that_are_equally_likely_meet_the_most_complete_one(record):
    cochrane = {"journal": "Cochrane Database of Systematic Reviews", "volume": "", "issue": "",
                "pages": "", "abstract": ""}  # fmt: skip
    versions = [
        record(f"v{n}", **cochrane, year=f"20{n}", doi=f"10.1002/14651858.CD004250.pub{n}")
        for n in (10, 12, 14, 16)
    ]
    full = record("v18", year="2018", **{**cochrane, "abstract": PEERS},
                  doi="10.1002/14651858.CD004250.pub18")  # fmt: skip
    (question,) = find([*versions, full]).ask
    assert {pair.other for pair in question.pairs} == {"v18"}
    assert len(question.pairs) == 4


def test_later_search_rounds_find_new_against_existing(record):
    old = [record("a"), record("b", doi="")]
    new = record("c", abstract="")
    (group,) = find([*old, new], together=[("a", "b")]).certain
    assert set(group.records) == {"a", "b", "c"}
    assert group.kept == "a"


def test_a_hand_made_group_is_not_taken_apart(record, other_text):
    strange = record("z", title="Nurses and a telephone rota", abstract=other_text, doi="")
    found = find([record("a"), strange, record("b")], together=[("a", "z")])
    # b is certain with a, but z stands in the same group and contradicts: a person decides
    assert found.certain == ()
    assert [pair.rule for question in found.ask for pair in question.pairs] == ["chain"]


def test_cautious_asks_what_standard_joins(record):
    records = [record("a", doi=""), record("b", doi="", volume="", pages="")]
    assert find(records).certain
    found = find(records, settings=CAUTIOUS)
    assert found.certain == ()
    assert found.ask


def test_a_rule_that_is_off_does_not_fire(record):
    records = [record("a"), record("b")]
    assert find(records).rules == {"same-doi": 1}
    off = Settings(off=frozenset({"same-doi"}))
    assert find(records, settings=off).rules == {"same-place": 1}


def test_a_rule_that_does_not_exist(record):
    with pytest.raises(UserError, match="no duplicate rule same-smell"):
        find([record()], settings=Settings(off=frozenset({"same-smell"})))


def test_progress_and_cancel(record):
    told = []

    def tell(done, total, what, /):
        told.append((done, total, what))

    find([record("a"), record("b")], progress=tell)
    assert {what for _, _, what in told} == {"Reading records", "Comparing pairs of records"}

    def stop(done, total, what, /):
        raise Cancelled

    with pytest.raises(Cancelled):
        find([record("a")], progress=stop)


def test_nothing_to_find():
    found = find([])
    assert answers(found) == ((), (), (), {})


def test_forty_editorials_are_forty_records(bare):
    editorials = [
        bare(f"e{number}", title="Editorial Introduction", authors="Zwart, Vladimir",
             journal="Invented Systems", year=str(1990 + number // 4), volume=str(number // 4),
             issue=str(number % 4 + 1), pages=f"5-{6 + number % 3}")
        for number in range(40)
    ]  # fmt: skip
    found = find(editorials)
    assert found.certain == ()
    assert found.ask == ()


def test_one_file_imported_very_often(record):
    found = find([record(f"{number:03}") for number in range(300)])
    (group,) = found.certain
    assert len(group.records) == 300
    assert found.rules == {"same-doi": 299}


def test_kept_orders_by_completeness(record):
    assert [one.id for one in kept([record("b", abstract=""), record("a")])] == ["a", "b"]
