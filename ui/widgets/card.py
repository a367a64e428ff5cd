"""A card over a veil: for what is looked at or filled in for a moment, without another window."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.fields import SearchField
from ui.widgets.marks import paint_outline
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Words

WIDTH = 800
VEIL = 205  # of 255
BOUNCE = 0.4
"""Seconds after it was asked in which another Esc is a bounce, or held, and no answer."""
_TYPED = "What you typed is not kept yet; Esc {}gives it up."


class CardHost(QMainWindow):
    """A window that cards lie over."""

    def focus_page(self) -> None:
        """Put the keyboard on the page that is shown."""


def lies_over(window: QWidget) -> bool:
    """Say whether a card lies over a window now: the keyboard is the card's."""
    return bool(cards_over(window))


def cards_over(window: QWidget) -> list[Card]:
    """Return the cards that lie over a window; those that wait to be deleted do not."""
    return [card for card in window.findChildren(Card) if card.isVisible()]


class _Sheet(QWidget):
    """The card itself: raised, with an edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        area, radius = QRectF(self.rect()), tokens.RADIUS_CARD
        paint_outline(QPainter(self), area, look, "edge", fill="raised", radius=radius)


class Card(QWidget):
    """Lies over its window until Escape or *Close*; the focus stays in it and returns after it.

    A subclass fills `head` (beside the title), `body` and `foot` (before *Close*), and puts `said`
    where it wants to say what came of something.
    """

    closed = Signal()
    left = Signal()
    """The person gave it up, or was done with it: it was not closed by what it is for."""
    keeps_typed = False
    """Whether closing loses nothing: what is typed is kept, or only looks for something."""
    clock = staticmethod(monotonic)

    def __init__(self, title: str, window: QWidget, *, width: int = WIDTH) -> None:
        super().__init__(window)
        self._before = QApplication.focusWidget()
        self._over = window
        self._width = width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self._sheet = _Sheet(self)
        self.title = Words(title, step="title")
        self.head = Row(gap=tokens.GAP_OUT)
        self.body = Column(gap=12)
        self.foot = Row(gap=tokens.GAP_OUT)
        self.said = Words(step="small", colour="quiet", wrap=True)
        self.close_button = Button("Close", key="Esc", does=self.leave)
        self._inner = self.body.boxed()
        self._begun: dict[QWidget, str] = {}
        """What stood in the fields when the card was opened."""
        self._about_to_go: tuple[dict[QWidget, str], float] | None = None
        """About what it was asked whether it is given up, and when."""
        self._top: int | None = None
        self._scroll = scroll = ScrollArea(self._inner, bare=True)
        Column(self._sheet, gap=20, margins=(32, 22, 32, 22)).add(
            Row(gap=tokens.GAP_OUT).add((self.title, 1), self.head),
            (scroll, 1),
            Row(gap=tokens.GAP_OUT).add((self.foot, 1), self.close_button),
        )
        follow(self, self.fit)
        window.installEventFilter(self)
        self._inner.installEventFilter(self)  # a row that comes late is counted once it is shown

    def open(self) -> None:
        """Show the card and take the focus."""
        if self.said.parentWidget() is None:
            self.body.add(self.said)
        self.fit()
        self.show()
        self.raise_()
        self.focus_first()
        self._begun = self._written()

    def focus_first(self) -> None:
        """Take the focus; a card with fields gives it to the first."""
        self.setFocus()

    def leave(self) -> None:
        """Go away as Esc does: what was typed and is not kept is given up only after a question."""
        if self.may_leave():
            self.close_card()
            self.left.emit()

    def may_leave(self) -> bool:
        """Say whether the card may go; where something would be lost, ask about that once."""
        if self.keeps_typed or not self.typed():
            return True
        written = self._written()
        if self._about_to_go is not None and self._about_to_go[0] == written:
            return self.clock() - self._about_to_go[1] >= BOUNCE
        self._ask_leave(written, self.not_kept())
        return False

    def not_kept(self, again: str = "again ") -> str:
        """Return the sentence that asks whether what was typed is given up."""
        return _TYPED.format(again)

    def _ask_leave(self, written: dict[QWidget, str], sentence: str) -> None:
        self.say(sentence, "warn")
        self._about_to_go = (written, self.clock())

    def typed(self) -> bool:
        """Whether something was typed here that stood not there when the card was opened."""
        return any(
            _is_typed(one) and text != self._begun.get(one, "")
            for one, text in self._written().items()
        )

    def close_card(self) -> None:
        """Go away and give the focus back; what is typed goes with it."""
        self._over.removeEventFilter(self)
        self.hide()
        self._give_back()
        self.closed.emit()
        self.deleteLater()

    def _give_back(self) -> None:
        """Give the focus back; to the page, where what had it went with what the card did."""
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        elif isinstance(self._over, CardHost):
            self._over.focus_page()

    def say(self, sentence: str, colour: str) -> None:
        """Say what came of something."""
        self._about_to_go = None  # what asked is not read any more
        self.said.set_look(colour=colour)
        self.said.setText(sentence)
        self.fit()

    def refuse(self, wrong: object) -> None:
        """Say why something was not done."""
        self.say(str(wrong), "warn")

    def fit(self) -> None:
        """Lie over the whole window, as high as what is in the card wants now."""
        window, look = self._over, look_of(self)
        self.setGeometry(window.rect())
        edge = look.px(24)
        width = min(look.px(self._width), window.width() - 2 * edge)
        inside = width - 2 * look.px(32)
        wanted = self._inner.heightForWidth(inside)
        if wanted < 0:
            wanted = self._inner.sizeHint().height()
        around = self._sheet.sizeHint().height() - self._scroll.sizeHint().height()
        height = min(wanted + around + look.px(4), window.height() - 2 * edge)
        left, top = (window.width() - width) // 2, (window.height() - height) // 2
        if self._top is not None:  # what is in it does not move below the pointer
            top = max(min(self._top, window.height() - edge - height), edge)
        self._top = top if self.isVisible() else None
        self._sheet.setGeometry(left, top, width, height)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the window below from acting while the card lies over it."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window, and what is in the card when that wants another height."""
        resized = watched is self._over and event.type() is QEvent.Type.Resize
        if resized:
            self._top = None
        grown = watched is self._inner and event.type() is QEvent.Type.LayoutRequest
        if resized or (grown and self.isVisible()):
            self.fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape; no key goes through to what lies below."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.leave()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close with a click beside the card; where that would lose what was typed, say so."""
        if self._sheet.geometry().contains(event.position().toPoint()):
            return
        if self.keeps_typed or not self.typed():
            self.leave()
        else:  # a hand that slips answers nothing
            self._ask_leave(self._written(), self.not_kept(""))

    def _written(self) -> dict[QWidget, str]:
        """Return what stands in the fields that are typed into."""
        found: dict[QWidget, str] = {
            one: one.text()
            for one in self.findChildren(QLineEdit)
            if one.isEnabled() and not one.isReadOnly() and not isinstance(one, SearchField)
        }
        for several in self.findChildren(QPlainTextEdit):
            if several.isEnabled() and not several.isReadOnly():
                found[several] = several.toPlainText()
        return found

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's signature
        """Keep Tab inside the card."""
        tab = Qt.FocusPolicy.TabFocus
        inside = [
            w
            for w in self.findChildren(QWidget)
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & tab and not w.focusProxy()
        ]
        if not inside:
            return True
        focus = self.focusWidget()
        step = 1 if next else -1
        place = inside.index(focus) + step if focus in inside else (0 if next else -1)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        inside[place % len(inside)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        veil = look_of(self).colour("page")
        veil.setAlpha(VEIL)
        QPainter(self).fillRect(self.rect(), veil)


def _is_typed(field: QWidget) -> bool:
    """Say whether a person wrote what stands in a field, and not the program."""
    if isinstance(field, QPlainTextEdit):
        return field.document().isModified()
    return isinstance(field, QLineEdit) and field.isModified()
