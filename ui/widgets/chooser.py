"""A chooser: words that open a menu of what else could be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets.button import Button, Paint
from ui.widgets.marks import paint_drop
from ui.widgets.menu import Menu
from ui.widgets.theme import Look


class Chooser(Button):
    """Words such as "Pending 872" that open a menu; `chosen` carries the id that was taken."""

    chosen = Signal(str)
    tail = 16

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        name: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._choices: dict[str, str] = {}
        self._current = ""
        self._label = name
        super().__init__("", kind="quiet", key=key, parent=parent)
        self._menu = Menu(self)
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self.open_menu)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices, as (id, words); the current one stays if it is among them."""
        self._choices = dict(choices)
        if self._current not in self._choices:
            self._current = next(iter(self._choices), "")
        self._say()

    def choose(self, id_: str) -> None:
        """Show a choice as taken; says nothing."""
        self._current = id_
        self._say()

    def current(self) -> str:
        """Return the id of the present choice."""
        return self._current

    def open_menu(self) -> None:
        """Open the menu under the words."""
        self._menu.clear()
        for id_, words in self._choices.items():
            action = self._menu.addAction(words.replace("&", "&&"))
            action.setData(id_)
            action.setCheckable(True)
            action.setChecked(id_ == self._current)
        self._menu.open_under(self)

    def _say(self) -> None:
        words = self._choices.get(self._current, "")
        self.set_spoken(f"{self._label}: {words}" if self._label else words)
        self.setText(words)

    def _on_triggered(self, action: QAction) -> None:
        self.choose(str(action.data()))
        self.chosen.emit(self._current)

    def _paint_tail(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        middle = area.center() + QPointF(look.px(2), look.px(1))
        paint_drop(painter, middle, look.px(7), look.colour(paint.text))


class Entry(NamedTuple):
    """A line of a menu: its words, what it does, and whether it is what is shown now."""

    words: str
    does: Callable[[], object]
    on: bool


class MenuChooser(Chooser):
    """A chooser whose menu has menus of its own, filled when they are opened.

    Each line does something by itself; the words follow when that was done.
    """

    def add(self, menu: QMenu, entry: Entry) -> None:
        """Add a line to a menu."""
        action = menu.addAction(entry.words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(entry.on)
        action.triggered.connect(lambda: entry.does())

    def add_menu(self, words: str, *, on: bool) -> Menu:
        """Add a menu within the menu, marked where what is shown is in it; Qt opens none empty."""
        menu = Menu(self._menu)
        menu.setTitle(words.replace("&", "&&"))
        menu.addAction(_NOTHING).setEnabled(False)
        entry = self._menu.addMenu(menu)
        entry.setCheckable(on)
        entry.setChecked(on)
        return menu

    def add_parts(self, words: str, parts: Callable[[], Iterable[Entry]], *, on: bool) -> None:
        """Add a menu within the menu whose lines are read when it is opened."""
        menu = self.add_menu(words, on=on)
        menu.aboutToShow.connect(partial(self._fill, menu, parts))

    def _fill(self, menu: QMenu, parts: Callable[[], Iterable[Entry]]) -> None:
        menu.clear()
        for entry in parts():
            self.add(menu, entry)
        if menu.isEmpty():
            menu.addAction(_NOTHING).setEnabled(False)

    def _on_triggered(self, action: QAction) -> None:
        """Leave it to the line what it does."""


_NOTHING = "Nothing yet"
