"""Reading a file once as every page will read it, before a merge is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from screener.consensus.agreed import agreed_heads
from screener.consensus.standing import Standing
from screener.model.step import Step
from screener.store import history
from screener.store.file import File
from screener.store.heads import wrong

Reader = Callable[[File], Iterable[Standing]]
"""Given a file, returns where the subjects of each of its steps stand, as pages will read it."""


def read_as_pages(file: File, reader: Reader) -> None:
    """Read the statuses of all steps and every consensus of a file, and keep nothing.

    The bodies of events were read strictly when they were written. `UserError` names the event
    that cannot be read, and its author.
    """
    listeners = list(file.listeners)
    try:
        for standing in reader(file):
            if is_open(file, standing.step):
                standing.counts()
            _read_agreed(file, standing)
    finally:
        file.listeners[:] = listeners  # what was read for this once is not told of changes


def is_open(file: File, step: Step) -> bool:
    """Say whether a step was ever opened for anything; else there is nothing to derive."""
    return step.opened_by_import or bool(history.of_kinds(file, "open", step=step.id))


def _read_agreed(file: File, standing: Standing) -> None:
    """Read every consensus of a step, those on what is still hidden too."""
    step = standing.step
    agreed = agreed_heads(file, step.id)
    known = set(step.subjects()) if agreed else set()
    for subject, several in agreed.items():
        for one in several:
            if subject not in known:
                raise wrong(file, one.event, "it names no record of this review")
            try:
                step.settled(one.item, one)
            except ValueError as error:
                raise wrong(file, one.event, str(error)) from error
