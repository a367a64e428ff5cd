"""Answers as they stand in a file, as values for people."""

from __future__ import annotations

from screener.model import Answer, ReviewerId
from screener.store.heads import Head
from screener.store.kinds.reviewer import Answer as Recorded


def answer_from(head: Head[Recorded]) -> Answer:
    """Return an answer out of its event."""
    body = head.body
    return Answer(
        step=head.step,
        subject=head.subject,
        question=body.question,
        row=body.row,
        reviewer=ReviewerId(head.author),
        state=body.state,
        value=body.value,
        page=body.page,
        quote=body.quote,
        note=body.note,
        origin=body.origin,
        unit=body.unit,
        report=body.report,
        form=body.form,
        seen=body.seen,
        event=head.event,
        time=head.time,
    )
