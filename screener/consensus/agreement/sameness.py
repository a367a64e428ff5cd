"""The share of subjects with the same answer: the figure for text, numbers, dates and the like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

_NO_SUBJECTS = "not defined: no subject was answered by the reviewers compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """How many of `n` subjects have the same answer; the share is None where there is none."""

    n: int
    same: int
    share: float | None = None
    not_defined: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, object]:
        """Give the figure as the command line prints it."""
        return {
            "n": self.n,
            "same": self.same,
            "share": self.share,
            "not_defined": dict(self.not_defined),
        }


def sameness(same: Iterable[bool]) -> Sameness:
    """Count the subjects: for each that all have answered, whether their answers are the same.

    What is the same the caller says: it is a matter of the type of the question.
    """
    found = list(same)
    n, equal = len(found), sum(found)
    if not n:
        return Sameness(n=0, same=0, not_defined={"share": _NO_SUBJECTS})
    return Sameness(n=n, same=equal, share=float(Fraction(equal, n)))
