"""What reviewers recorded, and the consensus that stands, as values for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from screener.model import Consensus, Decision, Details, Discrepancy, Reviewer, Unit
from screener.model.step import Item, Recorded, State, Step
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.meeting import Consensus as Agreed


def in_order(
    step: Step, reviewers: Sequence[Reviewer], subjects: Iterable[str] | None
) -> dict[str, list[Recorded]]:
    """Return what stands of each reviewer, by subject (all for None), in the reviewers' order."""
    order = {r.id: place for place, r in enumerate(reviewers)}
    return {
        subject: sorted(several, key=lambda one: (order.get(one.reviewer, 99), one.event))
        for subject, several in step.recorded(subjects).items()
    }


def settled(
    file: File, step: str, names: Mapping[str, str], subjects: Iterable[str] | None = None
) -> dict[str, list[Consensus]]:
    """Return the consensus that stands, by subject (all for None); `names` are by person's id."""
    found: dict[str, list[Consensus]] = {}
    for head in heads(file, Agreed, step=step, subjects=subjects):
        body = head.body
        found.setdefault(head.subject, []).append(
            Consensus(
                subject=head.subject,
                step=step,
                item=Item(body.question, body.row),
                state=body.state,
                value=body.value,
                reason=body.reason,
                details=Details(
                    unit=body.unit,
                    page=body.page,
                    quote=body.quote,
                    same_meaning=body.same_meaning,
                ),
                why=body.why,
                by=tuple(names.get(who, who) for who in body.by),
                mode=body.mode,
                basis=body.basis,
                time=head.time,
                event=head.event,
            )
        )
    return found


def discrepancy(
    state: State, unit: Unit, decisions: Iterable[Decision], agreed: Iterable[Consensus]
) -> Discrepancy:
    """Return one entry of the list for the meeting, of an item on which something differs."""
    assert state.kind is not None
    return Discrepancy(
        unit=unit,
        step=state.step,
        kind=state.kind,
        elements=state.elements,
        decisions=tuple(one for one in decisions if isinstance(one, Decision)),
        consensus=tuple(agreed),
        state="open" if state.open else "resolved",
        stale=state.stale,
    )
