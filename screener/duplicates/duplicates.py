"""Duplicates of an open project: joining, answers, splitting. Every step can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screener.duplicates import completeness, finder
from screener.duplicates.candidate import Candidate
from screener.duplicates.found import Found, Group, Question
from screener.duplicates.groups import Units
from screener.duplicates.settings import STANDARD, Settings
from screener.model import Progress, Record, UserError, silent
from screener.store import caches, records
from screener.store.file import Action, File


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One group that was joined: its records, the one kept, the rule, whether by hand."""

    event: str
    records: tuple[str, ...]
    kept: str
    rule: str
    by_hand: bool


class Duplicates:
    """The duplicate groups of a project."""

    def __init__(self, file: File, units: Units) -> None:
        self._file = file
        self._units = units

    def find(self, *, settings: Settings = STANDARD, progress: Progress = silent) -> Found:
        """Look for duplicates among the records that are present.

        Groups there are and answers given before are respected; nothing is stored.
        """
        absent = caches.absent_records(self._file.connection)
        rows = self._file.rows("SELECT uid FROM record ORDER BY number")
        present = (uid for (uid,) in rows if uid not in absent)
        candidates = [Candidate.of(r.id, r.fields) for r in records.load(self._file, present)]
        return finder.find(
            candidates,
            settings=settings,
            together=[list(g) for g in self._members().values()],
            different=self.answered_different(),
            progress=progress,
        )

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
            )
            for event, body in self._file.heads("same")
            if body["records"]
        ]

    def answered_different(self) -> list[tuple[str, ...]]:
        """Return the sets of records a person said are different."""
        return [tuple(b["records"]) for _, b in self._file.heads("different") if b["records"]]

    def join(self, groups: Iterable[Group]) -> int:
        """Join certain groups as one action; returns how many records were joined to another."""
        wanted = list(groups)
        if not wanted:
            return 0
        count = 0
        with self._file.action(f"Join {len(wanted)} certain groups") as action:
            for group in wanted:
                body = {
                    "records": list(group.records),
                    "kept": group.kept,
                    "rule": "; ".join(group.rules),
                    "by_hand": False,
                }
                # A group that grows names the records it had too; they are no new joins.
                count += len({self._file.unit_of(uid) for uid in group.records}) - 1
                action.append("same", body, unit=group.kept)
        return count

    def same(self, uids: Sequence[str], *, kept: str = "", rule: str = "answer") -> None:
        """Join records because a person said they are the same report.

        `UserError` when fewer than two are named.
        """
        found = list(dict.fromkeys(uids))
        if len(found) < 2:
            raise UserError("Name at least two records to join.")
        with self._file.action(f"Join {len(found)} records") as action:
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
            for word, uids in wanted:
                if word == "same":
                    self._append_same(action, uids, kept if kept in uids else "", "answer")
                else:
                    action.append("different", {"records": uids}, unit=uids[0])

    def _most_complete(self, uids: list[str]) -> str:
        every = [m for u in uids for m in self._file.members(self._file.unit_of(u))]
        return self._first_kept(every)

    def _first_kept(self, uids: Iterable[str]) -> str:
        loaded = records.load(self._file, dict.fromkeys(uids))
        return completeness.kept(Candidate.of(r.id, r.fields) for r in loaded)[0].id

    def different(self, uids: Sequence[str]) -> None:
        """Remember that these records are different reports; they are never asked about again."""
        found = list(dict.fromkeys(uids))
        if len(found) < 2:
            raise UserError("Name at least two records that are different.")
        with self._file.action(f"Different: {len(found)} records") as action:
            action.append("different", {"records": found}, unit=found[0])

    def split(self, uid: str) -> None:
        """Take one record out of its group; the others stay together."""
        unit = self._file.unit_of(uid)
        members = self._file.members(unit)
        if len(members) < 2:
            raise UserError("This record is in no group; there is nothing to split.")
        rest = [m for m in members if m != uid]
        with self._file.action("Split a group") as action:
            for event, body in self._file.heads("same"):
                if set(body["records"]) & set(members):
                    action.append("same", {"records": []}, unit=body["kept"], supersedes=[event])
            if len(rest) > 1:
                # Not of the whole group, which still holds the record that leaves it.
                kept = unit if unit != uid else self._first_kept(rest)
                body = {"records": rest, "kept": kept, "rule": "split", "by_hand": True}
                action.append("same", body, unit=kept)
            action.append("different", {"records": [uid, rest[0]]}, unit=uid)

    def members(self, uids: Iterable[str]) -> list[Record]:
        """Return these records as they were imported, each in the version in force."""
        return list(records.load(self._file, uids))


def _first(body: Mapping[str, Any]) -> str:
    return str(body["records"][0])


__all__ = ["Duplicates", "Found", "Group", "Joined", "Question", "Settings"]
