"""What the checks before a merge say of each file, and the refusal that ends them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypedDict

from screener.model import UserError
from screener.model.words import one_line


class Check(StrEnum):
    """The checks, in the order of admission."""

    FILE = "file"
    JOURNAL = "journal"
    SCHEMA = "schema"
    INTEGRITY = "integrity"
    PROJECT = "project"
    HISTORY = "history"
    REVIEWER = "reviewer"
    RECORDS = "records"
    PROTOCOL = "protocol"
    PROGRESS = "progress"
    STAGE = "stage"
    FORK = "fork"
    BRINGS = "brings"


class Result(StrEnum):
    """How a check ended."""

    OK = "ok"
    REMARK = "remark"
    REFUSED = "refused"


class Step(StrEnum):
    """What a person can do about a refusal, as a button where the window has one."""

    NONE = ""
    TAKE_CHANGES = "take-changes"
    TAKE_PROJECT = "take-project"
    ANSWERS_ONLY = "answers-only"
    SALVAGE = "salvage"
    FRESH_COPY = "fresh-copy"
    OTHER_FILE = "other-file"
    UPDATE = "update"
    OPEN_EARLY = "open-early"


class Answers(TypedDict, total=False):
    """The fields of `Choices` as keywords."""

    salvage: bool
    take_changes: bool
    project: bool
    answers_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person answered to the questions of admission; without, nothing of it is done.

    `salvage`: take what is whole out of a damaged file. `take_changes`: this project was restored
    from a backup, so a copy's newer changes to the review come in. `project`: a project is meant,
    with the logs of everybody in it. `answers_only`: take a reviewer's answers and leave the
    changes to the review that are with them.
    """

    salvage: bool = False
    take_changes: bool = False
    project: bool = False
    answers_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of one file: how it ended, a sentence, and the next step where there is one."""

    check: Check
    result: Result
    message: str
    step: Step = Step.NONE


@dataclass(slots=True, kw_only=True)
class Admitted:
    """One file before a merge: what the checks found, and what it would bring.

    `logs` are the ids of those of its logs that are taken; `given` the ids of the reviewers whose
    file it is. `ended` are the steps that its reviewer closed in it at least once, `unclosed` those
    that are not closed in it, with their words.
    """

    path: Path
    findings: list[Finding] = field(default_factory=list)
    private: Path | None = None
    reviewer: str = ""
    reviewer_id: str = ""
    logs: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    new_events: int = 0
    new_answers: int = 0
    new_decisions: int = 0
    known_events: int = 0
    decided: dict[str, int] = field(default_factory=dict)
    pending: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    unclosed: dict[str, str] = field(default_factory=dict)
    review: frozenset[str] = frozenset()
    """The ids of the changes to the review that are in the file."""
    is_project: bool = False

    @property
    def refused(self) -> Finding | None:
        """The check that refused the file, or None."""
        return next((f for f in self.findings if f.result is Result.REFUSED), None)

    def add(self, check: Check, result: Result, message: str, step: Step = Step.NONE) -> None:
        """Note how a check ended."""
        said = one_line(message)  # it may quote what a file says
        self.findings.append(Finding(check=check, result=result, message=said, step=step))

    def replace(self, before: str, message: str) -> None:
        """Have the finding that says one sentence say another."""
        before, message = one_line(before), one_line(message)
        self.findings = [
            replace(one, message=message) if one.message == before else one for one in self.findings
        ]

    def refuse(self, check: Check, message: str, step: Step = Step.OTHER_FILE) -> NoReturn:
        """Note that a check refused the file, and end its checks with `Refusal`."""
        self.add(check, Result.REFUSED, message, step)
        raise Refusal

    def refuse_damaged(self, why: str) -> NoReturn:
        """Refuse the file because it is damaged."""
        self.refuse(
            Check.INTEGRITY,
            f"{self.path.name} is damaged ({why}); ask for a fresh copy, or take in what is whole.",
            Step.SALVAGE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge did: the files as they were admitted, and what each added."""

    files: tuple[Admitted, ...]
    backup: Path | None

    reopened: int = 0
    """How many settled items are open again by it, of those that may be seen."""

    @property
    def answers(self) -> int:
        """Decisions and answers that were new here."""
        return sum(f.new_answers for f in self.files)

    @property
    def decisions(self) -> int:
        """Those of them that are decisions on records and reports; the others are of forms."""
        return sum(f.new_decisions for f in self.files)

    @property
    def new(self) -> int:
        """Entries that were new here."""
        return sum(f.new_events for f in self.files)


class Refusal(Exception):  # noqa: N818 - it ends the checks of one file
    """Ends the checks of one file; its finding was noted."""


class MergeRefused(UserError):  # noqa: N818 - nothing went wrong, it said no
    """A merge that did not take place; the message is the first refusal, `files` has them all."""

    def __init__(self, files: list[Admitted]) -> None:
        self.files = tuple(files)
        self.finding = next(one.refused for one in files if one.refused is not None)
        super().__init__(self.finding.message)


def require_admitted(files: list[Admitted]) -> None:
    """Raise `MergeRefused` when any file was refused."""
    if any(one.refused is not None for one in files):
        raise MergeRefused(files)
