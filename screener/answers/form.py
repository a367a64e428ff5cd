"""A form: the questions of a step in their order, and the lists they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from screener.model import TYPES, Question, UserError

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
