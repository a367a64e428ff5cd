"""Taking files in that were admitted, and making a file that was made by merging the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from screener.consensus.merging.admission import admitted
from screener.consensus.merging.checks import read_as_pages, remark_behind
from screener.consensus.merging.findings import (
    Admitted,
    Answers,
    Choices,
    Merged,
    require_admitted,
)
from screener.consensus.merging.together import Before, require_hidden, require_people
from screener.consensus.merging.unclosed import Reader
from screener.consensus.people import open_early
from screener.model import DiscrepancyKind, ErrorKind, Progress, UserError, silent
from screener.model.words import listed
from screener.store import backups, raw, union, verify
from screener.store.file import Action, File
from screener.store.heads import heads
from screener.store.kinds.meeting import Consensus
from screener.store.kinds.project import Continued

_CONTINUE = "Make this the project"


def merge(
    target: File,
    reader: Reader,
    files: Sequence[Path],
    progress: Progress,
    meant: Meant,
    answers: Answers,
) -> Merged:
    """Check files and take them in, all or nothing; the target is backed up before.

    What else is `meant` is done in the same transaction. `MergeRefused` when a file is refused.
    """
    union.require_few(files)
    if meant.as_project is not None:
        require_continuable(target, meant.as_project)
    with admitted(target, files, reader, progress, Choices(**answers)) as found:
        if any(one.refused is not None for one in found):
            verify.require_true_caches(target, progress)  # else the file may be blamed for them
        require_admitted(found)
        brings = any(one.new_events for one in found) or raw.is_incomplete(target.rows)
        kept = backups.backup_if_changed(target, progress) if brings else None
        if brings and kept is None:  # a backup is verified whole, these caches with it
            verify.require_true_caches(target, progress)
        before = _open_again(target, reader)
        meant = replace(meant, confirmed=bool(answers.get("take_changes")))
        take_in(target, found, progress, reader=reader, meant=meant)
        remark_behind(target, reader, found)
        reopened = _open_again(target, reader) - before
    return Merged(files=tuple(found), backup=kept, reopened=max(0, reopened))


def _open_again(target: File, reader: Reader) -> int:
    """Return how many items that were settled are open again, of those that may be seen."""
    if not heads(target, Consensus):
        return 0  # where nothing was settled, nothing has to be derived for it
    return sum(
        state.kind is DiscrepancyKind.REOPENED
        for here in reader(target)
        for state in here.discrepancies()
        if state.open
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is meant to be done with a file when others were taken in.

    With `as_project`, a reason, one made by merging becomes the project; `open_early` shows what
    not everybody has closed, for the reason `why`. `confirmed` says that the changes to the review
    that a file brings are the coordinator's, whatever they show.
    """

    as_project: str | None = None
    open_early: bool = False
    why: str = ""
    confirmed: bool = False


def take_in(
    target: File,
    found: Sequence[Admitted],
    progress: Progress = silent,
    *,
    reader: Reader | None = None,
    new: bool = False,
    meant: Meant = Meant(),
) -> None:
    """Take in the files that were admitted, and note in each what it brought.

    Before the commit the target is read as pages read it, unless there is no `reader`. `new` says
    that the target is made from the files now. What is `meant` needs a reader; it is done too where
    the files bring nothing.
    """
    sources = [
        union.Source(path=one.private, logs=one.logs, lost=one.lost & one.logs)
        for one in found
        if one.private is not None
    ]
    speaks = new or target.made
    before = Before() if new else Before.of(target)
    last = partial(_finish, target, reader, found, meant, before) if reader is not None else None
    taken = union.union(
        target,
        sources,
        progress,
        given=frozenset().union(*(one.given for one in found)) if speaks else None,
        last=last,
        always=lambda: reader is not None and _has_to_be_done(target, reader, meant),
    )
    for one, result in zip(found, taken, strict=True):
        one.known_events += one.new_events - result.new
        one.new_events = result.new


def _has_to_be_done(target: File, reader: Reader, meant: Meant) -> bool:
    """Say whether what is meant changes anything where the files bring nothing."""
    if meant.as_project is not None:
        return True
    return meant.open_early and any(
        here.hidden() or here.coverage.withheld.events() for here in reader(target)
    )


def _finish(
    target: File, reader: Reader, found: Sequence[Admitted], meant: Meant, before: Before
) -> None:
    """Do what is meant, and read the target as pages will; what cannot be read came with files."""
    try:
        if meant.as_project is not None:
            with target.part(_CONTINUE) as action:
                _continue(target, action, meant.as_project)
        if meant.open_early:
            open_early(target, reader(target), meant.why, part=True)
        read_as_pages(target, reader)
        require_people(target, found, before)
        if target.made and not meant.open_early:
            here, sure = reader(target), meant.confirmed
            union.keep_confirmed(
                target, require_hidden(target, found, here, before, confirmed=sure)
            )
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
    with file.action(_CONTINUE) as action:
        _continue(file, action, why)


def _continue(file: File, action: Action, why: str) -> None:
    union.forget_made(file)
    action.append(Continued(why=why.strip()))


def require_continuable(file: File | None, why: str) -> None:
    """Raise `UserError` unless a file (None: one that is to be made) may become the project."""
    if file is not None and not file.made:
        raise UserError(f"{file.path.name} was not made by merging; it needs no such step.")
    if not why.strip():
        raise UserError("Say why this file becomes the project; the report names it.")
