"""What is known about the chosen search, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.model import Batch, Search
from screener.model.words import counted
from ui.sources import wording
from ui.sources.fields import FormGrid
from ui.sources.recognised import SkippedText
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.scroll import FittingScroll, ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import Column, ElidedWords, Row, Surface, Words
from ui.widgets.wrapped import Wrapped

_LOWEST = 228
_TOP, _BOTTOM, _GAP = 20, 12, 14
_MOST_LINES = 12
"""So many lines of a strategy are seen at once; the rest is scrolled to."""
_SIDES, _BETWEEN = (11, 8), 48
_NAMES, _BESIDE, _ROW_GAP = 112, 24, 8


class _Lines(ScrollArea):
    """Scrolls a text; what is seen of it ends with a whole line."""

    def __init__(self, text: Words) -> None:
        super().__init__(text, bare=True)
        self._text = text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Ask for the whole text, as far as it leaves room for what stands below."""
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        most = _MOST_LINES * self._text.fontMetrics().lineSpacing()
        return QSize(0, min(most, self._text.heightForWidth(width)))

    def minimumSizeHint(self) -> QSize:
        """Ask for a line at least."""
        return QSize(0, self._text.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room below for less than a line."""
        line = self._text.fontMetrics().lineSpacing()
        self.verticalScrollBar().setSingleStep(line)
        self.setViewportMargins(0, 0, 0, self.height() % line)
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class SearchDetail(Surface):
    """The lower part of the page: strategy, limits, filters, and what was not read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent, lined=True)
        self._batch: Batch | None = None
        self._busy = False
        self._name = Words(step="page")
        self._file = ElidedWords(step="small", colour="quiet")
        self.records = Button("Show its records", kind="link")
        self.edit = Button("Edit", kind="link")
        self.take_back = Button("Take back this import", kind="link")
        self.put_back = Button("Put back", kind="link")
        self._actions = (self.records, self.edit, self.take_back, self.put_back)
        self._strategy, self._limits, self._filters = _value(), _value(), _value()
        self._warning = Words(step="strong", colour="warn", wrap=True)
        self._lines = Words(step="small", wrap=True)
        self.show_lines = Button("Show the lines", kind="link", does=self._on_lines)
        self.skipped = SkippedText()
        acts = Wrapped(gap=20)
        acts.set_widgets(self._actions)
        sides = zip((self._search_side(), self._warning_side()), _SIDES, strict=True)
        Column(self, gap=_GAP, margins=(tokens.MARGIN, _TOP, tokens.MARGIN, _BOTTOM)).add(
            Row(gap=20).add(self._name, (self._file, 1), acts),
            (Row(gap=_BETWEEN).add(*sides), 1),
        )

    def _search_side(self) -> QWidget:
        side = QWidget()
        scroll = FittingScroll(side)
        grid = FormGrid(side, names=_NAMES, gap=_BESIDE, row_gap=_ROW_GAP)
        self._scroll = _Lines(self._strategy)
        self._scroll.setAccessibleName("Strategy as run")
        rows: tuple[tuple[str, Words, QWidget], ...] = (
            ("Strategy as run", self._strategy, self._scroll),
            ("Limits", self._limits, self._limits),
            ("Filters", self._filters, self._filters),
        )
        for name, value, shown in rows:
            label = Words(name, step="small", colour="quiet")
            label.setBuddy(value)
            grid.add_field(label, shown)
        grid.setRowStretch(grid.rowCount(), 1)
        return scroll

    def _warning_side(self) -> QWidget:
        side = QWidget()
        Column(side, gap=6).add(
            self._warning, self._lines, (self.skipped, 1),
            (self.show_lines, Qt.AlignmentFlag.AlignLeading), 0,
        )  # fmt: skip
        return side

    def show_batch(self, batch: Batch | None) -> None:
        """Show one import; None shows nothing."""
        other = batch is None or self._batch is None or batch.id != self._batch.id
        self._batch = batch
        self.setVisible(batch is not None)
        if batch is None:
            return
        search = batch.search
        self._name.setText(search.source)
        self._file.setText(_file_words(batch))
        self._strategy.setText(_given(search.strategy))
        self._scroll.updateGeometry()
        self._limits.setText(_given(search.limits))
        self._filters.setText(_given(search.filters))
        self._show_warning(batch)
        self._fold_lines(folded=other or self.skipped.isHidden())
        self._enable()

    def _show_warning(self, batch: Batch) -> None:
        search = batch.search
        warning = wording.mismatch(search.source, search.claimed, batch.parsed)
        if batch.withdrawn:
            warning = f"Taken back: {batch.withdrawn}"
        elif batch.skipped and not warning:
            warning = counted(len(batch.skipped), "place") + " could not be read"
        self._warning.show_text(warning)
        lines = wording.unread([s.line for s in batch.skipped])
        if lines:
            lines = f"{lines} The text is kept."
        elif warning and not batch.withdrawn:
            lines = "Everything in the file was read. Export it again, or correct the number."
        self._lines.setText(lines)
        self.skipped.show_skipped(batch.skipped)

    def _fold_lines(self, *, folded: bool) -> None:
        has_lines = self._batch is not None and bool(self._batch.skipped)
        self.skipped.setVisible(has_lines and not folded)
        self._lines.setVisible(bool(self._lines.text()) and folded)
        self.show_lines.setVisible(has_lines)
        self.show_lines.setText("Show the lines" if folded else "Hide the lines")

    def set_busy(self, busy: bool) -> None:
        """While something is written, only reading is possible."""
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        gone = self._batch is not None and bool(self._batch.withdrawn)
        self.take_back.setVisible(not gone)
        self.put_back.setVisible(gone)
        for button in self._actions[1:]:
            button.setEnabled(not self._busy)

    def _on_lines(self) -> None:
        self._fold_lines(folded=not self.skipped.isHidden())

    # --- how high -------------------------------------------------------------------------

    def lowest(self) -> int:
        """Return the height that what does not add up needs."""
        return look_of(self).px(_LOWEST)

    def height_for(self, batches: Iterable[Batch], width: int) -> int:
        """Return the height in which every one of these is seen whole, so that none moves it."""
        px = look_of(self).px
        sides = width - 2 * px(tokens.MARGIN) - px(_BETWEEN)
        beside = self._scroll.verticalScrollBar().sizeHint().width() + px(_NAMES) + px(_BESIDE)
        room = sides * _SIDES[0] // sum(_SIDES) - beside
        metrics = QFontMetrics(look_of(self).font("small"))
        highest = max((_height(batch.search, metrics, room) for batch in batches), default=0)
        head = self.records.sizeHint().height()
        around = px(_TOP) + head + px(_GAP) + 2 * px(_ROW_GAP) + px(_BOTTOM)
        return max(self.lowest(), around + highest + metrics.lineSpacing() // 2)


def _file_words(batch: Batch) -> str:
    when = wording.day(batch.imported[:10])
    return f"{batch.file}, imported {when}" if when else batch.file


def _value() -> Words:
    words = Words(step="small", wrap=True, selectable=True)
    words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    return words


def _given(text: str) -> str:
    return text or "not given"


def _height(search: Search, metrics: QFontMetrics, width: int) -> int:
    """Return the height of the three texts of a search, one below the other."""
    room = QRect(0, 0, max(1, width), 1 << 20)
    texts = (search.strategy, search.limits, search.filters)
    wrap = Qt.TextFlag.TextWordWrap
    return sum(metrics.boundingRect(room, wrap, _given(text)).height() for text in texts)
