"""A form: the questions of a step in their order, their lists, and the versions a file has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import msgspec

from screener.model import TYPES, Changes, Kind, Question, UserError
from screener.store import history, protocols
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import head_ids, heads
from screener.store.kinds import project
from screener.store.kinds.body import VERSION

_OF_SCREENING = ("verdict", "reason", "judgement")
_DEEPEST = 2


class FormKind(StrEnum):
    """What a form is for; answers of an appraisal that differ are ratings that differ."""

    EXTRACTION = "extraction"
    APPRAISAL = "appraisal"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormList:
    """Things a subject has several of: `id` as questions name it, `row` is the word for one."""

    id: str
    title: str
    row: str = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form, of which `id` is also the step's; `reviewers` answer each subject.

    `version` and `name` (the first 16 hexadecimal digits of the content's digest) are those it was
    kept under; 0 and "" before that. `UserError` where an id stands twice, a type or list is not
    there, or a question is asked for rows of more than two lists.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    lists: tuple[FormList, ...] = ()
    kind: FormKind = FormKind.EXTRACTION
    reviewers: int = 2
    version: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        ids = Counter([*(q.id for q in self.questions), *(one.id for one in self.lists)])
        for id_, times in ids.items():
            if times > 1:
                raise UserError(f"The id “{id_}” stands twice in the form; give each its own.")
        known = {one.id for one in self.lists}
        for question in self.questions:
            if question.type not in TYPES or question.type in _OF_SCREENING:
                raise UserError(f"“{question.id}” has no type that a form may ask for.")
            if len(question.list) > _DEEPEST or not known.issuperset(question.list):
                raise UserError(
                    f"“{question.id}” is asked for rows of a list that the form has not; name one "
                    "of its lists, or two."
                )

    def question(self, id_: str) -> Question | None:
        """Return the question of that id, or None."""
        return next((q for q in self.questions if q.id == id_), None)

    def list_of(self, id_: str) -> FormList | None:
        """Return the list of that id, or None."""
        return next((one for one in self.lists if one.id == id_), None)

    def list_words(self, id_: str) -> str:
        """Return the word for one row of a list; its id where there is none of that id."""
        found = self.list_of(id_)
        return found.row if found else id_

    def content(self) -> dict[str, Any]:
        """Return what is kept of it, as JSON has it."""
        found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {key: value for key, value in found.items() if key not in ("version", "name")}


def form_from(content: Mapping[str, Any], *, version: int, name: str) -> Form:
    """Return the form of a content; `UserError` when it is none that this program writes."""
    try:
        found = msgspec.convert({**content, "version": version, "name": name}, Form)
    except msgspec.ValidationError as error:
        raise UserError(
            f"A form of this file cannot be read ({error}); update Screener."
        ) from error
    if found.content() != content:
        raise UserError(f"The form “{found.id}” has parts that Screener does not know; update it.")
    return found


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
        digest = protocols.keep(file, "form", form.content())
        action.append(
            project.Form(id=form.id, version=number, digest=digest, why=why),
            step=form.id,
            supersedes=head_ids(file, project.Form, step=form.id, author=COORDINATOR),
        )
    return replace(form, version=number, name=digest[:VERSION])


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
    content = protocols.content(file, "form", body.digest)
    return form_from(content, version=body.version, name=body.digest[:VERSION])


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
