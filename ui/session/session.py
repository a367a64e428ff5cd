"""The open project of the window: its one `changed` signal and its long actions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from screener.model import Changes, ErrorKind, Kind, Progress, UserError, silent
from ui.session.echo import Echo, Link, Problem, nothing
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.session.task import Task

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
AT_ONCE = 5_000
"""So large a review is checked, and where its records stand derived, while the window waits."""
BUSY = "Wait until the work that is running has ended, or stop it (Esc)."
_HELPS: dict[ErrorKind, tuple[Link, ...]] = {
    ErrorKind.FULL: (("save-copy", "Save a copy elsewhere…"),),
    ErrorKind.DAMAGED: (("backups", "Backups…"),),
    ErrorKind.MOVED: (("open-kept", "Open what was kept"),),
    ErrorKind.INSIDE: (("report-problem", "Show the report"),),
}
_ALL_THE_SAME: tuple[Link, ...] = (("close-without", "Close it all the same"),)
_FORBIDS = (ErrorKind.MOVED, ErrorKind.DAMAGED)
_WITHOUT = "closed without a backup"


def _last_backup(project: Project, progress: Progress = silent) -> None:
    project.require_there()
    try:
        project.backup_if_changed(progress)
    finally:
        project.require_there()  # what is wrong in the copy was changed by another program


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """That a quick action was done, and what it returned."""

    value: Result


class Session(QObject):
    """The project that is open, lent to one worker at a time.

    While a task that writes runs (`busy`), pages show what they have and change nothing.
    """

    changed = Signal(Changes)
    """What a committed action touched, or everything, where the worker took one back.

    It is always emitted in the window's thread.
    """
    complained = Signal(Problem)
    """Something went wrong."""
    overcame = Signal()
    """What went wrong before need not be shown any more."""
    echoed = Signal(Echo)
    """What is to be said in the echo line, about something that was done."""
    wanted = Signal(str)
    """An action of the window, or a page ("consensus:merge"), that a page asks for by its id."""
    remarked = Signal(str)
    """A passing word in the echo line; what was saved last is said again afterwards."""
    told_again = Signal()  # a passing word is not true any more: what was saved last is said again
    asked = Signal(str)
    """A question that the next key answers; "" when it needs no answer any more."""
    busy_changed = Signal(bool)
    task_started = Signal(QObject)
    """A long action began; the window shows its progress in place of the echo line."""
    derived = Signal()
    """The worker has derived what follows from the file, or could not; see `ready`."""
    stopped = Signal()
    """The last long action ended, work beside the window included."""

    def __init__(
        self,
        project: Project,
        parent: QObject | None = None,
        *,
        preferences: PreferencesFile | None = None,
        keys: Keys | None = None,
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.preferences = preferences or PreferencesFile(self)
        self.keys = keys or Keys(self.preferences, self)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="screener")
        self._task: Task[Any] | None = None
        self._beside: Task[Any] | None = None
        self._writing = False
        self._thread = get_ident()
        self._waiting: list[Changes] = []
        self._wanting = self._deriving = self._underivable = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._derive)
        self.stopped.connect(self._soon.start)
        self.problem: Problem | None = None
        self._behind: Problem | None = None
        self._why: Problem | None = None
        self.echo: Echo | None = None
        self._backed_up = False
        """Whether the last backup was made, or given up, and nothing was written since."""
        self.closing = False
        """Whether the file is closed, or about to be: nothing is read any more."""
        project.listen(self._on_committed)
        if project.writable:
            self._executor.submit(project.hold)  # before anybody decides

    @property
    def busy(self) -> bool:
        """Whether a long action is writing."""
        return self._writing

    @property
    def running(self) -> bool:
        """Whether any long action runs, work beside the window included."""
        return self._task is not None or self._beside is not None

    def run(
        self,
        work: Callable[[Project, Progress], Result],
        *,
        writes: bool,
        beside: bool = False,
        told: bool = True,
    ) -> Task[Result]:
        """Do long work on the project beside the window; `UserError` while other work runs.

        While work that `writes` runs, nothing else is written: also what compares parts of the
        file that one action changes together is such work, whether it writes itself or not.

        Work `beside` (a backup nobody waits for) is not shown, and gives way to any other work.
        Of what is not `told`, whoever began it says why it failed.
        """
        if self._task is not None or (beside and self._beside is not None):
            raise UserError(BUSY)
        if self._beside is not None:
            self._beside.stop()
        project = self.project
        task = Task(lambda progress: work(project, progress), self._executor, self)
        if beside:
            self._beside = task
            task.ended.connect(self._on_beside_ended)
            return task
        self._task = task
        self._writing = writes
        if told:
            task.failed.connect(self.complain)
        task.ended.connect(self._on_ended)
        self.task_started.emit(task)
        if writes:
            self.busy_changed.emit(self._writing)
        return task

    def start(
        self,
        work: Callable[[Project, Progress], Result],
        done: Callable[[Result], object],
        *,
        writes: bool,
        refused: Callable[[UserError], object] | None = None,
    ) -> Task[Result] | None:
        """Do long work and hand over what came of it; None while other work runs.

        Why it could not be done stands in the problem bar, or `refused` says it.
        """
        try:
            task = self.run(work, writes=writes, told=refused is None)
        except UserError as error:
            (refused or self.complain)(error)
            return None
        task.done.connect(done)
        if refused is not None:
            task.failed.connect(refused)
        return task

    def ready(self) -> bool:
        """Say whether where everything stands is known, or known at once.

        Where it is not, the worker derives it and `derived` follows.
        """
        project = self.project
        if self._underivable or project.derived or project.units.count() <= AT_ONCE:
            return True
        self._wanting = True
        self._derive()
        return False

    def _derive(self) -> None:
        if self._beside is not None and self._wanting and not self._deriving:
            self._beside.stop()  # a page waits: nobody waits for a backup
        if self._wanting and not self.running:
            self._wanting, self._deriving = False, True
            task = self.run(lambda project, _: project.derive(), writes=False, beside=True)
            task.done.connect(self.derived)
            task.failed.connect(self._on_underivable)

    def _on_underivable(self) -> None:
        self._underivable = True  # whoever asks for it says what is wrong
        self.derived.emit()

    def look(self, work: Callable[[Project], Result], done: Callable[[Result], object]) -> None:
        """Read something and hand it over: at once, or of a large review by the worker."""
        if self.project.units.count() > AT_ONCE:
            self.start(lambda project, _: work(project), done, writes=False)
        elif (found := self.attempt(lambda: work(self.project))) is not None:
            done(found.value)

    def stop(self) -> None:
        """Ask whatever runs to stop; `stopped` follows when nothing runs any more."""
        for task in (self._task, self._beside):
            if task is not None:
                task.stop()

    def attempt(self, action: Callable[[], Result]) -> Done[Result] | None:
        """Do a quick action; None when it failed, and the problem bar says why."""
        if self._writing:
            self.complain(BUSY)
            return None
        try:
            return Done(action())
        except UserError as error:
            self.complain(error)
            return None

    # --- what the window says --------------------------------------------------------------------

    def say(
        self,
        sentence: str,
        *,
        sign: str = "met",
        saved: str = "",
        can_take_back: bool = False,
        can_repeat: bool = False,
    ) -> None:
        """Say what was done; *Take back* is offered only of what undo would take back now.

        After something was taken back, *Repeat* is offered in its place.
        """
        self.echo = Echo(
            sentence=sentence,
            sign=sign,
            saved=saved,
            can_take_back=can_take_back,
            can_repeat=can_repeat,
        )
        if self.problem is not None and self.problem.passes:
            self.overcome()  # what asks for an action stays
        self.echoed.emit(self.echo)

    def complain(
        self, wrong: UserError | str, *links: Link, then: Callable[[], object] = nothing
    ) -> None:
        """Show what went wrong, until it is overcome, dismissed, or its page is left."""
        kind = wrong.kind if isinstance(wrong, UserError) else ErrorKind.OTHER
        if self.problem is not None and not self.problem.passes and not links:
            self._behind = self.problem  # it is shown again: it asks for an action
        lost = kind is ErrorKind.MOVED and self.project.kept is None
        helps = _ALL_THE_SAME if lost else _HELPS.get(kind, ())
        self.problem = Problem(sentence=str(wrong), links=links or helps, then=then)
        if kind in _FORBIDS and not self.project.writable:
            self._why = self.problem
        self.complained.emit(self.problem)
        if kind is ErrorKind.MOVED:
            self.busy_changed.emit(self._writing)  # nothing can be written any more

    def forbid(self, sentence: str, *links: Link) -> None:
        """Say why nothing can be changed in this file; whoever tries is told again."""
        self.complain(sentence, *links)
        self._why = self.problem

    def refuses(self) -> bool:
        """Say whether nothing can be changed in this file; then the person is told why, again."""
        if self.project.writable or self._why is None:
            return False
        self.problem = self._why
        self.complained.emit(self.problem)
        return True

    def overcome(self) -> bool:
        """Show no problem any more; says whether there was one.

        That the file was taken away stays in sight, with the way to what was kept of it.
        """
        there, self.problem, self._behind = self.problem, self._behind, None
        if self.problem is None and self.project.kept is not None:
            self.problem = self._why
        if self.problem is not None:
            self.complained.emit(self.problem)
        elif there is not None:
            self.overcame.emit()
        return there is not None and there is not self.problem

    def stays(self, problem: Problem) -> bool:
        """Say whether a problem is not for this page only, and cannot be dismissed."""
        return problem is self._why and self.project.kept is not None

    def leave_page(self) -> None:
        """Forget what is said of the page that is left: its problems, its question."""
        self._behind = None
        self.overcome()
        self.asked.emit("")

    def escape(self) -> bool:
        """Take Esc: stop what runs, else dismiss the problem; says whether there was anything."""
        if self._task is not None:
            self._task.stop()
            return True
        return self.overcome()

    def may_close(self, then: Callable[[], object]) -> bool:
        """Say whether the last backup is made, or made in no time when the file is closed.

        Else the worker makes it, and `then` follows. Who stops it closes the file without.
        """
        if self._backed_up or not (self.project.writable and self._is_large()):
            return True
        if self._task is not None:
            self._task.stop()
        else:
            task = self.run(_last_backup, writes=True, told=False)
            for end in (task.done, task.cancelled, task.failed):
                end.connect(self._on_backed_up)
        self.stopped.connect(then, Qt.ConnectionType.SingleShotConnection)
        return False

    def _is_large(self) -> bool:
        try:
            return self.project.units.count() > AT_ONCE
        except UserError:
            return False  # its drive is gone

    def _on_backed_up(self, failed: object = None) -> None:
        self._backed_up = True
        if isinstance(failed, UserError):
            _log.warning("%s: %s", _WITHOUT, failed)

    def close(self) -> None:
        """Stop what runs, back up what was done, then close the project; once."""
        if self.closing:
            return
        self.closing = True
        self._soon.stop()
        self.stop()
        self._executor.shutdown(wait=True)
        try:
            if self.project.writable and not self._backed_up:
                _last_backup(self.project)
        except Exception as error:  # noqa: BLE001 - whatever it is, the file is closed
            _log.warning("%s: %s", _WITHOUT, error)
        finally:
            self.project.close()

    def _on_committed(self, changes: Changes) -> None:
        """Pass a notice on; one from a worker waits for the window's thread."""
        self._underivable = self._backed_up = False  # it may be another file now
        if self._writing or get_ident() != self._thread:
            self._waiting.append(changes)
        else:
            self.changed.emit(changes)

    def _on_ended(self) -> None:
        self._task = None
        wrote, self._writing = self._writing, False
        self._pass_on()
        if wrote:
            self.busy_changed.emit(self._writing)
        if not self.running:
            self.stopped.emit()

    def _pass_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for changes in waiting:
            self.changed.emit(changes)

    def _on_beside_ended(self) -> None:
        self._beside, self._deriving = None, False
        if not self._writing:
            self._pass_on()
        if not self.closing:
            self._derive()  # before anybody begins the next backup
        if not self.running:
            self.stopped.emit()

    def everything_changed(self, action: str) -> None:
        """Have every page read again."""
        self.changed.emit(Changes(action=action, kinds=frozenset(Kind)))
