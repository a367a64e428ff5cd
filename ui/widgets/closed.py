"""What stands on the page of a closed step: its code to pass on, what comes next, the way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words


class ClosedStep(Surface):
    """A closed step: its code to pass on, what comes next, and the way back.

    `words` name the step, `noun` says what it is ("stage"), `things` what is looked through
    ("records") and `sent` what is sent ("decisions").
    """

    send_asked = Signal()
    look_asked = Signal()
    reopened = Signal(str)

    def __init__(
        self,
        words: str,
        *,
        noun: str = "stage",
        things: str = "records",
        sent: str = "decisions",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("page", parent)
        title = Words(f"{words} is closed", step="title", wrap=True)
        self._code = Words(step="figure")
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = Button("Copy the code", kind="link", does=self._on_copy)
        following = Words(
            "This is your closing code. Tell it to the coordinator first, by telephone or mail, "
            "then send the file: the code shows that nothing was changed in between.",
            step="note",
            colour="quiet",
            wrap=True,
        )
        self.send = Button(f"Send my {sent}…", kind="filled", does=self.send_asked)
        self.look = Button(f"Look through the {things}", kind="link", does=self.look_asked)
        self.reopen = Button("Reopen…", kind="quiet", does=self._on_reopen)
        self._why_words = Words(
            f"Why is the {noun} opened again? The report names it.", step="small", wrap=True
        )
        self.why = QLineEdit()
        self.why.setAccessibleName(f"Why the {noun} is opened again")
        self.confirm = Button(f"Reopen the {noun}", kind="edge", does=self._on_confirmed)
        inside = Column(gap=12).add(
            title,
            Row(gap=tokens.GAP_OUT).add(self._code, self.copy, 1),
            following,
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

    def show_code(self, code: str, *, can_reopen: bool) -> None:
        """Show the closing code."""
        self._code.setText(code)
        self._code.setAccessibleName(f"Closing code {code}")
        self.copy.setText("Copy the code")
        self.why.clear()
        self._show_why(shown=False)
        for button in (self.reopen, self.confirm):
            button.setEnabled(can_reopen)

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
