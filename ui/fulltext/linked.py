"""The records linked to a report, one quiet line each, and the key that goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.fulltext.linked import LinkedReport
from ui.session.linked import linked_line
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.words import Column, ElidedWords, Row, Words

_MOST = 4
"""Lines that are shown; the key goes to the others too."""


class LinkedLines(QWidget):
    """Says what is linked to a report; nothing of it is seen where nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.go = Button("Linked reports", kind="quiet")
        self.go.set_low()
        self.lines = [ElidedWords(step="small", colour="quiet") for _ in range(_MOST)]
        self.more = Words(step="small", colour="quiet")
        Row(self, gap=tokens.GAP_OUT).add(
            (self.go, Qt.AlignmentFlag.AlignTop), (Column(gap=2).add(*self.lines, self.more), 1)
        )

    def show_linked(self, linked: Sequence[LinkedReport]) -> None:
        """Show these, the first of them where they are many."""
        self.setVisible(bool(linked))
        for place, words in enumerate(self.lines):
            words.setText(linked_line(linked[place]) if place < len(linked) else "")
            words.setVisible(place < len(linked))
        hidden = len(linked) - len(self.lines)
        self.more.setText(f"and {hidden:,} more")
        self.more.setVisible(hidden > 0)
