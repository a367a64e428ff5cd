"""The forms there are: those of the review, and those that come with the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.answers.form import Form
from screener.model.words import counted
from ui.forms import words
from ui.forms.lines import Line, MarkedLines
from ui.forms.preview import Preview
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.widgets.scroll import FittingScroll
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Hairline, Row, Surface, Words
from ui.widgets.wrapped import Wrapped

_LEFT, _SHARE = 376, 0.42
_ACTS = (
    ("Edit", "edit-form"),
    ("Take it", "take-form"),
    ("Copy to edit", "copy-form"),
    ("Save as a file…", "export-form"),
    ("Remove", "remove-form"),
)


class Known(NamedTuple):
    """A form that can be chosen: whether the review has it, and for how many studies it is open.

    One that is `used`, open or answered, stays.
    """

    form: Form
    own: bool
    opened: int = 0
    used: bool = False


class Overview(Surface):
    """Left the forms, right the marked one: where it is from, and as reviewers see it."""

    marked = Signal()
    asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._known: Mapping[tuple[bool, str], Known] = {}
        self.list = MarkedLines("Forms")
        self.preview = Preview(session)
        self.title = Words(step="title", wrap=True)
        self._facts = Words(colour="quiet", wrap=True)
        self.about = Words(step="small", colour="quiet", wrap=True, selectable=True)
        self.acts = {id_: ActionButton(text, id_, session.keys) for text, id_ in _ACTS}
        for button in self.acts.values():
            button.chose.connect(self.asked)
        self.acts["edit-form"].set_kind("link")
        self.acts["take-form"].set_kind("link")
        self._wrapped = Wrapped(gap=24)
        self._wrapped.set_widgets(list(self.acts.values()))
        head = Column(gap=6, margins=(28, 20, 28, 12)).add(
            self.title, self._facts, self.about, self._wrapped
        )
        right = (
            Column(gap=0).add(FittingScroll(head.boxed()), Hairline(), (self.preview, 1)).boxed()
        )
        self._left = Column(gap=0, margins=(0, 4, 0, 0)).add((self.list, 1)).boxed()
        Row(self, gap=0).add(self._left, Hairline(vertical=True), (right, 1))
        self.list.marked.connect(self._on_marked)
        self.list.opened.connect(lambda: self.asked.emit(self.usual()))

        follow(self, self._restyle)

    def show_forms(self, every: Sequence[Known], chosen: tuple[bool, str] | None = None) -> None:
        """Show the forms; `chosen` is marked, else what was."""
        before = chosen or self.list.key()
        self._known = {(one.own, one.form.id): one for one in every}
        lines: list[Line] = []
        for own, heading in ((True, "Of this review"), (False, "Come with Screener")):
            here = [one for one in every if one.own is own]
            lines += [Line(words=heading, step="label", quiet=True)] if here else []
            lines += [self._line(one) for one in here]
        self.list.show_lines(lines, before)
        self._on_marked()

    def _line(self, one: Known) -> Line:
        form = one.form
        parts = [str(form.kind), words.fields(form)]
        if one.own:
            studies = counted(one.opened, "study", "studies")
            parts += [f"version {form.version}"]
            parts += [f"open for {studies}" if one.opened else "not open yet"]
        elif form.provenance == "unverified":
            parts += ["wording not checked"]
        return Line(key=(one.own, form.id), words=form.title, below="  ·  ".join(parts))

    def chosen(self) -> Known | None:
        """Return the form that is marked."""
        key = self.list.key()
        return self._known.get(key) if isinstance(key, tuple) else None

    def usual(self) -> str:
        """Return what Enter does with the marked one."""
        one = self.chosen()
        return "edit-form" if one is not None and one.own else "take-form"

    def _on_marked(self) -> None:
        one = self.chosen()
        if one is None:
            return
        self.title.setText(one.form.title)
        designs = f"proposed for {', '.join(one.form.designs)}" if one.form.designs else ""
        facts = (self._line(one).below, designs)
        self._facts.setText("  ·  ".join(part for part in facts if part))
        self.about.show_text(words.about(one.form))
        self.acts["edit-form"].setVisible(one.own)
        self.acts["take-form"].setVisible(not one.own)
        self.acts["remove-form"].setVisible(one.own and not one.used)
        self._wrapped.arrange()
        self.preview.show_form(one.form)
        self.marked.emit()

    def _restyle(self) -> None:
        width = min(look_of(self).px(_LEFT), round(self.width() * _SHARE))
        self._left.setFixedWidth(max(width, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._restyle()
