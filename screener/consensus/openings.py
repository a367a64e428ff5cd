"""Opening a step for subjects and people, and taking subjects out of it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from screener.consensus.people import reviewers, takes_part, write_joins
from screener.consensus.standing import Standing
from screener.model import Reviewer, Status, UserError
from screener.store import history
from screener.store.file import COORDINATOR, Action, File
from screener.store.heads import head_ids, heads
from screener.store.kinds.project import Open, TakenOut
from screener.store.undo import is_of_undo


def open_step(
    file: File,
    standing: Standing,
    subjects: Iterable[str],
    team: Sequence[Reviewer] | None = None,
) -> int:
    """Open a step for subjects that it is not open for; returns how many those are.

    What was taken out is asked again. The `team` (None: all reviewers) takes part in it from now
    on, who does already as before. New copies carry it. `UserError` when the step is open from the
    import on, a subject is not in the review, or the step is open for all of them already.
    """
    with file.action(f"Open {standing.step.words.lower()}") as action:
        return open_for(file, action, standing, subjects, team)


def open_for(
    file: File,
    action: Action,
    standing: Standing,
    subjects: Iterable[str],
    team: Sequence[Reviewer] | None = None,
) -> int:
    """Do the same inside an action."""
    step, coverage = standing.step, standing.coverage
    if step.opened_by_import:
        raise UserError(f"{step.words} is open from the start; it need not be opened.")
    named = [file.unit_of(subject) for subject in dict.fromkeys(subjects)]
    known = set(step.subjects())
    if not all(subject in known for subject in named):
        raise UserError("There is no such unit in this review; see its list of records.")
    added = [subject for subject in named if not coverage.opened(subject)]
    again = taken_out(standing, named)
    if not added and not again:
        raise UserError(f"{step.words} is open already for everything that was named.")
    for person in reviewers(file) if team is None else team:
        if not takes_part(person, coverage):
            write_joins(file, action, person, coverage)
    if added:
        action.append(Open(subjects=tuple(added)), step=step.id)
    out = _out(file, step.id) if again else set()
    for subject in again:
        for one in out.intersection([subject, *file.members(subject)]):
            action.void(TakenOut, subject=one, step=step.id, supersedes=_before(file, step.id, one))
    return len(added) + len(again)


def taken_out(standing: Standing, subjects: Collection[str]) -> list[str]:
    """Return which of some subjects a step was opened for and does not ask about any more."""
    barred, opened = standing.step.barred(subjects), standing.coverage.opened
    return [one for one in subjects if barred.get(one) is Status.NOT_OPEN and opened(one)]


def left_out(file: File, standing: Standing, subjects: Collection[str]) -> list[str]:
    """Return which of some subjects somebody took out: one whose opening was undone is as before.

    Those are asked again only when they are named.
    """
    step, out = standing.step.id, taken_out(standing, subjects)
    found = heads(file, TakenOut, step=step) if out else ()
    by_hand = {head.named for head in found if not is_of_undo(file, head.event)}
    return [one for one in out if not by_hand.isdisjoint([one, *file.members(one)])]


def take_out(file: File, standing: Standing, subjects: Iterable[str]) -> int:
    """Ask a step no more of subjects it was opened for; returns how many those are.

    What was answered stays in the file and counts nowhere, until undo, or opening the step for them
    again, brings it back. `UserError` when the step is not open for one of them.
    """
    step = standing.step
    named = [file.unit_of(subject) for subject in dict.fromkeys(subjects)]
    barred = step.barred(named)
    if not named or any(one in barred or not standing.coverage.opened(one) for one in named):
        raise UserError(
            f"{step.words} is not open for everything that was named, so it cannot be taken out; "
            "see what it is open for."
        )
    here = _opened(file, step.id) - _out(file, step.id)
    with file.action(f"Take out of {step.words}") as action:
        for subject in named:
            for one in sorted(here.intersection([subject, *file.members(subject)])):
                before = _before(file, step.id, one)
                action.append(TakenOut(), subject=one, step=step.id, supersedes=before)
    return len(named)


def _opened(file: File, step: str) -> set[str]:
    found = (entry.event.body for entry in history.of_kinds(file, "open", step=step))
    return {one for body in found if isinstance(body, Open) for one in body.subjects}


def _out(file: File, step: str) -> set[str]:
    return {head.named for head in heads(file, TakenOut, step=step)}


def _before(file: File, step: str, subject: str) -> list[str]:
    return head_ids(file, TakenOut, step=step, subject=subject, author=COORDINATOR, of_record=True)
