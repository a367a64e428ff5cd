"""Tables of what people decided, answered or settled: their columns are known, none is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

from screener.model import UserError
from screener.model.cells import LEFT_OUT
from screener.model.words import listed
from screener.sources import headed_rows
from screener.sources.headed_rows import HeadedRows

Tell: TypeAlias = Callable[[str], object]
"""Takes a sentence for the person who reads the table."""

_SHOWN = 20
_MOST = 10

Given = TypeVar("Given")
Result = TypeVar("Result")


def read_csv(
    path: Path,
    needed: Sequence[str],
    known: Sequence[str] | None = None,
    *,
    workbooks: bool = False,
    tell: Tell = str,
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a table with their line numbers; `tell` hears what is left out of it.

    `UserError` as in `read_table`, and where a line has more cells than there are headings.
    """
    found = read_table(path, needed, known, workbooks=workbooks, tell=tell).rows
    over = [f"{row.line}" for row in found if row.surplus]
    if over:
        lines = listed([*over[:_SHOWN], *["..."][: len(over) > _SHOWN]])
        raise UserError(
            f"{path.name} has more cells than headings at line {lines}; put a text with commas in "
            "quotation marks, nothing was taken."
        )
    return [(row.line, row.cells) for row in found]


def read_table(
    path: Path,
    needed: Sequence[str],
    known: Sequence[str] | None = None,
    *,
    workbooks: bool = False,
    tell: Tell = str,
) -> HeadedRows:
    """Return the rows of a table whose headings are words; capitals make no difference.

    `tell` hears that control characters, which a text from a PDF may carry, are left out.

    `UserError` for a column that is missing, stands twice, or is none of those `known` (None: any),
    and for a quotation mark that is not closed: what a person decided is not guessed.
    """
    found = headed_rows.read(path, needed, _spelled, workbooks=workbooks)
    unknown = [name for name in found.headings if name and known and name not in known]
    if unknown:
        raise UserError(
            f"{path.name} has a column “{unknown[0]}” that is not known; its columns are "
            f"{', '.join(known or ())}."
        )
    twice = [name for name, count in Counter(found.headings).items() if name and count > 1]
    if twice:
        raise UserError(f"{path.name} has the column “{twice[0]}” twice; leave one of them.")
    for row in found.rows:
        if row.remark:
            raise UserError(
                f"{path.name} has a quotation mark at line {row.line} that is not closed; mend it, "
                "nothing was taken."
            )
    _refuse_errors(path.name, found)
    if found.controls:
        tell(f"{path.name} {LEFT_OUT}")
    return found


_ERRORS = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
        "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!",
    }
)  # fmt: skip
"""What a cell of a spreadsheet shows where its formula came to nothing."""


def _refuse_errors(name: str, found: HeadedRows) -> None:
    """Raise `UserError` where a spreadsheet wrote an error in place of what was meant."""
    told = [
        f"line {row.line} has {cell.strip()} in {column}"
        for row in found.rows
        for column, cell in row.cells.items()
        if cell.strip() in _ERRORS
    ]
    if told:
        more = "; ..." if len(told) > _MOST else ""
        raise UserError(
            f"{name}: {'; '.join(told[:_MOST])}{more}. These are errors of the spreadsheet program;"
            " type what is meant, or empty these cells; nothing was taken."
        )


@contextmanager
def at_line(line: int) -> Iterator[None]:
    """Have what is wrong with a row of a table say its line; 0 is no table."""
    try:
        yield
    except UserError as error:
        if not line:
            raise
        raise UserError(f"line {line}: {error}", kind=error.kind) from error


def each_row(
    rows: Iterable[tuple[int, Given]],
    do: Callable[[int, Given], Result],
) -> list[Result]:
    """Return what is made of each row, given with its line; 0 is no table.

    `UserError` says of the first ten lines what is wrong.
    """
    found, wrong = list[Result](), list[UserError]()
    for line, row in rows:
        try:
            with at_line(line):
                found.append(do(line, row))
        except UserError as error:
            if not line:
                raise
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        told = [str(error).rstrip(".") for error in wrong[:_MOST]]
        more = "; ..." if len(wrong) > _MOST else ""
        raise UserError(f"{'; '.join(told)}{more}; mend these lines, nothing was recorded.")
    return found


def _spelled(row: Sequence[str]) -> list[str]:
    return [cell.strip().lstrip("\ufeff").casefold() for cell in row]
