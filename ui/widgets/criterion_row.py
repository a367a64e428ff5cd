"""One criterion of the panel: tile, name, judgement, number, and what to include and exclude."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screener.model import Criterion
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.clamped import ClampedWords
from ui.widgets.marks import SIGN_WORDS, ElementTile, Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Words

JUDGEMENTS = ("met", "not-met", "unclear")
"""The three judgements, in the order of their keys."""
_CLAMPED = 2
"""Lines of a criterion that is not marked, so that all of them are in sight."""


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
        self._lay_out()
        self.set_judgement("")
        self.set_marked(False)

    def _build(self, number: int, keys: tuple[str, str, str]) -> None:
        criterion = self.criterion
        self._tile = ElementTile(criterion.element, criterion.name)
        self._name = Words(criterion.name, step="strong", wrap=True)
        self._mark = Mark("", size=14)
        self._word = Words(step="small")
        self._number = Button("", kind="quiet", key=str(number))
        self._number.set_spoken(f"Exclude: {criterion.name}")
        self._number.setObjectName(criterion.id)
        self._number.set_low()
        self._include = ClampedWords(
            criterion.include, lines=_CLAMPED, step="small", colour="quiet"
        )
        self._exclude = Words(f"Not: {criterion.exclude}", step="small", colour="quiet", wrap=True)
        self._number.chose.connect(self.reason_chosen)
        self._judging = _Judging(criterion.name, keys)
        self._judging.judged.connect(self._on_judged)

    def _lay_out(self) -> None:
        grid = Grid(self, gap=8, row_gap=0, margins=(16, 8, 16, 8))
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

    def set_judgement(self, judgement: str) -> None:
        """Show how it is judged; "" is not judged and shows nothing."""
        self.judgement = judgement
        self._mark.setVisible(bool(judgement))
        self._word.setVisible(bool(judgement))
        if judgement:
            self._mark.set_sign(judgement)
            self._word.setText(SIGN_WORDS[judgement])
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
            button = Button(SIGN_WORDS[judgement], kind="words", key=key)
            button.set_spoken(f"{name}: {SIGN_WORDS[judgement]}")
            button.setObjectName(judgement)
            button.set_low()
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
            button.set_kind("link" if button.objectName() == judgement else "words")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline."""
        look, painter = look_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("edge" if self.isEnabled() else "line"), look.px(1)))
        radius = look.px(tokens.RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
