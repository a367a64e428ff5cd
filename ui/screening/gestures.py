"""What a key, or a button that stands for one, does on the screening page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from screener.model import Judgement
from ui.screening.header import ScreeningHeader
from ui.screening.keys import KeyTable
from ui.screening.model import Asking, ScreeningModel, State
from ui.screening.own_word import OwnWordMenu
from ui.screening.reading import Reading

_WITHOUT_RECORD = frozenset(
    {"take-back", "undo", "redo", "search", "find", "queue", "all-keys", "leave"}
)
"""Actions that make sense where no record is shown."""
_WHILE_HELD = frozenset({"next-record", "record-before", "scroll-down", "scroll-up"})
"""What a key that is held goes on doing; a hand that rests on I decides one record, not thirty."""


class Gestures(QObject):
    """Turns the keys of the record and of the list into what the model does.

    Letters act only while the record or the list has the focus, or one of the `places` that stand
    in for them: only these are listened to.
    """

    wants = Signal(str)
    fold_asked = Signal()

    def __init__(
        self,
        model: ScreeningModel,
        header: ScreeningHeader,
        reading: Reading,
        *places: QObject,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._header = header
        self._reading = reading
        self._keys = KeyTable()
        self._own_word = OwnWordMenu(reading)
        self._own_word.chosen.connect(self._on_own_word)
        self._deeds = self._recording() | self._going() | self._looking()
        for place in (reading.record, reading.list, reading.details, *places):
            place.installEventFilter(self)

    def set_keys(self, table: KeyTable) -> None:
        """Listen to other keys."""
        self._keys = table

    def perform(self, action: str) -> bool:
        """Do an action by its id; says whether it is one of the page that makes sense now."""
        reason = action.removeprefix("reason-") if action.startswith("reason-") else ""
        if action not in self._deeds and not reason:
            return False
        if self._model.state is not State.RECORD and action not in _WITHOUT_RECORD:
            return False
        self._reading.note.keep()
        if reason:
            self._model.exclude_for(int(reason))
        else:
            self._deeds[action]()
        return True

    def _recording(self) -> dict[str, Callable[[], object]]:
        model = self._model
        return {
            "include": model.include,
            "maybe": model.maybe,
            "exclude": model.exclude,
            "other-reason": self._exclude_for_another,
            "take-suggestion": model.take_suggestion,
            "take-back": model.take_back,
            "undo": model.take_back,
            "redo": model.repeat,
            "met": partial(model.judge, Judgement.MET),
            "not-met": partial(model.judge, Judgement.NOT_MET),
            "unclear": partial(model.judge, Judgement.UNCLEAR),
            "note": self._write_note,
            "flag": model.toggle_flag,
            "duplicate": self._find_same,
        }

    def _going(self) -> dict[str, Callable[[], object]]:
        model, record = self._model, self._reading.record
        return {
            "criterion-above": partial(model.move_mark, -1),
            "criterion-below": partial(model.move_mark, 1),
            "next-record": partial(model.step, 1),
            "record-before": partial(model.step, -1),
            "scroll-down": partial(record.scroll_page, 1),
            "scroll-up": partial(record.scroll_page, -1),
            "search": self._header.open_search,
            "find": self._header.open_search,
            "queue": self._header.queue.open_menu,
            "list": self._toggle_list,
            "leave": self._leave,
        }

    def _looking(self) -> dict[str, Callable[[], object]]:
        return {
            "criteria": self.fold_asked.emit,
            "highlights": self._highlights,
            "byline": self._reading.toggle_byline,
            "details": self._reading.show_details,
            "linked-record": self._reading.show_linked,
            "all-keys": partial(self.wants.emit, "all-keys"),
        }

    def _write_note(self) -> None:
        sheet = self._model.sheet
        if self._model.can_decide and sheet is not None:
            self._reading.note.write(sheet.unit.id, sheet.note)

    def _exclude_for_another(self) -> None:
        sheet = self._model.sheet
        if self._model.asking is Asking.REASON and sheet is not None and not sheet.note.strip():
            self._write_note()  # the reason has to be said there first
        else:
            self._model.exclude_for(0)

    def _find_same(self) -> None:
        if self._model.can_decide:
            self._reading.open_same()

    def _toggle_list(self) -> None:
        shown = self._reading.list.isHidden()
        self._reading.show_list(shown=shown)
        (self._reading.list if shown else self._reading.record).setFocus()

    def _highlights(self) -> None:
        record = self._reading.record
        selected = record.selected_text()
        if selected:
            below = record.viewport().mapToGlobal(record.cursorRect().bottomLeft())
            self._own_word.ask(selected, self._model.protocol.criteria, below)
        else:
            record.set_highlighted(not record.highlighted)

    def _on_own_word(self, element: str, word: str) -> None:
        self._model.add_own_word(element, word)
        cursor = self._reading.record.textCursor()
        cursor.clearSelection()
        self._reading.record.setTextCursor(cursor)

    def _leave(self) -> None:
        if self._reading.same.open:
            self._reading.close_same()
        elif not self._model.leave() and not self._reading.list.isHidden():
            self._toggle_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the table; all others go their way."""
        if not isinstance(event, QKeyEvent):
            return False
        action = self._meant(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and action:
            # The record has the focus: its keys come before those of the menus.
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:
            if event.isAutoRepeat() and action not in _WHILE_HELD:
                return bool(action)
            return bool(action) and self.perform(action)
        return False

    def _meant(self, watched: QObject, event: QKeyEvent) -> str:
        """Return the action of a key; in place of the record only the way on counts."""
        action = self._keys.action(event)
        return "" if watched is self._reading.details and action != "linked-record" else action
