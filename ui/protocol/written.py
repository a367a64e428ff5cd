"""What stands in the fields of the form of a protocol, besides its criteria."""

from __future__ import annotations

from dataclasses import dataclass

from screener.model import Protocol, Stage


@dataclass(frozen=True, slots=True)
class Written:
    """Everything in the form but its criteria, as it stands in the fields."""

    before: Protocol
    title: str
    question: str
    registration: str
    reasons: str
    maybe: str
    per_record: str
    reason: str

    @staticmethod
    def of(protocol: Protocol) -> Written:
        """Return what a protocol fills the fields with."""
        needs = protocol.requires_reason(Stage.TITLE_ABSTRACT)
        return Written(
            protocol,
            protocol.title,
            protocol.question,
            protocol.registration,
            "\n".join(text for _, text in protocol.further_reasons),
            str(protocol.maybe),
            str(protocol.reviewers_per_record),
            "yes" if needs else "no",
        )
