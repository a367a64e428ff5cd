"""The kinds of the project log: what the coordinator records; it goes into every copy."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from screener.model import Kind as Touched
from screener.model import SourceKind, Stage, StudyState
from screener.store.kinds.body import (
    Body,
    Columns,
    Count,
    Digest,
    Id,
    Kind,
    LogKind,
    MaybeDigest,
    MaybeId,
    Name,
    Number,
    Text,
    Word,
)


class Protocol(Body, frozen=True, kw_only=True):
    """A version of the protocol, named by its number and digest, and what it changed."""

    version: Number
    digest: Digest
    why: Text = ""


class Form(Body, frozen=True, kw_only=True):
    """A version of a form (`id` is also the step's), named by its number and digest."""

    id: Word
    version: Number
    digest: Digest
    why: Text = ""

    def __post_init__(self) -> None:
        """Refuse the id of a screening step, which no file with such a form could be read by."""
        if self.id in set(Stage):
            raise ValueError(f"no form is called “{self.id}”, which is a stage")


class Reviewer(Body, frozen=True, kw_only=True):
    """A person of the review; an arbitrator only settles."""

    id: Id
    name: Name
    arbitrator: bool = False


class Joins(Body, frozen=True, kw_only=True):
    """A reviewer takes part in a step: in all of it, or in what is opened afterwards.

    `late` is the last project event at which what was opened was visible when this was written:
    nobody waits for this reviewer there. A plain yes or no could not be computed alike in every
    order of merging.
    """

    reviewer: Id
    subjects: Literal["all", "opened-after"] = "all"
    late: MaybeDigest = ""


class Leaves(Body, frozen=True, kw_only=True):
    """A reviewer leaves a step: what they decided stays, nothing more is waited for."""

    reviewer: Id
    why: Text


class Batch(Body, frozen=True, kw_only=True):
    """One import, and what is said about its search."""

    id: Id
    source: Name
    source_kind: SourceKind
    platform: Text = ""
    searched: Text = ""
    strategy: Text = ""
    limits: Text = ""
    filters: Text = ""
    claimed: Count | None = None
    file: Text = ""
    format: Text = ""
    parsed: Count
    failed: Count = 0
    skipped: tuple[tuple[int, Text, Text], ...] = ()
    file_digest: Text = ""
    imported: Text = ""
    records_digest: Digest


class Withdraw(Body, frozen=True, kw_only=True):
    """An import is taken out of the review."""

    batch: Id
    why: Text


class Correct(Body, frozen=True, kw_only=True):
    """A record has a newer version; `fields` are those that were corrected."""

    record: Id
    version: Digest
    fields: tuple[Annotated[str, Meta(pattern=r"\A[a-z_]+\Z", max_length=200)], ...] = ()


class Remove(Body, frozen=True, kw_only=True):
    """A record is removed before screening, by a person or by a rule."""

    record: Id
    why: Text
    automatic: bool = False


class Same(Body, frozen=True, kw_only=True):
    """Records are the same report; `kept` is shown. `run` is the run of the finder, if one did.

    `kept` may be another record of a group that one of these was in before.
    """

    records: tuple[Id, ...]
    kept: Id
    rule: Text
    by_hand: bool
    run: MaybeId = ""

    def __post_init__(self) -> None:
        """Refuse a join of fewer than two records."""
        if len(set(self.records)) < 2:
            raise ValueError("a join names two records or more")


class Different(Body, frozen=True, kw_only=True):
    """Records are different reports and never joined."""

    records: tuple[Id, ...]

    def __post_init__(self) -> None:
        """Refuse fewer than two records."""
        if len(set(self.records)) < 2:
            raise ValueError("different are two records or more")


class FinderSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings of the duplicate finder."""

    name: Text
    off: tuple[Text, ...]
    asked: tuple[Text, ...]
    ask_everything: bool
    likeness: Annotated[str, Meta(pattern=r"\A\d{1,3}(\.\d{1,6})?\Z")]
    years: Count


class Run(Body, frozen=True, kw_only=True):
    """A run of the duplicate finder: with what settings, and what it found."""

    id: Id
    settings: FinderSettings
    version: Text
    program: Text
    records: Count
    groups: Count
    joins: Count
    asked: Count
    rules: dict[str, Count]


class Finder(Body, frozen=True, kw_only=True):
    """The settings chosen for the next runs of the duplicate finder."""

    settings: FinderSettings


class Open(Body, frozen=True, kw_only=True):
    """A step is opened for subjects."""

    subjects: tuple[Id, ...]


class TakenOut(Body, frozen=True, kw_only=True):
    """A step that was opened for a subject is not asked of it any more; its answers stay."""


class Retrieval(Body, frozen=True, kw_only=True):
    """Whether a report could be obtained, and why not."""

    state: Literal["sought", "retrieved", "not-retrieved"]
    why: Text = ""

    def columns(self) -> Columns:
        """Return the state, which is looked for."""
        return Columns(value=self.state)


class Study(Body, frozen=True, kw_only=True):
    """A study: what it is called, and its reports (units), one of them the `primary`.

    `into` is the study it was joined to: what is said of it counts for that as long as it stands,
    and `reports` are those it had until then.
    """

    id: Id
    name: Name
    reports: tuple[Id, ...] = ()
    primary: MaybeId = ""
    state: StudyState = StudyState.INCLUDED
    registrations: tuple[Text, ...] = ()
    into: MaybeId = ""

    def emptied(self) -> Study:
        """Return what undo writes for a new study: it may be open, so that it is never voided."""
        return Study(id=self.id, name=self.name, registrations=self.registrations)


class Intervention(Body, frozen=True, kw_only=True):
    """An intervention, and the studies that test it."""

    id: Id
    name: Name
    studies: tuple[Id, ...]


class Continued(Body, frozen=True, kw_only=True):
    """A file made by merging goes on as the project, because the coordinator's is lost."""

    why: Annotated[Text, Meta(min_length=1)]


_P = LogKind.PROJECT
KINDS = (
    Kind(name="protocol", log=_P, body=Protocol, touches=Touched.PROTOCOL, words="protocol"),
    Kind(
        name="form", log=_P, body=Form, touches=Touched.PROTOCOL, words="form", voided=True,
    ),
    Kind(
        name="reviewer", log=_P, body=Reviewer, touches=Touched.REVIEWERS, words="reviewer",
        voided=True, on_something=True,
    ),
    Kind(
        name="joins", log=_P, body=Joins, touches=Touched.REVIEWERS, words="joining", voided=True,
        at_step=True, on_something=True,
    ),
    Kind(
        name="leaves", log=_P, body=Leaves, touches=Touched.REVIEWERS, words="leaving", voided=True,
        at_step=True, on_something=True,
    ),
    Kind(
        name="batch", log=_P, body=Batch, touches=Touched.RECORDS, words="import", units=True,
        on_something=True,
    ),
    Kind(
        name="withdraw", log=_P, body=Withdraw, touches=Touched.RECORDS, words="withdrawal",
        undone=True, units=True, on_something=True,
    ),
    Kind(
        name="correct", log=_P, body=Correct, touches=Touched.RECORDS, words="correction",
        undone=True, on_something=True,
    ),
    Kind(
        name="remove", log=_P, body=Remove, touches=Touched.RECORDS, words="removal",
        undone=True, units=True, on_something=True,
    ),
    Kind(
        name="same", log=_P, body=Same, touches=Touched.DUPLICATES, words="join of records",
        undone=True, units=True, on_something=True,
    ),
    Kind(
        name="different", log=_P, body=Different, touches=Touched.DUPLICATES,
        words="answer on duplicates", undone=True, on_something=True,
    ),
    Kind(
        name="run", log=_P, body=Run, touches=Touched.DUPLICATES, words="run for duplicates",
        undone=True,
    ),
    Kind(
        name="finder", log=_P, body=Finder, touches=Touched.DUPLICATES, words="choice of rules",
        undone=True,
    ),
    Kind(
        name="open", log=_P, body=Open, touches=Touched.STAGES, words="opening", at_step=True
    ),
    Kind(
        name="taken-out", log=_P, body=TakenOut, touches=Touched.STAGES, words="taking out",
        undone=True, at_step=True, on_something=True,
    ),
    Kind(
        name="retrieval", log=_P, body=Retrieval, touches=Touched.FULL_TEXT, words="retrieval",
        undone=True, on_something=True,
    ),
    Kind(
        name="study", log=_P, body=Study, touches=Touched.STUDIES, words="study", undone=True,
        units=True, on_something=True,
    ),
    Kind(
        name="intervention", log=_P, body=Intervention, touches=Touched.STUDIES,
        words="intervention", undone=True, on_something=True,
    ),
    Kind(
        name="continued", log=_P, body=Continued, touches=Touched.PROTOCOL, words="continuation"
    ),
)  # fmt: skip
