"""The lists of groups: what the last look found, seen against what the project holds now."""

from __future__ import annotations

from collections.abc import Sequence

from screener import Project
from screener.duplicates.duplicates import Joined
from screener.duplicates.found import Found, Linked, Pair, Question
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
from ui.duplicates.remaining import Remaining

Group = Question | Proposal | Joined | Apart | Linked | Picked


class Lists:
    """Nothing of it is stored: questions are found anew when they are needed.

    What the project holds is read by `look`, once for each change of it.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._membership: dict[str, str] = {}
        self._joined: dict[Mode, list[Joined]] = {}
        self._apart: list[Apart] = []
        self._linked: list[Linked] = []
        self._proposed: list[Proposal] = []
        self._put_off: list[Proposal] = []
        self._answered = False
        self.runs: list[Run] = []
        self.only_run = ""
        """The run whose joins alone are among the certain ones; "" for all."""
        self.picked = Picked(units=())
        self.forget()

    def forget(self) -> None:
        """Forget what was found: records or groups are others now."""
        self.found: Found | None = None
        self._doubted: set[str] = set()
        self.remaining = Remaining()

    def take(self, found: Found) -> None:
        """Take what a run found."""
        self.found = found
        self._doubted = set()
        self.remaining = Remaining(found.ask)

    def look(self) -> int:
        """Read what the project holds; return the place of a question that is open again, or -1."""
        duplicates = self._project.duplicates
        self._membership = self._project.units.membership()
        joined, answers = duplicates.joined(), duplicates.answered_different()
        self._joined = {
            Mode.CERTAIN: [one for one in joined if not one.by_hand],
            Mode.ANSWERED: [one for one in joined if one.by_hand],
        }
        self.runs = duplicates.runs()
        self._proposed = sorted(duplicates.proposals(), key=self._put_off_last)
        self._answered = bool(answers)
        self._apart = self._kept_apart(answers)
        self._linked = self._linked_units()
        again = self.remaining.look(self._membership, answers) if self.found else None
        return self.remaining.open.index(again) if again is not None else -1

    def _put_off_last(self, proposal: Proposal) -> int:
        known = [one.records for one in self._put_off]
        return known.index(proposal.records) if proposal.records in known else -1

    def put_off(self, group: Group) -> None:
        """Ask this question, or about this proposal, after the others."""
        if isinstance(group, Question):
            self.remaining.put_off(group)
        elif isinstance(group, Proposal):
            self._put_off = [one for one in self._put_off if one.records != group.records]
            self._put_off.append(group)
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
        unit = self._membership.get
        self.picked = Picked(units=tuple(dict.fromkeys(unit(uid, uid) for uid in units)))

    def records_of(self, units: Sequence[str]) -> set[str]:
        """Return all records of the units that these records are in."""
        unit = self._membership.get
        wanted = {unit(uid, uid) for uid in units}
        return wanted | {uid for uid, of in self._membership.items() if of in wanted}

    def _kept_apart(self, answers: Sequence[Sequence[str]]) -> list[Apart]:
        """Return what is kept apart: units that are there, each set of them once."""
        unit = self._membership.get
        sets = [tuple(dict.fromkeys(unit(uid, uid) for uid in uids)) for uids in answers]
        there, _ = self._project.units.among(dict.fromkeys(uid for uids in sets for uid in uids))
        present = set(there)
        kept = (tuple(uid for uid in uids if uid in present) for uids in sets)
        by_units = {frozenset(uids): uids for uids in kept if len(uids) > 1}
        return [Apart(units=uids) for uids in by_units.values()]

    def _linked_units(self) -> list[Linked]:
        """Return which units are linked: records that are joined are one report."""
        unit = self._membership.get
        known: dict[frozenset[str], Linked] = {}
        for linked in self.found.linked if self.found else ():
            units = tuple(dict.fromkeys(unit(uid, uid) for uid in linked.records))
            if len(units) > 1:
                known.setdefault(frozenset(units), Linked(kind=linked.kind, records=units))
        return list(known.values())

    @property
    def linked(self) -> Sequence[Linked]:
        """The reports that belong together and are no duplicates, by their units."""
        return self._linked

    @property
    def was_made_before(self) -> bool:
        """Whether duplicates were looked for in this project, whoever did it."""
        return self._answered or any(self._joined.values())

    @property
    def due(self) -> int:
        """How many groups are certain and not joined, as far as was looked."""
        unit = self._membership.get
        return sum(
            len({unit(uid, uid) for uid in group.records}) > 1
            for group in (self.found.certain if self.found else ())
            if not self._doubted.issuperset(group.records)
        )

    @property
    def is_due(self) -> bool:
        """Whether the finder has to run: nothing is known, or certain groups are not joined."""
        return self.found is None or self.due > 0

    def groups(self, mode: Mode) -> Sequence[Group]:
        """Return what can be looked at in a mode."""
        if mode is Mode.LINKED:
            return self._linked
        if mode is Mode.DIFFERENT:
            return self._apart
        if mode is Mode.PROPOSED:
            return self._proposed
        if mode is Mode.PICKED:
            return (self.picked,) if self._is_picked() else ()
        if mode is Mode.ASK:
            return () if self.is_due else self.remaining.open
        joined = self._joined.get(mode, [])
        if self.only_run and mode is Mode.CERTAIN:
            return [one for one in joined if one.run == self.only_run]
        return joined

    def _is_picked(self) -> bool:
        """Whether what was put side by side is not one unit by now."""
        unit = self._membership.get
        return len({unit(uid, uid) for uid in self.picked.units}) > 1

    def count(self, mode: Mode) -> int:
        """Count them, the joins of all runs."""
        if mode is Mode.RUNS:
            return len(self.runs)
        return len(self._joined[mode] if mode in self._joined else self.groups(mode))

    def side(self, group: Group) -> Side:
        """Return one of them as columns."""
        match group:
            case Question():
                return question_side(self._project, group, self._membership)
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
