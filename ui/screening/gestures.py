"""What a key, or a button that stands for one, does on the screening page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from screener.model import Criterion, Judgement
from ui.screening.header import ScreeningHeader
from ui.screening.model import NO_DOI, Asking, ScreeningModel, State
from ui.screening.own_words import OwnWordsCard
from ui.screening.proposing import ProposeCard
from ui.screening.reading import Reading
from ui.session.dispatch import Handlers
from ui.widgets.menu import Menu

_NO_MORE, _ALL = "no more", "all"
SHOWN = 40  # characters of the selected words in the menu's first line


class OwnWordMenu(Menu):
    """Offers the elements of the protocol for a word; `chosen` carries element and word."""

    chosen = Signal(str, str)
    """The element, or "" where the word is to be highlighted no more; and the word."""
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self.triggered.connect(self._on_triggered)

    def ask(
        self, word: str, criteria: tuple[Criterion, ...], at: QPoint, *, own: bool = False
    ) -> None:
        """Ask where a word belongs; one of the reviewer's `own` can be taken away again."""
        self._word = word
        self.clear()
        short = word if len(word) <= SHOWN else f"{word[:SHOWN]}…"
        heading = self.addAction(f"Highlight “{short}” for".replace("&", "&&"))
        heading.setEnabled(False)
        elements = {str(c.element): c.name for c in reversed(criteria)}
        for element, name in reversed(elements.items()):
            self._offer(name, element)
        self._offer("Speaks against inclusion", "exclusion")
        self.addSeparator()
        if own:
            self._offer("Highlight it no more", _NO_MORE)
        self._offer("All words…", _ALL)
        self.popup(at)

    def _offer(self, name: str, element: str) -> None:
        action = self.addAction(name.replace("&", "&&"))
        action.setData(element)

    def _on_triggered(self, action: QAction) -> None:
        if action.data() == _ALL:
            self.all_asked.emit()
        elif action.data():
            element = "" if action.data() == _NO_MORE else str(action.data())
            self.chosen.emit(element, self._word)


_WITHOUT_RECORD = frozenset(
    {"take-back", "undo", "redo", "search", "find", "queue", "all-keys", "leave"}
)
"""Handlers that make sense where no record is shown."""
_EACH_ITS_NOTE = "Another reason stands in the note of a record: decide these one by one."
_WITH_CLOSING_PAGE = frozenset({"undo", "redo", "all-keys"})
"""Handlers that make sense on the page of a closed stage."""


_SCROLLING = ("scroll-down", "scroll-up", "page-down", "page-up")
_WHILE_ASKED = frozenset({"other-reason", "take-back", "undo", "redo", "leave", *_SCROLLING})
"""Handlers that make sense, beside the numbers, while the number of a reason is waited for."""


class Gestures(QObject):
    """What the actions of the record and of the list do to the model."""

    fold_asked = Signal()

    def __init__(
        self, model: ScreeningModel, header: ScreeningHeader, reading: Reading, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._header = header
        self._reading = reading
        self._own_word = OwnWordMenu(reading)
        self._own_word.chosen.connect(self._on_own_word)
        self._own_word.all_asked.connect(self._show_own_words)
        recording = self._recording()
        self._deeds = recording | self._going() | self._looking()
        self._refused = dict.fromkeys(recording.keys() - _WITHOUT_RECORD, self._say_why_not)
        deeds = self._deeds.keys() - _WHILE_ASKED
        letters = {id_ for id_ in deeds if not id_.startswith("reason-")}
        self._asked = self._deeds | dict.fromkeys(letters, self._say_number)

    def handlers(self) -> Handlers:
        """Return what makes sense now."""
        if self._model.state is State.CLOSED:
            return self._refused | {id_: self._deeds[id_] for id_ in _WITH_CLOSING_PAGE}
        if self._model.state is not State.RECORD:
            return {id_: self._deeds[id_] for id_ in _WITHOUT_RECORD}
        if self._reading.details.hasFocus():  # in place of the record: only the way on counts
            ways = ("linked-record", "leave", "undo", "redo", "find")
            return {id_: self._deeds[id_] for id_ in ways}
        if self._model.asking is Asking.REASON:
            return self._asked
        return self._deeds if self._model.can_decide else self._deeds | self._refused

    def _say_number(self) -> None:
        """Say what is waited for: letters of a reason written out in words must not decide."""
        self._model.session.remarked.emit("Press the number of the reason, 0 for another, or Esc.")

    def _recording(self) -> dict[str, Callable[[], object]]:
        model = self._model
        return {
            "include": model.include,
            "maybe": model.maybe,
            "exclude": model.exclude,
            **{f"reason-{n}": partial(model.exclude_for, n) for n in range(1, 10)},
            "other-reason": self._exclude_for_another,
            "take-suggestion": model.take_suggestion,
            "take-back": model.take_back,
            "undo": model.take_back,
            "redo": model.repeat,
            "met": partial(model.judge, Judgement.MET),
            "not-met": partial(model.judge, Judgement.NOT_MET),
            "unclear": partial(model.judge, Judgement.UNCLEAR),
            "note": self._write_note,
            "labels": self._write_labels,
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
            "page-down": partial(self._page, 1),
            "page-up": partial(self._page, -1),
            "search": self._header.open_search,
            "find": self._header.open_search,
            "queue": self._header.queue.open_menu,
            "list": self._toggle_list,
            "choose-below": partial(self._choose_more, 1),
            "choose-above": partial(self._choose_more, -1),
            "leave": self._leave,
        }

    def _page(self, way: int) -> None:
        """Go a page on in the list that has the keyboard, else in the record."""
        if self._reading.list.hasFocus():
            self._reading.list.turn_page(way)
        else:
            self._reading.record.scroll_page(way)

    def _looking(self) -> dict[str, Callable[[], object]]:
        return {
            "criteria": self.fold_asked.emit,
            "highlights": self._highlights,
            "own-words": self._show_own_words,
            "byline": self._reading.toggle_byline,
            "details": self._reading.show_details,
            "propose": self._propose,
            "copy-doi": self._copy_doi,
            "open-doi": self._open_doi,
            "linked-record": self._reading.show_linked,
            "all-keys": partial(self._model.session.wanted.emit, "all-keys"),
        }

    def _write_note(self) -> None:
        sheet = self._model.sheet
        if self._model.can_decide and sheet is not None:
            self._reading.note.write(sheet.unit.id, self._model.note)

    def _write_labels(self) -> None:
        sheet = self._model.sheet
        if self._model.can_decide and sheet is not None:
            self._reading.labels.write(sheet.unit.id, sheet.labels, self._model.labels)

    def _exclude_for_another(self) -> None:
        sheet = self._model.sheet
        if self._model.several:
            self._model.session.remarked.emit(_EACH_ITS_NOTE)
        elif self._model.asking is Asking.REASON and sheet is not None and not sheet.note.strip():
            self._write_note()  # the reason has to be said there first
        else:
            self._model.exclude_for(0)

    def _find_same(self) -> None:
        if self._model.can_decide:
            self._reading.open_same()

    def _propose(self) -> None:
        sheet, session = self._model.sheet, self._model.session
        if sheet is not None and session.project.writable and not session.busy:
            ProposeCard(self._model, sheet, self._reading.window()).open()

    def _toggle_list(self) -> None:
        shown = self._reading.list.isHidden()
        self._reading.show_list(shown=shown)
        (self._reading.list if shown else self._reading.record).setFocus()

    def _copy_doi(self) -> None:
        sheet = self._model.sheet
        doi = sheet.fields.doi if sheet is not None else ""
        if doi:
            QGuiApplication.clipboard().setText(doi)
        self._model.session.remarked.emit(f"{doi} is on the clipboard." if doi else NO_DOI)

    def _open_doi(self) -> None:
        if address := self._model.open_doi():
            QDesktopServices.openUrl(QUrl(address))

    def _choose_more(self, by: int) -> None:
        if self._reading.list.isHidden():
            self._toggle_list()
        self._reading.list.choose_more(by)

    def _highlights(self) -> None:
        record = self._reading.record
        selected = record.selected_text()
        if selected:
            below = record.viewport().mapToGlobal(record.cursorRect().bottomLeft())
            own = self._model.is_own_word(selected)
            self._own_word.ask(selected, self._model.protocol.criteria, below, own=own)
        else:
            record.set_highlighted(not record.highlighted)

    def _show_own_words(self) -> None:
        OwnWordsCard(self._model, self._reading.window()).open()

    def _on_own_word(self, element: str, word: str) -> None:
        if element:
            self._model.add_own_word(element, word)
        else:
            self._model.remove_own_word(word)
        cursor = self._reading.record.textCursor()
        cursor.clearSelection()
        self._reading.record.setTextCursor(cursor)

    def _say_why_not(self) -> None:
        if self._model.why_not:
            self._model.session.remarked.emit(self._model.why_not)

    def _leave(self) -> None:
        if self._reading.detailed:
            self._reading.show_the_record()
        elif self._reading.same.open:
            self._reading.close_same()
        elif self._model.leave():
            pass
        elif self._model.several:
            self._model.choose_several(())
            self._reading.list.show_place()
        elif not self._reading.list.isHidden():
            self._toggle_list()
        else:
            self._model.look_no_more()
