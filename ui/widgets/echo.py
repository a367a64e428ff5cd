"""The echo line: what was just saved, and the way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.theme import Sized, look_of
from ui.widgets.words import Column, ElidedWords, Row, Surface, Words, announce


class ProgressLine(Surface):
    """What is being done, how many of how many, and *Stop*; takes the echo line's place."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._share = 0.0
        self._what = Words(step="strong")
        self._left = ElidedWords(step="small", colour="quiet")
        self.stop = Button("Stop", key="Esc", does=self.stopped)
        self.stop.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Qt gives it no keyboard by itself
        Row(self, gap=16, margins=(tokens.MARGIN, 3, 24, 0)).add(
            self._what,
            (self._left, 1),
            Words("Stopping changes nothing.", step="small", colour="quiet"),
            self.stop,
        )
        self.setAccessibleName("Progress")
        Sized(self, height=56)

    def show_progress(self, what: str, done: int, total: int | None, left: str = "") -> None:
        """Say that `done` of `total` (None while unknown) are finished, and how long is left."""
        counted = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        self._what.setText(f"{what}: {counted}" if counted else what)
        self._left.setText(left)
        self._share = done / total if total else 0.0
        self.setAccessibleDescription(self._what.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the share as its upper edge."""
        super().paintEvent(event)
        look = look_of(self)
        painter, thick = QPainter(self), look.px(3)
        painter.fillRect(QRectF(0, 0, self.width(), thick), look.colour("line"))
        painter.fillRect(
            QRectF(0, 0, self.width() * min(1.0, self._share), thick), look.colour("accent")
        )


class EchoLine(Surface):
    """The last line of a page: mark, sentence, saved time, *Take back*, and *All keys*."""

    taken_back = Signal()
    repeated = Signal()
    keys_asked = Signal()

    def __init__(self, *, take_back_key: str = "Backspace", parent: QWidget | None = None) -> None:
        super().__init__("page", parent, lined=True)
        self._mark = Mark("met", colour="quiet")
        self._sentence = ElidedWords(step="small", colour="quiet")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._saved = Words(step="small", colour="quiet")
        self.take_back = Button("Take back", kind="link", key=take_back_key, does=self.taken_back)
        self.repeat = Button("Repeat", kind="link", does=self.repeated)
        self.all_keys = Button("All keys", kind="quiet", key="?", does=self.keys_asked)
        self._beside = Row(gap=0)
        Row(self, gap=10, margins=(tokens.MARGIN, 1, tokens.MARGIN, 0)).add(
            self._mark,
            self._sentence,
            self._saved,
            self.take_back,
            self.repeat,
            1,
            self._beside,
            self.all_keys,
        )
        self._asking = self._passing = False
        self._offers = False, False
        self._lets = True
        self._again: Callable[[], None] = self.clear
        self.clear()
        Sized(self, height=tokens.FOOTER)

    @property
    def sentence(self) -> str:
        """What the line says."""
        return self._sentence.text()

    def set_beside(self, widget: QWidget | None) -> None:
        """Show something of the page before *All keys*, in place of what stood there."""
        item = self._beside.itemAt(0)
        before = item.widget() if item is not None else None
        if before is widget:
            return
        if before is not None:
            before.hide()
            self._beside.removeWidget(before)
        if widget is not None:
            self._beside.addWidget(widget)
            widget.show()

    def show_saved(
        self,
        sentence: str,
        *,
        sign: str = "met",
        saved: str = "",
        can_take_back: bool = True,
        can_repeat: bool = False,
    ) -> None:
        """Say what was saved; `sign` is a word of `marks.SIGN_WORDS`, `saved` a time ("20:14").

        Without a sentence it says nothing more: what it said is past.
        """
        if not sentence:
            self.clear()
            return
        self._asking = self._passing = False
        self._told = sentence
        self._again = partial(
            self.show_saved,
            sentence,
            sign=sign,
            saved=saved,
            can_take_back=can_take_back,
            can_repeat=can_repeat,
        )
        self._say(sentence, sign=sign, saved=saved, colour="quiet")
        self._offers = can_take_back, can_repeat
        self._show_offers()

    def _show_offers(self) -> None:
        for button, offered in zip((self.take_back, self.repeat), self._offers, strict=True):
            button.setVisible(offered and self._lets and not self._passing)

    def let_take_back(self, *, lets: bool) -> None:
        """Offer *Take back* and *Repeat* only while they can be done."""
        self._lets = lets
        if not self._asking:
            self._show_offers()

    def offer_nothing(self) -> None:
        """Offer no *Take back* any more: another page is shown than what was done on."""
        self._offers = False, False
        if not self._asking:
            self._show_offers()

    def ask(self, sentence: str) -> None:
        """Ask something that the next key answers ("I again to include all the same")."""
        self._asking = True
        self._say(sentence, sign="person", saved="", colour="warn")
        self.take_back.hide()
        self.repeat.hide()

    def remark(self, sentence: str) -> None:
        """Say something in passing; a question that waits stays.

        It recorded nothing, so nothing is offered beside it, unless it says again what was saved.
        """
        if not self._asking:
            self._passing = not (self._told and sentence.endswith(self._told))
            self._show_offers()
            self._say(sentence, sign="person", saved="", colour="quiet")

    def tell_again(self) -> None:
        """Take a passing word away, if there is one; a question that waits stays."""
        if self._passing and not self._asking:
            self._again()

    def answered(self) -> None:
        """Say again what was saved before the question that was asked."""
        if self._asking:
            self._again()

    def _say(self, sentence: str, *, sign: str, saved: str, colour: str) -> None:
        self._mark.set_sign(sign)
        self._mark.set_colour(colour)
        self._mark.show()
        self._sentence.set_look(colour=colour)
        self._sentence.setText(sentence)
        self._saved.show_text(f"saved {saved}" if saved else "")
        announce(self, f"{sentence}. {self._saved.text()}".strip(" ."))

    def clear(self) -> None:
        """Say nothing."""
        self._asking = self._passing = False
        self._told, self._offers, self._again = "", (False, False), self.clear
        for widget in (self._mark, self._saved, self.take_back, self.repeat):
            widget.hide()
        self._sentence.setText("")


class Footer(QWidget):
    """The foot of a page: the echo line, and in its place the progress of a long action."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.echo = EchoLine()
        self.progress = ProgressLine()
        Column(self, gap=0).add(self.echo, self.progress)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_progress(on=False)

    def show_progress(self, *, on: bool = True) -> None:
        """Put the progress line in the place of the echo line, or the echo line back."""
        (self.echo if on else self.progress).hide()
        (self.progress if on else self.echo).show()
