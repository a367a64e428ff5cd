"""Duplicates of an open project: joining, answers, splitting. Every step can be undone."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screener.duplicates import completeness, finder, proposals, runs
from screener.duplicates.candidate import Candidate
from screener.duplicates.found import Found, Group, Question
from screener.duplicates.groups import Units
from screener.duplicates.proposals import Proposal
from screener.duplicates.runs import Looked, Run
from screener.duplicates.settings import STANDARD, Settings
from screener.model import Progress, Record, UserError, silent
from screener.store import caches, records
from screener.store.file import Action, File

_ANSWER = "answer"
"""The rule of what a person joined because the finder asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One group that was joined: its records, the one kept, the rule, whether by hand.

    `run` is the id of the run that found it, if one did.
    """

    event: str
    records: tuple[str, ...]
    kept: str
    rule: str
    by_hand: bool
    run: str = ""


class Duplicates:
    """The duplicate groups of a project."""

    def __init__(self, file: File, units: Units) -> None:
        self._file = file
        self._units = units
        self._looked: Looked | None = None

    # --- looking ------------------------------------------------------------------------------

    def find(self, *, settings: Settings = STANDARD, progress: Progress = silent) -> Found:
        """Look for duplicates among the records that are present.

        Groups there are and answers given before are respected. Nothing is stored: how it was
        looked for is written into the log with what comes of it (see `runs`).
        """
        absent = caches.absent_records(self._file.connection)
        rows = self._file.rows("SELECT uid FROM record ORDER BY number")
        present = (uid for (uid,) in rows if uid not in absent)
        candidates = [_candidate(r) for r in records.load(self._file, present)]
        found = finder.find(
            candidates,
            settings=settings,
            together=[list(g) for g in self._members().values()],
            different=self.answered_different(),
            progress=progress,
        )
        self._looked = Looked(found=found, records=len(candidates))
        return found

    def keep_run(self) -> None:
        """Write into the log how duplicates were looked for last, because a person is asked now.

        A run that joins groups is written with them, and one whose questions are answered here
        with the first answer. Nothing happens when a run with the same settings is known.
        """
        if self._is_to_note():
            with self._file.action("Look for duplicates") as action:
                self._note_asked(action)

    def runs(self) -> list[Run]:
        """Return every run whose groups were joined or questions asked, also those taken back."""
        return runs.runs(self._file)

    def _is_to_note(self) -> bool:
        found = self._looked.found if self._looked else None
        return bool(found and found.ask and not runs.is_noted(self._file, found))

    def _note_asked(self, action: Action) -> None:
        if self._looked and self._is_to_note():
            runs.note(action, secrets.token_hex(16), self._looked)

    # --- what there is ------------------------------------------------------------------------

    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        absent = caches.absent_records(self._file.connection)
        for uid, unit in self._file.rows("SELECT record, unit FROM unit_of ORDER BY record"):
            if uid not in absent:
                members[unit].append(uid)
        return {unit: uids for unit, uids in members.items() if len(uids) > 1}

    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the groups there are: the kept record's uid and all its records' uids."""
        return [(unit, tuple(uids)) for unit, uids in self._members().items()]

    def joined(self) -> list[Joined]:
        """Return every join that stands, in the order made."""
        return [
            Joined(
                event=event,
                records=tuple(body["records"]),
                kept=body["kept"],
                rule=body["rule"],
                by_hand=bool(body["by_hand"]),
                run=body.get("run", ""),
            )
            for event, body in self._file.heads("same")
            if body["records"]
        ]

    def answered_different(self) -> list[tuple[str, ...]]:
        """Return the sets of records a person said are different."""
        return [tuple(b["records"]) for _, b in self._file.heads("different") if b["records"]]

    def proposals(self) -> list[Proposal]:
        """Return the duplicates that reviewers proposed while screening and nobody settled yet.

        A proposal is settled when its two units are joined or said to be different.
        """
        return proposals.open_proposals(self._file, self._units, self.answered_different())

    def joined_by_rule(self) -> dict[str, str]:
        """Return for every joined record the part it would be in without what a person joined.

        A join counts for what it added: one by a rule that names records a person had joined
        before, because their group grew, does not make that join automatic.
        """
        every, by_rule = _Parts(), _Parts()
        joined = self.joined()
        for join in joined:
            for other in join.records[1:]:
                new = every.join(join.records[0], other)
                if new and not join.by_hand:
                    by_rule.join(join.records[0], other)
        return {uid: by_rule.root(uid) for join in joined for uid in join.records}

    def members(self, uids: Iterable[str]) -> list[Record]:
        """Return these records as they were imported, each in the version in force."""
        return list(records.load(self._file, uids))

    # --- joining ------------------------------------------------------------------------------

    def join(self, groups: Iterable[Group]) -> int:
        """Join certain groups as one action; returns how many records were joined to another.

        When `find` found them, the run is written with them: its settings, version and counts.
        """
        wanted = list(groups)
        if not wanted:
            return 0
        # A group that grows names the records it had too; they are no new joins.
        count = sum(len({self._file.unit_of(u) for u in group.records}) - 1 for group in wanted)
        with self._file.action(f"Join {len(wanted)} certain groups") as action:
            run = {}
            if self._looked is not None and self._looked.holds(wanted):
                run["run"] = secrets.token_hex(16)
                runs.note(action, run["run"], self._looked, groups=wanted, joins=count)
            for group in wanted:
                body = {
                    "records": list(group.records),
                    "kept": group.kept,
                    "rule": "; ".join(group.rules),
                    "by_hand": False,
                    **run,
                }
                action.append("same", body, unit=group.kept)
        return count

    def same(self, uids: Sequence[str], *, kept: str = "", rule: str = _ANSWER) -> None:
        """Join records because a person said they are the same report.

        `UserError` when fewer than two are named.
        """
        found = list(dict.fromkeys(uids))
        if len(found) < 2:
            raise UserError("Name at least two records to join.")
        with self._file.action(f"Join {len(found)} records") as action:
            if rule == _ANSWER:
                self._note_asked(action)
            self._append_same(action, found, kept, rule)

    def _append_same(self, action: Action, found: list[str], kept: str, rule: str) -> None:
        keep = kept or self._most_complete(found)
        # An earlier "different" among them gives way to the newer answer.
        for event, body in self._file.heads("different"):
            if len(set(body["records"]) & set(found)) > 1:
                action.append("different", {"records": []}, unit=_first(body), supersedes=[event])
        body = {"records": found, "kept": keep, "rule": rule, "by_hand": True}
        action.append("same", body, unit=keep)

    def answer(self, answers: Iterable[tuple[str, Sequence[str]]], *, kept: str = "") -> None:
        """Take many answers ("same" or "different" with the records) as one action.

        `kept` is the record to show of the group it is in; else it is the most complete one.
        """
        wanted = [(word, list(dict.fromkeys(uids))) for word, uids in answers]
        if not wanted:
            return
        with self._file.action(f"{len(wanted)} answers on duplicates") as action:
            self._note_asked(action)
            for word, uids in wanted:
                if word == "same":
                    self._append_same(action, uids, kept if kept in uids else "", _ANSWER)
                else:
                    action.append("different", {"records": uids}, unit=uids[0])

    def _most_complete(self, uids: list[str]) -> str:
        every = [m for u in uids for m in self._file.members(self._file.unit_of(u))]
        return self._first_kept(every)

    def _first_kept(self, uids: Iterable[str]) -> str:
        loaded = records.load(self._file, dict.fromkeys(uids))
        return completeness.kept(_candidate(r) for r in loaded)[0].id

    def different(self, uids: Sequence[str]) -> None:
        """Remember that these records are different reports; they are never asked about again."""
        found = list(dict.fromkeys(uids))
        if len(found) < 2:
            raise UserError("Name at least two records that are different.")
        with self._file.action(f"Different: {len(found)} records") as action:
            self._note_asked(action)
            action.append("different", {"records": found}, unit=found[0])

    # --- taking back --------------------------------------------------------------------------

    def split(self, uid: str) -> None:
        """Take one record out of its group; the others stay together."""
        unit = self._file.unit_of(uid)
        members = self._file.members(unit)
        if len(members) < 2:
            raise UserError("This record is in no group; there is nothing to split.")
        rest = [m for m in members if m != uid]
        with self._file.action("Split a group") as action:
            parts = [(e, b) for e, b in self._file.heads("same") if set(b["records"]) & {*members}]
            for event, body in parts:
                self._void(action, event, body["kept"])
            if len(rest) > 1:
                # Not of the whole group, which still holds the record that leaves it.
                kept = unit if unit != uid else self._first_kept(rest)
                body = {**_rest_of([b for _, b in parts]), "records": rest, "kept": kept}
                action.append("same", body, unit=kept)
            action.append("different", {"records": [uid, rest[0]]}, unit=uid)

    def undo_join(self, event: str) -> None:
        """Take back one join (`Joined.event`); it may be found or made again.

        What a rule joined later because of it, when the group grew, goes with it. `UserError` when
        the join does not stand any more.
        """
        if event not in dict(self._file.heads("same")):
            raise UserError("This join was taken back or replaced already; look at the group now.")
        self._take_back({event}, "Take a join back")

    def undo_run(self, run: Run) -> int:
        """Take back what stands of one run, as one action; returns how many joins went.

        What a person joined or answered since stays. `UserError` when nothing of it stands.
        """
        events = {e for e, body in self._file.heads("same") if body.get("run") == run.id}
        if not events:
            raise UserError("This run was taken back already; look for duplicates again.")
        return self._take_back(events, "Take back a run for duplicates")

    def undo_all(self) -> int:
        """Take back every join, automatic and by hand, as one action; returns how many went.

        The answers "different" stay. `UserError` when no records are joined.
        """
        if not self.joined():
            raise UserError("No records are joined; there is nothing to take back.")
        events = {e for e, body in self._file.heads("same") if body["records"] or "found" in body}
        return self._take_back(events, "Take back all joins")

    def _take_back(self, events: set[str], name: str) -> int:
        gone = _Gone()
        with self._file.action(name) as action:
            for event, body in self._file.heads("same"):
                # A later join by a rule lists the whole group, and would keep it together.
                grown = not body.get("by_hand", True) and gone.names_two(body["records"])
                if event in events or grown:
                    self._void(action, event, body.get("kept", ""))
                    gone.add(body["records"])
        return gone.count

    def _void(self, action: Action, event: str, unit: str) -> None:
        action.append("same", {"records": []}, unit=unit, supersedes=[event])


class _Gone:
    """The joins that an action takes back."""

    def __init__(self) -> None:
        self.count = 0
        self._of: dict[str, set[int]] = defaultdict(set)

    def add(self, records: Sequence[str]) -> None:
        for uid in records:
            self._of[uid].add(self.count)
        self.count += bool(records)

    def names_two(self, records: Sequence[str]) -> bool:
        """Say whether two of these records were in one of the joins."""
        seen: set[int] = set()
        for uid in records:
            if seen & self._of.get(uid, set()):
                return True
            seen |= self._of.get(uid, set())
        return False


class _Parts:
    """Disjoint sets of records."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, uid: str) -> str:
        while self._parent.setdefault(uid, uid) != uid:
            self._parent[uid] = self._parent[self._parent[uid]]
            uid = self._parent[uid]
        return uid

    def join(self, one: str, other: str) -> bool:
        """Join two sets; say whether they were two."""
        left, right = self.root(one), self.root(other)
        self._parent[left] = right
        return left != right


def _candidate(record: Record) -> Candidate:
    # Of two equally complete records the one imported first is kept, not a random one.
    return Candidate.of(record.id, record.fields, source_order=record.number)


def _rest_of(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say how what is left of a group was joined: by a rule if all of it was."""
    if any(body["by_hand"] for body in parts):
        return {"rule": "split", "by_hand": True}
    rules = dict.fromkeys(name for body in parts for name in body["rule"].split("; "))
    found = {body["run"] for body in parts if "run" in body}
    run = {"run": found.pop()} if len(found) == 1 else {}
    return {"rule": "; ".join(rules), "by_hand": False, **run}


def _first(body: Mapping[str, Any]) -> str:
    return str(body["records"][0])


__all__ = ["Duplicates", "Found", "Group", "Joined", "Proposal", "Question", "Run", "Settings"]
