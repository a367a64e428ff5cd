"""What was recognised in a file: counts, the first records, the lines that were not read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from screener.model import Entry, Skipped
from screener.model.words import counted
from screener.sources.parsed import Entries, Parsed
from ui.sources import wording
from ui.widgets.button import Button
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, ElidedWords, Hairline, Row, Space, Words

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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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


AT_ONCE = 5
_RAW, _RECOGNISED = "As the file gives them", "As they were recognised"
_COUNTED = (
    ("title", "title"), ("abstract", "abstract"), ("authors", "authors"), ("DOI", "doi"),
    ("PMID", "pmid"),
)  # fmt: skip


def counts(entries: Entries) -> dict[str, int]:
    """Say how many records have each of the fields that matter most."""
    return {words: entries.filled[name] for words, name in _COUNTED}


class _Preview(QWidget):
    """One record as it will appear: its title over a quiet line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedWords(step="note")
        self.words = ElidedWords(step="small", colour="quiet")
        Column(self, gap=2).add(self.title, self.words, Space(6), Hairline())

    def show_entry(self, entry: Entry | None) -> None:
        """Show a record, or nothing."""
        self.setVisible(entry is not None)
        if entry is not None:
            self.title.setText(entry.fields.title or "no title")
            self.words.setText(wording.recognised(entry.fields))


class RecognisedPanel(QWidget):
    """The right half of the import page; `columns_asked` where a table's columns can be changed."""

    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parsed: Parsed | None = None
        self._first = 0
        self._read = Words(step="strong")
        self._dialect = ElidedWords(step="small", colour="quiet")
        self.columns = Button("Columns…", kind="link", does=self.columns_asked)
        self.columns.hide()
        self._counts = {words: Words(step="strong") for words, _ in _COUNTED}
        self.previews = [_Preview() for _ in range(AT_ONCE)]
        self._place = Words(step="small", colour="quiet")
        self.more = Button(f"Next {AT_ONCE}", kind="link", does=self._on_more)
        self.show_raw = Button(_RAW, kind="link", does=self._on_raw)
        self.raw = RawText()
        self._unread = Words(step="strong", colour="warn", wrap=True)
        self._lines = Words(step="small", colour="quiet", wrap=True)
        self.show_lines = Button("Show the lines", kind="link", does=self._on_lines)
        self.skipped = SkippedText()
        self._lay_out()
        follow(self, self._restyle)

    def _lay_out(self) -> None:
        counted = Row(gap=6)
        for words, number in self._counts.items():
            counted.add(Words(words, step="small", colour="quiet"), number, Space(10))
        Column(self, gap=10).add(
            Row(gap=12).add(self._read, (self._dialect, 1), self.columns),
            counted.add(1),
            Space(2),
            *self.previews,
            self.raw,
            Row(gap=20).add((self._place, 1), self.show_raw, self.more),
            Space(8),
            self._unread,
            Row(gap=16).add((self._lines, 1), (self.show_lines, Qt.AlignmentFlag.AlignTop)),
            (self.skipped, 1),
            0,
        )

    def show_parsed(self, parsed: Parsed) -> None:
        """Show what was read and is not stored yet."""
        self._parsed, self._first = parsed, 0
        self._read.setText(counted(len(parsed.entries), "record") + " read")
        self._dialect.setText(parsed.dialect)
        for words, number in counts(parsed.entries).items():
            self._counts[words].setText(f"{number:,}")
        self.skipped.show_skipped(parsed.skipped)
        self._show_unread(parsed, folded=True)
        self._show_previews()

    def _restyle(self) -> None:
        self.columns.setFixedHeight(look_of(self).line("strong"))  # the head stays as high

    def _show_previews(self) -> None:
        entries = self._parsed.entries if self._parsed else ()
        shown = entries[self._first : self._first + AT_ONCE]
        raw = not self.raw.isHidden()
        for place, preview in enumerate(self.previews):
            preview.show_entry(shown[place] if place < len(shown) and not raw else None)
        self.raw.show_entries(shown if raw else ())
        self.show_raw.setText(_RECOGNISED if raw else _RAW)
        first, last = self._first + 1, self._first + len(shown)
        span = f"first {last:,}" if first == 1 else f"{first:,} to {last:,}"
        several = len(entries) > AT_ONCE
        self._place.setText(f"{span} of {len(entries):,}" if several else "")
        self.more.setVisible(several)
        left = min(AT_ONCE, len(entries) - last)
        self.more.setText(f"Next {left}" if left else f"First {AT_ONCE}")

    def _show_unread(self, parsed: Parsed, *, folded: bool) -> None:
        many = len(parsed.skipped)
        places = counted(many, "place")
        self._unread.show_text(f"{places} could not be read" if many else "")
        self._lines.show_text(wording.unread([s.line for s in parsed.skipped]))
        self.show_lines.setVisible(bool(many))
        self.show_lines.setText("Show the lines" if folded else "Hide the lines")
        self.skipped.setVisible(bool(many) and not folded)

    def _on_more(self) -> None:
        entries = self._parsed.entries if self._parsed else ()
        self._first += AT_ONCE
        if self._first >= len(entries):
            self._first = 0
        self._show_previews()

    def _on_raw(self) -> None:
        self.raw.setVisible(self.raw.isHidden())
        self._show_previews()

    def _on_lines(self) -> None:
        if self._parsed is not None:
            self._show_unread(self._parsed, folded=not self.skipped.isHidden())
