"""Fields: several lines of plain text, and a choice with its label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from ui.widgets.marks import paint_drop
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Words

_LEAST = 112  # of a field that gives way


class PlainEditor(QPlainTextEdit):
    """A plain text editor that leaves Tab to the page and takes plain text only."""

    def __init__(self, text: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, tabChangesFocus=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self._lines = lines
        follow(self, self._restyle)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the plain text of what is pasted or dropped."""
        self.insertPlainText(source.text())

    def _restyle(self) -> None:
        look = look_of(self)
        self.setFont(look.font("body"))
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + look.px(22))


class ChoiceEditor(QComboBox):
    """A list to choose from that the wheel never changes, nor brings the keyboard to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign that a list opens."""
        super().paintEvent(event)
        look, painter = look_of(self), QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = look.px(14) if mirrored else self.width() - look.px(14)
        paint_drop(painter, QPointF(x, self.height() / 2 + 1), look.px(7), look.colour("quiet"))

    def showPopup(self) -> None:
        """Open the list as high as its lines.

        Its margins are those of this field as it is now: Qt keeps those from before the field had
        the keyboard, while it counts with these, and cuts the last line.
        """
        opens = self.view().window()
        QApplication.sendEvent(opens, QEvent(QEvent.Type.StyleChange))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll, also while the keyboard is here: nobody sees what changed."""
        event.ignore()


class ChoiceField(QWidget):
    """One of a few choices, each with an id and its words, below its label."""

    changed = Signal(str)

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
        for id_, text in choices:
            self.edit.addItem(text, id_)
        self.edit.setAccessibleName(label)
        words = Words(label, step="small", colour="quiet")
        words.setBuddy(self.edit)
        Column(self, gap=4).add(words, self.edit, 1)
        policy = self.edit.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.edit.setSizePolicy(policy)
        self.setFocusProxy(self.edit)
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


class SearchField(QLineEdit):
    """A field of `width` at 100 %, which gives way where there is no room for so much."""

    def __init__(self, words: str, name: str, *, width: int = 240) -> None:
        super().__init__(placeholderText=words)
        self._width = width
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setMaximumWidth(look_of(self).px(self._width))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the whole width."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Ask for a few words at least."""
        return QSize(look_of(self).px(_LEAST), super().minimumSizeHint().height())
