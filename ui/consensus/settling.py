"""Where an item is settled: the outcome, its reason, because, who agrees, and *Settle*."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from screener.model import Outcome, Protocol, Stage
from ui.consensus.meeting import Choice
from ui.consensus.wrapped import Wrapped
from ui.session.dispatch import EnterField
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button, DecisionButton
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Surface, Words


class NameField(QLineEdit):
    """Names to type; Enter ends there and never reaches what has the keyboard next."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Enter says that the line is finished, once however long it is held."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and event.isAutoRepeat()):
            super().keyPressEvent(event)
        if enter:
            event.accept()


class BecauseField(EnterField):
    """One sentence that the minutes show; phrases used before complete as typed.

    Enter settles, which is an action of the page.

    Down offers the phrases one after the other, the most used first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases: list[str] = []
        self._at = -1
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.textEdited.connect(self._on_edited)

    def set_phrases(self, phrases: Sequence[str]) -> None:
        """Offer these sentences, the first of them first."""
        self._phrases = list(phrases)
        self._known.setStringList(self._phrases)
        self._at = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Down and Up go through the phrases; never pass a letter on."""
        ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        way = ways.get(Qt.Key(event.key()), 0)
        if way and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._offer(way)
        else:
            super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # also after a completion it was taken for

    def _offer(self, way: int) -> None:
        if self._phrases and (not self.text() or self.text() in self._phrases):
            self._at = (self._at + way) % len(self._phrases) if self._at >= 0 else 0
            self.setText(self._phrases[self._at])
            self.selectAll()

    def _on_edited(self) -> None:
        self._at = -1


class SettleBar(Surface):
    """The lower part of an item.

    `pressed` carries the action of a button (as a key would mean it), `settled` that Enter or
    *Settle* was pressed, `named` the names that were typed for who agrees or decides.
    """

    pressed = Signal(str)
    settled = Signal()
    named = Signal(str)
    left = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._keys = keys
        self._reasons: list[Button] = []
        self._excludes = self._reasoned = self._short = self._third = False
        self._build()
        self._lay_out()
        self._connect()
        self.show_choice(None)
        follow(self, self._restyle)

    def _build(self) -> None:
        key = self._keys.first
        self.include = DecisionButton("include", key=key("settle-include"))
        self.exclude = DecisionButton("exclude", key=key("settle-exclude"))
        self.needs = Button("Needs full text", kind="quiet", key=key("needs-full-text"))
        self.arbitrator = Button("Arbitrator", kind="quiet", key=key("arbitrator"))
        self.later = Button("Later", kind="quiet", key=key("item-later"))
        self.because = BecauseField()
        self.because.setAccessibleName("Because")
        self.because.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.who = Button("", kind="quiet", key=key("who-agrees"))
        self.settle = Button("Settle", kind="edge", key="Return")
        self._asked = Words(step="small", colour="quiet")
        self.names = NameField()
        self._hint = Words("names, a semicolon between them; Enter", step="small", colour="quiet")

    def _lay_out(self) -> None:
        self._upper = Wrapped(gap=12, row_gap=4, far=3)
        self._upper.set_widgets(
            [self.include, self.exclude, self.needs, self.arbitrator, self.later]
        )
        self._reason_box = Wrapped(gap=20, row_gap=4)
        why = QWidget()
        Row(why, gap=12).add(
            Words("Because", step="small", colour="quiet"), (self.because, 1), self.who, self.settle
        )
        asking = QWidget()
        Row(asking, gap=12).add(self._asked, (self.names, 1), self._hint)
        self._lines = QStackedWidget()
        self._lines.addWidget(why)
        self._lines.addWidget(asking)
        self._lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        Column(self, gap=8, margins=(24, 12, tokens.MARGIN, 12)).add(
            self._upper, self._reason_box, self._lines
        )

    def _connect(self) -> None:
        self._actions = {
            "settle-include": self.include,
            "settle-exclude": self.exclude,
            "needs-full-text": self.needs,
            "arbitrator": self.arbitrator,
            "item-later": self.later,
            "who-agrees": self.who,
        }
        for action, button in self._actions.items():
            button.setObjectName(action)
            button.clicked.connect(self._on_pressed)
        self.settle.clicked.connect(self.settled)
        self.names.returnPressed.connect(self._on_named)

    # --- what it shows ---------------------------------------------------------------------------

    def set_protocol(self, protocol: Protocol) -> None:
        """Offer the reasons of this protocol."""
        self._reasons = []
        for reason in protocol.reasons:
            key = str(reason.number) if reason.number < 10 else ""
            button = Button(reason.text, kind="quiet", key=key)
            button.setObjectName(f"settle-reason-{reason.number}")
            button.clicked.connect(self._on_pressed)
            button.setProperty("reason", reason.id)
            button.set_low(key_first=True)
            self._reasons.append(button)
        self._reason_box.set_widgets(self._reasons)

    def show_choice(self, choice: Choice | None, *, stage: Stage = Stage.TITLE_ABSTRACT) -> None:
        """Mark what would be settled; *Settle* is quiet until there is something."""
        outcome = choice.outcome if choice else None
        needs = choice is not None and bool(choice.phrase)
        self._mark(self.include, chosen=outcome is Outcome.INCLUDE and not needs)
        self._mark(self.exclude, chosen=outcome is Outcome.EXCLUDE)
        self.needs.set_kind("link" if needs or outcome is Outcome.AWAITING else "quiet")
        self.needs.setText("Awaiting" if stage is Stage.FULL_TEXT else "Needs full text")
        self.settle.set_kind("filled" if choice else "edge")
        self.settle.setEnabled(choice is not None)
        self._excludes = outcome is Outcome.EXCLUDE
        self._reasoned = choice is not None and bool(choice.reason)
        self._show_reasons()
        for button in self._reasons:
            chosen = choice is not None and button.property("reason") == choice.reason
            button.set_kind("link" if chosen else "quiet")
            button.setAccessibleDescription("chosen" if chosen else "")

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        for action, button in self._actions.items():
            button.set_key(self._keys.first(action))

    def set_who(self, words: str, *, third: bool) -> None:
        """Say who agrees; with a third person there is no *Arbitrator*."""
        self.who.setText(words)
        self._third = third
        self.arbitrator.setVisible(not third and not self._short)

    def set_short(self, short: bool) -> None:
        """Leave room for the record on a low page: what has a key gives up its button."""
        if short != self._short:
            self._short = short
            self.needs.setVisible(not short)
            self.later.setVisible(not short)
            self.arbitrator.setVisible(not short and not self._third)
            self._show_reasons()

    def _mark(self, button: DecisionButton, *, chosen: bool) -> None:
        button.set_state("decided" if chosen else "plain")
        if chosen:
            # It looks like a decision, but nothing is recorded before Enter.
            button.setAccessibleName(f"{button.text()}, key {button.key}, chosen, not settled yet")

    def _show_reasons(self) -> None:
        self._reason_box.setVisible(self._excludes and not (self._short and self._reasoned))

    def ask_names(self, question: str, names: Sequence[str], *, hint: bool = True) -> None:
        """Ask who agrees (or decides), with the names as they are."""
        self._asked.setText(question)
        self._hint.setVisible(hint)
        self.names.setAccessibleName(question)
        self.names.setText("; ".join(names))
        self._lines.setCurrentIndex(1)
        self.names.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.names.selectAll()

    @property
    def asking(self) -> bool:
        """Whether it asks for names now."""
        return self._lines.currentIndex() == 1

    def stop_asking(self) -> None:
        """Show *Because* again."""
        self._lines.setCurrentIndex(0)

    def focus_because(self) -> None:
        """Put the keyboard into *Because*."""
        self.because.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(sender.objectName())

    def _on_named(self) -> None:
        self.named.emit(self.names.text())

    def _restyle(self) -> None:
        look = look_of(self)
        for field in (self.because, self.names):
            field.setFont(look.font("note"))
            field.setMinimumHeight(look.px(tokens.CONTROL + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), look_of(self).colour("line"))
