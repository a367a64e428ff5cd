"""One open review: a project or a copy, with one attribute per stage and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self, Unpack

from screener.answers.forms import Forms
from screener.consensus.consensus import ConsensusStage
from screener.consensus.merging.admission import admitted
from screener.consensus.merging.findings import Admitted, Answers, Choices, require_admitted
from screener.consensus.merging.taking import require_continuable, take_in
from screener.consensus.standing import Standing
from screener.duplicates.duplicates import Duplicates
from screener.fulltext.fulltext import FullText
from screener.model import Changes, Kind, Progress, Protocol, Stage, UserError, silent
from screener.protocol.protocol import ProtocolVersions, read_protocol
from screener.report.report import Report
from screener.screening.screening import Screening
from screener.screening.step import ScreeningStep
from screener.sources.sources import Sources
from screener.store import backups, heads, history, logs, membership, raw, undo, union, verify
from screener.store.events import Event
from screener.store.file import File, FileKind
from screener.store.kinds import LogKind
from screener.store.opening import create, open_file
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a record: when, who, what; for people, in order."""

    time: str
    who: str
    what: str
    event: Event


def _parts(file: File) -> tuple[Units, ProtocolVersions, Screening, Forms, ConsensusStage]:
    """Return the parts of a file that where its units stand follows from."""
    units, protocol = Units(file), ProtocolVersions(file)
    first, second = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    screening = Screening(file, units, protocol, lambda: consensus.passed(first))
    steps = [
        ScreeningStep(stage, file, units, protocol, screening.stages, held_back=held_back)
        for stage, held_back in (
            (first, lambda _: set()),
            (second, lambda only: consensus.held_back(first, only)),
        )
    ]
    forms = Forms(file, units)
    consensus: ConsensusStage = ConsensusStage(
        file, units, [*steps, *forms.steps()], read_standings
    )
    return units, protocol, screening, forms, consensus


def read_standings(file: File) -> tuple[Standing, ...]:
    """Return where the subjects of every step of a file stand, as its pages read it."""
    return _parts(file)[-1].standings()


class Project:
    """An open file of a review. Close it, or use it in a `with` block."""

    def __init__(self, file: File) -> None:
        self._file = file
        self.units, self.protocol, self.screening, self.forms, self.consensus = _parts(file)
        file.listeners.append(self._take_forms_in)
        self.sources = Sources(file)
        self.duplicates = Duplicates(file, self.units)
        self.fulltext = FullText(file, self.units, self.screening, self.consensus)
        self.report = Report(
            file,
            self.units,
            self.sources,
            self.duplicates,
            self.consensus,
            self.fulltext,
            self.protocol,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; it is one file again, with nothing beside it."""
        self._file.close()

    def _take_forms_in(self, changes: Changes) -> None:
        """Have consensus work over a form that was added, or merged in."""
        if changes.touches(Kind.PROTOCOL):
            known = {step.id for step in self.consensus.steps}
            for step in self.forms.steps():
                if step.id not in known:
                    self.consensus.add_step(step)

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

    @property
    def is_copy(self) -> bool:
        """Whether this is a reviewer's copy; else it is the coordinator's project."""
        return self._file.kind is FileKind.COPY

    @property
    def has_tags(self) -> bool:
        """Whether it holds, for all records, the tags as their sources gave them.

        A copy does without them, and so does a project that was made from copies.
        """
        return not self.is_copy and not raw.is_incomplete(self._file.connection)

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._file.writable

    @property
    def reviewer(self) -> str:
        """The name of the reviewer whose copy this is; "" in a project."""
        names = {r.id: r.name for r in self.consensus.reviewers()}
        return next((n for id_, n in names.items() if id_ == self._file.reviewer), "")

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Have `listener` called after every committed action."""
        self._file.listeners.append(listener)

    # --- undo and history ---------------------------------------------------------------------

    def undo_name(self) -> str:
        """Return the name of the action undo would take back, or ""."""
        done = next(undo.undoable(self._file), None)
        return done.plain_name if done else ""

    def undo_units(self) -> frozenset[str]:
        """Return the units that the action undo would take back is about."""
        done = next(undo.undoable(self._file), None)
        return frozenset(e.subject for e in done.events if e.subject) if done else frozenset()

    def redo_name(self) -> str:
        """Return the name of the action redo would repeat, or ""."""
        done = undo.redoable(self._file)
        return done.plain_name if done else ""

    def undo(self, action: str = "") -> str:
        """Take back the last action (or one by its id) and return its name.

        `UserError` when there is nothing to take back.
        """
        if action:
            done: undo.Done | None = undo.find(self._file, action)
        else:
            done = next(undo.undoable(self._file), None)
        if done is None:
            raise UserError("There is nothing to take back.")
        undo.take_back(self._file, done)
        return done.plain_name

    def redo(self) -> str:
        """Repeat what was taken back last and return its name."""
        done = undo.redoable(self._file)
        if done is None:
            raise UserError("There is nothing to repeat.")
        undo.take_back(self._file, done)
        return done.plain_name

    def history(self, record: str) -> list[Step]:
        """Return everything that happened to a record's unit, in the order it is written here.

        What reviewers and meetings recorded at a stage that hides the unit is left out.
        """
        unit = self.units.find(record)
        names = {str(r.id): r.name for r in self.consensus.people()}
        members = list(dict.fromkeys([unit, *self._file.members(unit)]))
        steps = {step.id for step in self.consensus.steps}
        hidden = {s for s in steps if not self.consensus.at(s).visible(unit)}
        found = []
        for event, kind, author in history.history(self._file, members):
            if kind is not LogKind.PROJECT and event.step in hidden:
                continue
            who = names.get(author, author)
            found.append(Step(time=event.time, who=who, what=event.action_name, event=event))
        return found

    # --- safety -------------------------------------------------------------------------------

    def verify(self, progress: Progress = silent) -> list[verify.Problem]:
        """Return everything that is wrong with the file; an empty list says that it is whole."""
        return verify.check(self._file.connection, progress)

    def counts(self) -> tuple[int, int]:
        """Return how many records and how many events the file holds."""
        return len(membership.record_ids(self._file)), logs.count_events(self._file)

    def backup(self, out: Path | str | None = None, progress: Progress = silent) -> Path:
        """Write a verified backup, into the user's data folder unless `out` says where."""
        return backups.backup(self._file, Path(out) if out else None, progress)

    def backup_beside_work(self, progress: Progress = silent) -> Path | None:
        """Write a backup with pauses that let decisions through; None when nothing changed."""
        return backups.backup_if_changed(self._file, progress, pause=0.005)

    def backups(self) -> list[backups.Backup]:
        """Return the backups of this review, newest first."""
        return backups.backups(self._file.uuid)


def create_project(
    path: Path | str, *, title: str, protocol: Path | str | Protocol | None = None
) -> Project:
    """Make a new project file, with a protocol from a value or a TOML file, and open it."""
    place = Path(path)
    if not title.strip() and protocol is None:
        raise UserError("Give the review a title.")
    first = _first_protocol(title, protocol)
    file = create(place, kind=FileKind.PROJECT)
    try:
        project = Project(file)
        project.protocol.set(first)
    except BaseException:
        file.close()
        place.unlink(missing_ok=True)
        raise
    return project


def _first_protocol(title: str, protocol: Path | str | Protocol | None) -> Protocol:
    if protocol is None:
        return Protocol(title=title.strip())
    if not isinstance(protocol, Protocol):
        protocol = read_protocol(protocol)
    if title.strip():
        protocol = replace(protocol, title=title.strip())
    return protocol


def open_project(path: Path | str, *, write: bool = True) -> Project:
    """Open a project (or a copy) for writing, or for reading only with `write=False`."""
    file = open_file(Path(path), write=write)
    try:
        project = Project(file)
        heads.require_known(file, [step.id for step in project.consensus.steps])
    except BaseException:
        file.close()
        raise
    return project


def open_copy(path: Path | str) -> Project:
    """Open a reviewer's copy for screening; `UserError` when it is a project."""
    project = open_project(path)
    if not project.is_copy:
        project.close()
        raise UserError("Open your own copy to screen.")
    return project


def restore(backup: Path | str, out: Path | str, progress: Progress = silent) -> None:
    """Write a backup as a new, verified project file."""
    backups.restore(Path(backup), Path(out), progress)


def merge_into(
    target: Path | str,
    *files: Path | str,
    progress: Progress = silent,
    open_early: bool = False,
    as_project: str | None = None,
    **answers: Unpack[Answers],
) -> tuple[Admitted, ...]:
    """Merge files into a project or copy, which is made from them when it does not exist.

    What the keywords in `answers` allow: `Choices`. With `as_project`, a reason, the file made by
    merging goes on as the project.
    """
    place, chosen = Path(target), [Path(f) for f in files]
    if place.exists():
        with open_project(place) as project:
            done = project.consensus.merge(
                *chosen, progress=progress, open_early=open_early, as_project=as_project, **answers
            )
            return done.files
    if as_project is not None:
        require_continuable(None, as_project)
    with admitted(None, _some(chosen), read_standings, progress, Choices(**answers)) as found:
        require_admitted(found)
        with _made_from(found, place, progress) as project:
            if as_project is not None:
                project.consensus.continue_as_project(as_project)
            if open_early:
                project.consensus.open_early()
            return tuple(found)


def _some(files: list[Path]) -> list[Path]:
    if not files:
        raise UserError("Name the files to merge.")
    union.require_few(files)
    return files


@contextmanager
def _made_from(
    found: list[Admitted], place: Path, progress: Progress, *, kept: bool = True
) -> Iterator[Project]:
    """Make a new project file out of admitted files, opened; it is unmade when that fails.

    A file that is not `kept` is not waited for until it is on the disk, and is read by whoever
    asked for it.
    """
    private = next(one.private for one in found if one.private is not None)
    reading = open_file(private, write=False)
    uuid = reading.uuid
    reading.close()
    file = create(place, kind=FileKind.PROJECT, uuid=uuid, durable=kept)
    try:
        take_in(file, found, progress, reader=read_standings if kept else None, new=True)
        yield Project(file)
    except BaseException:
        file.close()
        place.unlink(missing_ok=True)
        raise
    file.close()


@contextmanager
def compare(
    *files: Path | str, progress: Progress = silent, open_early: bool = False
) -> Iterator[tuple[Project | None, list[Admitted]]]:
    """Compare files without changing any: their union in a place that goes away again.

    Gives the union as an open project and what the checks found; the project is None when a file
    was refused. It speaks only of the reviewers whose files were given.
    """
    chosen, meant = _some([Path(f) for f in files]), Choices(project=True)
    with ExitStack() as stack:
        found = stack.enter_context(admitted(None, chosen, read_standings, progress, meant))
        if any(one.refused for one in found):
            yield None, found
            return
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="screener-")))
        place = folder / "compared.screener"
        project = stack.enter_context(_made_from(found, place, progress, kept=False))
        if open_early:
            project.consensus.open_early()
        yield project, found
