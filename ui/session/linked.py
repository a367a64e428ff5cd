"""Linked reports in the window: looked for beside the work, told in one line each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.fulltext.linked import LinkedReport
from screener.model import Progress, UserError
from ui.session.session import Session


class Links(QObject):
    """Has the worker look for linked reports when a page that is shown wants them."""

    found = Signal()
    """They are known now, or known anew."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._wanted = False
        # Not at once: the window may be waiting for the work to end, to close.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        session.stopped.connect(self._soon.start)

    def want(self) -> None:
        """Look now, or when what runs has ended; `found` follows unless they are known."""
        self._wanted = not self._session.project.fulltext.linked.known
        self._soon.start()

    def of(self, unit: str) -> list[LinkedReport]:
        """Return what is linked to a report, nothing while it is not known."""
        linked = self._session.project.fulltext.linked
        return linked.of(unit) if linked.known else []

    def _look(self) -> None:
        if not self._wanted or self._session.running or not self._page.isVisible():
            return
        try:
            task = self._session.run(_look, writes=False, beside=True)
        except UserError:
            return  # other work began; it ends
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    def _on_done(self, known: object) -> None:
        self._wanted = not known  # what changed meanwhile is looked at again
        if known:
            self.found.emit()

    def _on_failed(self, error: UserError) -> None:
        self._wanted = False
        self._session.complain(error)


def _look(project: Project, progress: Progress) -> bool:
    project.fulltext.linked.look(progress)
    return project.fulltext.linked.known


def linked_line(linked: LinkedReport, *, letters: int = 0) -> str:
    """Say in one line as what a record is linked, which it is, and where it stands.

    With `letters`, a title that is longer is cut.
    """
    fields = linked.unit.fields
    title = fields.title or "no title"
    if letters and len(title) > letters:
        title = f"{title[: letters - 1].rstrip()}…"
    parts = (
        linked.words, f"{linked.unit.number:,}", str(fields.year or "no year"), linked.standing,
        title,
    )  # fmt: skip
    return "  ·  ".join(parts)


def next_linked(shown: int, report: int, linked: Sequence[LinkedReport]) -> LinkedReport | None:
    """Return the linked record after the one that is shown, by number; None: the report itself.

    So one key goes round the records that are linked to a report and comes back to it.
    """
    ring = sorted([report, *(one.unit.number for one in linked)])
    following = next((number for number in ring if number > shown), ring[0])
    return next((one for one in linked if one.unit.number == following), None)
