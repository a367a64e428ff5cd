"""The meeting: its list, its reveal level, who is there, and what is settled; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener import Project
from screener.consensus.standing import ReviewerStanding
from screener.model import (
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Mode,
    Outcome,
    Stage,
    Verdict,
)
from ui.consensus.history import Step, and_words
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
    items: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What would be settled: an outcome, its reason, and words that are usual for it."""

    outcome: Outcome
    reason: str = ""
    phrase: str = ""


NEEDS_FULL_TEXT = "needs full text"
_FEW = 20
"""So many changed units are read one by one; after more the list is read anew."""


class Meeting:
    """The discrepancies of one stage and how the meeting looks at them."""

    def __init__(self, project: Project, stage: Stage) -> None:
        self._project = project
        self.stage = stage
        self.filter = Filter.OPEN
        self.search = ""
        self.arbitrator = ""
        self.asked = False
        self._found: dict[str, Discrepancy] = {}
        self._haystacks: dict[str, str] = {}
        self._grouped: tuple[object, list[Group]] | None = None
        self.level = Level.EVERYTHING
        self.reload()

    # --- what there is ---------------------------------------------------------------------------

    @property
    def visible(self) -> bool:
        """Whether the stage's decisions may be seen here."""
        return self._visible

    def reload(self) -> None:
        """Read everything anew."""
        consensus = self._project.consensus
        self._visible = consensus.visible(self.stage)
        self.level = Level(consensus.revealed())
        self.protocol = self._project.protocol.current
        self.names: dict[str, str] = {r.id: r.name for r in consensus.reviewers()}
        self._haystacks.clear()
        self._grouped = None
        self._standing: tuple[ReviewerStanding, ...] | None = None
        self._found = {}
        if self._visible:
            self._found = {d.unit.id: d for d in consensus.discrepancies(self.stage)}

    def refresh(self, units: Iterable[str]) -> None:
        """Read the units that changed; the rest stays as it is."""
        changed = list(units)
        if not self._visible or not changed or len(changed) > _FEW:
            self.reload()
            return
        self._grouped = None
        fresh = self._project.consensus.discrepancies(self.stage, only=changed)
        for unit in changed:
            self._found.pop(unit, None)
        for one in fresh:
            self._found[one.unit.id] = one

    def item(self, unit: str) -> Discrepancy | None:
        """Return one discrepancy by its unit, or None."""
        return self._found.get(unit)

    @property
    def settled(self) -> int:
        """How many are settled."""
        return sum(d.state != "open" for d in self._found.values())

    @property
    def all(self) -> int:
        """How many there are, settled or not."""
        return len(self._found)

    # --- the list --------------------------------------------------------------------------------

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
        shown = [d for d in self._found.values() if self._wanted(d)]
        shown.sort(key=lambda d: d.unit.number)
        if self.level is Level.RECORD:
            return [Group(heading="", items=tuple(shown))] if shown else []
        groups = []
        for kind in DiscrepancyKind:
            items = tuple(d for d in shown if d.kind is kind)
            if items:
                groups.append(Group(heading=KIND_WORDS[kind], items=items))
        return groups

    def order(self) -> list[str]:
        """Return the units of the list from top to bottom."""
        return [d.unit.id for group in self.groups() for d in group.items]

    def place(self, unit: str) -> tuple[str, int, int]:
        """Return a unit's heading, its place under it (from 1), and how many stand there."""
        for group in self.groups():
            for at, found in enumerate(group.items, 1):
                if found.unit.id == unit:
                    return group.heading or "Record", at, len(group.items)
        return "", 0, 0

    def following(self, order: Sequence[str], unit: str, *, around: bool = False) -> str:
        """Return the item after a unit in an order that still waits; "" when none does.

        After the last comes the nearest before it, or going `around` the first.
        """
        at = order.index(unit) if unit in order else -1
        before = list(order[: max(at, 0)])
        rest = [*order[at + 1 :], *(before if around else reversed(before))]
        waiting = (u for u in rest if u in self._found and self._found[u].state == "open")
        return next(waiting, "")

    def _wanted(self, found: Discrepancy) -> bool:
        if self.filter is Filter.OPEN and found.state != "open":
            return False
        if self.filter is Filter.SETTLED and found.state == "open":
            return False
        words = self.search.casefold().split()
        return not words or all(word in self._haystack(found) for word in words)

    def _haystack(self, found: Discrepancy) -> str:
        unit = found.unit
        if unit.id not in self._haystacks:
            f = unit.fields
            year = str(f.year or "")
            parts = (str(unit.number), f.title, *f.authors, f.journal, year, f.abstract)
            self._haystacks[unit.id] = "\n".join(parts).casefold()
        return self._haystacks[unit.id]

    # --- one item --------------------------------------------------------------------------------

    def steps(self, found: Discrepancy) -> list[Step]:
        """Return the decisions in a unit's history at this stage, in their order."""
        steps = self._project.history(str(found.unit.id))
        return [s for s in steps if s.event.kind == "decision" and s.event.stage == self.stage]

    def waited_for(self, found: Discrepancy) -> list[str]:
        """Return who closed the stage without deciding a unit whose decision is missing."""
        if found.kind is not DiscrepancyKind.MISSING:
            return []
        if self._standing is None:  # costs a sweep over all units, so once per reading
            self._standing = self._project.consensus.standing(self.stage).reviewers
        decided = {d.reviewer for d in found.decisions}
        missing = [r for r in self._standing if r.reviewer.id not in decided]
        return [r.reviewer.id for r in missing if r.closed] or [r.reviewer.id for r in missing]

    def proposed(self, found: Discrepancy) -> Choice | None:
        """Return the outcome marked beforehand: at full text both exclude, the reason differs."""
        if found.kind is not DiscrepancyKind.REASON or found.state != "open":
            return None
        if self.level is not Level.EVERYTHING:
            return None
        reason = self._project.consensus.proposed_reason(found)
        return Choice(outcome=Outcome.EXCLUDE, reason=reason)

    def taken(self, decision: Decision) -> Choice | None:
        """Return a reviewer's decision as an outcome; None for maybe, which settles nothing."""
        if decision.verdict is Verdict.MAYBE:
            return None
        # Below level 3 the reason is not seen, so it is not taken either.
        reason = decision.reason if self.level is Level.EVERYTHING else ""
        return Choice(outcome=Outcome(decision.verdict), reason=reason)

    def needs_full_text(self) -> Choice:
        """Return the outcome for what cannot be judged yet: go on, or at full text wait."""
        if self.stage is Stage.TITLE_ABSTRACT:
            return Choice(outcome=Outcome.INCLUDE, phrase=NEEDS_FULL_TEXT)
        return Choice(outcome=Outcome.AWAITING)

    def phrases(self) -> list[str]:
        """Return the sentences used before, the most used first."""
        agreed = self._project.consensus.agreed(self.stage) if self._visible else {}
        used = Counter(c.why for found in agreed.values() for c in found)
        return [why for why, _ in used.most_common()]

    # --- what the meeting does -------------------------------------------------------------------

    def reveal(self, level: Level) -> None:
        """Show more or less from now on; recorded."""
        if level is not self.level:
            self._project.consensus.reveal(int(level))
            self.level = level

    def present(self) -> list[str]:
        """Return who is at the meeting."""
        return self._project.consensus.names_present()

    def set_present(self, names: Iterable[str]) -> None:
        """Record who is at the meeting; asked once."""
        wanted = [n.strip() for n in names if n.strip()]
        if wanted:
            self._project.consensus.present(wanted)
        self.asked = True
        self.arbitrator = ""

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
        return f"{and_words(short)} {'agrees' if len(short) == 1 else 'agree'}"

    def settle(self, unit: str, choice: Choice, why: str) -> Consensus:
        """Record an outcome; `UserError` says what is still missing."""
        by = [self.arbitrator] if self.arbitrator else self.present()
        mode = Mode.ADJUDICATION if self.arbitrator else Mode.DISCUSSION
        return self._project.consensus.resolve(
            unit,
            choice.outcome,
            step=self.stage,
            why=why,
            by=by,
            reason=choice.reason,
            mode=mode,
        )
