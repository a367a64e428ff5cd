"""The criteria panel: the PICOS criteria beside the record, each with its number and judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Criterion, ExclusionReason
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.criterion_row import JUDGEMENTS, CriterionRow
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Space, Surface, Words, drop


class CriteriaPanel(Surface):
    """Criteria in the order of the protocol, then the further reasons.

    One criterion is marked: it alone shows its exclude text and the three judgements.
    `judged` carries the criterion and its judgement ("" when it was cleared), `reason_chosen`
    the id of the criterion or reason whose number was pressed.
    """

    judged = Signal(str, str)
    reason_chosen = Signal(str)
    fold_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self._rows: list[CriterionRow] = []
        self._reasons: list[_ReasonRow] = []
        self._marked = 0
        self._keys = ("A", "S", "D")
        self._read_only = False
        self._build()
        self._lay_out()
        self.setAccessibleName("Criteria")
        follow(self, self._restyle)

    def _build(self) -> None:
        self._heading = Words("Criteria", step="label", colour="quiet")
        self.fold = Button("fold", kind="quiet", key="P")
        self.fold.set_spoken("Fold the criteria")
        self.fold.clicked.connect(self.fold_asked)
        self._foot = Words(
            "A number excludes with that reason.", step="small", colour="quiet", wrap=True
        )
        self._inside = QWidget()
        self._scroll = ScrollArea(self._inside, bare=True)

    def _lay_out(self) -> None:
        self._column = Column(self._inside, gap=0)
        Column(self, gap=0).add(
            Row(margins=(16, 6, 16, 2)).add(self._heading, 1, self.fold),
            (self._scroll, 1),
            Column(margins=(16, 8, 16, 12)).add(self._foot),
        )

    def set_criteria(
        self, criteria: Sequence[Criterion], reasons: Sequence[ExclusionReason] = ()
    ) -> None:
        """Show these criteria and further reasons; every judgement is cleared."""
        self._column.clear()
        self._rows = [CriterionRow(c, number, self._keys) for number, c in enumerate(criteria, 1)]
        self._reasons = [_ReasonRow(reason) for reason in reasons]
        for row in self._rows:
            row.judged.connect(self._on_judged)
            row.pointed.connect(self._on_pointed)
            row.reason_chosen.connect(self.reason_chosen)
            self._column.addWidget(row)
        if self._reasons:
            self._column.add(Hairline(), Space(look_of(self).px(tokens.GAP)))
        for reason in self._reasons:
            reason.chosen.connect(self.reason_chosen)
            self._column.addWidget(reason)
        self._column.addStretch(1)
        self.set_read_only(self._read_only)
        self.reset_mark()

    def set_keys(self, met: str, not_met: str, unclear: str, fold: str) -> None:
        """Show other keys."""
        self._keys = (met, not_met, unclear)
        self.fold.set_key(fold)
        for row in self._rows:
            row.set_keys(self._keys)

    def set_judgements(self, judgements: Mapping[str, str]) -> None:
        """Show the judgements of a record, by criterion id; a missing one is not judged."""
        for row in self._rows:
            row.set_judgement(judgements.get(row.criterion.id, ""))

    def judgements(self) -> dict[str, str]:
        """Return what is judged now, by criterion id."""
        return {row.criterion.id: row.judgement for row in self._rows if row.judgement}

    @property
    def marked(self) -> str:
        """The id of the marked criterion, or nothing."""
        return self._rows[self._marked].criterion.id if self._rows else ""

    def judge(self, judgement: str) -> None:
        """Judge the marked criterion and mark the next; the same judgement again clears it."""
        if not self._rows or self._read_only or judgement not in JUDGEMENTS:
            return
        row = self._rows[self._marked]
        again = row.judgement == judgement
        row.set_judgement("" if again else judgement)
        self.judged.emit(row.criterion.id, row.judgement)
        if not again:
            self.move_mark(1)

    def move_mark(self, step: int) -> None:
        """Mark the criterion above (-1) or below (1); it stays at both ends."""
        self._mark_row(min(len(self._rows) - 1, max(0, self._marked + step)))

    def reset_mark(self) -> None:
        """Mark the first criterion."""
        self._mark_row(0)

    def set_read_only(self, read_only: bool) -> None:
        """Take no judgement and no reason for now."""
        self._read_only = read_only
        for row in self._rows:
            row.set_read_only(read_only)
        for reason in self._reasons:
            reason.set_read_only(read_only)

    def _mark_row(self, number: int) -> None:
        self._marked = number
        for place, row in enumerate(self._rows):
            row.set_marked(place == number)
        if self._rows and self.isVisible():
            self._scroll.ensureWidgetVisible(self._rows[number], 0, 0)
            # Never sideways: the accent bar is at the edge.
            self._scroll.horizontalScrollBar().setValue(0)

    def _on_judged(self, criterion: str, judgement: str) -> None:
        self._on_pointed(criterion)
        self.judge(judgement)

    def _on_pointed(self, criterion: str) -> None:
        places = [row.criterion.id for row in self._rows]
        self._mark_row(places.index(criterion))

    def _restyle(self) -> None:
        self.setFixedWidth(look_of(self).px(tokens.PANEL))


class _ReasonRow(QWidget):
    """A further reason: its words and its number."""

    chosen = Signal(str)

    def __init__(self, reason: ExclusionReason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = _numbered(reason, "")
        self._number.set_low()
        self._number.chose.connect(self.chosen)
        Row(self, margins=(48, 2, 16, 2)).add(
            (Words(reason.text, step="small", wrap=True), 1), self._number
        )

    def set_read_only(self, read_only: bool) -> None:
        """Take no press for now."""
        self._number.setEnabled(not read_only)


class ReasonLines(QWidget):
    """All reasons in a few quiet lines: what stands over the buttons when the panel is folded."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._columns = 4
        self._grid = Grid(self, gap=16, row_gap=2)
        self.setAccessibleName("Reasons to exclude")

    def set_reasons(self, reasons: Sequence[ExclusionReason]) -> None:
        """Show these reasons, each with its number."""
        drop(*self._buttons)
        self._buttons = [_numbered(reason, reason.text) for reason in reasons]
        for button in self._buttons:
            button.setToolTip(button.text())  # where there is no room for all of it
            button.set_low(key_first=True)
            button.chose.connect(self.chosen)
        self._place()

    def _place(self) -> None:
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // self._columns, number % self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use fewer columns where there is less room."""
        super().resizeEvent(event)
        columns = max(1, min(4, self.width() // look_of(self).px(150)))
        if columns != self._columns:
            self._columns = columns
            self._place()


def _numbered(reason: ExclusionReason, words: str) -> Button:
    """Return the button of a reason: its number is the key."""
    button = Button(words, kind="quiet", key=str(reason.number))
    button.set_spoken(f"Exclude: {reason.text}")
    button.setObjectName(reason.id)
    return button
