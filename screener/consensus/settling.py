"""Settling: what the meeting agrees, who is there, how much of the decisions is shown."""

from __future__ import annotations

from collections.abc import Iterable

from screener.consensus import arbitration, people
from screener.consensus.standing import BARRED, Standing
from screener.model import AnswerState, Mode, Status, UserError
from screener.model.step import WHOLE, Item, State
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import head_ids, heads, standing_answers
from screener.store.kinds import LogKind
from screener.store.kinds.meeting import Consensus, Present, Reveal


def resolve(
    file: File,
    standing: Standing,
    subject: str,
    value: str,
    *,
    why: str,
    by: Iterable[str],
    item: Item = WHOLE,
    state: AnswerState = AnswerState.VALUE,
    reason: str = "",
    mode: Mode = Mode.DISCUSSION,
    same_meaning: bool = False,
    page: str = "",
    quote: str = "",
    overturn: bool = False,
) -> str:
    """Record the consensus (or adjudication) on an item and return its event.

    The answers stay as they were. `by` are names or ids of people of the review. `UserError` when
    the item is hidden, not open or not there, nobody or nothing is said for it, the value is none
    of the question, or it overturns what was agreed without `overturn`.
    """
    step = standing.step
    if file.kind is FileKind.ARBITRATOR:
        table = arbitration.require_item(file, step.id, subject, item).basis
    else:
        _require_open(standing.state(subject, item), overturn=overturn, value=value, reason=reason)
        table = tuple(sorted(basis(file, standing, subject, item)))
    step.check(item, state, value, reason, why)
    if not why.strip():
        raise UserError("Say why: one sentence that the minutes can show.")
    named = people.require_people(file, (name for name in by if name.strip()))
    if not named:
        raise UserError("Say who agreed (or who decided); name at least one person.")
    if file.kind is FileKind.ARBITRATOR:
        arbitration.require_alone(file, named, adjudication=mode is Mode.ADJUDICATION)
    body = Consensus(
        question=item.question,
        row=item.row,
        state=state,
        value=value,
        reason=reason,
        same_meaning=same_meaning,
        page=page,
        quote=quote,
        why=why.strip(),
        by=tuple(str(one.id) for one in named),
        mode=mode,
        basis=table,
    )
    with file.action(f"Settle: {step.shown(item, value) or state}") as action:
        return action.append(
            body,
            subject=subject,
            step=step.id,
            supersedes=head_ids(
                file,
                Consensus,
                step=step.id,
                subject=subject,
                author=file.author(LogKind.MEETING),
                question=item.question,
                row=item.row,
            ),
        )


def _require_open(state: State | None, *, overturn: bool, value: str, reason: str) -> None:
    if state is None:
        raise UserError("There is nothing of that name to settle in this review; see its list.")
    if state.status is Status.HIDDEN:
        raise UserError(
            "This is hidden until everybody who has to decide it has closed the stage; ask for "
            "closed copies, or merge with --open."
        )
    if state.status in BARRED:
        raise UserError(f"This unit cannot be settled at this stage: it is {state.status}.")
    agreed = state.status in (Status.AGREED, Status.RESOLVED)
    other = (str(state.outcome or ""), state.reason) != (value, reason)
    if agreed and other and not overturn:
        said = f"{state.outcome or state.found.value}" + (f" ({state.reason})" * bool(state.reason))
        raise UserError(
            f"What was agreed here is {said}; settling it otherwise overturns that, which the "
            "report counts: say so with --overturn."
        )


def basis(file: File, standing: Standing, subject: str, item: Item) -> list[str]:
    """Return the answers to an item that are on the table, by their events."""
    here = dict(standing.step.items(standing.said(subject), standing.pairings(subject)))
    wanted = {(one.author, one.question, one.row) for one in here.get(item, ())}
    return [
        row.event.hex()
        for row in standing_answers(file, step=standing.step.id, subjects=[subject])
        if (row.author, row.question, row.row) in wanted
    ]


# --- the meeting ----------------------------------------------------------------------------------


def _require_meeting(file: File) -> None:
    if file.kind is FileKind.ARBITRATOR:
        raise UserError("No meeting is held in an arbitrator's file; only its items are settled.")


def present(file: File, names: Iterable[str]) -> None:
    """Record who is at the meeting, by the names or ids of people of the review."""
    _require_meeting(file)
    named = people.require_people(file, names)
    before = head_ids(file, Present, author=COORDINATOR)
    with file.action("Present at the meeting") as action:
        action.append(Present(people=tuple(str(one.id) for one in named)), supersedes=before)


def names_present(file: File) -> list[str]:
    """Return who was last said to be at the meeting (at any of two); else the reviewers."""
    found = heads(file, Present)
    if not found:
        return [one.name for one in people.reviewers(file)]
    names = {str(one.id): one.name for one in people.people(file)}
    every = dict.fromkeys(who for head in found for who in head.body.people)
    return [names.get(who, who) for who in every]


def reveal(file: File, level: int) -> None:
    """Record how much of the decisions the meeting sees from now on (0 to 3)."""
    _require_meeting(file)
    before = head_ids(file, Reveal, author=COORDINATOR)
    with file.action(f"Show level {level}") as action:
        action.append(Reveal(level=level), supersedes=before)


def revealed(file: File) -> int:
    """Return the reveal level in force; 3 (everything) before anybody chose one.

    Of two meetings the one that shows less counts.
    """
    return min((head.body.level for head in heads(file, Reveal)), default=3)
