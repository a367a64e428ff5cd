"""Answers and settlements of a form as the rows of a table say them, by names for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from screener.answers.draft import Draft, Place
from screener.answers.form import Form
from screener.answers.values import typed
from screener.consensus.settling import Settlement
from screener.model import Details, ErrorKind, Mode, Origin, Study, UserError
from screener.model.step import Item
from screener.sources.typed_rows import each_row
from screener.studies.studies import Studies

SETTLED_ELSEWHERE = "settle it on the Consensus page, where rows are paired"
"""Where a row of a list is settled, which has no value that could be typed into a table."""

MARK = "answers_mark"
"""The column that names the answers that were on the table when a sheet was written."""

Row = Mapping[str, str]
_YES_OR_NO = dict.fromkeys(("yes", "true", "1"), True) | dict.fromkeys(
    ("no", "false", "0", ""), False
)

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
    find, report = cache(studies.finder()), cache(report)
    return each_row(rows, lambda line, row: draft(find, report, form, row, line=line))


def draft(
    study: Callable[[str], Study],
    report: Callable[[str], str],
    form: Form,
    row: Row,
    *,
    line: int = 0,
    literal: bool = False,
) -> Draft:
    """Return one answer; `study` and `report` say which one is meant by a name.

    `UserError` when there is no such study, report of it, or origin. With `literal` the value is
    text where it is a special word, too.
    """
    origin = row.get("origin", "")
    if origin and origin not in set(Origin):
        raise UserError(f"“{origin}” is none of {', '.join(Origin)}.")
    field, found_in = row["field"].strip(), row.get("report", "")
    here, unit = study(row["study"]), report(found_in) if found_in else ""
    if unit and unit not in here.reports:
        raise UserError(f"Record {found_in} is no report of {here.name}; name one of its reports.")
    return Draft(
        subject=here.id,
        question=field,
        value=typed(form.question(field), row["value"], literal=literal),
        row=row.get("row", ""),
        place=Place(
            report=unit,
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
    find = cache(studies.finder())

    def read(line: int, row: Row) -> tuple[str, str, Item, Settlement]:
        return f"line {line}", *settlement(lambda named: find(named).id, form, row)

    return each_row(rows, read)


def settlement(study: Callable[[str], str], form: Form, row: Row) -> tuple[str, Item, Settlement]:
    """Return what one row settles; `UserError` for a study or mode that there is not."""
    item = Item(row.get("field", "").strip(), row.get("row", "").strip())
    if is_row(row):
        raise UserError(
            f"This is a row of a list: {SETTLED_ELSEWHERE}, and leave it empty here.",
            kind=ErrorKind.ROW,
        )
    asked = form.question(item.question)
    if asked is not None:
        form.require_rows(asked, (len(asked.list) or 1) if item.row else 0)
    said = typed(asked, row.get("value", "").strip())
    if asked is not None and len(asked.units) > 1 and said.value and not said.unit:
        raise UserError(
            f"{asked.words} is given in {' or '.join(asked.units)}; say which: "
            f"“{said.value} {asked.units[0]}”."
        )
    same = row.get("same_meaning", "").strip().casefold()
    if same not in _YES_OR_NO:
        raise UserError(f"same_meaning is yes or no, not “{same}”.")
    details = Details(
        page=row.get("page", ""),
        quote=row.get("quote", ""),
        unit=said.unit,
        same_meaning=_YES_OR_NO[same],
    )
    by, mode = names_of(row), mode_of(row)
    agreed = Settlement(said.value, row["why"], by, state=said.state, mode=mode, details=details)
    return study(row["study"]), item, agreed


def is_row(row: Row) -> bool:
    """Say whether this is a row of a list itself, not a question that is asked for one."""
    return not row.get("field", "").strip() and bool(row.get("list", "").strip())


def names_of(row: Row) -> tuple[str, ...]:
    """Return who settled a row."""
    return tuple(name.strip() for name in row["by"].split(";") if name.strip())


def mode_of(row: Row) -> Mode:
    """Return how a row was settled; `UserError` when it says no such way."""
    mode = row.get("mode", "").strip() or Mode.DISCUSSION
    if mode not in (Mode.DISCUSSION, Mode.ADJUDICATION):
        raise UserError(f"“{mode}” is no mode; it is discussion or adjudication.")
    return Mode(mode)
