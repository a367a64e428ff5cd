"""The warn lines over a comparison: what became of it since, in words a level allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from screener.consensus.context import Change
from screener.model import Discrepancy, DiscrepancyKind
from screener.model.words import listed
from ui.consensus.reveal import Level, verdict_words


def day(time: str) -> str:
    """Return an ISO time as it is shown: "21 May, 20:14"; as it stands when it is none."""
    try:
        when = datetime.fromisoformat(time)
    except ValueError:
        return time
    words = f"{when.day} {when:%B}"
    if when.year != datetime.now().astimezone().year:
        words += f" {when.year}"
    return f"{words}, {when:%H:%M}"


def warning(
    found: Discrepancy,
    level: Level,
    names: Mapping[str, str],
    since: Sequence[Change],
    waited_for: Sequence[str] = (),
) -> str:
    """Return the warn line over a comparison, or "" where there is none to show."""
    if level is Level.RECORD or found.state != "open":
        return ""
    if found.kind is DiscrepancyKind.REOPENED:
        return _reopened(found, level, names, since)
    if found.kind is DiscrepancyKind.CONSENSUS_CONFLICT:
        return "Two meetings settled this differently. Settle it once more."
    if found.kind is DiscrepancyKind.SELF:
        return _self(found, level, names)
    if found.kind is DiscrepancyKind.MISSING:
        return _missing(level, names, waited_for)
    return ""


def _reopened(
    found: Discrepancy, level: Level, names: Mapping[str, str], since: Sequence[Change]
) -> str:
    told = [_told(change, names, level) for change in since]
    after = f"after this was settled: {verdict_words(found.consensus[0].value)}."
    if not told:
        return f"The decisions changed {after}"
    return f"{'; '.join(told)}, {after}"


def _told(change: Change, names: Mapping[str, str], level: Level) -> str:
    person = "A reviewer"
    if level >= Level.NAMES:
        person = names.get(change.reviewer, change.reviewer)
    before, now = verdict_words(change.before), verdict_words(change.now)
    if not now:
        told = f"{person} took the decision ({before}) back"
    elif not before:
        told = f"{person} decided {now}"
    else:
        told = f"{person} changed {before} to {now}"
    # The time of a change would tell whose it is.
    return f"{told} on {day(change.time)}" if change.time and level >= Level.NAMES else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one meeting settled, as far as a level shows it: verdict and reason, who, and why."""

    verdict: str
    words: str
    who: str = ""
    why: str = ""


def settlements(
    found: Discrepancy, level: Level, reasons: Callable[[str], str]
) -> list[Settlement]:
    """Return what each meeting settled where two settled a unit differently; else nothing.

    `reasons` writes a reason by its id.
    """
    if found.kind is not DiscrepancyKind.CONSENSUS_CONFLICT or level is Level.RECORD:
        return []
    told = []
    for agreed in found.consensus:
        words = verdict_words(agreed.value)
        if level is Level.EVERYTHING and agreed.reason:
            words += f", {reasons(agreed.reason)}"
        named = level >= Level.NAMES and bool(agreed.by)
        told.append(
            Settlement(
                verdict=agreed.value,
                words=words[:1].upper() + words[1:],
                who=f"{listed(agreed.by)}, {day(agreed.time)}" if named else "",
                why=f"“{agreed.why}”" if level is Level.EVERYTHING and agreed.why else "",
            )
        )
    return told


def _self(found: Discrepancy, level: Level, names: Mapping[str, str]) -> str:
    counted: dict[str, list[str]] = {}
    for decision in found.decisions:
        counted.setdefault(decision.reviewer, []).append(verdict_words(decision.verdict))
    twice = [who for who, verdicts in counted.items() if len(verdicts) > 1]
    person = "One reviewer"
    if level >= Level.NAMES:
        person = listed([names.get(who, who) for who in twice])
    where = "in two copies of one file or on records that were joined"
    return f"{person} decided this twice, differently, {where}."


def _missing(level: Level, names: Mapping[str, str], waited_for: Sequence[str]) -> str:
    if level < Level.NAMES or not waited_for:
        return "A decision is missing here: not everybody decided before closing."
    who = listed([names.get(r, r) for r in waited_for])
    has = "has" if len(waited_for) == 1 else "have"
    return f"{who} {has} not decided this."
