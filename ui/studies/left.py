"""The left side: the reports in no study yet, of which the marked one is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from screener.model.words import counted
from ui.session.keys import ActionButton, Keys
from ui.studies.model import Loose
from ui.widgets import tokens
from ui.widgets.clamped import broken
from ui.widgets.lines import Lines
from ui.widgets.lists import paint_chosen, paint_hairline, paint_words
from ui.widgets.rows import Field, Index, RowsModel
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Row, Space, Surface, Words
from ui.widgets.wrapped import Wrapped

FOOT = (
    "A report left here becomes a study of its own when a form is opened. Studies can be joined "
    "and parted at any time."
)
_LINES = 2
_TOP, _BOTTOM = 10, 12


def _quiet(one: Loose) -> str:
    return "  ·  ".join(part for part in (one.report.byline, one.hinted) if part)


def _spoken(one: Loose) -> str:
    parts = (one.report.title, one.report.byline, one.perhaps or one.hinted, one.why)
    return ", ".join(part for part in parts if part)


_FIELDS: tuple[Field[Loose], ...] = (
    Field(heading="", text=lambda one: one.report.title, spoken=_spoken),
)


class _Delegate(QStyledItemDelegate):
    """Paints a report that is not opened: its title in two lines at most, and a quiet line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; of the opened one what lies behind it."""
        view, area, look = self.parent(), QRectF(option.rect), look_of(self)
        if not isinstance(view, ReportList):
            return
        if index.row() == view.current():
            paint_chosen(painter, area, self)
            return
        one, edge = view.rows.row(index.row()), look.px(tokens.MARGIN)
        inside = area.adjusted(edge, look.px(_TOP), -look.px(tokens.GAP_OUT), 0)
        for line in view.title_lines(one):
            height = look.line("note")
            place = QRectF(inside.left(), inside.top(), inside.width(), height)
            paint_words(painter, look, place, line, step="note")
            inside.setTop(inside.top() + height)
        inside.setHeight(look.line("small"))
        paint_words(painter, look, inside, _quiet(one), step="small", colour="quiet")
        paint_hairline(painter, area.adjusted(edge, 0, -look.px(tokens.GAP_OUT), 0), look)


class _Opened(QWidget):
    """The marked report: its title, who wrote it, what it may belong to and why, what can be done.

    `grown` says that it wants another height.
    """

    grown = Signal()

    def __init__(self, one: Loose, keys: Keys) -> None:
        super().__init__()
        put = ActionButton("Put it there", "put-report", keys, kind="link")
        another = ActionButton("Another study…", "another-study", keys)
        own = ActionButton("Its own study", "own-study", keys)
        self.buttons = [put, another, own] if one.study else [another, own]
        acts = Wrapped(gap=tokens.GAP_OUT, row_gap=2)
        self._column = Column(
            self, gap=4, margins=(tokens.MARGIN, _TOP, tokens.GAP_OUT, _BOTTOM)
        ).add(
            Words(one.report.title, step="name", wrap=True),
            Words(_quiet(one) if one.study is None else one.report.byline, step="small",
                  colour="quiet", wrap=True),
        )  # fmt: skip
        if one.study is not None:
            self._column.add(
                Space(look_of(self).px(tokens.GAP_IN)),
                Words(one.perhaps, step="strong", wrap=True),
                Words(one.why, step="small", colour="quiet", wrap=True),
                Row().add(put, 1),
            )
        self._column.add(acts)
        acts.set_widgets([another, own])

    def height_for(self, width: int) -> int:
        """Return the height that it wants in a width, and be as wide."""
        if self.width() != width:
            self.resize(width, self.height())
        self._column.activate()
        return self._column.heightForWidth(width)

    def event(self, event: QEvent) -> bool:
        """Say that something inside wants another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().event(event)


class ReportList(Lines):
    """The reports in no study; `asked` carries the action of a button of the opened one."""

    asked = Signal(str)

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._opened: _Opened | None = None
        self._open = -1
        super().__init__("Reports in no study yet", RowsModel(_FIELDS))
        self.setItemDelegate(_Delegate(self))

    def show_rows(self, rows: Sequence[object], at: int) -> None:
        """Show these reports, one of them opened."""
        self._opened = None  # it goes with the rows
        super().show_rows(rows, at)

    def mark(self, at: int) -> None:
        """Mark a report and open it."""
        super().mark(at)
        self.open_marked()

    def open_marked(self) -> None:
        """Open the report that is marked, and no other."""
        before, one = self._open, self.chosen()
        if self._opened is not None:
            self.setIndexWidget(self.rows.index(before, 0), None)  # type: ignore[arg-type]
        self._opened, self._open = None, self.current()
        if one is not None:
            self._opened = opened = _Opened(one, self._keys)
            for button in opened.buttons:
                button.chose.connect(self.asked)
            opened.grown.connect(self._on_grown)
            self.setIndexWidget(self.currentIndex(), opened)
        self.lay(row for row in (before, self._open) if 0 <= row < self.rows.rowCount())
        self.scrollTo(self.currentIndex())

    def _on_grown(self) -> None:
        seen = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        self.lay([self._open])
        if seen:  # what grew below the edge is not to be cut there
            self.scrollTo(self.currentIndex())

    def acts(self) -> Sequence[QWidget]:
        """Return the buttons of the report that is opened."""
        return self._opened.buttons if self._opened is not None else ()

    def chosen(self) -> Loose | None:
        """Return the report that is marked."""
        found = self.rows.row(self.current()) if self.current() >= 0 else None
        return found if isinstance(found, Loose) else None

    def title_lines(self, one: Loose) -> list[str]:
        """Return the lines of a title as they are painted."""
        look = look_of(self)
        width = self.viewport().width() - look.px(tokens.MARGIN) - look.px(tokens.GAP_OUT)
        return broken(one.report.title, look.font("note"), width, _LINES)

    def height_of(self, row: int) -> int:
        """Return the height of what is opened, or of the lines of a title with the quiet one."""
        look = look_of(self)
        if row == self.current() and self._opened is not None:
            return self._opened.height_for(self.viewport().width())
        lines = len(self.title_lines(self.rows.row(row))) * look.line("note")
        return lines + look.line("small") + look.px(_TOP + _BOTTOM)


class LeftSide(Surface):
    """The reports in no study, how many they are, and what becomes of those left here."""

    def __init__(self, keys: Keys) -> None:
        super().__init__("page")
        self.list = ReportList(keys)
        self.heading = Words(step="strong", wrap=True)
        foot = Words(FOOT, step="small", colour="quiet", wrap=True)
        edge = tokens.MARGIN
        Column(self, gap=0).add(
            Column(margins=(edge, 20, tokens.GAP_OUT, 8)).add(self.heading),
            (self.list, 1),
            Column(margins=(edge, 8, tokens.GAP_OUT, 12)).add(foot),
        )

    def show_reports(self, shown: Sequence[Loose], count: int, at: int) -> None:
        """Show reports, of all there are in no study, one marked."""
        number = f"{len(shown):,} of {count:,} reports" if len(shown) < count else ""
        self.heading.setText(f"{number or counted(count, 'report')} in no study yet")
        self.list.show_rows(shown, at)
