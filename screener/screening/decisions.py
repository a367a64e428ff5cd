"""Decisions of one reviewer: reading them, checking and recording new ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from screener.model import (
    Changes,
    Decision,
    Judgement,
    Kind,
    Progress,
    Protocol,
    ReviewerId,
    Stage,
    Verdict,
    silent,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening import rules
from screener.screening.notes import Notes
from screener.screening.queues import Queues
from screener.screening.stages import Passed
from screener.store import records
from screener.store.file import Action, File
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision as given by a script or table: the unit and what is decided on it."""

    unit: str
    verdict: Verdict
    reason: str = ""
    judgements: Mapping[str, str] | None = None
    note: str = ""


class Decisions(Queues, Notes):
    """The decisions in one file."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, passed: Passed
    ) -> None:
        super().__init__(file, units, protocol, passed)
        self._units_to_screen: dict[Stage, frozenset[str]] = {}
        self._corrected: dict[str, str] | None = None
        file.listeners.append(self._on_changed)

    def decision(self, unit: str, stage: Stage) -> Decision | None:
        """Return this reviewer's decision on a unit (the newest of several), or None."""
        found = self._heads_on(unit, stage)
        real = [(e, b) for e, b in found if b["verdict"] != Verdict.NONE]
        if not real:
            return None
        return self._decision(real[-1][0], unit, stage)

    def suggestion(
        self, judgements: Mapping[str, Judgement], stage: Stage
    ) -> rules.Suggestion | None:
        """Return what these judgements suggest under the protocol in force."""
        return rules.suggestion(judgements, self._protocol.current, stage)

    def decide(
        self,
        unit: str,
        verdict: Verdict,
        *,
        stage: Stage,
        reason: str = "",
        judgements: Mapping[str, str] | None = None,
        note: str | None = None,
    ) -> Decision | None:
        """Record this reviewer's decision on a unit; `Verdict.NONE` takes it back.

        A note of None leaves the note as it is. Returns the decision, None when it was taken
        back. `UserError` when the reason is missing or unknown, the stage is closed or not open
        for the unit, or the file is not a reviewer's copy.
        """
        draft = Draft(
            unit=unit, verdict=Verdict(verdict), reason=reason, judgements=judgements, note=""
        )
        protocol = self._protocol.current
        standing = self._standing_on(unit, stage, "decision", "note")
        before = self._newest(standing["note"]).get("text", "")
        after = before if note is None else note
        self._check(draft, stage, protocol, after, self._screenable(stage))
        with self._file.action(_name(draft, protocol)) as action:
            event, body = self._append(action, draft, stage, protocol, standing["decision"])
            if after != before:
                self._append_text(action, "note", unit, stage, {"text": after})
        if draft.verdict is Verdict.NONE:
            return None
        by = ReviewerId(self._file.reviewer)
        return decision_from(event, body, unit, stage, by, after, action.time)

    def decide_many(
        self, drafts: Iterable[Draft], *, stage: Stage, progress: Progress = silent
    ) -> int:
        """Record many decisions as one action, all or none; returns how many."""
        wanted = list(drafts)
        protocol = self._protocol.current
        allowed = self._screenable(stage)
        for draft in wanted:
            self._check(draft, stage, protocol, draft.note, allowed)
        with self._file.action(f"{len(wanted)} decisions") as action:
            for done, draft in enumerate(wanted):
                before = self._heads_of("decision", draft.unit, stage)
                self._append(action, draft, stage, protocol, before)
                if draft.note and draft.note != self.note(draft.unit, stage):
                    self._append_text(action, "note", draft.unit, stage, {"text": draft.note})
                if done % 100 == 0:
                    progress(done, len(wanted), "Recording decisions")
        return len(wanted)

    # --- recording ---------------------------------------------------------------------------

    def _decision(self, event: str, unit: str, stage: Stage) -> Decision:
        rows = self._file.rows("SELECT body FROM event WHERE id = ?", (bytes.fromhex(event),))
        whole = json.loads(rows[0][0])
        by = ReviewerId(self._file.reviewer)
        note = self.note(unit, stage)
        return decision_from(event, whole["body"], unit, stage, by, note, whole["time"])

    def _heads_on(self, unit: str, stage: Stage) -> list[tuple[str, dict[str, Any]]]:
        found = self._heads_of("decision", unit, stage)
        return [(event, self._body(bytes.fromhex(event))) for event in found]

    def _check(
        self,
        draft: Draft,
        stage: Stage,
        protocol: Protocol,
        note: str,
        allowed: frozenset[str],
    ) -> None:
        self._require_copy()
        rules.check(draft.verdict, draft.reason, note, stage, protocol)
        rules.check_judgements(draft.judgements or {}, protocol)
        if draft.unit not in allowed:
            raise self._not_open(draft.unit, stage)

    def _screenable(self, stage: Stage) -> frozenset[str]:
        """Return the units to screen, kept between decisions, which change none of them."""
        if stage not in self._units_to_screen:
            self._units_to_screen[stage] = frozenset(self.to_screen(stage))
        return self._units_to_screen[stage]

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES, Kind.FULL_TEXT):
            self._units_to_screen.clear()
            self._corrected = None

    def _append(
        self, action: Action, draft: Draft, stage: Stage, protocol: Protocol, before: list[str]
    ) -> tuple[str, dict[str, Any]]:
        if draft.verdict is Verdict.NONE:
            body: dict[str, Any] = {"verdict": "none"}
        else:
            body = {
                "verdict": str(draft.verdict),
                "seen": self._seen(draft.unit),
                "protocol": protocol.version,
            }
            if draft.reason:
                body["reason"] = draft.reason
            if draft.judgements:
                body["judgements"] = {k: str(v) for k, v in sorted(draft.judgements.items()) if v}
        event = action.append("decision", body, unit=draft.unit, stage=stage, supersedes=before)
        return event, body

    def _seen(self, unit: str) -> str:
        """Return the version of the record that is shown, corrected ones first."""
        if self._corrected is None:
            self._corrected = records.latest_versions(self._file)
        if unit in self._corrected:
            return self._corrected[unit]
        rows = self._file.rows(
            "SELECT digest FROM record_version WHERE record = ? ORDER BY rowid LIMIT 1", (unit,)
        )
        return rows[0][0].hex() if rows else ""


def decision_from(
    event: str,
    body: Mapping[str, Any],
    unit: str,
    stage: Stage,
    reviewer: ReviewerId,
    note: str,
    time: str = "",
) -> Decision:
    """Return a decision out of its event's body."""
    return Decision(
        unit=unit,
        stage=stage,
        reviewer=reviewer,
        verdict=Verdict(body["verdict"]),
        reason=body.get("reason", ""),
        judgements={k: Judgement(v) for k, v in body.get("judgements", {}).items()},
        note=note,
        seen=body.get("seen", ""),
        protocol=body.get("protocol", 0),
        time=time,
        event=event,
    )


def _name(draft: Draft, protocol: Protocol) -> str:
    if draft.verdict is Verdict.NONE:
        return "Take the decision back"
    words = str(draft.verdict).capitalize()
    return f"{words}: {protocol.reason_text(draft.reason)}" if draft.reason else words
