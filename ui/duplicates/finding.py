"""Looking for duplicates beside the window, by the settings of the project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from screener import Project
from screener.duplicates.found import Found
from screener.model import Progress
from ui.session.session import Session


class Finding(QObject):
    """`found` carries what was found and how many records were joined; `ended` comes always."""

    found = Signal(object, int)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.looking = False
        """Whether it looks at this moment."""

    def begin(self, *, join: bool) -> bool:
        """Look, and join what is certain as one action; say whether it began."""

        def work(project: Project, progress: Progress) -> tuple[Found, int]:
            found = project.duplicates.find(progress=progress)
            progress(0, None, "Joining what is certain")  # the last moment to stop
            return found, project.duplicates.join(found.certain) if join else 0

        # Only looking leaves the project to others: nothing is written.
        task = self._session.attempt(lambda: self._session.run(work, writes=join))
        if task is None:
            return False
        self.looking = True
        task.done.connect(self._on_done)
        task.ended.connect(self._on_ended)
        return True

    def _on_done(self, result: tuple[Found, int]) -> None:
        self.found.emit(*result)

    def _on_ended(self) -> None:
        self.looking = False
        self.ended.emit()


def joined_words(found: Found, joined: int) -> str:
    """Say what a run joined."""
    groups = f"{len(found.certain):,} certain group{'s'[: len(found.certain) != 1]}"
    records = f"{joined:,} record{'s'[: joined != 1]}"
    return f"Joined {records} to another, in {groups}"
