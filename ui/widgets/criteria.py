"""The criteria panel: the PICOS criteria beside the record, each with its number and judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Criterion, ExclusionReason
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.clamped import ClampedWords
from ui.widgets.marks import SIGN_WORDS, ElementTile, Mark, paint_outline
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import Sized, look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Space, Surface, Words, clear
from ui.widgets.wrapped import Wrapped

JUDGEMENTS = ("met", "not-met", "unclear")
"""The three judgements, in the order of their keys."""
_CLAMPED = 2
"""Lines of a criterion that is not marked, so that all of them are in sight."""
_LOW = 240
"""Panels lower than this show nothing under the criteria."""


class CriterionRow(QWidget):
    """A criterion; the marked one lies on white with the accent bar and can be judged."""

    judged = Signal(str, str)
    pointed = Signal(str)
    reason_chosen = Signal(str)

    def __init__(self, criterion: Criterion, number: int, keys: tuple[str, str, str]) -> None:
        super().__init__()
        self.criterion = criterion
        self.judgement = ""
        self._is_marked = False
        self._build(number, keys)
        grid = Grid(self, gap=8, row_gap=0, margins=(16, 8, 6, 8))
        grid.addWidget(self._tile, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(
            Column(gap=4).add(
                Row().add((self._name, 1), self._mark, self._word, self._number),
                self._include,
                self._exclude,
                self._judging,
            ),
            0,
            1,
        )
        grid.setColumnStretch(1, 1)
        self.set_judgement("")
        self.set_marked(False)

    def _build(self, number: int, keys: tuple[str, str, str]) -> None:
        criterion = self.criterion
        self._tile = ElementTile(criterion.element, criterion.name)
        self._name = Words(criterion.name, step="strong", wrap=True)
        self._mark = Mark("", size=14)
        self._word = Words(step="small")
        self._number = Button(
            "",
            kind="quiet",
            key=str(number),
            spoken=f"Exclude: {criterion.name}",
            name=criterion.id,
            low=True,
        )
        self._include = ClampedWords(
            criterion.include, lines=_CLAMPED, step="small", colour="quiet"
        )
        self._exclude = Words(f"Not: {criterion.exclude}", step="small", colour="quiet", wrap=True)
        self._number.chose.connect(self.reason_chosen)
        self._judging = _Judging(criterion.name, keys)
        self._judging.judged.connect(self._on_judged)

    def set_judgement(self, judgement: str) -> None:
        """Show how it is judged; "" is not judged and shows nothing."""
        self.judgement = judgement
        self._mark.setVisible(bool(judgement))
        self._mark.set_sign(judgement)
        self._word.show_text(SIGN_WORDS[judgement] if judgement else "")
        self._judging.set_judgement(judgement)
        self.setAccessibleName(f"{self.criterion.name}, {SIGN_WORDS[judgement]}")

    def set_marked(self, marked: bool) -> None:
        """Show that the keys judge this one."""
        self._is_marked = marked
        self._exclude.setVisible(marked and bool(self.criterion.exclude))
        self._include.setVisible(bool(self.criterion.include))
        self._include.set_look(colour="text" if marked else "quiet")
        self._include.set_lines(0 if marked else _CLAMPED)
        self._judging.setVisible(marked)
        self.update()

    def set_keys(self, keys: tuple[str, str, str]) -> None:
        """Show other keys for the three judgements."""
        self._judging.set_keys(keys)

    def set_read_only(self, read_only: bool) -> None:
        """Take no press for now."""
        self._number.setEnabled(not read_only)
        self._judging.setEnabled(not read_only)

    def _on_judged(self, judgement: str) -> None:
        self.judged.emit(self.criterion.id, judgement)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the criterion that is clicked."""
        self.pointed.emit(self.criterion.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on white with the accent bar when marked."""
        if not self._is_marked:
            return
        look, painter = look_of(self), QPainter(self)
        painter.fillRect(self.rect(), look.colour("raised"))
        bar = QRectF(0, 0, look.px(tokens.BAR), self.height())
        painter.fillRect(bar, look.colour("accent"))


class _Judging(QWidget):
    """The three judgements with their keys, in one outline."""

    judged = Signal(str)

    def __init__(self, name: str, keys: tuple[str, str, str]) -> None:
        super().__init__()
        self._buttons: list[Button] = []
        row = Row(self, gap=6, margins=(8, 4, 8, 4))
        for judgement, key in zip(JUDGEMENTS, keys, strict=True):
            button = Button(
                SIGN_WORDS[judgement],
                kind="words",
                key=key,
                spoken=f"{name}: {SIGN_WORDS[judgement]}",
                name=judgement,
                low=True,
            )
            button.chose.connect(self.judged)
            if self._buttons:
                row.add(1, Hairline(vertical=True), 1)
            row.addWidget(button)
            self._buttons.append(button)

    def set_keys(self, keys: tuple[str, str, str]) -> None:
        """Show other keys."""
        for button, key in zip(self._buttons, keys, strict=True):
            button.set_key(key)

    def set_judgement(self, judgement: str) -> None:
        """Mark the judgement that was given."""
        for button in self._buttons:
            chosen = button.objectName() == judgement
            button.set_kind("link" if chosen else "words")
            button.setAccessibleDescription("chosen" if chosen else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline."""
        look, painter = look_of(self), QPainter(self)
        edge = "edge" if self.isEnabled() else "line"
        paint_outline(painter, QRectF(self.rect()), look, edge, width=look.px(1))


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
        self.fold = Button(
            "fold", kind="quiet", key="P", does=self.fold_asked, spoken="Fold the criteria"
        )
        self._column = Column(gap=0)
        self._scroll = ScrollArea(self._column.boxed(), bare=True)
        # Never sideways: the accent bar is at the edge.
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heading = Words("Criteria", step="label", colour="quiet")
        foot = Words("A number excludes with that reason.", step="small", colour="quiet", wrap=True)
        self._foot = Column(margins=(16, 8, 16, 12)).add(foot).boxed()
        Column(self, gap=0).add(
            Row(margins=(16, 6, 16, 2)).add(heading, 1, self.fold),
            (self._scroll, 1),
            self._foot,
        )
        self.setAccessibleName("Criteria")
        Sized(self, width=tokens.PANEL)

    def set_criteria(
        self, criteria: Sequence[Criterion], reasons: Sequence[ExclusionReason] = ()
    ) -> None:
        """Show these criteria and further reasons; every judgement is cleared."""
        clear(self._column)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a low panel to the criteria."""
        super().resizeEvent(event)
        self._foot.setVisible(self.height() >= look_of(self).px(_LOW))

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
            self._scroll.horizontalScrollBar().setValue(0)

    def _on_judged(self, criterion: str, judgement: str) -> None:
        self._on_pointed(criterion)
        self.judge(judgement)

    def _on_pointed(self, criterion: str) -> None:
        places = [row.criterion.id for row in self._rows]
        self._mark_row(places.index(criterion))


class _ReasonRow(QWidget):
    """A further reason: its words and its number."""

    chosen = Signal(str)

    def __init__(self, reason: ExclusionReason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = _numbered(reason, "")
        self._number.set_low()
        self._number.chose.connect(self.chosen)
        Row(self, margins=(48, 2, 6, 2)).add(
            (Words(reason.text, step="small", wrap=True), 1), self._number
        )

    def set_read_only(self, read_only: bool) -> None:
        """Take no press for now."""
        self._number.setEnabled(not read_only)


class ReasonLines(Wrapped):
    """All reasons in a few quiet lines: what stands over the buttons when the panel is folded."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=16, row_gap=2, parent=parent)
        self.setAccessibleName("Reasons to exclude")

    def set_reasons(self, reasons: Sequence[ExclusionReason]) -> None:
        """Show these reasons, each with its number."""
        buttons = [_numbered(reason, reason.text) for reason in reasons]
        for button in buttons:
            button.setToolTip(button.text())  # where a row is too narrow for all of it
            button.set_low(key_first=True)
            button.chose.connect(self.chosen)
        self.set_widgets(buttons)


def _numbered(reason: ExclusionReason, words: str) -> Button:
    """Return the button of a reason: its number is the key."""
    return Button(
        words,
        kind="quiet",
        key=str(reason.number),
        name=reason.id,
        spoken=f"Exclude: {reason.text}",
    )
