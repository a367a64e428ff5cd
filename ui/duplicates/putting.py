"""Putting records side by side that a person looks for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from screener import Project
from screener.model import Progress
from ui.duplicates.groups import Side
from ui.duplicates.lists import Lists
from ui.duplicates.picking import PickLine, PickView, pick_line
from ui.session.session import Session


class Putting(QObject):
    """`began`: the search is to be shown; `put`: two or more are picked; `left`: neither."""

    began = Signal()
    put = Signal()
    left = Signal()

    def __init__(
        self, session: Session, lists: Lists, view: PickView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lists = lists
        self._view = view
        self._lines: list[PickLine] | None = None
        self._picked: list[str] = []
        self._beside = ""
        view.picked.connect(self._on_picked)
        view.left.connect(self.left)

    def forget(self) -> None:
        """Forget the records: they are others now."""
        self._lines = None

    def begin(self, side: Side | None) -> None:
        """Look for a record to put beside a group, or without one for the first."""
        self._picked = list(side.uids) if side is not None else []
        self._beside = side.title() if side is not None else ""
        if self._lines is not None:
            self._ask()
            return
        self._session.start(_read, self._on_read)

    def _on_read(self, lines: list[PickLine]) -> None:
        self._lines = lines
        self._ask()

    def _ask(self) -> None:
        without = self._lists.records_of(self._picked)
        self._view.show_lines(self._lines or (), beside=self._beside, without=without)
        self.began.emit()

    def _on_picked(self, uid: str) -> None:
        self._picked.append(uid)
        if len(self._picked) < 2:
            title = next((line.title for line in self._lines or () if line.uid == uid), "")
            self._beside = title if len(title) <= 60 else f"{title[:59].rstrip()}…"
            self._ask()
        else:
            self._lists.pick(self._picked)
            self.put.emit()


def _read(project: Project, progress: Progress) -> list[PickLine]:
    """Read how every record that is present stands in the list."""
    present = {uid for uid, _ in project.units.imported()}
    found = []
    for done, record in enumerate(project.sources.records()):
        if done % 500 == 0:
            progress(done, len(present), "Reading the records")
        if record.id in present:
            found.append(pick_line(record))
    return found
