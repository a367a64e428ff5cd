"""Duplicates a reviewer proposes while screening."""

from __future__ import annotations

from screener.model import Stage, UserError
from screener.screening.own import Own


class Proposals(Own):
    """The duplicates one reviewer proposes; only the project joins."""

    def propose_duplicate(self, unit: str, other: str, stage: Stage) -> None:
        """Flag a unit as a duplicate of another one, named by a record's number or uid.

        Only the project joins: its coordinator sees the proposal after the merge. A unit has one
        proposal of a reviewer at a stage; a later one, or a change of the flag, replaces it.
        `UserError` when both are one unit already or one is not to be screened.
        """
        self._require_copy()
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
        """Return the unit this reviewer proposed as the same report as this one, or ""."""
        found = self._text_head("flag", unit, stage)
        other = str(found.get("duplicate_of", "")) if found.get("on") else ""
        return str(self._units.of_record(other)) if other else ""
