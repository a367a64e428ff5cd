"""What a file is: of which review, whose, how much is in it; and a backup of one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screener.model.words import counted, counted_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a file is; "" and None are what could not be read.

    `uuid` names the review, `kind` is "project", "copy" or "arbitrator"; `person` is the id and
    `reviewer` the name of the reviewer or arbitrator whose file it is ("" in a project);
    `records` counts them all, `units` every group of duplicates once; `decisions` counts those
    that stand, of everybody in the file, `answers` those to forms.
    """

    uuid: str = ""
    kind: str = ""
    person: str = ""
    reviewer: str = ""
    title: str = ""
    records: int | None = None
    units: int | None = None
    decisions: int | None = None
    answers: int | None = None

    @property
    def whose(self) -> str:
        """Return which file of the review it is: "the project", "Maya's copy"."""
        name = self.reviewer
        if self.kind == "copy":
            return f"{name}'s copy" if name else "a reviewer's copy"
        if self.kind == "arbitrator":
            return f"the arbitrator's file ({name})" if name else "the arbitrator's file"
        return "the project" if self.kind else "a file that cannot be read"

    @property
    def amount(self) -> str:
        """Return how much is in it: "300 records, 120 decisions", or "" where it is not known.

        Answers are told where there are any.
        """
        if self.records is None or self.decisions is None:
            return ""
        amount = (
            f"{counted_records(self.records, self.units)}, {counted(self.decisions, 'decision')}"
        )
        return f"{amount}, {counted(self.answers, 'answer')}" if self.answers else amount

    @property
    def words(self) -> str:
        """Return whose file it is and how much is in it."""
        return ", ".join(filter(None, (self.whose, self.amount)))

    def same_file(self, other: Summary) -> bool:
        """Say whether both are of one file of one review, as far as both could be read."""
        persons = {self.person, other.person}
        return (
            bool(self.uuid and self.kind)
            and (self.uuid, self.kind) == (other.uuid, other.kind)
            and (len(persons) == 1 or "" in persons)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup: where it lies, when it was made (local ISO time), its size in bytes, of what.

    `own` says whether it is of the file that was asked about, and not of another of its review.
    """

    path: Path
    made: str
    size: int
    what: Summary
    own: bool = False
