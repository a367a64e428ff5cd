"""Where a unit stands (docs/project-file.md, section 5), against a plain reading of the page."""

import importlib.util
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.model import DiscrepancyKind, MaybeRule, Outcome, Stage, Status, UserError, Verdict
from screener.screening.rules import compare, disputed

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
EXAMPLES = settings.default.max_examples
INC, MAY, EXC = "include", "maybe", "exclude"

# domain.md 6.3, as it is printed: the unordered pair to (advances, discuss, strict, full text).
TABLE = {
    (INC, INC): ("include", "include", "include", "include"),
    (INC, MAY): ("include", "maybe", "conflict", "maybe"),
    (MAY, MAY): ("include", "maybe", "maybe", "maybe"),
    (EXC, INC): ("conflict", "conflict", "conflict", "conflict"),
    (EXC, MAY): ("conflict", "maybe", "conflict", "maybe"),
    (EXC, EXC): ("exclude", "exclude", "exclude", "exclude"),
}
COLUMNS = [*((TA, rule) for rule in MaybeRule), (FT, MaybeRule.ADVANCES)]


@pytest.mark.parametrize("pair", list(itertools.product((INC, MAY, EXC), repeat=2)))
@pytest.mark.parametrize("column", range(4))
def test_the_table_of_the_domain(pair, column):
    wanted = TABLE[tuple(sorted(pair, key=[EXC, INC, MAY].index))]
    stage, rule = COLUMNS[column]
    status, outcome = compare(pair, stage=stage, rule=rule)
    assert str(outcome or status) == wanted[column]


def test_two_reasons_at_full_text_are_a_discrepancy():
    def full(reasons):
        return compare([EXC, EXC], stage=FT, rule=MaybeRule.ADVANCES, reasons=reasons)

    assert full(["a", "b"]) == (Status.REASON, None)
    assert full(["a", "a"]) == (Status.AGREED, Outcome.EXCLUDE)
    assert compare([EXC, EXC], stage=TA, rule=MaybeRule.ADVANCES, reasons=["a", "b"]) == (
        Status.AGREED,
        Outcome.EXCLUDE,
    )


def test_the_reference_says_the_same():
    place = Path(__file__).parents[4] / "shared" / "tools" / "decisions_ref.py"
    if not place.exists():
        pytest.skip("the shared tools are not here")
    spec = importlib.util.spec_from_file_location("decisions_ref", place)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    for size in (2, 3):
        for verdicts in itertools.product((INC, MAY, EXC), repeat=size):
            for stage, rule in COLUMNS:
                for reasons in (["a"], ["a", "b"]):
                    given = reasons[: verdicts.count(EXC)]
                    status, outcome = compare(verdicts, stage=stage, rule=rule, reasons=given)
                    wanted = reference.compare(list(verdicts), given, stage, rule, needed=size)
                    assert (str(status), outcome and str(outcome)) == wanted


def test_blank_and_unclear_never_differ():
    for one, other in itertools.product(("met", "not-met", "unclear", None), repeat=2):
        found = disputed([{k: v for k, v in {"c": w}.items() if v} for w in (one, other)])
        assert found == ({"c"} if {one, other} == {"met", "not-met"} else set())


class Table:
    """The page's rules read plainly, for any number of reviewers on one unit."""

    def __init__(self, needed, closed):
        self.needed, self.closed = needed, closed

    def status(self, verdicts):
        if len(verdicts) < self.needed:
            if self.closed:
                return "missing"
            return "pending" if verdicts else "not-started"
        if set(verdicts) == {EXC}:
            return "agreed"
        if EXC in verdicts:
            return "conflict"
        return "agreed"


@settings(max_examples=max(5, EXAMPLES // 3))
@given(data=st.data())
def test_statuses_equal_a_plain_reading(tmp_path_factory, making, data):
    """8, and the numbers of reviewers a record needs: 1, 2 or 3."""
    from dataclasses import replace

    needed = data.draw(st.integers(1, 3), label="needed")
    close = data.draw(st.booleans(), label="everybody closes")
    folder = tmp_path_factory.mktemp("statuses")
    project = making.review(
        folder,
        records=3,
        reviewers=("Maya", "Jonas", "Ruth"),
        protocol=replace(making.protocol, reviewers_per_record=needed),
    )
    decided = {n: [] for n in (1, 2, 3)}
    for letter in "abc":
        given_ = {
            n: data.draw(st.sampled_from([None, INC, MAY, EXC, EXC]), label=f"{letter}{n}")
            for n in decided
        }
        given_ = {n: v for n, v in given_.items() if v} or {1: INC}
        for n, verdict in given_.items():
            decided[n].append(verdict)
        making.screen(folder / f"{letter}.screener", given_, close=close)
    merge_into(project, *(folder / f"{x}.screener" for x in "abc"), open_early=True)
    with open_project(project, write=False) as review:
        states = review.consensus.states(TA)
        found = {n: str(states[review.units.find(str(n))].status) for n in decided}
    assert found == {n: Table(needed, close).status(v) for n, v in decided.items()}


@pytest.fixture
def settled(pair):
    """The pair, merged, with record 3 settled as exclude."""
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.resolve(
            review.units.find("3"), EXC, step=TA, why="we read it", by=["Maya", "Jonas"]
        )
    return pair


def change(pair, copy, number, verdict, making, reason=""):
    with open_copy(copy) as mine:
        if mine.screening.closed(TA):
            mine.screening.reopen(TA, "on second thoughts")
        making.decide(mine, number, verdict, reason=reason)
        mine.screening.close(TA)
    pair.merge()


def state(pair, number):
    with open_project(pair.project, write=False) as review:
        return review.consensus.state(review.units.find(str(number)), TA)


def test_a_change_after_the_consensus_reopens_and_the_same_value_resolves(settled, making):
    """15."""
    found = state(settled, 3)
    assert (found.status, found.outcome, found.open) == (Status.RESOLVED, Outcome.EXCLUDE, False)
    change(settled, settled.b, 3, INC, making)
    found = state(settled, 3)
    assert (found.status, found.outcome, found.kind) == (
        Status.REOPENED,
        Outcome.EXCLUDE,
        "reopened",
    )
    assert found.open
    change(settled, settled.b, 3, EXC, making)
    assert state(settled, 3).status is Status.REOPENED, "the reason is not the one it was"
    change(settled, settled.b, 3, EXC, making, "study-design")
    found = state(settled, 3)
    assert (found.status, found.outcome) == (Status.RESOLVED, Outcome.EXCLUDE)
    change(settled, settled.b, 3, "none", making)
    assert state(settled, 3).status is Status.REOPENED, "a decision was taken back"


def test_a_new_decision_with_the_outcome_of_the_consensus_leaves_it_resolved(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.resolve(
            review.units.find("7"), INC, step=TA, why="we read it", by=["Maya"]
        )
    assert state(pair, 7).status is Status.RESOLVED
    change(pair, pair.b, 7, INC, making)
    assert state(pair, 7).status is Status.RESOLVED
    change(pair, pair.b, 7, EXC, making)
    assert state(pair, 7).status is Status.REOPENED


def test_two_meetings_that_differ_are_a_conflict_of_the_consensus(pair):
    import shutil

    pair.merge()
    other = pair.folder / "other.screener"
    shutil.copy(pair.project, other)
    for path, verdict in ((pair.project, INC), (other, EXC)):
        with open_project(path) as review:
            for number in ("3", "4"):
                review.consensus.resolve(
                    review.units.find(number),
                    verdict if number == "3" else INC,
                    step=TA,
                    why="we read it",
                    by=["Maya"],
                )
            review.consensus.present(["Maya"] if verdict == INC else ["Maya", "Jonas"])
            review.consensus.reveal(1 if verdict == INC else 2)
    ways = [pair.folder / "one.screener", pair.folder / "two.screener"]
    shutil.copy(pair.project, ways[0])
    shutil.copy(other, ways[1])
    merge_into(ways[0], other, project=True)
    merge_into(ways[1], pair.project, project=True)
    seen = []
    for path in ways:
        with open_project(path) as review:
            states = review.consensus.states(TA)
            assert states[review.units.find("3")].status is Status.CONSENSUS_CONFLICT
            assert states[review.units.find("4")].status is Status.RESOLVED, "they say the same"
            seen.append((review.consensus.names_present(), review.consensus.revealed()))
            assert review.report.flow().draft
            review.consensus.resolve(
                review.units.find("3"), INC, step=TA, why="decided", by=["Jonas"]
            )
            assert review.consensus.state(review.units.find("3"), TA).status is Status.RESOLVED
            review.undo()
            assert (
                review.consensus.state(review.units.find("3"), TA).status
                is Status.CONSENSUS_CONFLICT
            )
    assert seen == [(["Maya", "Jonas"], 1)] * 2, "it must not hang on the order of merging"


def test_kinds_and_elements_of_the_pair(pair):
    pair.merge()
    with open_project(pair.project, write=False) as review:
        found = {
            d.unit.number: (str(d.kind), d.elements) for d in review.consensus.discrepancies(TA)
        }
        order = [d.kind for d in review.consensus.discrepancies(TA)]
    assert found == {
        3: ("conflict", ("study-design",)),
        4: ("conflict", ("interventions",)),
        5: ("judgement", ("participants",)),
        7: ("missing", ()),
    }
    assert order == ["conflict", "conflict", "missing", "judgement"]


def test_a_contradiction_of_ones_own_comes_with_a_join(pair):
    pair.merge()
    with open_project(pair.project) as review:
        one, two = review.units.find("1"), review.units.find("2")
        review.duplicates.same([one, two])
        unit = review.units.find("2")
        found = review.consensus.state(unit, TA)
        assert (found.status, found.elements) == (Status.SELF, ("participants",))
        assert review.units.find("1") == unit
        review.duplicates.split(two)
        states = review.consensus.states(TA)
        assert (states[one].outcome, states[two].outcome) == (Outcome.INCLUDE, Outcome.EXCLUDE)


@pytest.mark.parametrize("both", [False, True])
def test_who_judges_joined_records_in_two_ways_contradicts_themself(tmp_path, making, both):
    """The verdicts agree: it is agreed, in the numbers, and nobody else's judgement is in doubt."""
    path = making.review(tmp_path, records=2)
    judged = [{"participants": word} for word in ("met", "not-met")]
    mine = {n: ("include", "", judged[n - 1]) for n in (1, 2)}
    making.screen(tmp_path / "a.screener", mine)
    making.screen(tmp_path / "b.screener", mine if both else {1: "include", 2: "include"})
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        review.duplicates.same([review.units.find(n) for n in ("1", "2")])
        (found,) = review.consensus.discrepancies(TA)
        assert (found.kind, found.elements) == (DiscrepancyKind.SELF, ("participants",))
        state = review.consensus.state(str(found.unit.id), TA)
        assert (state.status, state.outcome) == (Status.AGREED, Outcome.INCLUDE)
        flow = review.report.flow()
        assert flow.dbr_sought_reports == 1
        assert flow.pending.title_abstract_reopened == 0
        review.consensus.resolve(found.unit.id, "include", step=TA, why="read", by=["Maya"])
        assert review.consensus.state(found.unit.id, TA).status is Status.RESOLVED


def test_what_cannot_be_settled(pair):
    pair.merge()
    with open_project(pair.project) as review:
        unit = review.units.find("3")

        def settle(verdict=INC, unit=unit, stage=TA, **more):
            given_ = {"why": "we read it", "by": ["Maya"], **more}
            review.consensus.resolve(unit, verdict, step=stage, **given_)

        for sentence, how in (
            ("Say why: one sentence that the minutes can show.", {"why": " "}),
            ("Say who agreed (or who decided); name at least one person.", {"by": [" "]}),
            (
                (
                    "“Ruth” takes no part in this review (Maya, Jonas); add them first, "
                    "among the reviewers."
                ),
                {"by": ["Maya", "Ruth"]},
            ),
            ("Awaiting classification exists at full text only.", {"verdict": "awaiting"}),
            ("An outcome is include, exclude or awaiting.", {"verdict": "perhaps"}),
            ("Only an exclusion has a reason; leave the reason out.", {"reason": "participants"}),
            (
                (
                    "“late” is no reason of this protocol; it has participants, interventions, "
                    "study-design, no-full-report, other."
                ),
                {"verdict": EXC, "reason": "late"},
            ),
            (
                "There is nothing of that name to settle in this review; see its list.",
                {"unit": "f" * 32},
            ),
        ):
            with pytest.raises(UserError) as told:
                settle(**how)
            assert str(told.value) == sentence
        review.sources.remove(["3"], "retracted")
        with pytest.raises(UserError) as told:
            settle()
        assert str(told.value) == "This unit cannot be settled at this stage: it is removed."


def test_marks_of_what_changed_block_nothing(pair):
    """A corrected record and a changed criterion mark; a new title and highlight words do not."""
    from dataclasses import replace

    pair.merge()
    with open_project(pair.project) as review:
        unit = {n: review.units.find(str(n)) for n in range(1, 9)}

        def stale():
            states = review.consensus.states(TA)
            return {n for n, u in unit.items() if states[u].stale}

        assert stale() == set()
        now = review.protocol.current
        touched = replace(now, title="Another", question="Why?")
        first = replace(now.criteria[0], highlight=("peer*",), question="?")
        review.protocol.set(replace(touched, criteria=(first, *now.criteria[1:])))
        assert stale() == set()
        review.sources.correct("2", {"title": "Corrected"})
        assert stale() == {2}
        now = review.protocol.current
        second = replace(now.criteria[1], exclude="something else")
        review.protocol.set(replace(now, criteria=(now.criteria[0], second, now.criteria[2])))
        assert stale() == set(unit), "everything was decided under the older version"
        before = review.consensus.states(TA)
        assert all(s.status is not Status.REOPENED for s in before.values())
        assert review.verify() == []


def test_a_correction_back_to_what_the_source_gave_is_no_damage(project, tmp_path):
    (tmp_path / "x.csv").write_text("title,year,doi\nOne title,2001,10.5555/x.1\n", "utf-8")
    project.sources.import_file(tmp_path / "x.csv", source="PubMed")
    project.sources.correct("1", {"year": "2002"})
    project.sources.correct("1", {"year": "2001"})
    assert project.verify() == []
    assert project.sources.record("1").fields.year == 2001
    assert project.sources.record("1").corrected == frozenset()
    assert Verdict("none") is Verdict.NONE
