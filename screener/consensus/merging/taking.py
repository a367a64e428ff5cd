"""Taking files in that were admitted, and making a file that was made by merging the project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from screener.consensus.merging.admission import admitted
from screener.consensus.merging.checks import Reader, read_as_pages, remark_behind
from screener.consensus.merging.findings import (
    Admitted,
    Answers,
    Choices,
    Merged,
    require_admitted,
)
from screener.model import ErrorKind, Progress, UserError, silent
from screener.model.words import listed
from screener.store import backups, raw, union, verify
from screener.store.file import File
from screener.store.kinds.project import Continued


def merge(
    target: File,
    reader: Reader,
    files: Sequence[Path],
    progress: Progress,
    as_project: str | None,
    answers: Answers,
) -> Merged:
    """Check files and take them in, all or nothing; the target is backed up before.

    With `as_project`, a reason, a file made by merging becomes the project. `MergeRefused` when a
    file is refused.
    """
    union.require_few(files)
    if as_project is not None:
        require_continuable(target, as_project)
    with admitted(target, files, reader, progress, Choices(**answers)) as found:
        if any(one.refused is not None for one in found):
            verify.require_true_caches(target, progress)  # else the file may be blamed for them
        require_admitted(found)
        brings = any(one.new_events for one in found) or raw.is_incomplete(target.rows)
        kept = backups.backup_if_changed(target, progress) if brings else None
        if brings and kept is None:  # a backup is verified whole, these caches with it
            verify.require_true_caches(target, progress)
        take_in(target, found, progress, reader=reader)
        remark_behind(target, reader, found)
    if as_project is not None:
        continue_as_project(target, as_project)
    return Merged(files=tuple(found), backup=kept)


def take_in(
    target: File,
    found: Sequence[Admitted],
    progress: Progress = silent,
    *,
    reader: Reader | None = None,
    new: bool = False,
) -> None:
    """Take in the files that were admitted, and note in each what it brought.

    Before the commit the target is read as pages read it, unless there is no `reader`. `new` says
    that the target is made from the files now.
    """
    sources = [
        union.Source(path=one.private, logs=one.logs) for one in found if one.private is not None
    ]
    speaks = new or target.made
    taken = union.union(
        target,
        sources,
        progress,
        given=frozenset().union(*(one.given for one in found)) if speaks else None,
        last=partial(_read_once, target, reader, found) if reader is not None else None,
    )
    for one, result in zip(found, taken, strict=True):
        one.known_events += one.new_events - result.new
        one.new_events = result.new


def _read_once(target: File, reader: Reader, found: Sequence[Admitted]) -> None:
    """Read the target as pages will; what cannot be read then came with the files."""
    try:
        read_as_pages(target, reader)
    except UserError as error:
        if error.kind is not ErrorKind.DAMAGED:
            raise
        names = listed([one.path.name for one in found])
        raise UserError(
            f"With {names} {target.path.name} could not be read, so nothing was merged: {error}",
            kind=ErrorKind.DAMAGED,
        ) from error


def continue_as_project(file: File, why: str) -> None:
    """Make a file that was made by merging the project, because the coordinator's is lost.

    From then on it may change the review and waits for everybody who takes part. `UserError` when
    it is a project already, or no reason is given.
    """
    require_continuable(file, why)
    with file.action("Make this the project") as action:
        union.forget_made(file)
        action.append(Continued(why=why.strip()))


def require_continuable(file: File | None, why: str) -> None:
    """Raise `UserError` unless a file (None: one that is to be made) may become the project."""
    if file is not None and not file.made:
        raise UserError(f"{file.path.name} was not made by merging; it needs no such step.")
    if not why.strip():
        raise UserError("Say why this file becomes the project; the report names it.")
