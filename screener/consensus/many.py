"""Settling many items as one action."""

from __future__ import annotations

from collections.abc import Sequence

from screener.consensus import settling
from screener.consensus.standing import Standing
from screener.model import UserError
from screener.model.step import Item
from screener.model.words import counted
from screener.store.file import File

_MOST = 10


def resolve_many(
    file: File, standing: Standing, wanted: Sequence[tuple[str, str, Item, settling.Settlement]]
) -> int:
    """Settle many items as one action, all or none; returns how many.

    Each is given with where it is told ("line 3"), its subject and what is agreed. `UserError` says
    of the first ten what is wrong.
    """
    wrong, seen = [], set[tuple[str, Item]]()
    with file.action(f"Settle {counted(len(wanted), 'item')}") as action:
        for place, subject, item, agreed in wanted:
            try:
                if (subject, item) in seen:
                    raise UserError("this is settled twice")
                seen.add((subject, item))
                settling.resolve(file, standing, subject, item, agreed, within=action)
            except UserError as error:
                wrong.append(f"{place}: {str(error).rstrip('.')}")
        if wrong:
            more = "; ..." if len(wrong) > _MOST else ""
            raise UserError(
                f"{'; '.join(wrong[:_MOST])}{more}; mend these lines, nothing was recorded."
            )
    return len(wanted)
