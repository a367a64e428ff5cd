"""What a file holds as it stands: lines that no record could be made of, and records tag by tag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from screener.model import Entry, Skipped
from ui.widgets.theme import follow, look_of

_MOST = 500
_LETTERS = 2_000
"""What is shown of a value; a line of megabytes would stop the window."""


class _FileText(QPlainTextEdit):
    """Text out of a file; to read and to copy."""

    name = ""
    height_asked = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.name)
        self.hide()
        follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        """Ask for a few lines only; the rest scrolls."""
        return QSize(super().sizeHint().width(), look_of(self).px(self.height_asked))

    def _restyle(self) -> None:
        self.setFont(look_of(self).font("small"))


class SkippedText(_FileText):
    """Line numbers, why no record could be made, and the text itself."""

    name = "Lines that were not read"
    height_asked = 96

    def show_skipped(self, skipped: Sequence[Skipped]) -> None:
        """Show these lines."""
        parts = [f"{s.line:,}  {s.why}\n{_short(s.text, lines=True)}" for s in skipped[:_MOST]]
        if len(skipped) > _MOST:
            parts.append(f"and {len(skipped) - _MOST:,} more")
        self.setPlainText("\n\n".join(parts))


class RawText(_FileText):
    """Records with every tag or column that the file gives them."""

    name = "Everything the file gives"
    height_asked = 280

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these records, each with the line where it begins."""
        parts = []
        for entry in entries:
            lines = [f"{tag}  {_short(value)}" for tag, value in entry.raw[:_MOST]]
            parts.append("\n".join([f"line {entry.line:,}" if entry.line else "", *lines]).strip())
        self.setPlainText("\n\n".join(parts))


def _short(text: str, *, lines: bool = False) -> str:
    kept = text.strip() if len(text) <= _LETTERS else f"{text[:_LETTERS].strip()} …"
    return kept if lines else " ".join(kept.split())
