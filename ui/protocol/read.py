"""The protocol to read: question, registration, reviewers, criteria in the order of reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Protocol
from screener.model.words import counted
from ui.protocol.words import MAYBE, earlier, further_reasons, needed_at
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.marks import ElementTile
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Surface, Words

LABELS = 136
NAMES = 224
NEEDED = 120
WIDEST = 1040
READING = 660
NARROW = 760
NARROW_COLUMN = 104


class ReadView(ScrollArea):
    """Shows one version of the protocol."""

    file_asked = Signal()
    """The protocol is wanted as a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll it
        self.setAccessibleName("Protocol")

    def show_protocol(self, protocol: Protocol, reviewers: Sequence[str]) -> None:
        """Show a protocol and who screens."""
        sheet = _Sheet(protocol, reviewers)
        sheet.to_file.clicked.connect(self.file_asked)
        self.setWidget(sheet)


class _Sheet(Surface):
    def __init__(self, protocol: Protocol, reviewers: Sequence[str]) -> None:
        super().__init__("page")
        self._block = QWidget()
        self._grids: list[tuple[Grid, int, int]] = []
        self._texts: list[Words] = []
        inner = Column(self._block, gap=24).add(
            self._facts(protocol, reviewers), self._criteria(protocol), self._rest(protocol)
        )
        self.to_file = Button("Save the protocol as a file…", kind="link")
        inner.add((self.to_file, Qt.AlignmentFlag.AlignLeft), 1)
        Row(self, gap=0, margins=(tokens.MARGIN, 24, tokens.MARGIN, 24)).add((self._block, 1000), 1)
        follow(self, self._restyle)

    def _labelled(self, grid: Grid, rows: Sequence[tuple[str, str, str]]) -> None:
        for label, text, step in rows:
            name = Words(label, step="small", colour="quiet")
            words = Words(text, step=step, wrap=True, selectable=True)
            words.setAccessibleName(f"{label}: {text}")
            grid.add_row((name, Qt.AlignmentFlag.AlignTop), words)
            self._texts.append(words)
        grid.setColumnStretch(1, 1000)
        grid.setColumnStretch(2, 1)  # what is left over, so that the labels stay together
        self._grids.append((grid, 0, LABELS))

    def _facts(self, protocol: Protocol, reviewers: Sequence[str]) -> Grid:
        grid = Grid(gap=0, row_gap=12)
        self._labelled(
            grid,
            [
                ("Review", protocol.title, "title"),
                ("Question", protocol.question or "–", "note"),
                ("Registration", protocol.registration or "–", "body"),
                *([("Updates", earlier(protocol.previous), "body")] if protocol.previous else []),
                ("Reviewers", "   ·   ".join(reviewers) or "nobody yet", "body"),
            ],
        )
        return grid

    def _criteria(self, protocol: Protocol) -> Grid:
        grid = Grid(gap=24, row_gap=8)
        heads = ("Criterion, in the order of reasons", "Include", "Exclude", "Needed at")
        grid.add_row(*(Words(words, step="label", colour="quiet") for words in heads))
        grid.addWidget(Hairline(), 1, 0, 1, 4)
        top = Qt.AlignmentFlag.AlignTop
        for number, criterion in enumerate(protocol.criteria, 1):
            name = Row(gap=10).add(
                (Words(str(number), colour="quiet"), top),
                (ElementTile(criterion.element, criterion.name), top),
            )
            name.addWidget(Words(criterion.name, step="strong"), 1, top)
            row = grid.add_row(
                name,
                (Words(criterion.include or "–", wrap=True), top),
                (Words(criterion.exclude or "–", colour="quiet", wrap=True), top),
                (Words(needed_at(criterion), step="small", colour="quiet"), top),
            )
            grid.addWidget(Hairline(), row + 1, 0, 1, 4)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 3)
        self._grids += [(grid, 0, NAMES), (grid, 3, NEEDED)]
        return grid

    def _rest(self, protocol: Protocol) -> Grid:
        grid = Grid(gap=0, row_gap=6)
        words = [w for c in protocol.criteria for w in c.highlight]
        self._labelled(
            grid,
            [
                ("Further reasons", further_reasons(protocol) or "none", "body"),
                ("Maybe", MAYBE[protocol.maybe], "body"),
                ("Highlighted", ", ".join(words) or "no words yet", "body"),
                ("Per record", counted(protocol.reviewers_per_record, "reviewer"), "body"),
            ],
        )
        return grid

    def _restyle(self) -> None:
        look = look_of(self)
        self._block.setMaximumWidth(look.px(WIDEST))
        for words in self._texts:
            words.setMaximumWidth(look.px(READING))
        self._set_columns()

    def _set_columns(self) -> None:
        look = look_of(self)
        wide = self.width() >= look.px(NARROW)
        for grid, column, width in self._grids:
            room = width if wide else min(width, NARROW_COLUMN)
            grid.setColumnMinimumWidth(column, look.px(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the texts more room where the page is narrow."""
        super().resizeEvent(event)
        self._set_columns()
