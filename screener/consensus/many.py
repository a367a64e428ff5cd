"""Settling many items as one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from msgspec.structs import replace as with_

from screener.consensus import people, settling
from screener.consensus.standing import Standing
from screener.consensus.table import Table
from screener.model import Answer, Details, ErrorKind, Status, UserError
from screener.model.gathering import gathered
from screener.model.step import Item
from screener.model.words import counted
from screener.store.file import File

_MOST = 10


Wanted = Sequence[tuple[str, str, Item, settling.Settlement]]
"""Where each thing is told ("line 3"), its subject, its item, and what is agreed."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one thing that is to be settled.

    `stands` says that it was settled in the very same words before, so that nothing is recorded.
    `overturns` is what was agreed otherwise until now, in words, or ""; where `of_reason` only its
    reason is otherwise, and is named.
    """

    stands: bool = False
    overturns: str = ""
    of_reason: bool = False


def resolve_many(file: File, standing: Standing, wanted: Wanted, *, overturn: bool = False) -> int:
    """Settle many items as one action, all or none; returns how many.

    What was settled in the very same words before, as a table that is given again says it, is not
    recorded twice, nor counted. What was agreed otherwise is settled anew only with `overturn`.
    `UserError` says of the first ten what is wrong.
    """
    found = list[tuple[Table, settling.Ready]]()

    def make_ready(table: Table, item: Item, agreed: settling.Settlement) -> None:
        ready = settling.ready(file, table, item, agreed, overturn=overturn)
        if not _stands(table, ready):
            found.append((table, ready))

    _each(file, standing, wanted, make_ready)
    if not found:
        return 0
    written: dict[str, set[str]] = {}
    with file.action(f"Settle {counted(len(found), 'item')}") as action:
        for table, ready in found:
            event = settling.write(file, action, table, ready)
            written.setdefault(table.subject, set()).add(event)
        for subject, events in written.items():
            settling.require_read_back(file, standing.step.id, subject, events)
    return len(found)


def foresee(file: File, standing: Standing, wanted: Wanted) -> list[Foreseen]:
    """Say what would become of each where everything is settled, overturned where it must be.

    Nothing is written. `UserError` as `resolve_many` with `overturn` would raise it.
    """
    found = list[Foreseen]()

    def look(table: Table, item: Item, agreed: settling.Settlement) -> None:
        ready = settling.ready(file, table, item, agreed, overturn=True)
        before = ready.overturns
        if before is None:
            found.append(Foreseen(stands=_stands(table, ready)))
            return
        of_reason = before.outcome is not None and before.outcome == ready.body.value
        words = settling.overturned_words(table.standing.step, item, before, reason=of_reason)
        found.append(Foreseen(overturns=words, of_reason=of_reason))

    _each(file, standing, wanted, look)
    return found


def _stands(table: Table, ready: settling.Ready) -> bool:
    """Say whether an item was settled in the very same words before."""
    before = table.settled.get(ready.item, ())
    return any(with_(one, basis=ready.body.basis) == ready.body for one in before)


def _each(
    file: File,
    standing: Standing,
    wanted: Wanted,
    do: Callable[[Table, Item, settling.Settlement], object],
) -> None:
    """Do something with each, on one table for each subject.

    `UserError` says of the first ten what is wrong.
    """
    wrong, kinds = list[str](), set[ErrorKind]()
    seen, tables = set[tuple[str, Item]](), dict[str, Table]()
    for place, subject, item, agreed in wanted:
        if subject not in tables:
            tables[subject] = Table(file, standing, subject)
        try:
            if (subject, item) in seen:
                raise UserError("this is settled twice")
            seen.add((subject, item))
            do(tables[subject], item, agreed)
        except UserError as error:
            wrong.append(f"{place}: {str(error).rstrip('.')}")
            kinds.add(error.kind)
    if wrong:
        more = "; ..." if len(wrong) > _MOST else ""
        raise UserError(
            f"{'; '.join(wrong[:_MOST])}{more}; mend these lines, nothing was recorded.",
            kind=kinds.pop() if len(kinds) == 1 else ErrorKind.OTHER,
        )


def take_wordings(
    file: File, standing: Standing, subject: str, name: str, said: settling.Settlement
) -> int:
    """Settle all that is compared by its wording alone on a subject with one reviewer's words.

    It is one action; returns how many questions it settled. What was taken before stays, and what
    this reviewer did not answer. Of several wordings of theirs in one place it is the one that
    sorts first by code point. `said` gives why, by whom and how. `UserError` when there is
    nothing of theirs to take.
    """
    author = str(people.require_person(file, name).id)
    several = {state.item for state in standing.states([subject]) if state.status is Status.WORDING}
    item_of = {
        (one.question, one.row): item
        for item in several
        for one in standing.said_on(subject, item)
        if one.author == author
    }
    recorded = standing.step.recorded([subject]).get(subject, ())
    theirs = gathered(
        (item_of[one.question, one.row], one)
        for one in recorded
        if isinstance(one, Answer)
        and (one.reviewer, one.blank) == (author, False)
        and (one.question, one.row) in item_of
    )
    if not theirs:
        raise UserError("There is no wording of that reviewer to take here; see the answers.")
    # Studies that were joined, and rows that are one, may have several wordings of one reviewer.
    in_order = attrgetter("state", "value", "unit")
    first = {item: min(here, key=in_order) for item, here in theirs.items()}
    wanted = [("", subject, item, _with(said, one)) for item, one in first.items()]
    return resolve_many(file, standing, wanted)


def _with(said: settling.Settlement, answer: Answer) -> settling.Settlement:
    details = Details(unit=answer.unit, page=answer.page, quote=answer.quote)
    return replace(said, value=answer.value, state=answer.state, details=details)
