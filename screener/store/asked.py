"""What a form is asked of, and whether anybody answered it: undo and removal look here first."""

from __future__ import annotations

from collections.abc import Collection

from screener.model import UserError
from screener.store.file import File
from screener.store.heads import OF_ANSWERS, heads
from screener.store.kinds.project import Open, TakenOut


def asked_of(file: File, step: str) -> set[str]:
    """Return the subjects that a step was opened for and that were not taken out of it."""
    out = {head.named for head in heads(file, TakenOut, step=step)}
    return {s for head in heads(file, Open, step=step) for s in head.body.subjects} - out


def is_answered(file: File, step: str, subjects: Collection[str] | None = None) -> bool:
    """Say whether an answer of anybody stands at a step, be it on one of some subjects."""
    rows = file.rows(
        "SELECT DISTINCT subject FROM current "  # noqa: S608 - fixed kinds
        f"WHERE kind IN ({OF_ANSWERS}) AND step = ? AND value <> 0",
        (step,),
    )
    found = {subject for (subject,) in rows}
    return bool(found if subjects is None else found.intersection(subjects))


def require_unused(file: File, step: str, title: str) -> None:
    """Raise `UserError` when a form is open for a subject, or answers to it are here."""
    if is_answered(file, step):
        raise UserError(f"“{title}” has answers in this review, so it stays; retire its fields.")
    if asked_of(file, step):
        raise UserError(
            f"“{title}” is open for studies, so it stays; take back that it was opened first, or "
            "take them out of it."
        )
