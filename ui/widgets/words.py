"""Text on a page or said aloud, lines between things, and layouts that follow the text size."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Self

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QStackedWidget,
    QToolTip,
    QWidget,
)

from screener.model.words import as_lines
from ui.widgets import tokens
from ui.widgets.eliding import elided
from ui.widgets.theme import follow, look_of

# A palette of its own is lost when a styled label moves to another parent; a role is not.
_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "quiet": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Link,
    "warn": QPalette.ColorRole.BrightText,
    "on_accent": QPalette.ColorRole.HighlightedText,
}


class Words(QLabel):
    """Plain text in a step of the type scale; never markup.

    `colour` is "text", "quiet", "accent", "warn" or "on_accent"; what is `selectable` can be
    marked with the mouse and copied.
    """

    def __init__(
        self,
        text: str = "",
        *,
        step: str = "body",
        colour: str = "text",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, wordWrap=wrap)
        self._step = step
        self._colour = colour
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)
        follow(self, self._restyle)

    def setText(self, text: str) -> None:
        """Say something else; no name of a file or a person turns the line around."""
        super().setText(as_lines(text))

    def set_look(self, *, step: str | None = None, colour: str | None = None) -> None:
        """Change the type step or the colour."""
        self._step = step or self._step
        self._colour = colour or self._colour
        self._restyle()

    def show_text(self, text: str) -> None:
        """Say something else; where there is nothing to say, nothing is seen."""
        self.setText(text)
        self.setVisible(bool(text))

    def _restyle(self) -> None:
        look = look_of(self)
        self.setFont(look.font(self._step))
        self.setForegroundRole(_ROLES[self._colour])
        self.updateGeometry()


class ShortenedWords(Words):
    """Words that may not all be seen: the whole text is the accessible name and the tool tip.

    The tip is no property: a screen reader would read its markup as a description.
    """

    def is_cut(self) -> bool:
        """Say whether there is no room for all of the text."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Show the whole text where it does not fit."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self.is_cut():
            QToolTip.showText(event.globalPos(), f"<p>{escape(self.text())}</p>", self)
            return True
        return super().event(event)


class ElidedWords(ShortenedWords):
    """One line of plain text that ends in three dots where there is no room; never asks for it."""

    def minimumSizeHint(self) -> QSize:
        """Ask for room for a few letters only."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, shortened to the room there is."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            self.rect(),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
            self._shown(),
        )

    def _shown(self) -> str:
        return elided(self.fontMetrics(), self.text(), self.width())

    def is_cut(self) -> bool:
        """Say whether three dots stand for the rest."""
        return self._shown() != self.text()


class Hairline(QWidget):
    """A line between two areas; decoration only."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else wide, wide if vertical else fixed)

    def sizeHint(self) -> QSize:
        """One pixel across."""
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), look_of(self).colour("line"))


class Surface(QWidget):
    """An area with a colour of the tokens behind it ("page", "rail", "raised", "wash").

    A `lined` one has a hairline above it.
    """

    def __init__(
        self, colour: str = "page", parent: QWidget | None = None, *, lined: bool = False
    ) -> None:
        super().__init__(parent)
        self._surface = colour
        self._lined = lined

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the area, and draw the line."""
        look, painter = look_of(self), QPainter(self)
        painter.fillRect(self.rect(), look.colour(self._surface))
        if self._lined:
            painter.fillRect(0, 0, self.width(), 1, look.colour("line"))


def announce(widget: QWidget, sentence: str, *, at_once: bool = False) -> None:
    """Have a screen reader say `sentence`: politely, or `at_once` when something went wrong.

    The focus stays where it is.
    """
    how = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(widget, sentence)
    event.setPoliteness(how.Assertive if at_once else how.Polite)
    QAccessible.updateAccessibility(event)


def stacked(*views: QWidget) -> QStackedWidget:
    """Return views of which one is shown at a time, the first to begin with."""
    stack = QStackedWidget()
    for view in views:
        stack.addWidget(view)
    return stack


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are gone from the screen at once."""
    while (item := layout.takeAt(0)) is not None:
        drop(item.widget())


def drop(*widgets: QWidget | None) -> None:
    """Take widgets off the screen at once; they are deleted when nothing of theirs runs."""
    for widget in widgets:
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _scale(layout: QLayout, gap: int, margins: tuple[int, int, int, int]) -> None:
    px = look_of(layout).px
    left, top, right, bottom = margins
    layout.setContentsMargins(px(left), px(top), px(right), px(bottom))
    layout.setSpacing(px(gap))


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room of so many pixels between two items of a layout."""

    pixels: int


Item = QWidget | QLayout | Space | int | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]


Cell = QWidget | QLayout | tuple[QWidget, Qt.AlignmentFlag]


class _Line(QBoxLayout):
    """Widgets one after the other; `gap` and `margins` follow the text size."""

    direction_of = QBoxLayout.Direction.LeftToRight

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = tokens.GAP,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> None:
        super().__init__(self.direction_of)
        self._gap, self._margins = gap, margins
        follow(self, self._restyle)
        if parent is not None:
            parent.setLayout(self)

    def add(self, *items: Item) -> Self:
        """Add widgets and layouts one after the other; a number is empty room of that share.

        With an item in a pair stands its share of the room, or where it is aligned.
        """
        for item in items:
            what, how = item if isinstance(item, tuple) else (item, 0)
            if isinstance(what, Space):
                self.addSpacing(what.pixels)
            elif isinstance(what, int):
                self.addStretch(what)
            elif isinstance(what, QLayout):
                self.addLayout(what, how)
            elif isinstance(how, Qt.AlignmentFlag):
                self.addWidget(what, 0, how)
            else:
                self.addWidget(what, how)
        return self

    def boxed(self) -> QWidget:
        """Return a widget that holds this layout, to be shown, hidden or replaced as one."""
        box = QWidget()
        box.setLayout(self)
        return box

    def _restyle(self) -> None:
        _scale(self, self._gap, self._margins)


class Row(_Line):
    """A row of widgets."""


class Column(_Line):
    """A column of widgets."""

    direction_of = QBoxLayout.Direction.TopToBottom


class Grid(QGridLayout):
    """A grid of widgets; both gaps and `margins` follow the text size."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = tokens.GAP_OUT,
        row_gap: int = tokens.GAP,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> None:
        super().__init__()
        self._gap, self._row_gap, self._margins = gap, row_gap, margins
        follow(self, self._restyle)
        if parent is not None:
            parent.setLayout(self)

    def add_row(self, *items: Cell) -> int:
        """Add widgets below those that are there, one a column; returns the number of the row.

        With a widget in a pair stands where it is aligned.
        """
        row = self.rowCount() if self.count() else 0
        for column, item in enumerate(items):
            if isinstance(item, QLayout):
                self.addLayout(item, row, column)
            elif isinstance(item, tuple):
                self.addWidget(item[0], row, column, item[1])
            else:
                self.addWidget(item, row, column)
        return row

    def _restyle(self) -> None:
        _scale(self, self._gap, self._margins)
        self.setVerticalSpacing(look_of(self).px(self._row_gap))
