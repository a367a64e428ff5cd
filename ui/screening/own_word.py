"""Which element a selected word belongs to: asked in a small menu where the word stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from screener.model import Criterion

SHOWN = 40  # characters of the selected words in the menu's first line


class OwnWordMenu(QMenu):
    """Offers the elements of the protocol for a word; `chosen` carries element and word."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self.triggered.connect(self._on_triggered)

    def ask(self, word: str, criteria: tuple[Criterion, ...], at: QPoint) -> None:
        """Ask where a word belongs."""
        self._word = word
        self.clear()
        short = word if len(word) <= SHOWN else f"{word[:SHOWN]}…"
        heading = self.addAction(f"Highlight “{short}” for".replace("&", "&&"))
        heading.setEnabled(False)
        elements = {str(c.element): c.name for c in reversed(criteria)}
        for element, name in reversed(elements.items()):
            self._offer(name, element)
        self._offer("Speaks against inclusion", "exclusion")
        self.popup(at)

    def _offer(self, name: str, element: str) -> None:
        action = self.addAction(name.replace("&", "&&"))
        action.setData(element)

    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(str(action.data()), self._word)
