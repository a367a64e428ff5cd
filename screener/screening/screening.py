"""One reviewer alone: what is pending, decisions, notes, flags, closing a stage."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from screener.duplicates.groups import Units
from screener.model import (
    Changes,
    Decision,
    Judgement,
    Kind,
    Progress,
    Protocol,
    RecordId,
    ReviewerId,
    Stage,
    Unit,
    UserError,
    Verdict,
    silent,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening import rules
from screener.screening.highlights import Span, spans
from screener.store import records
from screener.store.file import Action, File, FileKind

Passed = Callable[[], list[str]]
"""Given by the project: the units whose title/abstract outcome lets them on to full text."""


class Queue(StrEnum):
    """What a reviewer may go through; the words are shown as they stand."""

    PENDING = "Pending"
    DECIDED = "Decided"
    INCLUDED = "Included by me"
    MAYBE = "Maybe"
    EXCLUDED = "Excluded by me"
    FLAGGED = "Flagged"
    NO_ABSTRACT = "No abstract"
    CHANGED = "Criteria changed since"
    ALL = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one reviewer is at a stage: units decided, pending, in all; closed or not."""

    decided: int
    pending: int
    closed: bool
    code: str = ""

    @property
    def all(self) -> int:
        """Units the stage is open for."""
        return self.decided + self.pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision as given by a script or table: the unit and what is decided on it."""

    unit: str
    verdict: Verdict
    reason: str = ""
    judgements: Mapping[str, str] | None = None
    note: str = ""


def closing_code(event: str) -> str:
    """Return the closing code of a `close` event: its first 80 bits as four groups of four."""
    code = base64.b32encode(bytes.fromhex(event)[:10]).decode("ascii")
    return " ".join(code[i : i + 4] for i in range(0, 16, 4))


class Screening:
    """Screening in one file: a reviewer's copy, or (to read and to open stages) the project."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, passed: Passed
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._passed = passed
        self._units_to_screen: dict[Stage, frozenset[str]] = {}
        self._corrected: dict[str, str] | None = None
        file.listeners.append(self._on_changed)

    # --- what there is to screen -------------------------------------------------------------

    def opened(self, stage: Stage) -> bool:
        """Say whether the stage is open for any unit."""
        return stage is Stage.TITLE_ABSTRACT or bool(self._file.heads("open"))

    def open_units(self, stage: Stage) -> list[RecordId]:
        """Return the units the stage is open for, in the order of their numbers.

        Title and abstract are open for every unit that is present; full text for those that an
        `open` event of the project named.
        """
        present = self._units.ids()
        if stage is Stage.TITLE_ABSTRACT:
            return present
        named: set[str] = set()
        for _, body in self._file.heads("open"):
            named.update(body["units"])
        membership = self._units.membership()
        units = {membership.get(u, u) for u in named}
        return [u for u in present if u in units]

    def not_retrieved(self) -> set[str]:
        """Return the units whose report could not be obtained."""
        membership = self._units.membership()
        return {
            membership.get(body["unit"], body["unit"])
            for _, body in self._file.heads("retrieval")
            if body.get("state") == "not-retrieved"
        }

    def to_screen(self, stage: Stage) -> list[RecordId]:
        """Return the units a reviewer screens at a stage: open, and at full text retrieved."""
        units = self.open_units(stage)
        if stage is Stage.FULL_TEXT:
            gone = self.not_retrieved()
            units = [u for u in units if u not in gone]
        return units

    def queue(self, stage: Stage, which: Queue = Queue.PENDING, search: str = "") -> list[RecordId]:
        """Return the ids of the units of a queue in order, narrowed to those that hold a text."""
        units = self.to_screen(stage)
        keep = self._chooser(stage, which)
        found = [u for u in units if keep(u)]
        if search.strip():
            hits = self._search(search)
            found = [u for u in found if u in hits]
        return found

    def _chooser(self, stage: Stage, which: Queue) -> Callable[[str], bool]:
        verdicts = self._verdicts(stage)
        wanted = {
            Queue.INCLUDED: Verdict.INCLUDE,
            Queue.MAYBE: Verdict.MAYBE,
            Queue.EXCLUDED: Verdict.EXCLUDE,
        }
        if which is Queue.ALL:
            return lambda _u: True
        if which is Queue.PENDING:
            return lambda u: u not in verdicts
        if which is Queue.DECIDED:
            return lambda u: u in verdicts
        if which in wanted:
            return lambda u: verdicts.get(u) == {wanted[which]}
        chosen = {
            Queue.FLAGGED: self._flagged,
            Queue.NO_ABSTRACT: self._without_abstract,
            Queue.CHANGED: self._changed_since,
        }[which](stage)
        return lambda u: u in chosen

    def _own(self, kind: str, stage: Stage) -> list[tuple[str, bytes, str, str]]:
        return self._file.rows(
            "SELECT coalesce(u.unit, c.unit), c.event, c.verdict, c.reason FROM current c "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = ? AND c.stage = ? AND c.author = ?",
            (kind, stage, self._file.reviewer),
        )

    def _verdicts(self, stage: Stage) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for unit, _, verdict, _ in self._own("decision", stage):
            if verdict != Verdict.NONE:
                found.setdefault(unit, set()).add(verdict)
        return found

    def _flagged(self, stage: Stage) -> set[str]:
        rows = self._own("flag", stage)
        return {unit for unit, event, _, _ in rows if self._body(event).get("on")}

    def _without_abstract(self, stage: Stage) -> set[str]:
        # Only units with a version that lacks one need be read and filled from their members.
        rows = self._file.rows(
            "SELECT DISTINCT coalesce(u.unit, v.record) FROM record_version v LEFT JOIN unit_of u "
            "ON u.record = v.record WHERE json_extract(v.body, '$.fields.abstract') IS NULL"
        )
        doubtful = {unit for (unit,) in rows}.intersection(self.to_screen(stage))
        return {unit.id for unit in self._units.load(doubtful) if not unit.fields.abstract}

    def _changed_since(self, stage: Stage) -> set[str]:
        rows = self._file.rows(
            "SELECT coalesce(u.unit, c.unit), json_extract(e.body, '$.body.protocol') "
            "FROM current c JOIN event e ON e.id = c.event "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.author = ? AND c.verdict <> 'none'",
            (stage, self._file.reviewer),
        )
        versions = {int(version or 0) for _, version in rows}
        stale = {v for v in versions if self._protocol.changed_criteria(v)}
        return {unit for unit, version in rows if int(version or 0) in stale}

    def _search(self, text: str) -> set[str]:
        """Return the units of records that hold every word of a text, in any field."""
        words = text.casefold().split()
        # SQLite knows the case of ASCII letters only; it spares reading most of the records.
        plain = [word for word in words if word.isascii()]
        likely = "".join(" AND instr(lower(v.body), ?) > 0" for _ in plain)
        found = self._file.rows(
            "SELECT coalesce(u.unit, v.record), v.body FROM record_version v "  # noqa: S608
            f"LEFT JOIN unit_of u ON u.record = v.record WHERE 1{likely}",
            plain,
        )
        return {unit for unit, body in found if _holds(body, words)}

    def pending(self, stage: Stage) -> Iterator[Unit]:
        """Yield the units this reviewer has not decided yet, in order."""
        yield from self._units.load(self.queue(stage))

    def unit(self, named: str) -> Unit:
        """Return one unit by a record's number or uid."""
        return self._units.get(named)

    def units(self, ids: Iterable[str]) -> Iterator[Unit]:
        """Yield the units of these ids, in their order."""
        yield from self._units.load(ids)

    def progress(self, stage: Stage) -> Standing:
        """Return how far this reviewer is at a stage."""
        if stage is Stage.TITLE_ABSTRACT and self._units.all_present():
            # Asked after every decision: counted by the database, not listed here.
            decided, total = self._count_decided(stage), self._units.count()
        else:
            verdicts, units = self._verdicts(stage), self.to_screen(stage)
            decided, total = sum(u in verdicts for u in units), len(units)
        return Standing(
            decided=decided,
            pending=total - decided,
            closed=self.closed(stage),
            code=self.code(stage),
        )

    def _count_decided(self, stage: Stage) -> int:
        rows = self._file.rows(
            "SELECT count(DISTINCT coalesce(u.unit, c.unit)) FROM current c "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.author = ? AND c.verdict <> 'none'",
            (stage, self._file.reviewer),
        )
        return int(rows[0][0])

    # --- decisions -----------------------------------------------------------------------------

    def decision(self, unit: str, stage: Stage) -> Decision | None:
        """Return this reviewer's decision on a unit (the newest of several), or None."""
        found = self._heads_on(unit, stage)
        real = [(e, b) for e, b in found if b["verdict"] != Verdict.NONE]
        if not real:
            return None
        return self._decision(real[-1][0], unit, stage)

    def _decision(self, event: str, unit: str, stage: Stage) -> Decision:
        rows = self._file.rows("SELECT body FROM event WHERE id = ?", (bytes.fromhex(event),))
        whole = json.loads(rows[0][0])
        by = ReviewerId(self._file.reviewer)
        note = self.note(unit, stage)
        return decision_from(event, whole["body"], unit, stage, by, note, whole["time"])

    def decided_on(self, stage: Stage, day: date) -> set[str]:
        """Return the units whose decision, as it stands now, this reviewer recorded on a day."""
        rows = self._file.rows(
            "SELECT coalesce(u.unit, c.unit) FROM current c JOIN event e ON e.id = c.event "
            "LEFT JOIN unit_of u ON u.record = c.unit WHERE c.kind = 'decision' AND c.stage = ? "
            "AND c.author = ? AND c.verdict <> 'none' AND instr(e.body, ?) > 0",
            (stage, self._file.reviewer, f'"time":"{day.isoformat()}T'),
        )
        return {unit for (unit,) in rows}

    def _heads_on(self, unit: str, stage: Stage) -> list[tuple[str, dict[str, Any]]]:
        found = self._heads_of("decision", unit, stage)
        return [(event, self._body(bytes.fromhex(event))) for event in found]

    def _standing_on(self, unit: str, stage: Stage) -> dict[str, list[str]]:
        """Return this reviewer's heads on a unit, by kind: one question instead of one a kind."""
        found: dict[str, list[str]] = {"decision": [], "note": []}
        for member in self._file.members(unit):
            rows = self._file.rows(
                "SELECT kind, event FROM current WHERE kind IN ('decision', 'note') "
                "AND stage = ? AND unit = ? AND author = ?",
                (stage, member, self._file.reviewer),
            )
            for kind, event in rows:
                found[kind].append(event.hex())
        return found

    def _newest(self, events: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            found = self._body(bytes.fromhex(event)) or found
        return found

    def _heads_of(self, kind: str, unit: str, stage: Stage) -> list[str]:
        by = self._file.reviewer
        return [
            event
            for member in self._file.members(unit)
            for event in self._file.head_ids(kind, stage=stage, unit=member, author=by)
        ]

    def _body(self, event: bytes) -> dict[str, Any]:
        rows = self._file.rows("SELECT body FROM event WHERE id = ?", (event,))
        return dict(json.loads(rows[0][0])["body"])

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
        standing = self._standing_on(unit, stage)
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

    def _check(
        self,
        draft: Draft,
        stage: Stage,
        protocol: Protocol,
        note: str,
        allowed: frozenset[str],
    ) -> None:
        if self._file.kind is not FileKind.COPY:
            raise UserError("Open your own copy to screen.")
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

    def _not_open(self, unit: str, stage: Stage) -> UserError:
        rows = self._file.rows("SELECT number FROM record WHERE uid = ?", (unit,))
        if not rows:
            return UserError(f"There is no record {unit} in this review; see its list of records.")
        if stage is Stage.FULL_TEXT:
            return UserError(
                f"Record {rows[0][0]} is not open for full text; a newer copy may open it."
            )
        return UserError(f"Record {rows[0][0]} is not to be screened; see the list of records.")

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

    def suggestion(
        self, judgements: Mapping[str, Judgement], stage: Stage
    ) -> rules.Suggestion | None:
        """Return what these judgements suggest under the protocol in force."""
        return rules.suggestion(judgements, self._protocol.current, stage)

    # --- notes, flags, own words -------------------------------------------------------------

    def note(self, unit: str, stage: Stage) -> str:
        """Return this reviewer's note on a unit at a stage."""
        return str(self._text_head("note", unit, stage).get("text", ""))

    def flagged(self, unit: str, stage: Stage) -> bool:
        """Say whether this reviewer flagged a unit for the meeting."""
        return bool(self._text_head("flag", unit, stage).get("on", False))

    def _text_head(self, kind: str, unit: str, stage: Stage) -> dict[str, Any]:
        return self._newest(self._heads_of(kind, unit, stage))

    def set_note(self, unit: str, stage: Stage, text: str) -> None:
        """Write a note; an empty text takes it away."""
        if text == self.note(unit, stage):
            return
        with self._file.action("Note") as action:
            self._append_text(action, "note", unit, stage, {"text": text})

    def set_flag(self, unit: str, stage: Stage, *, on: bool) -> None:
        """Flag a unit for the meeting, or take the flag away."""
        if on == self.flagged(unit, stage):
            return
        with self._file.action("Flag" if on else "Take the flag away") as action:
            self._append_text(action, "flag", unit, stage, {"on": on})

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

    def _append_text(
        self, action: Action, kind: str, unit: str, stage: Stage, body: dict[str, Any]
    ) -> None:
        before = self._heads_of(kind, unit, stage)
        action.append(kind, body, unit=unit, stage=stage, supersedes=before)

    def own_words(self) -> list[tuple[str, str]]:
        """Return the reviewer's own highlight words as (element, word); nobody else's business."""
        kept = self._file.own("highlight")
        return [(element, word) for element, word in json.loads(kept)] if kept else []

    def set_own_words(self, words: Iterable[tuple[str, str]]) -> None:
        """Keep the reviewer's own highlight words."""
        self._file.set_own("highlight", json.dumps([list(w) for w in words]))

    def highlights(self, text: str) -> tuple[Span, ...]:
        """Return where highlight words stand in a text: the team's and the reviewer's own."""
        return spans(text, self._protocol.current, self.own_words())

    def draft(self, unit: str, stage: Stage) -> dict[str, Judgement]:
        """Return judgements begun and not decided yet, so that leaving in the middle loses none."""
        kept = self._file.own(f"draft {stage} {unit}")
        return {k: Judgement(v) for k, v in json.loads(kept).items()} if kept else {}

    def keep_draft(self, unit: str, stage: Stage, judgements: Mapping[str, Judgement]) -> None:
        """Keep judgements begun on a unit; an empty mapping forgets them."""
        text = json.dumps({k: str(v) for k, v in judgements.items()}) if judgements else ""
        if text or self._file.own(f"draft {stage} {unit}"):
            self._file.set_own(f"draft {stage} {unit}", text)

    def position(self, stage: Stage) -> str:
        """Return the unit that was on the screen last, or ""."""
        return self._file.own(f"position {stage}")

    def keep_position(self, stage: Stage, unit: str) -> None:
        """Remember which unit is on the screen."""
        self._file.set_own(f"position {stage}", unit)

    # --- closing and opening -------------------------------------------------------------------

    def closed(self, stage: Stage) -> bool:
        """Say whether this reviewer has closed the stage."""
        return self._file.closed(stage, self._file.reviewer)

    def code(self, stage: Stage) -> str:
        """Return the closing code of a closed stage, else ""."""
        if not self.closed(stage):
            return ""
        found = self._file.head_ids("close", stage=stage, author=self._file.reviewer)
        return closing_code(found[-1])

    def close(self, stage: Stage) -> str:
        """Say that this reviewer has finished the stage; returns the closing code.

        The code is passed on before the files are exchanged: it proves later that nothing was
        changed afterwards.
        """
        self._require_copy()
        if self.closed(stage):
            raise UserError(f"{stage.words} is closed already; its code is {self.code(stage)}.")
        if not self.progress(stage).all:
            raise UserError(
                f"{stage.words} holds nothing to screen yet; there is nothing to close."
            )
        with self._file.action(f"Close {stage.words.lower()}") as action:
            before = self._state_heads(stage)
            event = action.append("close", {"stage": str(stage)}, stage=stage, supersedes=before)
        return closing_code(event)

    def reopen(self, stage: Stage, why: str) -> None:
        """Open a closed stage again, with the reason; the first close stays in the history."""
        self._require_copy()
        if not self.closed(stage):
            raise UserError(f"{stage.words} is not closed; there is nothing to reopen.")
        if not why.strip():
            raise UserError("Say why the stage is opened again; the report names it.")
        with self._file.action(f"Reopen {stage.words.lower()}") as action:
            before = self._state_heads(stage)
            action.append("reopen", {"why": why}, stage=stage, supersedes=before)

    def _state_heads(self, stage: Stage) -> list[str]:
        by = self._file.reviewer
        return [
            *self._file.head_ids("close", stage=stage, author=by),
            *self._file.head_ids("reopen", stage=stage, author=by),
        ]

    def _require_copy(self) -> None:
        if self._file.kind is not FileKind.COPY:
            raise UserError("Open your own copy to screen.")

    def open(self, stage: Stage) -> int:
        """Open full text for the units that passed; returns how many were added.

        Units it is open for stay open. New copies carry it. `UserError` when nothing passed.
        """
        if self._file.kind is FileKind.COPY:
            raise UserError(
                "This is a reviewer's copy; only the coordinator's project can do this."
            )
        if stage is not Stage.FULL_TEXT:
            raise UserError("Title and abstract are open from the start; only full text is opened.")
        passed = self._passed()
        already = set(self.open_units(stage))
        added = [u for u in passed if u not in already]
        if not added:
            raise UserError(
                "Nothing new has passed title and abstract; settle its discrepancies first."
                if not already
                else "Full text is open already for everything that passed."
            )
        with self._file.action("Open full text") as action:
            action.append("open", {"stage": str(stage), "units": added}, stage=stage)
        return len(added)


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


def _holds(body: str, words: list[str]) -> bool:
    """Say whether the fields of a record version hold all words, whatever their case."""
    folded = body.casefold()
    if not all(word in folded for word in words):
        return False
    # The body holds names of fields and the raw tags too: look at the values alone.
    values = json.loads(body)["fields"].values()
    text = " ".join(" ".join(v) if isinstance(v, list) else str(v) for v in values).casefold()
    return all(word in text for word in words)


def _name(draft: Draft, protocol: Protocol) -> str:
    if draft.verdict is Verdict.NONE:
        return "Take the decision back"
    words = str(draft.verdict).capitalize()
    return f"{words}: {protocol.reason_text(draft.reason)}" if draft.reason else words


__all__ = ["Draft", "Passed", "Queue", "Screening", "Standing", "closing_code"]
