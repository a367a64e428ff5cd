"""Duplicates a reviewer proposes while screening; only the project joins."""

from __future__ import annotations

import json

from screener.model import Stage, Unit, UserError
from screener.protocol.protocol import ProtocolVersions
from screener.screening.alike import Alike
from screener.screening.own import Own
from screener.store.file import File, FileKind
from screener.units.units import Units


class Proposals(Own):
    """What one reviewer holds to be the same report as another record."""

    def __init__(self, file: File, units: Units, protocol: ProtocolVersions) -> None:
        super().__init__(file, units, protocol)
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
                raise self._not_open(named, Stage.TITLE_ABSTRACT)
        body = {"on": True, "duplicate_of": str(two)}
        if self._text_head("flag", one, stage) == body:
            return
        with self._file.action("Propose a duplicate") as action:
            self._append_text(action, "flag", one, stage, body)

    def proposed_duplicate(self, unit: str, stage: Stage) -> str:
        """Return the unit this reviewer proposed as the same report as this one, or "".

        Once the project has joined the two there is nothing left to propose.
        """
        found = self._text_head("flag", unit, stage)
        named = str(found.get("duplicate_of", "")) if found.get("on") else ""
        other = str(self._units.of_record(named)) if named else ""
        return other if other != self._units.of_record(unit) else ""

    def withdraw_proposal(self, unit: str, stage: Stage) -> None:
        """Take the proposal on a unit back; the flag is again as it was before it."""
        if not self.proposed_duplicate(unit, stage):
            return
        with self._file.action("Take a proposal back") as action:
            before = {"on": self._flagged_before(unit, stage)}
            self._append_text(action, "flag", unit, stage, before)

    def _flagged_before(self, unit: str, stage: Stage) -> bool:
        """Say whether the flag that no proposal has replaced was set."""
        bodies = [
            json.loads(text)["body"]
            for member in self._file.members(unit)
            for (text,) in self._file.rows(
                "SELECT e.body FROM event e JOIN log l ON l.id = e.log WHERE e.kind = 'flag' "
                "AND e.stage = ? AND e.unit = ? AND l.author = ? ORDER BY e.rowid",
                (stage, member, self._file.reviewer),
            )
        ]
        plain = [body for body in bodies if not body.get("duplicate_of")]
        return bool(plain and plain[-1]["on"])
