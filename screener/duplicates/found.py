"""What the finder found: groups that are certain, questions for a person, linked reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.duplicates.settings import VERSION, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that a person is asked about, the more complete one second, and the rule."""

    one: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Records of one report that may be joined without asking; `kept` is the one to show."""

    records: tuple[str, ...]
    kept: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Records that may be one report. `records` are all to show, the most complete first.

    Some of them may belong together for certain already (`Found.certain`); `pairs` are what there
    is to answer: the likeliest that hold all together, so one less than there are groups. `why`
    says what agrees in the least likely of them and what does not. `doubt` is 0 for the likeliest
    and grows.
    """

    records: tuple[str, ...]
    pairs: tuple[Pair, ...]
    why: str
    doubt: float


class Link(StrEnum):
    """Other kinds of sameness: shown, never merged."""

    COCHRANE = "cochrane-versions"
    NOTICE = "notice-and-report"
    PREPRINT = "preprint-and-report"
    CONFERENCE = "conference-abstract-and-report"
    ELSEWHERE = "published-elsewhere"
    REGISTRATION = "registry-entry-and-report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Records about one study, or one about the other, that are not duplicates."""

    kind: Link
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The result of one run. `rules` counts the joins each rule made."""

    certain: tuple[Group, ...]
    ask: tuple[Question, ...]
    linked: tuple[Linked, ...]
    rules: dict[str, int]
    settings: Settings
    version: str = VERSION
