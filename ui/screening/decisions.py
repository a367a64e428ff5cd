"""The row of decisions: include, maybe, exclude, and quietly note, flag and duplicate."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Verdict
from screener.screening.rules import Suggestion
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button, DecisionButton
from ui.widgets.keycap import key_words
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space

_LEAST = 104
_WIDTHS = {Verdict.INCLUDE: 184, Verdict.MAYBE: 136, Verdict.EXCLUDE: 184}


class DecisionRow(QWidget):
    """The buttons under the record; `pressed` carries the id of an action."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enter = "Enter"
        self._narrow = False
        self.buttons = {v: DecisionButton(str(v)) for v in _WIDTHS}
        self.note = Button("Note", kind="quiet", name="note", low=True)
        self.flag = Button("Flag", kind="quiet", name="flag", low=True)
        self.duplicate = Button("Duplicate", kind="quiet", name="duplicate", low=True)
        self._shown: dict[Verdict, tuple[str, str]] = {}
        for verdict, decision in self.buttons.items():
            decision.setObjectName(verdict)
        above = Row(gap=tokens.GAP_OUT).add(self.note, self.flag, 1)
        below = (self.duplicate, Qt.AlignmentFlag.AlignLeft)
        self._quiet = Column(gap=tokens.GAP_IN).add(above, below).boxed()
        Row(self, gap=tokens.GAP).add(*self.buttons.values(), Space(tokens.GAP), self._quiet, 1)
        for button in self._every():
            button.chose.connect(self.pressed)
        follow(self, self._restyle)

    def _every(self) -> tuple[Button, ...]:
        return (*self.buttons.values(), self.note, self.flag, self.duplicate)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what is quiet where there is no room; its keys go on working."""
        self._narrow = narrow
        self._quiet.setVisible(not narrow)
        self._restyle()

    def _restyle(self) -> None:
        for verdict in _WIDTHS:
            self._widen(verdict)

    def _widen(self, verdict: Verdict) -> None:
        # Room for a short suggestion, so that nothing moves when one comes; more for a long one.
        button = self.buttons[verdict]
        usual = look_of(self).px(_LEAST if self._narrow else _WIDTHS[verdict])
        button.setMinimumWidth(max(usual, button.minimumSizeHint().width()))

    def set_keys(self, keys: Keys) -> None:
        """Show the keys in force."""
        for button in self._every():
            button.set_key(keys.first(button.objectName()))
        self._enter = {"Return": "Enter"}.get(
            keys.first("take-suggestion"), key_words(keys.first("take-suggestion"))
        )

    def show_model(self, model: ScreeningModel) -> None:
        """Show what can be decided, what is suggested and what is decided."""
        suggested = model.suggestion
        for verdict, button in self.buttons.items():
            wanted = self._state(model, verdict, suggested)
            if self._shown.get(verdict) != wanted:
                self._shown[verdict] = wanted
                button.set_state(*wanted)
                self._widen(verdict)
        flagged = model.sheet is not None and model.sheet.flagged
        for quiet in (self.note, self.flag, self.duplicate):
            quiet.setEnabled(model.can_decide)
        words = "Flagged" if flagged else "Flag"
        if self.flag.text() != words:
            self.flag.setText(words)

    def _state(
        self, model: ScreeningModel, verdict: Verdict, suggested: Suggestion | None
    ) -> tuple[str, str]:
        sheet = model.sheet
        decision = sheet.decision if sheet is not None else None
        decided = decision is not None and decision.verdict is verdict
        if not model.can_decide:
            return ("quiet", "your decision" if decided else "")
        rejudged = sheet is not None and sheet.rejudged
        if decided and not rejudged:
            return "decided", "your decision"
        open_to_suggestion = decision is None or rejudged
        if open_to_suggestion and suggested is not None and suggested.verdict is verdict:
            return "suggested", self._suggested_words(model, suggested)
        return "plain", "your decision" if decided else ""

    def _suggested_words(self, model: ScreeningModel, suggested: Suggestion) -> str:
        if suggested.reason:
            name = wording.reason(suggested.reason, model.protocol)
            return f"{name} · {self._enter}"
        return f"suggested · {self._enter}"
