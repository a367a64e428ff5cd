"""Settling: what the meeting or an arbitrator agrees, who is there, how much is shown."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass

from screener.consensus import people
from screener.consensus.agreed import says_the_same
from screener.consensus.given import require_item
from screener.consensus.standing import BARRED, Standing
from screener.model import AnswerState, Details, ErrorKind, Mode, Reviewer, Status, UserError
from screener.model.settled import NO_DETAILS
from screener.model.step import Agreed, Found, Item, Pairing, State, Step
from screener.store.file import Action, File, FileKind
from screener.store.heads import cached, head_ids, heads, standing_answers
from screener.store.kinds import Body, LogKind
from screener.store.kinds.meeting import Consensus, Pair


def require_alone(file: File, named: Iterable[Reviewer], *, adjudication: bool) -> None:
    """Raise `UserError` unless the arbitrator of the file adjudicates, and nobody else."""
    if not adjudication or {str(one.id) for one in named} != {file.reviewer}:
        raise UserError(
            "Only its arbitrator settles in this file, as an adjudication; name that person alone.",
            kind=ErrorKind.ARBITRATORS,
        )


@dataclass(frozen=True, slots=True)
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
    details: Details = NO_DETAILS


def resolve(
    file: File,
    standing: Standing,
    subject: str,
    item: Item,
    agreed: Settlement,
    *,
    overturn: bool = False,
    within: Action | None = None,
) -> str:
    """Record the consensus (or adjudication) on an item and return its event.

    It is an action of its own, or a part of one it is `within`.
    The answers stay as they were. Where the item is in a row of a list, what makes it one row of
    all reviewers is recorded with it. `UserError` when the item is hidden, not open or not there,
    nobody or nothing is said for it, the value is none of the question, or it overturns what was
    agreed without `overturn`.
    """
    step = standing.step
    body, what = _prepared(file, standing, subject, item, agreed, overturn=overturn)
    said, pairings = standing.said(subject), standing.pairings(subject)
    called = ", ".join(filter(None, (step.name_of(subject), step.called(item, said, pairings))))
    words = f"{called}: " * bool(called) + agreed_words(step, item, what)
    with file.action(f"Settle: {words}") if within is None else nullcontext(within) as action:
        for one in step.rests_on(item, said, pairings):
            if one not in pairings:
                _write_pair(file, action, step.id, subject, one)
        event = action.append(
            body,
            subject=subject,
            step=step.id,
            supersedes=_heads_of(file, Consensus, step.id, subject, item),
        )
        _require_read_back(file, step.id, subject, event)
    return event


def require(file: File, standing: Standing, subject: str, item: Item, agreed: Settlement) -> None:
    """Raise the `UserError` that `resolve` would raise; nothing is written."""
    _prepared(file, standing, subject, item, agreed, overturn=False)


def _prepared(
    file: File,
    standing: Standing,
    subject: str,
    item: Item,
    agreed: Settlement,
    *,
    overturn: bool,
) -> tuple[Consensus, Found]:
    """Return what would be recorded, and what it says; `UserError` as `resolve`."""
    step = standing.step
    whole = file.kind is not FileKind.ARBITRATOR  # whose file holds nobody's answers
    unread = subject if whole and not standing.given(subject) else ""
    wanted = _wanted(step, item, agreed, unread)
    if file.kind is FileKind.ARBITRATOR:
        table = require_item(file, step.id, subject, item).basis
    else:
        found = _require_open(standing, subject, standing.state(subject, item))
        if not overturn:
            _require_new(step, found, wanted)
        author = file.author(LogKind.MEETING)
        table = tuple(sorted(basis(file, standing, subject, item, author)))
    if not agreed.why.strip():
        raise UserError("Say why: one sentence that the minutes can show.")
    named = people.require_people(file, (name for name in agreed.by if name.strip()))
    if not named:
        raise UserError("Say who agreed (or who decided); name at least one person.")
    if file.kind is FileKind.ARBITRATOR:
        require_alone(file, named, adjudication=agreed.mode is Mode.ADJUDICATION)
    elif agreed.mode is Mode.ADJUDICATION:
        _require_others(named, {one.author for one in standing.given(subject)})
    body = _body(wanted, agreed, tuple(str(one.id) for one in named), table)
    return body, step.settled(item, wanted)


def _require_read_back(file: File, step: str, subject: str, event: str) -> None:
    """Raise `UserError` unless what was settled stands on its subject, before it is committed."""
    if all(
        row.event.hex() != event for row in cached(file, Consensus, step=step, subjects=[subject])
    ):
        raise UserError("What was settled could not be read again; nothing was recorded.")


def _require_others(named: list[Reviewer], answered: set[str]) -> None:
    """Raise `UserError` when one of those who adjudicate decided the subject as a reviewer."""
    for one in named:
        if one.id in answered:
            raise UserError(
                f"{one.name} decided this as a reviewer, so it is no adjudication; name the third "
                "person who decided, or settle it as agreed."
            )


def _wanted(step: Step, item: Item, agreed: Settlement, unread: str = "") -> Agreed:
    """Return what is to be agreed as the step keeps it; `unread` is as in `Step.check`."""
    wanted = Agreed(
        event="",
        item=item,
        state=agreed.state,
        value=agreed.value,
        reason=agreed.reason,
        unit=agreed.details.unit,
    )
    return step.check(wanted, agreed.why, unread)


def _body(
    wanted: Agreed, agreed: Settlement, by: tuple[str, ...], basis: tuple[str, ...]
) -> Consensus:
    return Consensus(
        question=wanted.item.question,
        row=wanted.item.row,
        state=AnswerState(wanted.state),
        value=wanted.value,
        reason=wanted.reason,
        unit=wanted.unit,
        same_meaning=agreed.details.same_meaning,
        page=agreed.details.page,
        quote=agreed.details.quote,
        why=agreed.why.strip(),
        by=by,
        mode=agreed.mode,
        basis=basis,
    )


def _heads_of(file: File, body: type[Body], step: str, subject: str, item: Item) -> list[str]:
    return head_ids(
        file,
        body,
        step=step,
        subject=subject,
        author=file.author(LogKind.MEETING),
        question=item.question,
        row=item.row,
    )


def pair(
    file: File,
    standing: Standing,
    subject: str,
    list_: str,
    rows: Iterable[tuple[str, str]],
    *,
    key: str = "",
    exists: bool = True,
) -> Pairing:
    """Record that rows of a list are one row, known by `key`; or that there is no such row.

    `rows` are (name or id of the reviewer, id of the row); without `key` the rows' own is taken.
    It takes the place of what was said of any of these rows before. `UserError` when the subject
    is hidden or not open, or there are no such rows.
    """
    step = standing.step
    named = [(str(people.require_person(file, who).id), row) for who, row in rows]
    wanted = Pairing(list=list_, key=key, rows=tuple(sorted(set(named))), exists=exists)
    _require_open(standing, subject, next(standing.states([subject]), None))
    one = step.paired(wanted, standing.said(subject), standing.pairings(subject))
    with file.action("Pair rows" if exists else "There is no such row") as action:
        _write_pair(file, action, step.id, subject, one)
    return one


def _write_pair(file: File, action: Action, step: str, subject: str, one: Pairing) -> None:
    """Append a pair in place of those that say something of its key or of one of its rows."""
    before = dict.fromkeys(_heads_of(file, Pair, step, subject, Item(one.list, one.key)))
    for head in heads(file, Pair, step=step, subjects=[subject]):
        if head.body.list == one.list and not set(one.rows).isdisjoint(head.body.rows):
            before[head.event] = None
    body = Pair(list=one.list, key=one.key, rows=one.rows, exists=one.exists)
    action.append(body, subject=subject, step=step, supersedes=tuple(before))


def _require_open(standing: Standing, subject: str, state: State | None) -> State:
    if state is None:
        raise UserError("There is nothing of that name to settle in this review; see its list.")
    if state.status is Status.NOT_RETRIEVED:
        raise UserError(
            "This report is not retrieved, so nobody can read it. Say at full text that it is "
            "retrieved before it is settled."
        )
    if state.status in BARRED:
        raise UserError(f"This unit cannot be settled at this stage: it is {state.status}.")
    if not standing.visible(subject):
        raise UserError(
            "This is hidden until everybody who has to decide it has closed the stage; ask for "
            "closed copies, or show it early.",
            kind=ErrorKind.HIDDEN,
        )
    return state


def overturns(step: Step, state: State, agreed: Agreed) -> bool:
    """Say whether settling an item so is otherwise than what was agreed or resolved on it.

    A reason where none was agreed adds to it and overturns nothing.
    """
    if state.status not in (Status.AGREED, Status.RESOLVED):
        return False
    what = step.settled(state.item, agreed)
    if not state.reason:
        what = what._replace(reason="")
    return not says_the_same(step, state.item, state.found, what)


def agreed_words(step: Step, item: Item, found: Found) -> str:
    """Return what was agreed on an item, without its reason: an outcome, or a value and unit."""
    return str(found.outcome or step.said(item, found.value))


def _require_new(step: Step, state: State, agreed: Agreed) -> None:
    """Refuse what says otherwise than what was agreed before."""
    if overturns(step, state, agreed):
        said = agreed_words(step, state.item, state.found)
        said += f" ({state.reason})" * bool(state.reason)
        raise UserError(
            f"What was agreed here is {said}; settling it otherwise overturns that, which the "
            "report counts; say so if that is meant.",
            kind=ErrorKind.AGREED_OTHERWISE,
        )


def basis(file: File, standing: Standing, subject: str, item: Item, author: str) -> list[str]:
    """Return what is on the table when an author settles an item, by the events.

    Those are the answers to it, and what everybody else agreed on it: the settlement that names it
    takes its place, while the author's own is superseded.
    """
    wanted = {(one.author, one.question, one.row) for one in standing.said_on(subject, item)}
    step = standing.step.id
    withheld = standing.coverage.withheld.events([subject])
    answers = [
        row.event.hex()
        for row in standing_answers(file, step=step, subjects=[subject])
        if (row.author, row.question, row.row) in wanted and row.event.hex() not in withheld
    ]
    agreed = [
        row.event.hex()
        for row in cached(file, Consensus, step=step, subjects=[subject])
        if Item(row.question, row.row) == item and row.author != author
    ]
    return answers + agreed
