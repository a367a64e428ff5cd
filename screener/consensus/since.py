"""What became of the decisions on a unit since a consensus settled it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.model import Consensus, Decision
from screener.store import history
from screener.store.events import Event
from screener.store.file import File
from screener.store.kinds import LogKind
from screener.store.kinds.body import Void
from screener.store.kinds.reviewer import Decision as Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One reviewer's verdict when a unit was settled and now; "" where there was or is none.

    `reviewer` is an id; `time` is when it was decided anew or taken back, "" when not known.
    """

    reviewer: str
    before: str
    now: str
    time: str


def changes_since(
    file: File, agreed: Consensus, decisions: Sequence[Decision], members: Iterable[str]
) -> list[Change]:
    """Return what changed after a consensus: decisions that are not on its basis, and those gone.

    `decisions` are those that stand on the unit, `members` its records, under whose ids reviewers
    may have decided it.
    """
    events = _of_reviewers(file, agreed.step, members)
    basis = set(agreed.basis)
    before = {
        author: str(event.body.verdict)
        for author, event in events
        if event.id in basis and isinstance(event.body, Recorded)
    }
    new = {d.reviewer: d for d in decisions if d.event not in basis}
    changed = [
        Change(reviewer=who, before=before.get(who, ""), now=str(d.verdict), time=d.time)
        for who, d in new.items()
    ]
    standing = {d.reviewer for d in decisions}
    gone = [
        Change(reviewer=who, before=verdict, now="", time=_taken_back(who, events))
        for who, verdict in before.items()
        if who not in standing
    ]
    return changed + gone


def _of_reviewers(file: File, step: str, members: Iterable[str]) -> list[tuple[str, Event]]:
    """Return the decisions at a step and what took them back, with their authors, in order."""
    return [
        (author, event)
        for event, kind, author in history.history(file, list(members))
        if kind is LogKind.REVIEWER and event.step == step and event.kind.name == "decision"
    ]


def _taken_back(author: str, events: Iterable[tuple[str, Event]]) -> str:
    times = [e.time for who, e in events if who == author and isinstance(e.body, Void)]
    return times[-1] if times else ""
