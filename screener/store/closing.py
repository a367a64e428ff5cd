"""Closing a step and opening it again: what one reviewer says of their own work."""

from __future__ import annotations

from screener.model import UserError
from screener.model.blank import is_blank
from screener.model.closing import closing_code
from screener.store.file import File
from screener.store.heads import head_ids
from screener.store.kinds.reviewer import Close, Reopen
from screener.store.logs import last_project_event


def code(file: File, step: str) -> str:
    """Return the closing code of a step that this reviewer has closed, else ""."""
    if not file.closed(step, file.reviewer):
        return ""
    return closing_code(head_ids(file, Close, step=step, author=file.reviewer)[-1])


def close(file: File, step: str, words: str) -> str:
    """Record that this reviewer has finished a step; returns the closing code.

    `words` is the heading of the step. The code is passed on before the files are exchanged: it
    proves later that nothing was changed afterwards. `UserError` when it is closed already.
    """
    if file.closed(step, file.reviewer):
        raise UserError(f"{words} is closed already; its code is {code(file, step)}.")
    with file.action(f"Close {words.lower()}") as action:
        review = last_project_event(file)
        event = action.append(Close(review=review), step=step, supersedes=_heads(file, step))
    return closing_code(event)


def reopen(file: File, step: str, words: str, why: str) -> None:
    """Open a closed step again, with the reason; the first close stays in the history."""
    if not file.closed(step, file.reviewer):
        raise UserError(f"{words} is not closed; there is nothing to reopen.")
    if is_blank(why):
        raise UserError("Say why the stage is opened again; the report names it.")
    with file.action(f"Reopen {words.lower()}") as action:
        action.append(Reopen(why=why), step=step, supersedes=_heads(file, step))


def _heads(file: File, step: str) -> list[str]:
    """Return what a close or a reopening takes the place of: the last of both kinds."""
    by = file.reviewer
    return [
        *head_ids(file, Close, step=step, author=by),
        *head_ids(file, Reopen, step=step, author=by),
    ]
