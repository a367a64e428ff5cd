"""The right side: the studies by the interventions they test, the marked one with its reports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from screener.model import StudyState
from ui.session.keys import ActionButton, Keys
from ui.studies.model import Line
from ui.widgets import tokens
from ui.widgets.chooser import Chooser
from ui.widgets.lines import Lines
from ui.widgets.lists import paint_chosen, paint_hairline, paint_words
from ui.widgets.rows import Field, Index, RowsModel
from ui.widgets.theme import Look, look_of
from ui.widgets.words import Column, Surface, Words
from ui.widgets.wrapped import Wrapped

_HEADING, _STUDY, _REPORT = 44, 34, 30
_INSET = 12
_NUMBER = 34
_LAST = 72
_NAMES = 0.28
"""The share of the width that the names of studies take."""


def _spoken(line: Line) -> str:
    within = line.intervention.name if line.intervention else "no intervention yet"
    where = f"in {within}" if line.study is not None and line.report is None else ""
    kind = "report" if line.report else "" if line.study else "intervention"
    beside = f"{kind} {line.beside}" if line.report else line.beside
    first = f"{kind} {line.words}" if kind == "intervention" else line.words
    return ", ".join(part for part in (first, beside, line.last, where) if part)


_FIELDS: tuple[Field[Line], ...] = (
    Field(heading="", text=lambda line: line.words, spoken=_spoken),
)


class _LineModel(RowsModel[Line]):
    """Lines, of which the heading of the studies in no intervention cannot be marked."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be marked."""
        marks = index.isValid() and self.row(index.row()).marks
        return super().flags(index) if marks else Qt.ItemFlag.NoItemFlags


class _Delegate(QStyledItemDelegate):
    """Paints a line: a heading, a study with its reports and state, or a report."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        view, look = self.parent(), look_of(self)
        if not isinstance(view, StudyList):
            return
        line, area, here = view.rows.row(index.row()), QRectF(option.rect), view.current()
        inset, marked = look.px(_INSET), index.row() == here
        if marked or line.block:
            paint_chosen(painter, area, self)
        inside = area.adjusted(inset, 0, -inset, 0)
        if line.report is not None:
            _paint_report(painter, look, inside, line, marked=marked)
        elif line.study is not None:
            _paint_study(painter, look, inside, line)
        else:
            _paint_heading(painter, look, inside, line, marked=marked)
        below = index.row() + 1
        if below == view.rows.rowCount() or view.rows.row(below).report is None:
            paint_hairline(painter, inside, look)


def _paint_heading(
    painter: QPainter, look: Look, area: QRectF, line: Line, *, marked: bool
) -> None:
    low = area.adjusted(0, look.px(12), 0, 0)
    colour = "accent" if marked else "text"
    count = _width(painter, look, line.beside, "small")
    most = low.width() - count - look.px(_INSET)
    name = QRectF(low.left(), low.top(), most, low.height())
    paint_words(painter, look, name, line.words, step="name", colour=colour)
    told = min(_width(painter, look, line.words, "name"), most)
    beside = low.adjusted(told + look.px(_INSET), 0, 0, 0)
    paint_words(painter, look, beside, line.beside, step="small", colour="quiet")


def _paint_study(painter: QPainter, look: Look, area: QRectF, line: Line) -> None:
    gap = look.px(tokens.GAP)
    names, last = round(area.width() * _NAMES), look.px(_LAST)
    name = QRectF(area.left(), area.top(), names - gap, area.height())
    step, colour = ("strong", "accent") if line.block else ("body", "text")
    paint_words(painter, look, name, line.words, step=step, colour=colour)
    beside = area.adjusted(names, 0, -last - gap, 0)
    paint_words(painter, look, beside, line.beside, step="small", colour="quiet")
    quiet = line.last == StudyState.INCLUDED
    state = QRectF(area.right() - last, area.top(), last, area.height())
    paint_words(painter, look, state, line.last, step="small", colour="quiet" if quiet else "text")


def _paint_report(painter: QPainter, look: Look, area: QRectF, line: Line, *, marked: bool) -> None:
    last, start = look.px(_LAST) if line.last else 0, look.px(_NUMBER)
    paint_words(painter, look, area, line.beside, step="small", colour="quiet")
    title = area.adjusted(start, 0, -last - look.px(tokens.GAP), 0)
    colour = "accent" if marked else "text"
    paint_words(painter, look, title, line.words, step="small", colour=colour)
    place = QRectF(area.right() - last, area.top(), last, area.height())
    paint_words(painter, look, place, line.last, step="small", colour="quiet")


def _width(painter: QPainter, look: Look, text: str, step: str) -> int:
    painter.setFont(look.font(step))
    return painter.fontMetrics().horizontalAdvance(text) + 1


class StudyList(Lines):
    """The studies by the interventions they test."""

    def __init__(self) -> None:
        super().__init__("Studies by intervention", _LineModel(_FIELDS))
        self.setItemDelegate(_Delegate(self))

    def height_of(self, row: int) -> int:
        """Return the height of a heading, a study or a report."""
        line = self.rows.row(row)
        height = _REPORT if line.report else _STUDY if line.study else _HEADING
        return look_of(self).px(height)

    def shown(self) -> list[Line]:
        """Return the lines that are shown."""
        rows = map(self.rows.row, range(self.rows.rowCount()))
        return [one for one in rows if isinstance(one, Line)]

    def chosen(self) -> Line | None:
        """Return the line that is marked."""
        found = self.rows.row(self.current()) if self.current() >= 0 else None
        return found if isinstance(found, Line) else None


class StateChooser(Chooser):
    """*State*: a menu of what a study can be, the state of the marked one ticked."""

    def _say(self) -> None:
        self.set_spoken(f"State: {self.current()}")
        self.setText("State")


class RightSide(Surface):
    """The studies, and what can be done with the line that is marked.

    `asked` carries the action of a button, `state` the state that was chosen.
    """

    asked = Signal(str)
    state = Signal(str)

    def __init__(self, keys: Keys) -> None:
        super().__init__("page")
        self._keys = keys
        self.list = StudyList()
        self.linked = Words("Every report is in a study.", step="small", colour="quiet")
        texts = {
            "take-out": "Take out",
            "primary-report": "Primary",
            "another-study": "Another study…",
            "name-study": "Name",
            "study-intervention": "Intervention",
        }
        self.buttons = {id_: ActionButton(text, id_, keys) for id_, text in texts.items()}
        for button in self.buttons.values():
            button.chose.connect(self.asked)
        self.states = StateChooser([(one, one) for one in StudyState])
        self.states.chosen.connect(self.state)
        acts = Wrapped(gap=tokens.GAP_OUT, row_gap=2, far=len(self.buttons) + 1)
        self.heading = Words("Studies by intervention", step="strong")
        acts.set_widgets([self.heading, *self.buttons.values(), self.states])
        edge = 24 - _INSET
        Column(self, gap=0).add(
            Column(gap=4, margins=(24, 14, tokens.MARGIN, 0)).add(self.linked, acts),
            (Column(margins=(edge, 0, tokens.MARGIN - _INSET, 0)).add(self.list), 1),
        )
        self.take_keys()

    def take_keys(self) -> None:
        """Show the key of the states; the buttons follow theirs."""
        self.states.set_key(self._keys.first("study-state"))

    def show_lines(self, lines: Sequence[Line], at: int) -> None:
        """Show lines, one of them marked."""
        self.list.show_rows(lines, at)

    def offer(self, actions: frozenset[str], line: Line | None) -> None:
        """Show what can be done with the marked line."""
        for id_, button in self.buttons.items():
            button.setVisible(id_ in actions)
        self.states.setVisible("study-state" in actions)
        if line is not None and line.study is not None:
            self.states.choose(line.study.state)
