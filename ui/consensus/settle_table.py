"""What a table of the meeting would settle, shown before it is settled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import Mode, UserError
from screener.model.words import counted
from screener.printing.prints import Told, ToSettle
from screener.printing.returned import settled_before
from ui.session.echo import clock
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import Sized
from ui.widgets.tick import Tick
from ui.widgets.words import Words

_ROWS = 8


def _fields(*, overturns: bool) -> tuple[Field[Told], ...]:
    """Return the columns; with what was agreed until now where anything of it is overturned."""
    before: Field[Told] = Field(
        heading="Overturns", text=lambda one: one.overturns, colour="warn", width=150
    )
    return (
        Field(heading="Item", text=lambda one: one.item),
        Field(heading="Agreed", text=lambda one: one.agreed, width=150 if overturns else 200),
        *((before,) if overturns else ()),
        Field(heading="Why", text=lambda one: one.why, colour="quiet", width=200),
        Field(
            heading="By",
            text=lambda one: one.by + (", decides" if one.mode is Mode.ADJUDICATION else ""),
            colour="quiet",
            width=140,
        ),
    )


class SettleTableCard(Card):
    """Shows what a table would settle, and settles it as one action, all or nothing."""

    def __init__(
        self, session: Session, path: Path, step: str, found: ToSettle, window: QWidget
    ) -> None:
        super().__init__("Settle from a table", window, width=960)
        self._session, self._path, self._step, self._found = session, path, step, found
        several = counted(len(found.told), "item")
        self._overturned = sum(bool(one.overturns) for one in found.told)
        self.rows: RowsModel[Told] = RowsModel(_fields(overturns=bool(self._overturned)), self)
        self.table = RowTable("What the table settles", sortable=False)
        self.table.setModel(self.rows)
        # What overturns something is asked about, so it is seen first.
        self.rows.set_rows(sorted(found.told, key=lambda one: not one.overturns))
        self.table.choose(0)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter settles, arrows move in it
        lines = min(max(len(found.told), 2), _ROWS) + 1
        Sized(self.table, height=lines * tokens.ROW)
        self.act = Button(f"Settle {several}", kind="filled", key="Enter", does=self.settle)
        about = f"{path.name} settles {several}. The decisions themselves stay as they were."
        if before := settled_before(found.before):
            about += f" {before}"
        self.body.add(Words(about, step="note", wrap=True), self.table)
        rows = counted(self._overturned, "row")
        self.overturn = Tick(f"Overturn what was agreed in {rows}; the report counts it")
        self.body.add(self.overturn, self.said)
        self.overturn.setVisible(bool(self._overturned))
        self.foot.add(1, self.act)

    def focus_first(self) -> None:
        """Take the focus, on what is asked where something is."""
        if self._overturned:
            self.overturn.setFocus()
        else:
            super().focus_first()

    def settle(self) -> None:
        """Settle all of it; what is wrong is said here, and nothing was recorded."""
        if not self.act.isEnabled():
            return
        overturn = self.overturn.isChecked()
        if self._overturned and not overturn:
            rows = counted(self._overturned, "row")
            self.refuse(
                f"What was agreed in {rows} is overturned: tick that this is meant, or close this"
                " and empty that in the table."
            )
            return
        self.act.setEnabled(False)
        wanted, step = self._found.wanted, self._step
        self._session.start(
            lambda project, _: project.consensus.resolve_many(step, wanted, overturn=overturn),
            self._on_settled,
            writes=True,
            refused=self._on_refused,
        )

    def _on_settled(self, count: int) -> None:
        self.close_card()
        words = f"{counted(count, 'item')} settled from {self._path.name}"
        self._session.say(words, saved=clock(), can_take_back=True)

    def _on_refused(self, error: UserError) -> None:
        self.act.setEnabled(True)
        self.refuse(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with Enter; arrows move in the list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.settle()
            event.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
