"""What files know of the review: their project logs, compared.

Two project logs are equal, one is the beginning of the other, or they diverge. A longer one is
taken in unasked only into a copy and into a file that was made by merging.
"""

from __future__ import annotations

from typing import NamedTuple

from screener.consensus.merging.findings import Admitted, Check, Choices, Result, Step
from screener.consensus.naming import Naming
from screener.model.words import counted, grouped
from screener.store import logs
from screener.store.file import File, FileKind

_MOST = 10


class Change(NamedTuple):
    """One event of the project log: its kind, and in words what it says it does."""

    kind: str
    words: str


def changes(here: File, there: File) -> tuple[list[Change], list[Change]]:
    """Return the project events that only the first file has, and those only the second has."""
    ours, theirs = logs.project_events(here), logs.project_events(there)
    only_here = _told(here, [id_ for id_ in ours if id_ not in theirs])
    only_there = _told(there, [id_ for id_ in theirs if id_ not in ours])
    return only_here, only_there


def _told(file: File, ids: list[str]) -> list[Change]:
    if not ids:
        return []
    naming = Naming(file)
    return [Change(event.kind.name, naming.words(event)) for event in logs.changes(file, ids)]


def check_review(
    one: Admitted, target: File | None, newest: File, incoming: File, choices: Choices
) -> tuple[bool, list[Change]]:
    """Check 8; returns whether the project logs of a file are taken, and what is newer in them.

    `newest` is the file that knows most of the review: the target, or one that was chosen before.
    """
    if newest is incoming:
        return True, []  # the first file of which a new one is made
    only_here, only_there = changes(newest, incoming)
    if choices.answers_only:
        _remark_left_out(one, only_there)
        return False, only_there
    if only_here and only_there:
        _refuse_divergent(one, newest, incoming, only_here, only_there)
    if only_there and not _takes_newer(target, incoming, choices):
        one.refuse(
            Check.HISTORY,
            f"{one.path.name} has {counted(len(only_there), 'change')} to the review that this "
            f"project has not ({_named(only_there)}); if this project was restored from a backup, "
            "take them in, else open the newer project.",
            Step.TAKE_CHANGES,
        )
    if only_there:
        one.add(
            Check.HISTORY,
            Result.REMARK,
            f"Brings {counted(len(only_there), 'newer change')} to the review: "
            f"{_named(only_there)}.",
        )
    elif only_here and (target is None or target.made):
        _say_lacking(one, newest, only_here)
    else:
        _say_older(one, only_here)
    return _takes_newer(target, incoming, choices), only_there


def _takes_newer(target: File | None, incoming: File, choices: Choices) -> bool:
    """Say whether a file's project logs go into the target (None: into a new file)."""
    if target is None or target.made or target.kind is not FileKind.PROJECT:
        return True
    return choices.take_changes or incoming.kind is FileKind.PROJECT


def _refuse_divergent(
    one: Admitted, newest: File, incoming: File, here: list[Change], there: list[Change]
) -> None:
    other = "this project" if newest.writable else newest.path.name
    listed = "; ".join([change.words for change in (*here, *there)][:_MOST])
    alone = ", or take in the decisions alone"
    only = "" if incoming.kind is FileKind.ARBITRATOR else alone
    one.refuse(
        Check.HISTORY,
        f"{one.path.name} and {other} were both changed: "
        f"{counted(len(here), 'change')} only here, "
        f"{len(there):,} only there ({listed}); go on with one of the two{only}.",
        Step.ANSWERS_ONLY if only else Step.OTHER_FILE,
    )


def _remark_left_out(one: Admitted, only_there: list[Change]) -> None:
    if only_there:
        one.add(
            Check.HISTORY,
            Result.REMARK,
            f"{counted(len(only_there), 'change')} to the review stay out: {_named(only_there)}."
            if len(only_there) > 1
            else f"1 change to the review stays out: {_named(only_there)}.",
        )
    else:
        one.add(Check.HISTORY, Result.OK, "Brings no changes to the review.")


def _say_lacking(one: Admitted, newest: File, only_here: list[Change]) -> None:
    # What another file brings is named whichever of them comes first: nobody asked the coordinator.
    one.add(
        Check.HISTORY,
        Result.REMARK,
        f"Does not know {counted(len(only_here), 'change')} to the review that "
        f"{newest.path.name} has: {_named(only_here)}.",
    )


def _say_older(one: Admitted, only_here: list[Change]) -> None:
    # Who else reviews changes nothing for this file: every first copy would be remarked.
    unknown = [c for c in only_here if c.kind not in ("reviewer", "joins")]
    if not unknown:
        one.add(Check.HISTORY, Result.OK, "Knows everything that was changed in the review.")
        return
    last = "change" if len(unknown) == 1 else counted(len(unknown), "change")
    one.add(
        Check.HISTORY,
        Result.REMARK,
        f"Does not know the last {last} to the review; its decisions carry their protocol version.",
    )


def _named(newer: list[Change]) -> str:
    return grouped(change.words for change in newer)
