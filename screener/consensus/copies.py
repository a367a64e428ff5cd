"""Reviewers, and the copies written for them."""

from __future__ import annotations

import secrets
from pathlib import Path

from screener.model import Reviewer, ReviewerId, UserError
from screener.store import paths
from screener.store.file import File, FileKind
from screener.store.opening import create
from screener.store.union import fill_copy


def reviewers(file: File) -> list[Reviewer]:
    """Return the reviewers of the review, in the order they were added."""
    return [Reviewer(id=ReviewerId(b["id"]), name=b["name"]) for _, b in file.heads("reviewer")]


def reviewer_named(file: File, name: str) -> Reviewer | None:
    """Return the reviewer of that name, ignoring case and outer blanks, or None."""
    wanted = name.strip().casefold()
    return next((r for r in reviewers(file) if r.name.casefold() == wanted), None)


def add_reviewer(file: File, name: str) -> Reviewer:
    """Return the reviewer of that name, added when new. `UserError` for an empty name."""
    found = reviewer_named(file, name)
    if found is not None:
        return found
    if not name.strip():
        raise UserError("Give the reviewer's name; it stands in the copy and in the report.")
    added = Reviewer(id=ReviewerId(secrets.token_hex(16)), name=name.strip())
    with file.action(f"Add reviewer {added.name}") as action:
        action.append("reviewer", {"id": added.id, "name": added.name}, unit=added.id)
    return added


def write_copy(project: File, name: str, path: Path) -> Reviewer:
    """Write a reviewer's copy, or a newer one for the same name.

    It holds the project log and that reviewer's own logs merged so far, and no byte of anybody
    else's decisions. `UserError` when something lies at `path` or the file is no project.
    """
    if project.kind is not FileKind.PROJECT:
        raise UserError("Only the coordinator's project writes copies; open the project for that.")
    paths.refuse_open(path)
    if path.exists():
        raise UserError(f"{path} is there already; choose another name.")
    paths.require_folder(path)
    reviewer = add_reviewer(project, name)
    with paths.written_beside(path, new=True) as beside:
        fresh = create(beside, kind=FileKind.COPY, uuid=project.uuid, reviewer=reviewer.id)
        fresh.close()
        fill_copy(project, beside, reviewer.id)
    return reviewer
