"""The highlight words of the reviewer's own, to see and to change, beside those of the protocol."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model.words import counted
from ui.screening.labels import split
from ui.screening.model import ScreeningModel
from ui.widgets.card import Card
from ui.widgets.words import Column, Grid, Words

EXCLUSION = "exclusion"
_HOW = (
    "Words and phrases that are marked in titles and abstracts, with commas between. * stands for "
    "any letters, ? for one: peer*, wom?n. To remove a word, delete it from its line. Nobody else "
    "gets these words, and they are kept as you write."
)


class OwnWordsCard(Card):
    """A line for each element: the protocol's words to read, and the reviewer's own to write."""

    keeps_typed = True

    def __init__(self, model: ScreeningModel, window: QWidget) -> None:
        super().__init__("Words to highlight", window, width=720)
        self._model = model
        self.fields: dict[str, QLineEdit] = {}
        grid = Grid(gap=16, row_gap=12)
        for element, name in self._elements().items():
            self.fields[element] = field = QLineEdit(", ".join(self._own(element)))
            field.setAccessibleName(f"Your words for {name}")
            field.setReadOnly(not model.session.project.writable)
            field.editingFinished.connect(partial(self.keep))
            field.returnPressed.connect(self.close_card)
            team = ", ".join(
                word
                for criterion in model.protocol.criteria
                if str(criterion.element) == element
                for word in criterion.highlight
            )
            words = f"In the protocol: {team}" if team else "None in the protocol"
            line = Column(gap=2)
            if element != EXCLUSION:  # the protocol has none of these
                line.add(Words(words, step="small", colour="quiet", wrap=True))
            line.add(field)
            grid.add_row(Words(name, step="strong", wrap=True), line.boxed())
        grid.setColumnStretch(1, 1)
        self.foot.add(1)
        self.body.add(Words(_HOW, step="small", colour="quiet", wrap=True), grid, self.said)

    def _elements(self) -> dict[str, str]:
        criteria = self._model.protocol.criteria
        named = {str(c.element): c.name for c in reversed(criteria)}
        found = {element: named[element] for element in reversed(named)}
        found[EXCLUSION] = "Against inclusion"
        for element, _ in self._model.own_words:  # of an element the protocol has no more
            found.setdefault(element, element.replace("-", " ").capitalize())
        return found

    def _own(self, element: str) -> list[str]:
        return [word for of, word in self._model.own_words if of == element]

    def focus_first(self) -> None:
        """Begin in the first line."""
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Keep what stands in the lines now."""
        written = [
            (element, word)
            for element, field in self.fields.items()
            for word in split(field.text())
        ]
        empty = [word for _, word in written if not word.strip(" *?")]
        kept = [one for one in written if one[1] not in empty]
        if kept != list(self._model.own_words) and self._model.set_own_words(kept):
            self.say(f"Kept: {counted(len(kept), 'word')} of your own.", "quiet")
        if empty:
            self.say(f"“{empty[0]}” needs letters beside the sign; it marks nothing.", "warn")

    def close_card(self) -> None:
        """Keep what was written, and go."""
        self.keep()
        super().close_card()
