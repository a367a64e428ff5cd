"""Taking decisions made elsewhere into a reviewer's copy, and what is said about them."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.model import Progress, RecordId, Stage, UserError, Verdict, silent
from screener.model.words import NO_TITLE, first_of
from screener.protocol.protocol import ProtocolVersions
from screener.screening.decisions import Draft
from screener.screening.elsewhere.decisions import Decided, OnePersons, decisions, read_export
from screener.screening.elsewhere.given import Given, Reasons, Told, joined
from screener.screening.queues import Queue
from screener.screening.screening import Screening
from screener.store import paths
from screener.units.units import Matcher, Units

BY = ("doi", "pmid", "title")
"""What a record is matched by, in this order."""


class Review(typing.Protocol):
    """What taking needs of an open copy; a `Project` is one."""

    @property
    def screening(self) -> Screening:
        """What the reviewer decides."""

    @property
    def units(self) -> Units:
        """The units there are."""

    @property
    def protocol(self) -> ProtocolVersions:
        """The versions of the protocol."""

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
class Wanted:
    """A decision to record, and what has to be said about its reason."""

    draft: Draft
    told: Told
    unattributed: bool
    replaces: bool


class Sorting:
    """Sorts the decisions of a file into those to record and those left alone."""

    def __init__(self, review: Review, stage: Stage, tool: str, *, replace: bool) -> None:
        self._screening = review.screening
        self._units = review.units
        self._stage = stage
        self._replace = replace
        self._reasons = Reasons(review.protocol.current, stage, tool)
        self._decided = set(review.screening.queues.queue(stage, Queue.DECIDED))
        self.wanted: list[Wanted] = []
        self.matched: Counter[str] = Counter()
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
            told = self._reasons.told(rows[0])
            if unit not in open_:
                self.not_open += _rows(rows, number)
            elif len({(g.verdict, g.reasons) for g in rows}) > 1:
                self.contradictory += _rows(rows, number)
            elif unit not in self._decided:
                self._want(unit, rows, told)
            else:
                self._compare(unit, rows, told, number)

    def _matched(
        self, decisions: Sequence[Given], progress: Progress
    ) -> dict[RecordId, list[Given]]:
        matcher = self._units.matcher()
        found: dict[RecordId, list[Given]] = {}
        for done, given in enumerate(decisions):
            by, unit = _match(matcher, given)
            if unit is None:
                self.not_matched += _rows([given])
            else:
                self.matched[by] += 1
                found.setdefault(unit, []).append(given)
            if done % 500 == 0:
                progress(done, len(decisions), "Matching records")
        return found

    def _compare(self, unit: RecordId, rows: list[Given], told: Told, number: int) -> None:
        here = self._screening.decision(unit, self._stage)
        # A file that gives no reason does not speak against the one that is recorded here.
        if (
            here
            and here.verdict is rows[0].verdict
            and (not rows[0].reasons or here.reason == told.reason)
        ):
            self.same += len(rows)
        elif self._replace:
            self._want(unit, rows, told, replaces=True)
        else:
            self.differing += _rows(rows, number)

    def _want(
        self, unit: RecordId, rows: list[Given], told: Told, *, replaces: bool = False
    ) -> None:
        self.repeated += len(rows) - 1
        before = self._screening.notes.note(unit, self._stage)
        # What the reviewer wrote here stays above what the file says.
        draft = Draft(
            unit=unit,
            verdict=rows[0].verdict,
            reason=told.reason,
            note=before if told.note in before else joined(before, told.note),
        )
        self.wanted.append(
            Wanted(draft=draft, told=told, unattributed=rows[0].unattributed, replaces=replaces)
        )


def _match(matcher: Matcher, given: Given) -> tuple[str, RecordId | None]:
    """Return the unit, and by which of DOI, PMID and title it was found."""
    fields = given.entry.fields
    for by in BY:
        unit = matcher.find({by: getattr(fields, by)})
        if unit is not None:
            return by, unit
    return "", None


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
    return Proposal(
        taken=_report(read, stage, sorting), drafts=tuple(wanted.draft for wanted in sorting.wanted)
    )


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


LEFT = {
    "not_matched": "matches no record here, or more than one",
    "differing": "decided otherwise here",
    "contradictory": "contradicts another row",
    "not_open": "not to be screened at this stage",
}
"""Why rows were left alone, by their name in `Taken`."""

_COUNTED = {
    "same": "decided the same already",
    "repeated": "further rows for a record that was taken",
    "no_reason": "exclusions without a reason; the note says so",
    "unattributed": "exclusions whose reason may be another person's; it was not taken",
    "others": "decisions of other people, not taken",
    "undecided": "records without a decision",
    "skipped": "lines without a record",
}
_BY = {"doi": "DOI", "pmid": "PMID", "title": "title"}
_HEADINGS = ("line", "title", "verdict", "record", "why")


def remarks(taken: Taken) -> Iterator[str]:
    """Yield a sentence for everything that is worth one, rows left alone excepted."""
    found = [f"{taken.matched[by]:,} by {_BY[by]}" for by in BY if taken.matched[by]]
    if found:
        yield f"Matched with records here: {', '.join(found)}."
    for name, words in _COUNTED.items():
        if count := getattr(taken, name):
            yield f"{count:,} {words}."
    if taken.reasons:
        reasons = "; ".join(first_of(taken.reasons))
        yield f"No reasons of the protocol, written into notes: {reasons}."


def left(taken: Taken) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Yield the rows that were left alone under why."""
    for name, words in LEFT.items():
        rows: tuple[Row, ...] = getattr(taken, name)
        if rows:
            yield words, rows


def row(found: Row) -> str:
    """Write one row that was left alone."""
    record = f", record {found.record}" if found.record else ""
    return f"line {found.line}{record}: {found.verdict}, {found.title or NO_TITLE}"


def write_left(path: Path, taken: Taken) -> None:
    """Write the rows that were left alone as CSV."""
    lines = (
        (one.line, one.title, one.verdict, one.record or "", why)
        for why, rows in left(taken)
        for one in rows
    )
    paths.write_csv(path, _HEADINGS, lines)
