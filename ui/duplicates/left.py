"""How much is left to look at among the duplicates, in the words of the rail.

Questions are found anew when they are needed, which takes seconds in a large review. How many are
left is remembered on this computer, with what the project held then, so that the rail says it as
soon as the project is opened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener import home
from screener.model.words import counted
from ui.session.preferences import read_json, write_json

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project

_KEPT = 50  # projects
NONE_FOUND = "no duplicates found"
_SOME = "some groups to look at"
State = tuple[int, int, int]


def state_of(project: Project) -> State:
    """Return what the questions of a project depend on: records, joins, and what is different."""
    duplicates = project.duplicates
    answered = duplicates.answered_different()
    return project.sources.count(), len(duplicates.joined()), len(answered)


def remember(uuid: str, state: State, asked: int) -> None:
    """Keep how many questions are left of a project that is in this state."""
    place = home() / "duplicates.json"
    known = read_json(place)
    others = known if isinstance(known, dict) else {}
    if others.get(uuid) != [*state, asked]:
        others.pop(uuid, None)
        write_json(place.name, dict([*others.items(), (uuid, [*state, asked])][-_KEPT:]))


def remembered(project: Project) -> int | None:
    """Return how many questions were left; None where that is not known of what is held now."""
    known = read_json(home() / "duplicates.json")
    found = known.get(project.uuid) if isinstance(known, dict) else None
    if not isinstance(found, list) or found[:-1] != list(state_of(project)):
        return None
    return found[-1] if isinstance(found[-1], int) else None


def rail_words(project: Project) -> str:
    """Say how much is left before the page was shown, or what is joined; "" where nothing is."""
    proposed, asked = len(project.duplicates.proposals()), remembered(project)
    unknown = _unknown(project) if asked is None else ""
    joined = joined_words(project)
    if asked == 0 and not joined:
        joined = NONE_FOUND
    return unknown or left_words(asked or 0, proposed) or joined


def joined_words(project: Project) -> str:
    """Say how many groups are joined; "" where none is."""
    groups = len(project.duplicates.groups())
    return counted(groups, "group joined", "groups joined") if groups else ""


def left_words(asked: int, proposed: int, certain: int = 0) -> str:
    """Say how many groups are to join, to look at and proposed; "" where nothing is left."""
    if certain:
        return f"{counted(certain, 'certain group')} to join"
    if asked and proposed:  # the rail is narrow
        return f"{asked:,} to look at, {proposed:,} proposed"
    if proposed:
        return f"{counted(proposed, 'duplicate')} proposed"
    return f"{counted(asked, 'group')} to look at" if asked else ""


def _unknown(project: Project) -> str:
    """Say what the log tells of a project that nobody looked through on this computer."""
    runs = [run for run in project.duplicates.runs() if not run.undone]
    if not runs:
        return ""
    new = project.sources.count() - runs[-1].records
    if new > 0:
        return f"{counted(new, 'record')} to compare"
    said = [join.records for join in project.duplicates.joined() if join.by_hand]
    said += project.duplicates.answered_different()
    return _SOME if runs[-1].asked > sum(len(uids) - 1 for uids in said) else ""
