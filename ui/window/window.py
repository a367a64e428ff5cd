"""The window: the start page, or one open review; it opens, closes and hands actions on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

from screener.model import ErrorKind, UserError
from ui.session import files
from ui.session.actions import ACTIONS, Action, Files
from ui.session.echo import Link, nothing
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.session.problems import Steps
from ui.session.task import INSIDE
from ui.start.page import StartPage
from ui.start.recent import RecentFiles
from ui.widgets.card import CardHost, cards_over
from ui.widgets.problem import ProblemBar
from ui.widgets.theme import look_of
from ui.widgets.words import Column, stacked
from ui.window.appearance import Appearance
from ui.window.claim import Claim
from ui.window.helping import Helping
from ui.window.menus import TEXT_ACTS, Menus
from ui.window.opening import Opening
from ui.window.room import SMALLEST, USUAL, fits

if TYPE_CHECKING:  # what an open file needs is read when one is opened
    from ui.session.page import Page, Typed
    from ui.session.session import Session
    from ui.window.frame import ReviewFrame
    from ui.window.safekeeping import Safekeeping


class Window(CardHost):
    """One window; at most one file is open in it."""

    review_closed = Signal()

    def __init__(self, preferences: PreferencesFile, keys: Keys, steps: Steps) -> None:
        super().__init__()
        self._preferences = preferences
        self._keys = keys
        self._steps = steps
        self._claim: Claim | None = None
        self._looking = False
        self._unopened: Path | None = None
        self.frame: ReviewFrame | None = None
        self._keeping: Safekeeping | None = None
        self.recent = RecentFiles(self)
        self.menus = Menus(self, self._keys, self._on_page)
        self.start = StartPage(self.recent)
        self.problem = ProblemBar()
        self._stack = stacked(self.start)
        self.setCentralWidget(Column(gap=0).add(self.problem, (self._stack, 1)).boxed())
        self._appearance = Appearance(look_of(self), self._preferences, self.menus)
        self._opening = Opening(self, self._stack, self.start, self.recent, self.may_leave)
        self._helping = Helping(self, self._keys, self._steps, self._page)
        self._opening.wanted.connect(self.open)
        self._opening.began.connect(self.close_review)
        self._opening.failed.connect(self.say_problem)
        self._opening.example_busy.connect(self.menus.entry("example").setDisabled)
        self.menus.chosen.connect(self.perform)
        self.menus.edit_opened.connect(self._on_edit_menu)
        self.problem.acted.connect(self.perform)
        self._keys.changed.connect(self._on_keys_changed)
        self._on_keys_changed()
        self.setAcceptDrops(True)
        self.setWindowTitle("Screener")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        left = QByteArray.fromBase64(preferences.current.geometry.encode())
        self._as_left = self.restoreGeometry(left)  # not on a screen of another width

    def show_at_first(self) -> None:
        """Show the window where it was left, and so that the keys at its foot can be seen."""
        free = self.screen().availableSize()
        if not self._as_left and not fits(free):
            self.resize(self.size().boundedTo(free))  # for where it is not maximised any more
            self.showMaximized()
        else:
            self.show()

    # --- what is open ----------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The session of the open file, or None."""
        return self.frame.session if self.frame is not None else None

    def open(
        self, path: Path | str, *, write: bool = True, typed: Mapping[str, Typed] | None = None
    ) -> bool:
        """Open a file in place of the one that is open; says whether it is open now.

        Without `write`, and where it is a backup, it is only looked into: nothing can be changed
        in it, and it does not come among the recent files. What was `typed` in the file that is
        open, and not saved, goes along.
        """
        from screener import is_backup

        place = Path(path).absolute()
        write = write and not is_backup(place)
        if self.session is not None and self.session.project.path == place:
            return True
        again = partial(self.open, path, write=write, typed=typed)
        if not self.may_leave(again, taken_along=typed is not None):
            return False
        claim, opened = None, False
        try:
            claim = Claim(place, self)
            if place.is_file() and not claim.take():
                self.say_problem(f"{place.name} is open in another window, which is in front now.")
                return False
            from screener import open_project
            from ui.session.session import AT_ONCE, Session

            project = open_project(place, write=write, check_up_to=AT_ONCE)
            opened = True
        except UserError as error:
            self._say_unopened(error, place)
            return False
        finally:
            if claim is not None and not opened:  # also after a fault of the program
                claim.give_up()
                claim.deleteLater()
        self.close_review()
        self._opening.opened(partial(self.open, place, write=write))
        self._claim = claim
        claim.raised.connect(self._on_raised)
        self._looking = not write
        session = Session(project, self, preferences=self._preferences, keys=self._keys)
        return self._shows(session, typed or {})

    def _shows(self, session: Session, typed: Mapping[str, Typed]) -> bool:
        """Show a file that was opened, or the start page where it cannot be; says which."""
        try:
            self._show(session, typed)
        except BaseException as error:
            with suppress(Exception):  # what was wrong is said
                self.close_review()
            session.close()
            if self._claim is not None:
                self._claim.give_up()
                self._claim = None
            if not isinstance(error, UserError):
                raise  # a report is offered, in the window
            self._say_unopened(error, session.project.path)
            return False
        return True

    def _say_unopened(self, error: UserError, path: Path) -> None:
        """Say why a file was not opened; its backups are offered where they may help."""
        lost = {ErrorKind.DAMAGED, ErrorKind.ALTERED}
        if error.kind in lost or (error.kind is ErrorKind.NOT_OURS and path.suffix == files.ENDING):
            self._unopened = path
            self.say_problem(error, ("backups-of-unopened", "Backups…"))
        else:
            self.say_problem(error)

    def _show(self, session: Session, typed: Mapping[str, Typed]) -> None:
        from ui.window.backups import name_of
        from ui.window.frame import ReviewFrame
        from ui.window.review_actions import ReviewActions
        from ui.window.safekeeping import Safekeeping

        project = session.project
        self.problem.dismiss()
        self.frame = ReviewFrame(session)
        self.review_actions = ReviewActions(self, self.frame, self.recent, self.open)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self.frame.acted.connect(self.perform)
        self.frame.projected.connect(self._on_projected)
        self.frame.crashed.connect(self._helping.remember)
        session.busy_changed.connect(self._on_busy)
        self.menus.set_file(Files.COPY if project.is_copy else Files.PROJECT)
        name = name_of(project.path, looking=self._looking)
        self.setWindowTitle(f"{name} — {project.title} — Screener")
        self.review_actions.note_recent()
        self.review_actions.show_first()
        if project.set_aside:
            session.complain(project.set_aside)
        self._keeping = Safekeeping(session)
        self._keeping.begin()
        self.frame.take_typed(typed)

    def focus_page(self) -> None:
        """Put the keyboard on the page that is shown."""
        if self.frame is not None:
            self.frame.focus_page()
        else:
            self.start.focus_first()

    def close_review(self) -> None:
        """Close the file that is open and show the start page."""
        frame, self.frame = self.frame, None
        if frame is None:
            return
        for card in cards_over(self):
            card.close_card()
        if self._keeping is not None:
            self._keeping.end()
            self._keeping = None
        frame.end()
        try:
            with suppress(UserError):  # a drive that is gone is not read any more
                self.review_actions.note_recent()
        finally:
            self._put_away(frame)

    def _put_away(self, frame: ReviewFrame) -> None:
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(frame)
        frame.session.close()
        frame.deleteLater()
        frame.session.deleteLater()
        if self._claim is not None:
            self._claim.give_up()
            self._claim.deleteLater()
            self._claim = None
        self.menuBar().show()
        self.menus.set_file(Files.ALWAYS)
        self.setWindowTitle("Screener")
        self.start.focus_first()
        self.review_closed.emit()

    def may_leave(self, then: Callable[[], object], *, taken_along: bool = False) -> bool:
        """Say whether what is open may be left now, and if not, say why; a card says so on it.

        What was wanted, `then`, is done anew when the person leaves all the same, or after the last
        backup of a large file. Nothing is asked about what is `taken_along`.
        """
        if not all(card.may_leave() for card in cards_over(self)):
            return False
        if self.frame is None:
            return self._opening.may_leave(then)
        if self.frame.session.busy:
            self.say_problem("Wait until the work that is running has ended, or stop it (Esc).")
            return False
        if self._keeping is not None and not self._keeping.look():
            return False  # where what was saved is kept must have been read first
        return (taken_along or self.frame.may_leave(then)) and self.frame.session.may_close(then)

    def _close_without(self, then: Callable[[], object] | None = None) -> None:
        problem = self.session.problem if self.session is not None else None
        wanted = then or (problem.then if problem is not None else nothing)
        if self.session and not self.session.may_close(partial(self._close_without, wanted)):
            return
        self.close_review()
        wanted()

    def _page(self) -> Page | None:
        return self.frame.page if self.frame is not None else None

    def _on_page(self) -> Iterator[Action]:
        """Yield what can be done on the page that is shown, in the order of the table."""
        page = self._page()
        if page is not None:
            acts, places = page.handlers(), page.places()
            yield from (a for a in ACTIONS if a.where in places and a.id in acts)

    # --- actions ---------------------------------------------------------------------------------

    def perform(self, action: str) -> None:
        """Do one action of the table, by its id."""
        self._steps.note(action)
        if self._appearance.perform(action):
            return
        doing = {
            **self._opening.doing,
            **self._helping.doing,
            "backups": self.show_backups,
            "backups-of-unopened": lambda: self.show_backups(self._unopened),
            "close": self._on_close_asked,
            "close-without": self._close_without,
            "quit": self.close,
            **TEXT_ACTS,
            "full-screen": self._on_full_screen,
            **(self._keeping.doing if self._keeping is not None else {}),
        }
        if action in doing:
            doing[action]()
        elif self.frame is not None:
            self.review_actions.perform(action)

    def show_backups(self, lost: Path | None = None) -> None:
        """Show the backups of the open file, of one that is `lost`, or of everything here."""
        from ui.window.backups import BackupsCard

        session = self.session if lost is None else None
        look_into = partial(self.open, write=False)
        BackupsCard(self, session, self.open, look_into, lost).open()

    def say_problem(self, wrong: UserError | str, *links: Link) -> None:
        """Show a problem on the page that is seen."""
        if self.session is not None:
            self.session.complain(wrong, *links)
        else:
            self.problem.show_problem(str(wrong), links)

    def report_crash(self, error: BaseException) -> None:
        """Say that something went wrong inside, and offer a report to copy."""
        self._helping.remember(error)
        sentence = f"{INSIDE}; what was saved is safe."
        if self.session is not None:
            self.session.complain(UserError(sentence, kind=ErrorKind.INSIDE))
        else:
            self.problem.show_problem(sentence, [("report-problem", "Show the report")])

    def _on_close_asked(self) -> None:
        if self.may_leave(self._on_close_asked):
            self.close_review()

    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_edit_menu(self) -> None:
        """Name what would be taken back; asked only when the menu opens, decisions are many."""
        if self.session is None or self.session.busy:
            return
        project = self.session.project
        for id_, word, name in (
            ("undo", "Take back", project.undo_name()),
            ("redo", "Repeat", project.redo_name()),
        ):
            self.menus.set_words(id_, f"{word}: {name}" if name else word)

    def _on_busy(self, busy: bool) -> None:
        for id_ in ("undo", "redo"):
            can = self.session is not None and self.session.project.writable
            self.menus.entry(id_).setEnabled(can and not busy)

    def _on_keys_changed(self) -> None:
        self.start.set_keys(self._keys.first("new"), self._keys.first("open"))

    def _on_projected(self, on: bool) -> None:
        self.menuBar().setVisible(not on)

    def _on_raised(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    # --- Qt --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape stop what runs, else dismiss the problem, else go to the page."""
        if event.key() == Qt.Key.Key_Escape:
            if self.session is None:
                self.problem.dismiss()
            elif not self.session.escape():
                self.focus_page()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dropped anywhere."""
        if files.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        if (path := files.dropped(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.open(path)

    def changeEvent(self, event: QEvent) -> None:
        """Look after the file whenever the person comes back to the window."""
        super().changeEvent(event)
        came = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if came and self.frame is not None and self._keeping is not None:
            self._keeping.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the file first; a long action is asked to stop, and the window closes after it.

        What is only typed is asked about before, or when what is written has been stopped.
        """
        session = self.session
        if not (session is not None and session.busy) and not self.may_leave(self.close):
            event.ignore()
            return
        if session is not None and session.running:
            event.ignore()
            session.stopped.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            session.stop()
            return
        text = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._preferences.change(geometry=text)
        self.hide()  # nobody waits for the last backup
        self.close_review()
        event.accept()
