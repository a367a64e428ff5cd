"""The lines of a file that no record could be made of, as the file has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from screener.model import Skipped
from ui.widgets.theme import follow, look_of

_MOST = 500


class SkippedText(QPlainTextEdit):
    """Line numbers, why, and the text itself; to read and to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Lines that were not read")
        self.hide()
        follow(self, self._restyle)

    def show_skipped(self, skipped: Sequence[Skipped]) -> None:
        """Show these lines."""
        parts = [f"{s.line:,}  {s.why}\n{s.text.strip()}" for s in skipped[:_MOST]]
        if len(skipped) > _MOST:
            parts.append(f"and {len(skipped) - _MOST:,} more")
        self.setPlainText("\n\n".join(parts))

    def sizeHint(self) -> QSize:
        """Ask for a few lines only; the rest scrolls."""
        return QSize(super().sizeHint().width(), look_of(self).px(96))

    def _restyle(self) -> None:
        self.setFont(look_of(self).font("small"))
