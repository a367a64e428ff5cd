"""What stands in a field of a form: the answer as it was typed or chosen, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from screener.answers import values
from screener.answers.draft import Place
from screener.answers.values import Value
from screener.model import (
    SPECIAL_VALUES,
    Answer,
    AnswerState,
    Option,
    Origin,
    Question,
    special_values,
    type_of,
)
from ui.session.keys import Keys
from ui.widgets.keycap import key_words

_CHOSEN = frozenset(("choice", "choices", "yes-no", "score", "rating"))
SPECIAL_KEYS = dict(
    zip(("not-reported", "not-clear", "not-applicable"), SPECIAL_VALUES, strict=True)
)
"""The special value that each action of the table of keys gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One field as it stands: `text` is what was typed, or the ids of the options that are chosen.

    `state` is a word of `AnswerState`, `origin` one of `Origin` or ""; blank is a value without
    text.
    """

    text: str = ""
    state: str = AnswerState.VALUE
    unit: str = ""
    page: str = ""
    quote: str = ""
    note: str = ""
    report: str = ""
    origin: str = ""

    @property
    def blank(self) -> bool:
        """Whether it holds no answer."""
        return self.state == AnswerState.VALUE and not self.text.strip()

    @property
    def located(self) -> bool:
        """Whether a page or a quote is given."""
        return bool(self.page.strip() or self.quote.strip())

    @property
    def placed(self) -> bool:
        """Whether anything is said of it beside the answer."""
        return self.located or bool(self.note or self.origin)

    def place(self, report: str) -> Place:
        """Return where it was found: in its own report, or in the one that is shown."""
        here = (self.report or report) if self.located else ""
        origin = Origin(self.origin) if self.origin else None
        return Place(report=here, page=self.page.strip(), quote=self.quote.strip(), origin=origin)

    def kept(self) -> dict[str, str]:
        """Return it as it is kept while it is no answer yet."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def given_from(kept: Mapping[str, str]) -> Given:
    """Return a field as it was kept; what this program does not know is left out."""
    known = {field.name for field in fields(Given)}
    found = {name: value for name, value in kept.items() if name in known}
    if found.get("origin") not in set(Origin):
        found.pop("origin", None)
    return Given(**found)


def given_of(answer: Answer | None) -> Given:
    """Return the field of an answer."""
    if answer is None:
        return Given()
    state = AnswerState.VALUE if answer.blank else answer.state
    return Given(
        text=answer.value,
        state=str(state),
        unit=answer.unit,
        page=answer.page,
        quote=answer.quote,
        note=answer.note,
        report=answer.report,
        origin=str(answer.origin or ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option as it is offered: its number, its words, the score it counts for ("2", or "")."""

    id: str
    number: int
    words: str
    special: bool
    score: str = ""


def is_chosen(question: Question) -> bool:
    """Say whether a question is answered by choosing, not by typing."""
    return question.type in _CHOSEN


def choices(question: Question, given: Given) -> list[Choice]:
    """Return what can be chosen: the options, then the special values, numbered on.

    A retired option is offered only where it is chosen.
    """
    chosen = {*given.text.split(";"), given.state}
    options = [
        option
        for option in type_of(question).options(question)
        if not option.retired or option.id in chosen
    ]
    special = [str(state) for state in special_values(question)]
    by_id = {option.id: option for option in options}
    found = [option for option in options if option.id not in special]
    found += [by_id.get(id_, Option(id=id_, text=AnswerState(id_).words)) for id_ in special]
    return [
        Choice(
            id=option.id,
            number=number,
            words=option.words,
            special=option.id in special,
            score=option.score or "",
        )
        for number, option in enumerate(found, 1)
    ]


def chosen_ids(given: Given) -> set[str]:
    """Return the ids of what is chosen, of a special value its word."""
    if given.state != AnswerState.VALUE:
        return {given.state}
    return {id_ for id_ in given.text.split(";") if id_}


def toggled(question: Question, given: Given, choice: Choice) -> Given:
    """Return the field after an option was chosen; chosen again it is given up.

    A special value stands alone.
    """
    before = chosen_ids(given)
    if choice.id in before and (choice.special or question.type != "choices"):
        return replace(given, text="", state=str(AnswerState.VALUE))
    if choice.special:
        return replace(given, text="", state=choice.id, unit="")
    if question.type == "choices":
        special = {str(state) for state in SPECIAL_VALUES}
        ids = (before ^ {choice.id}) - special
        return replace(given, text=";".join(sorted(ids)), state=str(AnswerState.VALUE))
    return replace(given, text=choice.id, state=str(AnswerState.VALUE))


def beginning(offered: Sequence[Choice], letter: str) -> Choice | None:
    """Return the option that alone begins with a letter.

    A special value counts only where no option begins so: N of an instrument is *no*.
    """
    for special in (False, True):
        begins = [
            one
            for one in offered
            if one.special is special and one.words.casefold().startswith(letter.casefold())
        ]
        if begins:
            return begins[0] if len(begins) == 1 else None
    return None


def read_cell(question: Question, text: str, before: Given) -> Given:
    """Return what is meant by text that was typed or pasted into a cell of a table.

    The words of a special value are that value; of options the number, the words and the letters
    one alone begins with name it.
    """
    typed = " ".join(text.split()) if question.type != "long-text" else text
    folded = typed.casefold()
    for state in special_values(question):
        option = question.option(str(state))
        if folded in (state.words, str(state), option.words.casefold() if option else state.words):
            return replace(before, text="", state=str(state), unit="")
    value = str(AnswerState.VALUE)
    if not is_chosen(question):
        plain, unit = split_unit(question, typed)
        return replace(before, text=plain, state=value, unit=unit)
    offered = choices(question, before)
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    ids = [_named(offered, part) for part in parts]
    specials = [one.id for one in offered if one.special and one.id in ids]
    if specials and len(ids) == 1:
        return replace(before, text="", state=specials[0], unit="")
    return replace(before, text=";".join(ids), state=value, unit="")


def _named(offered: Sequence[Choice], part: str) -> str:
    """Return the id of the option that a word names; what names none stays as it is."""
    folded = part.casefold()
    for one in offered:
        if folded in (str(one.number), one.id.casefold(), one.words.casefold()):
            return one.id
    begins = [one.id for one in offered if one.words.casefold().startswith(folded)]
    return begins[0] if len(begins) == 1 else part


def split_unit(question: Question, text: str) -> tuple[str, str]:
    """Return a number and the unit that was typed after it: ("12", "months")."""
    for unit in sorted(question.units, key=len, reverse=True):  # "5 mg" is no "5 m" in grams
        if text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].strip(), unit
    return text.strip() if question.units else text, ""


def is_table(text: str) -> bool:
    """Say whether text that is pasted has several cells: tabs, or several lines."""
    return "\t" in text or "\n" in text.strip("\r\n")


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of text from a spreadsheet, line by line; empty lines are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.split("\t") for line in lines if line.strip()]


def help_words(question: Question, given: Given, keys: Keys) -> str:
    """Return what may be typed into a cell: what is meant, the options, the special values."""
    parts = [question.help] if question.help else []
    if is_chosen(question):
        parts.append(", ".join(f"{one.number} {one.words}" for one in choices(question, given)))
        return "; ".join(parts)
    if question.units:
        parts.append(unit_words(question))
    for action, state in SPECIAL_KEYS.items():
        if state in special_values(question):
            parts.append(f"{key_words(keys.first(action))} {state.words}")
    return "; ".join(parts)


def unit_words(question: Question) -> str:
    """Return in which unit a number is meant, and which others may be typed after it."""
    usual, *others = question.units
    return f"in {usual}" + (f"; or type {' or '.join(others)} after it" if others else "")


def typed_text(question: Question, given: Given) -> str:
    """Return what stands in a field that is typed into: words, or a number with another unit."""
    if is_chosen(question) or given.state != AnswerState.VALUE:
        return shown(question, given)
    usual = next(iter(question.units), "")
    return f"{given.text} {given.unit}" if given.unit and given.unit != usual else given.text


def as_typed(given: Given) -> str:
    """Return what was typed and is no answer, with its unit."""
    return f"{given.text} {given.unit}".strip()


def said(question: Question, given: Given) -> str:
    """Return what is said of a field that was saved, after its name."""
    if given.blank:
        return "is noted" if given.note else "is taken back"
    words = " ".join(shown(question, given).split())
    if given.state == AnswerState.VALUE and question.type in ("text", "long-text"):
        return f"is “{words if len(words) < 60 else words[:59] + '…'}”"
    return f"is {words}"


def shown(question: Question, given: Given) -> str:
    """Return what a field says in words for people, "" where it says nothing."""
    if given.blank:
        return ""
    if given.state != AnswerState.VALUE:
        return values.words_of(question, Value(AnswerState(given.state)))
    return values.words_of(question, Value(AnswerState.VALUE, given.text, given.unit))
