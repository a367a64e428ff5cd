"""Duplicates of an open project: joining, answers, splitting. Every step can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence

from screener.duplicates import finder, joins, proposals, runs
from screener.duplicates.answers import (
    Answers,
    Said,
    first_kept,
    said_different,
    void,
)
from screener.duplicates.found import Found, Group
from screener.duplicates.joins import Joined, Parting
from screener.duplicates.proposals import Proposal
from screener.duplicates.runs import Looked, Run
from screener.duplicates.settings import Settings
from screener.duplicates.stored import Stored
from screener.duplicates.tally import Tally, tally
from screener.duplicates.verdict import Judge
from screener.model import Changes, Kind, Progress, Record, UserError, silent
from screener.model.arguments import public
from screener.model.words import counted
from screener.store import membership, records
from screener.store.file import Action, File
from screener.store.kinds import project
from screener.store.kinds.project import Different, Same
from screener.units.units import Units

_ANSWER = "answer"
"""The rule of what a person joined because the finder asked."""

_Wanted = Callable[[Joined], bool]
"""Which joins are taken back."""


class Duplicates:
    """The duplicate groups of a project."""

    def __init__(self, file: File, units: Units) -> None:
        self._file = file
        self._units = units
        self._joins = joins.Joins(file)
        self._looked: Looked | None = None
        self._looked_at = -1
        self._changes = 0
        """How often records or groups changed: what was found of fewer is old."""
        file.listeners.append(self._on_changed)

    # --- looking ------------------------------------------------------------------------------

    def settings(self) -> Settings:
        """Return the settings in force: chosen last, or of the last run that stands."""
        return runs.in_force(self._file)

    @public
    def choose_settings(self, settings: Settings) -> None:
        """Keep in the project how duplicates are to be looked for from now on.

        `UserError` when it names a rule there is not. Nothing happens when it is in force.
        """
        Judge(settings)  # refuses a rule there is not
        if settings != self.settings():
            with self._file.action("Choose how duplicates are found") as action:
                runs.choose(self._file, action, settings)

    @public
    def find(self, *, settings: Settings | None = None, progress: Progress = silent) -> Found:
        """Look for duplicates among the records that are present; by the settings in force.

        Groups there are and answers given before are respected. Nothing is stored: how it was
        looked for is written into the log with what comes of it (see `runs`). What was found is
        kept, uids and reasons only, until records or groups change; when they change while it
        looks (it only reads, so that others may write), it looks again.
        """
        wanted = self.settings() if settings is None else settings
        looked = self._looked
        while looked is None or self._looked_at != self._changes or looked.found.settings != wanted:
            at = self._changes
            self._looked = looked = self._look(wanted, progress)
            self._looked_at = at
        return looked.found

    def _look(self, settings: Settings, progress: Progress) -> Looked:
        candidates = Stored(self._file)
        found = finder.find(
            candidates,
            settings=settings,
            together=list(membership.present_groups(self._file).values()),
            different=self.answered_different(),
            progress=progress,
        )
        return Looked(found=found, records=len(candidates))

    def _on_changed(self, changes: Changes) -> None:
        self._changes += changes.touches(Kind.RECORDS, Kind.DUPLICATES)

    def keep_run(self) -> None:
        """Write into the log how duplicates were looked for last, because a person is asked now.

        A run that joins groups is written with them, and one whose questions are answered here
        with the first answer. Nothing happens when a run with the same settings is known.
        """
        if self._is_to_note():
            with self._file.action("Look for duplicates") as action:
                self._note_asked(action)

    def _keep_empty(self) -> None:
        """Write the run that found nothing certain, unless one says the same of as many records."""
        looked = self._looked
        if looked and not looked.found.certain and not runs.says(self._file, looked):
            with self._file.action("Look for duplicates") as action:
                runs.note(action, secrets.token_hex(16), looked)

    def runs(self) -> list[Run]:
        """Return every run that was meant to join, or put questions, also those taken back."""
        return runs.runs(self._file, self.joined())

    def _is_to_note(self) -> bool:
        found = self._looked.found if self._looked else None
        return bool(found and found.ask and not runs.is_noted(self._file, found))

    def _note_asked(self, action: Action) -> None:
        if self._looked and self._is_to_note():
            runs.note(action, secrets.token_hex(16), self._looked)

    # --- what there is ------------------------------------------------------------------------

    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the groups there are: the kept record's uid and all its records' uids."""
        return [(unit, tuple(uids)) for unit, uids in membership.present_groups(self._file).items()]

    def joined(self) -> list[Joined]:
        """Return every join that stands, in the order made."""
        return self._joins.standing()

    def tally(self, of_databases: Mapping[str, bool]) -> Tally:
        """Return how many of the imported records are duplicates; see `tally.tally`."""
        return tally(self._file, self._units, self._joins, of_databases)

    def answered_different(self) -> list[tuple[str, ...]]:
        """Return the sets of records a person said are different."""
        return said_different(self._file)

    def proposals(self) -> list[Proposal]:
        """Return the duplicates that reviewers proposed while screening and nobody settled yet.

        A proposal is settled when its two units are joined or said to be different.
        """
        return proposals.open_proposals(self._file, self._units, self.answered_different())

    def members(self, uids: Iterable[str]) -> list[Record]:
        """Return these records as they were imported, each in the version in force."""
        return list(records.load(self._file, uids))

    # --- joining ------------------------------------------------------------------------------

    @public
    def join(self, groups: Iterable[Group]) -> int:
        """Join certain groups as one action; returns how many records were joined to another.

        When `find` found them, the run is written with them: its settings, version and counts. A
        run that found none to join is written too: the report says that it was looked.
        """
        wanted = list(groups)
        if not wanted:
            self._keep_empty()
            return 0
        # A group that grows names the records it had too; they are no new joins.
        count = sum(len({self._file.unit_of(u) for u in group.records}) - 1 for group in wanted)
        with self._file.action(f"Join {counted(len(wanted), 'certain group')}") as action:
            run = ""
            if self._looked is not None and self._looked.holds(wanted):
                run = secrets.token_hex(16)
                runs.note(action, run, self._looked, groups=wanted, joins=count)
            for group in wanted:
                body = Same(
                    records=group.records,
                    kept=group.kept,
                    rule="; ".join(group.rules),
                    by_hand=False,
                    run=run,
                )
                action.append(body, subject=group.kept)
        return count

    @public
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
            Answers(self._file, (), kept=kept, rule=rule).same(action, found)

    @public
    def answer(
        self,
        answers: Iterable[Said],
        *,
        kept: str = "",
        rule: str = _ANSWER,
        name: str = "",
        lines: Sequence[int] = (),
    ) -> int:
        """Take answers ("same" or "different" with the records) as one action.

        Returns how many are new: what was answered so before is not written again, and a later
        answer takes the place of an earlier one. `UserError` when an answer names one record only,
        or keeps records apart that others hold together; then nothing is taken.

        `kept` is the record to show of the group it is in; else it is the most complete one.
        `rule` says why they are joined, unless it was the finder that asked; `name` is the
        action's. `lines` are where the answers stand in a table: an error names the line.
        """
        wanted = list(answers)
        taking = Answers(self._file, self.joined(), kept=kept, rule=rule)
        if not taking.says_something(wanted, lines):
            return 0
        with self._file.action(name or f"{counted(len(wanted), 'answer')} on duplicates") as action:
            self._note_asked(action)
            return taking.take(action, wanted, lines)

    @public
    def different(self, uids: Sequence[str]) -> None:
        """Remember that these records are different reports; they are never asked about again.

        `UserError` when others hold them together, see `answer`.
        """
        self.answer([("different", uids)], name=f"Different: {len(set(uids))} records")

    # --- taking back --------------------------------------------------------------------------

    @public
    def split(self, uid: str) -> None:
        """Take one record out of its group; the others stay together."""
        unit = self._file.unit_of(uid)
        members = self._file.members(unit)
        if len(members) < 2:
            raise UserError("This record is in no group; there is nothing to split.")
        rest = [m for m in members if m != uid]
        with self._file.action("Split a group") as action:
            parts = [join for join in self.joined() if {*join.records} & {*members}]
            for join in parts:
                void(action, join)
            if len(rest) > 1:
                # Not of the whole group, which still holds the record that leaves it.
                kept = unit if unit != uid else first_kept(self._file, rest)
                action.append(joins.rest_of(parts, rest, kept), subject=kept)
            action.append(Different(records=(uid, rest[0])), subject=uid)

    @public
    def undo_join(self, event: str) -> None:
        """Take back one join (`Joined.event`); it may be found or made again.

        What a rule joined later because of it, when the group grew, goes with it. `UserError` when
        the join does not stand any more.
        """
        if all(join.event != event for join in self.joined()):
            raise UserError("This join was taken back or replaced already; look at the group now.")
        self._take_back(lambda join: join.event == event, "Take a join back")

    @public
    def undo_run(self, run: Run) -> int:
        """Take back what stands of one run, as one action; returns how many joins went.

        What a person joined or answered since stays. `UserError` when no join of it stands.
        """
        if not run.joins:
            raise UserError("This run joined no records; there is nothing to take back.")
        if not self.parted_by_run(run).joins:
            raise UserError("This run was taken back already; look for duplicates again.")
        name = "Take back a run for duplicates"
        return self._take_back(
            lambda join: join.run == run.id, name, lambda body: body.id == run.id
        )

    def undo_all(self, *, by_hand: bool = False) -> int:
        """Take back every join of the finder, as one action; returns how many went.

        With `by_hand` also those that a person made. The answers "different" stay. `UserError`
        when there is none.
        """
        if not any(by_hand or not join.by_hand for join in self.joined()):
            raise UserError("No records are joined; there is nothing to take back.")
        name = "Take back all joins" if by_hand else "Take back all joins by rule"
        return self._take_back(
            lambda join: by_hand or not join.by_hand, name, lambda body: body.joins > 0
        )

    def parted_by_join(self, event: str) -> Parting:
        """Return what would come apart if one join were taken back; nothing is changed."""
        return self._parting(lambda join: join.event == event)

    def parted_by_run(self, run: Run) -> Parting:
        """Return what would come apart if a run were taken back; nothing is changed."""
        return self._parting(lambda join: join.run == run.id)

    def parted_by_all(self) -> Parting:
        """Return what would come apart if every join of the finder were taken back."""
        return self._parting(lambda join: not join.by_hand)

    def _parting(self, wanted: _Wanted) -> Parting:
        every = self.joined()
        return joins.parting(every, joins.going(every, wanted))

    def _take_back(
        self, wanted: _Wanted, name: str, of: Callable[[project.Run], bool] = lambda _: False
    ) -> int:
        """Take back joins, and the notes of the runs that `of` chooses; returns how many joins."""
        going = joins.going(self.joined(), wanted)
        noted = [head for head in runs.standing(self._file) if of(head.body)]
        with self._file.action(name) as action:
            for head in noted:
                action.void(project.Run, supersedes=[head.event])
            for join in going:
                void(action, join)
        return len(going)
