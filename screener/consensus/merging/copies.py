"""The copies that are written for reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from screener.consensus import people
from screener.consensus.coverage import Coverage
from screener.model import Reviewer, UserError
from screener.store import paths
from screener.store.file import File, FileKind
from screener.store.opening import create
from screener.store.union import fill_copy


def write_copy(project: File, name: str, path: Path, steps: Sequence[Coverage]) -> Reviewer:
    """Write a reviewer's copy, or a newer one for the same name; they join the steps.

    It holds the project log and that reviewer's own logs merged so far, and no byte of anybody
    else's decisions. `UserError` when something lies at `path` or the file is no project.
    """
    if project.kind is not FileKind.PROJECT:
        raise UserError("Only the coordinator's project writes copies; open the project for that.")
    paths.refuse_open(path)
    if path.exists():
        raise UserError(f"{path} is there already; choose another name.")
    paths.require_folder(path)
    reviewer = people.add(project, name)
    people.join(project, reviewer, [one for one in steps if reviewer.id not in one.parts])
    with paths.written_beside(path, new=True) as beside:
        fresh = create(beside, kind=FileKind.COPY, uuid=project.uuid, reviewer=reviewer.id)
        fresh.close()
        fill_copy(project, beside, reviewer.id)
    return reviewer
