"""Bringing files in: what each one holds and where it comes from, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener import Project
from screener.model import Progress, UserError
from screener.model.words import counted, listed
from screener.sources.parsed import Parsed
from ui.session.session import Session
from ui.session.task import Task
from ui.sources import columns, wording
from ui.sources.form import FIELDS_AT, SearchForm
from ui.sources.import_queue import (
    ImportFile,
    Queue,
    known,
    read_all,
    refuse_known,
    store_all,
    take_in,
)
from ui.sources.mapping import MappingView
from ui.sources.recognised import RecognisedPanel
from ui.sources.summary import Summary
from ui.sources.view import Foot, Refusals, SideBySide, View
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Words

Result = TypeVar("Result")
_PROMISE = "Each import can be taken back as a whole, and put back."
_LATER = "For {} these records come with a newer copy."


class ImportView(View):
    """One page per file, then one summary; `left` says that the import is over."""

    left = Signal()
    went_back = Signal()
    """What was written by hand is not stored, and shown again."""
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._refusals = Refusals(session)
        self._queue = Queue()
        self._filled = False
        self._edited = False  # a person wrote or chose something that is not stored yet
        self._task: Task[Any] | None = None
        self._then: Callable[[], None] = self._finish
        self._reading = Words(step="note", colour="quiet")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.form = SearchForm()
        self._hint = Words(step="small", colour="quiet", wrap=True)
        self.warning = Words(step="strong", colour="warn", wrap=True)
        self.recognised = RecognisedPanel()
        self.mapping = MappingView(self._session)
        self.summary = Summary()
        self.cancel = Button("Give up", key="Esc")
        self.go_on = Button("Import", kind="filled", key="Return", does=self._on_go_on)
        self.show_enter(self.go_on)
        self.foot = Foot(_PROMISE, (self.cancel, self.go_on))
        self._stack = QStackedWidget()
        self._page = self._file_page()
        for view in (self._reading, self._page, self.mapping, self.summary):
            self._stack.addWidget(view)
        Column(self, gap=0).add((self._stack, 1), self.foot)
        self.form.edited.connect(self._on_edited)
        self.recognised.columns_asked.connect(self._on_columns)
        self.mapping.used.connect(self._on_columns_used)
        self.mapping.left.connect(self._on_columns_left)

    def _file_page(self) -> SideBySide:
        below = Column(gap=12, margins=(FIELDS_AT, 0, 0, 0)).add(self._hint, self.warning)
        heading = Words("Where it comes from", step="strong")
        return SideBySide(Column(gap=12).add(heading, self.form, below, 1), self.recognised)

    # --- what the page asks for -----------------------------------------------------------

    def begin(self, paths: Sequence[Path]) -> None:
        """Bring in these files, one after the other."""
        self._start([ImportFile(name=path.name, path=path) for path in paths])

    def begin_parsed(self, parsed: Parsed) -> None:
        """Bring in what was pasted or written by hand."""
        self._start([ImportFile(name=parsed.file, parsed=parsed)])

    def dress(self, header: PageHeader) -> None:
        """Say in the header which file it is and that nothing is stored."""
        if self._stack.currentWidget() is self.mapping:
            self.mapping.dress(header, self._queue.current.name)
            return
        queue = self._queue
        shown = self._stack.currentWidget() is not self.summary and queue.place >= 0
        stored = any(one.stored for one in queue.files)
        header.dress("Import", _which(queue) if shown else "",
              right="" if stored else "nothing is stored yet")  # fmt: skip

    def leave(self) -> None:
        """Stop what runs, or leave; nothing is stored unless it was said to be."""
        if self._stack.currentWidget() is self.mapping:
            self.mapping.leave()
        elif self._task is not None:
            self._task.stop()
        else:
            self._finish()

    def unsaved(self) -> bool:
        """Say whether Esc would lose what was written or chosen; from the columns it goes back."""
        if self._stack.currentWidget() is self.mapping:
            return self.mapping.is_changed
        files = self._queue.files
        if self._task is not None or any(one.stored for one in files):
            return False
        return self._edited or any(one.search is not None for one in files)

    @property
    def is_by_hand(self) -> bool:
        """Whether it is a record written by hand that is not stored yet; Esc goes back to it."""
        return any(one.path is None and not one.stored for one in self._queue.files)

    @property
    def is_busy(self) -> bool:
        """Whether files are read or stored."""
        return self._task is not None

    @property
    def is_begun(self) -> bool:
        """Whether closing the file would lose something that a person wrote or chose."""
        described = any(one.search is not None and not one.stored for one in self._queue.files)
        return self.is_by_hand or described or self.unsaved()

    def _on_edited(self) -> None:
        self._edited = True
        if self._refusals.stands and self.form.is_right:
            self._refusals.over()
        self._show_warning()

    # --- reading --------------------------------------------------------------------------

    def _start(self, files: list[ImportFile]) -> None:
        if not files or self._task is not None:
            return
        self._queue, self._edited = Queue(files), False
        if files[0].path is None:
            self._next()
            return
        self._reading.setText("Reading …")
        self._show_working()
        self.dressed.emit()
        kept = self._session.preferences.current.tables
        self._run(lambda _, progress: read_all(files, kept, progress), self._on_read)

    def _show_working(self) -> None:
        """Show that files are read or stored; Enter does nothing meanwhile."""
        self._show(self._reading)
        self.go_on.setEnabled(False)
        self.setFocus()  # else Qt gives it to Cancel

    def _run(
        self,
        work: Callable[[Project, Progress], Result],
        done: Callable[[Result], None],
        *,
        writes: bool = False,
    ) -> None:
        self._task = task = self._session.start(work, done, writes=writes)
        if task is None:
            self._on_over()
            self._then()
            return
        task.failed.connect(self._on_over)
        task.cancelled.connect(self._on_over)
        task.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        """Go on, now that the session is free for the next task."""
        stopping = self._task is not None and self._task.stopping
        self._task = None
        if stopping and not self._queue.wanted():
            self._finish()  # the reading was over before it could be stopped
        else:
            self._then()

    def _on_read(self, read: list[columns.FileRead | str]) -> None:
        files = self._queue.files
        take_in(files, read)
        self._then = self._next
        if len(files) > 1:
            refuse_known(self._session.project, files)
            if self._queue.left_out():
                self._then = self._show_left_out
        elif files[0].refused:
            self._session.complain(files[0].refused)

    def _on_over(self) -> None:
        """Leave when reading was stopped or failed; the window shows why.

        What was written about files that could not be stored is shown again.
        """
        self._then = self._show_current if self._queue.wanted() else self._finish

    def _show_current(self) -> None:
        current = self._queue.current
        if current.unsure is not None:
            self._show_columns(current.unsure)
        elif current.parsed is not None:
            self._show_file(current.parsed)

    # --- the columns of a table -----------------------------------------------------------

    def _on_columns(self) -> None:
        """Show the columns; what was written about the search is still there afterwards."""
        current = self._queue.current
        self._filled = True
        self._show_columns(columns.FileRead(parsed=current.parsed, table=current.table))

    def _show_columns(self, read: columns.FileRead) -> None:
        path = self._queue.current.path
        if path is not None and read.table is not None:
            self._show(self.mapping)
            self.dressed.emit()
            self.mapping.begin(path, read, known=self._queue.current.unsure is None)

    def _on_columns_used(self, parsed: Parsed) -> None:
        self._queue.current.parsed = parsed
        self._queue.current.unsure = None
        self._show_file(parsed)

    def _on_columns_left(self) -> None:
        """Go back to what was read; a file whose columns nobody said is left out."""
        current = self._queue.current
        if current.parsed is not None and current.unsure is None:
            self._show_file(current.parsed)
        else:
            current.refused = "Nobody said what its columns hold."
            if self._queue.is_last and self._queue.go_back():
                self._show_current()  # nothing is stored before it is said on the last page
            else:
                self._next()

    def _show(self, view: QWidget) -> None:
        # The columns have a foot of their own; what runs is stopped where its progress is shown.
        self.foot.setVisible(view not in (self.mapping, self._reading))
        self._stack.setCurrentWidget(view)

    # --- one file -------------------------------------------------------------------------

    def _show_file(self, parsed: Parsed) -> None:
        self.recognised.show_parsed(parsed)
        self.recognised.columns.setVisible(self._queue.current.table is not None)
        if not self._filled:
            self.form.set_search(self._queue.current.search or parsed.guess)
        self._filled = False
        self._hint.setText(wording.hint(parsed))
        have = self._have_copies()
        self.foot.set_sentence(f"{_PROMISE} {_LATER.format(have)}" if have else _PROMISE)
        self.go_on.setEnabled(True)
        self._show(self._page)
        self._show_warning()
        self.dressed.emit()
        first: QWidget = self.form.searched if parsed.guess.source else self.form.source
        if not self.form.isEnabled():
            first = self.go_on
        first.setFocus()

    def _show_warning(self) -> None:
        parsed = self._queue.current.parsed
        if parsed is None:
            return
        said = known(self._session.project, parsed)
        words = said or self._mismatch(parsed)
        self.warning.show_text(words)
        self.form.setEnabled(not said)
        self.go_on.setText(self._go_on_words(known=bool(said)))

    def _mismatch(self, parsed: Parsed) -> str:
        try:
            claimed = self.form.claimed_number()
        except UserError as error:
            return str(error)
        return wording.mismatch(self.form.source.text().strip(), claimed, len(parsed.entries))

    def _go_on_words(self, *, known: bool) -> str:
        if not self._queue.is_last:
            return "Leave it out, next file" if known else "Next file"
        current = self._queue.current
        others = [o for o in self._queue.wanted() if o is not current]
        wanted = others if known else [*others, current]
        count = sum(len(one.parsed.entries) for one in wanted if one.parsed)
        files = len(wanted)
        if files == 0:
            return "Leave it out"
        records = counted(count, "record")
        return f"Import {records}" if files == 1 else f"Import {files} files, {records}"

    def _on_go_on(self) -> None:
        if self._stack.currentWidget() is self.summary:
            if self._queue.place >= 0 or not self._queue.go_on():
                self._finish()
            else:
                self._show_current()
            return
        current = self._queue.current
        if self._task is not None or current.parsed is None:
            return
        said = known(self._session.project, current.parsed)
        if said:
            current.refused = said
        else:
            try:
                current.search = self.form.search()
            except UserError as error:
                self._refusals.say(error)
                return
        self._refusals.over()
        self._next()

    def _next(self) -> None:
        if self._queue.go_on():
            self._show_current()
        elif self._queue.wanted():
            self._store()
        else:
            self._finish()

    # --- storing --------------------------------------------------------------------------

    def _store(self) -> None:
        wanted = self._queue.wanted()
        self._reading.setText("Storing …")
        self._show_working()
        self._run(
            lambda project, progress: store_all(project, progress, wanted),
            self._on_stored, writes=True,
        )  # fmt: skip

    def _on_stored(self, count: int) -> None:
        names = listed(
            list(dict.fromkeys(o.search.source for o in self._queue.wanted() if o.search))
        )
        sentence = f"Imported {counted(count, 'record')} from {names}"
        have = self._have_copies()
        next_ = f". Find duplicates, then write newer copies for {have}" if have else ""
        self._session.say(sentence + next_, can_take_back=True)
        self._then = self._show_summary if len(self._queue.files) > 1 else self._finish

    def _have_copies(self) -> str:
        """Name the reviewers whose copies do not hold what is imported now."""
        return listed([r.name for r in self._session.project.consensus.reviewers()])

    def _show_left_out(self) -> None:
        """Say which files are left out, and why, before the others are shown."""
        files = self._queue.files
        left = len(files) - len(self._queue.left_out())
        self.summary.show_left_out(files)
        self._show_list(f"Go on with {counted(left, 'file')}" if left else "Done")
        self.cancel.setVisible(left > 0)

    def _show_summary(self) -> None:
        self.summary.show_files(self._queue.files)
        self._show_list("Done")
        self.cancel.hide()

    def _show_list(self, go_on: str) -> None:
        self._show(self.summary)
        self.go_on.setText(go_on)
        self.go_on.setEnabled(True)
        self.dressed.emit()
        self.go_on.setFocus()

    def _finish(self) -> None:
        back = self.is_by_hand
        self._queue = Queue()
        self._show(self._reading)  # what it stood on is over, and is not shown for the next one
        self.cancel.show()
        (self.went_back if back else self.left).emit()

    def accept(self) -> None:
        """Go on where that is possible."""
        if self.go_on.isEnabled():
            self._on_go_on()


def _which(queue: Queue) -> str:
    number, count = queue.count()
    return f"{queue.current.name}, file {number} of {count}" if count > 1 else queue.current.name
