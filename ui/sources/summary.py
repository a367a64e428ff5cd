"""What an import of several files leaves out, and what it brought in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.model.words import counted
from ui.sources import wording
from ui.sources.import_queue import ImportFile
from ui.widgets import tokens
from ui.widgets.scroll import ScrollArea
from ui.widgets.words import Column, Grid, Words, clear


class Summary(ScrollArea):
    """One line a file: what was imported, what was not and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Words(step="title")
        self._grid = Grid(gap=24, row_gap=10)
        margins = (tokens.MARGIN, 40, tokens.MARGIN, 16)
        self.setWidget(Column(gap=20, margins=margins).add(self._title, self._grid, 1).boxed())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll a long list
        self.setAccessibleName("Files")

    @property
    def title(self) -> str:
        """What it says above the lines."""
        return self._title.text()

    def show_files(self, files: Sequence[ImportFile]) -> None:
        """Show what became of these files."""
        stored = [one.stored for one in files if one.stored is not None]
        records = counted(sum(batch.parsed for batch in stored), "record")
        self._show(f"{records} imported from {len(stored)} of {len(files)} files", files)

    def show_left_out(self, files: Sequence[ImportFile]) -> None:
        """Show the files that cannot come, and why, before anything is stored."""
        left_out = [one for one in files if one.refused]
        count = len(files) - len(left_out)
        self._show(f"{count} of {len(files)} files can be imported" if count else _NONE, left_out)

    def _show(self, title: str, files: Sequence[ImportFile]) -> None:
        self._title.setText(title)
        clear(self._grid)
        for row, one in enumerate(files):
            self._add(row, one)
        self._grid.setColumnStretch(2, 1)

    def _add(self, row: int, one: ImportFile) -> None:
        if one.stored is None:
            why = Words(one.refused or "not imported", step="small", colour="warn", wrap=True)
            self._grid.addWidget(Words(one.name, step="strong"), row, 0, _TOP)
            self._grid.addWidget(why, row, 1, 1, 2)
            return
        batch = one.stored
        remarks = [
            wording.mismatch(batch.search.source, batch.search.claimed, batch.parsed),
            wording.unread([s.line for s in batch.skipped]),
        ]
        self._grid.addWidget(Words(batch.search.source, step="strong"), row, 0, _TOP)
        self._grid.addWidget(Words(counted(batch.parsed, "record")), row, 1, _TOP)
        words = ". ".join(remark for remark in remarks if remark)
        self._grid.addWidget(Words(words, step="small", colour="warn", wrap=True), row, 2)


_NONE = "None of these files can be imported"
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
