"""Columns of tables, named on the command line where their headings do not say what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from screener.model import Progress, UserError, silent
from screener.sources import tables
from screener.sources.reading import Mapping

Result = TypeVar("Result")


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help="In a table: which column holds a field, such as title=Name; title=3 where it has no"
    " headings.",
)
"""Adds `--column`, once for every field."""


def by_columns(
    path: Path,
    columns: Sequence[str],
    read: Callable[[Mapping | None], Result],
    progress: Progress = silent,
) -> Result:
    """Read a file, a table by the columns that are named.

    `UserError` for a table in which no column is known to be the title.
    """
    if columns:
        return read(tables.named(path, _parted(columns), progress=progress))
    try:
        return read(None)
    except UserError as error:
        raise _explained(path, error) from error


def _parted(columns: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in columns:
        field, equals, heading = column.partition("=")
        if not equals:
            raise UserError(f"“{column}” names no column; write it as field=heading.")
        if field.strip() in found:
            raise UserError(f"--column names the column of “{field.strip()}” twice; name one.")
        found[field.strip()] = heading.strip()
    return found


def _explained(path: Path, error: UserError) -> UserError:
    """Return what helps with a table in which no column is the title; else the error itself."""
    table = None
    try:
        table = tables.look(path)
        tables.refuse_untitled(table.mapping if table else None, path.name)
    except UserError as said:
        if table is None:
            return error
        how = "title=NUMBER" if table.mapping.bare else "title=HEADING"
        if "citation" in str(said):
            how += " or --column citation=HEADING"
        return UserError(f"{str(said).rstrip('.')}, with --column {how}.")
    return error
