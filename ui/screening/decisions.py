"""The row of decisions: include, maybe, exclude, and quietly note, flag and duplicate."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.model import Verdict
from screener.screening.rules import Suggestion
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button, DecisionButton
from ui.widgets.keycap import key_words
from ui.widgets.theme import look_of
from ui.widgets.wrapped import Wrapped

_WIDTHS = {Verdict.INCLUDE: 184, Verdict.MAYBE: 136, Verdict.EXCLUDE: 184}
"""Room for a short suggestion, so that nothing moves when one comes."""
_GAP, _ROW_GAP = 12, 4


class DecisionRow(Wrapped):
    """The buttons under the record; `pressed` carries the id of an action.

    What is quiet stands beside the decisions in two lines, or below them in one where there is no
    room.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._enter = "Enter"
        self._low = False
        self.buttons = {v: DecisionButton(str(v)) for v in _WIDTHS}
        self.note = Button("Note", kind="quiet", name="note", low=True)
        self.flag = Button("Flag", kind="quiet", name="flag", low=True)
        self.duplicate = Button("Duplicate", kind="quiet", name="duplicate", low=True)
        self._shown: dict[Verdict, tuple[str, str]] = dict.fromkeys(_WIDTHS, ("", ""))
        for verdict, decision in self.buttons.items():
            decision.setObjectName(verdict)
        self._quiet = Wrapped(gap=tokens.GAP_OUT, row_gap=tokens.GAP_IN)
        super().__init__(gap=_GAP, row_gap=_ROW_GAP, parent=parent)
        self._quiet.set_widgets([self.note, self.flag, self.duplicate])
        self.set_widgets([*self.buttons.values(), self._quiet])
        for button in self._every():
            button.chose.connect(self.pressed)

    def _every(self) -> tuple[Button, ...]:
        return (*self.buttons.values(), self.note, self.flag, self.duplicate)

    def set_low(self, *, low: bool) -> None:
        """Say whether the page is low: the decisions are narrower there rather than in two rows."""
        self._low = low
        self.arrange()

    def arrange(self) -> None:
        """Share the width, then place everything; a suggestion is cut only where all is narrow."""
        px = look_of(self).px
        least = {v: button.minimumSizeHint().width() for v, button in self.buttons.items()}
        usual = {v: max(width, px(_WIDTHS[v])) for v, width in least.items()}
        room, beside = self.width(), self._beside()
        if self._whole(least if self._low else usual) + px(_GAP) + beside <= room:
            room -= px(_GAP) + beside
        else:
            beside = room
        self._quiet.setFixedWidth(beside)
        whole = {v: button.whole_width() for v, button in self.buttons.items()}
        narrow = least if self._whole(usual) > room else usual
        widths = {v: max(narrow[v], whole[v]) for v in _WIDTHS}
        for floor in (whole, least):
            for verdict in widths:
                over = max(0, self._whole(widths) - room)
                widths[verdict] -= max(0, min(over, widths[verdict] - floor[verdict]))
        for verdict, button in self.buttons.items():
            button.setFixedWidth(widths[verdict])
            cut = widths[verdict] < whole[verdict]
            button.setToolTip(self._shown[verdict][1] if cut else "")
        super().arrange()

    def _beside(self) -> int:
        """Return how wide the quiet ones are in two lines."""
        note, flag, duplicate = (b.sizeHint().width() for b in self._every()[len(self.buttons) :])
        return max(note + look_of(self).px(tokens.GAP_OUT) + flag, duplicate)

    def _whole(self, widths: Mapping[Verdict, int]) -> int:
        return sum(widths.values()) + (len(widths) - 1) * look_of(self).px(_GAP)

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
            if self._shown[verdict] != wanted:
                self._shown[verdict] = wanted
                button.set_state(*wanted)
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
