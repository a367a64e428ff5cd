"""The merge window: choose or drop files, read what the checks found, merge what can be merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from screener import Project
from screener.consensus.merging.findings import Admitted, Answers, Merged, MergeRefused, Step
from screener.model import Progress, UserError, moments
from screener.report.saving import save_text
from ui.consensus.admission import (
    FileColumn,
    button_words,
    column_of,
    foot_words,
    mergeable,
    report_text,
)
from ui.consensus.merge_table import MergeTable
from ui.session.session import Session
from ui.session.task import Task
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Hairline, Surface, Words
from ui.widgets.wrapped import Wrapped

PickFiles = Callable[[QWidget, Path], list[Path]]
PickPlace = Callable[[QWidget, Path], Path | None]
ANSWERS: dict[str, Answers] = {
    Step.SALVAGE: {"salvage": True},
    Step.TAKE_PROJECT: {"project": True},
    Step.ANSWERS_ONLY: {"answers_only": True},
    Step.TAKE_CHANGES: {"take_changes": True},
    Step.OPEN_EARLY: {"take_changes": True},
}
"""What the button of a refusal answers to the checks, which are then made again."""


def pick_files(parent: QWidget, folder: Path) -> list[Path]:
    """Ask for the files to merge, beginning in a folder."""
    kinds = "Screener files (*.screener);;All files (*)"
    found, _ = QFileDialog.getOpenFileNames(
        parent, "Choose the reviewers’ files", str(folder), kinds
    )
    return [Path(f) for f in found]


def pick_place(parent: QWidget, proposed: Path) -> Path | None:
    """Ask where a text is saved."""
    found, _ = QFileDialog.getSaveFileName(parent, "Save", str(proposed))
    return Path(found) if found else None


class MergePage(Surface):
    """Shows the merge report; `merged` carries what a merge did.

    Files may be dropped anywhere on the page. Enter merges the files that were admitted.
    """

    merged = Signal(Merged)
    left = Signal()

    def __init__(
        self,
        session: Session,
        *,
        pick: PickFiles = pick_files,
        place: PickPlace = pick_place,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("page", parent)
        self._session = session
        self._pick, self._place = pick, place
        self._files: list[Path] = []
        self._answers: Answers = {}
        self._task: Task[list[Admitted]] | Task[Merged] | None = None
        self.columns: list[FileColumn] = []
        self._build()
        self._lay_out()
        self._connect()
        self._show()

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Merge")
        self.header = PageHeader("Merge")
        self.header.set_right("drop more files anywhere on this page")
        self.back = Button("Back", kind="quiet", key="Esc")
        self.header.set_actions([self.back])
        self.table = MergeTable()
        self.foot = Words(step="strong", wrap=True)
        self.save = Button("Save this report…", kind="link")
        self.choose = Button("Choose other files…", kind="edge")
        self.button = Button("Merge", kind="filled", key="Return")

    def _lay_out(self) -> None:
        acts = Wrapped(gap=16, far=3)
        acts.set_widgets([self.save, self.choose, self.button])
        Column(self, gap=0).add(
            self.header,
            (self.table, 1),
            Hairline(),
            Column(margins=(tokens.MARGIN, 12, tokens.MARGIN, 14)).add(self.foot, acts),
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.save_report)
        self.choose.clicked.connect(self.choose_files)
        self.button.clicked.connect(self.merge)
        self.table.stepped.connect(self._on_stepped)

    # --- choosing and checking -------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether files are being checked or merged."""
        return self._task is not None

    def choose_files(self) -> None:
        """Ask for files and check them in place of those shown."""
        self.check(self._pick(self, self._session.project.path.parent))

    def check(self, files: Iterable[Path]) -> None:
        """Check these files against the project; nothing is taken in."""
        wanted = list(files)
        if wanted:
            self._answers = {}
            self._check(wanted)

    def add(self, files: Iterable[Path]) -> None:
        """Check these files beside those that are shown."""
        self._check([*self._files, *files])

    def _check(self, files: list[Path]) -> None:
        answers = self._answers

        def work(project: Project, progress: Progress) -> list[Admitted]:
            return project.consensus.admission(*files, progress=progress, **answers)

        # Nothing is changed meanwhile: what the project shows is compared with its history.
        task = self._session.start(work, self._on_checked, writes=True)
        if task is not None:
            self._files = files
            self._take_task(task)

    def _take_task(self, task: Task[list[Admitted]] | Task[Merged]) -> None:
        self._task = task
        task.ended.connect(self._on_ended)
        self._show()

    def _on_checked(self, found: list[Admitted]) -> None:
        self.columns = [column_of(one) for one in found]
        self.table.show_columns(self.columns)

    def _on_ended(self) -> None:
        self._task = None
        self._show()

    def _on_stepped(self, step: str, path: Path) -> None:
        if step in ANSWERS:
            self._answers = {**self._answers, **ANSWERS[step]}
            self._check(list(self._files))
        else:
            others = [f for f in self._files if f != path]
            chosen = self._pick(self, path.parent)
            if chosen:
                self._check([*others, *chosen])

    # --- merging ---------------------------------------------------------------------------------

    def merge(self) -> None:
        """Merge the files that were admitted."""
        good = [column.path for column in mergeable(self.columns)]
        if not good or self.busy:
            return
        answers = self._answers

        def work(project: Project, progress: Progress) -> Merged:
            return project.consensus.merge(*good, progress=progress, **answers)

        start = self._session.start
        task = start(work, self._on_merged, writes=True, refused=self._on_refused)
        if task is not None:
            self._take_task(task)

    def _on_refused(self, error: UserError) -> None:
        """Show what files must not do together beside them, with what leads on; else complain."""
        if isinstance(error, MergeRefused):
            self._on_checked(list(error.files))
            self._show()
        else:
            self._session.complain(error)

    def _on_merged(self, merged: Merged) -> None:
        self._files, self.columns, self._answers = [], [], {}
        self.table.show_columns([])
        self.merged.emit(merged)

    # --- the report ------------------------------------------------------------------------------

    def save_report(self) -> None:
        """Save the report as plain text."""
        place = self._place(self, self._session.project.path.with_name("merge-report.txt"))
        if place is None:
            return
        now = moments.now()
        text = report_text(self.columns, title=self._session.project.title, when=now)
        try:
            save_text(place, text)
        except UserError as error:
            self._session.complain(error)
            return
        self.foot.setText(f"Saved as {place.name}.")

    def focus_page(self) -> None:
        """Put the keyboard on the page, so that Enter merges."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        good = mergeable(self.columns)
        if self.busy:
            self.foot.setText("Reading the files…")
        else:
            self.foot.setText(foot_words(self.columns))
        self.button.setText(button_words(self.columns))
        self.button.setEnabled(bool(good) and not self.busy)
        self.choose.setEnabled(not self.busy)
        self.save.setEnabled(bool(self.columns) and not self.busy)
        self.choose.setText("Choose other files…" if self.columns else "Choose files…")

    # --- Qt --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the files that were dropped, beside those that are shown."""
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            self.add(files)


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the local files of a drag or drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
