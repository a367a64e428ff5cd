"""The consensus that stands, as values with the names of the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screener.model import Consensus
from screener.model.step import Item
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.meeting import Consensus as Recorded


def settled(
    file: File, step: str, names: Mapping[str, str], subjects: Iterable[str] | None = None
) -> dict[str, list[Consensus]]:
    """Return the consensus that stands, by subject (all for None); `names` are by person's id."""
    found: dict[str, list[Consensus]] = {}
    for head in heads(file, Recorded, step=step, subjects=subjects):
        body = head.body
        found.setdefault(head.subject, []).append(
            Consensus(
                subject=head.subject,
                step=step,
                item=Item(body.question, body.row),
                state=body.state,
                value=body.value,
                reason=body.reason,
                same_meaning=body.same_meaning,
                why=body.why,
                by=tuple(names.get(who, who) for who in body.by),
                mode=body.mode,
                basis=body.basis,
                time=head.time,
                event=head.event,
            )
        )
    return found
