"""Cells of tables for spreadsheets, which take a text that begins with certain signs for a formula.

The one place that says which: every table that is written, as text or as a workbook, goes through
`defused`, and every table that is read through `armed`.
"""

from __future__ import annotations

import re

# White space and line ends before the sign are passed over by some programs, and full-width signs
# are taken for their narrow ones where Chinese, Japanese and Korean are written.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b]*[=+\-@＝＋－＠])")


# A number is none, whatever its sign: programs that read the table would take it for a text.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

# A NUL ends the text for some programs and an escape changes what a terminal shows.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


LEFT_OUT = "has control characters, which nobody sees; they are left out."
"""What is said of a text that `visible` makes shorter."""


def visible(cell: str) -> str:
    """Return a text without control characters; tabs and line ends stay."""
    return _CONTROL.sub("", cell)


_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_EXACT = 15
"""So many digits of a number a spreadsheet keeps."""


class Figure(str):
    """The text of a cell that is a number: a workbook holds it as one, anything else as its text.

    Figures are what is counted, measured or scored; a number that only names is a text.
    """

    __slots__ = ()

    @property
    def number(self) -> int | float | None:
        """The number; None where it is none, or longer than a spreadsheet keeps exactly."""
        if not _PLAIN.fullmatch(self) or sum(map(str.isdigit, self)) > _EXACT:
            return None
        return float(self) if "." in self else int(self)


def defused(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula; `armed` gives the text back."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def armed(cell: str) -> str:
    """Undo `defused`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell
