"""What happened to a record, for people, as far as the stages let it be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screener.store import history
from screener.store.kinds import LogKind

if TYPE_CHECKING:
    from screener.consensus.consensus import ConsensusStage
    from screener.store.events import Event
    from screener.store.file import File


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that happened to a record: when, who, what; for people, in order."""

    time: str
    who: str
    what: str
    event: Event


def lines(file: File, consensus: ConsensusStage, unit: str) -> list[HistoryLine]:
    """Return everything that happened to a unit, in the order it is written here.

    What reviewers and meetings recorded at a stage that hides the unit is left out.
    """
    names = {str(r.id): r.name for r in consensus.people()}
    members = list(dict.fromkeys([unit, *file.members(unit)]))
    hidden = {s.id for s in consensus.steps if not consensus.at(s.id).visible(unit)}
    return [
        HistoryLine(
            time=event.time, who=names.get(author, author), what=event.action_name, event=event
        )
        for event, kind, author in history.history(file, members)
        if kind is LogKind.PROJECT or event.step not in hidden
    ]
