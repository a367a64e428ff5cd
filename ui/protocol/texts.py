"""A field for some lines of plain text that is as high as what is written in it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.widgets.theme import follow, look_of

_MOST = 8


class Lines(QPlainTextEdit):
    """Grows from `least` lines to eight, then scrolls; Tab leaves it."""

    def __init__(self, text: str = "", *, least: int = 2) -> None:
        super().__init__(text, tabChangesFocus=True)
        self._least = least
        self.textChanged.connect(self._fit)
        follow(self, self._fit)

    def _fit(self) -> None:
        # The height of such a document is counted in lines as they are broken here.
        lines = round(self.document().size().height())
        shown = max(self._least, min(_MOST, lines))
        around = look_of(self).px(22)
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines as they are broken now."""
        super().resizeEvent(event)
        self._fit()
