"""The meeting: its list, its reveal level, who is there, and what is settled; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener import Project
from screener.consensus.context import Change
from screener.model import (
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Mode,
    Outcome,
    Stage,
    State,
    UserError,
    folded_name,
)
from screener.model.words import listed
from screener.screening.rules import outcome_of, outcome_of_doubt, proposed_reason
from ui.consensus.reveal import KIND_WORDS, Level


class Filter(StrEnum):
    """Which discrepancies the list shows; the words are shown as they stand."""

    OPEN = "To settle"
    SETTLED = "Settled"
    ALL = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One kind of discrepancy in the list; without a heading where the level hides kinds."""

    heading: str
    items: tuple[State, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What would be settled: an outcome, its reason, and words that are usual for it."""

    outcome: Outcome
    reason: str = ""
    phrase: str = ""


NEEDS_FULL_TEXT = "needs full text"
_KEPT = 500
"""So many items are kept as they were read; the rest is read again when it is shown."""


class Meeting:
    """The discrepancies of one stage and how the meeting looks at them."""

    def __init__(self, project: Project, stage: Stage) -> None:
        self._project = project
        self.stage = stage
        self.filter = Filter.OPEN
        self.search = ""
        self.arbitrator = ""
        self.asked = False
        self._warned: tuple[str, Choice] | None = None  # what would overturn, and was told
        self._states: dict[str, State] = {}
        self._numbers: dict[str, int] = {}
        self._read: dict[str, Discrepancy] = {}
        self._unlisted: set[str] | None = None
        self._haystacks: dict[str, str] = {}
        self._grouped: tuple[object, list[Group]] | None = None
        self.level = self._recorded = Level(project.consensus.revealed())
        self.reload()

    # --- what there is ---------------------------------------------------------------------------

    @property
    def visible(self) -> bool:
        """Whether anything of the stage may be seen here."""
        return self._visible

    def reload(self) -> None:
        """Read everything anew."""
        consensus = self._project.consensus
        self.follow_level()
        self.protocol = self._project.protocol.current
        self.names: dict[str, str] = {r.id: r.name for r in consensus.reviewers()}
        self._numbers = {str(unit): number for unit, number in self._project.units.numbered()}
        self._haystacks.clear()
        self._read.clear()
        self._states.clear()
        self._unlisted = None
        self._take_states(None)

    def refresh(self, records: Iterable[str]) -> None:
        """Read the records that changed."""
        units = {str(self._project.units.of_record(record)) for record in records}
        if self._unlisted is not None:
            self._unlisted |= units
        for unit in units:
            self._read.pop(unit, None)
            self._states.pop(unit, None)
        self._take_states(units)

    def _take_states(self, units: Collection[str] | None) -> None:
        consensus = self._project.consensus
        self._grouped = None
        self._visible = consensus.visible(self.stage)
        self._hidden = consensus.hidden(self.stage)
        found = consensus.differing(self.stage, only=units) if self._visible else []
        self._states |= {state.subject: state for state in found}

    def state(self, unit: str) -> State | None:
        """Return where one discrepancy stands, by its unit, or None; nothing of it is read."""
        return self._states.get(unit)

    def item(self, unit: str) -> Discrepancy | None:
        """Return one discrepancy with record and decisions, by its unit, or None."""
        return self.read([unit]).get(unit)

    def read(self, units: Iterable[str]) -> dict[str, Discrepancy]:
        """Return some discrepancies with records and decisions, by their units."""
        wanted = [unit for unit in units if unit in self._states]
        missing = [unit for unit in wanted if unit not in self._read]
        if missing:
            fresh = self._project.consensus.discrepancies(self.stage, only=missing)
            self._read |= {str(one.unit.id): one for one in fresh}
        found = {unit: self._read[unit] for unit in wanted}
        for unit in list(self._read)[: max(0, len(self._read) - _KEPT)]:
            del self._read[unit]
        return found

    @property
    def settled(self) -> int:
        """How many are settled."""
        return sum(not state.open for state in self._states.values())

    @property
    def all(self) -> int:
        """How many there are, settled or not."""
        return len(self._states)

    @property
    def hidden(self) -> int:
        """How many units are hidden, because not everybody has closed them."""
        return self._hidden

    # --- the list --------------------------------------------------------------------------------

    def to_list_again(self) -> set[str] | None:
        """Return the units that changed since this was asked last; None for all of them."""
        found, self._unlisted = self._unlisted, set()
        return found

    def counts(self) -> dict[Filter, int]:
        """Return how many each filter shows."""
        return {
            Filter.OPEN: self.all - self.settled,
            Filter.SETTLED: self.settled,
            Filter.ALL: self.all,
        }

    def groups(self) -> list[Group]:
        """Return the list as filter, search and level have it."""
        wanted = (self.filter, self.search, self.level)
        if self._grouped is None or self._grouped[0] != wanted:
            self._grouped = (wanted, self._group())
        return self._grouped[1]

    def _group(self) -> list[Group]:
        shown = [state for state in self._states.values() if self._filtered(state)]
        if self.search.strip():
            hits = self._searched([state.subject for state in shown])
            shown = [state for state in shown if state.subject in hits]
        shown.sort(key=lambda state: self._numbers.get(state.subject, 0))
        if self.level is Level.RECORD:
            return [Group(heading="", items=tuple(shown))] if shown else []
        groups = []
        for kind in DiscrepancyKind:
            items = tuple(state for state in shown if state.kind is kind)
            if items:
                groups.append(Group(heading=KIND_WORDS[kind], items=items))
        return groups

    def order(self) -> list[str]:
        """Return the units of the list from top to bottom."""
        return [state.subject for group in self.groups() for state in group.items]

    def place(self, unit: str) -> tuple[str, int, int]:
        """Return a unit's heading, its place under it (from 1), and how many stand there."""
        for group in self.groups():
            for at, found in enumerate(group.items, 1):
                if found.subject == unit:
                    return group.heading or "Record", at, len(group.items)
        return "", 0, 0

    def following(self, order: Sequence[str], unit: str, *, around: bool = False) -> str:
        """Return the item after a unit in an order that still waits; "" when none does.

        After the last comes the nearest before it, or going `around` the first.
        """
        at = order.index(unit) if unit in order else -1
        before = list(order[: max(at, 0)])
        rest = [*order[at + 1 :], *(before if around else reversed(before))]
        waiting = (u for u in rest if u in self._states and self._states[u].open)
        return next(waiting, "")

    def _filtered(self, state: State) -> bool:
        return self.filter is Filter.ALL or state.open is (self.filter is Filter.OPEN)

    def prepare_search(self) -> None:
        """Read what the search looks through; thousands of records take longer than a key may."""
        self._searched(list(self._states))

    def _searched(self, units: Sequence[str]) -> set[str]:
        """Return those of the units whose record has every word that is searched for."""
        for unit in self._project.units.load(u for u in units if u not in self._haystacks):
            f = unit.fields
            year = str(f.year or "")
            parts = (str(unit.number), f.title, *f.authors, f.journal, year, f.abstract)
            self._haystacks[unit.id] = "\n".join(parts).casefold()
        words = self.search.casefold().split()
        return {u for u in units if all(word in self._haystacks.get(u, "") for word in words)}

    # --- one item --------------------------------------------------------------------------------

    def since(self, found: Discrepancy) -> list[Change]:
        """Return what became of the decisions since a unit was settled that is open again."""
        if found.kind is not DiscrepancyKind.REOPENED:
            return []
        return self._project.consensus.context.changed_since(found)

    def waited_for(self, found: Discrepancy) -> list[str]:
        """Return the ids of those who closed without deciding a unit whose decision is missing."""
        if found.kind is not DiscrepancyKind.MISSING:
            return []
        missing = self._project.consensus.context.undecided(str(found.unit.id), self.stage)
        return [str(reviewer.id) for reviewer in missing]

    def proposed(self, found: Discrepancy) -> Choice | None:
        """Return the outcome marked beforehand: at full text both exclude, the reason differs."""
        if found.kind is not DiscrepancyKind.REASON or found.state != "open":
            return None
        if self.level is not Level.EVERYTHING:
            return None
        reason = proposed_reason([d.reason for d in found.decisions], self.protocol)
        return Choice(outcome=Outcome.EXCLUDE, reason=reason)

    def taken(self, decision: Decision) -> Choice | None:
        """Return a reviewer's decision as an outcome; None for maybe, which settles nothing."""
        outcome = outcome_of(decision)
        if outcome is None:
            return None
        # Below level 3 the reason is not seen, so it is not taken either.
        reason = decision.reason if self.level is Level.EVERYTHING else ""
        return Choice(outcome=outcome, reason=reason)

    def needs_full_text(self) -> Choice:
        """Return the outcome for what cannot be judged yet, with the words that are usual."""
        phrase = NEEDS_FULL_TEXT if self.stage is Stage.TITLE_ABSTRACT else ""
        return Choice(outcome=outcome_of_doubt(self.stage), phrase=phrase)

    def phrases(self) -> list[str]:
        """Return the sentences used before, the most used first."""
        agreed = self._project.consensus.agreed(self.stage) if self._visible else {}
        used = Counter(c.why for found in agreed.values() for c in found)
        return [why for why, _ in used.most_common()]

    # --- what the meeting does -------------------------------------------------------------------

    def reveal(self, level: Level) -> None:
        """Show more or less from now on; looking writes nothing."""
        self.level = level

    def keep_level(self) -> None:
        """Record how much is shown: what is settled next is settled with that in view."""
        if self.level is not self._recorded:
            self._project.consensus.reveal(int(self.level))
            self._recorded = self.level

    def follow_level(self) -> bool:
        """Take over a level that was recorded elsewhere; says whether it is another one."""
        before, recorded = self.level, Level(self._project.consensus.revealed())
        if recorded is not self._recorded:
            self.level = self._recorded = recorded
        return self.level is not before

    def present(self) -> list[str]:
        """Return who is at the meeting."""
        return self._project.consensus.names_present()

    def set_present(self, names: Iterable[str]) -> list[str]:
        """Record who is at the meeting, and return them; asked once.

        `UserError` for a name that nobody of the review has.
        """
        wanted = [n.strip() for n in names if n.strip()]
        if wanted:
            self._project.consensus.present(wanted)
        self.asked = True
        self.arbitrator = ""
        return self.present()

    def set_arbitrator(self, name: str) -> None:
        """Have a third person decide from now on; "" gives the outcome back to the reviewers."""
        self.arbitrator = name.strip()
        self.asked = self.asked or bool(self.arbitrator)

    def who_words(self) -> str:
        """Say who agrees or decides, in few words."""
        if self.arbitrator:
            return f"{self.arbitrator} decides"
        names = self.present()
        firsts = [n.split()[0] for n in names if n.split()]
        short = firsts if len(set(firsts)) == len(firsts) else names
        return f"{listed(short)} {'agrees' if len(short) == 1 else 'agree'}"

    def settle(self, unit: str, choice: Choice, why: str) -> Consensus:
        """Record an outcome; `UserError` says what is still missing.

        What was agreed already is settled otherwise only where the level shows what that was.
        """
        consensus, overturn = self._project.consensus, self._overturns(unit, choice)
        if self.arbitrator and why.strip():
            self._add_arbitrator()
        self.keep_level()
        return consensus.resolve(
            unit,
            choice.outcome,
            step=self.stage,
            why=why,
            by=[self.arbitrator] if self.arbitrator else self.present(),
            reason=choice.reason,
            mode=Mode.ADJUDICATION if self.arbitrator else Mode.DISCUSSION,
            overturn=overturn,
        )

    def _overturns(self, unit: str, choice: Choice) -> bool:
        """Say whether something else was agreed; `UserError` when the level does not show it."""
        consensus, step = self._project.consensus, self.stage
        if not consensus.context.overturns(unit, choice.outcome, step=step, reason=choice.reason):
            return False
        state = self._states.get(unit)
        same = state is not None and state.outcome is choice.outcome
        if self.level < (Level.EVERYTHING if same else Level.DECISIONS):
            raise UserError(
                "Something else was agreed on this already, and it is not shown at this level; "
                "show more of the decisions before you settle it otherwise."
            )
        if self._warned != (unit, choice):
            self._warned = (unit, choice)
            agreed = consensus.state(unit, step).outcome
            raise UserError(
                f"What was agreed here is {agreed}; settle it once more to overturn that, which "
                "the report counts."
            )
        return True

    def _add_arbitrator(self) -> None:
        """Make the third person one of the review, unless somebody has that name."""
        consensus, wanted = self._project.consensus, folded_name(self.arbitrator)
        if all(folded_name(one.name) != wanted for one in consensus.people()):
            consensus.add_person(self.arbitrator, arbitrator=True)
