"""Studies and interventions: what a review counts and what its forms ask about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StudyState(StrEnum):
    """Whether a study is part of the review, waits for a decision, or is not finished itself."""

    INCLUDED = "included"
    AWAITING = "awaiting"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study as it is now.

    `reports` are the units included at full text that belong to it, in the order of their numbers;
    `primary` is one of them, "" without any. `id` is "" for a report that is in no study yet, which
    counts as one. `into` is the study it was joined to, "" for one that stands for itself.
    """

    id: str
    name: str
    reports: tuple[str, ...]
    primary: str
    state: StudyState = StudyState.INCLUDED
    registrations: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """An intervention, and the ids of the studies that test it."""

    id: str
    name: str
    studies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Reports (units) that may be of one study, and why, in words; nothing follows from it."""

    reports: tuple[str, ...]
    why: str
