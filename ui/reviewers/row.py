"""One person in the table of reviewers; the chosen one shows what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screener.consensus.team import Member
from ui.reviewers import wording
from ui.session.keys import ActionButton, Keys
from ui.widgets import tokens
from ui.widgets.lists import paint_chosen
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Grid, Row, Words

SHARES = (22, 20, 34)
"""The shares of the width: the name, each step, the copy."""


def columns(grid: Grid, steps: int) -> None:
    """Give the columns of a row, or of the heading, their widths."""
    name, step, copy = SHARES
    for at, share in enumerate((name, *[step] * steps, copy)):
        grid.setColumnStretch(at, share)
        grid.setColumnMinimumWidth(at, 1)
    for at in range(grid.count()):  # by the shares alone: a long word moves no column
        item = grid.itemAt(at)
        if item is not None and (cell := item.widget()) is not None:
            cell.setMinimumWidth(1)


class PersonRow(QWidget):
    """Shows one person; `chosen` carries the id when it gets the keyboard or a click.

    `asked` carries the action of a button.
    """

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(
        self,
        member: Member,
        steps: Sequence[str],
        keys: Keys,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.member = member
        self._on = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shown = [one for one in member.steps if one.step in steps]
        cells = [
            wording.Cell(member.reviewer.name, wording.below_name(member)),
            *(wording.step_cell(one, member) for one in shown),
            wording.copy_cell(member),
        ]
        holder = QWidget()
        grid = Grid(holder, gap=24, row_gap=0)
        for at, cell in enumerate(cells):
            grid.addWidget(_shown(cell, strong=not at), 0, at, Qt.AlignmentFlag.AlignTop)
        columns(grid, len(shown))
        self._actions = self._buttons(keys)
        self._actions.hide()
        Column(self, gap=8, margins=(tokens.MARGIN, 10, tokens.MARGIN, 12)).add(
            holder, self._actions
        )
        self.setAccessibleName(
            ". ".join(", ".join(part for part in cell[:2] if part) for cell in cells)
        )

    def _buttons(self, keys: Keys) -> QWidget:
        reviewer = not self.member.reviewer.arbitrator
        gone = "Remove" if self.member.removable else "Leaves the review…"
        offered = [
            (
                "Write a newer copy…" if self.member.copy else "Write a copy…",
                "write-copy",
                reviewer,
            ),
            ("Rename…", "rename-person", True),
            (gone, "person-leaves", self.member.removable or (reviewer and not self.member.left)),
            ("Takes part again", "person-returns", self.member.left),
            ("Closing codes", "closing-codes", bool(wording.codes(self.member))),
        ]
        row = Row(gap=tokens.GAP_OUT)
        for text, action, wanted in offered:
            if wanted:
                kind = "link" if action == "write-copy" else "quiet"
                button = ActionButton(text, action, keys, kind=kind)
                button.set_low()
                button.chose.connect(self.asked)
                row.add(button)
        return row.add(1).boxed()

    @property
    def offered(self) -> set[str]:
        """The actions that can be done with this person."""
        return {b.objectName() for b in self._actions.findChildren(ActionButton)}

    def set_chosen(self, *, on: bool) -> None:
        """Show what can be done, or not any more."""
        self._on = on
        self._actions.setVisible(on)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be chosen."""
        super().focusInEvent(event)
        self.chosen.emit(self.member.reviewer.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next person, the one before, the first or the last."""
        parent, key = self.parentWidget(), Qt.Key(event.key())
        rows = parent.findChildren(PersonRow) if parent is not None else []
        at = rows.index(self) if self in rows else 0
        to = {Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1, Qt.Key.Key_Home: 0}
        to[Qt.Key.Key_End] = len(rows) - 1
        if key not in to:
            super().keyPressEvent(event)
        elif 0 <= to[key] < len(rows):
            rows[to[key]].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash behind the chosen one, and the line below."""
        del event
        painter, look = QPainter(self), look_of(self)
        edge = look.px(tokens.MARGIN)
        if self._on:
            left = edge - look.px(tokens.GAP_OUT)
            paint_chosen(painter, QRectF(left, 0, self.width() - left - edge, self.height()), self)
        painter.fillRect(edge, self.height() - 1, self.width() - 2 * edge, 1, look.colour("line"))


def _shown(cell: wording.Cell, *, strong: bool) -> QWidget:
    quiet = not strong and cell.first in ("–", "not asked", "no copy")
    colour = "warn" if cell.warns else "quiet" if quiet else "text"
    first = Words(cell.first, step="strong" if strong else "body", colour=colour, wrap=True)
    column = Column(gap=0)
    if cell.warns:
        column.add(Row(gap=8).add(Mark("person", colour="warn"), (first, 1)))
    else:
        column.add(first)
    if cell.second:
        column.add(Words(cell.second, step="small", colour="quiet", wrap=True))
    return column.boxed()
