"""The chooser of the queue: one menu with what to go through, in which part, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from screener.screening.screening import PARTED, OrderBy, Part, Queue
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.widgets.chooser import Chooser
from ui.widgets.menu import Menu

_FIRST = (
    Queue.PENDING,
    Queue.DECIDED,
    Queue.INCLUDED,
    Queue.MAYBE,
    Queue.EXCLUDED,
    Queue.FLAGGED,
    Queue.LAST,
)
_CHECKED = (Queue.NO_ABSTRACT, Queue.NO_DOI, Queue.CHANGED, Queue.CORRECTED)


class QueueChooser(Chooser):
    """Says which queue is gone through; its parts stand in menus of their own, read when opened."""

    taken = Signal(str, str)
    """The queue that was chosen, and the id of a part of it."""
    ordered = Signal(str)
    """The order that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="Queue", parent=parent)
        self._model: ScreeningModel | None = None

    def show_model(self, model: ScreeningModel) -> None:
        """Say which queue is gone through and how many records are in it."""
        self._model = model
        self.set_choices([("", f"{model.queue_name} {wording.number(len(model.line))}")])

    def open_menu(self) -> None:
        """Open the menu under the words."""
        model = self._model
        if model is None or model.session.busy:
            return
        self._menu.clear()
        for queue in _FIRST:
            self._add_queue(self._menu, queue, model)
        self._menu.addSeparator()
        checked = self._submenu("Missing or changed", on=model.queue in _CHECKED)
        checked.clear()
        for queue in _CHECKED:
            self._add_queue(checked, queue, model)
        for queue in PARTED:
            self._add_parts(queue, model)
        self._menu.addSeparator()
        self._add_orders(model)
        self._add_queue(self._menu, Queue.ALL, model)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _add_queue(self, menu: QMenu, queue: Queue, model: ScreeningModel) -> None:
        chosen = queue is model.queue
        self._add(menu, str(queue), partial(self.taken.emit, queue, ""), on=chosen)

    def _add_parts(self, queue: Queue, model: ScreeningModel) -> None:
        if queue is Queue.LABEL and not model.labels:
            return
        menu = self._submenu(str(queue), on=queue is model.queue)
        menu.aboutToShow.connect(partial(self._fill, menu, queue, model))

    def _fill(self, menu: QMenu, queue: Queue, model: ScreeningModel) -> None:
        menu.clear()
        found: list[Part] = model.parts(queue)
        for part in found:
            chosen = (queue, part.id) == (model.queue, model.part)
            words = f"{part.words}   {wording.number(len(part.units))}"
            self._add(menu, words, partial(self.taken.emit, queue, part.id), on=chosen)
        if not found:
            menu.addAction("Nothing yet").setEnabled(False)

    def _add_orders(self, model: ScreeningModel) -> None:
        menu = self._submenu(f"Order: {model.ordering.by}", on=False)
        menu.clear()
        for by in OrderBy:
            self._add(menu, str(by), partial(self.ordered.emit, by), on=by is model.ordering.by)

    def _submenu(self, words: str, *, on: bool) -> Menu:
        menu = Menu(self._menu)
        menu.setTitle(words.replace("&", "&&"))
        # Something is in it from the start: Qt opens no menu that is empty.
        menu.addAction("Nothing yet").setEnabled(False)
        entry = self._menu.addMenu(menu)
        entry.setCheckable(on)
        entry.setChecked(on)
        return menu

    def _on_triggered(self, action: QAction) -> None:
        """Leave it to the entry what it does; the words follow when that was done."""

    @staticmethod
    def _add(menu: QMenu, words: str, does: Callable[[], object], *, on: bool) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda: does())
