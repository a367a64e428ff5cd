"""Hints that reports belong to one study, looked for beside the work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Hint, Unit, UserError
from ui.session.session import Session


class Hinting(QObject):
    """Has the worker look at the reports of a page that is shown, anew when they are others."""

    found = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._reports: Sequence[Unit] = ()
        self._different: list[tuple[str, ...]] = []
        self._wanted = False
        self.hints: list[Hint] | None = None
        """What was found, None while nothing is known."""
        # Not at once: the window may be waiting for the work to end, to close.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        session.stopped.connect(self._soon.start)

    def want(self, reports: Sequence[Unit]) -> None:
        """Look at these reports now, or when what runs has ended; `found` follows if they are new.

        What was found among others is kept meanwhile.
        """
        different = self._session.project.duplicates.answered_different()
        if (reports, different) != (self._reports, self._different):
            self._reports, self._different, self._wanted = reports, different, True
        self._soon.start()

    def _look(self) -> None:
        if not self._wanted or self._session.running or not self._page.isVisible():
            return
        from screener.studies.hints import hints

        reports, different = self._reports, self._different
        try:
            task = self._session.run(
                lambda _, progress: hints(reports, progress, different), writes=False, beside=True
            )
        except UserError:
            return  # other work began; it ends
        self._wanted = False
        task.done.connect(self._on_done)
        task.cancelled.connect(self._on_cancelled)
        task.failed.connect(self._session.complain)

    def _on_done(self, found: list[Hint]) -> None:
        self.hints = found
        self.found.emit()

    def _on_cancelled(self) -> None:
        self._wanted = True  # it gave way to other work, and is looked for after that
