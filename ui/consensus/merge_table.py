"""The table of the merge report: one column per file, one row per check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.consensus.merging.findings import Check, Finding, Result
from ui.consensus.admission import CHECK_WORDS, STEP_WORDS, FileColumn, checks, merge_words
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Surface, Words

PER_BLOCK = 3
"""So many files stand side by side; more go into a block below."""

_SIGNS = {
    Result.OK: ("met", "accent"),
    Result.REMARK: ("person", "warn"),
    Result.REFUSED: ("person", "warn"),
}


class MergeTable(ScrollArea):
    """Shows the checks; `stepped` carries the step of a refusal's button and the file's path."""

    stepped = Signal(str, Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Merge report")
        self.steps: list[Button] = []

    def show_columns(self, columns: Sequence[FileColumn]) -> None:
        """Show these files."""
        self.steps = []
        sheet = Surface("page")
        stack = Column(sheet, gap=24, margins=(tokens.MARGIN, 28, tokens.MARGIN, 24))
        for start in range(0, len(columns), PER_BLOCK):
            stack.addLayout(self._block(columns[start : start + PER_BLOCK]))
        words = Words(merge_words(columns), step="note", wrap=True)
        words.setMaximumWidth(look_of(self).px(760))
        stack.add(words, 1)
        self.setWidget(sheet)

    def _block(self, columns: Sequence[FileColumn]) -> Grid:
        grid = Grid(gap=16, row_gap=0)
        grid.setColumnMinimumWidth(0, look_of(self).px(88))
        for at, column in enumerate(columns):
            grid.setColumnStretch(at + 1, 1)
            grid.addWidget(_head(column), 0, at + 1)
        row = 1
        for check in checks(columns):
            grid.addWidget(Hairline(), row, 0, 1, len(columns) + 1)
            label = Words(CHECK_WORDS[check], step="small", colour="quiet")
            label.setContentsMargins(0, look_of(self).px(12), 0, look_of(self).px(12))
            grid.addWidget(label, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            for at, column in enumerate(columns):
                cell = self._cell(column, check)
                grid.addWidget(cell, row + 1, at + 1)
            row += 2
        return grid

    def _cell(self, column: FileColumn, check: Check) -> QWidget:
        cell = QWidget()
        inside = Column(cell, gap=4, margins=(0, 12, 0, 12))
        found = column.of(check)
        for finding in found:
            inside.addLayout(self._finding(finding, column))
        inside.addStretch(1)
        spoken = " ".join(f.message for f in found) or "nothing"
        cell.setAccessibleName(f"{column.title}, {CHECK_WORDS[check]}: {spoken}")
        return cell

    def _finding(self, finding: Finding, column: FileColumn) -> Column:
        sign, colour = _SIGNS[finding.result]
        line = Row(gap=14).add((Mark(sign, size=16, colour=colour), Qt.AlignmentFlag.AlignTop))
        refused = finding.result is Result.REFUSED
        step = "strong" if refused else "body"
        words_colour = "text" if finding.result is Result.OK else "warn"
        line.addWidget(Words(finding.message, step=step, colour=words_colour, wrap=True), 1)
        whole = Column(gap=6).add(line)
        if refused and finding.step in STEP_WORDS:
            button = Button(STEP_WORDS[finding.step], kind="edge")
            button.setObjectName(str(finding.step))
            button.setProperty("path", str(column.path))
            button.clicked.connect(self._on_step)
            self.steps.append(button)
            whole.addLayout(Row(gap=0, margins=(30, 2, 0, 0)).add(button, 1))
        return whole

    def _on_step(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.stepped.emit(sender.objectName(), Path(str(sender.property("path"))))


def _head(column: FileColumn) -> QWidget:
    head = QWidget()
    inside = Column(head, gap=2, margins=(0, 0, 0, 12))
    colour = "warn" if column.refused else "text"
    inside.add(
        Words(column.title, step="page", colour=colour, wrap=True),
        Words(column.subtitle, step="small", colour="quiet", wrap=True),
    )
    return head
