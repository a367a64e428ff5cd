"""Key events of a page become actions here, and nowhere else; `Keys` says which key means which."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import ClassVar, Protocol
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from screener.model import Changes
from ui.session.action import Action
from ui.session.actions import BY_ID, Where, writes
from ui.session.echo import GIVE_UP, Problem
from ui.session.session import Session
from ui.session.typing import MODIFIERS, TYPING, TypedWord
from ui.widgets.keycap import key_words
from ui.widgets.lists import is_letter

REPEAT = 0.025
"""Seconds after the release of a key in which another press of it is a repeat of a held key: under
X11 Qt marks only a part of these (docs/architecture.md, Keys)."""
ANSWER = 0.4
"""Seconds after a question appeared in which a second Esc is a bounce and not an answer."""
_CHORD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_EVERY = ("undo", "redo")
"""What every page does: a held key of these is told from one that is pressed only here."""
_WORD_TYPED = "A word was typed, which does nothing here; what is chosen stays"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def types_into(widget: QWidget | None) -> bool:
    """Say whether letters that are pressed belong to a field that has the keyboard."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


Handlers = Mapping[str, Callable[[], object]]
"""What each action does, by its id."""


class EnterField(QLineEdit):
    """A line to type into in which Enter is an action of the page."""


class Acting(Protocol):
    """What a page tells its dispatch; `Page` says what each is."""

    session: Session
    take_back_action: ClassVar[str]

    def handlers(self) -> Handlers:
        """Return what each action does now."""

    def places(self) -> tuple[Where, ...]:
        """Return whose keys are listened to now."""

    def hears(self) -> bool:
        """Say whether letters act now."""

    def unsaved(self) -> str:
        """Return a sentence about what leaving would lose, or ""."""

    def stands(self, action: str) -> bool:
        """Say whether what an action does stands, so that the action would give it up."""

    def holds(self) -> bool:
        """Say whether something is chosen that is not recorded, which a typed word would lose."""

    def perform(self, action: str) -> bool:
        """Do an action by its id."""


class Dispatch(QObject):
    """Does what the keys of a page mean.

    A key that decides acts only on what the person has seen: neither the repeat of a key that is
    held, nor the same key again within the preference `moment` after it acted, nor any key within
    the moment after something was recorded does anything. Nor does a letter of a `TypedWord`; what
    its first letter recorded is taken back at once. While the page holds something chosen that is
    not recorded, a letter waits whether a word begins with it.
    """

    def __init__(self, page: Acting, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._page = page
        self._session = page.session
        self.clock: Callable[[], float] = monotonic
        self._released: dict[int, float] = {}
        self._acted = ("", 0.0)
        self._recorded: deque[str] = deque(maxlen=8)
        """The names of what was recorded since a key that may record was pressed."""
        self._word = TypedWord()
        self._waiting: QKeyEvent | None = None
        """A letter that may be the first one of a word."""
        self._waiting_at = 0.0
        self._waits = QTimer(self, singleShot=True, interval=round(1000 * TYPING))
        self._waits.timeout.connect(self._act_on_waiting)
        self._shown_at = 0.0
        self._session.changed.connect(self._on_recorded)
        self._clicked: tuple[QObject | None, float] = (None, 0.0)
        self._listened: WeakSet[QObject] = WeakSet()
        self._field: QWidget | None = None
        self._ends_field = 0
        self._opened_by = 0
        self._opened_at = 0.0
        self._question_at = -ANSWER
        self._asked: Problem | None = None
        self._asked_at = 0.0

    def listen(self, *widgets: QObject) -> None:
        """Take the keys of the page before these widgets do: they want keys of their own."""
        for widget in widgets:
            widget.installEventFilter(self)
            self._listened.add(widget)

    def guard(self, *buttons: QAbstractButton) -> None:
        """Let a double click on a button that decides act once: the second is on another record."""
        for button in buttons:
            button.installEventFilter(self)
            button.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._clicked = (self.sender(), self.clock())

    def _clicked_again(self, watched: QObject, event: QEvent) -> bool:
        button, when = self._clicked
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        interval = QApplication.doubleClickInterval() / 1000
        return bool(
            pressed and self._moment and watched is button and self.clock() - when < interval
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what means an action; all other keys go their way."""
        if isinstance(watched, QAbstractButton):
            return self._clicked_again(watched, event)
        if not isinstance(event, QKeyEvent):
            return False
        if watched is self._field:
            eaten = self._in_flight(event)
            if eaten or watched not in self._listened:
                return eaten
        if event.type() is QEvent.Type.ShortcutOverride and self.override(event):
            return True
        if event.type() is QEvent.Type.KeyRelease:
            self.release(event)
            return False
        return event.type() is QEvent.Type.KeyPress and self.press(event)

    def action(self, event: QKeyEvent) -> str:
        """Return the action of the page, or of the window, that a key press means here, or ""."""
        page = self._page
        found = self._session.keys.action(event, *page.places(), Where.PAGE, Where.WINDOW)
        focus = self._widget.window().focusWidget()
        every = found in _EVERY and not types_into(focus)  # there it is the text's own
        if found not in page.handlers() and not every:
            return ""
        enter = event.key() in _ENTER and isinstance(focus, EnterField)
        chord = bool(event.modifiers() & _CHORD) or found == "leave" or enter
        return found if chord or page.hears() else ""

    def override(self, event: QKeyEvent) -> bool:
        """Take a key before the menus do; says whether it means an action.

        It is asked before the key reaches what has the keyboard. A key of a field that comes up to
        the page afterwards, such as the Enter that ended a search, is not the page's, although the
        field may have given the keyboard back to the page meanwhile.
        """
        means = bool(self.action(event))
        ends = not means and types_into(self._widget.window().focusWidget())
        self._ends_field = event.key() if ends else 0
        if means:
            event.accept()
        return means

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key press means; says whether it meant anything."""
        ended, self._ends_field = self._ends_field, 0
        if self._waiting is not None and self._went_to_field(event):
            return True
        id_ = self.action(event)
        if not id_ or ended == event.key():
            self._belongs_to_word(event, None)
            return False
        if id_ == "leave":
            self.leave()
            return True
        if self._moment and event.text().isalpha() and is_letter(event) and self._page.holds():
            return self._wait(event, BY_ID.get(id_))
        action = BY_ID[id_ if id_ in BY_ID else id_.rpartition("-")[0]]  # "reason-3" is of a row
        now, moment = self.clock(), self._moment
        released = self._released.get(event.key(), -REPEAT)
        if event.isAutoRepeat() and not action.held:
            return True
        once = action.decides or id_ in _EVERY or id_.startswith("take-back")
        if once and moment and now - released < REPEAT:
            return True
        may_record = action.decides or (writes(id_) and is_letter(event))
        typed = self._belongs_to_word(event, action)
        swallowed = typed and (may_record or self._word.swallows(event, action))
        if moment and (swallowed or (action.decides and self._comes_too_soon(id_, now))):
            if not swallowed and self._page.stands(id_):
                return True  # it was pressed twice for one answer, and that is there
            key = id_[-1] if action.in_row else key_words(self._session.keys.first(id_))
            self._say_too_soon(key)
        elif may_record:
            self._record(id_, action, event)
        else:
            self._perform(id_, event)
        return True

    def _wait(self, event: QKeyEvent, action: Action | None) -> bool:
        """Keep a letter until it is known whether a word begins with it; one of a word is over."""
        if not self._belongs_to_word(event, action) and not event.isAutoRepeat():
            self._word.begin(event, (), waits=True)
            self._waiting, self._waiting_at = event.clone(), self._pressed_at(event)
            self._waits.start()
        return True

    def _went_to_field(self, event: QKeyEvent) -> bool:
        """End what waits; say whether that opened a field, which the next key belongs to."""
        if event.key() in MODIFIERS:
            return False
        self._end_waiting(event)
        focus = self._widget.window().focusWidget()
        return focus is not None and types_into(focus) and QApplication.sendEvent(focus, event)

    def _end_waiting(self, event: QKeyEvent) -> None:
        """Do what the letter before this key means, unless a word goes on with the key or Esc."""
        word = event.text().isalpha() or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape)
        if word and self._pressed_at(event) - self._waiting_at < TYPING:
            self._waits.stop()
            self._waiting = None
            if event.key() != Qt.Key.Key_Escape:
                self._session.remarked.emit(_WORD_TYPED + self._where_to_type())
        else:
            self._act_on_waiting()

    def _where_to_type(self) -> str:
        """Say what opens the field that a word was probably meant for, if there is one."""
        key = key_words(self._session.keys.first("because"))
        return f"; {key} opens the reason" if "because" in self._page.handlers() else ""

    def _act_on_waiting(self) -> None:
        self._waits.stop()
        event, self._waiting = self._waiting, None
        id_ = self.action(event) if event is not None and self._widget.isVisible() else ""
        if event is not None and id_:
            self._perform(id_, event)

    def _record(self, id_: str, action: Action, event: QKeyEvent) -> None:
        """Do what may record something, and note what it was."""
        self._recorded.clear()
        if action.decides:
            self._shown_at = 0.0
        self._perform(id_, event)
        if action.decides:
            self._acted = (id_, self.clock())
            self._shown_at = self._shown_at or self.clock()
        if action.decides or self._recorded:
            self._word.begin(event, tuple(self._recorded))

    def _say_too_soon(self, key: str) -> None:
        """Say that a key did nothing, and what a word that was typed may have recorded before."""
        if self._word.taken_back:
            return  # what became of the word is said already
        echo = self._session.echo
        before = f". Recorded last: {echo.sentence}" if echo is not None and echo.saved else ""
        self._session.remarked.emit(f"The key {key} came too soon; press again{before}")

    def _belongs_to_word(self, event: QKeyEvent, action: Action | None) -> bool:
        """Note a key; say whether it belongs to a word, and take back what began that."""
        typed = self._word.hear(event, self._pressed_at(event), self._moment, action)
        unmeant = self._word.unmeant(event, action) if self._moment else ()
        if unmeant and self._session.project.undo_name() in unmeant:
            self._take_back_unmeant()
        return typed

    def _pressed_at(self, event: QKeyEvent) -> float:
        """Return when: a busy computer hears late of a key, and of the next one in time."""
        return event.timestamp() / 1000 or self.clock()

    def _take_back_unmeant(self) -> None:
        """Take back what the first letter of a word recorded; *Repeat* does it all the same."""
        page, session = self._page, self._session
        if not page.perform(page.take_back_action):
            page.perform("undo")
        if session.echo is not None and session.echo.can_repeat:
            self._word.taken_back = True
            told = session.echo.sentence
            session.remarked.emit(f"A word was typed, which decides nothing. {told}")

    def _comes_too_soon(self, id_: str, now: float) -> bool:
        """Say whether a key that decides would act on what nobody can have seen yet."""
        before, acted = self._acted
        if before == id_:
            return now - acted < self._moment or now - self._question_at < ANSWER
        return bool(self._recorded) and now - self._shown_at < self._moment

    def _on_recorded(self, changes: Changes) -> None:
        self._recorded.append(changes.action)

    def shows(self) -> None:
        """Note that another record is shown, where what brought it is not saved yet."""
        self._shown_at = self.clock()

    def asks(self) -> None:
        """Note that a question appeared which the next press of the same key answers."""
        self._question_at = self.clock()

    def leave(self) -> None:
        """Esc: stop what runs, then dismiss the problem, then leave.

        Where leaving would lose something that is asked about: only the link of the bar loses it.
        """
        session = self._session
        asks = self._asked is not None and session.problem is self._asked
        if asks and self._moment and self.clock() - self._asked_at < ANSWER:
            return
        if not session.escape():
            self._leave()

    def leave_by_click(self) -> None:
        """Every button that shows Esc: as Esc, but a question that it asked stays."""
        if self._asked is None or self._session.problem is not self._asked:
            self.leave()

    def _leave(self) -> None:
        """Leave what is shown, or ask whether what was typed there is given up."""
        go, sentence = partial(self._page.perform, "leave"), self._page.unsaved()
        if sentence:
            self._session.complain(sentence, GIVE_UP, then=go)
            self._asked, self._asked_at = self._session.problem, self.clock()
        else:
            go()

    def _perform(self, id_: str, event: QKeyEvent) -> None:
        """Do an action; a field that opens by it does not get the key that opened it."""
        key = event.key()
        self._page.perform(id_)
        focus = self._widget.window().focusWidget()
        if types_into(focus) and focus is not None:
            stands = isinstance(focus, QLineEdit) and focus.text() == event.text() != ""
            # A sign that stands in the field was meant: the same one may follow at once ("11").
            opened = self.clock() - self._moment * stands
            self._field, self._opened_by, self._opened_at = focus, key, opened
            focus.installEventFilter(self)

    def _in_flight(self, event: QKeyEvent) -> bool:
        """Eat what comes of a key that is held, until it is pressed anew or another one is."""
        if event.type() is QEvent.Type.KeyRelease:
            self.release(event)
        if event.type() is not QEvent.Type.KeyPress:
            return False
        now = self.clock()
        held = event.isAutoRepeat() or now - self._released.get(event.key(), -1) < REPEAT
        held = held or now - self._opened_at < self._moment  # a bounce, or the start of a hold
        if event.key() == self._opened_by and held and self._moment:
            return True
        if self._field is not None and self._field not in self._listened:
            self._field.removeEventFilter(self)
        self._field = None
        return False

    @property
    def _moment(self) -> float:
        """How many seconds after a decision the same key does nothing."""
        return min(500, max(0, self._session.preferences.current.moment)) / 1000

    def release(self, event: QKeyEvent) -> None:
        """Remember when a key was released."""
        self._released[event.key()] = self.clock()
