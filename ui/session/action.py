"""What an action is: its name, its keys, where they act, in which files it exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Where the keys of an action act; two places never listen at the same time."""

    WINDOW = "window"
    BEFORE = "before"
    PROTOCOL = "protocol"
    RECORD = "record"
    DUPLICATES = "duplicates"
    CONSENSUS = "consensus"
    SOURCES = "sources"
    REVIEWERS = "reviewers"
    FULL_TEXT = "full-text"
    STUDIES = "studies"
    FORMS = "forms"
    EDITOR = "editor"
    """A form is being edited."""
    REPORT = "report"
    FORM = "form"
    ANSWER = "answer"
    """An answer to a question of a form is settled in the meeting."""
    CHOOSING = "choosing"
    """Records of a group of duplicates are being marked; letters name its columns."""
    PAGE = "page"
    """Whatever page is shown."""


class Files(StrEnum):
    """The files in which an action exists; `ANY` is an open file, `ALWAYS` also none."""

    ALWAYS = "always"
    ANY = "any"
    PROJECT = "project"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a person can do: its name, its keys as Qt writes them, and where they act.

    `menu` is the menu it stands in (none: it is done on its page), `group` its heading in the
    card of keys (none: it is not listed there). A `line` stands above the entry in its menu. A key
    that `decides` acts only on what the person has seen; one that is `held` down goes on acting.
    """

    id: str
    name: str
    keys: tuple[str, ...] = ()
    where: Where = Where.WINDOW
    menu: str = ""
    group: str = ""
    files: Files = Files.ANY
    line: bool = False
    fixed: bool = False
    decides: bool = False
    held: bool = False

    @property
    def in_row(self) -> bool:
        """Whether its keys are a whole row (1 to 9, A to Z), each of which means another thing."""
        return len(self.keys) > ROW


ROW = 8
"""An action with more keys than this has a whole row of them."""
