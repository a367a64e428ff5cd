"""Fields: a label above what is typed or chosen, and perhaps a quiet sentence below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.widgets.marks import paint_drop
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Words


class _Field(QWidget):
    """What the fields share: label above, note below."""

    changed = Signal(str)

    def _lay_out(self, label: str, editor: QWidget) -> None:
        self._label = Words(label, step="small", colour="quiet")
        self._label.setBuddy(editor)
        self._note = Words(step="small", colour="quiet", wrap=True)
        self._note.hide()
        editor.setAccessibleName(label)
        Column(self, gap=4).add(self._label, editor, self._note, 1)
        policy = editor.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        editor.setSizePolicy(policy)
        self.setFocusProxy(editor)

    def set_note(self, sentence: str, *, warn: bool = False) -> None:
        """Say something about the field below it; "" says nothing."""
        self._note.setText(sentence)
        self._note.set_look(colour="warn" if warn else "quiet")
        self._note.setVisible(bool(sentence))
        editor = self.focusProxy()
        if editor is not None:
            editor.setAccessibleDescription(sentence)


class LineField(_Field):
    """One line of text."""

    entered = Signal()

    def __init__(
        self, label: str, text: str = "", *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(text)
        self.edit.setPlaceholderText(hint)
        self._lay_out(label, self.edit)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)

    def text(self) -> str:
        """Return what is written, without white space around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Write something else."""
        if text != self.edit.text():
            self.edit.setText(text)


class PlainEditor(QPlainTextEdit):
    """A plain text editor that leaves Tab to the page and takes plain text only."""

    def __init__(self, text: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        follow(self, self._restyle)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the plain text of what is pasted or dropped."""
        self.insertPlainText(source.text())

    def _restyle(self) -> None:
        look = look_of(self)
        self.setFont(look.font("body"))
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + look.px(22))


class TextField(_Field):
    """Several lines of plain text."""

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        lines: int = 3,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edit = PlainEditor(text, lines=lines)
        self.edit.setPlaceholderText(hint)
        self._lay_out(label, self.edit)
        self.edit.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """Return what is written, without white space around it."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write something else."""
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def _on_changed(self) -> None:
        self.changed.emit(self.text())


class ChoiceEditor(QComboBox):
    """A list to choose from that the wheel does not change in passing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign that a list opens."""
        super().paintEvent(event)
        look, painter = look_of(self), QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = look.px(14) if mirrored else self.width() - look.px(14)
        paint_drop(painter, QPointF(x, self.height() / 2 + 1), look.px(7), look.colour("quiet"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(_Field):
    """One of a few choices, each with an id and its words."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edit = ChoiceEditor()
        for id_, words in choices:
            self.edit.addItem(words, id_)
        self._lay_out(label, self.edit)
        if chosen:
            self.set_choice(chosen)
        self.edit.currentIndexChanged.connect(self._on_changed)

    def choice(self) -> str:
        """Return the id of the choice."""
        return str(self.edit.currentData() or "")

    def set_choice(self, id_: str) -> None:
        """Take another choice."""
        self.edit.setCurrentIndex(self.edit.findData(id_))

    def _on_changed(self) -> None:
        self.changed.emit(self.choice())
