"""Changing a form on its way to the next version: each change gives a whole form, or is refused.

`kept` is the version in force, None where the form is new. What it has keeps its id: an id is made
from a label, and is used for nothing else afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from screener.answers.form import Form, FormKind, FormList, Section, require_successor
from screener.answers.sound import CHOSEN, require_sound
from screener.model import SPECIAL_VALUES, STAGES, TAKEN_IDS, Option, Question, UserError, When
from screener.model.words import is_blank

TYPES = ("text", "long-text", "integer", "decimal", "date", *CHOSEN[:2], "yes-no", *CHOSEN[2:])
"""The types a field may have, as they are offered."""
_LONGEST = 40
_SPECIAL = frozenset(map(str, SPECIAL_VALUES))
_RESERVED = STAGES | TAKEN_IDS

Part = Literal["form", "section", "field", "list"]
"""What a form has parts of."""
_Part = TypeVar("_Part", bound=Section | FormList)


def id_from(words: str, taken: Collection[str], otherwise: str = "field") -> str:
    """Return an id for a label: letters, digits and hyphens, begun by a letter, not taken."""
    base = _base(words, otherwise)
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def _base(words: str, otherwise: str) -> str:
    plain = "-".join(re.findall("[a-z0-9]+", words.lower()))[:_LONGEST].strip("-") or otherwise
    return plain if plain[0].isalpha() and plain not in _SPECIAL else f"{otherwise}-{plain}"


def _followed(id_: str, old: str, new: str, taken: Collection[str], otherwise: str) -> str:
    """Return the id for new words of what is not kept yet: one that was given otherwise stays."""
    made = re.fullmatch(re.escape(_base(old, otherwise)) + r"(-\d+)?", id_)
    return id_from(new, {*taken} - {id_}, otherwise) if made and old != new else id_


def new_form(kind: FormKind, taken: Collection[str]) -> Form:
    """Return a form to begin with: one section, no field."""
    form = Form(
        id="form", title="", questions=(), kind=kind, sections=(Section(id="section", title=""),)
    )
    return named(form, "", taken)


def copied(form: Form, taken: Collection[str]) -> Form:
    """Return a form to be edited that begins as another; it says what it was made from."""
    title = f"{form.title}, adapted"
    source = f"Adapted from {form.title}."
    reference = f"{source} {form.reference}".strip()
    # Nobody has checked what will be changed.
    provenance = "adapted" if form.provenance == "verified" else form.provenance
    made = replace(form, version=0, name="", reference=reference, provenance=provenance)
    return named(made, title, taken)


def named(form: Form, title: str, taken: Collection[str]) -> Form:
    """Return a form that is not kept yet with another title, and the id made from it."""
    return replace(form, title=title, id=id_from(title, {*taken, *_RESERVED}, "form"))


def taken_ids(form: Form) -> set[str]:
    """Return the ids of a form's fields, lists and sections."""
    parts: Iterable[Question | FormList | Section] = (*form.questions, *form.lists, *form.sections)
    return {one.id for one in parts}


def fields_of(form: Form, section: str) -> list[Question]:
    """Return the fields of a section in their order."""
    return [question for question in form.questions if question.section == section]


# --- sections and lists ---------------------------------------------------------------------------


def with_section(form: Form, after: str | None = None) -> tuple[Form, str]:
    """Return the form with a section more, and its id.

    It comes below the section `after`; with "" in front of all sections, with None behind them.
    """
    id_ = id_from("", taken_ids(form), "section")
    sections = list(form.sections)
    at = 0 if after == "" else _behind(sections, after)
    sections.insert(at, Section(id=id_, title=""))
    return arranged(replace(form, sections=tuple(sections))), id_


def _behind(parts: Sequence[_Part], id_: str | None) -> int:
    return next((n for n, one in enumerate(parts, 1) if one.id == id_), len(parts))


def titled(form: Form, kept: Form | None, section: str, title: str) -> tuple[Form, str]:
    """Return the form with another title of a section, and the section's id."""
    old = next(one for one in form.sections if one.id == section)
    fixed = kept is not None and any(one.id == section for one in kept.sections)
    follows = not fixed and form.question(section) is None
    new = _followed(section, old.title, title, taken_ids(form), "section") if follows else section
    sections = (replace(old, id=new, title=title) if s is old else s for s in form.sections)
    questions = (replace(q, section=new) if q.section == section else q for q in form.questions)
    return replace(form, sections=tuple(sections), questions=tuple(questions)), new


def with_section_when(form: Form, section: str, when: When | None) -> Form:
    """Return the form with a section that is asked only when something is answered so."""
    sections = (replace(s, when=when) if s.id == section else s for s in form.sections)
    return replace(form, sections=tuple(sections))


def per_row(form: Form, section: str, lists: tuple[str, ...]) -> Form:
    """Return the form with a section whose fields are asked for each row of lists."""
    questions = (replace(q, list=lists) if q.section == section else q for q in form.questions)
    return replace(form, questions=tuple(questions))


def with_list(form: Form, after: str | None = None) -> tuple[Form, str]:
    """Return the form with a list more, below the list `after` or behind all, and its id."""
    id_ = id_from("", taken_ids(form), "list")
    lists = list(form.lists)
    lists.insert(_behind(lists, after), FormList(id=id_, title=""))
    return replace(form, lists=tuple(lists)), id_


def list_put(form: Form, kept: Form | None, id_: str, new: FormList) -> tuple[Form, str]:
    """Return the form with another list in place of one, and its id."""
    old = form.list_of(id_)
    if old is not None and (kept is None or kept.list_of(id_) is None):
        new = replace(new, id=_followed(id_, old.title, new.title, taken_ids(form), "list"))
    lists = tuple(new if one.id == id_ else one for one in form.lists)
    questions = tuple(
        replace(q, list=tuple(new.id if one == id_ else one for one in q.list))
        for q in form.questions
    )
    return replace(form, lists=lists, questions=questions), new.id


# --- fields ---------------------------------------------------------------------------------------


def with_field(form: Form, section: str, after: str = "") -> tuple[Form, str]:
    """Return the form with a field more in a section, below another, and its id."""
    here = fields_of(form, section)
    id_ = id_from("", taken_ids(form))
    special = SPECIAL_VALUES if form.kind is FormKind.EXTRACTION else ()
    lists = here[0].list if here else ()
    new = Question(id=id_, words="", type="text", section=section, list=lists, special=special)
    questions = list(form.questions)
    last = after or (here[-1].id if here else "")
    at = next((n for n, q in enumerate(questions, 1) if q.id == last), len(questions))
    questions.insert(at, new)
    return arranged(replace(form, questions=tuple(questions))), id_


def with_field_of_rows(form: Form, list_: str) -> tuple[Form, str]:
    """Return the form with a field more that is asked for each row of a list, and its id.

    It goes to the section that asks for these rows; where none does, to a new one.
    """
    here = next((q.section for q in form.questions if q.section and q.list == (list_,)), "")
    if here:
        return with_field(form, here)
    last = form.sections[-1].id if form.sections else ""
    form, here = with_section(form, last)
    form, id_ = with_field(form, here)
    return per_row(form, here, (list_,)), id_


def put(form: Form, kept: Form | None, id_: str, new: Question) -> tuple[Form, str]:
    """Return the form with another field in place of one, and its id.

    The id of a field, or of an option, that is not kept yet follows its label; what waits for it
    names the new one. `UserError` where the next version must not say so (`require_successor`).
    """
    before, old = kept.question(id_) if kept else None, form.question(id_)
    assert old is not None
    new, ids = _with_option_ids(old, new, {one.id for one in before.options} if before else ())
    if before is None and id_ not in {one.id for one in form.sections}:
        new = replace(new, id=_followed(id_, old.words, new.words, taken_ids(form), "field"))

    def follow(when: When | None) -> When | None:
        if when is None or when.field != id_:
            return when
        return When(field=new.id, options=tuple(ids.get(one, one) for one in when.options))

    questions = tuple(
        replace(q, when=follow(q.when)) for q in (new if q.id == id_ else q for q in form.questions)
    )
    sections = tuple(replace(one, when=follow(one.when)) for one in form.sections)
    changed = replace(form, questions=questions, sections=sections)
    if _differ_in_words(old, new):
        return changed, new.id  # words are typed letter by letter: they are judged when it is saved
    return _allowed(changed, kept), new.id


def _differ_in_words(one: Question, other: Question) -> bool:
    """Say whether two fields differ in nothing but what people read."""
    return (
        len(one.options) == len(other.options)
        and replace(
            other,
            id=one.id,
            words=one.words,
            help=one.help,
            options=tuple(
                replace(new, id=old.id, text=old.text)
                for old, new in zip(one.options, other.options, strict=True)
            ),
        )
        == one
    )


def _with_option_ids(
    old: Question, new: Question, fixed: Collection[str]
) -> tuple[Question, dict[str, str]]:
    """Return a field whose new options have the ids of their texts, and which id became which."""
    ids, options = dict[str, str](), list[Option]()
    for one in new.options:
        was, id_ = old.option(one.id), one.id
        if was is not None and id_ not in fixed:
            taken = {other.id for other in (*new.options, *options)}
            id_ = _followed(id_, was.text, one.text, taken, "option")
        ids[one.id] = id_
        options.append(replace(one, id=id_))
    return replace(new, options=tuple(options)), ids


def with_option(question: Question) -> Question:
    """Return a field with an option more."""
    id_ = id_from("", {one.id for one in question.options}, "option")
    return replace(question, options=(*question.options, Option(id=id_)))


def without(form: Form, kept: Form | None, id_: str) -> Form:
    """Return the form without a field, a section with its fields, or a list.

    `UserError` for what the version in force has, or what something else names.
    """
    questions = tuple(q for q in form.questions if id_ not in (q.id, q.section))
    sections = tuple(one for one in form.sections if one.id != id_)
    lists = tuple(one for one in form.lists if one.id != id_)
    if kept is not None and any(one.id == id_ for one in kept.sections):
        raise UserError("A section of an earlier version stays; retire its fields.")
    return _allowed(replace(form, questions=questions, sections=sections, lists=lists), kept)


def retired(form: Form, id_: str) -> Form:
    """Return the form with a field that is asked no more, or again where it was retired."""
    questions = (replace(q, retired=not q.retired) if q.id == id_ else q for q in form.questions)
    return replace(form, questions=tuple(questions))


def moved(form: Form, kept: Form | None, id_: str, by: int) -> Form:
    """Return the form with a field, a section or a list one place earlier (-1) or later (1).

    A section goes with its fields. A field goes on into the next section at the end of its own, and
    is asked for the rows that the others there are asked for; `UserError` where it has to stay in
    its section. Nothing changes at the ends of the form.
    """
    question = form.question(id_)
    if question is None or any(one.id == id_ == question.section for one in form.sections):
        sections, lists = _swapped(form.sections, id_, by), _swapped(form.lists, id_, by)
        return arranged(replace(form, sections=sections, lists=lists))
    here = fields_of(form, question.section)
    place = here.index(question) + by
    if 0 <= place < len(here):
        beside = {id_: here[place], here[place].id: question}
        return replace(form, questions=tuple(beside.get(q.id, q) for q in form.questions))
    return _to_next_section(form, kept, question, by)


def _swapped(parts: tuple[_Part, ...], id_: str, by: int) -> tuple[_Part, ...]:
    order = [*parts]
    at = next((n for n, one in enumerate(order) if one.id == id_), None)
    if at is not None and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return tuple(order)


def _to_next_section(form: Form, kept: Form | None, question: Question, by: int) -> Form:
    """Return the form with a field at the near end of the section before or behind its own."""
    order = [one.id for one in form.sections]
    at = (order.index(question.section) if question.section in order else -1) + by
    if not 0 <= at < len(order):
        return form
    if kept is not None and kept.question(question.id) is not None:
        raise UserError(
            f"“{question.words}” stays in its section: an earlier version asks it there; retire it "
            "and add another."
        )
    there = fields_of(form, order[at])
    moving = replace(question, section=order[at], list=there[0].list if there else question.list)
    others = [one for one in form.questions if one is not question]
    others.insert(0 if by > 0 else len(others), moving)  # the order within a section is kept
    return arranged(replace(form, questions=tuple(others)))


def arranged(form: Form) -> Form:
    """Return the form with its fields in the order of their sections."""
    order = {one.id: place for place, one in enumerate(form.sections)}
    questions = sorted(form.questions, key=lambda q: order.get(q.section, -1))
    return replace(form, questions=tuple(questions))


# --- whole ----------------------------------------------------------------------------------------


def _allowed(form: Form, kept: Form | None) -> Form:
    if kept is not None:
        require_successor(kept, form)
    return form


def require_whole(form: Form) -> None:
    """Raise `UserError` for the first thing that a form still lacks before it can be kept.

    It lacks words where nobody has written them yet; the rest is what every form must be.
    """
    for _, _, wrong in lacks(form):
        raise UserError(wrong)
    require_sound(form)


def lacks(form: Form) -> Iterator[tuple[Part, str, str]]:
    """Yield the parts of a form that lack words: which part, its id, and what is to be done."""
    if is_blank(form.title):
        yield "form", "", "The form has no title; name it."
    used = {question.section for question in form.questions}
    for section in form.sections:
        if section.id in used and is_blank(section.title):
            yield "section", section.id, "A section has no title; name it."
    for one in form.lists:
        if is_blank(one.title):
            yield "list", one.id, "A list has no title; name it."
    for question in form.questions:
        name = question.words.strip()
        if not name:
            yield "field", question.id, "A field has no label; name it, or remove it."
        elif any(not o.text.strip() and o.id.startswith("option") for o in question.options):
            wrong = f"“{name}” has an option without words; write them, or remove it."
            yield "field", question.id, wrong
