"""Decisions of one reviewer: reading them, checking and recording new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
from screener.model.words import counted
from screener.protocol.protocol import ProtocolVersions
from screener.screening import rules
from screener.screening.notes import Notes
from screener.screening.stages import Stages, not_open, require_copy
from screener.store import records, undo
from screener.store.file import Action, File
from screener.store.heads import Head, head_ids, heads
from screener.store.kinds import reviewer as said
from screener.store.kinds.body import VERSION
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision as given by a script or table: the unit and what is decided on it."""

    unit: str
    verdict: Verdict
    reason: str = ""
    judgements: Mapping[str, str] | None = None
    note: str = ""


class Decisions:
    """The decisions in one file."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, stages: Stages, notes: Notes
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._stages = stages
        self._notes = notes
        self._units_to_screen: dict[Stage, frozenset[str]] = {}
        self._corrected: dict[str, str] | None = None
        file.listeners.append(self._on_changed)

    def decision(self, unit: str, stage: Stage) -> Decision | None:
        """Return this reviewer's decision on a unit (the newest of several), or None."""
        found = heads(
            self._file, said.Decision, step=str(stage), author=self._file.reviewer, subjects=[unit]
        )
        if not found:
            return None
        head = found[-1]
        return decision_from(
            undo.said_first(self._file, head),
            protocol=self._protocol.number_of(head.body.protocol),
            note=self._notes.note(unit, stage),
        )

    def suggestion(
        self, judgements: Mapping[str, Judgement], stage: Stage
    ) -> rules.Suggestion | None:
        """Return what these judgements suggest under the protocol in force."""
        return rules.suggestion(judgements, self._protocol.current, stage)

    def decide(self, draft: Draft, *, stage: Stage, note: str | None) -> Decision | None:
        """Record this reviewer's decision on a unit; `Verdict.NONE` takes it back.

        `note` is the note afterwards, None leaves it as it is; the draft's own is not looked at.
        Returns the decision, None when it was taken back. `UserError` when the reason is missing
        or unknown, the stage is closed or not open for the unit, or the file is not a reviewer's
        copy.
        """
        protocol = self._protocol.current
        before = self._notes.note(draft.unit, stage)
        after = before if note is None else note
        self._check(draft, stage, protocol, after, self._screenable(stage))
        body = self._body(draft, protocol)
        with self._file.action(_name(draft, protocol)) as action:
            event = self._append(action, body, draft.unit, stage)
            if after != before:
                self._notes.append(action, said.Note(text=after), draft.unit, stage)
        if body is None:
            return None
        by, step = self._file.reviewer, str(stage)
        head = Head(event, by, step, draft.unit, draft.unit, action.time, body)
        return decision_from(head, protocol=protocol.version, note=after)

    def decide_many(
        self, drafts: Iterable[Draft], *, stage: Stage, progress: Progress = silent
    ) -> int:
        """Record many decisions as one action, all or none; returns how many.

        An empty note leaves the note as it is. `UserError` as in `decide`.
        """
        wanted = list(drafts)
        protocol = self._protocol.current
        allowed = self._screenable(stage)
        for draft in wanted:
            self._check(draft, stage, protocol, draft.note, allowed)
        with self._file.action(counted(len(wanted), "decision")) as action:
            for done, draft in enumerate(wanted):
                self._append(action, self._body(draft, protocol), draft.unit, stage)
                if draft.note and draft.note != self._notes.note(draft.unit, stage):
                    self._notes.append(action, said.Note(text=draft.note), draft.unit, stage)
                if done % 100 == 0:
                    progress(done, len(wanted), "Recording decisions")
        return len(wanted)

    # --- recording ---------------------------------------------------------------------------

    def _check(
        self, draft: Draft, stage: Stage, protocol: Protocol, note: str, allowed: frozenset[str]
    ) -> None:
        require_copy(self._file)
        rules.check(draft.verdict, draft.reason, note, stage, protocol)
        rules.check_judgements(draft.judgements or {}, protocol)
        if draft.unit not in allowed:
            raise not_open(
                self._units,
                draft.unit,
                stage,
                first=stage is Stage.FULL_TEXT and draft.unit in self._stages.first(),
            )

    def _screenable(self, stage: Stage) -> frozenset[str]:
        """Return the units to screen, kept between decisions, which change none of them."""
        if stage not in self._units_to_screen:
            self._units_to_screen[stage] = frozenset(self._stages.to_screen(stage))
        return self._units_to_screen[stage]

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(
            Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES, Kind.FULL_TEXT, Kind.REVIEWERS
        ):
            self._units_to_screen.clear()
            self._corrected = None

    def _body(self, draft: Draft, protocol: Protocol) -> said.Decision | None:
        """Return what is recorded of a draft; None when it takes a decision back."""
        if draft.verdict is Verdict.NONE:
            return None
        return said.Decision(
            verdict=draft.verdict,
            reason=draft.reason,
            judgements=rules.check_judgements(draft.judgements or {}, protocol),
            seen=self._seen(draft.unit),
            protocol=protocol.id,
        )

    def _append(self, action: Action, body: said.Decision | None, unit: str, stage: Stage) -> str:
        by, step = self._file.reviewer, str(stage)
        before = head_ids(self._file, said.Decision, step=step, subject=unit, author=by)
        if body is None:
            return action.void(said.Decision, subject=unit, step=step, supersedes=before)
        return action.append(body, subject=unit, step=step, supersedes=before)

    def _seen(self, unit: str) -> str:
        """Return the version of the record that is shown, corrected ones first."""
        if self._corrected is None:
            self._corrected = records.latest_versions(self._file)
        return (self._corrected.get(unit) or records.first_version(self._file, unit))[:VERSION]


def decision_from(
    head: Head[said.Decision], *, protocol: int, note: str = "", flagged: bool = False
) -> Decision:
    """Return a decision out of its event; `protocol` is the number of the version it names."""
    body = head.body
    return Decision(
        unit=head.subject,
        stage=Stage(head.step),
        reviewer=ReviewerId(head.author),
        verdict=body.verdict,
        reason=body.reason,
        judgements=dict(body.judgements),
        note=note,
        flagged=flagged,
        seen=body.seen,
        protocol=protocol,
        time=head.time,
        event=head.event,
    )


def _name(draft: Draft, protocol: Protocol) -> str:
    if draft.verdict is Verdict.NONE:
        return "Take the decision back"
    words = str(draft.verdict).capitalize()
    return f"{words}: {protocol.reason_text(draft.reason)}" if draft.reason else words
