"""The ways into a review: a new one, one that is opened or looked for, the example."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.model import Progress, UserError
from ui.session import files
from ui.session.task import begin
from ui.start.page import EXAMPLE, StartPage
from ui.start.recent import Recent, RecentFiles

if TYPE_CHECKING:  # read when a new review is begun
    from ui.protocol.new_review import NewReviewPage


class Opening(QObject):
    """Serves the start page, and the same entries of the File menu."""

    wanted = Signal(str)
    """A file is to be opened, by its path."""
    began = Signal()
    """A new review takes the place of what is open."""
    failed = Signal(UserError)
    example_busy = Signal(bool)
    """Whether the example is being written."""

    def __init__(
        self,
        window: QWidget,
        stack: QStackedWidget,
        start: StartPage,
        recent: RecentFiles,
        may_leave: Callable[[Callable[[], object]], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._stack = stack
        self._start = start
        self._recent = recent
        self._may_leave = may_leave
        self._new: NewReviewPage | None = None
        self._again: Callable[[], object] | None = None
        """Opens the file again that was opened last."""
        self._before: Callable[[], object] | None = None
        """Opens what a new review took the place of."""
        self.doing: dict[str, Callable[[], object]] = {
            "new": self.new_review,
            "open": self.ask_open,
            "example": self.open_example,
            "make-project": self.make_project,
        }
        """What each of its actions does."""
        start.opened.connect(self.wanted)
        start.looked_for.connect(self._on_look_for)
        start.new.clicked.connect(self.new_review)
        start.open.clicked.connect(self.ask_open)
        start.example.clicked.connect(self.open_example)
        self.example_busy.connect(start.example.setDisabled)

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Say whether a new review that is being written may be left; it asks when not.

        `then` is done when it is given up all the same.
        """
        if self._new is None or self._new.form.empty:
            return True
        self._new.ask_leave(then)
        return False

    def put_away(self) -> None:
        """Take the page of a new review away."""
        page, self._new, self._before = self._new, None, None
        if page is not None:
            self._stack.setCurrentWidget(self._start)
            self._stack.removeWidget(page)
            page.deleteLater()

    def opened(self, again: Callable[[], object]) -> None:
        """Take note that a file is opened; `again` opens it once more."""
        self.put_away()
        self._again = again

    def new_review(self) -> None:
        """Show the form of a new review in place of what is open."""
        if self._new is not None or not self._may_leave(self.new_review):
            return
        from ui.protocol.new_review import NewReviewPage

        self._before = self._open_now()
        self.began.emit()
        self._new = NewReviewPage(files.documents())
        self._new.created.connect(self._on_created)
        self._new.left.connect(self._on_left)
        self._stack.addWidget(self._new)
        self._stack.setCurrentWidget(self._new)
        self._new.focus_first()

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        last = next((Path(r.path).parent for r in self._recent.files if not r.example), None)
        near = last if last is not None and last.is_dir() else None
        path = files.ask_open(self._window, "Open a project or a reviewer’s copy", near)
        if path is not None:
            self.wanted.emit(str(path))

    def make_project(self) -> None:
        """Show the card that makes a project from reviewers' copies, in place of what is open.

        Who leaves it comes back to where they were.
        """
        if not self._may_leave(self.make_project):
            return
        from ui.window.lost_project import LostProjectCard

        before = self._open_now()
        self.began.emit()
        card = LostProjectCard(self._window, self.wanted.emit)
        if before is not None:
            card.left.connect(before)
        card.open()

    def _open_now(self) -> Callable[[], object] | None:
        """Return what opens again the file that is open, None where none is."""
        return self._again if self._stack.currentWidget() not in (self._start, self._new) else None

    def open_example(self) -> None:
        """Open the example, a finished review; it is written first when it is not there yet."""
        if not self._may_leave(self.open_example):
            return
        folder = files.documents() / "Screener example"
        project = folder / "merged.screener"
        if project.is_file():
            self._on_example(project)
            return
        task = begin(partial(_write_example, folder), self)
        task.done.connect(lambda: self._on_example(project))
        task.failed.connect(self.failed)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_example_ended)
        self.example_busy.emit(True)  # noqa: FBT003 - a signal

    def _on_progressed(self, done: int, total: int, what: str) -> None:
        del done, total
        self._start.example.set_second(f"{what}…")

    def _on_example(self, project: Path) -> None:
        self._recent.note(Recent(path=str(project), example=True))
        self.wanted.emit(str(project))

    def _on_example_ended(self) -> None:
        self._start.example.set_second(EXAMPLE)
        self.example_busy.emit(False)  # noqa: FBT003 - a signal

    def _on_look_for(self, gone: str) -> None:
        path = files.ask_open(self._window, f"Look for {Path(gone).name}", Path(gone).parent)
        if path is None:
            return
        from screener import summary_of

        listed = next((one for one in self._recent.files if one.path == gone), Recent(path=gone))
        try:
            found = summary_of(path)
        except UserError as error:
            self.failed.emit(error)
            return
        same = (found.uuid, found.reviewer) == (listed.uuid, listed.reviewer)
        if found.uuid and listed.uuid and not same:
            sentence = (
                f"{path.name} is another file, {found.whose} of “{found.title}”; the one you look "
                "for stays in the list. Open this one with Open."
            )
            self.failed.emit(UserError(sentence))
            return
        if same:
            self._recent.moved(gone, str(path))
        self.wanted.emit(str(path))  # what is no file of Screener, or damaged, is said there

    def _on_created(self, path: str) -> None:
        self.put_away()
        self.wanted.emit(str(path))

    def _on_left(self) -> None:
        before = self._before
        self.put_away()
        self._start.focus_first()
        if before is not None:
            before()


def _write_example(folder: Path, progress: Progress) -> None:
    from screener.example import write_example

    progress(0, None, "Writing the example")
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_example(folder, progress)
