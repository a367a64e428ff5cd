"""Settling: what the meeting or an arbitrator agrees, who is there, how much is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from screener.consensus import people
from screener.consensus.agreed import says_the_same
from screener.consensus.given import require_item
from screener.consensus.standing import BARRED, Standing
from screener.consensus.table import Table
from screener.model import AnswerState, Details, ErrorKind, Mode, Reviewer, Status, UserError
from screener.model.settled import NO_DETAILS
from screener.model.step import Agreed, Found, Item, Pairing, State, Step
from screener.model.words import unturned
from screener.store.file import Action, File, FileKind
from screener.store.heads import cached, head_ids
from screener.store.kinds import LogKind
from screener.store.kinds.meeting import Consensus


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


class _Said(NamedTuple):
    """Why something was settled, by whom (ids) and how."""

    why: str
    by: tuple[str, ...]
    mode: Mode


@dataclass(frozen=True, slots=True)
class Ready:
    """What is to be recorded of an item once it is certain that it may be; `words` name it.

    `overturns` is what was agreed otherwise, None where nothing was.
    """

    item: Item
    body: Consensus
    words: str
    overturns: Found | None = None


def resolve(
    file: File,
    standing: Standing,
    subject: str,
    item: Item,
    agreed: Settlement,
    *,
    overturn: bool = False,
) -> str:
    """Record the consensus (or adjudication) on an item as one action and return its event.

    The answers stay as they were. Where the item is in a row of a list, what makes it one row of
    all reviewers is recorded with it. `UserError` as `ready` has it.
    """
    table = Table(file, standing, subject)
    found = ready(file, table, item, agreed, overturn=overturn)
    with file.action(f"Settle: {found.words}") as action:
        event = write(file, action, table, found)
        require_read_back(file, standing.step.id, subject, {event})
    return event


def ready(
    file: File, table: Table, item: Item, agreed: Settlement, *, overturn: bool = False
) -> Ready:
    """Return what is to be recorded where an item is settled.

    `UserError` when the item is hidden, not open or not there, nobody or nothing is said for it,
    the value is none of the question, or it overturns what was agreed without `overturn`.
    """
    standing, subject, step = table.standing, table.subject, table.standing.step
    given = file.kind is FileKind.ARBITRATOR  # whose file holds nobody's answers
    before = None
    wanted = _wanted(step, item, agreed, "" if given or table.authors else subject)
    if given:
        basis = require_item(file, step.id, subject, item).basis
    else:
        found = _require_open(standing, subject, standing.state(subject, item))
        before = found.found if overturns(step, found, wanted) else None
        if before is not None and not overturn:
            raise _otherwise(overturned_words(step, item, before))
        basis = table.basis(item, file.author(LogKind.MEETING))
    by = _who(file, agreed)
    if given:
        require_alone(file, by, adjudication=agreed.mode is Mode.ADJUDICATION)
    elif agreed.mode is Mode.ADJUDICATION:
        _require_others(by, table.authors)
    called = step.called(item, table.said, table.pairings)
    called = ", ".join(filter(None, (step.name_of(subject), called)))
    words = f"{called}: " * bool(called) + agreed_words(step, item, step.settled(item, wanted))
    body = _body(wanted, agreed, tuple(str(one.id) for one in by), basis)
    return Ready(item, body, words, before)


def write(file: File, action: Action, table: Table, found: Ready) -> str:
    """Append what settles an item, and before it the pairs of rows it rests on; return its event.

    It is `require_read_back` before the action ends.
    """
    step, subject, item = table.standing.step, table.subject, found.item
    for one in step.rests_on(item, table.said, table.pairings):
        table.pair(action, one, found.body)
    return action.append(
        found.body,
        subject=subject,
        step=step.id,
        supersedes=_heads_of(file, step.id, subject, item),
    )


def require_read_back(file: File, step: str, subject: str, events: Collection[str]) -> None:
    """Raise `UserError` unless what was settled stands on its subject, before it is committed."""
    here = {row.event.hex() for row in cached(file, Consensus, step=step, subjects=[subject])}
    if not here.issuperset(events):
        raise UserError("What was settled could not be read again; nothing was recorded.")


def _who(file: File, agreed: Settlement) -> list[Reviewer]:
    """Return who agreed; `UserError` where nobody is named, or it is not said why."""
    if not agreed.why.strip():
        raise UserError("Say why: one sentence that the minutes can show.")
    named = people.require_people(file, (name for name in agreed.by if name.strip()))
    if not named:
        raise UserError("Say who agreed (or who decided); name at least one person.")
    return named


def _require_others(named: Iterable[Reviewer], answered: Collection[str]) -> None:
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
        page=unturned(agreed.details.page),
        quote=unturned(agreed.details.quote),
        why=unturned(agreed.why).strip(),
        by=by,
        mode=agreed.mode,
        basis=basis,
    )


def _heads_of(file: File, step: str, subject: str, item: Item) -> list[str]:
    return head_ids(
        file,
        Consensus,
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
    why: str = "",
    by: Iterable[str] = (),
    mode: Mode = Mode.DISCUSSION,
) -> Pairing:
    """Record that rows of a list are one row, known by `key`; or that there is no such row.

    `rows` are (name or id of the reviewer, id of the row); without `key` the rows' own is taken.
    `why`, `by` (names or ids) and `mode` are as a consensus has them; nobody need be named. It
    takes the place of what was said of any of these rows before. `UserError` when the subject is
    hidden or not open, there are no such rows, or somebody named is nobody of the review.
    """
    step = standing.step
    named = [(str(people.require_person(file, who).id), row) for who, row in rows]
    wanted = Pairing(list=list_, key=key, rows=tuple(sorted(set(named))), exists=exists)
    _require_open(standing, subject, next(standing.states([subject]), None))
    table = Table(file, standing, subject)
    one = step.paired(wanted, table.said, table.pairings)
    people_ = people.require_people(file, [name for name in by if name.strip()])
    if mode is Mode.ADJUDICATION:
        _require_others(people_, table.authors)
    ids = tuple(str(one.id) for one in people_)
    with file.action("Pair rows" if exists else "There is no such row") as action:
        table.pair(action, one, _Said(why.strip(), ids, mode), again=True)
    return one


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
    return str(found.outcome or step.said(item, found.value) or "nothing")


def overturned_words(step: Step, item: Item, found: Found, *, reason: bool = True) -> str:
    """Return what was agreed on an item, and with `reason` why it was excluded."""
    return agreed_words(step, item, found) + f" ({found.reason})" * bool(reason and found.reason)


def _otherwise(before: str) -> UserError:
    """Return the refusal of what says otherwise than what was agreed before."""
    return UserError(
        f"What was agreed here is {before}; settling it otherwise overturns that, which the "
        "report counts; say so if that is meant.",
        kind=ErrorKind.AGREED_OTHERWISE,
    )
