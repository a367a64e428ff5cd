"""Agreement is counted on what both decided at their first close (10)."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.model import Stage, UserError

TA = Stage.TITLE_ABSTRACT
WORDS = ("include", "maybe", "exclude")
JUDGED = ("met", "unclear", "not-met")
EXAMPLES = settings.default.max_examples
one_side = st.lists(
    st.tuples(st.sampled_from([*WORDS, None]), st.sampled_from([*JUDGED, None])),
    min_size=5,
    max_size=5,
)


def counted(first, other, words):
    """The table by counting, nothing else."""
    pairs = [(a, b) for a, b in zip(first, other, strict=True) if a and b]
    return [[pairs.count((a, b)) for b in words] for a in words], len(pairs)


def kappa(table):
    n = sum(map(sum, table))
    if not n:
        return None
    rows, columns = [sum(r) / n for r in table], [sum(c) / n for c in zip(*table, strict=True)]
    by_chance = sum(a * b for a, b in zip(rows, columns, strict=True))
    observed = sum(table[i][i] for i in range(len(table))) / n
    return None if abs(1 - by_chance) < 1e-12 else (observed - by_chance) / (1 - by_chance)


@settings(max_examples=max(6, EXAMPLES // 3))
@given(one=one_side, other=one_side)
def test_agreement_equals_a_naive_recomputation(tmp_path_factory, making, one, other):
    folder = tmp_path_factory.mktemp("agreement")
    project = making.review(folder, records=5)
    for name, side in (("a", one), ("b", other)):
        given_ = {
            n: (verdict, "", {"participants": judged} if judged else {})
            for n, (verdict, judged) in enumerate(side, 1)
            if verdict
        }
        making.screen(folder / f"{name}.screener", given_)
        with open_copy(folder / f"{name}.screener") as mine:
            # What changes after the first close counts for nothing here.
            mine.screening.reopen(TA, "second thoughts")
            making.decide(mine, 1, "maybe" if name == "a" else "exclude")
            mine.screening.close(TA)
    merge_into(project, folder / "b.screener", folder / "a.screener")
    with open_project(project, write=False) as review:
        (pair,) = review.consensus.agreement(TA).pairs
    verdicts = [[v for v, _ in side] for side in (one, other)]
    table, n = counted(*verdicts, WORDS)
    assert (pair.figures("three_way").n, [list(r) for r in pair.figures("three_way").table]) == (
        n,
        table,
    )
    two = [["include" if v == "maybe" else v for v in side] for side in verdicts]
    table, n = counted(*two, ("include", "exclude"))
    assert (pair.figures("binary").n, [list(r) for r in pair.figures("binary").table]) == (n, table)
    assert pair.figures("binary").kappa == pytest.approx(kappa(table))
    judged = [[j if v else None for v, j in side] for side in (one, other)]
    table, n = counted(*judged, JUDGED)
    assert [list(r) for r in pair.group("criteria")["participants"].table] == table
    later = slice(1, None)  # what was answered after the close that counts is named so, once
    first, second = (side[later] for side in verdicts)
    assert pair.lacking == sum(bool(a) != bool(b) for a, b in zip(first, second, strict=True))
    if not n:
        assert pair.group("criteria")["participants"].kappa is None
        assert "kappa" in pair.group("criteria")["participants"].not_defined


def test_a_second_computer_after_the_first_close_counts_for_nothing(
    pair, making, monkeypatch, tmp_path
):
    pair.merge()
    with open_project(pair.project) as review:
        before = review.consensus.agreement(TA).json()
        review.consensus.write_copy("Maya", pair.folder / "a2.screener")
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "desktop"))
    with open_copy(pair.folder / "a2.screener") as mine:
        mine.screening.reopen(TA, "second thoughts")
        for number in range(1, 9):
            making.decide(mine, number, "exclude")
        mine.screening.close(TA)
    pair.merge(pair.folder / "a2.screener")
    with open_project(pair.project, write=False) as review:
        assert review.consensus.agreement(TA).json() == before


def test_records_that_left_the_review_count_for_nothing(pair):
    pair.merge()
    with open_project(pair.project) as review:
        review.sources.remove(["1", "3"], "retracted")
        (found,) = review.consensus.agreement(TA).pairs
        assert found.figures("binary").n == 5
        assert found.lacking == 1
        review.sources.remove(["7"], "retracted")
        (found,) = review.consensus.agreement(TA).pairs
        assert (found.figures("binary").n, found.lacking) == (5, 0), "7 was decided by one"


def test_the_judgements_on_joined_records_count_in_any_order_of_merging(tmp_path, making):
    """Which of several answers was written or merged first makes no difference."""
    project = making.review(tmp_path, records=3)
    met, not_met = {"participants": "met"}, {"participants": "not-met"}
    making.screen(
        tmp_path / "a.screener",
        {1: ("include", "", met), 2: ("include", "", {}), 3: ("include", "", {})},
    )
    making.screen(
        tmp_path / "b.screener",
        {1: ("include", "", {}), 2: ("include", "", not_met), 3: ("include", "", met)},
    )
    found = []
    for order in ("ab", "ba"):
        path = tmp_path / f"merged-{order}.screener"
        shutil.copy(project, path)
        for letter in order:
            merge_into(path, tmp_path / f"{letter}.screener")
        with open_project(path) as review:
            one, two, three = (review.units.find(str(n)) for n in (1, 2, 3))
            review.duplicates.same([one, two])
            (pair,) = review.consensus.agreement(TA).pairs
            found.append(pair.group("criteria")["participants"].table)
            review.duplicates.same([one, three])
            (pair,) = review.consensus.agreement(TA).pairs
            assert pair.group("criteria")["participants"].n == 0, "met and not met: neither"
    assert found == [((0, 0, 1), (0, 0, 0), (0, 0, 0))] * 2


def test_each_pair_of_three_reviewers(tmp_path, making):
    project = making.review(tmp_path, records=2, reviewers=("Maya", "Jonas", "Ruth"))
    for letter, verdict in zip("abc", ("include", "include", "exclude"), strict=True):
        making.screen(tmp_path / f"{letter}.screener", {1: verdict})
    merge_into(project, *(tmp_path / f"{x}.screener" for x in "abc"))
    with open_project(project, write=False) as review:
        found = review.consensus.agreement(TA)
        assert [p.reviewers for p in found.pairs] == [
            ("Maya", "Jonas"),
            ("Maya", "Ruth"),
            ("Jonas", "Ruth"),
        ]
        assert [p.figures("binary").table for p in found.pairs] == [
            ((1, 0), (0, 0)),
            ((0, 1), (0, 0)),
            ((0, 1), (0, 0)),
        ]
        assert found.overall is not None
        assert (found.overall.overall.n, found.json()["overall"]["n"]) == (1, 1)
        assert found.overall.overall.raw == pytest.approx(1 / 3), "one of three pairs agrees"


def test_nobody_to_agree_with(pair):
    with open_project(pair.project) as review:
        for _ in range(2):
            with pytest.raises(UserError, match="still open"):
                review.consensus.agreement(TA)
            review.consensus.merge(pair.a)
        review.consensus.open_early()
        found = review.consensus.agreement(TA)
        assert (found.pairs, found.kappa, found.overall) == ((), None, None)
        assert [(name, count) for name, _, count in found.closes] == [("Maya", 8)]
    with open_copy(pair.a) as mine:
        assert mine.consensus.agreement(TA).pairs == ()
        with pytest.raises(UserError):
            mine.consensus.present(["x"])


def test_where_one_decision_is_enough_there_is_nothing_to_agree_on(pair):
    pair.merge()
    with open_project(pair.project) as review:
        assert review.consensus.agreement(Stage.TITLE_ABSTRACT).pairs
        review.protocol.set(replace(review.protocol.current, reviewers_per_record=1))
        assert review.consensus.agreement(Stage.TITLE_ABSTRACT).pairs == ()
        assert review.consensus.agreement(Stage.TITLE_ABSTRACT).kappa is None


# --- frozen for each subject ----------------------------------------------------------------------


def later_round(project, making, decided, *, close):
    """Search twice more records; each reviewer takes a newer copy in and screens on."""
    with open_project(project) as review:
        making.fill(review, project.parent, 2, mark="later", first=50)
        for name, letter in (("Maya", "a"), ("Jonas", "b")):
            review.consensus.write_copy(name, project.with_name(f"newer-{letter}.screener"))
    for letter in "ab":
        path = project.with_name(f"{letter}.screener")
        merge_into(path, project.with_name(f"newer-{letter}.screener"))
        with open_copy(path) as mine:
            mine.screening.reopen(TA, "the second search")
        making.screen(path, decided[letter], close=letter in close)
        merge_into(project, path)


@pytest.fixture
def two_rounds(tmp_path, making):
    """Four records decided alike and closed by both; returns a function for the next round."""
    project = making.review(tmp_path, records=4)
    same = {1: "include", 2: "exclude", 3: "include", 4: "exclude"}
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", same)
        merge_into(project, tmp_path / f"{letter}.screener")
    return project


def read(project):
    with open_project(project, write=False) as review:
        found = review.consensus.agreement(TA)
        return found, found.pairs[0].figures("binary")


def test_a_later_search_counts_with_its_own_first_close(two_rounds, making):
    assert read(two_rounds)[1].table == ((2, 0), (0, 2))
    decided = {"a": {5: "include", 6: "exclude"}, "b": {5: "exclude", 6: "include"}}
    later_round(two_rounds, making, decided, close="ab")
    found, figures = read(two_rounds)
    assert figures.table == ((2, 1), (1, 2)), "forty conflicts beside kappa 1.00 is what this was"
    assert [(name, count) for name, _, count in found.closes] == [
        ("Maya", 4),
        ("Maya", 2),
        ("Jonas", 4),
        ("Jonas", 2),
    ]
    assert len({event for _, event, _ in found.closes}) == 4
    assert found.not_counted == {}


def test_a_changed_decision_counts_as_first_closed(two_rounds, making):
    decided = {"a": {1: "exclude", 5: "include"}, "b": {5: "include"}}
    later_round(two_rounds, making, decided, close="ab")
    assert read(two_rounds)[1].table == ((3, 0), (0, 2))


def test_what_is_answered_after_the_close_that_counts_is_said(tmp_path, making):
    project = making.review(tmp_path, records=3)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "include"})
    making.screen(tmp_path / "b.screener", {1: "include", 2: "include", 3: "include"})
    with open_copy(tmp_path / "a.screener") as mine:
        mine.screening.reopen(TA, "one was left out")
    making.screen(tmp_path / "a.screener", {3: "exclude"})
    merge_into(project, tmp_path / "a.screener", tmp_path / "b.screener")
    found, figures = read(project)
    assert (figures.n, found.pairs[0].lacking) == (2, 0), "it is named below, once"
    assert dict(found.not_counted) == {"answered by Maya only after the close that counts": 1}


def test_who_has_not_closed_counts_nowhere(tmp_path, making):
    project = making.review(tmp_path, records=2, reviewers=("Maya", "Jonas", "Ruth"))
    for letter, close in (("a", True), ("b", True), ("c", False)):
        making.screen(tmp_path / f"{letter}.screener", {1: "include"}, close=close)
    files = [tmp_path / f"{x}.screener" for x in "abc"]
    merge_into(project, *files, open_early=True)
    found, figures = read(project)
    assert [p.reviewers for p in found.pairs] == [("Maya", "Jonas")]
    assert figures.n == 1
    assert found.overall is None
    assert [(name, count) for name, _, count in found.closes] == [("Maya", 1), ("Jonas", 1)]
    assert dict(found.not_counted) == {"answered by Ruth and under no close of theirs": 1}


def test_what_is_hidden_is_in_no_figure(two_rounds, making):
    decided = {"a": {5: "include", 6: "exclude"}, "b": {5: "exclude"}}
    later_round(two_rounds, making, decided, close="a")
    found, figures = read(two_rounds)
    assert figures.table == ((2, 0), (0, 2))
    assert [(name, count) for name, _, count in found.closes] == [("Maya", 4), ("Jonas", 4)]
    assert found.pairs[0].lacking == 0


def test_a_contradiction_counts_for_neither(pair):
    pair.merge()
    with open_project(pair.project) as review:
        before = review.consensus.agreement(TA).pairs[0].figures("binary").n
        review.duplicates.same([review.units.find("1"), review.units.find("2")])
        found = review.consensus.agreement(TA)
    assert found.pairs[0].figures("binary").n == before - 2
    assert found.pairs[0].lacking == 1, "record 7 alone, which one did not decide"
    assert dict(found.not_counted) == {"answered by one reviewer in two ways": 1}


def test_what_is_taken_out_or_joined_after_the_closes_is_said(two_rounds):
    """The figures are of what is in the review now, so they change; how much of it is said."""
    with open_project(two_rounds) as review:
        units = [review.units.find(n) for n in "1234"]
        review.sources.remove([units[1]], why="No report.")
        review.duplicates.same([units[0], units[2]])
        found = review.consensus.agreement(TA)
        assert found.pairs[0].figures("binary").table == ((1, 0), (0, 1))
        assert dict(found.not_counted) == {
            "answered, and removed or withdrawn since": 1,
            "answered on a further record of a joined report": 1,
        }
        (batch, *_) = review.sources.batches()
        review.sources.withdraw(batch.id, why="Wrong file.")
        gone = review.consensus.agreement(TA).not_counted
    assert gone["answered, and removed or withdrawn since"] >= 3


def test_three_reviewers_have_figures_together(tmp_path, making):
    project = making.review(tmp_path, records=4, reviewers=("Maya", "Jonas", "Ruth"))
    said = {"a": "iiee", "b": "iiee", "c": "ieee"}
    words = {"i": "include", "e": "exclude"}
    for letter, verdicts in said.items():
        path = tmp_path / f"{letter}.screener"
        making.screen(path, {n: words[v] for n, v in enumerate(verdicts, 1)})
    merge_into(project, *(tmp_path / f"{x}.screener" for x in "abc"))
    found, _ = read(project)
    together = found.overall.overall
    # By hand: 3 of 4 records unanimous, one 2:1, which agrees in 1 of 3 pairs; 5 of 12 included.
    assert together.raw == pytest.approx((3 + 1 / 3) / 4)
    chance = (5 / 12) ** 2 + (7 / 12) ** 2
    assert together.fleiss_kappa == pytest.approx((together.raw - chance) / (1 - chance))
    by_ac1 = 2 * (5 / 12) * (7 / 12)
    assert together.ac1 == pytest.approx((together.raw - by_ac1) / (1 - by_ac1))
    observed, expected = 1 - together.raw, 2 * 5 * 7 / (12 * 11)
    assert together.krippendorff_alpha == pytest.approx(1 - observed / expected)
    assert found.json()["overall"]["fleiss_kappa"] == together.fleiss_kappa
