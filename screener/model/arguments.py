"""Arguments of what scripts call: one of the wrong kind is a sentence, not a traceback.

What is annotated is checked where it says something that can be checked at once: texts, numbers,
places of files, words of an enumeration, lists and mappings of these. All else goes through.
"""

from __future__ import annotations

import inspect
import os
import sys
import types
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from screener.model.errors import UserError
from screener.model.words import a

P = ParamSpec("P")
R = TypeVar("R")
_Check: TypeAlias = Callable[[object], object]
"""Returns what a function is given for an argument; raises `_WrongError` with what it has to be."""


class _WrongError(Exception):
    """An argument is not of its kind; the text says what it has to be."""


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Check the arguments of a function or method that scripts call.

    A text stands for the word of an enumeration, what has an `id` (a unit, a reviewer) for its id,
    and the number of a record for its text. `UserError` names an argument of another kind.
    """
    found: list[_Checks] = []

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not found:  # names that stand below in the module are known by now
            found.append(_checks(function))
        named, in_place, rest = found[0]
        given = [
            value if check is None else _checked(check, name, value)
            for (name, check), value in zip(in_place, args, strict=False)
        ]
        if more := args[len(in_place) :]:
            name, check = rest
            given += cast("tuple[object, ...]", _checked(check, name, more)) if check else more
        for name, value in kwargs.items():
            if (check := named.get(name)) is not None:
                kwargs[name] = _checked(check, name, value)
        return cast("Callable[..., R]", function)(*given, **kwargs)

    return checked


def _checked(check: _Check, name: str, value: object) -> object:
    try:
        return check(value)
    except _WrongError as wrong:
        raise UserError(f"“{name}” has to be {wrong}, and is {_said(value)}.") from None


def _said(value: object) -> str:
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, str):
        return f"“{value[:60]}”"
    return a(type(value).__name__)


class _Checks(NamedTuple):
    """What the arguments of a function are checked by; a call that lacks some fails by itself."""

    named: dict[str, _Check]
    in_place: list[tuple[str, _Check | None]]
    """Of those that may be given without their names, in order."""
    rest: tuple[str, _Check | None]
    """Of what `*` takes, all of it together."""


def _checks(function: Callable[..., object]) -> _Checks:
    """Return what each argument is checked by; an annotation that is not known here checks none."""
    known = vars(sys.modules[function.__module__])
    found = _Checks({}, [], ("", None))
    for name, one in inspect.signature(function).parameters.items():
        check = _check_of_one(one, known)
        if one.kind is inspect.Parameter.VAR_POSITIONAL:
            found = found._replace(rest=(name, check and _of_several(check)))
        elif one.kind is not inspect.Parameter.VAR_KEYWORD:
            if one.kind is not inspect.Parameter.KEYWORD_ONLY:
                found.in_place.append((name, check))
            if check is not None:
                found.named[name] = check
    return found


def _check_of_one(one: inspect.Parameter, known: dict[str, object]) -> _Check | None:
    try:
        meant = eval(one.annotation, known) if isinstance(one.annotation, str) else one.annotation
    except NameError:  # it is imported for the type checker only
        return None
    return _check_of(meant)


def _check_of(meant: Any) -> _Check | None:  # noqa: ANN401 - an annotation is anything
    """Return what checks an annotation; None where it says nothing that can be checked."""
    origin, inner = get_origin(meant), get_args(meant)
    if origin in (Union, types.UnionType):
        words = [one for one in inner if isinstance(one, type) and issubclass(one, StrEnum)]
        if words and set(inner) == {words[0], str}:  # a word of it as a text, or none
            return _word_of(words[0], blank=True)
        checks = [_check_of(one) for one in inner]
        known = [one for one in checks if one is not None]
        return _any_of(known) if len(known) == len(checks) else None
    if meant is None or meant is type(None):
        return _none
    if isinstance(meant, type) and issubclass(meant, StrEnum):
        return _word_of(meant)
    if origin in (Iterable, Sequence, Collection, list, tuple, set, frozenset):
        alike = origin is not tuple or inner[1:] == (...,)
        return _of_several(_check_of(inner[0]) if inner and alike else None)
    if origin in (Mapping, dict):
        return _mapping
    return {str: _text, int: _number, bool: _yes_or_no, Path: _place}.get(meant)


def _none(value: object) -> object:
    if value is not None:
        raise _WrongError("None")
    return value


def _text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):  # the number of a record
        return str(value)
    id_ = getattr(value, "id", None)
    if isinstance(id_, str):
        return id_
    raise _WrongError("a text")


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _WrongError("a whole number")
    return value


def _yes_or_no(value: object) -> object:
    if not isinstance(value, bool):
        raise _WrongError("True or False")
    return value


def _place(value: object) -> object:
    if not isinstance(value, os.PathLike):
        raise _WrongError("a path")
    return value


def _mapping(value: object) -> object:
    if not isinstance(value, Mapping):
        raise _WrongError("a mapping")
    return value


def _word_of(words: type[StrEnum], *, blank: bool = False) -> _Check:
    def check(value: object) -> object:
        if isinstance(value, words) or (blank and value == ""):
            return value
        try:
            return words(str(value))
        except ValueError:
            raise _WrongError(_one_of([str(word) for word in words])) from None

    return check


def _one_of(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _any_of(checks: Sequence[_Check]) -> _Check:
    def check(value: object) -> object:
        meant = []
        for one in checks:
            try:
                return one(value)
            except _WrongError as wrong:
                meant.append(str(wrong))
        raise _WrongError(_one_of(list(dict.fromkeys(meant))))

    return check


def _of_several(one: _Check | None) -> _Check:
    def check(value: object) -> object:
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise _WrongError("a list")
        if one is None or not isinstance(value, list | tuple | set | frozenset):
            return value  # what is read once is not read for this
        found = []
        for each in value:
            try:
                found.append(one(each))
            except _WrongError as wrong:
                raise _WrongError(
                    f"a list in which each is {wrong} ({_said(each)} is not)"
                ) from None
        return type(value)(found)

    return check
