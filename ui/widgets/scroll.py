"""An area that scrolls what does not fit into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class ScrollArea(QScrollArea):
    """Has no frame and takes no keyboard of its own.

    It scrolls to the side only what is wider than it can be. A `bare` one shows what lies behind.
    """

    def __init__(
        self,
        inside: QWidget | None = None,
        *,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.setWidget(inside)
        if bare:
            self.viewport().setAutoFillBackground(False)
            if inside is not None:
                inside.setAutoFillBackground(False)


class FittingScroll(ScrollArea):
    """Is as high as what is inside where there is room, and scrolls where there is none.

    What is typed into inside it stays in sight.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(inside, bare=True, parent=parent)
        self._inside = inside
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Ask for all of it."""
        height = self._inside.heightForWidth(self.viewport().width())
        return QSize(0, height if height >= 0 else self._inside.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Ask for two lines at least, where there are so many."""
        return QSize(0, min(self.sizeHint().height(), 2 * self.fontMetrics().lineSpacing()))

    def event(self, event: QEvent) -> bool:
        """Ask anew when what is inside wants another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        focus = self.window().focusWidget()
        if focus is not None and self._inside.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)
