"""A form while it is edited: what it is now, what is marked in it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from screener.answers.editing import Part
from screener.answers.form import Form, require_successor
from screener.model import Question, UserError


class Spot(NamedTuple):
    """A part of a form: the form itself, one of its sections, fields or lists."""

    part: Part
    id: str = ""


WHOLE = Spot("form")
Change = Callable[[Form], tuple[Form, Spot]]


class Draft(QObject):
    """Every change is an act that can be undone; what is typed into one field is one act."""

    changed = Signal()
    """The form, or what is marked in it, is otherwise."""
    edited = Signal()
    """The form is otherwise: what was said of it before is past."""

    def __init__(self, form: Form, kept: Form | None, taken: set[str]) -> None:
        super().__init__()
        self.form, self.kept = form, kept
        self.taken = taken
        """The ids of other forms."""
        self.spot = WHOLE
        self.typed: dict[tuple[Spot, str], tuple[str, str]] = {}
        """What stands in a field and is nothing that the form can take, with what is wrong."""
        self._first = form
        self._run = ""
        self._done: list[tuple[Form, Spot]] = []
        self._undone: list[tuple[Form, Spot]] = []

    @property
    def different(self) -> bool:
        """Whether anything differs from what it began with."""
        return bool(self.typed) or self.form.content() != self._first.content()

    @property
    def question(self) -> Question | None:
        """The field that is marked."""
        return self.form.question(self.spot.id) if self.spot.part == "field" else None

    def fixed(self) -> bool:
        """Say whether the version in force has what is marked, so that its kind stays."""
        kept, (part, id_) = self.kept, self.spot
        if kept is None:
            return False
        if part == "section":
            return any(one.id == id_ for one in kept.sections)
        return part == "form" or kept.question(id_) is not None or kept.list_of(id_) is not None

    def begin(self, form: Form) -> None:
        """Say that what is there now is what it began with, or that it began with another."""
        self._first = form

    def fill(self, form: Form) -> str:
        """Take another form as one act; returns why not, or ""."""
        own = self.kept.id if self.kept else form.id
        if form.id != own:
            return f"This file holds the form “{form.id}” and not “{own}”; import it from the list."
        if self.kept is None and form.id in self.taken:
            return f"This review has a form “{form.id}” already; import the file from the list."

        def change(_: Form) -> tuple[Form, Spot]:
            if self.kept is not None:
                require_successor(self.kept, form)
            return form, WHOLE

        return self.do(change)

    def mark(self, spot: Spot) -> None:
        """Mark another part."""
        if spot != self.spot:
            self.spot, self._run = spot, ""
            self.changed.emit()

    def do(self, change: Change, run: str = "") -> str:
        """Change the form; returns why not, or "". Changes of one `run` are undone together."""
        try:
            form, spot = change(self.form)
        except UserError as error:
            return str(error)
        if form == self.form and spot == self.spot:
            return ""
        if not run or run != self._run:
            self._done.append((self.form, self.spot))
        self._run = run
        self._undone.clear()
        self._go(form, spot)
        self.edited.emit()
        return ""

    def undo(self) -> bool:
        """Undo the last act; says whether there was one."""
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        """Do again what was undone last; says whether there was anything."""
        return self._step(self._undone, self._done)

    def _step(self, here: list[tuple[Form, Spot]], there: list[tuple[Form, Spot]]) -> bool:
        self._run = ""
        if self.typed:  # what the form could not take goes first
            self.typed.clear()
            self.changed.emit()
            self.edited.emit()
            return True
        if not here:
            return False
        there.append((self.form, self.spot))
        self._go(*here.pop())
        self.edited.emit()
        return True

    def _go(self, form: Form, spot: Spot) -> None:
        before, old = self.spot, self.question
        self.form, self.spot = form, spot
        gone = form.question(before.id) is None
        if gone and before.part == spot.part and before.id != spot.id:  # its id followed its label
            self.typed = {
                (spot if at == before else at, name): text
                for (at, name), text in self.typed.items()
            }
        there, renamed = {spot.id for spot in spots(form)}, _renamed(old, self.question)
        moved = {(at, renamed.get(name, name)): text for (at, name), text in self.typed.items()}
        self.typed = {
            at: text
            for at, text in moved.items()
            if at[0].id in there and _holds(form.question(at[0].id), at[1])
        }
        self.changed.emit()

    def hold(self, name: str, text: str, wrong: str) -> None:
        """Keep what the form cannot take, or forget it where nothing is `wrong` with it."""
        if wrong:
            self.typed[self.spot, name] = (text, wrong)
        else:
            self.typed.pop((self.spot, name), None)


def _renamed(old: Question | None, new: Question | None) -> dict[str, str]:
    """Return what the scores of options are held by now: their ids follow their words."""
    if old is None or new is None or len(old.options) != len(new.options):
        return {}
    pairs = zip(old.options, new.options, strict=True)
    return {f"score {one.id}": f"score {o.id}" for one, o in pairs if new.option(one.id) is None}


def _holds(question: Question | None, name: str) -> bool:
    """Say whether a field still has the place in which something was typed."""
    if question is None:
        return True
    part, _, option = name.partition(" ")
    if part == "score":
        return question.type == "score" and question.option(option) is not None
    return part not in ("minimum", "maximum") or question.type in ("integer", "decimal")


def spots(form: Form) -> list[Spot]:
    """Return the parts of a form in their order; first the lists, for whose rows sections ask."""
    found = [WHOLE, *(Spot("list", one.id) for one in form.lists)]
    found += [Spot("field", q.id) for q in form.questions if not q.section]
    for section in form.sections:
        found.append(Spot("section", section.id))
        found += [Spot("field", q.id) for q in form.questions if q.section == section.id]
    return found
