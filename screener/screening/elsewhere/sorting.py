"""Decisions of a file, matched with the records here: which are recorded, which left alone."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.model import Progress, RecordId, Stage, Verdict
from screener.protocol.protocol import ProtocolVersions
from screener.screening.decisions import Draft
from screener.screening.elsewhere.given import Given, joined
from screener.screening.elsewhere.reasons import Reasons, Told
from screener.screening.queues import Queue
from screener.screening.screening import Screening
from screener.units.matcher import Matcher
from screener.units.units import Units

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
        note = before if told.note in before else joined(before, told.note)
        draft = Draft(unit=unit, verdict=rows[0].verdict, reason=told.reason, note=note)
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
