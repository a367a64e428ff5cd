"""What the page says while there is no group to show."""

from __future__ import annotations

from dataclasses import dataclass

from ui.duplicates.groups import Mode
from ui.duplicates.lists import Lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The words of the empty page; an action without words is not offered."""

    title: str
    sentence: str
    action: str = ""
    second: str = ""


BY_HAND = "Join records by hand…"
LOOKING = Nothing(
    title="Looking for duplicates …",
    sentence="Every record is compared with those that could be the same report.",
)


def to_say(lists: Lists, count: int) -> Nothing:
    """Return what comes first, or that nothing is left; `count` is the number of records."""
    if count < 2:
        return Nothing(
            title="Nothing to compare yet",
            sentence="Import the files of your searches first; then the records that several of "
            "them found are brought together here.",
            action="Go to Sources",
        )
    if lists.is_due:
        due = lists.due
        new = f"{due:,} certain groups are" if due != 1 else "1 certain group is"
        return Nothing(
            title=f"{new} not joined yet" if due else f"{count:,} records to compare",
            sentence="What is certain is joined by rule, and can be taken back as one action. "
            "What is doubtful is put before you, group by group. No record is lost.",
            action="Find duplicates",
            second=BY_HAND,
        )
    asked = lists.remaining.count or lists.count(Mode.ANSWERED) or lists.count(Mode.DIFFERENT)
    said = "Every doubtful group is answered." if asked else "No group is doubtful."
    used = f" Settings: {lists.found.settings.name}." if lists.found else ""
    proposed = lists.count(Mode.PROPOSED)
    if proposed:
        were = "was 1 duplicate" if proposed == 1 else f"were {proposed:,} duplicates"
        return Nothing(
            title="Nothing left but what reviewers proposed",
            sentence=f"{said} There {were} proposed while screening.",
            action="Look at what was proposed",
            second=BY_HAND,
        )
    return Nothing(
        title="Nothing left to answer",
        sentence=f"{said}{used}",
        action="Look at the certain ones" if lists.count(Mode.CERTAIN) else "",
        second=BY_HAND,
    )
