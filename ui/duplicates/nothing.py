"""What the page says while there is no group to show."""

from __future__ import annotations

from dataclasses import dataclass

from ui.duplicates.groups import Mode
from ui.duplicates.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The words of the empty page; an action without words is not offered."""

    title: str
    sentence: str
    action: str = ""


LOOKING = Nothing(
    title="Looking for duplicates …",
    sentence="Every record is compared with those that could be the same report.",
)


def to_say(run: Run, count: int) -> Nothing:
    """Return what comes first, or that nothing is left; `count` is the number of records."""
    if count < 2:
        return Nothing(
            title="Nothing to compare yet",
            sentence="Import the files of your searches first; then the records that several of "
            "them found are brought together here.",
            action="Go to Sources",
        )
    if run.is_due:
        return Nothing(
            title=f"{count:,} records to compare",
            sentence="What is certain is joined by rule, and can be taken back as one action. "
            "What is doubtful is put before you, group by group. No record is lost.",
            action="Find duplicates",
        )
    asked = run.remaining.count or run.count(Mode.ANSWERED) or run.count(Mode.DIFFERENT)
    said = "Every doubtful group is answered." if asked else "No group is doubtful."
    used = f" Settings: {run.found.settings.name}." if run.found else ""
    return Nothing(
        title="Nothing left to answer",
        sentence=f"{said}{used}",
        action="Look at the certain ones" if run.count(Mode.CERTAIN) else "",
    )
