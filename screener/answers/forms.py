"""The forms of one file: each is a step, answered in copies and compared in the project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screener.model import UserError
from screener.model.arguments import public
from screener.store import asked, history
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds import project

# Most files have no form yet, and a command that reads one thing does not wait for them.
if TYPE_CHECKING:
    from screener.answers.answering import Answering
    from screener.answers.form import Form
    from screener.answers.step import FormStep
    from screener.answers.subjects import Subjects


class Forms:
    """The forms of one file, in the order they were added; all ask about the same subjects."""

    def __init__(self, file: File, subjects: Subjects) -> None:
        self._file = file
        self._subjects = subjects
        self._steps: dict[str, FormStep] = {}

    def steps(self) -> tuple[FormStep, ...]:
        """Return the steps of all forms, those added or merged in meanwhile too."""
        return self._of(form_ids(self._file))

    def ever(self) -> tuple[FormStep, ...]:
        """Return the steps of all forms, of those that were removed too."""
        return self._of(ever(self._file))

    def _of(self, here: Sequence[str]) -> tuple[FormStep, ...]:
        for id_ in here:
            if id_ not in self._steps:
                from screener.answers.step import FormStep

                self._steps[id_] = FormStep(self._file, id_, self._subjects)
        return tuple(self._steps[id_] for id_ in here)

    @public
    def step(self, id_: str) -> FormStep:
        """Return the step of a form; `UserError` when there is none of that id."""
        found = next((step for step in self.steps() if step.id == id_), None)
        if found is None:
            raise UserError(f"There is no form “{id_}” in this review.")
        return found

    @public
    def keep(self, form: Form, *, why: str = "") -> Form:
        """Add a form, or a version of it; see `require_sound` and `keep_form`."""
        from screener.answers.form import cleaned, keep_form
        from screener.answers.sound import require_sound

        form = cleaned(form)
        require_sound(form)
        return keep_form(self._file, form, why=why)

    @public
    def remove(self, id_: str) -> None:
        """Remove a form that is open for nothing and that nobody answered; see `remove_form`."""
        from screener.answers.form import remove_form

        remove_form(self._file, self.step(id_).form)

    def is_used(self, id_: str) -> bool:
        """Say whether a form is open for anything, or answered: then it is not removed."""
        return asked.is_answered(self._file, id_) or bool(asked.asked_of(self._file, id_))

    @public
    def answering(self, id_: str) -> Answering:
        """Return where this copy's reviewer answers a form."""
        from screener.answers.answering import Answering

        return Answering(self._file, self.step(id_))

    def unmended(self, id_: str) -> int:
        """Return how many studies this copy's reviewer has finished, but for fields to mend.

        What was typed there is no answer: so long the study is not finished.
        """
        step, mine = self.step(id_), self.answering(id_)
        asked = set(step.subjects()).difference(step.barred())
        return sum(bool(mine.typed(one)) and mine.sheet(one).complete for one in asked)


def form_ids(file: File) -> list[str]:
    """Return the ids of the forms of a file, in the order they were added.

    One that was removed is back as soon as a copy that still had it brings answers.
    """
    here = {head.step for head in heads(file, project.Form)}
    return [id_ for id_ in ever(file) if id_ in here or asked.is_answered(file, id_)]


def ever(file: File) -> list[str]:
    """Return the ids of the forms a file has or had, in the order they were added."""
    return list(dict.fromkeys(e.event.step for e in history.of_kinds(file, "form")))
