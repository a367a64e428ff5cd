"""A long action on the project, with progress and a way to stop it.

The worker stores plain values and a timer in the window's thread reads them: a Qt signal emitted
from a worker thread crashed four of fifty trial runs, this way none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from screener.model import Cancelled, ErrorKind, UserError

Result = TypeVar("Result")
POLL = 50  # milliseconds
INSIDE = "Something went wrong inside Screener"

_log = logging.getLogger(__name__)


class Task(QObject, Generic[Result]):
    """One long action; ends with exactly one of `done`, `cancelled`, `failed`, then `ended`.

    `failed` carries what to show; `crashed` is set too when it is a bug of ours.
    """

    progressed = Signal(int, int, str)
    """Steps done, steps in all (0 while unknown), what is being done."""
    done = Signal(object)
    cancelled = Signal()
    failed = Signal(UserError)
    crashed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        work: Callable[[Callable[[int, int | None, str], None]], Result],
        executor: ThreadPoolExecutor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stop = False
        self._said: tuple[int, int | None, str] | None = None
        self._future: Future[Result] = executor.submit(work, self._progress)
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Ask the work to stop; what it began is undone, and `cancelled` follows."""
        self._stop = True

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop, in time or not."""
        return self._stop

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._timer.isActive()

    def _progress(self, done: int, total: int | None, what: str) -> None:
        """Keep how far the work is (called by the worker)."""
        self._said = (done, total, what)
        if self._stop:
            raise Cancelled

    def _look(self) -> None:
        said, self._said = self._said, None
        if said is not None and not self._future.done():
            self.progressed.emit(said[0], said[1] or 0, said[2])
        if self._future.done():
            self._timer.stop()
            self._end()

    def _end(self) -> None:
        error = self._future.exception()
        if error is None:
            self.done.emit(self._future.result())
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, UserError):
            self.failed.emit(error)
        else:
            _log.error("A long action failed", exc_info=error)
            self.crashed.emit(error)
            self.failed.emit(UserError(f"{INSIDE}; nothing was changed.", kind=ErrorKind.INSIDE))
        self.ended.emit()


def begin(
    work: Callable[[Callable[[int, int | None, str], None]], Result], parent: QObject
) -> Task[Result]:
    """Do long work that needs no open project, in a thread of its own.

    It is asked to stop when `parent`, or the program, goes: nothing is made that nobody sees.
    """
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside")
    task = Task(work, executor, parent)
    executor.shutdown(wait=False)  # nothing else is to be done in it
    task.ended.connect(task.deleteLater)
    parent.destroyed.connect(task.stop)
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(task.stop)
    return task
