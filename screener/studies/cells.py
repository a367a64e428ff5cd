"""What stands in the cells of the tables of studies, answers and ratings, and what it means."""

from __future__ import annotations

from collections.abc import Mapping

from screener.answers import values
from screener.answers.appraisal import Appraisal
from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.model import Answer, Compare, Question, Status, Unit
from screener.model.cells import Figure
from screener.model.gathering import gathered
from screener.studies.listing import Line, Place

_NUMBERS = ("integer", "decimal")
"""Types of questions whose answers are numbers in a workbook."""
OPEN = "to settle"
"""What stands in a cell whose question is not agreed yet."""

ANSWERS = (
    ("study", "Id of the study"),
    ("study_name", "Name of the study"),
    ("list", "The list whose row it is about, where it is about one"),
    ("row", "The row, by its key"),
    ("field", "Id of the question"),
    ("label", "The question"),
    ("type", "Type of the question"),
    ("status", "Where it stands"),
    ("by", "agreed, and by whom in the meeting; decided, and by whom; or who answered"),
    ("value", "The value, for programs; options by their ids"),
    ("words", "The value, for people"),
    ("state", "value, or not-reported, unclear, not-applicable"),
    ("unit", "Unit of a number"),
    ("report", "Number of the report it was found in"),
    ("page", "Where in it"),
    ("quote", "What stands there"),
    ("note", "The reviewer's note"),
    ("origin", "reported, calculated, figure (read off one) or authors (asked of them)"),
)
ITEMS = (
    ("item", "Code of the item"),
    ("label", "The item"),
    ("option", "The option"),
    ("score", "What it counts for"),
    ("n", "How many studies are agreed to have it"),
    ("percent", "Of those agreed on the item"),
    ("raw agreement", "Share on which the first two reviewers gave the same rating"),
    ("kappa", "Cohen's kappa of these two"),
    ("weighted kappa", "The same with linear weights, where the options have an order"),
)


def citation(unit: Unit) -> str:
    """Return a report as a reader recognises it and finds it: who, when, what, where, DOI."""
    fields = unit.fields
    authors = "; ".join(fields.authors[:3]) + (" et al." if len(fields.authors) > 3 else "")
    who = " ".join(filter(None, (authors, f"({fields.year})" if fields.year else "")))
    place = f"{fields.volume}({fields.issue})" if fields.volume and fields.issue else fields.volume
    where = ":".join(filter(None, (place, fields.pages or fields.article_number)))
    there = " ".join(filter(None, (fields.journal, where)))
    named = f"{who} {unit.title}".strip().rstrip(".")
    return ". ".join(filter(None, (named, there, f"doi:{fields.doi}" if fields.doi else "")))


def meaning(question: Question) -> str:
    """Return what a column of a question means: the question, and its options."""
    options = "; ".join(option.words for option in question.options)
    return f"{question.words} ({options})" if options else question.words


def agreed_by(agreed: Place | None) -> str:
    """Return whose the agreed value is: a meeting's, an arbitrator's, or of answers that agree."""
    if agreed is None or not agreed.by:
        return "agreed"
    return f"{'decided' if agreed.alone else 'agreed'}: {'; '.join(agreed.by)}"


def cell(line: Line | None, names: Mapping[str, str]) -> str:
    """Return what a table of studies says of a question: what is agreed, else who said what."""
    if line is None or line.question is None:
        return ""
    question = line.question
    if line.agreed is not None:
        words = values.words_of(question, line.agreed.value)
        return Figure(words) if question.type in _NUMBERS else words
    if question.compare is Compare.WORDING and line.status is not Status.NOT_ASKED:
        given = gathered((values.words_of(question, _of(a)), a.reviewer) for a in line.answers)
        return " / ".join(
            f"{' and '.join(names.get(who, '') for who in by)}: {text}"
            for text, by in given.items()
        )
    return "" if line.status in (Status.BLANK, Status.NOT_STARTED, Status.NOT_ASKED) else OPEN


def _of(answer: Answer) -> Value:
    return Value(answer.state, answer.value, answer.unit)


def value_cells(question: Question | None, value: Value, words: str) -> list[str]:
    """Return the cells of a value: for programs, for people, its state and unit."""
    number = question is not None and question.type in _NUMBERS
    said = Figure(value.value) if number else value.value
    unit = values.unit_of(question, value) if question is not None else value.unit
    return [said, words, str(value.state), unit]


def answer_cells(
    answer: Answer, name: str, question: Question | None, numbers: Mapping[str, int]
) -> list[str]:
    """Return the cells of one reviewer's answer, with who gave it."""
    value = _of(answer)
    words = values.words_of(question, value) if question and not answer.blank else ""
    return [
        name,
        *value_cells(question, value, words),
        number(numbers, answer.report),
        answer.page,
        answer.quote,
        answer.note,
        str(answer.origin or ""),
    ]


def number(numbers: Mapping[str, int], report: str) -> str:
    """Return the number of a report; "" without one."""
    return str(numbers.get(report, ""))


def rated(question: Question, appraisal: Appraisal) -> str:
    """Return the score of an item, or its answer where that has none; "" where there is none."""
    rated = appraisal.items.get(question.id)
    if rated is None:
        return OPEN if question.id in appraisal.waiting else ""
    if rated.score is not None:
        return Figure(f"{rated.score:f}")
    return values.words_of(question, Value(rated.state, rated.value))


def overall_words(step: FormStep, overall: str) -> str:
    """Return an overall rating as the options that it is one of have it."""
    options = (o for q in step.form.questions for o in q.options if o.id == overall)
    found = next(options, None)
    return found.words if found else overall.replace("-", " ").capitalize()
