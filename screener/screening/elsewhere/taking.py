"""Taking decisions made elsewhere into a reviewer's copy: proposed first, recorded as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.model import Progress, Stage, UserError, Verdict, silent
from screener.screening.decisions import Draft
from screener.screening.elsewhere.decisions import Decided, OnePersons, decisions, read_export
from screener.screening.elsewhere.sorting import BY, Review, Row, Sorting


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken from a file and what was not.

    `taken` counts the decisions recorded, `replaced` those among them that replaced one; `same`
    what was decided so already, `repeated` further rows for a record that was taken. `matched`
    counts the rows whose record was found, by `doi`, `pmid` and `title`. Left alone
    were: `differing` (decided otherwise here),
    `not_matched` (no record, or more than one), `not_open` (not to be screened at this stage),
    `contradictory` (several rows for one record that differ). `reasons` are the texts that are no
    reason of the protocol and went into notes; `no_reason` counts exclusions for which the file
    has none, `unattributed` those whose reasons may be another person's. `others`, `undecided`
    and `skipped` are as in the file: other people's decisions, records without a decision of this
    person, lines without a record.
    """

    tool: str
    person: str
    stage: Stage
    taken: int
    replaced: int
    same: int
    repeated: int
    matched: Mapping[str, int]
    differing: tuple[Row, ...]
    not_matched: tuple[Row, ...]
    not_open: tuple[Row, ...]
    contradictory: tuple[Row, ...]
    reasons: tuple[str, ...]
    no_reason: int
    unattributed: int
    others: int
    undecided: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would be recorded, to be looked at first; `record` does it."""

    taken: Taken
    drafts: tuple[Draft, ...]


def propose(
    review: Review,
    decided: Decided,
    *,
    stage: Stage,
    reviewer: str = "",
    replace: bool = False,
    progress: Progress = silent,
) -> Proposal:
    """Match the decisions of one person with the records here; nothing is changed.

    Of several people in the file only `reviewer`'s are taken, else those under this reviewer's
    own name. What is decided otherwise here stays, unless `replace`. `UserError` when the file is
    not a reviewer's copy, or names nobody who is meant.
    """
    _require_copy(review)
    read = decided.of(decided.person(review.reviewer, reviewer))
    sorting = Sorting(review, stage, read.tool, replace=replace)
    sorting.sort(read.decisions, progress)
    drafts = tuple(wanted.draft for wanted in sorting.wanted)
    return Proposal(taken=_report(read, stage, sorting), drafts=drafts)


def record(review: Review, proposal: Proposal, progress: Progress = silent) -> Taken:
    """Record what was proposed as one action, all or none; undo takes back all of it."""
    if proposal.drafts:
        drafts, stage = list(proposal.drafts), proposal.taken.stage
        review.screening.decisions.decide_many(drafts, stage=stage, progress=progress)
    return proposal.taken


def take_decisions(
    review: Review,
    path: Path,
    *,
    stage: Stage,
    reviewer: str = "",
    replace: bool = False,
    alike: Verdict | None = None,
    progress: Progress = silent,
) -> Taken:
    """Record the decisions of one person in another tool's file as this reviewer's own.

    `alike` is the verdict of every record in a list that holds no decisions; the rest is as in
    `propose`. `UserError` when the file holds nothing that could be taken.
    """
    _require_copy(review)
    decided = decisions(read_export(path, progress), stage, alike)
    proposal = propose(
        review, decided, stage=stage, reviewer=reviewer, replace=replace, progress=progress
    )
    return record(review, proposal, progress)


def _require_copy(review: Review) -> None:
    if not review.reviewer:
        raise UserError("Open your own copy to screen.")


def _report(read: OnePersons, stage: Stage, sorting: Sorting) -> Taken:
    wanted = sorting.wanted
    return Taken(
        tool=read.tool,
        person=read.person,
        stage=stage,
        taken=len(wanted),
        replaced=sum(one.replaces for one in wanted),
        same=sorting.same,
        repeated=sorting.repeated,
        matched={by: sorting.matched[by] for by in BY},
        differing=tuple(sorting.differing),
        not_matched=tuple(sorting.not_matched),
        not_open=tuple(sorting.not_open),
        contradictory=tuple(sorting.contradictory),
        reasons=tuple(dict.fromkeys(text for one in wanted for text in one.told.unknown)),
        no_reason=sum(one.told.missing for one in wanted),
        unattributed=sum(one.unattributed for one in wanted),
        others=read.others,
        undecided=read.undecided,
        skipped=read.skipped,
    )
