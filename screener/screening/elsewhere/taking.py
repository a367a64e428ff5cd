"""Taking decisions made elsewhere into a reviewer's copy: matched, compared, recorded as one."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.duplicates.groups import Units
from screener.model import (
    OTHER_REASON,
    Progress,
    Protocol,
    RecordId,
    Stage,
    UserError,
    Verdict,
    silent,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening.elsewhere.decisions import OnePersons, read_decisions
from screener.screening.elsewhere.given import Given, joined
from screener.screening.screening import Draft, Queue, Screening
from screener.sources.formats.columns import fold


class Review(typing.Protocol):
    """What taking needs of an open copy; a `Project` is one."""

    screening: Screening
    units: Units
    protocol: ProtocolVersions

    @property
    def reviewer(self) -> str:
        """The name of the reviewer whose copy this is; "" in a project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record of the file that was left alone: its line and title there, the verdict it has.

    `record` is the number of the record here, 0 when none matches.
    """

    line: int
    title: str
    verdict: Verdict
    record: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken from a file and what was not.

    `taken` counts the decisions recorded, `replaced` those among them that replaced one; `same`
    what was decided so already, `repeated` further rows for a record that was taken. Left alone
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

    Of several people in the file only `reviewer`'s are taken, else those under this reviewer's
    own name. What is decided otherwise here stays, unless `replace`. `alike` is the verdict of
    every record in a list that holds no decisions. It is one action, all or none; `UserError`
    when the file is not a reviewer's copy, or holds nothing that could be taken.
    """
    if not review.reviewer:
        raise UserError("Open your own copy to screen.")
    read = read_decisions(
        path, stage=stage, own=review.reviewer, reviewer=reviewer, alike=alike, progress=progress
    )
    sorting = _Sorting(review, stage, read.tool, replace=replace)
    sorting.sort(read.decisions, progress)
    drafts = [wanted.draft for wanted in sorting.wanted]
    if drafts:
        review.screening.decide_many(drafts, stage=stage, progress=progress)
    return _report(read, stage, sorting)


def _report(read: OnePersons, stage: Stage, sorting: _Sorting) -> Taken:
    wanted = sorting.wanted
    return Taken(
        tool=read.tool,
        person=read.person,
        stage=stage,
        taken=len(wanted),
        replaced=sum(one.replaces for one in wanted),
        same=sorting.same,
        repeated=sorting.repeated,
        differing=tuple(sorting.differing),
        not_matched=tuple(sorting.not_matched),
        not_open=tuple(sorting.not_open),
        contradictory=tuple(sorting.contradictory),
        reasons=tuple(dict.fromkeys(text for one in wanted for text in one.unknown)),
        no_reason=sum(one.no_reason for one in wanted),
        unattributed=sum(one.given.unattributed for one in wanted),
        others=read.others,
        undecided=read.undecided,
        skipped=read.skipped,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A decision to record, and what has to be said about its reason."""

    given: Given
    draft: Draft
    unknown: tuple[str, ...]
    no_reason: bool
    replaces: bool = False


class _Sorting:
    """Sorts the decisions of a file into those to record and those left alone."""

    def __init__(self, review: Review, stage: Stage, tool: str, *, replace: bool) -> None:
        self._screening = review.screening
        self._units = review.units
        self._stage = stage
        self._replace = replace
        self._reasons = _Reasons(review.protocol.current, stage, tool)
        self._decided = set(review.screening.queue(stage, Queue.DECIDED))
        self.wanted: list[_Wanted] = []
        self.same = 0
        self.repeated = 0
        self.differing: list[Row] = []
        self.not_matched: list[Row] = []
        self.not_open: list[Row] = []
        self.contradictory: list[Row] = []

    def sort(self, decisions: Sequence[Given], progress: Progress) -> None:
        """Put every decision where it belongs."""
        open_ = set(self._screening.to_screen(self._stage))
        numbers = dict(self._units.numbered())
        for unit, rows in self._matched(decisions, progress).items():
            number = numbers.get(unit, 0)
            wanted = self._reasons.wanted(unit, rows[0])
            if unit not in open_:
                self.not_open += _rows(rows, number)
            elif len({(g.verdict, g.reasons) for g in rows}) > 1:
                self.contradictory += _rows(rows, number)
            elif unit not in self._decided:
                self._want(wanted, rows)
            else:
                self._compare(unit, rows, wanted, number)

    def _matched(
        self, decisions: Sequence[Given], progress: Progress
    ) -> dict[RecordId, list[Given]]:
        matcher = self._units.matcher()
        found: dict[RecordId, list[Given]] = {}
        for done, given in enumerate(decisions):
            fields = given.entry.fields
            unit = matcher.find({"doi": fields.doi, "pmid": fields.pmid, "title": fields.title})
            if unit is None:
                self.not_matched += _rows([given])
            else:
                found.setdefault(unit, []).append(given)
            if done % 500 == 0:
                progress(done, len(decisions), "Matching records")
        return found

    def _compare(self, unit: RecordId, rows: list[Given], wanted: _Wanted, number: int) -> None:
        here = self._screening.decision(unit, self._stage)
        verdict, reason = wanted.draft.verdict, wanted.draft.reason
        # A file that gives no reason does not speak against the one that is recorded here.
        if here and here.verdict is verdict and (not rows[0].reasons or here.reason == reason):
            self.same += len(rows)
        elif self._replace:
            self._want(wanted, rows, replaces=True)
        else:
            self.differing += _rows(rows, number)

    def _want(self, wanted: _Wanted, rows: list[Given], *, replaces: bool = False) -> None:
        self.repeated += len(rows) - 1
        draft = wanted.draft
        before = self._screening.note(draft.unit, self._stage)
        # What the reviewer wrote here stays above what the file says.
        note = before if draft.note in before else joined(before, draft.note)
        self.wanted.append(
            _Wanted(
                given=wanted.given,
                draft=Draft(unit=draft.unit, verdict=draft.verdict, reason=draft.reason, note=note),
                unknown=wanted.unknown,
                no_reason=wanted.no_reason,
                replaces=replaces,
            )
        )


class _Reasons:
    """Makes a reason of the protocol, or a note, out of the words of a file."""

    def __init__(self, protocol: Protocol, stage: Stage, tool: str) -> None:
        self._known: dict[str, str] = {}
        for reason in protocol.reasons:
            for words in (reason.id, reason.text):
                self._known.setdefault(fold(words), reason.id)
        self._order = [reason.id for reason in protocol.reasons]
        self._required = protocol.reason_required.get(stage, stage is Stage.FULL_TEXT)
        self._tool = tool or "the file"

    def wanted(self, unit: RecordId, given: Given) -> _Wanted:
        """Return the decision to record; the reason first in the protocol's order counts."""
        known, unknown = self._told(given.reasons)
        reason = min(known, key=self._order.index) if known else OTHER_REASON if unknown else ""
        missing = given.verdict is Verdict.EXCLUDE and not given.reasons and self._required
        remark = ""
        if missing:
            reason = OTHER_REASON
            remark = (
                f"{self._tool} does not say which of several people gave the reason."
                if given.unattributed
                else f"No reason was given in {self._tool}."
            )
        further = sorted(known - {reason}, key=self._order.index)
        note = joined(
            "; ".join(unknown),
            f"Further reasons: {', '.join(further)}" if further else "",
            remark,
            given.note,
        )
        return _Wanted(
            given=given,
            draft=Draft(unit=unit, verdict=given.verdict, reason=reason, note=note),
            unknown=unknown,
            no_reason=missing and not given.unattributed,
        )

    def _told(self, reasons: tuple[str, ...]) -> tuple[set[str], tuple[str, ...]]:
        """Return the reasons of the protocol that these texts are, and the texts that are none."""
        whole = fold(" ".join(reasons))
        if whole in self._known:
            return {self._known[whole]}, ()  # its own words have a comma, where texts are parted
        known = {self._known[fold(text)] for text in reasons if fold(text) in self._known}
        return known, tuple(text for text in reasons if fold(text) not in self._known)


def _rows(decisions: Iterable[Given], record: int = 0) -> list[Row]:
    return [
        Row(
            line=given.entry.line,
            title=given.entry.fields.title,
            verdict=given.verdict,
            record=record,
        )
        for given in decisions
    ]
