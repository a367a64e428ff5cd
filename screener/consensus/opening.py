"""Opening a step for subjects, and for the reviewers who answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from screener.consensus import people
from screener.consensus.standing import Standing
from screener.model import Reviewer, UserError
from screener.store.file import File
from screener.store.kinds.project import Open


def open_step(
    file: File,
    standing: Standing,
    subjects: Iterable[str],
    reviewers: Sequence[Reviewer] | None = None,
) -> int:
    """Open a step for subjects that it is not open for yet; returns how many those are.

    The reviewers (None: all) take part in it from now on, those who do already as before. New
    copies carry it. `UserError` when the step is open from the import on, a subject is not in the
    review, or the step is open for all of them already.
    """
    step, coverage = standing.step, standing.coverage
    if step.opened_by_import:
        raise UserError(f"{step.words} is open from the start; it need not be opened.")
    named = [file.unit_of(subject) for subject in dict.fromkeys(subjects)]
    known = set(step.subjects())
    if not all(subject in known for subject in named):
        raise UserError("There is no such unit in this review; see its list of records.")
    added = [subject for subject in named if not coverage.opened(subject)]
    if not added:
        raise UserError(f"{step.words} is open already for everything that was named.")
    wanted = people.reviewers(file) if reviewers is None else reviewers
    with file.action(f"Open {step.words.lower()}") as action:
        for person in wanted:
            if not people.takes_part(person, coverage):
                people.write_joins(file, action, person, coverage)
        action.append(Open(subjects=tuple(added)), step=step.id)
    return len(added)
