"""What is kept of where subjects stand always equals what is derived afresh."""

import os
from dataclasses import replace

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from screener import merge_into, open_copy, open_project
from screener.model import MaybeRule, Outcome, Stage, Status, UserError, Verdict
from screener.project import Project

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
NAMES = {"a": "Maya", "b": "Jonas", "c": "Ruth"}
numbers = st.integers(0, 11)
stages = st.sampled_from([TA, TA, FT])
letters = st.sampled_from("aabbc")
begun = st.sampled_from(["include", "include", "exclude"])
verdicts = st.sampled_from(["include", "include", "exclude", "maybe", "none"])
reasons = st.sampled_from(["", "participants", "interventions"])
judged = st.dictionaries(st.just("participants"), st.sampled_from(["met", "not-met", "unclear"]))


def seen(review):
    """Everything that is kept of every step, as plain values."""
    found = {}
    for here in review.consensus.standings():
        units = [*review.units.ids(), *review.units.removed_ids()]
        found[here.step.id] = {
            "states": list(here.states()),
            "counts": {k: n for k, n in here.counts().items() if n},
            "answered": {k: n for k, n in here.answered().items() if n},
            "asked": here.asked(),
            "differing": {k: n for k, n in here.differing().items() if n},
            "hidden": here.hidden(),
            "any": here.any_visible(),
            "visible": {u for u in units if here.visible(u)},
            "discrepancies": list(here.discrepancies()),
            "included": here.with_outcome(Outcome.INCLUDE),
            "not included": here.without(Outcome.INCLUDE),
            "said": {u: sorted(here.said(u)) for u in units},
        }
        states = found[here.step.id]["states"]
        assert here.in_order(reversed(states)) == states
        for outcome in Outcome:
            having = [state.subject for state in states if state.outcome is outcome]
            assert here.with_outcome(outcome) == having
            assert here.without(outcome, units[:3]) == set(units[:3]) - set(having)
    if not review.is_copy:
        counted = review.report.counted()
        found["flow"] = counted.flow
        assert {name for name in counted.behind if counted.records(name)} == {
            name for name in counted.behind if counted.opens(name)
        }
    return found


def afresh(review):
    """The same of a project newly built on the same file."""
    listeners = list(review._file.listeners)
    found = seen(Project(review._file))
    review._file.listeners[:] = listeners
    return found


class Kept(RuleBasedStateMachine):
    """A project that stays open while copies are screened, merged and settled at random."""

    folders = making = None

    def __init__(self):
        super().__init__()
        self.folder = self.folders.mktemp("kept")
        os.environ["SCREENER_HOME"] = str(self.folder / "home")
        self.review = None

    def teardown(self):
        if self.review is not None:
            self.review.close()

    def copy(self, letter):
        return self.folder / f"{letter}.screener"

    @initialize(
        pause=st.integers(1, 3),
        needed=st.sampled_from([1, 2, 2, 2]),
        one=st.lists(begun, min_size=5, max_size=5),
        other=st.lists(begun, min_size=5, max_size=5),
        further=st.booleans(),
    )
    def begin(self, pause, needed, one, other, further):
        """Both have screened and closed; mostly full text is open and screened too."""
        self.pause, self.steps, self.searches, self.newer = pause, 0, 1, 0
        protocol = replace(self.making.protocol, reviewers_per_record=needed)
        path = self.making.review(self.folder, records=5, protocol=protocol)
        for letter, given in zip("ab", (one, other), strict=True):
            self.making.screen(self.copy(letter), dict(enumerate(given, 1)))
        self.review = open_project(path)
        self.review.consensus.merge(self.copy("a"), self.copy("b"))
        if further:
            self.change(lambda review: review.screening.open(FT))
            for letter, given in (("a", one), ("b", list(reversed(other)))):
                self.take_in(letter)
                said = [(n, v, "participants", {}) for n, v in enumerate(given)]
                self.screen(letter, FT, said, "merge")

    def change(self, work):
        """Do something in the open project; a refusal is one."""
        try:
            work(self.review)
        except UserError:
            event("refused")

    def unit(self, number):
        units = self.review.units.ids()
        return units[number % len(units)] if units else "f" * 32

    # --- in the copies -------------------------------------------------------------------------

    @rule(
        letter=letters,
        stage=stages,
        end=st.sampled_from(["", "close", "merge", "merge"]),
        said=st.lists(st.tuples(numbers, verdicts, reasons, judged), min_size=1, max_size=4),
    )
    def decide(self, letter, stage, said, end):
        self.screen(letter, stage, said, end)

    def screen(self, letter, stage, said, end):
        if not self.copy(letter).exists():
            return
        with open_copy(self.copy(letter)) as mine:
            seen(mine)
            units = mine.screening.to_screen(stage)
            meant = {units[number % len(units)] for number, *_ in said if units}
            file = mine._file
            if file.closed(stage, file.reviewer) and any(file.covered(stage, u) for u in meant):
                mine.screening.reopen(stage, "one more look")
            for number, verdict, reason, judgements in said if units else ():
                mine.screening.decide(
                    units[number % len(units)],
                    Verdict(verdict),
                    stage=stage,
                    reason=(reason or "participants") if verdict == "exclude" else "",
                    judgements=judgements if verdict != "none" else {},
                )
            if units and end:
                mine.screening.close(stage)
            assert seen(mine) == afresh(mine)
        if end == "merge":
            self.change(lambda review: review.consensus.merge(self.copy(letter)))

    @rule(letter=letters, stage=stages, again=st.booleans())
    def close(self, letter, stage, again):
        if not self.copy(letter).exists():
            return
        with open_copy(self.copy(letter)) as mine:
            try:
                if again and mine.screening.closed(stage):
                    mine.screening.reopen(stage, "one more look")
                else:
                    mine.screening.close(stage)
            except UserError:
                event("refused")

    @precondition(lambda self: self.newer < 8)
    @rule(letter=letters)
    def take_a_newer_copy(self, letter):
        self.take_in(letter)

    def take_in(self, letter):
        self.newer += 1
        path = self.folder / f"newer-{self.newer}.screener"
        place = self.copy(letter)
        self.change(lambda review: review.consensus.write_copy(NAMES[letter], path))
        if path.exists():
            path.rename(place) if not place.exists() else merge_into(place, path)

    # --- in the project ------------------------------------------------------------------------

    @rule(chosen=st.sets(letters, min_size=1), early=st.sampled_from([False, False, True]))
    def merge(self, chosen, early):
        files = [self.copy(x) for x in sorted(chosen) if self.copy(x).exists()]
        self.change(lambda review: review.consensus.merge(*files, open_early=early))

    @rule(
        number=numbers,
        stage=stages,
        outcome=st.sampled_from(["include", "exclude", "awaiting"]),
        reason=reasons,
        overturn=st.booleans(),
    )
    def settle(self, number, stage, outcome, reason, overturn):
        def work(review):
            unit = self.unit(number)
            before = review.consensus.state(unit, stage)
            assert before.subject == unit
            review.consensus.resolve(
                unit,
                outcome,
                step=stage,
                reason=reason if outcome == "exclude" else "",
                why="we read it",
                by=["Maya"],
                overturn=overturn,
            )
            assert review.consensus.state(unit, stage).status is Status.RESOLVED
            event(f"settled {before.status}")

        self.change(work)

    @rule(one=numbers, other=numbers, stage=stages)
    def settle_what_differs(self, one, other, stage):
        """Settle two of the items that wait for the meeting, in one look."""

        def work(review):
            waiting = [s.subject for s in review.consensus.differing(stage) if s.open]
            for number in (one, other) if waiting else ():
                review.consensus.resolve(
                    waiting[number % len(waiting)],
                    "include" if number % 2 else "exclude",
                    step=stage,
                    reason="" if number % 2 else "participants",
                    why="we read it",
                    by=["Maya", "Jonas"],
                    overturn=True,
                )
                event("settled what differs")

        self.change(work)

    @rule(redo=st.booleans())
    def undo(self, redo):
        self.change(lambda review: review.redo() if redo else review.undo())

    @rule(number=numbers, state=st.sampled_from(["retrieved", "not-retrieved", "sought"]))
    def retrieve(self, number, state):
        self.change(lambda r: r.fulltext.set_retrieval(self.unit(number), state, "asked"))

    @rule()
    def open_full_text(self):
        self.change(lambda review: review.screening.open(FT))

    @rule(one=numbers, other=numbers, apart=st.booleans())
    def group(self, one, other, apart):
        def work(review):
            if apart:
                review.duplicates.split(self.unit(one))
            else:
                review.duplicates.same([self.unit(one), self.unit(other)])

        self.change(work)

    @precondition(lambda self: self.searches < 3)
    @rule(kind=st.sampled_from(["database", "website"]))
    def search_again(self, kind):
        self.searches += 1
        n = self.searches
        self.change(
            lambda review: self.making.fill(
                review, self.folder, 2, source=f"S{n}", mark=f"m{n}", kind=kind
            )
        )

    @rule(number=numbers, what=st.sampled_from(["remove", "correct", "put back", "withdraw"]))
    def change_a_record(self, number, what):
        def work(review):
            if what == "remove" and len(review.units.ids()) > 3:
                review.sources.remove([self.unit(number)], "retracted")
            elif what in ("correct", "remove"):
                review.sources.correct(self.unit(number), {"title": f"Corrected {number}"})
            elif what == "withdraw" and self.searches > 1:
                review.sources.withdraw(str(self.searches), "wrong dates")
            else:
                review.sources.put_back(str(self.searches))

        self.change(work)

    @rule(
        what=st.sampled_from(["criterion", "maybe", "needed"]),
        maybe=st.sampled_from(list(MaybeRule)),
        needed=st.integers(1, 3),
        words=st.sampled_from(["adults", "children"]),
    )
    def change_the_protocol(self, what, maybe, needed, words):
        def work(review):
            now = review.protocol.current
            if what == "maybe":
                now = replace(now, maybe=maybe)
            elif what == "needed":
                now = replace(now, reviewers_per_record=needed)
            else:
                first = replace(now.criteria[0], exclude=words)
                now = replace(now, criteria=(first, *now.criteria[1:]))
            review.protocol.set(now, why="we talked")

        self.change(work)

    @rule(letter=letters, stage=stages, what=st.sampled_from(["join", "after", "leave", "name"]))
    def change_people(self, letter, stage, what):
        def work(review):
            name = NAMES[letter]
            if what == "leave":
                review.consensus.leave(name, stage, "a new post")
            elif what == "name":
                review.consensus.rename_person(name, name.upper())
            else:
                review.consensus.add_person(name)
                review.consensus.join(name, stage, opened_after=what == "after")

        self.change(work)

    @rule(level=st.integers(0, 3))
    def meet(self, level):
        self.change(lambda review: review.consensus.reveal(level))
        self.change(lambda review: review.consensus.present(["Maya"]))

    # --- what always holds ---------------------------------------------------------------------

    @invariant()
    def what_is_kept_is_what_follows(self):
        if self.review is None:
            return
        self.steps += 1
        if self.steps % self.pause == 0:
            found = seen(self.review)
            assert found == afresh(self.review)
            for step in (TA, FT):
                for state in found[str(step)]["states"]:
                    event(f"{step}: {state.status}")
            assert found["flow"].new_reports == len(found[str(FT)]["included"])


def test_what_is_kept_equals_what_is_derived_afresh(making, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("SCREENER_HOME", "")
    monkeypatch.setattr(Kept, "making", making)
    monkeypatch.setattr(Kept, "folders", tmp_path_factory)
    run_state_machine_as_test(
        Kept,
        settings=settings(
            max_examples=max(6, settings.default.max_examples),
            stateful_step_count=25,
            phases=[p for p in settings.default.phases if p.name != "shrink"],
        ),
    )
