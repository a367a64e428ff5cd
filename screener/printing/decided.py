"""Decisions on a record as rows of an item, as far as a reveal level allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.consensus.reveal import ORDER, UNDECIDED, Level, nameless, verdict_words
from screener.model import Criterion, Decision, Discrepancy, DiscrepancyKind
from screener.printing import document as d
from screener.printing.meeting import Meeting

MOST = 3
"""So many reviewers have a column each; more stand below one another."""
_JUDGED = {"met": "met", "not-met": "not met", "unclear": "unclear"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one reviewer recorded, under what they are called; None where that is missing."""

    head: str
    decision: Decision | None

    @property
    def verdict(self) -> str:
        """The verdict, or that there is none."""
        return str(self.decision.verdict) if self.decision else UNDECIDED


def columns(meeting: Meeting, found: Discrepancy) -> list[Column]:
    """Return the columns of an item; none where only the record is shown.

    Below the level of names they stand in the order of the verdicts, so that the place tells
    nothing.
    """
    if meeting.level is Level.RECORD:
        return []
    every = [Column(head=meeting.name(one.reviewer), decision=one) for one in found.decisions]
    if found.kind is DiscrepancyKind.MISSING:
        waited = meeting.consensus.context.undecided(found.subject, found.step, found.item)
        every += [Column(head=one.name, decision=None) for one in waited]
    if meeting.level >= Level.NAMES:
        return every
    alone = found.kind is DiscrepancyKind.SELF
    twice = ("One decision", "Another")
    return [
        Column(
            head=twice[place] if alone and place < len(twice) else nameless(place),
            decision=one.decision,
        )
        for place, one in enumerate(sorted(every, key=_by_verdict))
    ]


def _by_verdict(column: Column) -> tuple[int, str]:
    return ORDER.index(column.verdict), column.decision.event if column.decision else ""


def heads(shown: Sequence[Column]) -> tuple[str, ...]:
    """Return what stands over the columns, where there are few enough of them."""
    return tuple(one.head for one in shown) if len(shown) <= MOST else ()


def rows(meeting: Meeting, found: Discrepancy, shown: Sequence[Column]) -> Iterator[d.Row]:
    """Yield who decided what, and where everything is seen what in dispute and why."""
    if not shown:
        return
    everything = meeting.level is Level.EVERYTHING
    yield _across("Decision", shown, [_verdict(meeting, one, reason=everything) for one in shown])
    if everything:
        yield from _disputes(meeting, found, shown)
        notes = [d.words(one.decision.note if one.decision else "") for one in shown]
        if any(notes):
            yield _across("Notes", shown, notes, serif=True)
        versions = [one.decision.protocol if one.decision else 0 for one in shown]
        if any(one and one != meeting.protocol.version for one in versions):
            told = [d.words(f"version {one}" if one else "") for one in versions]
            yield _across("Protocol then", shown, told)
    if meeting.level >= Level.NAMES and any(one.decision and one.decision.flagged for one in shown):
        flags = [d.words("for the meeting" if _flagged(one) else "") for one in shown]
        yield _across("Flagged", shown, flags)


def _flagged(column: Column) -> bool:
    return column.decision is not None and column.decision.flagged


def _verdict(meeting: Meeting, column: Column, *, reason: bool) -> d.Words:
    words = verdict_words(column.verdict)
    mark = column.verdict if column.verdict in d.SIGNS else ""
    given = column.decision.reason if column.decision and reason else ""
    more = f"\u00a0\u00a0 {meeting.reason(given)}" if given else ""
    return d.words(d.Run(words, strong=bool(column.decision), mark=mark), more)


def _disputes(meeting: Meeting, found: Discrepancy, shown: Sequence[Column]) -> Iterator[d.Row]:
    """Yield each criterion they differ on, in the protocol's order, with its wording."""
    for id_ in found.elements:
        judged = _across("", shown, [_judged(id_, one) for one in shown])
        criterion = meeting.protocol.criterion(id_)
        text = wording(meeting, criterion) if criterion else ""
        said = (d.Said(label="", words=d.words(text), serif=True),) if text else ()
        yield d.Dispute(label=meeting.protocol.reason_text(id_), rows=(judged, *said))


def _judged(criterion: str, column: Column) -> d.Words:
    if column.decision is None:
        return d.words(d.Run("no decision", quiet=True))
    word = str(column.decision.judgements.get(criterion, ""))
    if word:
        return d.words(d.Run(_JUDGED[word], strong=True, mark=word))
    given = column.decision.reason == criterion
    return d.words("the reason to exclude" if given else d.Run("not judged", quiet=True))


def wording(meeting: Meeting, criterion: Criterion) -> str:
    """Return a criterion as the protocol in force has it."""
    number = next(one.number for one in meeting.protocol.reasons if one.id == criterion.id)
    parts = []
    if criterion.include:
        parts.append(f"include: {criterion.include.rstrip('.')}.")
    if criterion.exclude:
        parts.append(f"Not: {criterion.exclude.rstrip('.')}.")
    return f"Criterion {number}, {' '.join(parts)}" if parts else ""


def _across(
    label: str, shown: Sequence[Column], cells: Sequence[d.Words], *, serif: bool = False
) -> d.Cells | d.Said:
    """Put what each says beside one another, or where they are many below one another."""
    if len(shown) <= MOST:
        return d.Cells(label=label, cells=tuple(cells), serif=serif)
    return d.Said(label=label, words=stacked([one.head for one in shown], cells), serif=serif)


def stacked(named: Sequence[str], cells: Sequence[d.Words]) -> d.Words:
    """Return what each says in lines, with who says it; nothing of who says nothing."""
    lines: list[d.Run] = []
    for who, said in zip(named, cells, strict=True):
        if said:
            lines += [d.Run("\n")] if lines else []
            lines += [d.Run(f"{who}: ", quiet=True), *said]
    return tuple(lines)
