"""The open project of the window: its one `changed` signal and its long actions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from screener.model import Changes, Kind, Progress, UserError
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.session.task import Task

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project

Result = TypeVar("Result")


class Session(QObject):
    """The project that is open, lent to one worker at a time.

    While a task that writes runs (`busy`), pages show what they have and change nothing.
    """

    changed = Signal(Changes)
    """What a committed action touched; always emitted in the window's thread."""
    problem = Signal(str)
    """A sentence for the problem bar."""
    said = Signal(str)
    """A sentence for the echo line, about something that was done."""
    busy_changed = Signal(bool)
    task_started = Signal(QObject)
    """A long action began; the window shows its progress in place of the echo line."""
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
        self._waiting: list[Changes] = []
        project.listen(self._on_committed)

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
        writes: bool = True,
        beside: bool = False,
    ) -> Task[Result]:
        """Do long work on the project beside the window; `UserError` while other work runs.

        Work `beside` (a backup nobody waits for) is not shown, and gives way to any other work.
        """
        if self._task is not None or (beside and self._beside is not None):
            raise UserError("Wait until the work that is running has ended, or stop it (Esc).")
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
        task.ended.connect(self._on_ended)
        self.task_started.emit(task)
        if writes:
            self.busy_changed.emit(self._writing)
        return task

    def stop(self) -> None:
        """Ask whatever runs to stop; `stopped` follows when nothing runs any more."""
        for task in (self._task, self._beside):
            if task is not None:
                task.stop()

    def attempt(self, action: Callable[[], Result]) -> Result | None:
        """Do a quick action; a `UserError` goes to the problem bar and gives None."""
        if self._writing:
            self.problem.emit("Wait until the work that is running has ended, or stop it (Esc).")
            return None
        try:
            return action()
        except UserError as error:
            self.problem.emit(str(error))
            return None

    def close(self) -> None:
        """Stop what runs, then close the project."""
        self.stop()
        self._executor.shutdown(wait=True)
        self.project.close()

    def _on_committed(self, changes: Changes) -> None:
        """Pass a notice on; one from a worker waits for the window's thread."""
        if self._writing:
            self._waiting.append(changes)
        else:
            self.changed.emit(changes)

    def _on_ended(self) -> None:
        self._task = None
        wrote, self._writing = self._writing, False
        waiting, self._waiting = self._waiting, []
        for changes in waiting:
            self.changed.emit(changes)
        if wrote:
            self.busy_changed.emit(self._writing)
        if not self.running:
            self.stopped.emit()

    def _on_beside_ended(self) -> None:
        self._beside = None
        if not self.running:
            self.stopped.emit()

    def everything_changed(self, action: str) -> None:
        """Have every page read again."""
        self.changed.emit(Changes(action=action, kinds=frozenset(Kind)))
