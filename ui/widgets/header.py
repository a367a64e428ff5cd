"""The line above every page: its name, what is shown, how far, and at most three actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.menu import Menu
from ui.widgets.theme import Sized, look_of
from ui.widgets.words import ElidedWords, Row, Surface, Words


def _widgets(row: Row) -> Iterator[QWidget]:
    for place in range(row.count()):
        item = row.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget


class PageHeader(Surface):
    """The header of a page.

    Left the page's name and what is shown, or a widget in its place (`set_lead`); right words,
    strong words and the actions. `set_share` draws progress as the header's own line. Where there
    is no room for all, the words at the right go first, then actions fold into *More*; where
    `words_stay`, the actions first.
    """

    words_stay = False

    def __init__(self, name: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._share: float | None = None
        self._name = Words(step="page")
        self._words = ElidedWords(words, step="small", colour="quiet")
        self._right = Words(step="small", colour="quiet")
        self._strong = Words(step="strong")
        self._actions = Row(gap=tokens.GAP_OUT)
        self._lead = Row(gap=tokens.GAP_OUT)
        self.more = Button("More ▾", kind="quiet", does=self._open_more)
        self.more.hide()
        self._folded: list[QAbstractButton] = []
        self._all_actions: list[QWidget] = []
        self._folding: list[QWidget] = []
        self._wanted: object = None
        self._row = Row(self, gap=20, margins=(tokens.MARGIN, 0, tokens.MARGIN, 0)).add(
            self._name,
            self._lead,
            (self._words, 1),
            self.more,
            self._actions,
            self._right,
            self._strong,
        )
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.set_name(name)
        self.set_right("", "")
        Sized(self, height=tokens.HEADER)

    def dress(
        self,
        name: str,
        words: str = "",
        *,
        right: str = "",
        strong: str = "",
        lead: Sequence[QWidget] = (),
        actions: Sequence[QWidget] = (),
        share: float | None = None,
    ) -> None:
        """Write everything that the header shows; what is not given is not shown."""
        self.set_name(name)
        self.set_words(words)
        self.set_right(right, strong)
        self.set_lead(lead)
        self.set_actions(actions)
        self.set_share(share)

    def set_name(self, name: str) -> None:
        """Change the page's name."""
        self._name.setText(name)
        self._name.setAccessibleName(name)

    def set_words(self, words: str) -> None:
        """Say what is shown, quietly, beside the name."""
        self._words.setText(words)

    def set_right(self, words: str, strong: str = "") -> None:
        """Say at the right what is so ("46 today") and how far ("412 of 1,284")."""
        self._right.setText(words)
        self._strong.setText(strong)
        self._give_way()

    def set_actions(
        self, actions: Sequence[QWidget], *, folding: Sequence[QWidget] | None = None
    ) -> None:
        """Show these widgets at the right; former ones are hidden and let go.

        `folding` has them in the order in which they go where there is no room; else as they stand.
        """
        self._unfold()
        self._fill(self._actions, actions)
        self._all_actions = list(actions)
        self._folding = list(folding or actions)
        self._give_way()

    def set_lead(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets (such as a chooser of the queue) beside the name."""
        self._fill(self._lead, widgets)

    def _fill(self, row: Row, widgets: Sequence[QWidget]) -> None:
        places = [row.indexOf(widget) for widget in widgets]
        if places == list(range(row.count())):
            for shown in widgets:
                shown.show()
            return  # hidden for a moment, a field that is typed into loses the keyboard
        while (item := row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
        for widget in widgets:
            row.addWidget(widget)
            widget.show()

    def set_share(self, share: float | None) -> None:
        """Draw how far the page is (0 to 1) as the header's line; None draws a hairline only."""
        self._share = share
        self.update()

    def set_focused(self, focused: bool) -> None:
        """Show that the record below has the keyboard: the name in the accent."""
        self._name.set_look(colour="accent" if focused else "text")

    def minimumSizeHint(self) -> QSize:
        """Ask for the name and *More* only: what else there is gives way."""
        room = self._name.sizeHint().width() + self.more.sizeHint().width()
        return QSize(room + 3 * look_of(self).px(tokens.MARGIN), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the quiet words where there is no room for all."""
        super().resizeEvent(event)
        self._give_way()

    def event(self, event: QEvent) -> bool:
        """Look again what fits when anything in the header wants another width."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._give_way()
        return super().event(event)

    def _give_way(self) -> None:
        others = [w for w in _widgets(self._row) if w not in (self._right, self._strong, self.more)]
        wants = (
            self.width(),
            self._right.text(),
            self._strong.text(),
            [(w.isHidden(), w.sizeHint().width()) for w in (*others, *self._lead_and_actions())],
            self._row.spacing(),
        )
        if wants == self._wanted:
            return  # folding asks for a layout too
        self._wanted = wants
        self._unfold()
        self._right.setVisible(bool(self._right.text()))
        self._strong.setVisible(bool(self._strong.text()))
        ways = (self._hide_words, self._fold_actions)
        for give_way in reversed(ways) if self.words_stay else ways:
            give_way()
        self._row.activate()  # what came back from *More* has its place at once

    def _hide_words(self) -> None:
        for widget in (self._right, self._strong):
            if self._needed() > self.width():
                widget.hide()

    def _fold_actions(self) -> None:
        for action in self._folding:
            if self._needed() <= self.width():
                break
            if isinstance(action, QAbstractButton) and not action.isHidden():
                self._fold(action)

    def _needed(self) -> int:
        """Return the width of all that is shown, as the layout has it now."""
        for row in (self._lead, self._actions, self._row):
            row.invalidate()
        return self._row.minimumSize().width()

    def _lead_and_actions(self) -> Iterator[QWidget]:
        yield from _widgets(self._lead)
        yield from self._all_actions

    def _fold(self, button: QAbstractButton) -> None:
        """Put a button out of sight: whether it is shown at all stays what its page says."""
        self._folded.append(button)
        self._actions.removeWidget(button)
        button.move(0, -2 * self.height() - button.height())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.show()

    def _unfold(self) -> None:
        for button in self._in_order():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._actions.insertWidget(self._all_actions.index(button), button)
        self._folded.clear()
        self.more.hide()

    def _in_order(self) -> list[QAbstractButton]:
        """Return what is folded in the order in which it stands."""
        return sorted(self._folded, key=self._all_actions.index)

    def folded_menu(self) -> Menu:
        """Return a menu of the actions that there is no room for."""
        menu = Menu(self)
        for button in self._in_order():
            entry = menu.addAction(button.text())
            entry.setEnabled(button.isEnabled())
            entry.triggered.connect(button.click)
        return menu

    def _open_more(self) -> None:
        self.folded_menu().open_under(self.more)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface, the hairline, and progress over it."""
        super().paintEvent(event)
        look = look_of(self)
        painter = QPainter(self)
        width, height = self.width(), self.height()
        painter.fillRect(QRectF(0, height - 1, width, 1), look.colour("line"))
        if self._share is not None:
            thick = look.px(4 if look.high_contrast else 2)
            share = min(1.0, max(0.0, self._share))
            painter.fillRect(QRectF(0, height - thick, width * share, thick), look.colour("accent"))
