"""An area that scrolls what does not fit into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """Has no frame and takes no keyboard of its own.

    `sideways` lets it scroll to the side too; a `bare` one shows what lies behind it.
    """

    def __init__(
        self,
        inside: QWidget | None = None,
        *,
        sideways: bool = False,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if inside is not None:
            self.setWidget(inside)
        if bare:
            self.viewport().setAutoFillBackground(False)
            if inside is not None:
                inside.setAutoFillBackground(False)
