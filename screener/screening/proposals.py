"""Duplicates a reviewer proposes while screening; only the project joins."""

from __future__ import annotations

from screener.model import Stage, Unit, UserError
from screener.screening.alike import Alike
from screener.screening.notes import Notes
from screener.screening.refusals import not_open
from screener.store.file import File, FileKind
from screener.store.heads import events_of, head_ids
from screener.store.kinds.reviewer import Flag
from screener.units.units import Units


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
