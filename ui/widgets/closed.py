"""What stands on the page of a closed step: its code to pass on, what comes next, the way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model.words import counted
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words

_CODE = (
    "This is your closing code. Tell it to the coordinator first, by telephone or mail, "
    "then send the file: the code shows that nothing was changed in between."
)
_LATER = (
    "They came after you closed {}. What you closed stays closed, under the code above; what is "
    "new is closed in its turn and gets a code of its own."
)
_AGAIN = (
    "They came after you closed {0}, under the code above. Close the {1} when you are sure: "
    "closing gives a new code, which shows later that nothing was changed."
)


class ClosedStep(Surface):
    """A closed step: its code to pass on, what comes next, and the way back.

    `words` name the step, `noun` says what it is ("stage"), `things` what is looked through
    ("record", "records"), `does` what is done with each and `sent` what is sent ("decisions").
    What was opened after the close is asked for in the first place, then closed in its turn.
    """

    send_asked = Signal()
    later_asked = Signal()
    close_asked = Signal()
    look_asked = Signal()
    reopened = Signal(str)

    def __init__(
        self,
        words: str,
        *,
        noun: str = "stage",
        things: tuple[str, str] = ("record", "records"),
        does: str = "screen",
        sent: str = "decisions",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("page", parent)
        self._words, self._noun, self._things, self._does = words, noun, things, does
        self._send_words, self._opened, self._left = f"Send my {sent}…", 0, 0
        self._confirmed = False
        self._title = Words(f"{words} is closed", step="title", wrap=True)
        self._code = Words(step="figure")
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = Button("Copy the code", kind="link", does=self._on_copy)
        self._following = Words(_CODE, step="note", colour="quiet", wrap=True)
        self.send = Button(self._send_words, kind="filled", does=self._on_first)
        self.look = Button(f"Look through the {things[1]}", kind="link", does=self.look_asked)
        self.reopen = Button("Reopen…", kind="quiet", does=self._on_reopen)
        self._why_words = Words(
            f"Why is the {noun} opened again? The report names it.", step="small", wrap=True
        )
        self.why = QLineEdit()
        self.why.setAccessibleName(f"Why the {noun} is opened again")
        self.confirm = Button(f"Reopen the {noun}", kind="edge", does=self._on_confirmed)
        inside = Column(gap=12).add(
            self._title,
            Row(gap=tokens.GAP_OUT).add(self._code, self.copy, 1),
            self._following,
            Space(look_of(self).px(tokens.GAP)),
            Row(gap=tokens.GAP_OUT).add(self.send, self.look, self.reopen, 1),
            self._why_words,
            Row(gap=tokens.GAP).add((self.why, 1), self.confirm),
        )
        self._block = inside.boxed()
        around = Column(margins=(tokens.MARGIN, 0, tokens.MARGIN, 0)).add(
            2, Row().add(1, self._block, 1), 3
        )
        Column(self, gap=0).add((ScrollArea(around.boxed(), bare=True), 1))
        self.why.returnPressed.connect(self._on_confirmed)
        self._show_why(shown=False)
        follow(self, self._fit)

    def show_code(self, code: str, *, can_act: bool, opened: int = 0, left: int = 0) -> None:
        """Show the closing code; `opened` came after it, of which `left` are to do."""
        self._opened, self._left = opened, left
        self._show_later()
        if code != self._code.text() or self._confirmed:  # else what is being typed stays
            self._confirmed = False
            self.why.clear()
            self._show_why(shown=False)
        self._code.setText(code)
        self._code.setAccessibleName(f"Closing code {code}")
        self.copy.setText("Copy the code")
        for button in (self.reopen, self.confirm):
            button.setEnabled(can_act)
        self.send.setEnabled(can_act or bool(left or not opened))

    def _show_later(self) -> None:
        """Say what came after the close and what is to be done, else that the step is closed."""
        one, many = self._things
        new = f"{counted(self._left or self._opened, f'new {one}', f'new {many}')}"
        closed = self._words[:1].lower() + self._words[1:]
        if self._left:
            it = "it" if self._left == 1 else "them"
            title, following = f"{new} to {self._does}", _LATER.format(closed)
            first = f"{new}: {self._does} {it}"
        elif self._opened:
            title = f"{new} {'is' if self._opened == 1 else 'are'} done"
            following, first = _AGAIN.format(closed, self._noun), f"Close the {self._noun}"
        else:
            title, following, first = f"{self._words} is closed", _CODE, self._send_words
        self._title.setText(title)
        self._following.setText(following)
        self.send.setText(first)

    def first(self) -> Button:
        """Return what the keyboard goes to; never what an Enter too many would close or send."""
        return self.send if self._left else self.copy

    def _on_first(self) -> None:
        if self._left:
            self.later_asked.emit()
        elif self._opened:
            self.close_asked.emit()
        else:
            self.send_asked.emit()

    def _show_why(self, *, shown: bool) -> None:
        for widget in (self._why_words, self.why, self.confirm):
            widget.setVisible(shown)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text())
        self.copy.setText("Copied")

    def _on_reopen(self) -> None:
        self._show_why(shown=True)
        self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_confirmed(self) -> None:
        self._confirmed = True
        self.reopened.emit(self.why.text())

    def _fit(self) -> None:
        """Be as wide as reads well, and no wider than the page."""
        look = look_of(self)
        room = self.width() - 2 * look.px(tokens.MARGIN)
        self._block.setFixedWidth(min(look.px(528), max(room, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use no more width than there is."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Let the page decide how narrow it may be."""
        return QSize(0, 0)
