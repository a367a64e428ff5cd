"""The versions of forms that a file has, linear and made only in the project."""

from __future__ import annotations

from dataclasses import replace

from screener.answers.form import Form, form_from
from screener.model import Changes, Kind, UserError
from screener.store import history, protocols
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import head_ids, heads
from screener.store.kinds import project

_NAME_DIGITS = 16
"""So many digits of its digest name a version in the answers made by it."""


def keep_form(file: File, form: Form, *, why: str = "") -> Form:
    """Make a new version of a form, or the first; nothing happens when it equals the one in force.

    Returns it with its number and name. `UserError` in a copy, or when a question would have
    another type or list than answers of it were given under.
    """
    if file.kind is FileKind.COPY:
        raise UserError("This is a reviewer's copy; only the coordinator's project can do this.")
    before = heads(file, project.Form, subjects=None, step=form.id)
    number = 1
    if before:
        now = _read(file, before[-1].body)
        if now.content() == form.content():
            return now
        _require_same_kinds(now, form)
        number = now.version + 1
    with file.action(f"{'Change' if before else 'Add'} the form {form.title}") as action:
        digest = protocols.keep_form(file, form.content())
        action.append(
            project.Form(id=form.id, version=number, digest=digest, why=why),
            step=form.id,
            supersedes=head_ids(file, project.Form, step=form.id, author=COORDINATOR),
        )
    return replace(form, version=number, name=digest[:_NAME_DIGITS])


def _require_same_kinds(now: Form, form: Form) -> None:
    for question in now.questions:
        after = form.question(question.id)
        if after is None:
            raise UserError(f"“{question.id}” cannot be taken out: a version hides no answer.")
        if (after.type, after.list) != (question.type, question.list):
            raise UserError(
                f"“{question.id}” keeps its type and its list; give a new one a new id."
            )


def _read(file: File, body: project.Form) -> Form:
    content = protocols.form_content(file, body.digest)
    return form_from(content, version=body.version, name=body.digest[:_NAME_DIGITS])


class FormVersions:
    """The versions of one form of a file; read when they are asked for."""

    def __init__(self, file: File, id_: str) -> None:
        self._file = file
        self.id = id_
        self._current: Form | None = None
        self._by_name: dict[str, Form] | None = None
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PROTOCOL):
            self._current = self._by_name = None

    @property
    def current(self) -> Form:
        """The version in force; `UserError` where the file has no such form."""
        if self._current is None:
            found = heads(self._file, project.Form, step=self.id)
            if not found:
                raise UserError(f"There is no form “{self.id}” in this review.")
            self._current = _read(self._file, found[-1].body)
        return self._current

    def named(self, name: str) -> Form | None:
        """Return the version of a name (16 hexadecimal digits), None when it is not here."""
        if self._by_name is None:
            every = (e.event.body for e in history.of_kinds(self._file, "form", step=self.id))
            read = (_read(self._file, body) for body in every if isinstance(body, project.Form))
            self._by_name = {form.name: form for form in read}
        return self._by_name.get(name)
