"""What a meeting may see of a discrepancy at each reveal level; no Qt and no storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from screener.model import (
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Element,
    Protocol,
    Verdict,
)

UNDECIDED = "none"


class Level(IntEnum):
    """How much the meeting sees; each level shows what the one before shows, and more."""

    RECORD = 0
    DECISIONS = 1
    NAMES = 2
    EVERYTHING = 3

    @property
    def words(self) -> str:
        """The word on the control."""
        return self.name.lower()


KIND_WORDS = {
    DiscrepancyKind.CONSENSUS_CONFLICT: "Settled twice, differently",
    DiscrepancyKind.REOPENED: "Re-opened",
    DiscrepancyKind.SELF: "One reviewer, two decisions",
    DiscrepancyKind.CONFLICT: "Conflict",
    DiscrepancyKind.REASON: "Reason differs",
    DiscrepancyKind.MAYBE: "Maybe",
    DiscrepancyKind.MISSING: "Decision missing",
    DiscrepancyKind.ROW: "Row in one form only",
    DiscrepancyKind.VALUE: "Value differs",
    DiscrepancyKind.RATING: "Rating differs",
    DiscrepancyKind.JUDGEMENT: "Judgement differs",
}
"""The headings of the meeting's list."""

_ORDER = ("include", "awaiting", "maybe", "exclude", UNDECIDED)
_NAMELESS = ("One reviewer", "The other")
_MORE = ("A third", "A fourth", "A fifth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the comparison: what a reviewer recorded (or nothing), or what was settled.

    Whatever the level hides is empty. `event` is that of what was recorded, to take it; `settled`
    marks what a meeting agreed, which is nobody's decision.
    """

    title: str
    note: str = ""
    time: str = ""
    event: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionColumn(Column):
    """A decision (or that there is none), or the outcome that was settled."""

    verdict: str
    reason: str = ""
    judgements: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


def columns(
    found: Discrepancy, level: Level, names: Mapping[str, str], waited_for: Sequence[str] = ()
) -> list[DecisionColumn]:
    """Return the columns of the comparison in the order they are shown; none at level 0.

    `names` are the reviewers' by id; `waited_for` the ids of those who have not decided. Below
    level 2 the order is include, maybe, exclude, so that the place tells nothing.
    """
    if level is Level.RECORD:
        return []
    here = {d.reviewer for d in found.decisions}
    shown = [_of_decision(d, level, names) for d in found.decisions]
    shown += [
        DecisionColumn(title=names.get(r, r), verdict=UNDECIDED)
        for r in waited_for
        if r not in here
    ]
    if level < Level.NAMES:
        shown = _nameless(shown, found.kind)
    if found.kind is DiscrepancyKind.CONSENSUS_CONFLICT:
        return shown  # what was settled stands in lines of its own, see history.settlements
    return [*shown, *(_of_consensus(c, level) for c in found.consensus)]


def _of_decision(decision: Decision, level: Level, names: Mapping[str, str]) -> DecisionColumn:
    title = names.get(decision.reviewer, decision.reviewer)
    if level < Level.EVERYTHING:
        return DecisionColumn(title=title, verdict=str(decision.verdict), event=decision.event)
    return DecisionColumn(
        title=title,
        verdict=str(decision.verdict),
        reason=decision.reason,
        judgements={k: str(v) for k, v in decision.judgements.items()},
        note=decision.note,
        time=decision.time,
        version=decision.protocol,
        event=decision.event,
    )


def _nameless(shown: list[DecisionColumn], kind: DiscrepancyKind) -> list[DecisionColumn]:
    ordered = sorted(shown, key=lambda c: (_ORDER.index(c.verdict), c.event))
    return [
        DecisionColumn(title=nameless(kind, place), verdict=c.verdict, event=c.event)
        for place, c in enumerate(ordered)
    ]


def nameless(kind: DiscrepancyKind, place: int, noun: str = "decision") -> str:
    """Return the title of a column where names are not shown, by its place from the left."""
    titles = (f"One {noun}", "Another") if kind is DiscrepancyKind.SELF else _NAMELESS
    return [*titles, *_MORE][min(place, 4)]


def _of_consensus(agreed: Consensus, level: Level) -> DecisionColumn:
    everything = level is Level.EVERYTHING
    return DecisionColumn(
        title="Settled",
        verdict=agreed.value,
        reason=agreed.reason if everything else "",
        note=agreed.why if everything else "",
        time=agreed.time if everything else "",
        settled=True,
    )


def signs(found: Discrepancy, level: Level) -> tuple[str, ...]:
    """Return the verdict marks of a line in the list, in an order that the level allows."""
    if level is Level.RECORD:
        return ()
    verdicts = [str(v) for v in found.verdicts]
    if found.kind is DiscrepancyKind.MISSING:
        verdicts.append(UNDECIDED)
    if level < Level.NAMES:
        verdicts.sort(key=_ORDER.index)
    return tuple(verdicts)


def elements(found: Discrepancy, level: Level, protocol: Protocol) -> tuple[str, ...]:
    """Return the names of what is in dispute, in protocol order; nothing below level 3."""
    if level < Level.EVERYTHING:
        return ()
    return tuple(protocol.reason_text(id_) for id_ in found.elements)


def highlighted(found: Discrepancy, level: Level, protocol: Protocol) -> frozenset[str] | None:
    """Return the elements whose words are marked in the record; None for those of all.

    Only at level 3 the words are narrowed to the dispute: below it, the choice would tell.
    """
    if level < Level.EVERYTHING:
        return None
    criteria = [protocol.criterion(id_) for id_ in found.elements]
    disputed = frozenset(str(c.element) for c in criteria if c is not None)
    return disputed - {str(Element.OTHER)} or None


def differ_words(found: Discrepancy, level: Level, protocol: Protocol, *, third: bool) -> str:
    """Return the quiet words beside an item's heading; `third`: a third person decides."""
    if level is Level.RECORD:
        return "the record only"
    if level is Level.DECISIONS:
        return "adjudication, without names" if third else "without names"
    named = elements(found, level, protocol)
    if not named:
        return ""
    first, rest = named[0], len(named) - 1
    more = f" and {rest} more" if rest else ""
    return f"they differ on {first}{more}"


def verdict_words(verdict: str) -> str:
    """Return a verdict or outcome as a person reads it."""
    return {
        UNDECIDED: "no decision",
        "awaiting": "awaiting classification",
    }.get(verdict, verdict)


def is_real(verdict: str) -> bool:
    """Say whether somebody decided at all."""
    return verdict in (Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE)
