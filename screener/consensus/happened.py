"""What happened to a record, for people, as far as the stages let it be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screener.consensus.naming import Naming
from screener.model import Stage, Status
from screener.store import history
from screener.store.file import COORDINATOR, FileKind
from screener.store.kinds import LogKind

if TYPE_CHECKING:
    from screener.consensus.consensus import ConsensusStage
    from screener.store.events import Event
    from screener.store.file import File


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that happened to a record: when, who, what; for people, in order.

    `what` is the name of the action where this file's owner did it. Of others it is the kind of
    the event and what that says: what an action of theirs is called, they may have chosen. A file
    made by merging has no owner: what is the coordinator's in it came with a copy too.
    """

    time: str
    who: str
    what: str
    event: Event


def lines(
    file: File, consensus: ConsensusStage, unit: str, studies: Sequence[str] = ()
) -> list[HistoryLine]:
    """Return everything that happened to a unit and its studies, in the order it is written here.

    What reviewers and meetings recorded at a stage that hides the unit is left out, the labels of
    another reviewer, and in a copy that its report is sought, where title and abstract come first.
    """
    names = {str(r.id): r.name for r in consensus.people()}
    subjects = [unit, *studies]
    members = list(dict.fromkeys(m for one in subjects for m in (one, *file.members(one))))
    coverages = [one.coverage for one in consensus.standings()]
    hides = {one: [coverage.hides(one) for coverage in coverages] for one in subjects}
    own = file.reviewer or ("" if file.made else COORDINATOR)
    naming = Naming(file)
    full_text = str(Stage.FULL_TEXT)
    at = dict(consensus.at(full_text).places([unit])) if file.kind is FileKind.COPY else {}
    waits = unit in at and at[unit].status in (Status.HIDDEN, Status.NOT_OPEN)
    return [
        HistoryLine(
            time=event.time,
            who=names.get(author, author),
            what=event.action_name if author == own else naming.words(event),
            event=event,
        )
        for event, kind, author in history.history(file, members)
        if not (event.kind.own and author != file.reviewer)
        and not (
            waits and event.step == full_text
            if kind is LogKind.PROJECT
            else any(hide(event) for hide in hides.get(file.unit_of(event.subject), hides[unit]))
        )
    ]
