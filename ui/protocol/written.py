"""What stands in the fields of the form of a protocol, besides its criteria."""

from __future__ import annotations

from dataclasses import dataclass

from screener.model import Previous, Protocol, Stage, UserError
from screener.protocol.toml import require_previous

_DIGITS = 7


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
    studies: str = ""
    reports: str = ""

    @property
    def previous(self) -> Previous | None:
        """What the earlier version included; None where both fields are empty.

        `UserError` unless both are counts that can be.
        """
        typed = [text.strip() for text in (self.studies, self.reports)]
        if not any(typed):
            return None
        if not all(text.isdecimal() and len(text) < _DIGITS for text in typed):
            raise UserError(
                "Say of the earlier version how many studies and how many reports it included, "
                "both in digits; of a new review leave both empty."
            )
        found = Previous(studies=int(typed[0]), reports=int(typed[1]))
        require_previous(found)
        return found

    @staticmethod
    def of(protocol: Protocol) -> Written:
        """Return what a protocol fills the fields with."""
        previous = protocol.previous
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
            *(("", "") if previous is None else (str(previous.studies), str(previous.reports))),
        )
