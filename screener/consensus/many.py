"""Settling many items as one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from screener.consensus import people, settling
from screener.consensus.standing import Standing
from screener.model import Answer, Details, Status, UserError
from screener.model.step import Item
from screener.model.words import counted
from screener.store.file import File

_MOST = 10


Wanted = Sequence[tuple[str, str, Item, settling.Settlement]]
"""Where each thing is told ("line 3"), its subject, its item, and what is agreed."""


def resolve_many(file: File, standing: Standing, wanted: Wanted) -> int:
    """Settle many items as one action, all or none; returns how many.

    `UserError` says of the first ten what is wrong.
    """
    with file.action(f"Settle {counted(len(wanted), 'item')}") as action:
        _each(wanted, lambda *one: settling.resolve(file, standing, *one, within=action))
    return len(wanted)


def require_many(file: File, standing: Standing, wanted: Wanted) -> None:
    """Raise the `UserError` that `resolve_many` would raise; nothing is written."""
    _each(wanted, lambda *one: settling.require(file, standing, *one))


def _each(wanted: Wanted, do: Callable[[str, Item, settling.Settlement], object]) -> None:
    """Do something with each; `UserError` says of the first ten what is wrong."""
    wrong, seen = [], set[tuple[str, Item]]()
    for place, subject, item, agreed in wanted:
        try:
            if (subject, item) in seen:
                raise UserError("this is settled twice")
            seen.add((subject, item))
            do(subject, item, agreed)
        except UserError as error:
            wrong.append(f"{place}: {str(error).rstrip('.')}")
    if wrong:
        more = "; ..." if len(wrong) > _MOST else ""
        raise UserError(
            f"{'; '.join(wrong[:_MOST])}{more}; mend these lines, nothing was recorded."
        )


def take_wordings(
    file: File, standing: Standing, subject: str, name: str, said: settling.Settlement
) -> int:
    """Settle all that is compared by its wording alone on a subject with one reviewer's words.

    It is one action; returns how many questions it settled. What was taken before stays, and what
    this reviewer did not answer. `said` gives why, by whom and how. `UserError` when there is
    nothing of theirs to take.
    """
    author = str(people.require_person(file, name).id)
    several = {state.item for state in standing.states([subject]) if state.status is Status.WORDING}
    theirs = {
        (one.question, one.row): item
        for item in several
        for one in standing.said_on(subject, item)
        if one.author == author
    }
    recorded = standing.step.recorded([subject]).get(subject, ())
    wanted = [
        ("", subject, theirs[one.question, one.row], _with(said, one))
        for one in recorded
        if isinstance(one, Answer) and one.reviewer == author and (one.question, one.row) in theirs
    ]
    if not wanted:
        raise UserError("There is no wording of that reviewer to take here; see the answers.")
    return resolve_many(file, standing, wanted)


def _with(said: settling.Settlement, answer: Answer) -> settling.Settlement:
    details = Details(unit=answer.unit, page=answer.page, quote=answer.quote)
    return replace(said, value=answer.value, state=answer.state, details=details)
