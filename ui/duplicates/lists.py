"""The lists of groups: what the last look found, seen against what the project holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from screener import Project
from screener.duplicates.found import Found, Linked, Pair, Question
from screener.duplicates.joins import Joined
from screener.duplicates.proposals import Proposal
from screener.duplicates.runs import Run
from ui.duplicates.groups import (
    Apart,
    Mode,
    Picked,
    Side,
    apart_side,
    joined_side,
    linked_side,
    picked_side,
    proposed_side,
    question_side,
)

Group = Question | Proposal | Joined | Apart | Linked | Picked


class Remaining:
    """The questions of one run in their order; those put off stand at the end."""

    def __init__(self, questions: Sequence[Question] = ()) -> None:
        self._order = list(questions)
        self.open: list[Question] = []

    @property
    def count(self) -> int:
        """How many questions the run asked."""
        return len(self._order)

    @property
    def answered(self) -> int:
        """How many of them are answered."""
        return self.count - len(self.open)

    def look(
        self, membership: Mapping[str, str], answers: Sequence[Sequence[str]]
    ) -> Question | None:
        """Look again which are open; return one that is open now and was not, if there is one.

        `membership` is the unit of each record in a group, `answers` the sets of records a person
        said are different.
        """
        before = set(map(id, self.open))
        different = [frozenset(uids) for uids in answers]
        groups: dict[str, set[str]] = {}
        for uid, unit in membership.items():
            groups.setdefault(unit, set()).add(uid)

        def is_open(pair: Pair) -> bool:
            one, other = membership.get(pair.one, pair.one), membership.get(pair.other, pair.other)
            if one == other:
                return False
            left, right = groups.get(one, {pair.one}), groups.get(other, {pair.other})
            return not any(left & said and right & said for said in different)

        self.open = [q for q in self._order if any(is_open(pair) for pair in q.pairs)]
        return next((q for q in self.open if id(q) not in before), None)

    def add(self, question: Question) -> None:
        """Ask one more, before the others."""
        self._order.insert(0, question)

    def put_off(self, question: Question) -> None:
        """Ask this question last."""
        self._order.remove(question)
        self._order.append(question)
        if question in self.open:
            self.open.remove(question)
            self.open.append(question)


class Lists:
    """Nothing of it is stored: questions are found anew when they are needed.

    What the project holds is read by `look`, once for each change of it.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._membership: dict[str, str] = {}
        self._of: dict[Mode, Sequence[Group]] = {}
        """What is listed by mode, the joins of all runs; questions and what is picked are not."""
        self._proposed: list[Proposal] = []
        self._answers: Sequence[Sequence[str]] = ()
        self._put_off: list[tuple[str, str]] = []
        self.linked: list[Linked] = []
        """The reports that belong together and are no duplicates, by their units."""
        self.runs: list[Run] = []
        self.was_made_before = False
        """Whether duplicates were looked for in this project, whoever did it."""
        self.only_run = ""
        """The run whose joins alone are among the certain ones; "" for all."""
        self.picked = Picked(units=())
        self.forget()

    def forget(self) -> None:
        """Forget what was found: records or groups are others now."""
        self.take(None)

    def take(self, found: Found | None) -> None:
        """Take what a run found."""
        self.found = found
        self._doubted: set[str] = set()
        self.remaining = Remaining(found.ask if found else ())

    def look(self) -> int:
        """Read what the project holds; return the place of a question that is open again, or -1."""
        duplicates = self._project.duplicates
        self._membership = self._project.units.membership()
        joined, answers = duplicates.joined(), duplicates.answered_different()
        self._answers = answers
        self.was_made_before = bool(joined or answers)
        self.runs = duplicates.runs()
        self.linked = self._linked_units()
        self._proposed = sorted(duplicates.proposals(), key=self._put_off_last)
        self._of = {
            Mode.CERTAIN: [one for one in joined if not one.by_hand],
            Mode.ANSWERED: [one for one in joined if one.by_hand],
            Mode.PROPOSED: self._proposed,
            Mode.DIFFERENT: self._kept_apart(answers),
            Mode.LINKED: self.linked,
        }
        again = self.remaining.look(self._membership, answers) if self.found else None
        return self.remaining.open.index(again) if again is not None else -1

    def _put_off_last(self, proposal: Proposal) -> int:
        times = (n for n, records in enumerate(self._put_off) if records == proposal.records)
        return max(times, default=-1)

    def put_off(self, group: Group) -> None:
        """Ask this question, or about this proposal, after the others."""
        if isinstance(group, Question):
            self.remaining.put_off(group)
        elif isinstance(group, Proposal):
            self._put_off.append(group.records)
            self._proposed.sort(key=self._put_off_last)

    def doubt(self, side: Side) -> None:
        """Ask about a join by rule that a person takes back, before it could be made again."""
        first, *others = side.uids
        self._doubted.update(side.uids)
        pairs = tuple(Pair(one=uid, other=first, rule=side.rule) for uid in others)
        why = f"{side.why}; but you took the join back"
        self.remaining.add(Question(records=side.uids, pairs=pairs, why=why, doubt=0.0))

    def pick(self, units: Sequence[str]) -> None:
        """Put units side by side."""
        self.picked = Picked(units=self._units(units))

    def records_of(self, units: Sequence[str]) -> set[str]:
        """Return all records of the units that these records are in."""
        wanted = set(self._units(units))
        return wanted | {uid for uid, of in self._membership.items() if of in wanted}

    def _units(self, uids: Iterable[str]) -> tuple[str, ...]:
        """Return the units that records are in, each once."""
        return tuple(dict.fromkeys(self._membership.get(uid, uid) for uid in uids))

    def _kept_apart(self, answers: Sequence[Sequence[str]]) -> list[Apart]:
        """Return what is kept apart: units that are there, each set of them once."""
        sets = [self._units(uids) for uids in answers]
        there, _ = self._project.units.among(dict.fromkeys(uid for uids in sets for uid in uids))
        present = set(there)
        kept = (tuple(uid for uid in uids if uid in present) for uids in sets)
        by_units = {frozenset(uids): uids for uids in kept if len(uids) > 1}
        return [Apart(units=uids) for uids in by_units.values()]

    def _linked_units(self) -> list[Linked]:
        """Return which units are linked: records that are joined are one report."""
        known: dict[frozenset[str], Linked] = {}
        for linked in self.found.linked if self.found else ():
            units = self._units(linked.records)
            if len(units) > 1:
                known.setdefault(frozenset(units), Linked(kind=linked.kind, records=units))
        return list(known.values())

    @property
    def due(self) -> int:
        """How many groups are certain and not joined, as far as was looked."""
        return sum(
            len(self._units(group.records)) > 1
            for group in (self.found.certain if self.found else ())
            if not self._doubted.issuperset(group.records)
        )

    @property
    def is_due(self) -> bool:
        """Whether the finder has to run: nothing is known, or certain groups are not joined."""
        return self.found is None or self.due > 0

    def groups(self, mode: Mode) -> Sequence[Group]:
        """Return what can be looked at in a mode."""
        if mode is Mode.ASK:
            return () if self.is_due else self.remaining.open
        if mode is Mode.PICKED:  # unless it is one unit by now
            return (self.picked,) if len(self._units(self.picked.units)) > 1 else ()
        found = self._of.get(mode, ())
        if self.only_run and mode is Mode.CERTAIN:
            return [one for one in found if isinstance(one, Joined) and one.run == self.only_run]
        return found

    def count(self, mode: Mode) -> int:
        """Count them, the joins of all runs."""
        if mode is Mode.RUNS:
            return len(self.runs)
        return len(self._of[mode] if mode in self._of else self.groups(mode))

    def side(self, group: Group) -> Side:
        """Return one of them as columns."""
        match group:
            case Question():
                joined = [j for j in self._of[Mode.ANSWERED] if isinstance(j, Joined)]
                return question_side(
                    self._project, group, self._membership, joined, self._answers
                )  # fmt: skip
            case Joined():
                return joined_side(self._project, group, self._membership)
            case Proposal():
                return proposed_side(self._project, group)
            case Apart():
                return apart_side(self._project, group)
            case Picked():
                return picked_side(self._project, group)
            case Linked():
                return linked_side(self._project, group)
