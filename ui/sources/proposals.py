"""Corrections that reviewers propose: a list, the chosen one in full, taken or left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.model import FIELD_WORDS
from screener.model.words import counted, listed
from screener.sources.proposals import Proposed
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.sources.fields import FormGrid
from ui.sources.view import Foot
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.rows import Field, RowsModel
from ui.widgets.scroll import ScrollArea
from ui.widgets.tables import RowTable
from ui.widgets.words import Column, Hairline, Words

_FOOT = "What is taken is a correction beside the source’s; copies written later carry it."


def _columns() -> tuple[Field[Proposed], ...]:
    return (
        Field(heading="Record", text=lambda one: f"{one.number:,}", colour="quiet", width=80),
        Field(heading="Field", text=_field, strong=True, width=160),
        Field(heading="Now", text=lambda one: one.now or "nothing", colour="quiet"),
        Field(heading="Proposed", text=lambda one: one.value),
        Field(heading="By", text=lambda one: listed(one.reviewers), colour="quiet", width=220),
    )


def _field(one: Proposed) -> str:
    return FIELD_WORDS[one.field]


def remark(one: Proposed) -> str:
    """Return what to know before a proposal is taken, "" where there is nothing."""
    parts = []
    if one.changed:
        parts.append("This field was changed since it was proposed.")
    if one.others:
        others = counted(one.others, "other value")
        parts.append(f"{others.capitalize()} {'is' if one.others == 1 else 'are'} proposed for it.")
    return " ".join(parts)


class ProposalsView(QWidget):
    """The open proposals; `left` goes back to the searches, also when none is left."""

    left = Signal()
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.open: list[Proposed] = []
        self._model = RowsModel(_columns(), self)
        self.table = RowTable("Proposed corrections")
        self.table.setModel(self._model)
        keys = session.keys
        self.back = Button("Back", kind="quiet", key="Esc", does=self.left)
        self.leave = ActionButton("Leave it", "leave-proposal", keys, does=self.leave_it)
        self.take = ActionButton("Take it", "take-proposal", keys, kind="filled", does=self.take_it)
        self._title = Words(step="strong", wrap=True)
        self._remark = Words(step="small", colour="warn", wrap=True)
        names = ("Now", "Proposed", "Why")
        self._values = {name: Words(step="note", wrap=True, selectable=True) for name in names}
        self._why = Words("Why", step="small", colour="quiet")
        Column(self, gap=0).add(
            (Column(margins=(20, 8, 20, 0)).add(self.table), 2),
            Hairline(),
            (ScrollArea(self._detail()), 3),
            Foot(_FOOT, (self.leave, self.take)),
        )
        self.table.row_changed.connect(self._show_chosen)

    def _detail(self) -> QWidget:
        grid = FormGrid(names=80, gap=24, row_gap=12)
        for name, value in self._values.items():
            label = self._why if name == "Why" else Words(name, step="small", colour="quiet")
            grid.add_field(label, value)
        margins = (tokens.MARGIN, 16, tokens.MARGIN, 16)
        return Column(gap=12, margins=margins).add(self._title, self._remark, grid, 1).boxed()

    def reload(self) -> None:
        """Read what is open; near where the chosen one was."""
        row = self.table.current()
        self.open = self._session.project.sources.proposals.open()
        self._model.set_rows(self.open)
        self.table.choose(min(max(row, 0), len(self.open) - 1))
        self._show_chosen()
        self.dressed.emit()
        if not self.open:
            self.left.emit()

    def dress(self, header: PageHeader) -> None:
        """Say how many are open."""
        header.dress("Proposed corrections", f"{len(self.open):,} open", actions=(self.back,))

    def set_busy(self, busy: bool) -> None:
        """While something is written, only reading is possible."""
        for button in (self.leave, self.take):
            button.setEnabled(not busy and bool(self.open))

    def chosen(self) -> Proposed | None:
        """Return the chosen proposal."""
        row = self.table.current()
        return self.open[row] if 0 <= row < len(self.open) else None

    def take_it(self) -> None:
        """Correct the record as proposed."""
        self._answer("Taken", self._session.project.sources.proposals.take)

    def leave_it(self) -> None:
        """Say that it is not taken."""
        self._answer("Left", self._session.project.sources.proposals.leave)

    def _answer(self, did: str, answer: Callable[[str], object]) -> None:
        one = self.chosen()
        if one is not None and self._session.attempt(partial(answer, one.id)) is not None:
            words = f"{did}: {FIELD_WORDS[one.field].lower()} of record {one.number:,}"
            self._session.say(words, can_take_back=True)

    def _show_chosen(self) -> None:
        one = self.chosen()
        if one is None:
            return
        self._title.setText(one.title or f"Record {one.number:,}")
        self._remark.show_text(remark(one))
        texts = {"Now": one.now or "nothing", "Proposed": one.value, "Why": "\n".join(one.why)}
        for name, value in self._values.items():
            value.setText(texts[name])
        for shown in (self._why, self._values["Why"]):
            shown.setVisible(bool(one.why))
