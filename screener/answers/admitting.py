"""What comes with a merge, read by the version of the form it names as strictly as what is typed.

A version of the form is what an answer was given under, so what was right then stays right.
"""

from __future__ import annotations

from collections.abc import Sequence

from screener.answers import values
from screener.answers.form import Form, FormVersions, require_successor
from screener.answers.rows import LONGEST_KEY, word_of
from screener.answers.sound import what_is_wrong
from screener.answers.values import Value
from screener.model import Answer, AnswerState, Question, UserError
from screener.model.admits import Rows
from screener.model.cells import visible
from screener.model.step import Agreed
from screener.model.types import LONGEST


def wrong_answer(versions: FormVersions, answer: Answer, rows: Rows | None) -> str:
    """Return why nobody can have given an answer, or ""; see `Admits.wrong_answer`."""
    try:
        form = versions.named(answer.form)
    except UserError as error:
        return _said(error)
    if form is None:
        return "it names a version of the form that there is not"
    question = form.question(answer.question)
    if question is None:
        return _no_question(form, answer.question)
    if any(len(text) > LONGEST for text in (answer.page, answer.quote, answer.note)):
        return f"its page, quote or note is longer than {LONGEST:,} characters"
    ids = answer.row.split("/") if answer.row else []
    if len(ids) != len(question.list):
        return _wrong_rows(form, question)
    if rows is not None and (lost := [p for p in zip(question.list, ids, strict=True)
                                      if p not in rows]):  # fmt: skip
        return f"there is no {form.list_words(lost[0][0])} “{lost[0][1]}”"
    return _wrong_value(question, Value(answer.state, answer.value, answer.unit))


def cannot_be(versions: FormVersions, agreed: Agreed, rows: Rows | None) -> str:
    """Return why a consensus cannot be; it names no version, so it may be right in any."""
    if agreed.reason:
        return "a form has no reasons"
    id_, said = agreed.item.question, Value(AnswerState(agreed.state), agreed.value, agreed.unit)
    every = versions.every()
    several = [(form, q) for form in every if (q := form.question(id_)) is not None]
    if not several:
        return _no_question(every[-1], id_)
    form, question = several[-1]
    keys = agreed.item.row.split("/") if agreed.item.row else []
    if len(keys) != len(question.list):
        return _wrong_rows(form, question)
    known = {(list_, word) for list_, key in rows or () for word in (key, word_of(key))}
    lost = [one for one in zip(question.list, keys, strict=True) if one not in known]
    if rows is not None and lost:
        return f"there is no {form.list_words(lost[0][0])} “{lost[0][1]}”"
    if said.state is AnswerState.NONE and all(q.required for _, q in several):
        return "it agrees on nothing"
    wrong = [_wrong_value(q, said) for _, q in several]
    return wrong[-1] if all(wrong) else ""


def wrong_row(versions: FormVersions, list_: str, key: str) -> str:
    """Return why there is no row of a list that is called so, or ""."""
    every = versions.every()
    if all(form.list_of(list_) is None for form in every):
        return f"{every[-1].title} has no list “{list_}”"
    if not key.strip() or key != visible(key):
        return "it has no name that can be read"
    return f"its name is longer than {LONGEST_KEY} characters" if len(key) > LONGEST_KEY else ""


def wrong_version(versions: FormVersions, name: str) -> str:
    """Return why a version of the form is none that can be answered, or follow the one before."""
    try:
        every: Sequence[Form] = versions.every()
        at = next(place for place, form in enumerate(every) if form.name == name)
        if wrong := what_is_wrong(every[at]):
            return wrong.rstrip(".")
        if at:
            require_successor(every[at - 1], every[at])
    except UserError as error:
        return _said(error)
    return ""


def _no_question(form: Form, id_: str) -> str:
    if form.list_of(id_) is not None:
        return f"“{id_}” is a list of {form.title}, and no question"
    return f"{form.title} has no question “{id_}”"


def _wrong_rows(form: Form, question: Question) -> str:
    wanted = " and ".join(form.list_words(one) for one in question.list)
    return f"{question.words} is asked for {f'a row of {wanted}' if wanted else 'no row'}"


def _wrong_value(question: Question, said: Value) -> str:
    try:
        if values.parsed(question, said.state, said.value, said.unit) == said:
            return ""
    except UserError as error:
        return f"{question.words}: {_said(error)}"
    return f"{question.words}: the value is not as Screener writes it"


def _said(error: UserError) -> str:
    return str(error).rstrip(".")
