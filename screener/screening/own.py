"""What one reviewer recorded on a unit, read from the heads of the reviewer's own log."""

from __future__ import annotations

import json
from typing import Any

from screener.model import Stage, UserError
from screener.protocol.protocol import ProtocolVersions
from screener.store.file import Action, File, FileKind
from screener.units.units import Units


class Own:
    """The reviewer of one file: what the other parts of screening read and write it with."""

    def __init__(self, file: File, units: Units, protocol: ProtocolVersions) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol

    def _require_copy(self) -> None:
        if self._file.kind is not FileKind.COPY:
            raise UserError("Open your own copy to screen.")

    def _not_open(self, unit: str, stage: Stage) -> UserError:
        rows = self._file.rows("SELECT number FROM record WHERE uid = ?", (unit,))
        if not rows:
            return UserError(f"There is no record {unit} in this review; see its list of records.")
        if stage is Stage.FULL_TEXT:
            return UserError(
                f"Record {rows[0][0]} is not open for full text; a newer copy may open it."
            )
        return UserError(f"Record {rows[0][0]} is not to be screened; see the list of records.")

    def _heads_of(self, kind: str, unit: str, stage: Stage) -> list[str]:
        return self._standing_on(unit, stage, kind)[kind]

    def _standing_on(self, unit: str, stage: Stage, *kinds: str) -> dict[str, list[str]]:
        """Return this reviewer's heads on a unit and its records, by kind, the newest last."""
        found: dict[str, list[str]] = {kind: [] for kind in kinds}
        rows = self._file.rows(
            "SELECT c.kind, c.event FROM current c JOIN event e ON e.id = c.event "  # noqa: S608
            f"WHERE c.kind IN ({', '.join('?' * len(kinds))}) AND c.stage = ? AND c.author = ? "
            "AND c.unit IN (SELECT ? UNION ALL SELECT record FROM unit_of WHERE unit = ?) "
            "ORDER BY e.rowid",
            (*kinds, stage, self._file.reviewer, unit, unit),
        )
        for kind, event in rows:
            found[kind].append(event.hex())
        return found

    def _newest(self, events: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            found = self._body(bytes.fromhex(event)) or found
        return found

    def _body(self, event: bytes) -> dict[str, Any]:
        rows = self._file.rows("SELECT body FROM event WHERE id = ?", (event,))
        return dict(json.loads(rows[0][0])["body"])

    def _text_head(self, kind: str, unit: str, stage: Stage) -> dict[str, Any]:
        return self._newest(self._heads_of(kind, unit, stage))

    def _append_text(
        self, action: Action, kind: str, unit: str, stage: Stage, body: dict[str, Any]
    ) -> None:
        before = self._heads_of(kind, unit, stage)
        action.append(kind, body, unit=unit, stage=stage, supersedes=before)
