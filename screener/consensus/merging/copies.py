"""The files that are written for people: a reviewer's copy, and what an arbitrator settles in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from screener.consensus import given, people
from screener.consensus.coverage import Coverage
from screener.consensus.standing import Standing
from screener.consensus.table import Table
from screener.consensus.team import note_copy
from screener.model import Reviewer, UserError
from screener.model.gathering import gathered
from screener.store import logs, paths, verify
from screener.store.file import File, FileKind
from screener.store.opening import create
from screener.store.union import fill_copy


def write_copy(project: File, name: str, path: Path, steps: Sequence[Coverage]) -> Reviewer:
    """Write a reviewer's copy, or a newer one for the same name; they join the steps.

    It holds the project log and that reviewer's own logs merged so far, and no byte of anybody
    else's decisions. `UserError` when something lies at `path` or the file is no project.
    """
    _require_place(project, path)
    reviewer, added = people.named(project, name)
    new = [one for one in steps if reviewer.id not in one.parts]
    before = logs.last_project_event(project)
    try:
        with paths.written_beside(path, new=True) as beside:
            fresh = create(beside, kind=FileKind.COPY, uuid=project.uuid, reviewer=reviewer.id)
            # Records go round in an order of each reviewer's own, which a newer copy has again.
            fresh.set_own("order", f"random {str(reviewer.id)[:8]}")
            fresh.close()
            entering = people.entering(project, reviewer, new, added=added)
            fill_copy(project, beside, reviewer.id, *entering)
    except BaseException:  # nobody may wait for who has no copy, also when it cannot be renamed
        if logs.last_project_event(project) != before:
            ids = [one.step.id for one in new]
            people.take_out_again(project, reviewer, ids, added=added)
        raise
    note_copy(project, reviewer)
    return reviewer


def write_arbitrators_file(project: File, name: str, path: Path, here: Standing) -> Reviewer:
    """Write what an arbitrator settles in at a step; a person who is new is added.

    It holds the project log, the items that are to settle with the ids of what is on the table (the
    answers, what others agreed before), and that arbitrator's own adjudications so far: no answers,
    nothing that was agreed, and not whose it is. `UserError` when the file is no project, something
    lies at `path`, the person is a reviewer, or nothing is to settle.
    """
    _require_place(project, path)
    person, added = people.named(project, name, arbitrator=True)
    author = "" if added else str(person.id)
    open_ = gathered((state.subject, state.item) for state in here.discrepancies() if state.open)
    tables = {subject: Table(project, here, subject) for subject in open_}
    items = [
        (subject, item, basis)
        for subject, several in open_.items()
        for item in several
        if (basis := tables[subject].basis(item, author))  # else it is for reviewers to answer
    ]
    if not items:
        raise UserError(
            f"Nothing is to settle at {here.step.words.lower()}; merge the reviewers' closed "
            "copies first."
        )
    with paths.written_beside(path, new=True) as beside:
        fresh = create(beside, kind=FileKind.ARBITRATOR, uuid=project.uuid, reviewer=person.id)
        given.keep_items(fresh, project, here.step.id, items)
        fresh.close()
        fill_copy(project, beside, person.id, *people.entering(project, person, (), added=added))
    note_copy(project, person)
    return person


def _require_place(project: File, path: Path) -> None:
    if project.kind is not FileKind.PROJECT:
        raise UserError("Only the coordinator's project writes copies; open the project for that.")
    paths.require_place(path, new=True)
    verify.require_true_caches(project)  # a copy is given what the project's caches say
