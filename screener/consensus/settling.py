"""Settling: what the meeting agrees, who is there, how much of the decisions is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screener.consensus import people
from screener.consensus.standing import BARRED, Standing
from screener.model import AnswerState, Mode, Status, UserError
from screener.model.step import Item, State
from screener.store.file import COORDINATOR, File
from screener.store.heads import head_ids, heads, standing_answers
from screener.store.kinds.meeting import Consensus, Present, Reveal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What is agreed on an item: its value or special state, why, by whom and how.

    `by` are names or ids of people of the review. At a screening step `value` is the outcome.
    """

    value: str
    why: str
    by: tuple[str, ...]
    state: AnswerState = AnswerState.VALUE
    reason: str = ""
    mode: Mode = Mode.DISCUSSION
    same_meaning: bool = False
    page: str = ""
    quote: str = ""


def resolve(
    file: File,
    standing: Standing,
    subject: str,
    item: Item,
    agreed: Settlement,
    *,
    overturn: bool = False,
) -> str:
    """Record the consensus (or adjudication) on an item and return its event.

    The answers stay as they were. `UserError` when the item is hidden, not open or not there,
    nobody or nothing is said for it, the value is none of the question, or it overturns what was
    agreed without `overturn`.
    """
    step = standing.step
    seen = standing.visible(subject)
    _require_open(standing.state(subject, item), agreed, seen=seen, overturn=overturn)
    step.check(item, agreed.state, agreed.value, agreed.reason, agreed.why)
    if not agreed.why.strip():
        raise UserError("Say why: one sentence that the minutes can show.")
    named = people.require_people(file, (name for name in agreed.by if name.strip()))
    if not named:
        raise UserError("Say who agreed (or who decided); name at least one person.")
    body = Consensus(
        question=item.question,
        row=item.row,
        state=agreed.state,
        value=agreed.value,
        reason=agreed.reason,
        same_meaning=agreed.same_meaning,
        page=agreed.page,
        quote=agreed.quote,
        why=agreed.why.strip(),
        by=tuple(str(one.id) for one in named),
        mode=agreed.mode,
        basis=tuple(sorted(_basis(file, standing, subject, item))),
    )
    before = head_ids(
        file,
        Consensus,
        step=step.id,
        subject=subject,
        author=COORDINATOR,
        question=item.question,
        row=item.row,
    )
    with file.action(f"Settle: {step.shown(item, agreed.value) or agreed.state}") as action:
        return action.append(body, subject=subject, step=step.id, supersedes=before)


def _require_open(state: State | None, wanted: Settlement, *, seen: bool, overturn: bool) -> None:
    if state is None:
        raise UserError("There is nothing of that name to settle in this review; see its list.")
    if state.status in BARRED:
        raise UserError(f"This unit cannot be settled at this stage: it is {state.status}.")
    if not seen:
        raise UserError(
            "This is hidden until everybody who has to decide it has closed the stage; ask for "
            "closed copies, or merge with --open."
        )
    agreed = state.status in (Status.AGREED, Status.RESOLVED)
    other = wanted.value != str(state.outcome or state.found.value)
    other = other or bool(state.reason and wanted.reason != state.reason)
    if agreed and other and not overturn:
        said = f"{state.outcome or state.found.value}" + (f" ({state.reason})" * bool(state.reason))
        raise UserError(
            f"What was agreed here is {said}; settling it otherwise overturns that, which the "
            "report counts: say so with --overturn."
        )


def _basis(file: File, standing: Standing, subject: str, item: Item) -> list[str]:
    """Return the answers to an item that are on the table, by their events."""
    here = dict(standing.step.items(standing.said(subject), standing.pairings(subject)))
    wanted = {(one.author, one.question, one.row) for one in here.get(item, ())}
    return [
        row.event.hex()
        for row in standing_answers(file, step=standing.step.id, subjects=[subject])
        if (row.author, row.question, row.row) in wanted
    ]


# --- the meeting ----------------------------------------------------------------------------------


def present(file: File, names: Iterable[str]) -> None:
    """Record who is at the meeting, by the names or ids of people of the review."""
    named = people.require_people(file, names)
    before = head_ids(file, Present, author=COORDINATOR)
    with file.action("Present at the meeting") as action:
        action.append(Present(people=tuple(str(one.id) for one in named)), supersedes=before)


def names_present(file: File) -> list[str]:
    """Return who was last said to be at the meeting (at any of two); else the reviewers.

    Who was removed since is left out.
    """
    found = heads(file, Present)
    if not found:
        return [one.name for one in people.reviewers(file)]
    names = {str(one.id): one.name for one in people.people(file)}
    every = dict.fromkeys(who for head in found for who in head.body.people)
    return [names[who] for who in every if who in names]


def reveal(file: File, level: int) -> None:
    """Record how much of the decisions the meeting sees from now on (0 to 3)."""
    before = head_ids(file, Reveal, author=COORDINATOR)
    with file.action(f"Show level {level}") as action:
        action.append(Reveal(level=level), supersedes=before)


def revealed(file: File) -> int:
    """Return the reveal level in force; 3 (everything) before anybody chose one.

    Of two meetings the one that shows less counts.
    """
    return min((head.body.level for head in heads(file, Reveal)), default=3)
