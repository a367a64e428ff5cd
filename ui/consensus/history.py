"""The warn lines over a comparison: what became of it since, in words a level allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from screener.consensus.context import Change
from screener.consensus.reveal import Level, changed
from screener.model import Discrepancy, DiscrepancyKind
from screener.model.step import Recorded
from screener.model.words import listed
from ui.consensus.painter import Painter
from ui.consensus.times import day


def warning(
    found: Discrepancy,
    level: Level,
    painter: Painter,
    since: Sequence[Change],
    waited_for: Sequence[str] = (),
) -> str:
    """Return the warn line over a comparison, or "" where there is none to show."""
    if level is Level.RECORD or found.state != "open":
        return ""
    if found.kind is DiscrepancyKind.REOPENED:
        return _reopened(found, level, painter, since)
    if found.kind is DiscrepancyKind.CONSENSUS_CONFLICT:
        return "Two meetings settled this differently. Settle it once more."
    if found.kind is DiscrepancyKind.SELF:
        return _self(found, level, painter)
    if found.kind is DiscrepancyKind.MISSING:
        return _missing(level, painter, waited_for)
    return ""


def _reopened(found: Discrepancy, level: Level, painter: Painter, since: Sequence[Change]) -> str:
    told = [_told(change, painter, level) for change in since]
    after = f"after this was settled: {painter.agreed(found.consensus[0])}."
    if not told:
        return f"The {painter.noun}s changed {after}"
    return f"{'; '.join(told)}, {after}"


def _told(change: Change, painter: Painter, level: Level) -> str:
    person = painter.name(change.reviewer) if level >= Level.NAMES else "A reviewer"
    told = changed(change, person, painter.noun, painter.did)
    # The time of a change would tell whose it is.
    return f"{told} on {day(change.time)}" if change.time and level >= Level.NAMES else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one meeting settled, as far as a level shows it: in words, who, and why.

    `verdict` is the outcome of a screening step, which has a mark.
    """

    verdict: str
    words: str
    who: str = ""
    why: str = ""


def settlements(found: Discrepancy, level: Level, painter: Painter) -> list[Settlement]:
    """Return what each meeting settled where two settled an item differently; else nothing."""
    if found.kind is not DiscrepancyKind.CONSENSUS_CONFLICT or level is Level.RECORD:
        return []
    told = []
    for agreed in found.consensus:
        words = painter.agreed(agreed, level)
        named = level >= Level.NAMES and bool(agreed.by)
        told.append(
            Settlement(
                verdict="" if painter.names_items else agreed.value,
                words=words[:1].upper() + words[1:],
                who=f"{listed(agreed.by)}, {day(agreed.time)}" if named else "",
                why=f"“{agreed.why}”" if level is Level.EVERYTHING and agreed.why else "",
            )
        )
    return told


def _self(found: Discrepancy, level: Level, painter: Painter) -> str:
    every: Sequence[Recorded] = (*found.decisions, *found.answers)
    counted = Counter(one.reviewer for one in every)
    person = "One reviewer"
    if level >= Level.NAMES:
        person = listed([painter.name(who) for who, times in counted.items() if times > 1])
    where = "in two copies of one file or on records that were joined"
    return f"{person} {painter.did} this twice, differently, {where}."


def _missing(level: Level, painter: Painter, waited_for: Sequence[str]) -> str:
    if level < Level.NAMES or not waited_for:
        start = f"{'An' if painter.noun[0] in 'aeiou' else 'A'} {painter.noun}"
        return f"{start} is missing here: not everybody {painter.did} before closing."
    who = listed([painter.name(reviewer) for reviewer in waited_for])
    has = "has" if len(waited_for) == 1 else "have"
    return f"{who} {has} not {painter.did} this."
