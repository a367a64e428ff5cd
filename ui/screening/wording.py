"""The sentences of the screening page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screener.duplicates import notices
from screener.duplicates.notices import Notice
from screener.model import FIELD_WORDS, Decision, Protocol, Stage, Unit, Verdict, moments
from screener.model.gathering import gathered
from screener.model.moments import local
from screener.model.words import listed, noun
from screener.sources.proposals import Proposed

CLOSED = {
    Stage.TITLE_ABSTRACT: (("record", "records"), "screen"),
    Stage.FULL_TEXT: (("report", "reports"), "assess"),
}
"""What comes to a stage after it was closed, and what is done with it."""
HIDDEN = "Authors, journal and year are hidden."
_DONE = {Verdict.INCLUDE: "Included", Verdict.MAYBE: "Maybe", Verdict.EXCLUDE: "Excluded"}


def remark(
    unit: Unit,
    changed: Sequence[str],
    notice: Notice | None = None,
    *,
    corrected: bool = False,
) -> str:
    """Return the one quiet line under the byline; "" when there is nothing to say."""
    parts = []
    if notice is not None:
        parts.append(notices.words(notice).rstrip("."))
    if changed:
        parts.append(f"Criteria changed since your decision: {', '.join(changed)}")
    if corrected:
        parts.append("The record was corrected since your decision")
    if len(unit.sources) > 1:
        names = ", ".join(dict.fromkeys(s.source for s in unit.sources))
        parts.append(f"Found in {len(unit.sources)} sources: {names}")
    elif len(unit.members) > 1:
        parts.append(f"Found {len(unit.members)} times in one source")
    return "  ·  ".join(parts)


def proposal(other: Unit, key: str) -> str:
    """Return the quiet line of a record that was proposed as the same report as another one."""
    words = f"You proposed this as the same report as record {number(other.number)}"
    if other.fields.title:
        words += f", {quoted(other)}"
    return f"{words}. {key} changes it or takes it back." if key else f"{words}."


def corrections(found: Sequence[Proposed], key: str) -> str:
    """Return the quiet line of a record for which the reviewer proposed other values."""
    said = listed([f"{FIELD_WORDS[one.field].lower()} “{_short(one.value)}”" for one in found])
    since = "; the record was changed since" if any(one.changed for one in found) else ""
    words = f"You proposed: {said}{since}"
    return f"{words}. {key} changes it or takes it back." if key else f"{words}."


def _short(text: str) -> str:
    whole = " ".join(text.split()).rstrip(".")
    return whole if len(whole) <= _SHORT else f"{whole[:_SHORT].rstrip()}…"


_SHORT = 60  # characters of what is proposed for a field

NO_ABSTRACT = "No abstract. That alone is no reason to exclude."


def quoted(unit: Unit) -> str:
    """Return a record's title in quotation marks, or its number when it has none."""
    return f"“{unit.fields.title}”" if unit.fields.title else f"record {unit.number}"


def reason(id_: str, protocol: Protocol) -> str:
    """Return a reason with its number: "2 Interventions"."""
    for found in protocol.reasons:
        if found.id == id_:
            return f"{found.number} {found.text}"
    return protocol.reason_text(id_)


def decided(decision: Decision, protocol: Protocol) -> str:
    """Return what was decided, for the echo line."""
    return decided_words(decision.verdict, decision.reason, protocol)


def decided_words(verdict: Verdict, given: str, protocol: Protocol) -> str:
    """Return what was decided with which reason: "Excluded, 2 Interventions"."""
    words = _DONE[verdict]
    return f"{words}, {reason(given, protocol)}" if given else words


_BRIEF = 36  # characters of each title where several are named in one line


def together(said: Sequence[tuple[str, Unit]]) -> str:
    """Return in one sentence what was done on several records, by title or, of many, by number."""
    if len(said) == 1:
        return f"{said[0][0]}: {quoted(said[0][1])}"
    if len(said) == 2:
        return "  ·  ".join(f"{words}: {_brief(unit)}" for words, unit in said)
    numbers = gathered((words, number(unit.number)) for words, unit in said)
    return "  ·  ".join(
        f"{words}: {noun(len(which), 'record')} {listed(which)}" for words, which in numbers.items()
    )


def _brief(unit: Unit) -> str:
    title = unit.fields.title
    return f"“{title[:_BRIEF].rstrip()}…”" if len(title) > _BRIEF else quoted(unit)


def own_decision(decision: Decision, protocol: Protocol, *, rejudged: bool, keys: str) -> str:
    """Return the line over the buttons of a record that is decided already."""
    words = "Your decision"
    if decision.time:
        when = datetime.fromisoformat(decision.time)
        words += f", {when.day} {when:%B}"
    if decision.reason:
        words += f": {reason(decision.reason, protocol)}"
    if rejudged and keys:
        return f"{words}. The new judgements are saved when you decide again ({keys})."
    return f"{words}. {keys} change it." if keys else f"{words}."


def moment(time: str) -> str:
    """Return day and time of an ISO time: "today, 20:14", "21 May, 20:14"; else as it stands."""
    when = local(time)
    if when is None:
        return time
    today = moments.now().date()
    day = "today" if when.date() == today else f"{when.day} {when:%B}"
    year = f" {when.year}" if when.year != today.year else ""
    return f"{day}{year}, {when:%H:%M}"


def clock(time: str) -> str:
    """Return the hour and minute of an ISO time; of now when there is none."""
    return f"{datetime.fromisoformat(time) if time else datetime.now():%H:%M}"  # noqa: DTZ005


def number(count: int) -> str:
    """Return a number with its thousands parted."""
    return f"{count:,}"
