"""Opening a step for subjects, and for the reviewers who answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from screener.consensus import people
from screener.consensus.standing import Standing
from screener.model import Reviewer, UserError
from screener.store import logs
from screener.store.file import File, FileKind
from screener.store.kinds.meeting import OpenedEarly
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


def open_early(file: File, standings: Iterable[Standing], why: str = "") -> None:
    """Show what is answered and not everybody has closed; the report says so."""
    hidden = [here for here in standings if here.hidden() and _anything_said(here)]
    if file.kind is FileKind.PROJECT and hidden:
        review = logs.last_project_event(file)
        with file.action("Open a stage early") as action:
            for here in hidden:
                action.append(OpenedEarly(review=review, why=why), step=here.step.id)


def _anything_said(here: Standing) -> bool:
    """Say whether a reviewer has answered anything of a step, in full or in part."""
    return any(here.said(subject) for subject in here.step.subjects())
