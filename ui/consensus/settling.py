"""Where an item is settled: what is chosen or typed, because, and *Settle*."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.consensus.painter import Choice, Offer, digit_of
from ui.session.actions import Where
from ui.session.dispatch import EnterField
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button, DecisionButton
from ui.widgets.keycap import KeyCap, key_spoken
from ui.widgets.phrases import Phrases
from ui.widgets.scroll import FittingScroll
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Surface, Words
from ui.widgets.wrapped import Wrapped

_SHORT = 36
"""So many letters of what would be settled stand on the button."""


_NO_VISIT = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class BecauseField(EnterField):
    """One sentence that the minutes show; phrases used before are offered beside it.

    Enter settles, which is an action of the page. While a reason is asked for, a digit before the
    first letter is its number, which `numbered` carries.
    """

    numbered = Signal(int)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._numbers = False
        self.phrases = Phrases(self)

    def set_numbers(self, *, asked: bool) -> None:
        """Take the first digit as the number of a reason, or as text again."""
        self._numbers = asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say which reason a digit means; never pass a letter on."""
        number = self._number(event) if self._numbers and not self.text() else ""
        if number:
            self.numbered.emit(int(number))
        else:
            super().keyPressEvent(event)

    def _number(self, event: QKeyEvent) -> str:
        action, _, number = self._keys.action(event, Where.CONSENSUS).rpartition("-")
        return number if action == "settle-reason" else ""


class ValueField(EnterField):
    """Where a value is typed; `entered` says that the keyboard came into it."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard came; a window that is shown again brings back what was begun."""
        super().focusInEvent(event)
        if event.reason() not in _NO_VISIT:
            self.entered.emit()


class SettleBar(Surface):
    """The lower part of an item.

    `pressed` carries the action of a button (as a key would mean it), `settled` that Enter or
    *Settle* was pressed.
    """

    pressed = Signal(str)
    settled = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._keys = keys
        self.offers: tuple[Offer, ...] = ()
        self.buttons: dict[str, Button] = {}
        """The buttons of what is offered, by the action."""
        self._marked: Collection[str] = ()
        self._asks = ""
        self._short = self._third = False
        self._build()
        self._lay_out()
        self._connect()
        self.show_choice(None, ())
        follow(self, self._restyle)

    def _build(self) -> None:
        key = self._keys.first
        self.arbitrator = Button("Arbitrator", kind="quiet", key=key("arbitrator"))
        self.later = Button("Later", kind="quiet", key=key("item-later"))
        self.value = ValueField()
        self.value.setAccessibleName("Value")
        self.because = BecauseField(self._keys)
        self.because.setAccessibleName("Because")
        self.because.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.settle = Button("Settle", kind="edge", key="Return")

    def _lay_out(self) -> None:
        self._upper = Wrapped(gap=12, row_gap=4, far=3)
        self._lower = Wrapped(gap=20, row_gap=4)
        self._reasons = FittingScroll(self._lower)
        self._typing = QWidget()
        Row(self._typing, gap=12).add(
            Words("Value", step="small", colour="quiet"),
            (self.value, 1),
            KeyCap(self._keys.first("type-value")),
        )
        self._typing.hide()
        why = QWidget()
        Row(why, gap=12).add(
            Words("Because", step="small", colour="quiet"), (self.because, 1), self.settle
        )
        Column(self, gap=8, margins=(24, 12, tokens.MARGIN, 12)).add(
            self._upper, self._reasons, self._typing, why
        )

    def _connect(self) -> None:
        self._actions = {
            "arbitrator": self.arbitrator,
            "item-later": self.later,
        }
        for action, button in self._actions.items():
            button.setObjectName(action)
            button.clicked.connect(self._on_pressed)
        self.settle.clicked.connect(self.settled)

    # --- what it shows ---------------------------------------------------------------------------

    def show_offers(self, offers: tuple[Offer, ...], asks: str) -> None:
        """Offer what can be chosen; `asks` is what may be typed besides, "" for nothing."""
        self._asks = asks
        self._typing.hide()
        self.value.setPlaceholderText(asks)
        self.value.clear()
        if offers == self.offers and self.buttons:
            return
        self.offers, self.buttons = offers, {one.action: self._button(one) for one in offers}
        low = [self.buttons[one.action] for one in offers if one.below]
        high = [self.buttons[one.action] for one in offers if not one.below]
        # What decides stands apart from what puts off; without that all is one row of words.
        apart = 3 if any(one.verdict for one in offers) else 0
        self._upper.set_widgets([*high, self.arbitrator, self.later], far=apart)
        self._lower.set_widgets(low)
        self._fold()

    @property
    def types(self) -> bool:
        """Whether a value may be typed."""
        return bool(self._asks)

    def begin_typing(self, text: str = "") -> None:
        """Show the field for a value, and put the keyboard into it, perhaps behind its first sign.

        Without one what stands there is selected.
        """
        self._typing.show()
        self.value.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.value.setText(text)

    def show_typed(self, text: str, *, open_: bool) -> None:
        """Have a text in the field for a value; one that is no value yet stands `open_`."""
        self.value.setText(text)
        self.end_typing(open_=open_)

    def end_typing(self, *, open_: bool = False) -> None:
        """Take the field for a value away; what was typed stays in it."""
        self._typing.setVisible(open_ and bool(self.value.text()))

    def name_settled(self, words: str, phrase: str = "") -> None:
        """Write on the button what would be settled, and why unless something else is typed."""
        short = f"{words[:_SHORT].rstrip()}…" if len(words) > _SHORT else words
        self.settle.setText(f"Settle: {short}" if words else "Settle")
        self.settle.set_spoken(f"Settle: {words}" if words else "")
        self.because.setPlaceholderText(phrase)

    def _button(self, offer: Offer) -> Button:
        number = offer.numbered
        key = digit_of(number) if number else self._keys.first(offer.action)
        if offer.verdict:
            button: Button = DecisionButton(offer.verdict, offer.words, key=key)
        else:
            button = Button(offer.words, kind="quiet", key=key)
        if offer.below:
            button.set_low(key_first=True)
        button.setObjectName(offer.action)
        button.clicked.connect(self._on_pressed)
        return button

    def show_choice(self, choice: Choice | None, marked: Collection[str]) -> None:
        """Mark what would be settled, by its actions; *Settle* is quiet while there is nothing."""
        self._marked = marked
        self.settle.set_kind("filled" if choice else "edge")
        # What is typed and is no value: pressing it says why.
        self.settle.setEnabled(choice is not None or bool(self.value.text().strip()))
        for action, button in self.buttons.items():
            chosen = action in marked
            if isinstance(button, DecisionButton):
                self._mark(button, chosen=chosen)
            else:
                button.set_kind("link" if chosen else "quiet")
                button.setAccessibleDescription("chosen" if chosen else "")
        self._show_lower()

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        offered = {one.action: self.buttons[one.action] for one in self.offers if not one.numbered}
        for action, button in (self._actions | offered).items():
            button.set_key(self._keys.first(action))

    def set_third(self, *, third: bool) -> None:
        """Offer *Arbitrator* while no third person decides."""
        self._third = third
        self.arbitrator.setVisible(not third and not self._short)

    def set_short(self, short: bool) -> None:
        """Leave room for the record on a low page: what has a key gives up its button."""
        if short != self._short:
            self._short = short
            self._fold()

    def _fold(self) -> None:
        for one in self.offers:
            if not one.verdict and not one.below:
                self.buttons[one.action].setVisible(not self._short)
        self.later.setVisible(not self._short)
        self.arbitrator.setVisible(not self._short and not self._third)
        self._show_lower()

    def _mark(self, button: DecisionButton, *, chosen: bool) -> None:
        button.set_state("decided" if chosen else "plain")
        if chosen:
            # It looks like a decision, but nothing is recorded before Enter.
            button.setAccessibleName(
                f"{button.text()}, key {key_spoken(button.key)}, chosen, not settled yet"
            )

    def _show_lower(self) -> None:
        """Show the lower row when what it belongs to is chosen; on a low page until one is."""
        low = [one for one in self.offers if one.below]
        wanted = any(not one.within or one.within in self._marked for one in low)
        chosen = any(one.action in self._marked for one in low)
        shown = wanted and not (self._short and chosen)
        self._reasons.setVisible(shown)
        asked = shown and any(one.within in self._marked for one in low)
        self._upper.setVisible(not (self._short and asked))

    def focus_because(self, proposed: str = "") -> None:
        """Put the keyboard into *Because*, behind what was typed; on what is `proposed`."""
        self.because.setFocus(Qt.FocusReason.OtherFocusReason)
        if proposed and self.because.text() == proposed:
            self.because.selectAll()
        else:
            self.because.end(False)  # noqa: FBT003 - Qt's

    def _on_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(sender.objectName())

    def _restyle(self) -> None:
        look = look_of(self)
        for field in (self.value, self.because):
            field.setFont(look.font("note"))
            field.setMinimumHeight(look.px(tokens.CONTROL + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), look_of(self).colour("line"))
