"""Duplicates a reviewer proposes while screening, found by titles or by what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from screener.model import Changes, Kind, RecordId, Stage, Unit, UserError
from screener.screening.notes import Notes
from screener.screening.stages import not_open
from screener.store import membership, records
from screener.store.file import File, FileKind
from screener.store.heads import events_of, head_ids, heads, memberships
from screener.store.kinds.project import Different
from screener.store.kinds.reviewer import Flag
from screener.units.folding import fold
from screener.units.units import Units

_LEAST = 55.0
"""Titles less alike than this share little more than the words of their field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What one record may be found by, folded; `unit` is the unit it belongs to."""

    unit: RecordId
    number: int
    title: str
    words: str
    doi: str


class Alike:
    """The titles, authors and years of every unit that is present, read once and kept in memory.

    Only what a source says of a report is looked at, never what a reviewer recorded on it.
    """

    def __init__(self, file: File, units: Units) -> None:
        self._file = file
        self._units = units
        self._lines: list[_Line] = []
        file.listeners.append(self._on_changed)

    def likely(self, unit: str, limit: int) -> list[RecordId]:
        """Return the units that may be the same report: the same DOI, then the likest titles.

        Those a person said are different are left out.
        """
        lines = self._read()
        here = [line for line in lines if line.unit == unit]
        apart = {unit, *self._said_different(unit)}
        dois = {line.doi for line in here if line.doi}
        found = {line.unit: 101.0 for line in lines if line.doi in dois and line.unit not in apart}
        titles = [line.title for line in lines]
        for title in {line.title for line in here if line.title}:
            for _, score, place in process.extract(
                title,
                titles,
                scorer=fuzz.token_sort_ratio,
                limit=limit + sum(line.unit in apart for line in lines),
                score_cutoff=_LEAST,
            ):
                other = lines[place].unit
                if other not in apart:
                    found[other] = max(score, found.get(other, 0.0))
        return sorted(found, key=lambda u: -found[u])[:limit]

    def holding(self, text: str, limit: int) -> list[RecordId]:
        """Return the units of that record number, then those whose title, authors and year hold it.

        Every word must be there, in any order, at least as the beginning of a word.
        """
        words = [f" {word}" for word in fold(text).split()]
        if not words:
            return []
        number = words[0][1:].lstrip("0") if len(words) == 1 else ""
        lines = self._read()
        named = [line.unit for line in lines if str(line.number) == number]
        hits = (line.unit for line in lines if all(word in line.words for word in words))
        return list(dict.fromkeys([*named, *hits]))[:limit]

    def _said_different(self, unit: str) -> set[str]:
        apart = [
            {self._file.unit_of(uid) for uid in head.body.records}
            for head in heads(self._file, Different)
        ]
        return {other for answered in apart if unit in answered for other in answered}

    def _read(self) -> list[_Line]:
        if not self._lines:
            self._lines = list(self._found())
        return self._lines

    def _found(self) -> Iterator[_Line]:
        present = set(self._units.ids())
        units = memberships(self._file)
        corrected = records.latest_versions(self._file)
        seen: set[str] = set()
        for one in membership.described(self._file):
            unit = RecordId(units.get(one.uid, one.uid))
            in_force = one.uid not in corrected or corrected[one.uid] == one.digest
            if unit in present and in_force and one.uid not in seen:
                seen.add(one.uid)
                title = fold(one.title)
                yield _Line(
                    unit=unit,
                    number=one.number,
                    title=title,
                    words=f" {title} {fold(one.authors)} {one.year or ''}",
                    doi=one.doi,
                )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.RECORDS, Kind.DUPLICATES):
            self._lines = []


class Proposals:
    """What one reviewer holds to be the same report as another record."""

    def __init__(self, file: File, units: Units, notes: Notes) -> None:
        self._file = file
        self._units = units
        self._notes = notes
        self._alike = Alike(file, units)

    def likely_duplicates(self, unit: str, limit: int = 8) -> list[Unit]:
        """Return the units that may be the same report, the likeliest first.

        They come with what their sources say, and nothing of what anybody recorded on them.
        """
        return list(self._units.load(self._alike.likely(unit, limit)))

    def units_holding(self, text: str, limit: int = 50) -> list[Unit]:
        """Return the units of a record's number, or whose title, authors and year hold a text."""
        return list(self._units.load(self._alike.holding(text, limit)))

    def propose_duplicate(self, unit: str, other: str, stage: Stage) -> None:
        """Flag a unit as a duplicate of another one, named by a record's number or uid.

        Only the project joins: its coordinator sees the proposal after the merge. A unit has one
        proposal of a reviewer at a stage; a later one, or a change of the flag, replaces it.
        `UserError` when both are one unit already or one is not to be screened.
        """
        if self._file.kind is not FileKind.COPY:
            raise UserError(
                "Propose a duplicate in your own copy; the project joins records under Duplicates."
            )
        one, two = self._units.find(unit), self._units.find(other)
        if one == two:
            raise UserError("Both are the same record already; name another one.")
        present, _ = self._units.among([one, two])
        for named in (one, two):
            if named not in present:
                raise not_open(self._units, named, Stage.TITLE_ABSTRACT)
        flag = Flag(on=True, duplicate_of=two)
        if self._notes.flag(one, stage) == flag:
            return
        with self._file.action("Propose a duplicate") as action:
            self._notes.append(action, flag, one, stage)

    def proposed_duplicate(self, unit: str, stage: Stage) -> str:
        """Return the unit this reviewer proposed as the same report as this one, or "".

        Once the project has joined the two there is nothing left to propose.
        """
        flag = self._notes.flag(unit, stage)
        if flag is None or not flag.duplicate_of:
            return ""
        other = str(self._units.of_record(flag.duplicate_of))
        return other if other != self._units.of_record(unit) else ""

    def withdraw_proposal(self, unit: str, stage: Stage) -> None:
        """Take the proposal on a unit back; the flag is again as it was before it."""
        if not self.proposed_duplicate(unit, stage):
            return
        with self._file.action("Take a proposal back") as action:
            self._notes.append(action, Flag(on=self._flagged_before(unit, stage)), unit, stage)

    def _flagged_before(self, unit: str, stage: Stage) -> bool:
        """Say whether a flag was set that the proposals standing now replaced, one by another."""
        ids = head_ids(self._file, Flag, step=str(stage), subject=unit, author=self._file.reviewer)
        while ids:
            proposals = []
            for _, event in events_of(self._file, ids):
                body = event.body
                if isinstance(body, Flag) and body.duplicate_of:
                    proposals.append(event)
                elif isinstance(body, Flag) and body.on:
                    return True
            ids = [id_ for event in proposals for id_ in event.supersedes]
        return False
