"""A form: the questions of a step in their order, their lists, and the versions a file has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec

from screener.model import TYPES, Changes, Compare, Kind, Question, UserError, When, type_of
from screener.model.question import clean_question
from screener.model.types.base import fold
from screener.model.words import as_lines, as_name, listed
from screener.store import history, protocols
from screener.store.asked import require_unused
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import head_ids, heads
from screener.store.kinds import project
from screener.store.kinds.body import VERSION

SaidTo: TypeAlias = Callable[[str], Iterable[tuple[str, Collection[str]]]]
"""What is answered to a question: the words of each row of it ("" where it is asked for none)."""
_OF_SCREENING = ("verdict", "reason", "judgement")
FIELD_TYPES = tuple(name for name in TYPES if name not in _OF_SCREENING)
"""The types a question of a form may have."""
_DEEPEST = 2


class FormKind(StrEnum):
    """What a form is for; answers of an appraisal that differ are ratings that differ."""

    EXTRACTION = "extraction"
    APPRAISAL = "appraisal"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormList:
    """Things a subject has several of: `id` as questions name it, `row` is the word for one.

    `key` is what the name of a row is called in the form ("Arm").
    """

    id: str
    title: str
    row: str = "row"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a form: its questions name it; those of one that waits are asked `when` it says.

    `rule` says in words how its rating follows from its questions, where it is rated.
    """

    id: str
    title: str
    when: When | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a total is called from a score on; `provenance` says where that is from.

    It is shown only when it is `on`: a cut-off that nobody has checked is off.
    """

    score: str
    text: str
    provenance: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """What an appraisal comes to: `how` is sum, worst, asked, none, or the name of a rule.

    `per` is the list for each row of which it is said, "" for the study as a whole.
    """

    how: str
    per: str = ""
    bands: tuple[Band, ...] = ()


class _Known:
    """The questions by their ids: of sixty, one is asked for thousands of times in a table.

    And those that are wanted. It is no field, so that nothing of it is kept or compared.
    """

    __slots__ = ("_questions", "_wanted")
    _questions: Mapping[str, Question]
    _wanted: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(_Known):
    """A form, of which `id` is also the step's; `reviewers` answer each subject.

    An appraisal is proposed for studies of some `designs`. `reference`, `provenance` ("verified",
    "unverified") and `licence` say where its wording is from.
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
    sections: tuple[Section, ...] = ()
    overall: Overall | None = None
    designs: tuple[str, ...] = ()
    reference: str = ""
    provenance: str = ""
    licence: str = ""
    version: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_questions", {one.id: one for one in self.questions})
        asked = [one for one in self.questions if not one.retired]
        wanted = [one for one in asked if one.required]
        wanted = wanted or [one for one in asked if one.compare is not Compare.NONE]
        object.__setattr__(self, "_wanted", frozenset(one.id for one in wanted))
        sections = [one.id for one in self.sections]
        ids = Counter([*(q.id for q in self.questions), *(one.id for one in self.lists)])
        # A section that is rated shares its id with the question that rates it.
        twice = {*(id_ for id_, n in ids.items() if n > 1), *_twice(sections)}
        twice |= {q.id for q in self.questions if q.id in sections and q.section != q.id}
        for id_ in sorted(twice):
            raise UserError(f"The id “{id_}” stands twice in the form; give each its own.")
        for when in [*(q.when for q in self.questions), *(s.when for s in self.sections)]:
            if when is not None:
                self._check_when(when)
        known = {one.id for one in self.lists}
        for question in self.questions:
            if question.type not in FIELD_TYPES:
                raise UserError(
                    f"“{question.id}” has the type “{question.type}”, which is none; choose one "
                    f"of {', '.join(FIELD_TYPES)}."
                )
            if len(question.list) > _DEEPEST or not known.issuperset(question.list):
                raise UserError(
                    f"“{question.id}” is asked for rows of a list that the form has not; name one "
                    "of its lists, or two."
                )

    def _check_when(self, when: When) -> None:
        other = self.question(when.field)
        options = type_of(other).options(other) if other else ()
        if other is None or not {one.id for one in options}.issuperset(when.options):
            raise UserError(
                f"Something is asked only when “{when.field}” is {listed(list(when.options))}, but "
                "the form has no such field or option; name one that it has."
            )

    def asked(self, question: Question, said: SaidTo, row: str = "") -> bool:
        """Say whether a question is asked (in a row), where `said` gives what others are answered.

        Of another question of the same list the answer in that row counts. As long as several are
        answered there, what waits for any of them is asked.
        """
        section = next((one for one in self.sections if one.id == question.section), None)
        waits = (question.when, section.when if section else None)
        return all(w is None or self._met(w, question, said(w.field), row) for w in waits)

    def _met(
        self, when: When, question: Question, said: Iterable[tuple[str, Collection[str]]], row: str
    ) -> bool:
        other = self.question(when.field)
        return other is not None and any(
            not {*when.options}.isdisjoint(words) and _near(question, row, other, there)
            for there, words in said
        )

    def wants(self, question: Question) -> bool:
        """Say whether nobody is finished without an answer to a question.

        Without any that is required a form wants all that are compared: with the first answer
        nobody is finished.
        """
        return question.id in self._wanted

    def question(self, id_: str) -> Question | None:
        """Return the question of that id, or None."""
        return self._questions.get(id_)

    def list_of(self, id_: str) -> FormList | None:
        """Return the list of that id, or None."""
        return next((one for one in self.lists if one.id == id_), None)

    def require_rows(self, question: Question, given: int) -> None:
        """Raise `UserError` unless a question is asked for as many rows, one below the other."""
        if given != len(question.list):
            wanted = " and ".join(map(self.list_words, question.list)) or "no row"
            raise UserError(f"{question.words} is asked for {wanted}; name it so.")

    def require_list(self, id_: str) -> None:
        """Raise `UserError` unless there is such a list."""
        if self.list_of(id_) is None:
            raise UserError(f"There is no list “{id_}” in {self.title}.")

    def list_words(self, id_: str) -> str:
        """Return the word for one row of a list; its id where there is none of that id."""
        found = self.list_of(id_)
        return found.row if found else id_

    def named(self, question: Question) -> str:
        """Return a question in words; where another is called the same, after what it stands in.

        That is its section, or its list where the section tells nothing apart.
        """
        same = [one for one in self.questions if one.words == question.words]
        title = next((s.title for s in self.sections if s.id == question.section), "")
        if sum(one.section == question.section for one in same) > 1:
            lists = [one.title for one in self.lists if one.id in question.list]
            title = ", ".join(lists) or title
        return f"{title}: {question.words}" if len(same) > 1 and title else question.words

    def placed(self, question: Question) -> str:
        """Return a question in words after its section: on paper no section stands above it."""
        title = next((s.title for s in self.sections if s.id == question.section), "")
        inside = title and title != question.words
        return f"{title}: {question.words}" if inside else question.words

    def content(self) -> dict[str, Any]:
        """Return what is kept of it, as JSON has it."""
        found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {key: value for key, value in found.items() if key not in ("version", "name")}


def _near(one: Question, row: str, other: Question, there: str) -> bool:
    """Say whether two rows that questions are asked for are one row of every list both name."""
    mine = dict(zip(one.list, row.split("/"), strict=False))
    theirs = dict(zip(other.list, there.split("/"), strict=False))
    return all(mine[list_] == theirs[list_] for list_ in mine.keys() & theirs.keys())


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
    return cleaned(found)


def cleaned(form: Form) -> Form:
    """Return a form with its titles, labels and other words as they are kept and shown."""
    overall = form.overall
    return replace(
        form,
        title=as_name(form.title),
        sections=tuple(
            replace(one, title=as_name(one.title), rule=as_lines(one.rule)) for one in form.sections
        ),
        lists=tuple(
            replace(one, title=as_name(one.title), row=as_name(one.row), key=as_name(one.key))
            for one in form.lists
        ),
        questions=tuple(map(clean_question, form.questions)),
        overall=overall
        and replace(
            overall,
            bands=tuple(
                replace(one, text=as_name(one.text), provenance=as_lines(one.provenance))
                for one in overall.bands
            ),
        ),
        reference=as_lines(form.reference),
        provenance=as_name(form.provenance),
        licence=as_lines(form.licence),
    )


def keep_form(file: File, form: Form, *, why: str = "") -> Form:
    """Make a new version of a sound form, or the first; nothing happens where it is in force.

    Returns it with its number and name. `UserError` in a copy, or as `require_successor` has it.
    """
    if file.kind is FileKind.COPY:
        raise UserError("This is a reviewer's copy; only the coordinator's project can do this.")
    before = heads(file, project.Form, step=form.id)
    number = 1
    if before:
        now = _read(file, before[-1].body)
        if now.content() == form.content():
            return now
        require_successor(now, form)
        number = now.version + 1
    with file.action(f"{'Change' if before else 'Add'} the form {form.title}") as action:
        digest = protocols.keep(file, "form", form.content())
        action.append(
            project.Form(id=form.id, version=number, digest=digest, why=why),
            step=form.id,
            supersedes=head_ids(file, project.Form, step=form.id, author=COORDINATOR),
        )
    return replace(form, version=number, name=digest[:VERSION])


def remove_form(file: File, form: Form) -> None:
    """Remove a form; undo brings it back. `UserError` when it is open or answered, or in a copy."""
    require_unused(file, form.id, form.title)
    with file.action(f"Remove the form {form.title}") as action:
        before = head_ids(file, project.Form, step=form.id, author=COORDINATOR)
        action.void(project.Form, step=form.id, supersedes=before)


def _twice(ids: Iterable[str]) -> list[str]:
    return [id_ for id_, times in Counter(ids).items() if times > 1]


def require_successor(now: Form, form: Form) -> None:
    """Raise `UserError` for a version that hides an answer of the one before it.

    A version may add, relabel, reorder and retire; what is asked, where and of what kind stays, and
    no word of an answer comes to mean what another one meant.
    """
    if form.kind is not now.kind:
        raise UserError(f"“{form.id}” stays an {now.kind}; give another form another id.")
    for question in now.questions:
        after = form.question(question.id)
        if after is None:
            raise UserError(
                f"“{question.id}” cannot be taken out: a version hides no answer; retire it."
            )
        if _fixed(after) != _fixed(question):
            raise UserError(
                f"“{question.id}” keeps its type, its section and its list; give a new one a new "
                "id."
            )
        _require_same_words(question, after)
    lost = {one.id for one in now.lists} - {one.id for one in form.lists}
    if lost:
        raise UserError(f"The list “{min(lost)}” cannot be taken out: it may have rows.")


def _require_same_words(question: Question, after: Question) -> None:
    """Raise `UserError` where an answer as it was given would say something else, or nothing."""
    name = f"“{question.id}”"
    gone = [one.id for one in question.options if after.option(one.id) is None]
    if gone:
        raise UserError(
            f"{name} cannot lose its option “{gone[0]}”: an answer may name it; retire it."
        )
    said = {fold(one.words): one.id for one in question.options}
    for one in after.options:
        if said.get(fold(one.words), one.id) != one.id:
            raise UserError(
                f"The option “{one.id}” of {name} cannot be called “{one.words}”, as "
                f"“{said[fold(one.words)]}” was: answers would mean something else; give it "
                "other words."
            )
    if question.units and after.units[:1] != question.units[:1]:
        raise UserError(
            f"{name} keeps its unit “{question.units[0]}” in front: answers without one are meant "
            "in it."
        )
    if lost := [unit for unit in question.units if unit not in after.units]:
        raise UserError(f"{name} cannot lose its unit “{lost[0]}”: an answer may be given in it.")
    if after.compare is Compare.NONE and question.compare is not Compare.NONE:
        raise UserError(
            f"{name} cannot become a note to oneself: its answers would be shown to nobody; retire "
            "it, and ask what is meant under a new id."
        )


def _fixed(question: Question) -> tuple[object, ...]:
    return question.type, question.section, question.list


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
            every = self.every()
            if not every:
                raise UserError(f"There is no form “{self.id}” in this review.")
            # Of one that was removed, and that a copy brings answers to, what it was then.
            self._current = _read(self._file, found[-1].body) if found else every[-1]
        return self._current

    def every(self) -> list[Form]:
        """Return all versions, the oldest first."""
        return list(self._versions().values())

    def named(self, name: str) -> Form | None:
        """Return the version of a name (16 hexadecimal digits), None when it is not here."""
        return self._versions().get(name)

    def _versions(self) -> dict[str, Form]:
        if self._by_name is None:
            every = (e.event.body for e in history.of_kinds(self._file, "form", step=self.id))
            read = (_read(self._file, body) for body in every if isinstance(body, project.Form))
            self._by_name = {form.name: form for form in read}
        return self._by_name
