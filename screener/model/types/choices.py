"""Types whose values are ids of options: of the question's own, or of the type's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from screener.model.decision import Judgement, Verdict
from screener.model.errors import UserError
from screener.model.question import SPECIAL_VALUES, Option, Question, words_of
from screener.model.types.base import QuestionType, checked, fold, quoted

_SPECIAL = frozenset(s.value for s in SPECIAL_VALUES)
_SEPARATORS = re.compile("[;\u037e\ufe14\ufe54\uff1b]")  # all that `fold` makes a semicolon of


class Choice(QuestionType):
    """One of the question's options; the value is the option's id."""

    name = "choice"
    usual: ClassVar[tuple[Option, ...]] = ()
    """The options of a question that declares none."""

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return the options of the question, or those the type has of itself."""
        return question.options or self.usual

    def parse(self, text: str, question: Question) -> str:
        """Return the id of the option that `text` names by its id or its text.

        Raises `UserError` when it names none, or several.
        """
        found = self.find(text.strip(), question)
        if found is None:
            raise self.refusal(text, question)
        return found

    def canonical(self, value: str, question: Question) -> str:
        """Return the option's id; what is none of the options is compared as text."""
        found = self.find(value, question)
        return fold(value) if found is None else found

    def show(self, value: str, question: Question) -> str:
        """Return the option's text; an id that is not declared is read as it stands."""
        return next((o.words for o in self.options(question) if o.id == value), words_of(value))

    def categories(self, question: Question) -> tuple[str, ...] | None:
        """Return the options' ids, then the special values that are none of the options."""
        ids = tuple(o.id for o in self.options(question))
        special = (s.value for s in SPECIAL_VALUES if s in question.special)
        return ids + tuple(word for word in special if word not in ids)

    def ordered(self, question: Question) -> tuple[str, ...] | None:
        """Return the options' ids where they are declared in order, without special values."""
        if not question.ordered:
            return None
        return tuple(o.id for o in self.options(question) if o.id not in _SPECIAL)

    def find(self, text: str, question: Question) -> str | None:
        """Return the id of the one option that `text` is the id or the text of, or None."""
        options = self.options(question)
        if any(o.id == text for o in options):
            return text
        wanted = fold(text)
        by_id = [o.id for o in options if fold(o.id) == wanted]
        found = by_id or [o.id for o in options if wanted and fold(o.text) == wanted]
        return found[0] if len(found) == 1 else None

    def refusal(self, text: str, question: Question) -> UserError:
        """Make the sentence that says which options there are, by words that it takes."""
        options = self.options(question)
        taken = {o.id: self.find(o.words, question) == o.id for o in options}
        known = ", ".join(o.words if taken[o.id] else o.id for o in options)
        return UserError(f"{quoted(text)} is none of the options; choose one of: {known}.")


class YesNo(Choice):
    """Yes or no, or the question's own options in their place (an instrument's "Probably yes")."""

    name = "yes-no"
    usual = (Option(id="yes", text="Yes"), Option(id="no", text="No"))


class Rating(Choice):
    """A rating in words: low, some concerns, high."""

    name = "rating"


class Score(Choice):
    """One of several options that count for a number. The value is the option, not its number."""

    name = "score"

    def ordered(self, question: Question) -> tuple[str, ...] | None:
        """Return the options' ids by score; as declared where that is up or down already.

        None where an option has no score; special values are left out.
        """
        scores: dict[str, Decimal] = {}
        for option in self.options(question):
            if option.id in _SPECIAL:
                continue
            if option.score is None:
                return None
            scores[option.id] = Decimal(option.score)
        falling = sorted(scores, key=lambda id_: -scores[id_])
        return tuple(falling if list(scores) == falling else sorted(scores, key=scores.__getitem__))


class Choices(Choice):
    """Any number of the options. The value is their ids in order of code points, with ";" between.

    That order, and not the declared one, because a later version of the form may rearrange them.
    """

    name = "choices"

    def parse(self, text: str, question: Question) -> str:
        """Return the ids of the options that `text` names, each once; ";" separates them.

        Raises `UserError` when it names no option, something else, or a special value that is
        one of the options together with others.
        """
        found: set[str] = set()
        for part in _parts(text):
            id_ = self.find(part, question)
            if id_ is None:
                raise self.refusal(part, question)
            found.add(id_)
        if not found:
            raise UserError("Nothing is chosen; choose at least one option, or leave it blank.")
        alone = sorted(found & _SPECIAL)
        if alone and len(found) > 1:
            raise UserError(f"{self.show(alone[0], question)} stands alone; take out the others.")
        return ";".join(sorted(found))

    def canonical(self, value: str, question: Question) -> str:
        """Return the ids in order of code points, each once."""
        found = (super(Choices, self).canonical(part, question) for part in _parts(value))
        return ";".join(sorted({id_ for id_ in found if id_}))

    def show(self, value: str, question: Question) -> str:
        """Return the options' texts in the order they are declared, with "; " between."""
        ids = [o.id for o in self.options(question)]
        parts = sorted(_parts(value), key=lambda p: ids.index(p) if p in ids else len(ids))
        return "; ".join(super(Choices, self).show(part, question) for part in parts)

    def categories(self, question: Question) -> tuple[str, ...] | None:
        """Return None: a table of all combinations says nothing."""
        return None

    def ordered(self, question: Question) -> tuple[str, ...] | None:
        """Return None, as there are no categories."""
        return None


class Exact(Choice):
    """A word of screening: written by the program, and compared exactly."""

    def canonical(self, value: str, question: Question) -> str:
        """Return the value as it stands."""
        return value

    def find(self, text: str, question: Question) -> str | None:
        """Return `text` if it is the id of an option, letter for letter, else None."""
        return text if any(o.id == text for o in self.options(question)) else None

    def ordered(self, question: Question) -> tuple[str, ...] | None:
        """Return None: the words of screening have no order."""
        return None


class VerdictType(Exact):
    """A verdict: include, maybe or exclude, unless the step declares fewer."""

    name = "verdict"
    usual = tuple(
        Option(id=v.value, text=v.value.capitalize()) for v in Verdict if v is not Verdict.NONE
    )


class JudgementType(Exact):
    """How one criterion was judged: met, not met, unclear."""

    name = "judgement"
    usual = tuple(Option(id=j.value, text=words_of(j.value)) for j in Judgement)


class Reason(Exact):
    """The primary reason for an exclusion: one of the step's, or any id where it declares none."""

    name = "reason"

    def parse(self, text: str, question: Question) -> str:
        """Return the id of the reason; raises `UserError` when the step has no such reason."""
        return super().parse(text, question) if question.options else checked(text.strip())

    def categories(self, question: Question) -> tuple[str, ...] | None:
        """Return None: reasons are counted, and compared only where both reviewers exclude."""
        return None


def _parts(text: str) -> Iterable[str]:
    return (part for part in map(str.strip, _SEPARATORS.split(text)) if part)
