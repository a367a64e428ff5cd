"""A person who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

ReviewerId = NewType("ReviewerId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A reviewer of this review; the id is random, the name is unique ignoring case."""

    id: ReviewerId
    name: str
