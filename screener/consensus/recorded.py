"""What reviewers recorded, and the consensus that stands, as values for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from screener.consensus.standing import Standing
from screener.model import Answer, Consensus, Decision, Details, Discrepancy, Reviewer, Unit
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
    standing: Standing,
    state: State,
    unit: Unit,
    found: Mapping[str, Sequence[Recorded]],
    agreed: Mapping[str, Sequence[Consensus]],
) -> Discrepancy:
    """Return one entry of the list for the meeting, of an item on which something differs.

    `found` and `agreed` are what was recorded and agreed on whole subjects, by their ids.
    """
    assert state.kind is not None
    here = found.get(state.subject, ())
    answers = tuple(one for one in here if isinstance(one, Answer))
    if answers:
        said = standing.said_on(state.subject, state.item)
        on_item = {(one.author, one.question, one.row) for one in said}
        answers = tuple(a for a in answers if (a.reviewer, a.question, a.row) in on_item)
    return Discrepancy(
        unit=unit,
        step=state.step,
        kind=state.kind,
        elements=state.elements,
        item=state.item,
        decisions=tuple(one for one in here if isinstance(one, Decision)),
        answers=answers,
        consensus=tuple(one for one in agreed.get(state.subject, ()) if one.item == state.item),
        state="open" if state.open else "resolved",
        stale=state.stale,
    )
