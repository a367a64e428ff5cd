"""What a format is: a name, a way to recognise it, a way to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screener.model import Entry, Skipped, UserError
from screener.sources.decoding import LARGEST_RECORD, Content
from screener.sources.formats.columns import FirstRows

Found = Iterator[Entry | Skipped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `recognise` gives 0 (no) to 1 (certainly) for content; `read` yields records.

    `name` is the machine's word (`--format`), `label` the one for people. `first_rows` is there
    where records are rows, whose columns a person may name: `read` then takes a `Mapping`, too.
    `wider` recognises the wider format of which this is a kind: its texts begin where those do.
    `begins` matches the beginning of a line that begins a record, in formats that have such
    lines; its first letters, up to the first special sign, are plain.
    """

    name: str
    label: str
    recognise: Callable[[Content], float]
    read: Callable[..., Found]
    first_rows: Callable[[Content], Iterator[FirstRows]] | None = None
    wider: Callable[[Content], float] | None = None
    begins: str = ""


def marked(pattern: str, sure: float) -> Callable[[Content], float]:
    """Return a `recognise` that is so sure where the beginning of a file holds the pattern."""
    mark = re.compile(pattern, re.M)

    def recognise(content: Content) -> float:
        return sure if mark.search(content.sample) else 0.0

    return recognise


def cut(text: str, length: int = 500) -> str:
    """Shorten a text that is only shown as a reminder of what was skipped."""
    text = text.strip()
    return text if len(text) <= length else text[: length - 1] + "…"


def refuse_large(size: int, line: int) -> None:
    """Raise `UserError` when what was read as one record, so many characters, cannot be one."""
    if size > LARGEST_RECORD:
        raise UserError(
            f"The record that begins at line {line} is longer than {LARGEST_RECORD >> 20} million"
            " characters, which no reference is; look at the file in a text editor, or export it"
            " again."
        )


class Multiplied:
    """Counts what a file stands for beside what it holds: a few bytes can stand for billions.

    `what` begins the sentence; so many `times` what a file holds no reference file stands for.
    """

    def __init__(self, what: str, times: int) -> None:
        self._what = what
        self._times = times
        self._holds = 0
        self._stands_for = 0

    def count(self, holds: int, stands_for: int) -> None:
        """Count characters more; `UserError` when they are too many."""
        self._holds += holds
        self._stands_for += stands_for
        if self._stands_for > LARGEST_RECORD + self._times * self._holds:
            raise UserError(
                f"{self._what} for more than {self._times} times the text of the file, which those"
                " of no reference file do; nothing of it was read, export it again."
            )
