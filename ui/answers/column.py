"""The column of a form: headings of sections, the fade at its end, and what goes together in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screener.answers.form import FormList
from screener.model import Question
from ui.answers.field import EDGE
from ui.answers.shown import ShownForm
from ui.widgets import tokens
from ui.widgets.marks import paint_fade
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import ElidedWords, Row, Words


class Heading(QWidget):
    """The name of a section, and how many of its questions are answered."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._far = Words(step="small", colour="quiet")
        Row(self, gap=12, margins=(EDGE, 18, 20, 4)).add(
            ElidedWords(title, step="name"), self._far, 1
        )

    def show_progress(self, done: int, every: int, of: str = "") -> None:
        """Say how far it is; `of` says that a question is done once it is for every such row."""
        every_row = f" for every {of}" if of else ""
        self._far.setText(f"{done} of {every}{every_row}" if every else "")


class Fade(QWidget):
    """Lets the last lines fade where there is more below."""

    def __init__(self, area: ScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        area.verticalScrollBar().valueChanged.connect(self.place)
        area.verticalScrollBar().rangeChanged.connect(self.place)
        self.place()

    def place(self) -> None:
        """Lie over the lower edge of what is seen."""
        look, bar, view = look_of(self), self._area.verticalScrollBar(), self._area.viewport()
        height = look.px(tokens.FADE)
        self.setGeometry(view.x(), view.y() + view.height() - height, view.width(), height)
        self.setVisible(bar.value() < bar.maximum() and not look.high_contrast)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the fade."""
        paint_fade(QPainter(self), QRectF(self.rect()), look_of(self))


def parts_of(model: ShownForm) -> Iterator[tuple[Sequence[FormList], Sequence[Question]]]:
    """Give the form in its order: single questions, and with its lists what is asked of a row.

    All that is asked in a section for the rows of one list is one table. A list that no question
    asks for alone has a table of its names, before what needs it.
    """
    form = model.form
    known = {one.id: one for one in form.lists}
    tables: dict[tuple[str, tuple[str, ...]], list[Question]] = {}
    for question in form.questions:
        if question.list:
            tables.setdefault((question.section, question.list), []).append(question)
    named = {path[0] for _, path in tables if len(path) == 1}
    given = set[tuple[str, tuple[str, ...]]]()
    for question in form.questions:
        if not question.list:
            yield (), [question]
            continue
        at = (question.section, question.list)
        if at in given:
            continue
        given.add(at)
        for id_ in question.list:
            if id_ not in named:
                named.add(id_)
                yield [known[id_]], []
        yield [known[id_] for id_ in question.list], tables[at]
    yield from (([one], []) for id_, one in known.items() if id_ not in named)
