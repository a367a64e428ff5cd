"""One open review: a project or a copy, with one attribute per stage and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from screener.model import Backup, Changes, Kind, Progress, Stage, Summary, silent
from screener.model.arguments import public
from screener.store.file import File, FileKind

# Each stage is imported when it is asked for: a command that reads one thing waits for no other.
if TYPE_CHECKING:
    from screener.answers.forms import Forms
    from screener.archive.archive import Archive
    from screener.consensus.consensus import ConsensusStage
    from screener.consensus.happened import HistoryLine
    from screener.consensus.team import Team
    from screener.duplicates.duplicates import Duplicates
    from screener.fulltext.fulltext import FullText
    from screener.printing.manuscript.manuscript import Manuscript
    from screener.printing.prints import Printing
    from screener.protocol.protocol import ProtocolVersions
    from screener.report.report import Report
    from screener.screening.screening import Screening
    from screener.sources.sources import Sources
    from screener.store import verify
    from screener.store.older import Older
    from screener.store.undo import Done
    from screener.studies.studies import Studies
    from screener.units.units import Units


class Project:
    """An open file of a review. Close it, or use it in a `with` block."""

    def __init__(self, file: File) -> None:
        self._file = file
        file.covered = lambda step, of: self.consensus.at(step).coverage.covers(file.reviewer, of)

    @cached_property
    def units(self) -> Units:
        """The records and duplicate groups as they are shown."""
        from screener.units.units import Units

        return Units(self._file)

    @cached_property
    def protocol(self) -> ProtocolVersions:
        """The versions of the protocol, and the one in force."""
        from screener.protocol.protocol import ProtocolVersions

        return ProtocolVersions(self._file)

    @cached_property
    def forms(self) -> Forms:
        """The forms whose questions are answered beside screening."""
        from screener.answers.forms import Forms

        return Forms(self._file, self.studies)

    @cached_property
    def studies(self) -> Studies:
        """The studies that reports belong to, and the interventions they test."""
        from screener.studies.studies import Studies

        return Studies(self._file, self.units, lambda: self.consensus)

    @cached_property
    def consensus(self) -> ConsensusStage:
        """Copies and merging, where units stand, the meeting, agreement."""
        from screener.steps import consensus, read_standings

        found = consensus(self._file, self.units, self.protocol, self.forms, read_standings)
        self._file.listeners.append(self._take_forms_in)
        return found

    @cached_property
    def sources(self) -> Sources:
        """Searches and the records each one found."""
        from screener.sources.sources import Sources

        return Sources(self._file)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Duplicate groups: found, answered, joined, taken apart."""
        from screener.duplicates.duplicates import Duplicates

        return Duplicates(self._file, self.units)

    @cached_property
    def screening(self) -> Screening:
        """What one reviewer decides alone."""
        from screener.screening.screening import Screening

        passed = partial(self.consensus.passed, Stage.TITLE_ABSTRACT)
        return Screening(self._file, self.units, self.protocol, passed)

    @cached_property
    def team(self) -> Team:
        """The people of the review as its coordinator sees them."""
        from screener.consensus.team import Team

        return Team(self._file, self.consensus.standings)

    @cached_property
    def fulltext(self) -> FullText:
        """The reports that are sought for full text."""
        from screener.fulltext.fulltext import FullText

        return FullText(self._file, self.units, self.screening, self.consensus)

    @cached_property
    def report(self) -> Report:
        """The flow, lists and exports."""
        from screener.report.report import Report

        return Report(self._file, self.units, self.consensus, self.protocol, self.studies)

    @cached_property
    def printing(self) -> Printing:
        """What is printed: agenda and minutes of a meeting."""
        from screener.printing.prints import Printing

        of = self.units, self.protocol, self.consensus, self.forms, self.studies
        return Printing(self._file, *of)

    @cached_property
    def manuscript(self) -> Manuscript:
        """The report as a document."""
        from screener.printing.manuscript.manuscript import Manuscript

        return Manuscript(self._file, self)

    @cached_property
    def archive(self) -> Archive:
        """Everything that was decided, as one zip that is read without Screener."""
        from screener.archive.archive import Archive

        return Archive(self._file, self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; it is one file again, with nothing beside it."""
        self._file.close()

    def _take_forms_in(self, changes: Changes) -> None:
        """Have consensus work over the forms there are now: one was added, merged in, removed."""
        if changes.touches(Kind.PROTOCOL):
            self.consensus.follow_forms(self.forms.steps())

    # --- what it is ---------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._file.path

    @property
    def uuid(self) -> str:
        """The random name of the review, the same in all its files."""
        return self._file.uuid

    @property
    def title(self) -> str:
        """The review's title, from the protocol in force."""
        return self.protocol.current.title

    def last_stage(self) -> Stage:
        """Return the last stage of screening that was opened, as far as this file shows it."""
        from screener.screening.stages import Stages

        second, stages = Stage.FULL_TEXT, Stages(self._file, self.units, list)
        shown = stages.opened(second) and not stages.waits(second)
        return second if shown else Stage.TITLE_ABSTRACT

    @property
    def is_copy(self) -> bool:
        """Whether this is a reviewer's copy; else it is the coordinator's project."""
        return self._file.kind is FileKind.COPY

    @property
    def has_tags(self) -> bool:
        """Whether it holds the tags of all records; copies, and what is made of them, do not."""
        from screener.store import raw

        project = self._file.kind is FileKind.PROJECT
        return project and not raw.is_incomplete(self._file.rows)

    @property
    def writable(self) -> bool:
        """Whether it may be written: opened for that, known as whole, where it was then."""
        return self.whole and self._file.writable and self._file.guard.kept is None

    @property
    def to_read(self) -> bool:
        """Whether it was opened only to be read."""
        return not self._file.writable

    @property
    def whole(self) -> bool:
        """Whether the file is known as whole; see `require_whole`."""
        return self._file.whole

    @property
    def kept(self) -> Path | None:
        """Where all it held is since another program moved, replaced or changed the file."""
        return self._file.guard.kept if self._file.writable else None

    @property
    def set_aside(self) -> str:
        """What was said when it was opened of a foreign journal or log beside it; or ""."""
        return self._file.set_aside

    def older(self) -> Older | None:
        """Say whether it is older than what this computer saved at its place, or another file."""
        from screener.store import older

        return older.find(self._file)

    @property
    def held(self) -> bool:
        """Whether all is in the last backup and in memory, as far as known; else back it up."""
        return not self.writable or self._file.guard.watch.safe

    def is_there(self) -> bool:
        """Whether the open file, or what was kept of it since, is there; nothing is kept anew."""
        return not self._file.writable or self._file.guard.is_there_or_kept()

    def require_there(self) -> None:
        """Raise `UserError` when another program changed the open file; what it held is `kept`."""
        if self._file.writable:
            self._file.guard.require_there()

    @property
    def reviewer(self) -> str:
        """The name of the reviewer whose copy this is; "" in a project."""
        names = {r.id: r.name for r in self.consensus.reviewers()}
        return next((n for id_, n in names.items() if id_ == self._file.reviewer), "")

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Have `listener` called after every committed action."""
        self._file.told_last.append(listener)

    @property
    def derived(self) -> bool:
        """Whether where everything stands is kept; else the next question derives it."""
        return all(one.known for one in self.consensus.standings())

    def derive(self) -> None:
        """Derive where everything stands: it is long after opening, a merge, an import."""
        for one in self.consensus.standings():
            self.consensus.standing(one.step.id)
        if self.is_copy:
            self.screening.queues.places()
        else:
            self.report.counted()

    def together(self, name: str) -> AbstractContextManager[None]:
        """Have all that is done inside be one action of this name: all or none, one undo."""
        from screener.store.together import together

        return together(self._file, name)

    # --- undo and history ---------------------------------------------------------------------

    def undo_name(self) -> str:
        """Return the name of the action undo would take back, or ""."""
        done = self._undoable()
        return done.plain_name if done else ""

    def undo_units(self) -> frozenset[str]:
        """Return the units that the action undo would take back is about."""
        done = self._undoable()
        return frozenset(e.subject for e in done.events if e.subject) if done else frozenset()

    def undo_kinds(self) -> frozenset[Kind]:
        """Return what the action undo would take back changed; nothing where undo refuses."""
        done = self._undoable()
        return frozenset(e.kind.touches for e in done.events) if done else frozenset()

    def undo_size(self) -> int:
        """Return how much undo would take back: entries, and the records of imports."""
        from screener.store import undo

        done = self._undoable()
        return undo.size(self._file, done) if done else 0

    def undo_carried(self) -> list[str]:
        """Return the names of those whose copies hold the action undo would take back."""
        done = self._undoable()
        return self.team.carried([e.id for e in done.events]) if done else []

    def redo_name(self) -> str:
        """Return the name of the action redo would repeat, or ""."""
        from screener.store import undo

        done = undo.redoable(self._file)
        return done.plain_name if done else ""

    @public
    def undo(self, action: str = "") -> str:
        """Take back the last action (or one by its id) and return its name.

        `UserError` when there is nothing to take back, or what was done last cannot be.
        """
        from screener.store import undo

        return undo.undo(self._file, action)

    def redo(self) -> str:
        """Repeat what was taken back last and return its name; `UserError` without any."""
        from screener.store import undo

        return undo.redo(self._file)

    def _undoable(self) -> Done | None:
        """Return what undo would take back; None where it refuses."""
        from screener.store import undo

        done, refused = undo.last_done(self._file)
        return None if refused else done

    @public
    def history(self, record: str) -> list[HistoryLine]:
        """Return what happened to a record's unit and its studies, in the order it is written.

        What was recorded at a stage that hides them is left out; see `happened.lines`.
        """
        from screener.consensus import happened

        unit = self.units.find(record)
        studies = [one.id for one in self.studies.all() if one.id and unit in one.reports]
        return happened.lines(self._file, self.consensus, unit, studies)

    def verify(self, progress: Progress = silent) -> list[verify.Problem]:
        """Return everything that is wrong with the file; an empty list says that it is whole."""
        from screener.store import verify

        return verify.check(self._file.connection, progress)

    def require_whole(self, progress: Progress = silent) -> None:
        """Check a file not known as whole, and mend its caches; `UserError` when it is damaged."""
        from screener.store import heads, whole

        if self.to_read:
            whole.require_sound(self._file, progress)
        else:
            whole.checked(self._file, progress)
        heads.require_known(self._file, [*Stage, *(step.id for step in self.forms.ever())])

    def counts(self) -> tuple[int, int]:
        """Return how many records are present and how many events the file holds."""
        from screener.store import logs, membership

        return membership.count_present(self._file), logs.count_events(self._file)

    @public
    def backup(self, out: Path | str | None = None, progress: Progress = silent) -> Path:
        """Write a verified backup, into the user's data folder unless `out` says where."""
        from screener.store import backups

        return backups.backup(self._file, Path(out) if out else None, progress)

    def hold(self) -> None:
        """Have a backup or a copy of this file before anything is written to it."""
        from screener.store import backups

        backups.hold(self._file)

    def backup_if_changed(
        self, progress: Progress = silent, *, beside_work: bool = False
    ) -> Path | None:
        """Write a backup unless the newest has all; with pauses for decisions `beside_work`."""
        from screener.store import backups

        pause = backups.PAUSE if beside_work else 0.0
        return backups.backup_if_changed(self._file, progress, pause=pause)

    def backups(self) -> list[Backup]:
        """Return the backups of this file, newest first, then those of others of its review."""
        from screener.store import backups

        file = self._file  # whose connection is not asked: it may be another thread's
        return backups.backups(Summary(uuid=file.uuid, kind=file.kind, person=file.reviewer))

    def doubles(self) -> list[Path]:
        """Return what a synchronising service put beside this file that holds more than it."""
        from screener.store import surroundings

        return surroundings.doubles(self._file)
