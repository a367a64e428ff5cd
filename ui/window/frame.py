"""An open review: the rail, the page of the chosen stage, and the lines around it."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from screener.model import Changes, Stage
from ui.session.echo import Echo
from ui.session.session import Session
from ui.session.task import Task
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.echo import EchoLine, Footer
from ui.widgets.problem import ProblemBar
from ui.widgets.rail import Rail
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Hairline, Row, Surface
from ui.window.headers import Headers
from ui.window.stages import EmptyStage, make_page, pages_of
from ui.window.standing import Standings

NARROW = 900
INSIDE = "Something went wrong inside Screener"
LATE = 300  # milliseconds a long action may take before it is shown
SOON = 300  # milliseconds in which several changes give one new rail


class ReviewFrame(QWidget):
    """Shows one open file: its stages, one page at a time, and what was last said."""

    moved = Signal(str)
    """Another stage is shown; carries its id."""
    crashed = Signal(object)
    """An error of ours in a long action, for the problem report."""
    projected = Signal(bool)
    """Nothing but the page is wanted, or everything again."""
    acted = Signal(str)
    """A link of the problem bar or of a page asks for an action of the window, by its id."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.standings = Standings(session.project)
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._folded = session.preferences.current.rail_folded
        self._task: Task[object] | None = None
        self._began = 0.0
        self._projector = False
        self._build()
        self._lay_out()
        self._connect()
        self.refresh_rail()
        follow(self, self._fold)

    def _build(self) -> None:
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.problem = ProblemBar(self)
        self.footer = Footer(EchoLine())
        self.footer.hide()
        self.chooser = Button("Stages ▾", kind="quiet", parent=self)
        self.chooser.hide()
        self._late = QTimer(self, singleShot=True, interval=LATE)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._headers = Headers(self)
        project = self.session.project
        foot = "This file holds your decisions only. Nobody else’s are in it."
        whose = f"{project.reviewer}’s copy" if project.is_copy else "Coordinator’s project"
        self.rail.set_review(project.title, whose, foot if project.is_copy else "")
        self.rail.setAccessibleName("Stages of the review")

    def _lay_out(self) -> None:
        self._right = Column(gap=0)
        self._strip = Surface("page")
        self._above = Row(self._strip, gap=0, margins=(tokens.MARGIN, 8, tokens.MARGIN, 0))
        self._above.addStretch(1)
        self._right.addWidget(self._strip)
        self._right.addWidget(self.stack, 1)
        self._right.addWidget(self.footer)
        self._line = Hairline(vertical=True)
        across = Row(self, gap=0)
        across.addWidget(self.rail)
        across.addWidget(self._line)
        across.addLayout(self._right, 1)

    def _connect(self) -> None:
        session = self.session
        self.rail.chosen.connect(self.go)
        self.chooser.clicked.connect(self._on_chooser)
        session.problem.connect(self._on_problem)
        session.said.connect(self._on_echo)
        session.changed.connect(self._on_changed)
        session.task_started.connect(self._on_task_started)
        session.keys.changed.connect(self._on_keys_changed)
        self._on_keys_changed()
        self.problem.acted.connect(self.acted)
        self.problem.dismissed.connect(self._on_dismissed)
        self.footer.echo.taken_back.connect(self._on_take_back)
        self.footer.echo.keys_asked.connect(self._on_keys_asked)
        self.footer.progress.stopped.connect(self.stop)
        self._late.timeout.connect(self._on_late)
        self._soon.timeout.connect(self.refresh_rail)
        self._headers.changed.connect(self._on_headers)

    # --- pages -----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the stage that is shown."""
        return self._current

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._pages.get(self._current)

    def go(self, wanted: str) -> None:
        """Show the page of a stage; "stage:argument" hands the argument to the page's `show_at`."""
        stage, _, argument = wanted.partition(":")
        if stage not in pages_of(self.session):
            self.acted.emit(wanted)
            return
        page = self._pages.get(stage) or self._make(stage)
        before, self._current = self._current, stage
        self.stack.setCurrentWidget(page)
        self.rail.choose(stage)
        self._give_lines(page)
        show_at = getattr(page, "show_at", None)
        merge_files = getattr(page, "merge_files", None)
        if argument == "merge" and callable(merge_files):
            merge_files()
        elif argument and callable(show_at):
            show_at(argument)
        if before != stage:
            self.moved.emit(stage)
            self._soon.start()  # a page may know more of its stage once it was shown
        self.focus_page()

    def show_other(self, page: QWidget) -> None:
        """Show a page that is no stage of its own (such as *Before you begin*)."""
        self._add(page)
        self._current = ""
        self.stack.setCurrentWidget(page)
        self._give_lines(page)
        self.focus_page()

    def again(self, stage: str) -> None:
        """Make the page of a stage anew the next time it is shown."""
        page = self._pages.pop(stage, None)
        if page is not None:
            for line in (self.problem, self.chooser):
                if page.isAncestorOf(line):
                    line.setParent(self)
            self.stack.removeWidget(page)
            page.deleteLater()

    def _make(self, stage: str) -> QWidget:
        page = make_page(pages_of(self.session)[stage], self.session, self.stack)
        self._pages[stage] = page
        self._add(page)
        return page

    def _add(self, page: QWidget) -> None:
        if self.stack.indexOf(page) >= 0:
            return
        self.stack.addWidget(page)
        for name, slot in (
            ("echo", self._on_echo),
            ("wants", self.go),
            ("problem", self._on_problem),
            ("projector", self._on_projector),
        ):
            connect = getattr(getattr(page, name, None), "connect", None)
            if callable(connect):
                connect(slot)

    def _give_lines(self, page: QWidget) -> None:
        """Put the problem bar under the page's header, and the chooser of stages into it.

        Both stand above a page that shows no header.
        """
        if not self._headers.give(page, self.problem, self.chooser):
            self._right.insertWidget(1, self.problem)
            self._above.insertWidget(0, self.chooser)
        self.problem.setVisible(bool(self.problem.sentence))  # another parent hides a widget
        self._fold()
        self._show_footer()

    def _on_headers(self) -> None:
        page = self.stack.currentWidget()
        if page is not None:
            self._give_lines(page)

    def end(self) -> None:
        """Read nothing any more: the file is about to be closed."""
        for timer in (self._soon, self._late):
            timer.stop()
        self._headers.end()

    def may_leave(self) -> bool:
        """Say whether no page holds something typed and not saved; shows the one that does."""
        for stage, page in self._pages.items():
            if getattr(page, "unsaved", False):
                self.go(stage)
                self._on_problem("What you typed here is not saved yet; save it or give it up.")
                return False
        return True

    def focus_page(self) -> None:
        """Put the keyboard on what the page is about; never leave it on the rail by chance."""
        page = self.stack.currentWidget()
        for name in ("focus_first", "focus_record", "focus_page"):
            focus = getattr(page, name, None)
            if callable(focus):
                focus()
                break
        # The window's own focus: it counts also while the window is not in front yet.
        focus = self.window().focusWidget()
        inside = page is not None and (focus is page or page.isAncestorOf(focus or self))
        if page is not None and not inside:
            (page if page.focusPolicy() & Qt.FocusPolicy.TabFocus else self.stack).setFocus()

    def next_area(self) -> None:
        """Move the keyboard from the rail to the page, or back."""
        focus = self.window().focusWidget()
        in_page = focus is self.stack or (focus is not None and self.stack.isAncestorOf(focus))
        if in_page and self.rail.isVisible():
            self.rail.focus_stages()
        else:
            self.focus_page()

    # --- the rail --------------------------------------------------------------------------------

    def refresh_rail(self) -> None:
        """Read how far every stage is."""
        project = self.session.project
        known = {id_: str(getattr(page, "rail_words", "")) for id_, page in self._pages.items()}
        self.rail.set_stages(self.standings.lines(known))
        whose = f"{project.reviewer}’s copy" if project.is_copy else "Coordinator’s project"
        foot = "This file holds your decisions only. Nobody else’s are in it."
        self.rail.set_review(project.title, whose, foot if project.is_copy else "")

    def toggle_rail(self) -> None:
        """Fold the rail away or show it again."""
        self._folded = not self._folded
        self.session.preferences.change(rail_folded=self._folded)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < look_of(self).px(NARROW)
        shown = not (self._folded or narrow or self._projector)
        self.rail.setVisible(shown)
        self._line.setVisible(shown)
        placed = self.stack.count() > 0
        self.chooser.setVisible(placed and not shown and not self._projector)
        above = self.chooser.parentWidget() is self._strip
        self._strip.setVisible(above and not self.chooser.isHidden())

    def _on_projector(self, on: bool) -> None:
        self._projector = on
        self._fold()
        self._show_footer()
        self.projected.emit(on)

    def _on_chooser(self) -> None:
        menu = QMenu(self)
        for number, line in enumerate(self.standings.lines(), 1):
            entry = menu.addAction(f"{number}   {line.name}   {line.words}")
            entry.setData(line.id)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self.chooser.mapToGlobal(self.chooser.rect().bottomLeft()))

    def _on_chosen(self, entry: QObject) -> None:
        data = getattr(entry, "data", None)
        if callable(data):
            self.go(str(data()))

    # --- what is said ----------------------------------------------------------------------------

    def _on_problem(self, sentence: str) -> None:
        actions = []
        if "disk is full" in sentence:
            actions = [("save-copy", "Save a copy elsewhere…")]
        elif sentence.startswith(INSIDE):
            actions = [("report-problem", "Show the report")]
        self.problem.show_problem(sentence, actions)

    def show_problem(self, sentence: str, actions: list[tuple[str, str]]) -> None:
        """Show a problem with actions of the window."""
        self.problem.show_problem(sentence, actions)

    def _on_dismissed(self) -> None:
        self.focus_page()

    def _on_echo(self, said: object) -> None:
        own = self._own_echo()
        if isinstance(said, str):
            said = Echo(sentence=said, can_take_back=bool(self.session.project.undo_name()))
        if isinstance(said, Echo):
            if said.sign == "met":
                self.problem.overcome()
            (own or self.footer.echo).show_saved(
                said.sentence,
                sign=said.sign,
                saved=said.saved,
                can_take_back=said.can_take_back,
            )
        self._show_footer()

    def _own_echo(self) -> EchoLine | None:
        """Return the echo line of a page that has its own."""
        page = self.stack.currentWidget()
        if page is None:
            return None
        lines = page.findChildren(EchoLine)
        return next((line for line in lines if line.isVisibleTo(page)), None)

    def _show_footer(self) -> None:
        progress = self._task is not None and not self._late.isActive()
        said = bool(self.footer.echo.sentence) and self._own_echo() is None
        said = said and not self._projector
        self.footer.setVisible(progress or said)
        if progress:
            self.footer.show_progress()
        else:
            self.footer.show_echo()

    def _on_take_back(self) -> None:
        self.acted.emit("undo")

    def _on_keys_changed(self) -> None:
        # Not every page has a key of its own for taking back; the menu's works on all of them.
        self.footer.echo.take_back.set_key(self.session.keys.first("undo"))
        self.footer.echo.all_keys.set_key(self.session.keys.first("all-keys"))

    def _on_keys_asked(self) -> None:
        self.acted.emit("all-keys")

    def _on_changed(self, changes: Changes) -> None:
        self._soon.start()
        shown = self._pages.get(Stage.FULL_TEXT)
        opened = isinstance(shown, EmptyStage) and self.session.project.screening.opened(
            Stage.FULL_TEXT
        )
        if opened:
            self.again(Stage.FULL_TEXT)
            if self._current == Stage.FULL_TEXT:
                self.go(Stage.FULL_TEXT)

    # --- long actions ----------------------------------------------------------------------------

    def stop(self) -> bool:
        """Stop the long action that is shown; says whether there was one."""
        if self._task is None:
            return False
        self._task.stop()
        return True

    def _on_task_started(self, task: Task[object]) -> None:
        self._task = task
        self._began = monotonic()
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        task.crashed.connect(self.crashed)
        task.failed.connect(self._on_problem)
        self.footer.progress.show_progress("Working", 0, None)
        self._late.start()

    def _on_late(self) -> None:
        self._show_footer()

    def _on_progressed(self, done: int, total: int, what: str) -> None:
        left = self._left(done, total)
        self.footer.progress.show_progress(what, done, total or None, left)

    def _left(self, done: int, total: int) -> str:
        gone = monotonic() - self._began
        if gone < 2 or not done or not total:
            return ""
        seconds = gone * (total - done) / done
        if seconds < 60:
            return f"about {max(5, round(seconds / 5) * 5)} seconds left"
        minutes = round(seconds / 60)
        return f"about {minutes} minute{'' if minutes == 1 else 's'} left"

    def _on_ended(self) -> None:
        self._task = None
        self._late.stop()
        self._soon.start()
        self._show_footer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where the window is narrow."""
        super().resizeEvent(event)
        self._fold()
