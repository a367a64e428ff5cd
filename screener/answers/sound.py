"""What a form must be so that it can be answered, compared and written down.

A form that is being edited may lack much of this; one that is kept, or comes with a merge, may not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal, InvalidOperation

from screener.answers.appraisal import OVERALL, RULES
from screener.answers.form import Form
from screener.model import (
    SPECIAL_VALUES,
    STAGES,
    AnswerState,
    Option,
    Question,
    UserError,
)
from screener.model.types.base import fold
from screener.model.words import listed

CHOSEN = ("choice", "choices", "score", "rating")
"""The types whose questions list their options."""
_NO_OPTION = (AnswerState.NONE, AnswerState.VALUE)
_NUMBERS = ("integer", "decimal")
_DIGITS = 15
"""So many digits of a number TOML keeps, in front of the point and behind it."""


def require_sound(form: Form) -> None:
    """Raise `UserError` for the first thing because of which a form cannot work: it names it."""
    for what in _wrong(form):
        raise UserError(what)


def what_is_wrong(form: Form) -> str:
    """Return the sentence for it, or ""."""
    return next(_wrong(form), "")


def _wrong(form: Form) -> Iterator[str]:
    if form.id in STAGES:
        yield f"“{form.id}” is the id of a stage; give the form another id."
    if not form.questions:
        yield "The form has no fields; add a section with at least one field."
    if not 1 <= form.reviewers <= 9:
        yield "“reviewers” of a form is a number from 1 to 9."
    yield from _of_sections(form)
    for question in form.questions:
        yield from _of_question(question, f"“{form.named(question)}”")
    yield from _of_roles(form)
    yield from _of_circles(form)
    yield from _of_overall(form)


def _of_sections(form: Form) -> Iterator[str]:
    rated = {q.id for q in form.questions if q.type == "rating" and q.id == q.section}
    for section in form.sections:
        here = [q for q in form.questions if q.section == section.id]
        if section.id not in rated and (wrong := own_id(section.id, [q.id for q in here])):
            yield wrong
        if len({q.list for q in here}) > 1:
            yield f"The fields of the section “{section.id}” are asked for different rows; part it."
    known = [one.id for one in form.sections]
    if known and [q.id for q in form.questions if q.section not in known]:
        yield "A field of the form stands in no section; put it into one."


def own_id(section: str, fields: Collection[str]) -> str:
    """Return the sentence for a section of whose fields (their ids) one has its id, or "".

    Only what rates the section has that, and it is written as its rating.
    """
    if section not in fields:
        return ""
    return f"The section “{section}” has a field of its own id; give the field another id."


def _of_question(question: Question, name: str) -> Iterator[str]:
    if len(set(question.list)) < len(question.list):
        yield f"{name} is asked for the rows of “{question.list[0]}” twice; name two lists, or one."
    if any(unit != " ".join(unit.split()) or not unit or ";" in unit for unit in question.units):
        yield f"A unit of {name} is empty or has blanks around it or a “;” in it; mend it."
    if twice := _twice(question.units):
        yield f"{name} has the unit “{twice}” twice; leave one of them."
    if question.units and question.type not in _NUMBERS:
        yield f"{name} has a unit and is no number; leave the unit out."
    if any(state in _NO_OPTION for state in question.special) or _twice(question.special):
        known = listed([str(one) for one in SPECIAL_VALUES])
        yield f"“special” of {name} names some of {known}, each once; mend it."
    yield from _of_options(question, name)
    yield from _of_bounds(question, name)
    if question.when is not None and not question.when.options:
        yield f"“when” of {name} names no option; name one, or leave it out."


def _of_options(question: Question, name: str) -> Iterator[str]:
    options = question.options
    if twice := _twice(one.id for one in options):
        yield f"{name} has the option “{twice}” twice; give each an id of its own."
    if any(one.id in _NO_OPTION for one in options):
        word = next(one.id for one in options if one.id in _NO_OPTION)
        yield f"{name} has an option “{word}”, which is a word of Screener; call it otherwise."
    if question.type in CHOSEN and all(one.retired for one in options) and not question.retired:
        what = "The rating of " if question.type == "rating" else ""
        yield f"{what}{name} has no options to choose from; add some."
    if options and question.type not in (*CHOSEN, "yes-no"):
        yield f"{name} has options and is no choice; leave them out, or give it another type."
    offered = [one.words.strip() for one in options if not one.retired]
    if twice := _twice(map(fold, offered)):  # nobody could tell one from the other
        words = next(one for one in offered if fold(one) == twice)
        yield f"{name} has the option “{words}” twice; give each its own words, or remove one."
    for one in options:
        yield from _of_score(one, name)


def _of_score(option: Option, name: str) -> Iterator[str]:
    if option.score is not None and not _kept(option.score):
        yield (
            f"The score of “{option.id}” of {name} is no number of at most {_DIGITS} digits; mend "
            "it."
        )


def _of_bounds(question: Question, name: str) -> Iterator[str]:
    low, high = question.minimum, question.maximum
    for word, bound in (("min", low), ("max", high)):
        if bound is not None and not _kept(str(bound)):
            yield f"“{word}” of {name} is no number of at most {_DIGITS} digits; mend it."
        if bound is not None and question.type not in _NUMBERS:
            yield f"{name} has “{word}” and is no number; leave it out."
    if low is not None and high is not None and low > high:
        yield f"The least of {name} (“min”) is more than its most (“max”); exchange them."


def _of_roles(form: Form) -> Iterator[str]:
    if twice := _twice(q.role for q in form.questions if q.role and not q.retired):
        both = [q for q in form.questions if q.role == twice and not q.retired]
        named = listed([f"“{form.named(q)}”" for q in both])
        yield f"{named} have the role “{twice}”; only one field can be it."
    for question in form.questions:
        if question.role and question.list:
            yield (
                f"“{form.named(question)}” is asked for rows, so it cannot have the role "
                f"“{question.role}”; ask it of the study."
            )


def _of_circles(form: Form) -> Iterator[str]:
    """Refuse what is asked only when something is answered that itself waits for it."""
    sections = {one.id: one.when for one in form.sections}
    waits = {
        q.id: {when.field for when in (q.when, sections.get(q.section)) if when is not None}
        for q in form.questions
    }
    left = dict(waits)
    while free := [id_ for id_, fields in left.items() if left.keys().isdisjoint(fields)]:
        for id_ in free:
            del left[id_]
    if left:
        named = listed([f"“{form.named(q)}”" for q in form.questions if q.id in left][:3])
        yield (
            f"Nobody would ever be asked {named}, which wait for answers to themselves; take one "
            "“when” out."
        )
    for question in form.questions:
        for field in waits[question.id]:
            other = form.question(field)
            if other is not None and other.list != question.list[: len(other.list)]:
                yield (
                    f"“{form.named(question)}” waits for “{form.named(other)}”, which is asked for "
                    "other rows; let it wait for a field that is asked once, or for the same rows."
                )


def _of_overall(form: Form) -> Iterator[str]:
    overall = form.overall
    if overall is None:
        return
    if overall.how not in RULES:
        yield f"“how” of the overall rating is one of {listed(list(RULES))}, not “{overall.how}”."
    if overall.per and form.list_of(overall.per) is None:
        yield f"“per” of the overall rating names no list of the form (“{overall.per}”); mend it."
    if overall.how == "asked" and form.question(OVERALL) is None:
        yield f"The overall rating is asked, and no field has the id “{OVERALL}”; add it."
    for band in overall.bands:
        if not _kept(band.score):
            yield f"“from” of the band “{band.text}” is no number of at most {_DIGITS} digits."


def _kept(number: str) -> bool:
    """Say whether a number is finite and comes back out of TOML as it is."""
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return False
    if not exact.is_finite():
        return False
    whole, _, part = format(abs(exact), "f").partition(".")
    return len(whole.lstrip("0") + part) <= _DIGITS


def _twice(words: Iterable[str]) -> str:
    """Return what stands twice among some words, or ""."""
    return next((str(word) for word, n in Counter(words).items() if n > 1), "")
