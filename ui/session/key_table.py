"""Tables of keys, drawn from the keys in force, and the choice of a preset."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.model import UserError
from ui.session.actions import ACTIONS, Action, Where
from ui.session.keys import Keys
from ui.session.presets import PRESETS
from ui.widgets.keycap import KeyCap
from ui.widgets.segmented import Segmented
from ui.widgets.words import Column, Row, Space, Words, clear

_WITHIN = {Where.DUPLICATES: (Where.CHOOSING,), Where.CONSENSUS: (Where.ANSWER,)}
"""Places that are shown with another one, because they are a moment of its page."""
_LAST = "scheme-next"
"""It stands first in its menu, and last among the keys: few want it."""
HEADING = 2
"""How many lines a heading takes, with the room above it."""
OF_WINDOW = (
    ("Stages", ("Ctrl+1", "… 9")),
    ("Next area", ("F6",)),
)


class PresetChooser(QWidget):
    """Keys as in Screener, Rayyan, ASReview or SRA; the one in force is marked."""

    refused = Signal(str)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._presets = Segmented([(name, name) for name in PRESETS], name="Keys as in")
        Row(self, gap=4).add(
            Words("Keys as in", step="small", colour="quiet"), Space(8), self._presets, 1
        )
        self._presets.chosen.connect(self._on_chosen)
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._presets.choose(self._keys.preset)

    def _on_chosen(self, name: str) -> None:
        try:
            self._keys.set_preset(name)
        except UserError as error:
            self.refused.emit(str(error))
        self._show()


class KeyGroup(QWidget):
    """One heading with its actions and their key caps."""

    def __init__(
        self,
        keys: Keys,
        where: Where,
        group: str,
        named: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`named` says what actions are called where they do something else, "" for nothing."""
        super().__init__(parent)
        called = named or {}
        self._keys = keys
        self._caps: dict[str, Row] = {}
        column = Column(self, gap=6).add(Words(group, step="label", colour="quiet"))
        for action in _listed(where):
            words = called.get(action.id, action.name)
            if action.group == group and words:
                self._caps[action.id] = caps = Row(gap=4)
                column.add(Row(gap=4).add(Words(words), 1, caps))
        keys.changed.connect(self._fill)
        self._fill()

    @property
    def lines(self) -> int:
        """How many lines it takes, its heading counted."""
        return len(self._caps) + HEADING

    def _fill(self) -> None:
        for id_, caps in self._caps.items():
            clear(caps)
            caps.add(*map(KeyCap, self._keys.caps(id_)))


def groups_of(where: Where, named: Mapping[str, str] | None = None) -> list[str]:
    """Return the headings of a place's actions, in the order of the table; see `KeyGroup`."""
    listed = (a for a in _listed(where) if (named or {}).get(a.id, a.name))
    return list(dict.fromkeys(a.group for a in listed if a.group))


def _listed(where: Where) -> list[Action]:
    """Return the actions of a place, then those of the window."""
    here = (where, *_WITHIN.get(where, ()))
    own = [a for a in ACTIONS if a.where in here and a.where is not Where.WINDOW]
    return own + sorted(
        (a for a in ACTIONS if a.where is Where.WINDOW), key=lambda a: a.id == _LAST
    )
