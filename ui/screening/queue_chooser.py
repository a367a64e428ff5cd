"""The chooser of the queue: one menu with what to go through, in which part, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from screener.screening.screening import PARTED, OrderBy, Queue
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.widgets.chooser import Entry, MenuChooser

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


class QueueChooser(MenuChooser):
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
        checked = self.add_menu("Missing or changed", on=model.queue in _CHECKED)
        checked.clear()
        for queue in _CHECKED:
            self._add_queue(checked, queue, model)
        for queue in PARTED:
            self._add_parts(queue, model)
        self._menu.addSeparator()
        self._add_orders(model)
        self._add_queue(self._menu, Queue.ALL, model)
        self._menu.open_under(self)

    def _add_queue(self, menu: QMenu, queue: Queue, model: ScreeningModel) -> None:
        chosen = queue is model.queue
        self.add(menu, Entry(str(queue), partial(self.taken.emit, queue, ""), on=chosen))

    def _add_parts(self, queue: Queue, model: ScreeningModel) -> None:
        if queue is Queue.LABEL and not model.labels:
            return
        parts = partial(self._parts, queue, model)
        self.add_parts(str(queue), parts, on=queue is model.queue)

    def _parts(self, queue: Queue, model: ScreeningModel) -> Iterator[Entry]:
        for part in model.parts(queue):
            yield Entry(
                f"{part.words}   {wording.number(len(part.units))}",
                partial(self.taken.emit, queue, part.id),
                on=(queue, part.id) == (model.queue, model.part),
            )

    def _add_orders(self, model: ScreeningModel) -> None:
        menu = self.add_menu(f"Order: {model.ordering.by}", on=False)
        menu.clear()
        for by in OrderBy:
            self.add(
                menu, Entry(str(by), partial(self.ordered.emit, by), on=by is model.ordering.by)
            )
