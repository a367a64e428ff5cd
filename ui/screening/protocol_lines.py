"""The criteria and reasons of a protocol as the panel and the lines over the buttons show them."""

from __future__ import annotations

from screener.model import Protocol
from ui.widgets.criteria import CriterionLine, ReasonLine


def criteria(protocol: Protocol) -> list[CriterionLine]:
    """Return the criteria with their numbers, which are those of their reasons."""
    return [
        CriterionLine(
            id=c.id,
            element=str(c.element),
            name=c.name,
            number=number,
            include=c.include,
            exclude=c.exclude,
        )
        for number, c in enumerate(protocol.criteria, 1)
    ]


def reasons(protocol: Protocol) -> list[ReasonLine]:
    """Return every reason, those of the criteria first."""
    return [ReasonLine(id=r.id, text=r.text, number=r.number) for r in protocol.reasons]


def further_reasons(protocol: Protocol) -> list[ReasonLine]:
    """Return the reasons that are no criteria."""
    return reasons(protocol)[len(protocol.criteria) :]
