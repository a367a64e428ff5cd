"""Questions: what is asked about a unit or a study, and how two answers to it are compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import cast

from screener.model.answer import AnswerState


class Compare(StrEnum):
    """What a difference between two answers means.

    `VALUE`: a discrepancy, which is settled. `WORDING`: both are shown and neither is waited for;
    free text always differs. `NONE`: nothing; the question is a note to oneself.
    """

    VALUE = "value"
    WORDING = "wording"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a question: its id, its text, and the score it counts for (a decimal number).

    An option whose id is the word of a special value *is* that special value, with a text and a
    score of its own.
    """

    id: str
    text: str = ""
    score: str | None = None

    @property
    def words(self) -> str:
        """The text; an option without one is read by its id: "Some concerns"."""
        return self.text or words_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a step.

    `type` is a key of `screener.model.types.TYPES`. `compare` left out is wording for long text
    and value for everything else. `list` are the ids of the lists whose rows it is asked for,
    outermost first: () for a question about the subject itself, ("arms",) for one about each arm,
    ("outcomes", "arms") for one about each arm of each outcome. `options` are those of the types
    that have them; `ordered` says that a choice or a rating lists them from one end to the other.
    `units` are the units a number may be given in, the first being the usual one; `minimum` and
    `maximum` bound a number. `special` are the special values it offers beside its options.
    """

    id: str
    words: str
    type: str
    required: bool = False
    compare: Compare = cast("Compare", None)  # noqa: RUF009 - the type says which; see below
    list: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    ordered: bool = False
    units: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    special: tuple[AnswerState, ...] = ()

    def __post_init__(self) -> None:
        # Filled in here, so that no reader of `compare` has to know the types' defaults.
        if self.compare is None:
            usual = Compare.WORDING if self.type == "long-text" else Compare.VALUE
            object.__setattr__(self, "compare", usual)

    def option(self, id_: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((o for o in self.options if o.id == id_), None)


def words_of(id_: str) -> str:
    """Return an id as a person reads it: "some-concerns" is "Some concerns"."""
    return id_.replace("-", " ").strip().capitalize() or id_
