"""Open the example: written once into the user's documents, by a worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from screener.model import Progress, UserError
from ui.session.task import Task

FOLDER = "Screener example"
PROJECT = "project.screener"


class ExampleWriter(QObject):
    """Writes the example review unless it is there; exactly one of `written` and `failed`."""

    written = Signal(str)
    failed = Signal(UserError)
    ended = Signal()
    told = Signal(str)
    """What is being done, for the line under the button."""

    def __init__(self, documents: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = documents / FOLDER
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="example")
        self._task: Task[None] | None = None

    def begin(self) -> None:
        """Write it, or say at once where it is."""
        project = self._folder / PROJECT
        if project.is_file():
            self.written.emit(str(project))
            self._end()
            return
        self._task = Task(self._write, self._executor, self)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self.failed)
        self._task.progressed.connect(self._on_progressed)
        self._task.ended.connect(self._end)

    def _write(self, progress: Progress) -> None:
        from screener.example import write_example

        progress(0, None, "Writing the example")
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        write_example(self._folder, progress)

    def _on_progressed(self, done: int, total: int, what: str) -> None:
        self.told.emit(f"{what}…")

    def _on_done(self) -> None:
        self.written.emit(str(self._folder / PROJECT))

    def _end(self) -> None:
        self._executor.shutdown(wait=False)
        self.ended.emit()
        self.deleteLater()
