"""An open review: the rail, the page of the chosen stage, and the lines around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.model import Changes, Kind
from ui.session.echo import GIVE_UP, Echo, Problem, nothing
from ui.session.page import Page, Typed
from ui.session.session import Session
from ui.session.task import Task
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.card import lies_over
from ui.widgets.echo import Footer
from ui.widgets.menu import Menu
from ui.widgets.pace import Pace
from ui.widgets.problem import ProblemBar
from ui.widgets.rail import Rail
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Hairline, Row, Surface
from ui.window.headers import Headers
from ui.window.stages import pages_of
from ui.window.standing import Standings, form_names, unread
from ui.window.unsaved import all_typed, first_unsaved

TO_READ = "Opened to be read. Nothing can be changed in it."
NARROW = 900
_UNTOLD = frozenset({Kind.NOTES, Kind.MEETING})  # of what the rail says nothing
LATE = 300  # milliseconds a long action may take before it is shown
SOON = 300  # milliseconds in which several changes give one new rail


class ReviewFrame(QWidget):
    """Shows one open file: its stages, one page at a time, and what was last said."""

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
        self.stages = pages_of(session)
        """What the stages load; a copy has one for each form that is open."""
        self._lines = unread(self.stages, form_names(session.project))
        self._pages: dict[str, Page] = {}
        self.page: Page | None = None
        """The page that is shown."""
        self._folded = session.preferences.current.rail_folded
        self._task: Task[object] | None = None
        self._pace = Pace()
        self._kept = False
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stack.installEventFilter(self)
        self.problem = ProblemBar(self)
        self.footer = Footer()
        self.footer.hide()
        self.chooser = Button("Stages ▾", kind="quiet", parent=self, does=self._on_chooser)
        self.chooser.hide()
        self._late = QTimer(self, singleShot=True, interval=LATE)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._headers = Headers(self)
        self.rail.setAccessibleName("Stages of the review")
        self._right = Column(gap=0)
        self._strip = Surface("page")
        self._above = Row(self._strip, gap=0, margins=(tokens.MARGIN, 8, tokens.MARGIN, 0)).add(1)
        self._right.add(self._strip, (self.stack, 1), self.footer)
        self._line = Hairline(vertical=True)
        Row(self, gap=0).add(self.rail, self._line, (self._right, 1))
        self._connect()
        self.refresh_rail()
        follow(self, self._fold)

    def _connect(self) -> None:
        session = self.session
        self.rail.chosen.connect(self.go)
        session.complained.connect(self._on_problem)
        session.overcame.connect(self._on_overcome)
        session.echoed.connect(self._on_echo)
        session.asked.connect(self._on_asked)
        session.remarked.connect(self.footer.echo.remark)
        session.told_again.connect(self.footer.echo.tell_again)
        session.wanted.connect(self.go)
        session.changed.connect(self._on_changed)
        session.busy_changed.connect(self._on_busy)
        self._on_busy()
        session.derived.connect(self._soon.start)
        session.task_started.connect(self._on_task_started)
        session.keys.changed.connect(self._on_keys_changed)
        self._on_keys_changed()
        self.problem.acted.connect(self._on_acted)
        self.problem.dismissed.connect(self._on_dismissed)
        self.footer.echo.taken_back.connect(lambda: self.acted.emit("undo"))
        self.footer.echo.repeated.connect(lambda: self.acted.emit("redo"))
        self.footer.echo.keys_asked.connect(lambda: self.acted.emit("all-keys"))
        self.footer.progress.stopped.connect(session.stop)
        self._late.timeout.connect(self._show_footer)
        self._soon.timeout.connect(self.refresh_rail)
        self._headers.changed.connect(self._on_dressed)

    # --- pages -----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the stage that is shown, "" for a page that is no stage."""
        return next((id_ for id_, page in self._pages.items() if page is self.page), "")

    def go(self, wanted: str) -> None:
        """Show the page of a stage; "stage:argument" hands the argument to the page's `show_at`.

        What is no stage is an action of the window.
        """
        stage, _, argument = wanted.partition(":")
        load = self.stages.get(stage)
        if load is None:
            self.acted.emit(wanted)
            return
        before, page = self.page, self._pages.get(stage)
        if page is None:
            page = self._pages[stage] = load()(self.session, self.stack)
        self.rail.choose(stage)
        self.show_page(page)
        if argument:
            page.show_at(argument)
        elif before is page:
            page.chosen_again()
        if before is not page:
            self._soon.start()  # a page may know more of its stage once it was shown
        self.focus_page()

    def show_page(self, page: Page) -> None:
        """Show a page, of a stage or other (such as *Before you begin*)."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
            page.dressed.connect(self._on_dressed)
        if self.page is not page:
            self.session.leave_page()
            self.footer.echo.offer_nothing()
        self.page = page
        self.stack.setCurrentWidget(page)
        self.stack.setAccessibleName(page.title or page.accessibleName())
        self._on_dressed()
        self.focus_page()

    def _give_lines(self, page: Page) -> None:
        """Put the problem bar under the page's header, and the chooser of stages into it.

        Both stand above a page that shows no header.
        """
        if not self._headers.give(page, self.problem, self.chooser):
            self._right.insertWidget(1, self.problem)
            self._above.insertWidget(0, self.chooser)
        self.problem.setVisible(bool(self.problem.sentence))  # another parent hides a widget

    def _on_dressed(self) -> None:
        self._soon.start()  # what the page says of its stage may be otherwise
        if self.page is not None:
            self._give_lines(self.page)
            self._fold()
            self._show_footer()
            self._order_tabs(self.page)

    def _order_tabs(self, page: Page) -> None:
        """Keep the echo line after everything of the page, which may have been made anew."""
        last = page.last_in_order()
        echo, beside = self.footer.echo, page.beside_echo()
        more = beside.findChildren(Button) if beside is not None else []
        for button in (echo.take_back, echo.repeat, *more, echo.all_keys):
            QWidget.setTabOrder(last, button)
            last = button

    def end(self) -> None:
        """Read nothing any more: the file is about to be closed."""
        for timer in (self._soon, self._late):
            timer.stop()
        self._headers.end()

    def may_leave(self, then: Callable[[], object] = nothing, *, for_kept: bool = False) -> bool:
        """Say whether no page holds something typed and not saved; shows the one that does.

        `then` is done after it was left all the same.
        """
        kept = self.session.project.kept is not None
        found = first_unsaved(self._pages, kept=kept, for_kept=for_kept)
        if found is not None:
            self.go(found[0])
            self._pages[found[0]].show_kept()
            self.session.complain(found[1].sentence, *found[1].links, then=then)
        return found is None

    def typed(self) -> dict[str, Typed]:
        """Return what was typed and is not saved, by page, where another file can take it."""
        return all_typed(self._pages)

    def take_typed(self, typed: Mapping[str, Typed]) -> None:
        """Take what was typed in another file that held the same, once nothing is checked."""
        if self.session.busy:
            take = partial(self.take_typed, typed)
            self.session.stopped.connect(take, Qt.ConnectionType.SingleShotConnection)
            return
        for stage, texts in typed.items():
            self.go(stage)
            self._pages[stage].take_typed(texts)
        if typed:
            self.session.say("What you typed was taken along into this file")

    def focus_page(self) -> None:
        """Put the keyboard on what the page is about; never leave it on the rail by chance."""
        page = self.page
        if page is None:
            return
        page.focus_first()
        if lies_over(self.window()):
            return
        # The window's own focus: it counts also while the window is not in front yet.
        focus = self.window().focusWidget()
        if not (focus is page or page.isAncestorOf(focus or self)):
            (page if page.focusPolicy() & Qt.FocusPolicy.TabFocus else self.stack).setFocus()

    def next_area(self) -> None:
        """Move the keyboard from the page to the problem that is shown, to the rail, and back."""
        focus = self.window().focusWidget() or self
        in_bar = self.problem.isAncestorOf(focus)  # it lies within the page
        in_page = focus is self.stack or self.stack.isAncestorOf(focus)
        if in_page and not in_bar and self.problem.isVisible():
            self.problem.focus_first()
        elif (in_page or in_bar) and self.rail.isVisible():
            self.rail.focus_stages()
        else:
            self.focus_page()

    # --- the rail --------------------------------------------------------------------------------

    def refresh_rail(self) -> None:
        """Read how far every stage is, as soon as that is known; what writes is not waited for."""
        if self.session.busy or self.session.closing:
            return
        project = self.session.project
        self.stages = pages_of(self.session)
        if self.session.ready():
            known = {id_: page.rail_line() for id_, page in self._pages.items() if not page.stale}
            self._lines = self.standings.lines(known)
        self.rail.set_stages(self._lines)
        whose = f"{project.reviewer}’s copy" if project.is_copy else "Coordinator’s project"
        foot = "This file holds your decisions only. Nobody else’s are in it."
        foot = foot if project.is_copy else ""
        self.rail.set_review(project.title, whose, TO_READ if project.to_read else foot)

    def toggle_rail(self) -> None:
        """Fold the rail away or show it again."""
        self._folded = not self._folded
        self.session.preferences.change(rail_folded=self._folded)
        self._fold()

    @property
    def _alone(self) -> bool:
        return self.page is not None and self.page.alone

    def _fold(self) -> None:
        narrow = self.width() < look_of(self).px(NARROW)
        shown = not (self._folded or narrow or self._alone)
        self.rail.setVisible(shown)
        self._line.setVisible(shown)
        self.chooser.setVisible(self.page is not None and not shown and not self._alone)
        above = self.chooser.parentWidget() is self._strip
        self._strip.setVisible(above and not self.chooser.isHidden())
        self.projected.emit(self._alone)

    def _on_chooser(self) -> None:
        menu = Menu(self)
        for number, line in enumerate(self._lines, 1):
            entry = menu.addAction(f"{number}   {line.name}   {line.words}")
            entry.setData(line.id)
        menu.triggered.connect(lambda entry: self.go(str(entry.data())))
        menu.open_under(self.chooser)

    # --- what is said ----------------------------------------------------------------------------

    def _on_problem(self, problem: Problem) -> None:
        self.problem.show_problem(
            problem.sentence, problem.links, stays=self.session.stays(problem)
        )

    def _on_acted(self, action: str) -> None:
        problem = self.session.problem
        if action == GIVE_UP[0] and problem is not None:
            self.session.overcome()
            problem.then()
        else:
            self.acted.emit(action)

    def _on_busy(self) -> None:
        self.footer.echo.let_take_back(lets=self.session.project.writable)

    def _on_dismissed(self, held: bool) -> None:
        self.session.overcome()
        if held:
            self.focus_page()

    def _on_overcome(self) -> None:
        if self.problem.put_away():
            self.focus_page()

    def _on_echo(self, said: Echo) -> None:
        self._kept = self.page is not None and self.page.keeps_echo
        self.footer.echo.show_saved(
            said.sentence,
            sign=said.sign,
            saved=said.saved,
            can_take_back=said.can_take_back,
            can_repeat=said.can_repeat,
        )
        self._show_footer()

    def _on_asked(self, question: str) -> None:
        if question:
            self.footer.echo.ask(question)
        else:
            self.footer.echo.answered()
        self._show_footer()

    def _show_footer(self) -> None:
        progress = self._task is not None and not self._late.isActive()
        kept = self.page is not None and self.page.keeps_echo
        # What a page says where it decides stands there; the rest may be read on any page.
        said = bool(self.footer.echo.sentence) and not self._alone and not self._kept
        self.footer.setVisible(progress or kept or said)
        self.footer.show_progress(on=progress)
        self.footer.echo.set_beside(self.page.beside_echo() if self.page is not None else None)
        own = self.page.take_back_action if self.page is not None else "undo"
        action = own if self.page is not None and own in self.page.handlers() else "undo"
        self.footer.echo.take_back.set_key(self.session.keys.first(action))
        self.footer.echo.repeat.set_key(self.session.keys.first("redo"))

    def _on_keys_changed(self) -> None:
        self._show_footer()
        self.footer.echo.all_keys.set_key(self.session.keys.first("all-keys"))

    def _on_changed(self, changes: Changes) -> None:
        if not changes.kinds <= _UNTOLD:
            self._soon.start()

    # --- long actions ----------------------------------------------------------------------------

    def _on_task_started(self, task: Task[object]) -> None:
        self._task = task
        self._pace = Pace()
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        task.crashed.connect(self.crashed)
        self.footer.progress.show_progress("Working", 0, None)
        self._late.start()

    def _on_progressed(self, done: int, total: int, what: str) -> None:
        left = self._pace.left(what, done, total)
        self.footer.progress.show_progress(what, done, total or None, left)

    def _on_ended(self) -> None:
        self._task = None
        self._late.stop()
        self._soon.start()
        self._show_footer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keyboard to where keys act after a click on what takes no keys."""
        del watched
        by_mouse = Qt.FocusReason.MouseFocusReason
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() is by_mouse:
            self.focus_page()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where the window is narrow."""
        super().resizeEvent(event)
        self._fold()
