"""Answers and settlements of a form as the rows of a table say them, by names for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from screener.answers.answering import Draft, Place
from screener.answers.form import Form
from screener.answers.values import typed
from screener.consensus.settling import Settlement
from screener.model import AnswerState, Details, Mode, Origin, UserError
from screener.model.step import Item
from screener.studies.studies import Studies

Row = Mapping[str, str]

ANSWERS = (
    "study", "list", "row", "field", "value", "report", "page", "quote", "note", "origin",
)  # fmt: skip
"""The columns of a table of answers."""
SETTLED = (
    "study", "list", "row", "field", "value", "same_meaning", "page", "quote", "why", "by", "mode",
)  # fmt: skip
"""The columns of a table of what was settled."""


def drafts(
    studies: Studies,
    report: Callable[[str], str],
    form: Form,
    rows: Iterable[tuple[int, Row]],
) -> list[Draft]:
    """Return the answers of a table, each with its line; see `draft`."""
    study, report = cache(lambda named: studies.find(named).id), cache(report)
    return [draft(study, report, form, row, line=line) for line, row in rows]


def draft(
    study: Callable[[str], str],
    report: Callable[[str], str],
    form: Form,
    row: Row,
    *,
    line: int = 0,
    literal: bool = False,
) -> Draft:
    """Return one answer; `study` and `report` say which id is meant by a name.

    `UserError` when there is no such study, report or origin. With `literal` the value is text
    where it is a special word, too.
    """
    origin = row.get("origin", "")
    field, found_in = row["field"].strip(), row.get("report", "")
    with of_line(line):
        if origin and origin not in set(Origin):
            raise UserError(f"“{origin}” is none of {', '.join(Origin)}.")
        subject, found_in = study(row["study"]), report(found_in) if found_in else ""
    return Draft(
        subject=subject,
        question=field,
        value=typed(form.question(field), row["value"], literal=literal),
        row=row.get("row", ""),
        place=Place(
            report=found_in,
            page=row.get("page", ""),
            quote=row.get("quote", ""),
            origin=Origin(origin) if origin else None,
        ),
        note=row.get("note", ""),
        line=line,
    )


def settled(
    studies: Studies, form: Form, rows: Iterable[tuple[int, Row]]
) -> list[tuple[str, str, Item, Settlement]]:
    """Return what a table settles: where it stands, the study, the item, what is agreed.

    `UserError` when there is no such study or mode.
    """
    study = cache(lambda named: studies.find(named).id)
    return [(f"line {line}", *settlement(study, form, row, line=line)) for line, row in rows]


def settlement(
    study: Callable[[str], str], form: Form, row: Row, *, line: int = 0
) -> tuple[str, Item, Settlement]:
    """Return what one row settles; `UserError` for a study or mode that there is not."""
    item = Item(row.get("field", "").strip(), row.get("row", "").strip())
    said = typed(form.question(item.question), row.get("value", "").strip())
    with of_line(line):
        if said.state is AnswerState.NONE:
            raise UserError("Nothing cannot be agreed; give a value, or a special one.")
        subject = study(row["study"])
    details = Details(
        page=row.get("page", ""),
        quote=row.get("quote", ""),
        unit=said.unit,
        same_meaning=row.get("same_meaning", "").strip().lower() in ("yes", "true", "1"),
    )
    by, mode = names_of(row), mode_of(row, line)
    agreed = Settlement(said.value, row["why"], by, state=said.state, mode=mode, details=details)
    return subject, item, agreed


@contextmanager
def of_line(line: int) -> Iterator[None]:
    """Say of what is wrong in a table in which line it stands; 0 where there is no table."""
    try:
        yield
    except UserError as error:
        if not line:
            raise
        raise UserError(f"line {line}: {error}", kind=error.kind) from error


def names_of(row: Row) -> tuple[str, ...]:
    """Return who settled a row."""
    return tuple(name.strip() for name in row["by"].split(";") if name.strip())


def mode_of(row: Row, line: int) -> Mode:
    """Return how a row was settled; `UserError` when it says no such way."""
    mode = row.get("mode", "").strip() or Mode.DISCUSSION
    if mode not in (Mode.DISCUSSION, Mode.ADJUDICATION):
        with of_line(line):
            raise UserError(f"“{mode}” is no mode; it is discussion or adjudication.")
    return Mode(mode)
