"""What a page of an open review is: every stage of the rail is one of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from screener.model import Changes, Kind
from screener.model.words import listed
from ui.session.actions import Where, writes
from ui.session.dispatch import ANSWER, Dispatch, Handlers, types_into
from ui.session.echo import clock, returned
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage
from ui.widgets.keycap import key_words
from ui.widgets.tables import find_by_typing
from ui.widgets.words import Surface

View = TypeVar("View", bound=QWidget)
NOT_SAVED = "What you typed here is not saved yet; save it or give it up."
KEPT = "You typed {} and did not save it; save it, or close the file without it."
MANY = 20
"""An action of more entries and records than these is taken back by a key after a question."""
WAITS = 10.0
"""Seconds in which the question of taking back is answered by the same key."""
Typed = Mapping[Any, Any]
"""What was typed on a page and is not saved, by what it is about."""
EVERYTHING = Changes(action="", kinds=frozenset(Kind))


class Page(Surface):
    """One page: a subclass says what it is, reads and shows; the base does what all pages do.

    A page that is hidden does nothing: what happened meanwhile is read when it is shown again.
    """

    id: ClassVar[str] = ""
    """The stage of the rail, as `Window.perform` and the numbers of the report name it."""
    title: str = ""
    """Its name."""
    help: ClassVar[str] = ""
    """What the page is for and how one goes on from it, in a few sentences."""
    where: ClassVar[Where] = Where.PAGE
    """Where its keys stand in the table of actions."""
    reads: ClassVar[frozenset[Kind]] = frozenset(Kind)
    """What it shows; notices of other kinds do not reach it."""
    derives: ClassVar[bool] = False
    """Whether it shows what follows from all decisions; the worker derives it where it is long."""
    take_back_action: ClassVar[str] = "undo"
    """The action whose key stands on *Take back* of the echo line."""

    takes_back: ClassVar[frozenset[Kind]] = frozenset(Kind)
    """What an action changed that the page's own key takes back; the window's takes back all."""

    dressed = Signal()
    """What stands around the page may have changed: its echo line, or nothing but the page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.session = session
        self.dispatch = Dispatch(self, self)
        self._missed: Changes | None = EVERYTHING
        self._was_read = False
        self._waits: EmptyPage | None = None
        self._asked_back = ("", 0.0)
        self._touched: frozenset[str] = frozenset()
        session.changed.connect(self._on_changed)
        session.busy_changed.connect(self._on_busy)
        session.derived.connect(self._on_derived)
        session.keys.changed.connect(self.take_keys)

    # --- what a page says of itself --------------------------------------------------------------

    def rail_line(self) -> str:
        """Return what the rail says of its stage where the page knows more than the core, or ""."""
        return ""

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read again what `changes` touched."""

    def took(self, changes: Changes) -> bool:
        """Say whether the page made this change itself, and shows it already."""
        del changes
        return False

    def show_at(self, argument: str) -> None:
        """Show what a number of the report, or another page, asks for."""

    def chosen_again(self) -> None:
        """Its stage was chosen in the rail while it is shown: go back to what it begins with."""

    def focus_first(self) -> None:
        """Put the keyboard on what the page is about."""
        self.setFocus()

    def last_in_order(self) -> QWidget:
        """Return what Tab comes to last on the page, before the echo line."""
        # Only buttons are asked: what Qt makes inside a widget may go at any time, and a chain that
        # is tied to such a thing crashes the window.
        buttons = [button for button in self.findChildren(Button) if button.isVisibleTo(self)]
        return buttons[-1] if buttons else self

    def unsaved(self) -> str:
        """Return a sentence about what was typed and is not saved, or ""."""
        return ""

    def stands(self, action: str) -> bool:
        """Say whether what an action does stands already, so that the action would give it up."""
        del action
        return False

    def show_kept(self) -> None:
        """Show what `kept_only_here` is about, where the page may show something else."""

    def kept_only_here(self) -> str:
        """Return a sentence about what closing the file would lose, or "".

        It is more than `unsaved` where a page keeps what was typed about something else than what
        it shows now.
        """
        return self.unsaved()

    def typed(self) -> Typed:
        """Return what `kept_only_here` is about, where `take_typed` can take it; else nothing."""
        return {}

    def take_typed(self, typed: Typed) -> None:
        """Take what was typed on this page in another file that holds the same."""

    def handlers(self) -> Handlers:
        """Return what each action does here, by its id; those of the window, where it differs."""
        return {}

    def places(self) -> tuple[Where, ...]:
        """Return whose keys are listened to now."""
        return (self.where,)

    def hears(self) -> bool:
        """Whether letters act now; they do not while they are typed into a field."""
        return not types_into(self.window().focusWidget())

    def holds(self) -> bool:
        """Whether something is chosen that is not recorded, which a typed word would lose."""
        return False

    def key_names(self) -> Mapping[str, str]:
        """Return what the card of keys calls actions that do something else now, "" for nothing."""
        return {}

    def take_keys(self) -> None:
        """Show the keys that are in force now."""

    def take_busy(self) -> None:
        """Show whether anything can be changed now."""

    @property
    def keeps_echo(self) -> bool:
        """Whether the echo line stands below the page also when it says nothing."""
        return False

    def beside_echo(self) -> QWidget | None:
        """Return what stands on the echo line beside what it says, if anything does."""
        return None

    @property
    def alone(self) -> bool:
        """Whether nothing but the page is wanted, as on a projector."""
        return False

    # --- what all pages do -----------------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether something happened that the page has not read yet."""
        return self._missed is not None

    @property
    def can_act(self) -> bool:
        """Whether the file may be changed now."""
        return self.session.project.writable and not self.session.busy

    def perform(self, action: str) -> bool:
        """Do an action by its id; says whether it is one of the page.

        What a page handles comes before what the window means by the same id; every page takes
        back and repeats.
        """
        every = {"undo": self.take_back, "redo": self.repeat}
        found = self.handlers().get(action) or every.get(action)
        if found is not None and not (writes(action) and self.session.refuses()):
            found()
        return found is not None

    def do(self, action: Callable[[], object], sentence: str = "") -> bool:
        """Do a quick action and say what was done; says whether it was."""
        done = self.session.attempt(action)
        if done is not None and sentence:
            self.session.say(sentence)
        return done is not None

    def take_back(self) -> None:
        """Take the last action of the file back; asks first where that may not be what is meant."""
        if not self._asks_back():
            self.take_back_now()

    def take_back_now(self) -> None:
        """Take the last action of the file back."""
        self._undo(self.session.project.undo, "Taken back")

    def made(self, view: View, stack: QStackedWidget | QStackedLayout) -> View:
        """Put a view that was made when it was first asked for into the stack it is shown in.

        A page has most of its views made in this way, each a `cached_property`: a person waits for
        what they look at. What asks which is shown looks at its class, and so makes none.
        """
        stack.addWidget(view)
        return view

    def _asks_back(self) -> bool:
        """Ask about what was not just done here: by its name, once.

        Something done on another page, something large, something that copies carry already.
        """
        session, project = self.session, self.session.project
        name, kinds = project.undo_name(), project.undo_kinds()
        echo, now = session.echo, monotonic()
        just_done = echo is not None and echo.can_take_back and self.isVisible()
        carried = project.undo_carried() if name else []
        if carried:
            question = f"“{name}” is in the copy of {listed(carried)} already."
        elif kinds and kinds.isdisjoint(self.takes_back):
            question = f"“{name}” was done last, and not on this page."
        elif not just_done and (size := project.undo_size()) > MANY:
            question = f"“{name}” was done last and is {size:,} entries and records."
        else:
            return False
        before, when = self._asked_back
        gap = ANSWER if session.preferences.current.moment else 0
        if before == question and now - when < gap:
            self._asked_back = (question, now)  # a key that goes on being pressed answers nothing
            return True
        if before == question and now - when < WAITS:
            self._asked_back = ("", 0.0)
            session.asked.emit("")
            return False
        self._asked_back = (question, now)
        key = key_words(session.keys.first("undo"))
        session.asked.emit(f"{question} {key} again takes it back.")
        return True

    def take_back_here(self) -> None:
        """Take the last action back if it is one of this page; say where it was done if not."""
        project, kinds = self.session.project, self.session.project.undo_kinds()
        if kinds and kinds.isdisjoint(self.takes_back):
            key = key_words(self.session.keys.first("undo"))
            self.session.complain(
                f"“{project.undo_name()}” was done last, and not on this page; {key} takes it back."
            )
        else:
            self.take_back()

    def repeat(self) -> None:
        """Do again what was taken back last."""
        self._undo(self.session.project.redo, "Repeated")

    def returned_to(self, units: frozenset[str]) -> str:
        """Go back to what was taken back, or repeated; returns what that is called, or ""."""
        del units
        return ""

    def _undo(self, action: Callable[[], str], word: str) -> None:
        self._touched = frozenset()
        done = self.session.attempt(action)
        if done is not None:
            about = self.returned_to(self._touched)
            self.session.say(
                returned(word, done.value) + (f"  ·  {about}" if about else ""),
                saved=clock(),
                can_take_back=word == "Repeated",
                can_repeat=word != "Repeated",
            )

    def may_read(self) -> bool:
        """Say whether the page may be read again now; not while something is chosen on it."""
        return True

    def read_again(self) -> None:
        """Read what was missed, if anything was; not while a worker has the file."""
        if self._missed is None or self.session.busy or not self.may_read():
            return
        if not self.derives or self.session.ready():
            missed, self._missed = self._missed, None
            self._was_read = True
            if self._waits is not None:
                self._waits.deleteLater()
                self._waits = None
            self.refresh(missed)

    def _on_changed(self, changes: Changes) -> None:
        self._touched = changes.units
        if self.took(changes) or not changes.touches(*self.reads):
            return
        self._missed = changes if self._missed is None else self._missed.with_(changes)
        if self.isVisible():
            self.read_again()

    def _on_derived(self) -> None:
        if self.isVisible():
            self.read_again()

    def _on_busy(self) -> None:
        if self.isVisible():
            self.read_again()
            self.take_busy()

    def event(self, event: QEvent) -> bool:
        """Take the keys of the page before those of the menus."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and override and self.dispatch.override(event):
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what happened while another page was shown."""
        super().showEvent(event)
        self.read_again()
        self.take_busy()
        if not self._was_read and self._waits is None:  # what stands there would be untrue
            words = "This page is read when the work that runs has ended."
            self._waits = EmptyPage("", words, parent=self)
            self._waits.setGeometry(self.rect())
            self._waits.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words of a page that waits over all of it."""
        super().resizeEvent(event)
        if self._waits is not None:
            self._waits.setGeometry(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means; letters that mean nothing here find a row of a table."""
        means = self.dispatch.press(event)
        if not (means or find_by_typing(self.window().focusWidget(), event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Remember when a key was released."""
        self.dispatch.release(event)
        super().keyReleaseEvent(event)

    def listen(self, *widgets: QObject) -> None:
        """Take the keys of the page before these widgets of it do."""
        self.dispatch.listen(*widgets)
